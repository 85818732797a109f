"""Let the database keep the figures of a closed year, but for corrections that a second person decided."""

from typing import Final

from django.db import migrations

_TABLES: Final = ("householdyear", "personyear", "incomeline")
# A household that moves takes its years along, and their `scope_code` is no figure.
KEEP: Final = """
CREATE FUNCTION households_keep_closed_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT FROM households_closedyear WHERE tenant_id = OLD.tenant_id AND year = OLD.year AND reopened_on IS NULL
    ) OR TG_OP <> 'DELETE' AND EXISTS (
        SELECT FROM households_closedyear WHERE tenant_id = NEW.tenant_id AND year = NEW.year AND reopened_on IS NULL
    ) THEN
        IF NOT app_corrects_closed_years()
            AND NOT (TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'scope_code' = to_jsonb(NEW) - 'scope_code') THEN
            RAISE EXCEPTION 'the year is closed: its figures stand in %', TG_TABLE_NAME
                USING ERRCODE = 'check_violation', CONSTRAINT = 'year_is_closed';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
"""
DROP: Final = "DROP FUNCTION households_keep_closed_year();"


def _trigger(table: str) -> str:
    return f"""
CREATE TRIGGER households_{table}_closed BEFORE INSERT OR UPDATE OR DELETE ON households_{table}
    FOR EACH ROW EXECUTE FUNCTION households_keep_closed_year();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0030_close_years_and_request_figures")]

    operations = [
        migrations.RunSQL(KEEP, DROP),
        *(
            migrations.RunSQL(_trigger(table), f"DROP TRIGGER households_{table}_closed ON households_{table};")
            for table in _TABLES
        ),
    ]
