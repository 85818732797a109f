"""Let the exemptions of a finding go where the finding goes."""

from django.db import migrations

# A household that moves takes its findings along, and their exemptions hang on the finding alone: whoever sees the one
# must see the others, and nobody else. A run over the county writes findings too; the condition lets it pass.
MOVE = """
CREATE FUNCTION quality_exemption_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE quality_exemption SET scope_code = NEW.scope_code
    WHERE tenant_id = NEW.tenant_id AND finding_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER quality_exemption_moves AFTER UPDATE OF scope_code ON quality_finding
    FOR EACH ROW WHEN (OLD.scope_code IS DISTINCT FROM NEW.scope_code) EXECUTE FUNCTION quality_exemption_moves();
"""
STAY = """
DROP TRIGGER quality_exemption_moves ON quality_finding;
DROP FUNCTION quality_exemption_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("quality", "0002_suspicion_layouts")]

    operations = [migrations.RunSQL(MOVE, STAY)]
