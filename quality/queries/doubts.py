"""The open findings on what a visit asks: living conditions, income, and members."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final
from uuid import UUID

from households.domain.person_facts import FACT_COLUMNS
from households.models.years import INCOME_FACTS, LIVING_FACTS
from households.queries.doubts import Doubt, doubt
from quality.definitions import rules
from quality.enums import OPEN_STATES
from quality.models import Finding
from quality.queries.findings import findings_visible_to
from quality.queries.shown import wrong_of_many
from registry.access import role_may
from registry.tenancy.context import Actor

VIEW: Final = "quality.view"
_FACT: Final = re.compile(r"\bh\.(\w+)")
_ASKED: Final = frozenset({*LIVING_FACTS, *INCOME_FACTS})
_MEMBER_FACT: Final = re.compile(r"\bp\.(\w+)")
# The facts of a member's year as the rules name them: the columns, and what `quality/data/facts/person.sql` makes of
# them. How old the facts are is none: a tick answers that.
_MEMBER_FACTS: Final = frozenset(FACT_COLUMNS) | {
    "allowance_code",
    "has_allowance",
    "has_special_support",
    "education_is_known",
    "school_is_known",
    "skill_is_known",
    "is_at_school",
    "is_healthy",
    "is_ill",
    "is_disabled",
    "is_able",
    "is_collected",
}
_NOTHING_ON_FILE: Final = "NOT p.has_facts"


@cache
def facts_of(code: str) -> frozenset[str]:
    """Name the facts of a household's year that a rule asks for; none for a rule that is gone."""
    known = rules()
    return frozenset(_FACT.findall(known[code].where)) & _ASKED if code in known else frozenset()


@cache
def asked_of(code: str) -> frozenset[str]:
    """Name the facts that a visit asks because of a rule: a condition in it is asked, and the income where none is."""
    facts = facts_of(code)
    return facts & set(LIVING_FACTS) or facts


@cache
def asks_member(code: str) -> bool:
    """Tell whether a visit asks a member because of a rule; what a list from above doubts of a person is asked."""
    rule = rules().get(code)
    if rule is None:
        return True
    return bool(_MEMBER_FACTS.intersection(_MEMBER_FACT.findall(rule.where))) or _NOTHING_ON_FILE in rule.where


def _is_asked(row: Finding) -> bool:
    return asks_member(row.rule_code) if row.person_id else bool(asked_of(row.rule_code))


@doubt
def doubts_of(household_ids: Sequence[UUID], actor: Actor) -> Iterator[Doubt]:
    """Give the open findings on what a visit to the households asks, to who may see them."""
    if not role_may(actor, VIEW):
        return
    open_rows = findings_visible_to(actor).filter(household__in=household_ids, state__in=sorted(OPEN_STATES))
    rows = [row for row in open_rows.order_by("rule_code", "id") if _is_asked(row)]
    words = wrong_of_many(rows) if rows else {}
    for row in rows:
        asked = frozenset() if row.person_id else asked_of(row.rule_code)
        if row.household_id is not None:
            yield Doubt(row.household_id, words[row.pk], asked, row.person_id)
