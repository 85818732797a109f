"""An edition of a household plan is the plan as it stands: its money, by source too, and its development measures."""

from typing import Final

from django.db import migrations

# After the row: its policy answers first. Each measure that was not dropped stands in the edition with its kind, money and
# source, and no other does; so sums of any source are the same on both sides.
HELD: Final = """
CREATE FUNCTION assistance_edition_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_same boolean; development int;
BEGIN
    IF NEW.planned_yuan IS DISTINCT FROM (
        SELECT coalesce(sum((m->>'planned_yuan')::numeric), 0) FROM jsonb_array_elements(NEW.measures) m
    ) THEN
        RAISE EXCEPTION 'the measures of an edition add up to its money'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assistance_edition_adds_up';
    END IF;
    SELECT count(*) FILTER (WHERE is_development), jsonb_array_length(NEW.measures) = count(*) AND NOT EXISTS (
        SELECT (m->>'id')::uuid, m->>'category_code', (m->>'planned_yuan')::numeric, m->>'source_code'
        FROM jsonb_array_elements(NEW.measures) m
        EXCEPT
        SELECT p.id, p.category_code, p.planned_yuan, p.source_code FROM assistance_plannedmeasure p
        WHERE p.tenant_id = NEW.tenant_id AND p.plan_id = NEW.plan_id AND p.dropped_on IS NULL
    ) INTO development, is_same
    FROM assistance_plannedmeasure
    WHERE tenant_id = NEW.tenant_id AND plan_id = NEW.plan_id AND dropped_on IS NULL;
    IF NOT is_same OR development <> NEW.development_count THEN
        RAISE EXCEPTION 'an edition holds the measures of its plan'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assistance_edition_adds_up';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assistance_edition_adds_up AFTER INSERT ON assistance_householdplanedition
    FOR EACH ROW EXECUTE FUNCTION assistance_edition_adds_up();
"""
RELEASED: Final = """
DROP TRIGGER assistance_edition_adds_up ON assistance_householdplanedition;
DROP FUNCTION assistance_edition_adds_up();
"""


class Migration(migrations.Migration):
    dependencies = [("assistance", "0015_helper_ranks")]

    operations = [migrations.RunSQL(HELD, RELEASED)]
