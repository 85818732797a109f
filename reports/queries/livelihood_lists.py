# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""Who was trained in a year, and who holds which post on a day."""

from typing import Final

from reports.queries.register_parts import HOME, MEMBER, MEMBER_TABLES, covers
from reports.queries.register_rows import Statement

_PERSON: Final = """p.id AS person_id, p.scope_code AS person_scope, p.name AS person_name, p.document_sealed"""
# What was told after the day is no fact of the day.
_BY_DAY: Final = "CASE WHEN e.{day} <= %(day)s THEN e.{column} ELSE '' END AS {column}"

# By the first day that the person came; the households are those of the day.
TRAINING: Final = Statement(
    f"""WITH {HOME}, {MEMBER}
SELECT member.village_code, member.household_number, member.status, member.category_code, {_PERSON},
    c.name AS course_name, c.kind_code, c.organiser, e.starts_on, e.last_on, c.day_count, e.attended_days,
    {_BY_DAY.format(column="certificate_kind_code", day="certified_on")},
    {_BY_DAY.format(column="certificate_number", day="certified_on")},
    CASE WHEN e.certified_on <= %(day)s THEN e.certified_on END AS certified_on, c.employer,
    {_BY_DAY.format(column="outcome_code", day="outcome_on")}
FROM member
JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = member.person_id
JOIN livelihoods_enrolment e ON e.tenant_id = p.tenant_id AND e.person_id = p.id
JOIN livelihoods_course c ON c.tenant_id = e.tenant_id AND c.id = e.course_id
WHERE e.withdrawn_on IS NULL AND c.state <> 'cancelled' AND e.starts_on BETWEEN %(first)s AND %(last)s
ORDER BY member.village_code, member.household_number, member.relation_code, p.name, p.id, e.starts_on, e.id""",
    (*MEMBER_TABLES, "households_person", "livelihoods_enrolment", "livelihoods_course"),
)
# A holder is named with the household of the day, also where it lies in another village than the post; one whom the
# reader may not see leaves the seat held by nobody that is named.
POSTS: Final = Statement(
    f"""WITH seat AS (
    SELECT post.id AS post_id, post.scope_code AS village_code, post.name AS post_name, post.kind_code,
        post.funding_code, post.monthly_yuan, number AS seat_number
    FROM livelihoods_welfarepost post, generate_series(1, post.seat_count) AS number
    WHERE post.tenant_id = %(tenant)s AND post.scope_code >= %(lo)s AND post.scope_code < %(hi)s
      AND post.starts_on <= %(day)s AND (post.ends_on IS NULL OR post.ends_on > %(day)s)
), paid AS (
    SELECT m.holding_id, count(*) FILTER (WHERE m.reverses_id IS NULL) - count(m.reverses_id) AS paid_months,
        sum(m.amount_yuan) AS paid_yuan
    FROM livelihoods_postmonth m
    WHERE m.tenant_id = %(tenant)s AND m.month BETWEEN make_date(%(year)s, 1, 1) AND %(day)s
    GROUP BY m.holding_id
)
SELECT seat.*, {_PERSON}, h.number AS household_number, t.starts_on, t.ends_on,
    coalesce(paid.paid_months, 0) AS paid_months, coalesce(paid.paid_yuan, 0) AS paid_yuan
FROM seat
LEFT JOIN livelihoods_postholding t ON t.tenant_id = %(tenant)s AND t.post_id = seat.post_id
    AND t.seat_number = seat.seat_number AND {covers("t")}
LEFT JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = t.person_id
LEFT JOIN households_membership mb ON mb.tenant_id = %(tenant)s AND mb.person_id = p.id AND {covers("mb")}
LEFT JOIN households_household h ON h.tenant_id = %(tenant)s AND h.id = mb.household_id
LEFT JOIN paid ON paid.holding_id = t.id
ORDER BY seat.village_code, seat.post_name, seat.post_id, seat.seat_number""",
    (
        "livelihoods_welfarepost",
        "livelihoods_postholding",
        "livelihoods_postmonth",
        "households_person",
        "households_membership",
        "households_household",
    ),
)
