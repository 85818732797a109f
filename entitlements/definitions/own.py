"""What a county may build a policy of its own from: a choice of facts, and how each is compared.

Each fact is a column of `due_household` or `due_person`. Conditions of one part are joined by AND; what nobody stated
is NULL, so that it finds nobody, as in the policies that come with the product.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entitlements.definitions.policies import WAITS, Policy
from entitlements.enums import Comparison, PolicyObject
from registry.lib.conditions import Steps, steps_of


class Shape(StrEnum):
    """What a fact is."""

    YES = "yes"
    NUMBER = "number"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, of the household or of the person, as the facts of a run hold it."""

    object: PolicyObject
    shape: Shape
    column: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact, how it is compared, and with what: a number, or the code of a measure; nothing for yes and no."""

    fact: str
    comparison: str
    value: str = ""


_H, _P = PolicyObject.HOUSEHOLD, PolicyObject.PERSON
FACTS: Final[Mapping[str, Fact]] = {
    "is_filed": Fact(_H, Shape.YES, "h.is_filed", _("household: filed, returned or lifted")),
    "is_at_risk": Fact(_H, Shape.YES, "h.is_at_risk", _("household: monitored, risk not removed")),
    "net_per_head_yuan": Fact(_H, Shape.NUMBER, "h.net_per_head_yuan", _("household: net income per person (yuan)")),
    "member_count": Fact(_H, Shape.NUMBER, "h.member_count", _("household: members")),
    "able_count": Fact(_H, Shape.NUMBER, "h.able_count", _("household: members able to work")),
    "disabled_count": Fact(
        _H, Shape.NUMBER, "CASE WHEN h.is_disability_known THEN h.disabled_count END", _("household: disabled members")
    ),
    "severe_count": Fact(
        _H,
        Shape.NUMBER,
        "CASE WHEN h.is_grade_known THEN h.severe_count END",
        _("household: severely disabled members"),
    ),
    "school_count": Fact(
        _H, Shape.NUMBER, "CASE WHEN h.is_school_known THEN h.school_count END", _("household: members at school")
    ),
    "measure": Fact(
        _H,
        Shape.MEASURE,
        "(h.item_codes::text[] || h.category_codes::text[])",
        _("household: a measure of this or the last six months"),
    ),
    "present_measure": Fact(
        _H,
        Shape.MEASURE,
        "(h.present_items::text[] || h.present_categories::text[])",
        _("household: a measure under way today"),
    ),
    "age": Fact(_P, Shape.NUMBER, "p.age", _("person: full years of age")),
    "is_disabled": Fact(_P, Shape.YES, "p.is_disabled", _("person: disabled")),
    "is_severe": Fact(_P, Shape.YES, "p.is_severe", _("person: severely disabled")),
    "is_at_school": Fact(_P, Shape.YES, "p.is_at_school", _("person: at school")),
    "has_labour": Fact(_P, Shape.YES, "p.has_labour", _("person: able to work")),
    "works_today": Fact(_P, Shape.YES, "p.works_today", _("person: at work today")),
    "has_basic_medical": Fact(_P, Shape.YES, "p.has_basic_medical", _("person: has basic medical insurance")),
    "has_allowance": Fact(_P, Shape.YES, "p.has_allowance", _("person: has the minimum living allowance")),
}
COMPARISONS: Final[Mapping[Shape, tuple[Comparison, ...]]] = {
    Shape.YES: (Comparison.YES, Comparison.NO),
    Shape.NUMBER: (Comparison.BELOW, Comparison.AT_LEAST),
    Shape.MEASURE: (Comparison.YES, Comparison.NO),
}
PARTS: Final = ("due", "receives", "not_due")
MOST_CONDITIONS: Final = 3
MEASURE_CODE: Final = re.compile(r"[0-9A-Za-z]{1,20}")
_OPERATORS: Final = {Comparison.BELOW: "<", Comparison.AT_LEAST: ">="}


def figure_of(part: str, fact: str, comparison: str) -> str:
    """Name the figure of a number. It says what is compared: a figure set by year never goes to another condition."""
    return f"{part}_{fact}_{comparison}"


def policy_made_of(
    parts: Mapping[str, Sequence[Condition]],
    *,
    code: str,
    version: int,
    object: PolicyObject,  # noqa: A002  (the name of the column)
    sector: str,
    name: str,
    words: tuple[str, str],
    source: str,
    years: tuple[int, int],
) -> Policy:
    """Make the policy of a county out of checked conditions; its numbers become figures, which may change by year.

    `words` say what is found of who is due and does not receive, and of who receives and is not due.
    """
    due, received = (one.replace("{", "{{").replace("}", "}}") for one in words)
    conditions = {part: _joined(part, parts.get(part, ())) for part in PARTS}
    return Policy(
        code=code,
        version=version,
        object=object,
        sector=sector,
        zh=name,
        en=name,
        due_zh=due,
        due_en=due,
        received_zh=received,
        received_en=received,
        source=source,
        source_zh=source,
        is_proposal=False,
        from_year=years[0],
        until_year=years[1],
        figures={**_figures(parts), **WAITS},
        **conditions,
    )


def _joined(part: str, conditions: Iterable[Condition]) -> str:
    return " AND ".join(_text(part, one) for one in conditions) or "false"


def _text(part: str, one: Condition) -> str:
    fact, comparison = FACTS[one.fact], Comparison(one.comparison)
    if fact.shape is Shape.NUMBER:
        return f"{fact.column} {_OPERATORS[comparison]} %({figure_of(part, one.fact, comparison)})s"
    if fact.shape is Shape.YES:
        return fact.column if comparison is Comparison.YES else f"NOT {fact.column}"
    if MEASURE_CODE.fullmatch(one.value) is None:
        raise ValueError("A condition names a code of a measure.")
    text = f"'{one.value}' = ANY({fact.column})"
    return text if comparison is Comparison.YES else f"NOT ({text})"


def _figures(parts: Mapping[str, Sequence[Condition]]) -> dict[str, Steps]:
    return {
        figure_of(part, one.fact, one.comparison): steps_of(Decimal(one.value))
        for part in PARTS
        for one in parts.get(part, ())
        if FACTS[one.fact].shape is Shape.NUMBER
    }
