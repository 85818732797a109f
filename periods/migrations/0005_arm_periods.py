"""Chain the pictures of months, and arm the workflow tables of `periods/workflow.py`; a test compares the pairs.

A reopening is decided once. A month's picture names the one before it, which is of the same county and was made.
"""

import django.db.models.deletion
from django.db import migrations

import registry.tenancy.fields
from registry.lib.states import guard_sql, unguard_sql
from registry.tenancy.operations import TenantLink

PERIOD_PAIRS = (
    ("closing", "frozen"),
    ("closing", "open"),
    ("frozen", "open"),
    ("frozen", "published"),
    ("open", "closing"),
    ("published", "open"),
)
SNAPSHOT_PAIRS = (("making", "failed"), ("making", "made"))
REOPENING = """
CREATE FUNCTION periods_reopening_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.decided_at IS NOT NULL OR (NEW.period_id, NEW.reason, NEW.asked_by_id, NEW.asked_at)
        IS DISTINCT FROM (OLD.period_id, OLD.reason, OLD.asked_by_id, OLD.asked_at) THEN
        RAISE EXCEPTION 'a reopening is decided once, and stays as it was asked for'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reopening_is_decided_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER periods_reopening_stays BEFORE UPDATE ON periods_reopening
    FOR EACH ROW EXECUTE FUNCTION periods_reopening_stays();
"""
UNDO_REOPENING = """
DROP TRIGGER periods_reopening_stays ON periods_reopening;
DROP FUNCTION periods_reopening_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("periods", "0002_keep_pictures")]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="former",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="periods.snapshot",
                verbose_name="picture before",
            ),
        ),
        TenantLink("snapshot", "former"),
        migrations.RunSQL(guard_sql("periods_period", "state", PERIOD_PAIRS), unguard_sql("periods_period", "state")),
        migrations.RunSQL(
            guard_sql("periods_snapshot", "state", SNAPSHOT_PAIRS), unguard_sql("periods_snapshot", "state")
        ),
        migrations.RunSQL(REOPENING, UNDO_REOPENING),
    ]
