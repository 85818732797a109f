"""Hold the shares of a fund to its total, where it says one, on every day."""

from typing import Final

from django.db import migrations

# The fund is locked first, so that two holdings at once do not pass together. Rows are read as the scope shows them: a
# household may have moved to another area, so that the verb writes in the scope of the whole county. What only lessens
# a holding is not asked: a total that was lowered since may lie below what was held on days long past.
TOTAL: Final = """
CREATE FUNCTION economy_require_shares(fund economy_sharefund, since date, until date) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF fund.share_total IS NOT NULL AND EXISTS (
        SELECT FROM (
            SELECT since AS day
            UNION
            SELECT s.starts_on FROM economy_shareholding s
            WHERE s.tenant_id = fund.tenant_id AND s.fund_id = fund.id AND s.starts_on > since
                AND (until IS NULL OR s.starts_on < until)
        ) d JOIN economy_shareholding h ON h.tenant_id = fund.tenant_id AND h.fund_id = fund.id
            AND h.starts_on <= d.day AND (h.ends_on IS NULL OR h.ends_on > d.day)
        GROUP BY d.day HAVING sum(h.share_count) > fund.share_total
    ) THEN
        RAISE EXCEPTION 'more shares would be held than the fund has'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shareholding_within_the_total';
    END IF;
END $$;
CREATE FUNCTION economy_holding_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fund economy_sharefund;
BEGIN
    SELECT * INTO fund FROM economy_sharefund f WHERE f.tenant_id = NEW.tenant_id AND f.id = NEW.fund_id FOR UPDATE;
    PERFORM economy_require_shares(fund, NEW.starts_on, NEW.ends_on);
    RETURN NULL;
END $$;
CREATE TRIGGER economy_shareholding_fits AFTER INSERT ON economy_shareholding
    FOR EACH ROW EXECUTE FUNCTION economy_holding_fits();
CREATE TRIGGER economy_shareholding_grows AFTER UPDATE OF fund_id, share_count, starts_on, ends_on
    ON economy_shareholding FOR EACH ROW
    WHEN (NEW.fund_id <> OLD.fund_id OR NEW.share_count > OLD.share_count OR NEW.starts_on < OLD.starts_on
        OR coalesce(NEW.ends_on, 'infinity') > coalesce(OLD.ends_on, 'infinity'))
    EXECUTE FUNCTION economy_holding_fits();
CREATE FUNCTION economy_total_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM economy_require_shares(NEW, (now() AT TIME ZONE 'Asia/Shanghai')::date, NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER economy_sharefund_total_fits AFTER UPDATE OF share_total ON economy_sharefund
    FOR EACH ROW WHEN (NEW.share_total IS DISTINCT FROM OLD.share_total) EXECUTE FUNCTION economy_total_fits();
"""
UNDO: Final = """
DROP TRIGGER economy_sharefund_total_fits ON economy_sharefund;
DROP FUNCTION economy_total_fits();
DROP TRIGGER economy_shareholding_grows ON economy_shareholding;
DROP TRIGGER economy_shareholding_fits ON economy_shareholding;
DROP FUNCTION economy_holding_fits();
DROP FUNCTION economy_require_shares(economy_sharefund, date, date);
"""


class Migration(migrations.Migration):
    dependencies = [("economy", "0004_guard_industry_projects")]

    operations = [migrations.RunSQL(TOTAL, UNDO)]
