"""Arm budgets, allocations and payment lists: sums, states and what must not change stand in the database too.

A test holds the pairs of states here to those of `funds/workflow.py`. Sums that several rows share are columns kept by
triggers: a check on a column sees the change of everybody, where a sum would see what the scope shows. New rows are
looked at after their insertion, so that the policy of their table answers first.
"""

from typing import Final

from django.db import migrations

from registry.lib.states import guard_sql, unguard_sql

LIST_PAIRS: Final = (
    ("approved", "paid"),
    ("approved", "withdrawn"),
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "approved"),
    ("submitted", "draft"),
    ("submitted", "withdrawn"),
)
ALLOCATION: Final = """
CREATE FUNCTION funds_allocation_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE funds_budget b SET allocated_yuan = b.allocated_yuan + NEW.amount_yuan
    WHERE b.tenant_id = NEW.tenant_id AND b.id = NEW.budget_id AND b.withdrawn_on IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'money is allocated from a budget that stands'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_of_a_budget_that_stands';
    END IF;
    IF NEW.bound_yuan <> 0 OR NEW.moved_back_yuan <> 0 THEN
        RAISE EXCEPTION 'a new allocation is free'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_begins_free';
    END IF;
    IF NEW.moves_back_id IS NOT NULL THEN
        UPDATE funds_allocation a SET moved_back_yuan = a.moved_back_yuan - NEW.amount_yuan
        WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.moves_back_id AND a.moves_back_id IS NULL
            AND a.scope_code = NEW.scope_code AND a.budget_id = NEW.budget_id AND a.purpose = NEW.purpose
            AND a.programme_id IS NOT DISTINCT FROM NEW.programme_id AND a.project_kind_code = NEW.project_kind_code;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'what is moved back is of the allocation that it names'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_moves_back_its_own';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER funds_allocation_counts AFTER INSERT ON funds_allocation
    FOR EACH ROW EXECUTE FUNCTION funds_allocation_counts();

CREATE FUNCTION funds_sum_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what rows below give is written by their triggers alone'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_sum_is_kept';
END $$;
CREATE TRIGGER funds_budget_sum_begins BEFORE INSERT ON funds_budget FOR EACH ROW
    WHEN (NEW.allocated_yuan <> 0 OR NEW.withdrawn_on IS NOT NULL) EXECUTE FUNCTION funds_sum_is_kept();
CREATE TRIGGER funds_budget_sum_is_kept BEFORE UPDATE ON funds_budget FOR EACH ROW
    WHEN (NEW.allocated_yuan <> OLD.allocated_yuan AND pg_trigger_depth() = 0) EXECUTE FUNCTION funds_sum_is_kept();
CREATE TRIGGER funds_allocation_sums_are_kept BEFORE UPDATE ON funds_allocation FOR EACH ROW
    WHEN ((NEW.bound_yuan, NEW.moved_back_yuan) IS DISTINCT FROM (OLD.bound_yuan, OLD.moved_back_yuan)
        AND pg_trigger_depth() = 0) EXECUTE FUNCTION funds_sum_is_kept();
"""
UNDO_ALLOCATION: Final = """
DROP TRIGGER funds_allocation_sums_are_kept ON funds_allocation;
DROP TRIGGER funds_budget_sum_is_kept ON funds_budget;
DROP TRIGGER funds_budget_sum_begins ON funds_budget;
DROP FUNCTION funds_sum_is_kept();
DROP TRIGGER funds_allocation_counts ON funds_allocation;
DROP FUNCTION funds_allocation_counts();
"""
LIST: Final = """
CREATE FUNCTION funds_list_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'draft' OR NOT EXISTS (
        SELECT FROM funds_allocation a JOIN funds_paymentprogramme p
            ON p.tenant_id = NEW.tenant_id AND p.id = NEW.programme_id
        WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.allocation_id AND a.moves_back_id IS NULL
            AND a.scope_code = NEW.scope_code
            AND (a.purpose = 'area' OR (a.purpose = 'programme' AND a.programme_id = NEW.programme_id))
            AND p.cycle = CASE WHEN NEW.period = 'once' THEN 'once' WHEN NEW.period ~ 'Q' THEN 'quarter'
                WHEN NEW.period ~ '-' THEN 'month' ELSE 'year' END
    ) THEN
        RAISE EXCEPTION 'a list begins as a draft, out of an allocation for its programme, for a period of its cycle'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentlist_fits_its_allocation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER funds_paymentlist_fits AFTER INSERT ON funds_paymentlist
    FOR EACH ROW EXECUTE FUNCTION funds_list_fits();

CREATE FUNCTION funds_list_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    IF (NEW.stated_yuan, NEW.stated_count) IS DISTINCT FROM (OLD.stated_yuan, OLD.stated_count)
        AND NOT (OLD.state = 'draft' AND NEW.state = 'draft') THEN
        RAISE EXCEPTION 'total and number are those that were submitted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentlist_is_stated_in_draft';
    END IF;
    IF OLD.file_taken_at IS NOT NULL AND NEW.file_taken_at IS DISTINCT FROM OLD.file_taken_at THEN
        RAISE EXCEPTION 'when the file was first taken stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentlist_file_was_taken';
    END IF;
    IF NEW.state IN ('submitted', 'approved') AND NEW.state <> OLD.state THEN
        SELECT coalesce(sum(l.amount_yuan), 0) AS total, count(*) AS number,
            count(*) FILTER (WHERE l.account_sealed IS NULL) AS bare INTO found
        FROM funds_paymentline l
        WHERE l.tenant_id = NEW.tenant_id AND l.payment_list_id = NEW.id AND l.is_live;
        IF (found.total, found.number) IS DISTINCT FROM (NEW.stated_yuan, NEW.stated_count::bigint) THEN
            RAISE EXCEPTION 'the lines of a list give its total and number'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentlist_adds_up';
        END IF;
        IF found.bare > 0 THEN
            RAISE EXCEPTION 'each line has an account'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentlist_lines_have_accounts';
        END IF;
    END IF;
    IF NEW.state = 'approved' AND OLD.state <> 'approved' AND EXISTS (
        SELECT FROM funds_paymentline l
        WHERE l.tenant_id = NEW.tenant_id AND l.payment_list_id = NEW.id AND l.is_live
            AND l.entered_by = NEW.decided_by
    ) THEN
        RAISE EXCEPTION 'who entered a line does not approve it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentlist_lines_are_anothers';
    END IF;
    IF NEW.returned_yuan IS DISTINCT FROM OLD.returned_yuan AND NEW.returned_yuan IS DISTINCT FROM (
        SELECT coalesce(sum(l.amount_yuan), 0) FROM funds_paymentline l
        WHERE l.tenant_id = NEW.tenant_id AND l.payment_list_id = NEW.id AND l.returned_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'what was returned is the sum of its lines'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentlist_returns_add_up';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funds_paymentlist_adds_up BEFORE UPDATE ON funds_paymentlist
    FOR EACH ROW EXECUTE FUNCTION funds_list_adds_up();

CREATE FUNCTION funds_list_binds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    binding CONSTANT text[] := ARRAY['submitted', 'approved', 'paid'];
    before numeric := CASE WHEN OLD.state = ANY (binding) THEN OLD.stated_yuan - OLD.returned_yuan ELSE 0 END;
    after numeric := CASE WHEN NEW.state = ANY (binding) THEN NEW.stated_yuan - NEW.returned_yuan ELSE 0 END;
BEGIN
    IF before <> after THEN
        UPDATE funds_allocation a SET bound_yuan = a.bound_yuan + after - before
        WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.allocation_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the allocation of a list lies in its division'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentlist_fits_its_allocation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER funds_paymentlist_binds AFTER UPDATE ON funds_paymentlist
    FOR EACH ROW EXECUTE FUNCTION funds_list_binds();
"""
UNDO_LIST: Final = """
DROP TRIGGER funds_paymentlist_binds ON funds_paymentlist;
DROP FUNCTION funds_list_binds();
DROP TRIGGER funds_paymentlist_adds_up ON funds_paymentlist;
DROP FUNCTION funds_list_adds_up();
DROP TRIGGER funds_paymentlist_fits ON funds_paymentlist;
DROP FUNCTION funds_list_fits();
"""
LINE: Final = """
CREATE FUNCTION funds_line_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM funds_paymentlist l JOIN funds_paymentprogramme p
        ON p.tenant_id = l.tenant_id AND p.id = l.programme_id
    WHERE l.tenant_id = NEW.tenant_id AND l.id = NEW.payment_list_id AND l.state = 'draft'
        AND l.programme_id = NEW.programme_id AND l.period = NEW.period
        AND (p.payee = 'person') = (NEW.person_id IS NOT NULL) FOR SHARE OF l;
    IF NOT FOUND OR NEW.paid_on IS NOT NULL OR NOT NEW.is_live THEN
        RAISE EXCEPTION 'a line is of a draft, and of its programme, period and kind of payee'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentline_fits_its_list';
    END IF;
    IF NEW.repays_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM funds_paymentline r
        WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.repays_id AND r.returned_on IS NOT NULL
            AND r.programme_id = NEW.programme_id AND r.household_id = NEW.household_id
            AND r.person_id IS NOT DISTINCT FROM NEW.person_id AND r.amount_yuan = NEW.amount_yuan
    ) THEN
        RAISE EXCEPTION 'what is paid again was returned, and is the same'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentline_repays_what_was_returned';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER funds_paymentline_fits AFTER INSERT ON funds_paymentline
    FOR EACH ROW EXECUTE FUNCTION funds_line_fits();

CREATE FUNCTION funds_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    list_state text;
    list_paid_on date;
BEGIN
    SELECT l.state, l.paid_on INTO list_state, list_paid_on FROM funds_paymentlist l
    WHERE l.tenant_id = NEW.tenant_id AND l.id = NEW.payment_list_id;
    list_state := coalesce(list_state, 'out of sight');
    IF NEW.is_live IS DISTINCT FROM OLD.is_live AND (NEW.is_live OR list_state NOT IN ('draft', 'withdrawn')) THEN
        RAISE EXCEPTION 'a line is struck from a draft, once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentline_is_struck_in_draft';
    END IF;
    IF NEW.paid_on IS DISTINCT FROM OLD.paid_on AND (
        OLD.paid_on IS NOT NULL OR list_state <> 'paid' OR NEW.paid_on IS DISTINCT FROM list_paid_on
    ) THEN
        RAISE EXCEPTION 'a line is paid with its list'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentline_is_paid_with_its_list';
    END IF;
    IF NEW.village_code IS DISTINCT FROM OLD.village_code AND OLD.paid_on IS NOT NULL THEN
        RAISE EXCEPTION 'where a payee lived when paid stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentline_keeps_its_village';
    END IF;
    IF OLD.returned_on IS NOT NULL AND NEW.returned_on IS DISTINCT FROM OLD.returned_on THEN
        RAISE EXCEPTION 'a line is returned once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentline_is_returned_once';
    END IF;
    IF NEW.account_sealed IS DISTINCT FROM OLD.account_sealed AND NEW.account_sealed IS NOT NULL
        AND list_state <> 'draft' AND NOT app_renews_keys() THEN
        RAISE EXCEPTION 'the account of a line is that of its submission'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentline_keeps_its_account';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funds_paymentline_stays
    BEFORE UPDATE OF is_live, paid_on, village_code, returned_on, account_sealed ON funds_paymentline
    FOR EACH ROW EXECUTE FUNCTION funds_line_stays();
"""
UNDO_LINE: Final = """
DROP TRIGGER funds_paymentline_stays ON funds_paymentline;
DROP FUNCTION funds_line_stays();
DROP TRIGGER funds_paymentline_fits ON funds_paymentline;
DROP FUNCTION funds_line_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_budgets_and_payment_lists")]

    operations = [
        migrations.RunSQL(ALLOCATION, UNDO_ALLOCATION),
        migrations.RunSQL(
            guard_sql("funds_paymentlist", "state", LIST_PAIRS), unguard_sql("funds_paymentlist", "state")
        ),
        migrations.RunSQL(LIST, UNDO_LIST),
        migrations.RunSQL(LINE, UNDO_LINE),
    ]
