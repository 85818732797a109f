"""Let row-level security refuse what it refuses anyway, and the triggers of pictures what is left.

A trigger speaks before the policy does. What lies outside the scope is passed on to the policy, so that a row of another
county or township is refused in one way everywhere. As with all rows that are kept as they were written, who may see
them (`scope_code`) may follow the register.
"""

from typing import Final

from django.db import migrations

_BUT: Final = "'{scope_code,tenant_id}'::text[]"
FUNCTIONS: Final = f"""
CREATE OR REPLACE FUNCTION periods_snapshot_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.purpose = 'question' OR OLD.state <> 'made' THEN
            RETURN OLD;
        END IF;
    ELSIF OLD.state = 'making' OR to_jsonb(OLD) - {_BUT} = to_jsonb(NEW) - {_BUT} THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a picture of the register is kept as it was made' USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION periods_frozen_row_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM periods_snapshot s
        WHERE s.tenant_id = NEW.tenant_id AND s.id = NEW.snapshot_id AND s.state = 'making';
        IF FOUND OR NEW.tenant_id IS DISTINCT FROM app_tenant() OR app_in_scope(NEW.scope_code) IS NOT TRUE THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM FROM periods_snapshot s
        WHERE s.tenant_id = OLD.tenant_id AND s.id = OLD.snapshot_id
            AND (s.purpose = 'question' OR s.state <> 'made');
        IF FOUND THEN
            RETURN OLD;
        END IF;
    ELSIF to_jsonb(OLD) - {_BUT} = to_jsonb(NEW) - {_BUT} THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are kept as they were made', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("periods", "0005_arm_periods")]

    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
