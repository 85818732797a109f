# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""Persons of a county who look alike, and what of them a reader sees.

Near are two of whom one of `NearReason` is true, the one living in a household now, and the other too, or until a few
years ago: that one left or died. Beyond the village a name that many bear tells nothing, unless one has no document and
few of that name have none (docs/decisions/0133). Two of the same household and of different sex are not near, nor is
anybody whose name was taken away. The draft tables are asked the same way as the register.
"""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, Left
from django.utils.translation import gettext_lazy as _

from households.enums import NearReason, NearState
from households.models import NearDuplicate
from households.queries.visibility import persons_visible_to
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.models import Division, DivisionEdition
from registry.tenancy.context import Actor

STANDING: Final = (NearState.NEW, NearState.DIFFERENT)
_COLUMNS: Final = (
    "id", "person_id", "why", "state", "reason", "created_at", "settled_at", "version", "other_village",
    "other_township", "other_id", "other_name", "other_left",
)  # fmt: skip
# The digits of a township at the beginning of a village's code.
_TOWNSHIP: Final = 9
_SUBJECT: Final = "id, scope_code, name, sex_code, birth_on, birth_precision, sound_key, sound_start, is_placeholder"
# A house rule: among a hundred persons of one name, two of one day of birth in sixty years are met by chance in every
# fourth such name; among a thousand there are twenty such pairs. Beyond the village only a rarer name tells something.
COMMON: Final = 100
# A house rule: of one written name in a village, where no day of birth is known, so many pairs stand open for a person
# at a time. The next come as these are settled, so that the list grows with the persons and none is left out.
AT_A_TIME: Final = 20
# A house rule: who left or died so many years ago is not looked for any more.
LEFT_YEARS: Final = 5

# Who lives in a household now: of the register by their ids, and of the drafts those who come new.
PERSONS: Final = f"""
SELECT {_SUBJECT} FROM households_person f
WHERE f.tenant_id = %(tenant)s AND f.id = ANY(%(ids)s)
    AND EXISTS (SELECT FROM households_membership m
        WHERE m.tenant_id = %(tenant)s AND m.person_id = f.id AND m.ends_on IS NULL)"""
# Everybody of whom a name is on file.
COUNTY: Final = f"""
SELECT {_SUBJECT} FROM households_person f
WHERE f.tenant_id = %(tenant)s AND f.sound_key <> ''
    AND EXISTS (SELECT FROM households_membership m
        WHERE m.tenant_id = %(tenant)s AND m.person_id = f.id AND m.ends_on IS NULL)"""
_NEW_PERSONS: Final = """
SELECT p.id, d.village_code AS scope_code, p.name, p.sex_code, p.birth_on, p.birth_precision, p.sound_key,
    p.sound_start, p.is_placeholder
FROM draft_person p
JOIN draft_household d ON d.id = p.household_id
WHERE d.on_file_id IS NULL AND p.on_file_id IS NULL"""
# After they were written: those who came back have their own ids, and all of them are of the register. Apart, since
# the database holds that `coalesce` may leak: beside the policy no index would answer it, and all persons be read.
WRITTEN: Final = f"""
SELECT {", ".join(f"f.{name}" for name in _SUBJECT.split(", "))}
FROM (SELECT coalesce(p.on_file_id, p.id) AS id
    FROM draft_person p JOIN draft_household d ON d.id = p.household_id
    WHERE d.on_file_id IS NULL OFFSET 0) AS w
JOIN households_person f ON f.tenant_id = %(tenant)s AND f.id = w.id"""

_OTHERS: Final = "o.id AS other_id, o.scope_code AS other_scope_code, s.sex_code <> o.sex_code AS is_of_other_sex"
_BORN_ALIKE: Final = """JOIN households_person o ON o.tenant_id = %(tenant)s AND o.birth_on = s.birth_on
        AND o.sound_start = s.sound_start AND o.id <> s.id AND s.sound_start <> '' AND s.birth_precision = 'day'
        AND o.birth_precision = 'day'"""


def _one_household_sql(own: str, other: str) -> str:
    """Ask whether both live in one household now."""
    return f"""EXISTS (SELECT FROM households_membership a
    JOIN households_membership b ON b.tenant_id = %(tenant)s AND b.household_id = a.household_id AND b.ends_on IS NULL
    WHERE a.tenant_id = %(tenant)s AND a.ends_on IS NULL AND a.person_id = {own} AND b.person_id = {other})"""


def _lives_sql(other: str) -> str:
    """Ask whether the other one lives in a household now."""
    return f"""EXISTS (SELECT FROM households_membership m
        WHERE m.tenant_id = %(tenant)s AND m.person_id = {other} AND m.ends_on IS NULL)"""


def _left_sql(own: str, other: str) -> str:
    """Ask whether the other one left in the last years and was not put right with this one.

    Who left is asked about once: what was put right by a leaving does not come up by that very leaving.
    """
    return f"""(EXISTS (SELECT FROM households_membership m
        WHERE m.tenant_id = %(tenant)s AND m.person_id = {other} AND m.ends_on >= %(left_since)s)
    AND NOT EXISTS (SELECT FROM households_nearduplicate n
        WHERE n.tenant_id = %(tenant)s AND n.person_id = {own} AND n.other_person_id = {other}
            AND n.state = '{NearState.SAME}'))"""


def _unborn_sql(*, at_a_time: bool) -> str:
    """Find those of one name in a village of whom one has no day of birth known.

    Not all at once where they are many: the nearest by their ids on both sides with whom no pair stands, as long as
    few are open. Each answers from an index in the order of the ids, so a village of one name is read once, not by the
    square. Whether two are still near is asked of all.
    """
    standing = ", ".join(f"'{state}'" for state in STANDING)
    asked = f"""(SELECT count(*) FROM households_nearduplicate n WHERE n.tenant_id = %(tenant)s AND n.person_id = s.id
        AND n.state = '{NearState.NEW}' AND n.why = '{NearReason.NAME_VILLAGE}') < {AT_A_TIME}"""
    untold = f"""AND NOT EXISTS (SELECT FROM households_nearduplicate n WHERE n.tenant_id = %(tenant)s
            AND n.person_id = s.id AND n.other_person_id = o.id AND n.state IN ({standing}))"""
    one_household = _one_household_sql("s.id", "o.id")
    halves = [
        f"""(SELECT o.id, o.scope_code, o.sex_code FROM households_person o
        WHERE o.tenant_id = %(tenant)s AND o.sound_key = s.sound_key AND o.scope_code = s.scope_code
            AND o.name = s.name AND o.id {side} s.id AND {{known}} {untold if at_a_time else ""}
            AND NOT (o.sex_code <> s.sex_code AND {one_household})
            AND ({_lives_sql("o.id")} OR {_left_sql("s.id", "o.id")})
        ORDER BY o.id {order} {f"LIMIT {AT_A_TIME}" if at_a_time else ""})"""
        for side, order in ((">", ""), ("<", "DESC"))
    ]
    parts = [
        f"""SELECT s.id, s.scope_code, {_OTHERS}, '{NearReason.NAME_VILLAGE}'
    FROM subject s CROSS JOIN LATERAL ({" UNION ALL ".join(halves).format(known=known)}) o
    WHERE s.sound_key <> '' AND s.birth_on IS {own} {f"AND {asked}" if at_a_time else ""}"""
        for own, known in (("NULL", "true"), ("NOT NULL", "o.birth_on IS NULL"))
    ]
    return " UNION ALL ".join(parts)


def _bearers_sql(key: str, also: str = "") -> str:
    """Count the persons of a name, up to one more than makes it common."""
    return f"""(SELECT count(*) FROM (SELECT FROM households_person c
        WHERE c.tenant_id = %(tenant)s AND c.sound_key = {key} {also} LIMIT {COMMON + 1}) AS bearer)"""


def near_pairs_sql(subject: str, *, at_a_time: bool = True) -> str:
    """Write the SELECT of `id, scope_code, other_id, other_scope_code, why, has_left` for the persons of `subject`.

    `has_left` says that the other one lives in no household any more. Parameters: tenant, left_since, and those of the
    subject. Each join answers from an index, or by hashing where there are many. Beyond the village it grows as the
    county does, since a rare name has few bearers, and so has a common one among those without a document; where there
    are more of these, only their villages are looked at. Within a village those of one name of whom no day of birth is
    known are given a few at a time, unless `at_a_time` is false (docs/decisions/0227).
    """
    return f"""
WITH subject AS MATERIALIZED ({subject}), rare AS MATERIALIZED (
    SELECT known.sound_key FROM (SELECT DISTINCT sound_key FROM subject WHERE sound_key <> '') AS known
    WHERE {_bearers_sql("known.sound_key")} <= {COMMON}
), scarce AS MATERIALIZED (
    SELECT known.sound_key
    FROM (SELECT DISTINCT sound_key FROM subject WHERE sound_key <> '' AND is_placeholder) AS known
    WHERE {_bearers_sql("known.sound_key", "AND c.is_placeholder")} <= {COMMON}
), telling AS MATERIALIZED (
    SELECT * FROM subject WHERE sound_key IN (SELECT sound_key FROM rare)
        OR (is_placeholder AND sound_key IN (SELECT sound_key FROM scarce))
), found AS (
    SELECT s.id, s.scope_code, {_OTHERS}, CASE
        WHEN o.name = s.name THEN '{NearReason.SAME_NAME_BIRTH}'
        WHEN o.sound_key = s.sound_key THEN '{NearReason.SOUND_BIRTH}'
        WHEN starts_with(o.sound_key, s.sound_key || ' ') OR starts_with(s.sound_key, o.sound_key || ' ')
        THEN '{NearReason.SHORT_NAME_BIRTH}' END AS why
    FROM subject s {_BORN_ALIKE} AND o.scope_code = s.scope_code
    UNION ALL
    SELECT s.id, s.scope_code, {_OTHERS}, CASE
        WHEN o.name = s.name THEN '{NearReason.SAME_NAME_BIRTH}' ELSE '{NearReason.SOUND_BIRTH}' END
    FROM telling s {_BORN_ALIKE} AND o.scope_code <> s.scope_code AND o.sound_key = s.sound_key
    UNION ALL
    SELECT s.id, s.scope_code, {_OTHERS}, '{NearReason.SHORT_NAME_BIRTH}'
    FROM telling s {_BORN_ALIKE} AND o.scope_code <> s.scope_code
        AND left(o.scope_code, {_TOWNSHIP}) = left(s.scope_code, {_TOWNSHIP})
    WHERE (starts_with(o.sound_key, s.sound_key || ' ') OR starts_with(s.sound_key, o.sound_key || ' '))
        AND {_bearers_sql("o.sound_key")} <= {COMMON}
    UNION ALL
    SELECT s.id, s.scope_code, {_OTHERS}, '{NearReason.NAME_VILLAGE}'
    FROM subject s
    JOIN households_person o ON o.tenant_id = %(tenant)s AND o.sound_key = s.sound_key
        AND o.scope_code = s.scope_code AND o.name = s.name AND o.id <> s.id
        AND date_trunc('year', o.birth_on) = date_trunc('year', s.birth_on)
    WHERE s.sound_key <> '' AND s.birth_on IS NOT NULL AND (s.is_placeholder OR o.is_placeholder)
        AND NOT (s.birth_on = o.birth_on AND s.birth_precision = 'day' AND o.birth_precision = 'day')
    UNION ALL
    {_unborn_sql(at_a_time=at_a_time)}
), stands AS (
    SELECT pair.*, NOT {_lives_sql("pair.other_id")} AS has_left FROM found pair WHERE pair.why IS NOT NULL
)
SELECT pair.id, pair.scope_code, pair.other_id, pair.other_scope_code, pair.why, pair.has_left
FROM stands pair
WHERE NOT (pair.is_of_other_sex AND {_one_household_sql("pair.id", "pair.other_id")})
    AND (NOT pair.has_left OR {_left_sql("pair.id", "pair.other_id")})"""


_NEAR_DRAFTS: Final = f"SELECT DISTINCT id, why FROM ({near_pairs_sql(_NEW_PERSONS)}) AS near ORDER BY id, why"
_STILL_NEAR: Final = f"""SELECT count(*) FROM ({near_pairs_sql(PERSONS, at_a_time=False)}) AS near
    WHERE other_id = ANY(%(others)s) AND (%(with_left)s OR NOT has_left)"""


def left_since() -> date:
    """Give the day since which those who left are looked for."""
    day = today()
    return day.replace(year=day.year - LEFT_YEARS, day=min(day.day, 28))


def near_drafts(*, tenant_id: int) -> list[tuple[UUID, str]]:
    """Give the new persons of the draft tables who look like somebody on file in the scope, each with why."""
    with connection.cursor() as cursor:
        cursor.execute(_NEAR_DRAFTS, {"tenant": tenant_id, "left_since": left_since()})
        return [(person_id, why) for person_id, why in cursor.fetchall()]


def are_near(person_id: UUID, other_id: UUID, *, tenant_id: int) -> bool:
    """Tell whether two persons in scope, who both live in a household now, look alike."""
    return _is_near([person_id, other_id], [person_id, other_id], tenant_id=tenant_id, with_left=False)


def looks_like_who_left(person_id: UUID, left_id: UUID, *, tenant_id: int) -> bool:
    """Tell whether a person in scope, who lives in a household now, looks like one who left, or came back since."""
    return _is_near([person_id], [left_id], tenant_id=tenant_id, with_left=True)


def _is_near(ids: list[UUID], others: list[UUID], *, tenant_id: int, with_left: bool) -> bool:
    values: dict[str, Any] = {
        "tenant": tenant_id,
        "ids": ids,
        "left_since": left_since(),
        "others": others,
        "with_left": with_left,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STILL_NEAR, values)
        return bool(cursor.fetchone()[0])


def near_visible_to(actor: Actor) -> "QuerySet[NearDuplicate]":
    """Give the rows about persons whom the actor may see, with the own person and where the other one lives.

    Of the other person there is the id, `other_id`, where the actor may see that person too, with the name in
    `other_name`, and with the village of now; otherwise the village when it was found, and nothing else.
    """
    rows = NearDuplicate.objects.select_related("person").filter(person__in=persons_visible_to(actor).values("id"))
    return _with_other_side(rows, actor)


def _with_other_side(rows: "QuerySet[NearDuplicate]", actor: Actor) -> "QuerySet[NearDuplicate]":
    other = persons_visible_to(actor).filter(id=OuterRef("other_person_id"))
    return rows.annotate(
        other_id=Subquery(other.values("id")),
        other_name=Coalesce(Subquery(other.values("name")), Value("")),
        lives_in=Coalesce(Subquery(other.values("scope_code")), F("other_village_code")),
        other_village=_name_of(OuterRef("lives_in"), "lives_in"),
        other_township=_name_of(Concat(Left(OuterRef("lives_in"), _TOWNSHIP), Value("000")), "lives_in"),
    )


def _name_of(code: Combinable, otherwise: str) -> Coalesce:
    """Name a division by the platform's table, where the county's own villages are hidden from the reader."""
    named = (
        Division.objects.filter(code=code, edition__in=DivisionEdition.objects.values("edition"))
        .order_by("-edition_id")
        .values("name")[:1]
    )
    return Coalesce(Subquery(named), F(otherwise))


def find_near(near_id: UUID, *, actor: Actor) -> NearDuplicate:
    """Give one row. Raises: NotFound for an unknown one and for one that the actor may not see."""
    row = near_visible_to(actor).filter(pk=near_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def near_rows(rows: "QuerySet[NearDuplicate]", *, actor: Actor) -> "QuerySet[NearDuplicate, dict[str, Any]]":
    """Give rows with the names of the other side's village and township."""
    values: QuerySet[NearDuplicate, dict[str, Any]] = _with_other_side(rows, actor).values(*_COLUMNS)
    return values
