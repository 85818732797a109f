"""Let a session be cancelled, and take a household that moves away off the lists of sessions held elsewhere.

A test holds the pairs here to those of `dossiers/workflow.py`.
"""

from django.db import migrations

from households.workflow import guard_sql

FORMER_PAIRS = (("open", "closed"),)
SESSION_PAIRS = (("open", "cancelled"), ("open", "closed"))

# The people of a session do not see a household that has moved out of their area: it would be left out of the result
# without a word. A session of the whole township or county keeps it. Whoever sees no session keeps the line as it is:
# that session is held for a larger area, in which the household still lies.
MOVED = """
CREATE FUNCTION dossiers_sessionentry_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.taken_out_on IS NULL AND EXISTS (
        SELECT 1 FROM dossiers_listsession s
        WHERE s.tenant_id = NEW.tenant_id AND s.id = NEW.session_id AND s.state = 'open'
            AND left(s.scope_code, CASE
                WHEN right(s.scope_code, 6) = '000000' THEN 6 WHEN right(s.scope_code, 3) = '000' THEN 9 ELSE 12 END)
            <> left(NEW.scope_code, CASE
                WHEN right(s.scope_code, 6) = '000000' THEN 6 WHEN right(s.scope_code, 3) = '000' THEN 9 ELSE 12 END)
    ) THEN
        NEW.taken_out_on = (now() AT TIME ZONE 'Asia/Shanghai')::date;
        NEW.reason = 'The household moved out of the area of the session.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_sessionentry_moves BEFORE UPDATE OF scope_code ON dossiers_sessionentry
    FOR EACH ROW WHEN (OLD.scope_code IS DISTINCT FROM NEW.scope_code) EXECUTE FUNCTION dossiers_sessionentry_moves();
"""
STAYS = """
DROP TRIGGER dossiers_sessionentry_moves ON dossiers_sessionentry;
DROP FUNCTION dossiers_sessionentry_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_add_looks_and_late_steps")]

    operations = [
        migrations.RunSQL(
            guard_sql("dossiers_listsession", "state", SESSION_PAIRS),
            guard_sql("dossiers_listsession", "state", FORMER_PAIRS),
        ),
        migrations.RunSQL(MOVED, STAYS),
    ]
