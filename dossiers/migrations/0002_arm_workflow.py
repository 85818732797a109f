"""Arm the workflow tables of `dossiers/workflow.py`, the order of steps, and what moves with a household.

A test holds the pairs here to those there.
"""

from django.db import migrations

from households.workflow import guard_sql, unguard_sql

DOSSIER_PAIRS = (("open", "finished"), ("open", "refused"), ("open", "withdrawn"))
SESSION_PAIRS = (("open", "closed"),)
CASE_PAIRS = (("confirmed", "removed"), ("lead", "confirmed"), ("lead", "dropped"))

# A step is written while its dossier is open, after all those before it have passed, and of the dossier's own template.
IN_ORDER = """
CREATE FUNCTION dossiers_dossierstep_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM dossiers_dossier d
        JOIN dossiers_templatestep s ON s.tenant_id = d.tenant_id AND s.template_id = d.template_id
        WHERE d.tenant_id = NEW.tenant_id AND d.id = NEW.dossier_id AND d.household_id = NEW.household_id
            AND d.state = 'open' AND d.next_position = NEW.position
            AND s.id = NEW.step_id AND s.position = NEW.position
    ) OR (
        SELECT count(*) FROM dossiers_dossierstep e
        WHERE e.tenant_id = NEW.tenant_id AND e.dossier_id = NEW.dossier_id AND e.is_passed AND e.id <> NEW.id
    ) <> NEW.position - 1 THEN
        RAISE EXCEPTION 'step % is not the next one of an open dossier', NEW.position
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dossiers_dossierstep_in_order';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_dossierstep_in_order AFTER INSERT ON dossiers_dossierstep
    FOR EACH ROW EXECUTE FUNCTION dossiers_dossierstep_in_order();
"""
OUT_OF_ORDER = """
DROP TRIGGER dossiers_dossierstep_in_order ON dossiers_dossierstep;
DROP FUNCTION dossiers_dossierstep_in_order();
"""

# A household that moves takes the files of its dossiers along: whoever sees the one must see the others, and nobody else.
FILES_MOVE = """
CREATE FUNCTION dossiers_evidence_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE registry_document SET scope_code = NEW.scope_code
    WHERE tenant_id = NEW.tenant_id AND id = NEW.document_id;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_evidence_moves AFTER UPDATE OF scope_code ON dossiers_evidence
    FOR EACH ROW WHEN (OLD.scope_code IS DISTINCT FROM NEW.scope_code) EXECUTE FUNCTION dossiers_evidence_moves();
"""
FILES_STAY = """
DROP TRIGGER dossiers_evidence_moves ON dossiers_evidence;
DROP FUNCTION dossiers_evidence_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_dossiers_and_templates")]

    operations = [
        *[
            migrations.RunSQL(guard_sql(table, "state", pairs), unguard_sql(table, "state"))
            for table, pairs in (
                ("dossiers_dossier", DOSSIER_PAIRS),
                ("dossiers_listsession", SESSION_PAIRS),
                ("dossiers_monitoringcase", CASE_PAIRS),
            )
        ],
        migrations.RunSQL(IN_ORDER, OUT_OF_ORDER),
        migrations.RunSQL(FILES_MOVE, FILES_STAY),
    ]
