"""The open findings on what a visit asks: living conditions, income, and members."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final
from uuid import UUID

from households.models.years import INCOME_FACTS, LIVING_FACTS
from households.queries.doubts import Doubt, doubt
from quality.definitions import rules
from quality.enums import OPEN_STATES
from quality.queries.findings import findings_visible_to
from quality.queries.shown import wrong_of_many
from registry.access import role_may
from registry.tenancy.context import Actor

VIEW: Final = "quality.view"
_FACT: Final = re.compile(r"\bh\.(\w+)")
_ASKED: Final = frozenset({*LIVING_FACTS, *INCOME_FACTS})


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


@doubt
def doubts_of(household_ids: Sequence[UUID], actor: Actor) -> Iterator[Doubt]:
    """Give the open findings on what a visit to the households asks, to who may see them."""
    if not role_may(actor, VIEW):
        return
    open_rows = findings_visible_to(actor).filter(household__in=household_ids, state__in=sorted(OPEN_STATES))
    rows = [row for row in open_rows.order_by("rule_code", "id") if row.person_id or asked_of(row.rule_code)]
    words = wrong_of_many(rows) if rows else {}
    for row in rows:
        asked = frozenset() if row.person_id else asked_of(row.rule_code)
        yield Doubt(row.household_id, words[row.pk], asked, row.person_id)
