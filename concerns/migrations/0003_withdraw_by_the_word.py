"""Take a grievance back by the word of its household alone, and let one that no office reads go above the county."""

from typing import Final

from django.conf import settings
from django.db import migrations, models

# A grievance is lifted by automatic work, which is nobody's; its reach never narrows.
FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION concerns_keep_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.reach <> OLD.reach AND NOT (NEW.reach = 'above' AND app_actor() IS NULL))
        OR NOT NEW.hidden_from @> OLD.hidden_from
    THEN
        RAISE EXCEPTION 'a grievance stays hidden from whom it was hidden'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_stays_hidden';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION concerns_keep_whom() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.against, NEW.helper_id, NEW.team_id, NEW.account_id, NEW.household_id, NEW.filed_by)
        IS DISTINCT FROM (OLD.against, OLD.helper_id, OLD.team_id, OLD.account_id, OLD.household_id, OLD.filed_by)
    THEN
        RAISE EXCEPTION 'whom a grievance is about is not changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_keeps_whom';
    END IF;
    IF NEW.level <> OLD.level AND NOT (OLD.state = 'answered' AND NEW.state = 'filed'
        AND (OLD.level, NEW.level) IN (('township', 'county'), ('county', 'above')))
        AND NOT (NEW.level = 'above' AND NEW.reach = 'above' AND OLD.reach <> 'above')
    THEN
        RAISE EXCEPTION 'a grievance goes up by one level, with an answer that does not content'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_goes_up';
    END IF;
    IF NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn' AND NEW.word_on IS NULL THEN
        RAISE EXCEPTION 'a grievance is taken back by the word of its household'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_is_taken_back_by_word';
    END IF;
    RETURN NEW;
END $$;
"""
FORMER: Final = """
CREATE OR REPLACE FUNCTION concerns_keep_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reach <> OLD.reach OR NOT NEW.hidden_from @> OLD.hidden_from THEN
        RAISE EXCEPTION 'a grievance stays hidden from whom it was hidden'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grievance_stays_hidden';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION concerns_keep_whom() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0014_arm_household_plans"),
        ("concerns", "0002_arm_states_and_reach"),
        ("households", "0040_tell_the_sex_of_who_is_offered"),
        ("registry", "0018_dispatch_office"),
        ("villages", "0013_drop_leader_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="grievance",
            name="word_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="how it was taken back"),
        ),
        migrations.AddField(
            model_name="grievance",
            name="word_on",
            field=models.DateField(blank=True, null=True, verbose_name="taken back by the household on"),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("word_code", ""), ("word_on__isnull", True)),
                    models.Q(
                        ("state", "withdrawn"),
                        ("word_on__gte", models.F("filed_on")),
                        models.Q(("word_code", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="grievance_word_is_of_a_withdrawal",
            ),
        ),
        migrations.RunSQL(FUNCTIONS, FORMER),
    ]
