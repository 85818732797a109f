"""Let corrections take back what was noted in error, and let the household that goes on be paid again after a merger.

A test holds the pairs of states here to those of `funds/workflow.py`. A payment and a return are taken back by the
trigger of a correction alone, which writes the list, its lines and with them the sums (docs/decisions/0208, 0219).
"""

from typing import Final

from django.db import migrations

from registry.lib.states import guard_sql

LIST_PAIRS: Final = (
    ("approved", "paid"),
    ("approved", "withdrawn"),
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("paid", "approved"),
    ("submitted", "approved"),
    ("submitted", "draft"),
    ("submitted", "withdrawn"),
)
FORMER_PAIRS: Final = tuple(pair for pair in LIST_PAIRS if pair != ("paid", "approved"))
CORRECTION: Final = """
CREATE FUNCTION funds_correction_takes_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    list funds_paymentlist;
    line funds_paymentline;
    touched bigint;
BEGIN
    SELECT * INTO list FROM funds_paymentlist l
    WHERE l.tenant_id = NEW.tenant_id AND l.id = NEW.payment_list_id FOR UPDATE;
    IF list.id IS NULL OR list.state <> 'paid' OR list.scope_code <> NEW.scope_code THEN
        RAISE EXCEPTION 'what is corrected is of a list that was noted as paid'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentcorrection_is_of_a_paid_list';
    END IF;
    IF NEW.kind = 'payment' THEN
        IF (NEW.was_on, NEW.was_paper, NEW.amount_yuan) IS DISTINCT FROM (list.paid_on, list.paid_paper, list.stated_yuan)
        THEN
            RAISE EXCEPTION 'a correction holds what was noted'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentcorrection_holds_the_payment';
        END IF;
        IF list.returned_yuan <> 0 THEN
            RAISE EXCEPTION 'what a bank returned was paid'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentcorrection_nothing_was_returned';
        END IF;
        IF NEW.corrected_by IN (list.made_by, list.submitted_by) OR EXISTS (
            SELECT FROM funds_paymentline l WHERE l.tenant_id = NEW.tenant_id AND l.payment_list_id = list.id
                AND l.is_live AND l.entered_by = NEW.corrected_by
        ) THEN
            RAISE EXCEPTION 'who had a hand in a list does not take its payment back'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentcorrection_is_anothers';
        END IF;
        UPDATE funds_paymentlist l SET state = 'approved', paid_on = NULL, paid_paper = '',
            version = l.version + 1, updated_at = now()
        WHERE l.tenant_id = NEW.tenant_id AND l.id = list.id;
        UPDATE funds_paymentline l SET paid_on = NULL, village_code = '', version = l.version + 1, updated_at = now()
        WHERE l.tenant_id = NEW.tenant_id AND l.payment_list_id = list.id AND l.paid_on IS NOT NULL;
        GET DIAGNOSTICS touched = ROW_COUNT;
        IF touched <> list.stated_count THEN
            RAISE EXCEPTION 'a payment is taken back of all lines, also of those out of sight'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentcorrection_takes_back_each_line';
        END IF;
        RETURN NULL;
    END IF;
    SELECT * INTO line FROM funds_paymentline l
    WHERE l.tenant_id = NEW.tenant_id AND l.id = NEW.line_id AND l.payment_list_id = list.id FOR UPDATE;
    IF (NEW.was_on, NEW.was_code, NEW.amount_yuan) IS DISTINCT FROM
        (line.returned_on, line.return_code, line.amount_yuan) THEN
        RAISE EXCEPTION 'a correction holds what was noted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentcorrection_holds_the_return';
    END IF;
    IF EXISTS (
        SELECT FROM funds_paymentline l
        WHERE l.tenant_id = NEW.tenant_id AND l.repays_id = line.id AND l.is_live
    ) THEN
        RAISE EXCEPTION 'what is paid again was returned'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentcorrection_is_not_paid_again';
    END IF;
    UPDATE funds_paymentline l SET returned_on = NULL, return_code = '', version = l.version + 1, updated_at = now()
    WHERE l.tenant_id = NEW.tenant_id AND l.id = line.id;
    UPDATE funds_paymentlist l SET returned_yuan = l.returned_yuan - line.amount_yuan,
        version = l.version + 1, updated_at = now()
    WHERE l.tenant_id = NEW.tenant_id AND l.id = list.id;
    RETURN NULL;
END $$;
CREATE TRIGGER funds_correction_takes_back AFTER INSERT ON funds_paymentcorrection
    FOR EACH ROW EXECUTE FUNCTION funds_correction_takes_back();
"""
UNDO_CORRECTION: Final = """
DROP TRIGGER funds_correction_takes_back ON funds_paymentcorrection;
DROP FUNCTION funds_correction_takes_back();
"""
FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION funds_list_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
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
        IF found.bare > 0 AND OLD.state <> 'paid' THEN
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
    IF OLD.state = 'paid' AND NEW.state <> 'paid' AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a payment is taken back by its correction'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentlist_is_corrected_by_a_posting';
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

CREATE OR REPLACE FUNCTION funds_line_fits() RETURNS trigger LANGUAGE plpgsql AS $$
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
        WITH RECURSIVE goes_on (id) AS (
            SELECT r.household_id FROM funds_paymentline r
            WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.repays_id AND r.returned_on IS NOT NULL
                AND r.programme_id = NEW.programme_id AND r.person_id IS NOT DISTINCT FROM NEW.person_id
                AND r.amount_yuan = NEW.amount_yuan
            UNION
            SELECT h.id FROM goes_on g
            JOIN households_householdtie t
                ON t.tenant_id = NEW.tenant_id AND t.household_id = g.id AND t.kind = 'merged_into'
            JOIN households_household h ON h.tenant_id = NEW.tenant_id AND h.number = t.other_number
        )
        SELECT FROM goes_on WHERE goes_on.id = NEW.household_id
    ) THEN
        RAISE EXCEPTION 'what is paid again was returned, and is the same'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentline_repays_what_was_returned';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION funds_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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
    ) AND NOT (NEW.paid_on IS NULL AND list_state = 'approved' AND pg_trigger_depth() > 1) THEN
        RAISE EXCEPTION 'a line is paid with its list'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentline_is_paid_with_its_list';
    END IF;
    IF NEW.village_code IS DISTINCT FROM OLD.village_code AND OLD.paid_on IS NOT NULL AND NEW.paid_on IS NOT NULL THEN
        RAISE EXCEPTION 'where a payee lived when paid stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paymentline_keeps_its_village';
    END IF;
    IF OLD.returned_on IS NOT NULL AND NEW.returned_on IS DISTINCT FROM OLD.returned_on
        AND NOT (NEW.returned_on IS NULL AND pg_trigger_depth() > 1) THEN
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
"""
FORMER_FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION funds_list_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION funds_line_fits() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION funds_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("funds", "0003_note_corrections_of_payments")]

    operations = [
        migrations.RunSQL(
            guard_sql("funds_paymentlist", "state", LIST_PAIRS), guard_sql("funds_paymentlist", "state", FORMER_PAIRS)
        ),
        migrations.RunSQL(FUNCTIONS, FORMER_FUNCTIONS),
        migrations.RunSQL(CORRECTION, UNDO_CORRECTION),
    ]
