"""Hold a change request to its workflow, let it be frozen, and let it go where its person goes."""

from django.db import migrations

from households.workflow import guard_sql, unguard_sql

CHANGE_PAIRS = (
    ("open", "approved"),
    ("open", "refused"),
    ("open", "withdrawn"),
)
# A request of a person names no household, since a person may change the household meanwhile: whoever sees the person
# must see the request, and nobody else. A request of a household goes with the tables below the household.
MOVE = """
CREATE FUNCTION households_changerequest_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE households_changerequest SET scope_code = NEW.scope_code
    WHERE tenant_id = NEW.tenant_id AND person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER households_changerequest_moves AFTER UPDATE OF scope_code ON households_person
    FOR EACH ROW WHEN (OLD.scope_code IS DISTINCT FROM NEW.scope_code)
    EXECUTE FUNCTION households_changerequest_moves();
"""
STAY = """
DROP TRIGGER households_changerequest_moves ON households_person;
DROP FUNCTION households_changerequest_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0012_change_requests")]

    operations = [
        migrations.RunSQL(
            guard_sql("households_changerequest", "state", CHANGE_PAIRS),
            unguard_sql("households_changerequest", "state"),
        ),
        migrations.RunSQL(MOVE, STAY),
    ]
