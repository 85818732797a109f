"""Arm the workflow of campaigns, and let no count of a closed campaign change.

A test holds the pairs here to those of `dossiers/workflow.py`.
"""

from django.db import migrations

from households.workflow import guard_sql, unguard_sql

CAMPAIGN_PAIRS = (("open", "closed"),)

COUNTED = """
CREATE FUNCTION dossiers_sweepvillage_campaign_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM dossiers_sweepcampaign c
        WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.campaign_id AND c.state = 'open'
    ) THEN
        RAISE EXCEPTION 'the campaign of these counts is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dossiers_sweepvillage_campaign_is_open';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_sweepvillage_campaign_is_open AFTER INSERT OR UPDATE OF to_visit_count, visited_count, nobody_home_count,
    working_away_count, refused_count, other_reason_count, is_done, counted_on ON dossiers_sweepvillage
    FOR EACH ROW EXECUTE FUNCTION dossiers_sweepvillage_campaign_is_open();
"""
UNCOUNTED = """
DROP TRIGGER dossiers_sweepvillage_campaign_is_open ON dossiers_sweepvillage;
DROP FUNCTION dossiers_sweepvillage_campaign_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_cases_and_sweeps")]

    operations = [
        migrations.RunSQL(
            guard_sql("dossiers_sweepcampaign", "state", CAMPAIGN_PAIRS),
            unguard_sql("dossiers_sweepcampaign", "state"),
        ),
        migrations.RunSQL(COUNTED, UNCOUNTED),
    ]
