"""The open findings on living conditions, which the next visit asks about."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from households.models import Household
from households.models.years import LIVING_FACTS
from households.queries.doubts import Doubt, doubt
from quality.definitions import rules
from quality.enums import OPEN_STATES
from quality.queries.findings import findings_visible_to
from quality.queries.shown import wrong_of_many
from registry.access import role_may
from registry.tenancy.context import Actor

VIEW: Final = "quality.view"
_FACT: Final = re.compile(r"\bh\.(\w+)")


@cache
def living_facts_of(code: str) -> frozenset[str]:
    """Name the living conditions that a rule asks for; none for a rule that is gone."""
    known = rules()
    return frozenset(_FACT.findall(known[code].where)) & set(LIVING_FACTS) if code in known else frozenset()


@doubt
def doubts_of(household: Household, actor: Actor) -> Iterator[Doubt]:
    """Give the open findings on the household's living conditions to who may see them."""
    if not role_may(actor, VIEW):
        return
    open_rows = findings_visible_to(actor).filter(household=household, person=None, state__in=sorted(OPEN_STATES))
    rows = [row for row in open_rows.order_by("rule_code", "id") if living_facts_of(row.rule_code)]
    words = wrong_of_many(rows) if rows else {}
    for row in rows:
        yield Doubt(living_facts_of(row.rule_code), words[row.pk])
