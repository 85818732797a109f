"""Hold industry projects to their workflow and money, and book a dividend once. A test holds the pairs to the code's."""

from typing import Final

from django.db import migrations

from registry.lib.states import guard_sql, unguard_sql

PROJECT_PAIRS: Final = (
    ("approved", "stopped"),
    ("approved", "under_way"),
    ("completed", "accepted"),
    ("completed", "under_way"),
    ("library", "proposed"),
    ("library", "stopped"),
    ("proposed", "approved"),
    ("proposed", "library"),
    ("proposed", "stopped"),
    ("under_way", "completed"),
    ("under_way", "stopped"),
)
ASSET_PAIRS: Final = (
    ("idle", "disposed"),
    ("idle", "in_use"),
    ("idle", "withdrawn"),
    ("in_use", "disposed"),
    ("in_use", "idle"),
    ("in_use", "withdrawn"),
)
# Each that adds to a sum locks the project first, so that two at once do not pass together. Rows are read as the scope
# shows them: the verbs ask in the whole county, since a project may reach more than one township.
MONEY: Final = """
CREATE FUNCTION economy_require_covered(project economy_industryproject, money numeric, wages numeric)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF project.id IS NULL THEN
        RAISE EXCEPTION 'the project is hidden from whoever writes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'industryproject_is_seen';
    END IF;
    IF money < (
        SELECT coalesce(sum(a.value_yuan), 0) FROM economy_projectasset a
        WHERE a.tenant_id = project.tenant_id AND a.project_id = project.id AND a.state <> 'withdrawn'
    ) THEN
        RAISE EXCEPTION 'assets of a project are paid by its money'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projectasset_is_paid_by_the_project';
    END IF;
    IF wages < (
        SELECT coalesce(sum(w.wage_yuan), 0) FROM economy_projectwork w
        WHERE w.tenant_id = project.tenant_id AND w.project_id = project.id AND w.withdrawn_on IS NULL
    ) THEN
        RAISE EXCEPTION 'wages of a project are paid by money that stayed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projectwork_is_paid_by_the_project';
    END IF;
END $$;
CREATE FUNCTION economy_industrymoney_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    project economy_industryproject;
    sums record;
    everything record;
BEGIN
    SELECT * INTO project FROM economy_industryproject p
        WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.project_id FOR NO KEY UPDATE;
    IF (CASE
        WHEN project.state = 'library'
            THEN (NEW.arrived_yuan, NEW.spent_yuan, NEW.folded_yuan, NEW.returned_yuan) <> (0, 0, 0, 0)
        WHEN project.state IN ('approved', 'under_way') THEN NEW.planned_yuan <> 0
        WHEN project.state = 'stopped' THEN (NEW.planned_yuan, NEW.arrived_yuan, NEW.folded_yuan) <> (0, 0, 0)
        ELSE true
    END) THEN
        RAISE EXCEPTION 'money of a project belongs to its state'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'industrymoney_belongs_to_the_state';
    END IF;
    SELECT coalesce(sum(m.planned_yuan), 0) AS planned, coalesce(sum(m.arrived_yuan), 0) AS arrived,
        coalesce(sum(m.spent_yuan), 0) AS spent, coalesce(sum(m.folded_yuan), 0) AS folded,
        coalesce(sum(m.returned_yuan), 0) AS returned
        INTO sums FROM economy_industrymoney m
        WHERE m.tenant_id = NEW.tenant_id AND m.project_id = NEW.project_id AND m.source_code = NEW.source_code;
    IF least(sums.planned, sums.arrived, sums.spent, sums.folded, sums.returned) < 0 THEN
        RAISE EXCEPTION 'sums of a source of money are not negative'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'industrymoney_not_below_zero';
    END IF;
    IF sums.arrived < sums.spent + sums.folded + sums.returned THEN
        RAISE EXCEPTION 'no more money goes than arrived'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'industrymoney_goes_as_it_arrived';
    END IF;
    SELECT coalesce(sum(m.spent_yuan + m.folded_yuan), 0) AS used,
        coalesce(sum(m.arrived_yuan - m.folded_yuan - m.returned_yuan), 0) AS stayed
        INTO everything FROM economy_industrymoney m
        WHERE m.tenant_id = NEW.tenant_id AND m.project_id = NEW.project_id;
    PERFORM economy_require_covered(project, everything.used, everything.stayed);
    RETURN NEW;
END $$;
CREATE TRIGGER economy_industrymoney_sums AFTER INSERT ON economy_industrymoney
    FOR EACH ROW EXECUTE FUNCTION economy_industrymoney_sums();
CREATE FUNCTION economy_paid_by_the_project() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    project economy_industryproject;
    sums record;
BEGIN
    SELECT * INTO project FROM economy_industryproject p
        WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.project_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(m.spent_yuan + m.folded_yuan), 0) AS used,
        coalesce(sum(m.arrived_yuan - m.folded_yuan - m.returned_yuan), 0) AS stayed
        INTO sums FROM economy_industrymoney m
        WHERE m.tenant_id = NEW.tenant_id AND m.project_id = NEW.project_id;
    PERFORM economy_require_covered(project, sums.used, sums.stayed);
    RETURN NEW;
END $$;
CREATE TRIGGER economy_projectasset_paid AFTER INSERT OR UPDATE OF value_yuan, state ON economy_projectasset
    FOR EACH ROW EXECUTE FUNCTION economy_paid_by_the_project();
CREATE TRIGGER economy_projectwork_paid AFTER INSERT OR UPDATE OF withdrawn_on ON economy_projectwork
    FOR EACH ROW EXECUTE FUNCTION economy_paid_by_the_project();
CREATE FUNCTION economy_money_is_accounted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM economy_industrymoney m WHERE m.tenant_id = NEW.tenant_id AND m.project_id = NEW.id
        GROUP BY m.source_code
        HAVING sum(m.arrived_yuan) <> sum(m.spent_yuan + m.folded_yuan + m.returned_yuan)
    ) THEN
        RAISE EXCEPTION 'money of a completed project is accounted for'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'industryproject_money_is_accounted';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER economy_industryproject_accounted BEFORE UPDATE OF state ON economy_industryproject
    FOR EACH ROW WHEN (NEW.state = 'completed' AND OLD.state <> 'completed')
    EXECUTE FUNCTION economy_money_is_accounted();
CREATE FUNCTION economy_fund_of_a_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.project_id IS NOT NULL AND NEW.project_id IS DISTINCT FROM OLD.project_id THEN
        RAISE EXCEPTION 'a fund keeps its project'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sharefund_keeps_its_project';
    END IF;
    IF NEW.project_id IS NOT NULL AND NEW.folded_yuan IS DISTINCT FROM (
        SELECT sum(m.folded_yuan) FROM economy_industrymoney m
        WHERE m.tenant_id = NEW.tenant_id AND m.fund_id = NEW.id AND m.project_id = NEW.project_id
    ) THEN
        RAISE EXCEPTION 'money of a fund is what its project turned to shares'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sharefund_money_is_its_projects';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER economy_sharefund_project BEFORE UPDATE OF project_id, folded_yuan ON economy_sharefund
    FOR EACH ROW EXECUTE FUNCTION economy_fund_of_a_project();
"""
UNDO_MONEY: Final = """
DROP TRIGGER economy_sharefund_project ON economy_sharefund;
DROP FUNCTION economy_fund_of_a_project();
DROP TRIGGER economy_industryproject_accounted ON economy_industryproject;
DROP FUNCTION economy_money_is_accounted();
DROP TRIGGER economy_projectwork_paid ON economy_projectwork;
DROP TRIGGER economy_projectasset_paid ON economy_projectasset;
DROP FUNCTION economy_paid_by_the_project();
DROP TRIGGER economy_industrymoney_sums ON economy_industrymoney;
DROP FUNCTION economy_industrymoney_sums();
DROP FUNCTION economy_require_covered(economy_industryproject, numeric, numeric);
"""
# One entry of a dividend stands: its amount, day and village are the dividend's. The dividend is locked for it.
LEDGER: Final = """
CREATE OR REPLACE FUNCTION economy_mirror_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM economy_ledgerentry e WHERE e.tenant_id = NEW.tenant_id AND e.id = NEW.reverses_id
            AND e.reverses_id IS NULL AND e.village_id = NEW.village_id AND e.kind = NEW.kind
            AND e.source_code = NEW.source_code AND e.occurred_on = NEW.occurred_on
            AND e.amount_yuan = -NEW.amount_yuan
            AND e.project_id IS NOT DISTINCT FROM NEW.project_id
            AND e.dividend_id IS NOT DISTINCT FROM NEW.dividend_id
    ) THEN
        RAISE EXCEPTION 'a reversal is the mirror of one entry'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledgerentry_reversal_mirrors';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION economy_entry_names_its_origin() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    dividend record;
BEGIN
    IF NEW.project_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM economy_industryreach r
        WHERE r.tenant_id = NEW.tenant_id AND r.project_id = NEW.project_id AND r.village_id = NEW.village_id
    ) THEN
        RAISE EXCEPTION 'a project of an entry reaches its village'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledgerentry_project_reaches_the_village';
    END IF;
    IF NEW.dividend_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT d.state, d.paid_on, d.amount_yuan, f.village_id, d.kept_yuan + coalesce((
            SELECT sum(l.amount_yuan) FROM economy_dividendline l
            WHERE l.tenant_id = d.tenant_id AND l.dividend_id = d.id AND l.household_id IS NULL
        ), 0) AS village_yuan
        INTO dividend FROM economy_dividend d
        JOIN economy_sharefund f ON f.tenant_id = d.tenant_id AND f.id = d.fund_id
        WHERE d.tenant_id = NEW.tenant_id AND d.id = NEW.dividend_id FOR NO KEY UPDATE OF d;
    IF dividend.state IS DISTINCT FROM 'approved' OR dividend.village_id <> NEW.village_id
        OR dividend.paid_on <> NEW.occurred_on
        OR NEW.amount_yuan <> (CASE NEW.kind
            WHEN 'income' THEN dividend.village_yuan ELSE dividend.amount_yuan - dividend.village_yuan END)
    THEN
        RAISE EXCEPTION 'an entry of a dividend follows from it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledgerentry_follows_its_dividend';
    END IF;
    IF EXISTS (
        SELECT FROM economy_ledgerentry e WHERE e.tenant_id = NEW.tenant_id AND e.dividend_id = NEW.dividend_id
            AND e.reverses_id IS NULL AND NOT EXISTS (
                SELECT FROM economy_ledgerentry r WHERE r.tenant_id = e.tenant_id AND r.reverses_id = e.id)
    ) THEN
        RAISE EXCEPTION 'a dividend is booked once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledgerentry_dividend_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER economy_ledgerentry_origin BEFORE INSERT ON economy_ledgerentry
    FOR EACH ROW WHEN (NEW.reverses_id IS NULL AND (NEW.project_id IS NOT NULL OR NEW.dividend_id IS NOT NULL))
    EXECUTE FUNCTION economy_entry_names_its_origin();
"""
UNDO_LEDGER: Final = """
DROP TRIGGER economy_ledgerentry_origin ON economy_ledgerentry;
DROP FUNCTION economy_entry_names_its_origin();
CREATE OR REPLACE FUNCTION economy_mirror_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM economy_ledgerentry e WHERE e.tenant_id = NEW.tenant_id AND e.id = NEW.reverses_id
            AND e.reverses_id IS NULL AND e.village_id = NEW.village_id AND e.kind = NEW.kind
            AND e.source_code = NEW.source_code AND e.occurred_on = NEW.occurred_on
            AND e.amount_yuan = -NEW.amount_yuan
    ) THEN
        RAISE EXCEPTION 'a reversal is the mirror of one entry'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledgerentry_reversal_mirrors';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("economy", "0003_industry_projects")]

    operations = [
        migrations.RunSQL(
            guard_sql("economy_industryproject", "state", PROJECT_PAIRS),
            unguard_sql("economy_industryproject", "state"),
        ),
        migrations.RunSQL(
            guard_sql("economy_projectasset", "state", ASSET_PAIRS), unguard_sql("economy_projectasset", "state")
        ),
        migrations.RunSQL(MONEY, UNDO_MONEY),
        migrations.RunSQL(LEDGER, UNDO_LEDGER),
    ]
