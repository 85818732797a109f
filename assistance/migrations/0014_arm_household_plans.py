"""Arm the workflow of household plans, hold what belongs together, and let nothing of a finished plan change.

A test holds the pairs here to those of `assistance/workflow.py`.
"""

from typing import Final

from django.db import migrations

from registry.lib.states import guard_sql, unguard_sql

PLAN_PAIRS: Final = (
    ("adopted", "amended"),
    ("adopted", "closed"),
    ("adopted", "withdrawn"),
    ("amended", "adopted"),
    ("amended", "withdrawn"),
    ("drafted", "adopted"),
    ("drafted", "withdrawn"),
)

# After the row: its policy answers first.
HELD: Final = """
CREATE FUNCTION assistance_plan_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM assistance_householdplan p
        WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.plan_id AND p.household_id = NEW.household_id
          AND p.state NOT IN ('closed', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'the household plan is closed, withdrawn, or of another household'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assistance_plan_is_open';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assistance_plannedmeasure_plan_is_open AFTER INSERT OR UPDATE OF household_id, plan_id, category_code,
    action_code, is_development, planned_yuan, source_code, starts_on, due_on, dropped_on ON assistance_plannedmeasure
    FOR EACH ROW EXECUTE FUNCTION assistance_plan_is_open();
CREATE TRIGGER assistance_householdplanedition_plan_is_open AFTER INSERT ON assistance_householdplanedition
    FOR EACH ROW EXECUTE FUNCTION assistance_plan_is_open();

CREATE FUNCTION assistance_measure_is_of_its_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM assistance_plannedmeasure m
        WHERE m.tenant_id = NEW.tenant_id AND m.id = NEW.planned_id AND m.household_id = NEW.household_id
    ) THEN
        RAISE EXCEPTION 'a measure carries out a plan of its own household'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assistance_measure_is_of_its_plan';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assistance_measure_is_of_its_plan AFTER INSERT OR UPDATE OF planned_id ON assistance_measure
    FOR EACH ROW WHEN (NEW.planned_id IS NOT NULL) EXECUTE FUNCTION assistance_measure_is_of_its_plan();
"""
RELEASED: Final = """
DROP TRIGGER assistance_measure_is_of_its_plan ON assistance_measure;
DROP FUNCTION assistance_measure_is_of_its_plan();
DROP TRIGGER assistance_householdplanedition_plan_is_open ON assistance_householdplanedition;
DROP TRIGGER assistance_plannedmeasure_plan_is_open ON assistance_plannedmeasure;
DROP FUNCTION assistance_plan_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [("assistance", "0013_household_plans")]

    operations = [
        migrations.RunSQL(
            guard_sql("assistance_householdplan", "state", PLAN_PAIRS),
            unguard_sql("assistance_householdplan", "state"),
        ),
        migrations.RunSQL(HELD, RELEASED),
    ]
