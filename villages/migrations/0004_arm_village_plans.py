"""Arm the workflow of village plans, and let nothing of a closed plan change.

A test holds the pairs here to those of `villages/workflow.py`.
"""

from django.db import migrations

from registry.lib.states import guard_sql, unguard_sql

PLAN_PAIRS = (("adopted", "amended"), ("adopted", "closed"), ("amended", "adopted"), ("drafted", "adopted"))

CLOSED = """
CREATE FUNCTION villages_plan_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM villages_villageplan p
        WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.plan_id AND p.state = 'closed'
    ) THEN
        RAISE EXCEPTION 'the village plan is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'villages_plan_is_open';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER villages_planproject_plan_is_open BEFORE INSERT OR UPDATE OF name, kind_code, action_code, planned_yuan,
    due_on, finished_on, dropped_on ON villages_planproject FOR EACH ROW EXECUTE FUNCTION villages_plan_is_open();
CREATE TRIGGER villages_planprogress_plan_is_open BEFORE INSERT ON villages_planprogress
    FOR EACH ROW EXECUTE FUNCTION villages_plan_is_open();
CREATE TRIGGER villages_planedition_plan_is_open BEFORE INSERT ON villages_planedition
    FOR EACH ROW EXECUTE FUNCTION villages_plan_is_open();
"""
OPENED = """
DROP TRIGGER villages_planedition_plan_is_open ON villages_planedition;
DROP TRIGGER villages_planprogress_plan_is_open ON villages_planprogress;
DROP TRIGGER villages_planproject_plan_is_open ON villages_planproject;
DROP FUNCTION villages_plan_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0003_village_plans")]

    operations = [
        migrations.RunSQL(
            guard_sql("villages_villageplan", "state", PLAN_PAIRS), unguard_sql("villages_villageplan", "state")
        ),
        migrations.RunSQL(CLOSED, OPENED),
    ]
