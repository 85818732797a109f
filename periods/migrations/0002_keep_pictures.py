"""Keep made pictures as they were made: no row is changed, none is added, and none of a period is ever deleted.

What is not made yet may be emptied and filled anew; a picture for a question of the day may be removed as a whole.
"""

from typing import Final

from django.db import migrations

FROZEN: Final = ("periods_frozenhousehold", "periods_frozenperson", "periods_frozenvillage")
FUNCTIONS: Final = """
CREATE FUNCTION periods_snapshot_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.purpose = 'question' OR OLD.state <> 'made' THEN
            RETURN OLD;
        END IF;
    ELSIF OLD.state = 'making' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a picture of the register is kept as it was made' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION periods_frozen_row_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM periods_snapshot s
        WHERE s.tenant_id = NEW.tenant_id AND s.id = NEW.snapshot_id AND s.state = 'making';
        IF FOUND THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM FROM periods_snapshot s
        WHERE s.tenant_id = OLD.tenant_id AND s.id = OLD.snapshot_id
            AND (s.purpose = 'question' OR s.state <> 'made');
        IF FOUND THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % are kept as they were made', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGERS: Final = """
CREATE TRIGGER periods_snapshot_kept BEFORE UPDATE OR DELETE ON periods_snapshot
    FOR EACH ROW EXECUTE FUNCTION periods_snapshot_is_kept();
""" + "".join(
    f"CREATE TRIGGER {table}_kept BEFORE INSERT OR UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION periods_frozen_row_is_kept();\n"
    for table in FROZEN
)
UNDO: Final = (
    "DROP TRIGGER periods_snapshot_kept ON periods_snapshot;"
    + "".join(f"DROP TRIGGER {table}_kept ON {table};" for table in FROZEN)
    + "DROP FUNCTION periods_frozen_row_is_kept(); DROP FUNCTION periods_snapshot_is_kept();"
)


class Migration(migrations.Migration):
    dependencies = [("periods", "0001_periods_and_snapshots")]

    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, UNDO)]
