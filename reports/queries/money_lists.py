# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""Money as it stood on a day: collectives, budgets and allocations, payments, project assets."""

from typing import Final

from reports.queries.register_parts import covers
from reports.queries.register_rows import Statement

_IN_AREA: Final = "{alias}.scope_code >= %(lo)s AND {alias}.scope_code < %(hi)s"


def collective(own: int, aid: int) -> Statement:
    """Write the sums of a year for each village by source, for so many sources of its own and of aid.

    The values name them as `own_0` and so on; what no source of aid names is the village's own.
    """
    of_source = (
        "coalesce(sum(e.amount_yuan) FILTER (WHERE e.kind = 'income' AND e.source_code = %({0})s), 0) AS {0}_yuan"
    )
    names = [*(f"own_{place}" for place in range(own)), *(f"aid_{place}" for place in range(aid))]
    sources = "".join(f", {of_source.format(name)}" for name in names)
    is_aid = " OR ".join(f"e.source_code = %(aid_{place})s" for place in range(aid)) or "false"
    return Statement(
        f"""WITH booked AS (
    SELECT e.village_id{sources},
        coalesce(sum(e.amount_yuan) FILTER (WHERE e.kind = 'income' AND NOT ({is_aid})), 0) AS own_yuan,
        coalesce(sum(e.amount_yuan) FILTER (WHERE e.kind = 'income' AND ({is_aid})), 0) AS aid_yuan,
        coalesce(sum(e.amount_yuan) FILTER (WHERE e.kind = 'cost'), 0) AS cost_yuan
    FROM economy_ledgerentry e
    WHERE e.tenant_id = %(tenant)s AND e.occurred_on BETWEEN %(first)s AND %(last)s
    GROUP BY e.village_id
)
SELECT v.code AS village_code{"".join(f", coalesce(booked.{name}_yuan, 0) AS {name}_yuan" for name in names)},
    coalesce(booked.own_yuan, 0) AS own_yuan, coalesce(booked.aid_yuan, 0) AS aid_yuan,
    coalesce(booked.cost_yuan, 0) AS cost_yuan,
    coalesce(booked.own_yuan + booked.aid_yuan - booked.cost_yuan, 0) AS balance_yuan,
    coalesce(booked.own_yuan, 0) >= %(goal)s AS meets_goal, y.collective_income_yuan AS stated_yuan
FROM villages_village v
LEFT JOIN booked ON booked.village_id = v.id
LEFT JOIN villages_villageyear y ON y.tenant_id = v.tenant_id AND y.village_id = v.id AND y.year = %(of_year)s
WHERE v.tenant_id = %(tenant)s AND v.code >= %(lo)s AND v.code < %(hi)s
ORDER BY v.code""",
        ("economy_ledgerentry", "villages_village", "villages_villageyear"),
    )


_ALLOCATED: Final = """allocated AS (
    SELECT a.budget_id, sum(a.amount_yuan) AS allocated_yuan
    FROM funds_allocation a WHERE a.tenant_id = %(tenant)s AND a.allocated_on <= %(day)s
    GROUP BY a.budget_id
)"""
BUDGETS: Final = Statement(
    f"""WITH {_ALLOCATED}
SELECT b.year::text AS year, b.source_code, b.name AS budget_name, b.notice_number, b.notice_on, b.amount_yuan,
    coalesce(allocated.allocated_yuan, 0) AS allocated_yuan,
    b.amount_yuan - coalesce(allocated.allocated_yuan, 0) AS unallocated_yuan
FROM funds_budget b
LEFT JOIN allocated ON allocated.budget_id = b.id
WHERE b.tenant_id = %(tenant)s AND b.withdrawn_on IS NULL AND b.notice_on <= %(day)s
  AND (%(of_year)s::int IS NULL OR b.year = %(of_year)s::int)
ORDER BY b.year, b.source_code, b.notice_on, b.id""",
    ("funds_budget", "funds_allocation"),
)
# A line of a paid list was paid on its day; what the bank returned stands against it from the day of the return.
ALLOCATIONS: Final = Statement(
    f"""WITH paid AS (
    SELECT l.allocation_id, sum(line.amount_yuan) AS paid_yuan,
        coalesce(sum(line.amount_yuan) FILTER (WHERE line.returned_on <= %(day)s), 0) AS returned_yuan
    FROM funds_paymentlist l
    JOIN funds_paymentline line ON line.tenant_id = l.tenant_id AND line.payment_list_id = l.id
    WHERE l.tenant_id = %(tenant)s AND l.state = 'paid' AND line.is_live AND line.paid_on <= %(day)s
    GROUP BY l.allocation_id
), back AS (
    SELECT a.moves_back_id AS allocation_id, -sum(a.amount_yuan) AS moved_back_yuan
    FROM funds_allocation a
    WHERE a.tenant_id = %(tenant)s AND a.moves_back_id IS NOT NULL AND a.allocated_on <= %(day)s
    GROUP BY a.moves_back_id
)
SELECT b.year::text AS year, b.source_code, b.name AS budget_name, b.notice_number, a.scope_code AS division_code,
    a.purpose, coalesce(g.name, '') AS programme_name, a.project_kind_code, a.allocated_on, a.paper, a.amount_yuan,
    coalesce(back.moved_back_yuan, 0) AS moved_back_yuan, coalesce(paid.paid_yuan, 0) AS paid_yuan,
    coalesce(paid.returned_yuan, 0) AS returned_yuan,
    a.amount_yuan - coalesce(back.moved_back_yuan, 0) - coalesce(paid.paid_yuan, 0) + coalesce(paid.returned_yuan, 0)
        AS left_yuan
FROM funds_allocation a
JOIN funds_budget b ON b.tenant_id = a.tenant_id AND b.id = a.budget_id
LEFT JOIN funds_paymentprogramme g ON g.tenant_id = a.tenant_id AND g.id = a.programme_id
LEFT JOIN paid ON paid.allocation_id = a.id
LEFT JOIN back ON back.allocation_id = a.id
WHERE a.tenant_id = %(tenant)s AND a.moves_back_id IS NULL AND a.allocated_on <= %(day)s
  AND {_IN_AREA.format(alias="a")} AND (%(of_year)s::int IS NULL OR b.year = %(of_year)s::int)
ORDER BY b.year, b.source_code, a.scope_code, a.allocated_on, a.id""",
    ("funds_budget", "funds_allocation", "funds_paymentprogramme", "funds_paymentlist", "funds_paymentline"),
)
PAYMENTS: Final = Statement(
    """SELECT line.village_code, h.number AS household_number, coalesce(head.name, '') AS head_name,
    coalesce(p.name, '') AS person_name, g.name AS programme_name, g.kind_code, line.period, line.reason_code,
    line.amount_yuan, line.paid_on, CASE WHEN line.returned_on <= %(day)s THEN line.returned_on END AS returned_on,
    CASE WHEN line.returned_on <= %(day)s THEN line.return_code ELSE '' END AS return_code,
    CASE WHEN line.returned_on <= %(day)s THEN 0 ELSE line.amount_yuan END AS kept_yuan
FROM funds_paymentline line
JOIN funds_paymentlist l ON l.tenant_id = line.tenant_id AND l.id = line.payment_list_id
JOIN funds_paymentprogramme g ON g.tenant_id = line.tenant_id AND g.id = line.programme_id
JOIN households_household h ON h.tenant_id = line.tenant_id AND h.id = line.household_id
LEFT JOIN households_membership m ON m.tenant_id = line.tenant_id AND m.household_id = line.household_id
    AND m.relation_code = '01' AND (m.starts_on IS NULL OR m.starts_on <= line.paid_on)
    AND (m.ends_on IS NULL OR m.ends_on > line.paid_on)
LEFT JOIN households_person head ON head.tenant_id = line.tenant_id AND head.id = m.person_id
LEFT JOIN households_person p ON p.tenant_id = line.tenant_id AND p.id = line.person_id
WHERE line.tenant_id = %(tenant)s AND l.state = 'paid' AND line.is_live
  AND line.paid_on BETWEEN %(first)s AND %(last)s
  AND line.village_code >= %(lo)s AND line.village_code < %(hi)s
ORDER BY line.village_code, h.number, line.paid_on, g.name, line.number, line.id""",
    (
        "funds_paymentlist",
        "funds_paymentline",
        "funds_paymentprogramme",
        "households_household",
        "households_membership",
        "households_person",
    ),
)
# What was disposed of after the day was in use on it, as far as the register knows: idleness keeps no day.
ASSETS: Final = Statement(
    f"""SELECT j.name AS project_name, j.kind_code AS project_kind_code, j.library_year::text AS library_year,
    a.name AS asset_name, a.kind_code, a.value_yuan, a.acquired_on, a.owner,
    CASE WHEN a.owner = 'village' THEN coalesce(v.name, '') ELSE a.owner_name END AS owner_shown, a.custodian,
    CASE WHEN a.state = 'disposed' AND a.disposed_on > %(day)s THEN 'in_use' ELSE a.state END AS state,
    coalesce(u.keeper, '') AS keeper, coalesce(u.source_code, '') AS upkeep_source_code, u.yearly_yuan,
    CASE WHEN a.disposed_on <= %(day)s THEN a.disposed_on END AS disposed_on,
    CASE WHEN a.disposed_on <= %(day)s THEN a.disposed_yuan END AS disposed_yuan
FROM economy_projectasset a
JOIN economy_industryproject j ON j.tenant_id = a.tenant_id AND j.id = a.project_id
LEFT JOIN villages_village v ON v.tenant_id = a.tenant_id AND v.id = a.village_id
LEFT JOIN economy_assetupkeep u ON u.tenant_id = a.tenant_id AND u.asset_id = a.id AND {covers("u")}
WHERE a.tenant_id = %(tenant)s AND a.state <> 'withdrawn' AND a.acquired_on <= %(day)s
  AND {_IN_AREA.format(alias="a")}
ORDER BY j.library_year, j.name, j.id, a.name, a.id""",
    ("economy_projectasset", "economy_industryproject", "economy_assetupkeep", "villages_village"),
)
