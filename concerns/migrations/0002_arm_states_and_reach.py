"""Arm the states of requests and grievances, and keep a grievance from whoever it is about.

A test holds the pairs here to those of `concerns/workflow.py`.
"""

from typing import Final

from django.db import migrations

from registry.lib.papers import follow_sql, unfollow_sql
from registry.lib.states import guard_sql, unguard_sql

REQUEST_PAIRS: Final = (
    ("open", "open"),
    ("open", "refused"),
    ("open", "taken"),
    ("open", "withdrawn"),
    ("solved", "confirmed"),
    ("solved", "taken"),
    ("taken", "open"),
    ("taken", "refused"),
    ("taken", "solved"),
    ("taken", "taken"),
    ("taken", "withdrawn"),
)
GRIEVANCE_PAIRS: Final = (
    ("acknowledged", "answered"),
    ("acknowledged", "withdrawn"),
    ("answered", "exhausted"),
    ("answered", "filed"),
    ("answered", "settled"),
    ("answered", "withdrawn"),
    ("filed", "acknowledged"),
    ("filed", "answered"),
    ("filed", "withdrawn"),
)
# Whoever writes the division of a row, as the move of a household does, the row goes no lower than its reach.
WIDEN: Final = """
CREATE FUNCTION concerns_widen_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.scope_code := CASE NEW.reach
        WHEN 'village' THEN NEW.scope_code
        WHEN 'township' THEN left(NEW.scope_code, 9) || '000'
        WHEN 'county' THEN left(NEW.scope_code, 6) || '000000'
        ELSE left(NEW.scope_code, 4) || '00000000'
    END;
    RETURN NEW;
END $$;
CREATE TRIGGER concerns_grievance_widen BEFORE INSERT OR UPDATE ON concerns_grievance
    FOR EACH ROW EXECUTE FUNCTION concerns_widen_scope();
CREATE TRIGGER concerns_grievanceanswer_widen BEFORE INSERT OR UPDATE ON concerns_grievanceanswer
    FOR EACH ROW EXECUTE FUNCTION concerns_widen_scope();
CREATE FUNCTION concerns_keep_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reach <> OLD.reach OR NOT NEW.hidden_from @> OLD.hidden_from THEN
        RAISE EXCEPTION 'a grievance stays hidden from whom it was hidden'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_stays_hidden';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER concerns_grievance_keep_hidden BEFORE UPDATE ON concerns_grievance
    FOR EACH ROW EXECUTE FUNCTION concerns_keep_hidden();
CREATE TRIGGER concerns_grievanceanswer_keep_hidden BEFORE UPDATE ON concerns_grievanceanswer
    FOR EACH ROW EXECUTE FUNCTION concerns_keep_hidden();
CREATE FUNCTION concerns_keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.answered_by = ANY (NEW.hidden_from) THEN
            RAISE EXCEPTION 'nobody answers a grievance from whom it is hidden'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'grievanceanswer_by_somebody_else';
        END IF;
    ELSIF (NEW.grievance_id, NEW.level, NEW.answered_on, NEW.verdict, NEW.remedy_code, NEW.answered_by)
        IS DISTINCT FROM (OLD.grievance_id, OLD.level, OLD.answered_on, OLD.verdict, OLD.remedy_code, OLD.answered_by)
        OR (OLD.reply <> '' AND (NEW.reply, NEW.replied_on, NEW.replied_by)
            IS DISTINCT FROM (OLD.reply, OLD.replied_on, OLD.replied_by))
    THEN
        RAISE EXCEPTION 'an answer, and what the household said to it, stay as they were written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grievanceanswer_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER concerns_grievanceanswer_keep BEFORE INSERT OR UPDATE ON concerns_grievanceanswer
    FOR EACH ROW EXECUTE FUNCTION concerns_keep_answer();
CREATE FUNCTION concerns_keep_whom() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.against, NEW.helper_id, NEW.team_id, NEW.account_id, NEW.household_id, NEW.filed_by)
        IS DISTINCT FROM (OLD.against, OLD.helper_id, OLD.team_id, OLD.account_id, OLD.household_id, OLD.filed_by)
    THEN
        RAISE EXCEPTION 'whom a grievance is about is not changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_keeps_whom';
    END IF;
    IF NEW.level <> OLD.level AND NOT (OLD.state = 'answered' AND NEW.state = 'filed'
        AND (OLD.level, NEW.level) IN (('township', 'county'), ('county', 'above')))
    THEN
        RAISE EXCEPTION 'a grievance goes up by one level, with an answer that does not content'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_goes_up';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER concerns_grievance_keep_whom BEFORE UPDATE ON concerns_grievance
    FOR EACH ROW EXECUTE FUNCTION concerns_keep_whom();
"""
UNDO: Final = """
DROP TRIGGER concerns_grievance_keep_whom ON concerns_grievance;
DROP FUNCTION concerns_keep_whom();
DROP TRIGGER concerns_grievanceanswer_keep ON concerns_grievanceanswer;
DROP FUNCTION concerns_keep_answer();
DROP TRIGGER concerns_grievanceanswer_keep_hidden ON concerns_grievanceanswer;
DROP TRIGGER concerns_grievance_keep_hidden ON concerns_grievance;
DROP FUNCTION concerns_keep_hidden();
DROP TRIGGER concerns_grievanceanswer_widen ON concerns_grievanceanswer;
DROP TRIGGER concerns_grievance_widen ON concerns_grievance;
DROP FUNCTION concerns_widen_scope();
"""


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_requests_and_grievances")]

    operations = [
        migrations.RunSQL(
            guard_sql("concerns_helprequest", "state", REQUEST_PAIRS),
            unguard_sql("concerns_helprequest", "state"),
        ),
        migrations.RunSQL(
            guard_sql("concerns_grievance", "state", GRIEVANCE_PAIRS),
            unguard_sql("concerns_grievance", "state"),
        ),
        migrations.RunSQL(WIDEN, UNDO),
        migrations.RunSQL(follow_sql("concerns_helprequest", "document_id"), unfollow_sql("concerns_helprequest")),
    ]
