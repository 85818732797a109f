"""Hold what is owed to the entries of a loan, reversals to their mirrors, and borrowers to their households."""

from typing import Final

from django.db import migrations

# What refuses does so after the row: its policy answers first.
HELD: Final = """
CREATE FUNCTION credit_loan_owes_its_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT coalesce(sum(e.amount_yuan) FILTER (WHERE e.kind = 'draw'), 0),
           coalesce(sum(CASE WHEN e.kind = 'draw' THEN e.amount_yuan
                             WHEN e.kind IN ('principal', 'write_off') THEN -e.amount_yuan ELSE 0 END), 0)
    INTO NEW.drawn_yuan, NEW.outstanding_yuan
    FROM credit_loanentry e WHERE e.tenant_id = NEW.tenant_id AND e.loan_id = NEW.id;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_loan_owes_its_entries BEFORE INSERT OR UPDATE OF drawn_yuan, outstanding_yuan ON credit_loan
    FOR EACH ROW EXECUTE FUNCTION credit_loan_owes_its_entries();

CREATE FUNCTION credit_loan_is_a_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.household_id = OLD.household_id AND NEW.person_id = OLD.person_id THEN
        RETURN NEW;
    END IF;
    -- A loan that goes along is its borrower's in the household of today.
    IF NOT EXISTS (
        SELECT FROM households_membership m
        WHERE m.tenant_id = NEW.tenant_id AND m.household_id = NEW.household_id AND m.person_id = NEW.person_id
          AND (TG_OP = 'UPDATE' OR m.starts_on IS NULL OR m.starts_on <= NEW.granted_on)
          AND (m.ends_on IS NULL OR (TG_OP = 'INSERT' AND m.ends_on > NEW.granted_on))
    ) THEN
        RAISE EXCEPTION 'who borrows is a member of the household on that day'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'loan_is_a_members';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM households_person p
        WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.person_id
          AND p.birth_on + interval '18 years' <= NEW.granted_on
    ) THEN
        RAISE EXCEPTION 'who borrows is of age on that day'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'loan_is_of_age';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_loan_is_a_members AFTER INSERT OR UPDATE OF household_id, person_id ON credit_loan
    FOR EACH ROW EXECUTE FUNCTION credit_loan_is_a_members();

CREATE FUNCTION credit_loan_withdrawn_is_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM credit_loanentry e WHERE e.tenant_id = NEW.tenant_id AND e.loan_id = NEW.id
        GROUP BY e.kind HAVING sum(e.amount_yuan) <> 0
    ) THEN
        RAISE EXCEPTION 'money of the loan is on file'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'loan_withdrawn_is_empty';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_loan_withdrawn_is_empty AFTER UPDATE OF withdrawn_on ON credit_loan
    FOR EACH ROW WHEN (NEW.withdrawn_on IS NOT NULL) EXECUTE FUNCTION credit_loan_withdrawn_is_empty();

CREATE FUNCTION credit_entry_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Locked first: what is asked next holds until the end, and is not undone by a withdrawal at the same time. The
    -- foreign key of another entry holds the key of the loan already, so that a stronger lock would be a deadlock.
    PERFORM FROM credit_loan l WHERE l.tenant_id = NEW.tenant_id AND l.id = NEW.loan_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM credit_loan l
        WHERE l.tenant_id = NEW.tenant_id AND l.id = NEW.loan_id AND l.household_id = NEW.household_id
          AND l.withdrawn_on IS NULL AND l.granted_on <= NEW.occurred_on
    ) THEN
        RAISE EXCEPTION 'an entry is of a loan that was granted by that day'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'loanentry_of_a_granted_loan';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM credit_loanentry e
        WHERE e.tenant_id = NEW.tenant_id AND e.id = NEW.reverses_id AND e.reverses_id IS NULL
          AND e.loan_id = NEW.loan_id AND e.kind = NEW.kind AND e.occurred_on = NEW.occurred_on
          AND e.amount_yuan = -NEW.amount_yuan
    ) THEN
        RAISE EXCEPTION 'a reversal mirrors what it reverses'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'loanentry_reversal_mirrors';
    END IF;
    UPDATE credit_loan SET outstanding_yuan = 0 WHERE tenant_id = NEW.tenant_id AND id = NEW.loan_id;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_loanentry_counts AFTER INSERT ON credit_loanentry
    FOR EACH ROW EXECUTE FUNCTION credit_entry_counts();
"""
RELEASED: Final = """
DROP TRIGGER credit_loanentry_counts ON credit_loanentry;
DROP FUNCTION credit_entry_counts();
DROP TRIGGER credit_loan_withdrawn_is_empty ON credit_loan;
DROP FUNCTION credit_loan_withdrawn_is_empty();
DROP TRIGGER credit_loan_is_a_members ON credit_loan;
DROP FUNCTION credit_loan_is_a_members();
DROP TRIGGER credit_loan_owes_its_entries ON credit_loan;
DROP FUNCTION credit_loan_owes_its_entries();
"""


class Migration(migrations.Migration):
    dependencies = [("credit", "0001_loans")]

    operations = [migrations.RunSQL(HELD, RELEASED)]
