"""Let a household that another county took in be opened again, while that county's offer is accepted."""

from django.db import migrations

from households.workflow import guard_sql

STATUS_PAIRS = (
    ("candidate", "closed"),
    ("candidate", "filed"),
    ("filed", "closed"),
    ("filed", "lifted"),
    ("lifted", "closed"),
    ("lifted", "returned"),
    ("ordinary", "closed"),
    ("returned", "closed"),
    ("returned", "lifted"),
)
PAIRS = ", ".join(f"('{source}', '{target}')" for source, target in STATUS_PAIRS)
TRIGGER = "households_household_status_workflow"
# ruff: noqa: S608  (the text is put together from constants of ours alone)
COMING_BACK = f"""
CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'closed' AND EXISTS (
        SELECT FROM households_transfer t
        WHERE t.tenant_id = NEW.tenant_id AND t.direction = 'incoming' AND t.subject = 'household'
            AND t.state = 'accepted' AND t.household_number = NEW.number
    ) AND EXISTS (
        SELECT FROM households_transfer t
        WHERE t.tenant_id = NEW.tenant_id AND t.direction = 'outgoing' AND t.subject = 'household'
            AND t.state = 'done' AND t.household_id = NEW.id
    ) THEN
        RETURN NEW;
    END IF;
    IF (OLD.status, NEW.status) NOT IN ({PAIRS}) THEN
        RAISE EXCEPTION 'status of households_household may not change from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = '{TRIGGER}';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0038_mark_pairs_of_who_left")]

    operations = [
        migrations.RunSQL(COMING_BACK, guard_sql("households_household", "status", STATUS_PAIRS)),
    ]
