# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""The one statement that copies the facts of an area, as they stood on a day, into the rows of a picture.

One statement sees one state of the database, whatever others write meanwhile. Parameters: tenant, snapshot, day, lo and
hi (the range of codes), aid (sources of the collective's income that are none of its own), goal (the goal that comes
with the product). The rows of a household are brought together by grouping and joins in memory.
"""

from collections.abc import Collection
from typing import Final

from assistance.models.measure import NOT_YET
from assistance.queries.coverage import HELPER, NONE, STAND_IN
from economy.enums import EntryKind
from households.enums import HEAD_RELATION, NOT_LIFTED, ON_REGISTER, STOCK_OF_STATUS, HouseholdStatus, MonitoringState
from households.models.years import LIVING_FACTS
from households.queries.labour import WITHOUT_LABOUR, WORKING_AGE
from villages.models.year import YEAR_FACTS


def _texts(values: Collection[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


_STOCK: Final = " ".join(f"WHEN '{status}' THEN '{stock}'" for status, stock in STOCK_OF_STATUS.items())
_TENANT: Final = "tenant_id = %(tenant)s"


def _covers(row: str = "") -> str:
    """Write that a half-open period covers the day; no start means always."""
    starts_on, ends_on = f"{row}starts_on", f"{row}ends_on"
    return f"({starts_on} IS NULL OR {starts_on} <= %(day)s) AND ({ends_on} IS NULL OR {ends_on} > %(day)s)"


_COVERS: Final = _covers()
_YEAR: Final = "extract(year FROM %(day)s::date)::int"
# Not of the frozen household but of its income, under the names that tell them apart from the living conditions.
_INCOME: Final = {
    "income_year": "year",
    "income_from": "period_start",
    "income_until": "period_end",
    "income_person_count": "person_count",
    **{
        name: name
        for name in (
            "wage_income_yuan",
            "business_income_yuan",
            "property_income_yuan",
            "transfer_income_yuan",
            "business_cost_yuan",
            "net_per_head_yuan",
            "is_declared",
        )
    },
}
_LIVING: Final = ("claims_yuan", "self_paid_cost_yuan", *LIVING_FACTS)
_PERSON_FACTS: Final = (
    "education_code",
    "school_code",
    "health_codes",
    "skill_code",
    "dropout_reason_code",
    "disability_card_year",
    "work_division_code",
    "works_abroad",
    "work_months",
    "employment_channel_code",
    "industry_code",
    "public_post_code",
    "public_post_months",
    "minimum_living_allowance_code",
    "special_support_code",
    "has_basic_medical",
    "has_employee_medical",
    "has_serious_illness_cover",
    "has_commercial_medical",
    "receives_medical_assistance",
    "receives_other_health_support",
    "has_resident_pension",
    "has_employee_pension",
    "receives_accident_subsidy",
    "is_in_military_service",
    "is_unsupported_child",
)


def _known(alias: str, name: str) -> str:
    """Write a column of a row that may be missing; codes are empty then."""
    if name == "health_codes":
        return f"coalesce({alias}.{name}, '{{}}')"
    return f"coalesce({alias}.{name}, '')" if name.endswith("_code") else f"{alias}.{name}"


# The new rows have ids in the order of writing, without a call for each: see `registry.tenancy.history`.
_ID: Final = "((SELECT text FROM stamp) || lpad(to_hex(row_number() OVER ()), 8, '0'))::uuid"

_STANDING: Final = f"""standing AS MATERIALIZED (
    SELECT household_id, village_code, status FROM households_householdspell
    WHERE {_TENANT} AND status IN ({_texts(ON_REGISTER)}) AND starts_on <= %(day)s
        AND (ends_on IS NULL OR ends_on > %(day)s) AND village_code >= %(lo)s AND village_code < %(hi)s
)"""
_MONITORING: Final = f"""monitoring AS MATERIALIZED (
    SELECT DISTINCT ON (household_id) household_id, category_code, starts_on, starts_precision, end_code, ends_on,
        ends_on IS NULL OR ends_on > %(day)s AS covers, count(*) OVER (PARTITION BY household_id) AS times
    FROM households_monitoringspell
    WHERE {_TENANT} AND (starts_on IS NULL OR starts_on <= %(day)s)
        AND (starts_on IS NULL OR ends_on IS NULL OR starts_on < ends_on)
    ORDER BY household_id, starts_on DESC NULLS LAST, ends_on DESC NULLS FIRST
)"""
# The latest year with facts, the latest one of which the ability to work is known, and that ability.
_LATEST: Final = f"""latest AS (
    SELECT person_id, max(year) AS year,
        substr(max(lpad(year::text, 4, '0') || skill_code) FILTER (WHERE skill_code <> ''), 5) AS skill_code
    FROM households_personyear WHERE {_TENANT} AND year <= {_YEAR} GROUP BY person_id
)"""
_WORK: Final = f"""work AS (
    SELECT person_id, bool_or(covers) AS covers, bool_or(covers AND is_post) AS is_in_post FROM (
        SELECT person_id, starts_on <= %(day)s AND coalesce(ends_on, make_date(year + 1, 1, 1)) > %(day)s AS covers,
            false AS is_post
        FROM households_workrecord WHERE {_TENANT} AND NOT is_planned AND year = {_YEAR}
            AND (ends_on IS NULL OR ends_on > starts_on)
        UNION ALL
        SELECT person_id, starts_on <= %(day)s AND ends_on > %(day)s, true FROM livelihoods_postholding
        WHERE {_TENANT} AND ends_on > starts_on AND starts_on < make_date({_YEAR} + 1, 1, 1)
            AND ends_on > make_date({_YEAR}, 1, 1)
    ) known GROUP BY person_id
)"""
_GROWN: Final = f"(p.birth_on IS NULL OR p.birth_on <= %(day)s::date - interval '{WORKING_AGE} years')"
_MEMBER: Final = f"""member AS MATERIALIZED (
    SELECT m.person_id, m.household_id, s.village_code, m.relation_code, m.starts_on, m.starts_precision, p.number,
        p.sex_code, p.birth_on, p.birth_precision, p.document_code, p.is_placeholder, p.disability_category_code,
        p.disability_grade_code, l.year AS facts_year, w.covers AS works_now, coalesce(w.is_in_post, false) AS has_post,
        CASE WHEN NOT {_GROWN} THEN false ELSE l.skill_code NOT IN ({_texts(WITHOUT_LABOUR)}) END AS is_able_to_work
    FROM standing s
    JOIN households_membership m ON m.{_TENANT} AND m.household_id = s.household_id AND {_covers("m.")}
    JOIN households_person p ON p.{_TENANT} AND p.id = m.person_id
    LEFT JOIN latest l ON l.person_id = m.person_id
    LEFT JOIN work w ON w.person_id = m.person_id
)"""
_PEOPLE: Final = f"""people AS (
    SELECT household_id, count(*) AS person_count, count(*) FILTER (WHERE is_able_to_work) AS labour_count,
        count(*) FILTER (WHERE works_now) AS worker_count, count(*) FILTER (WHERE has_post) AS post_count,
        (array_agg(person_id) FILTER (WHERE relation_code = '{HEAD_RELATION}'))[1] AS head_person_id
    FROM member GROUP BY household_id
)"""
_INCOME_ROW: Final = f"""income AS (
    SELECT y.household_id, {", ".join(f"y.{name}" for name in _INCOME.values())} FROM households_householdyear y
    JOIN (
        SELECT household_id, max(year) AS year FROM households_householdyear
        WHERE {_TENANT} AND year <= {_YEAR} AND net_per_head_yuan IS NOT NULL GROUP BY household_id
    ) known ON known.household_id = y.household_id AND known.year = y.year
    WHERE y.{_TENANT}
)"""
_LIVING_ROW: Final = f"""living AS (
    SELECT y.household_id, y.year, {", ".join(f"y.{name}" for name in _LIVING)} FROM households_householdyear y
    JOIN (
        SELECT household_id, max(year) AS year FROM households_householdyear
        WHERE {_TENANT} AND year <= {_YEAR} GROUP BY household_id
    ) known ON known.household_id = y.household_id AND known.year = y.year
    WHERE y.{_TENANT}
)"""
_SUPPORT: Final = f"""lead AS (
    SELECT household_id, bool_or(helper_id IS NOT NULL) AS is_helper FROM assistance_pairing
    WHERE {_TENANT} AND is_lead AND {_COVERS} GROUP BY household_id
), measure AS (
    SELECT household_id, count(*) AS measures, count(*) FILTER (WHERE is_development) AS developing
    FROM assistance_measure
    WHERE {_TENANT} AND state_code <> '{NOT_YET}' AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on > %(day)s)
    GROUP BY household_id
), partner AS (
    SELECT household_id, count(DISTINCT partner_id) AS partners FROM partners_partnerlink
    WHERE {_TENANT} AND household_id IS NOT NULL AND {_COVERS} GROUP BY household_id
), share AS (
    SELECT household_id, sum(share_count) AS shares FROM economy_shareholding
    WHERE {_TENANT} AND household_id IS NOT NULL AND {_COVERS} GROUP BY household_id
), supported AS MATERIALIZED (
    SELECT EXISTS (
        SELECT FROM assistance_supportperiod WHERE {_TENANT} AND starts_on <= %(day)s AND ends_on > %(day)s
    ) AS lasts
)"""

# Which households must have a helper. Source: assistance.queries.keeping; a test compares both.
_MUST_KEEP: Final = f"""s.status IN ({_texts(NOT_LIFTED)}) OR coalesce(o.covers, false)
        OR s.status = '{HouseholdStatus.LIFTED}' AND (SELECT lasts FROM supported)"""
# Column by column of the frozen household.
_HOUSEHOLD: Final = {
    "id": _ID,
    "tenant_id": "%(tenant)s",
    "scope_code": "s.village_code",
    "snapshot_id": "%(snapshot)s",
    "household_id": "s.household_id",
    "village_code": "s.village_code",
    "status": "s.status",
    "stock": f"coalesce(CASE s.status {_STOCK} END, '')",
    "is_monitored": "coalesce(o.covers, false)",
    # The register's own word for a monitoring that lasts; of an earlier one what its order tells.
    "monitoring_state": f"""CASE WHEN o.household_id IS NULL THEN '{MonitoringState.NONE}'
        WHEN NOT o.covers THEN '{MonitoringState.REMOVED}'
        WHEN o.ends_on IS NULL AND h.monitoring_state IN
            ('{MonitoringState.IDENTIFIED}', '{MonitoringState.RELAPSED}') THEN h.monitoring_state
        WHEN o.times > 1 THEN '{MonitoringState.RELAPSED}' ELSE '{MonitoringState.IDENTIFIED}' END""",
    "monitored_on": "o.starts_on",
    "monitored_precision": "coalesce(o.starts_precision, '')",
    "risk_removed_on": "CASE WHEN NOT o.covers THEN o.ends_on END",
    "removal_code": "CASE WHEN NOT o.covers THEN o.end_code ELSE '' END",
    "head_person_id": "p.head_person_id",
    "person_count": "coalesce(p.person_count, 0)",
    "labour_count": "coalesce(p.labour_count, 0)",
    "worker_count": "coalesce(p.worker_count, 0)",
    "post_count": "coalesce(p.post_count, 0)",
    "cover": f"""CASE WHEN NOT ({_MUST_KEEP}) THEN '' WHEN d.is_helper THEN '{HELPER}'
        WHEN d.household_id IS NOT NULL THEN '{STAND_IN}' ELSE '{NONE}' END""",
    "has_helper": "coalesce(d.is_helper, false)",
    "measure_count": "coalesce(a.measures, 0)",
    "development_measure_count": "coalesce(a.developing, 0)",
    "partner_count": "coalesce(b.partners, 0)",
    "share_count": "coalesce(c.shares, 0)",
    "number": "h.number",
    "group_name": "h.group_name",
    "standard_code": "h.standard_code",
    "attribute_code": "h.attribute_code",
    "main_cause_code": "h.main_cause_code",
    "other_cause_codes": "h.other_cause_codes",
    "identified_on": "h.identified_on",
    "identified_precision": "h.identified_precision",
    "monitoring_code": "coalesce(o.category_code, '')",
    "is_servicemans_family": "h.is_servicemans_family",
    "planned_lifting_year": "h.planned_lifting_year",
    **{name: f"i.{column}" for name, column in _INCOME.items()},
    "facts_year": "l.year",
    **{name: _known("l", name) for name in _LIVING},
}
_PERSON: Final = {
    "id": _ID,
    "tenant_id": "%(tenant)s",
    "scope_code": "m.village_code",
    "snapshot_id": "%(snapshot)s",
    **{
        name: f"m.{name}"
        for name in (
            "person_id",
            "household_id",
            "village_code",
            "relation_code",
            "starts_on",
            "starts_precision",
            "number",
            "sex_code",
            "birth_on",
            "birth_precision",
            "document_code",
            "is_placeholder",
            "disability_category_code",
            "disability_grade_code",
            "facts_year",
            "is_able_to_work",
            "works_now",
            "has_post",
        )
    },
    **{name: _known("y", name) for name in _PERSON_FACTS},
}
_VILLAGE: Final = {
    "id": _ID,
    "tenant_id": "%(tenant)s",
    "scope_code": "v.code",
    "snapshot_id": "%(snapshot)s",
    "village_id": "v.id",
    "village_code": "v.code",
    **{
        name: f"v.{name}"
        for name in (
            "name",
            "priority_codes",
            "natural_village_count",
            "attribute_code",
            "direction_code",
            "terrain_code",
            "longitude",
            "latitude",
        )
    },
    "has_team": "t.village_id IS NOT NULL",
    "team_member_count": "coalesce(t.members, 0)",
    "ledger_income_yuan": "e.own",
    "ledger_aid_yuan": "e.aid",
    "income_goal_yuan": f"""coalesce((SELECT goal_yuan FROM economy_incomegoal
        WHERE {_TENANT} AND from_year <= {_YEAR} ORDER BY from_year DESC LIMIT 1), %(goal)s)""",
    "facts_year": "y.year",
    **{name: f"y.{name}" for name in YEAR_FACTS},
}
HOUSEHOLD_COLUMNS: Final = tuple(_HOUSEHOLD)
PERSON_COLUMNS: Final = tuple(_PERSON)
VILLAGE_COLUMNS: Final = tuple(_VILLAGE)


def _insert(table: str, columns: dict[str, str], source: str) -> str:
    return f"""INSERT INTO {table} ({", ".join(columns)})
    SELECT {", ".join(f"{expression} AS {name}" for name, expression in columns.items())}
    {source}
    RETURNING 1"""


_HOUSEHOLDS: Final = f"""households AS ({
    _insert(
        "periods_frozenhousehold",
        _HOUSEHOLD,
        f'''FROM standing s
    JOIN households_household h ON h.{_TENANT} AND h.id = s.household_id
    LEFT JOIN monitoring o ON o.household_id = s.household_id
    LEFT JOIN people p ON p.household_id = s.household_id
    LEFT JOIN income i ON i.household_id = s.household_id
    LEFT JOIN living l ON l.household_id = s.household_id
    LEFT JOIN lead d ON d.household_id = s.household_id
    LEFT JOIN measure a ON a.household_id = s.household_id
    LEFT JOIN partner b ON b.household_id = s.household_id
    LEFT JOIN share c ON c.household_id = s.household_id''',
    )
})"""
_PERSONS: Final = f"""persons AS ({
    _insert(
        "periods_frozenperson",
        _PERSON,
        f'''FROM member m
    LEFT JOIN households_personyear y ON y.{_TENANT} AND y.person_id = m.person_id AND y.year = m.facts_year''',
    )
})"""
_VILLAGES: Final = f"""villages AS ({
    _insert(
        "periods_frozenvillage",
        _VILLAGE,
        f'''FROM villages_village v
    LEFT JOIN (
        SELECT w.village_id, count(n.id) AS members FROM villages_workteam w
        LEFT JOIN villages_teammember n ON n.{_TENANT} AND n.team_id = w.id AND n.starts_on <= %(day)s
            AND (n.ends_on IS NULL OR n.ends_on > %(day)s)
        WHERE w.{_TENANT} AND w.starts_on <= %(day)s AND (w.ends_on IS NULL OR w.ends_on > %(day)s)
        GROUP BY w.village_id
    ) t ON t.village_id = v.id
    LEFT JOIN (
        SELECT village_id,
            coalesce(sum(amount_yuan) FILTER (
                WHERE kind = '{EntryKind.INCOME}' AND source_code <> ALL (%(aid)s)), 0) AS own,
            coalesce(sum(amount_yuan) FILTER (
                WHERE kind = '{EntryKind.INCOME}' AND source_code = ANY (%(aid)s)), 0) AS aid
        FROM economy_ledgerentry
        WHERE {_TENANT} AND occurred_on >= make_date({_YEAR}, 1, 1) AND occurred_on <= %(day)s
        GROUP BY village_id
    ) e ON e.village_id = v.id
    LEFT JOIN villages_villageyear y ON y.{_TENANT} AND y.village_id = v.id AND y.year = (
        SELECT max(k.year) FROM villages_villageyear k
        WHERE k.{_TENANT} AND k.village_id = v.id AND k.year <= {_YEAR})
    WHERE v.{_TENANT} AND v.code >= %(lo)s AND v.code < %(hi)s''',
    )
})"""
_STAMP: Final = """stamp AS MATERIALIZED (
    SELECT app_version_stamp() || substr(gen_random_uuid()::text, 20, 9) AS text
)"""
_PARTS: Final = (
    _STAMP,
    _STANDING,
    _MONITORING,
    _LATEST,
    _WORK,
    _MEMBER,
    _PEOPLE,
    _INCOME_ROW,
    _LIVING_ROW,
    _SUPPORT,
    _HOUSEHOLDS,
    _PERSONS,
    _VILLAGES,
)
FILL: Final = f"""WITH {", ".join(_PARTS)}
SELECT (SELECT count(*) FROM households), (SELECT count(*) FROM persons), (SELECT count(*) FROM villages), now()"""
