"""What a policy and its findings say to people, in the reader's language, with the county's figures."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entitlements.definitions import Policy
from entitlements.definitions.own import COMPARISONS, FACTS, PARTS, Shape, figure_of
from entitlements.definitions.policies import PENDING_DAYS, SETTLED_DAYS
from entitlements.enums import EntitlementKind
from entitlements.models import EntitlementFinding
from entitlements.queries.policies import figures_of, find_known, known_policies

Figures = Mapping[str, Decimal]


def policy_name(code: str, known: Mapping[str, Policy] | None = None) -> str:
    """Name a policy, in a list out of those that are `known`; one that is gone is named by its code."""
    policy = find_known(code) if known is None else known.get(code)
    if policy is None:
        return code
    return policy.zh if _is_chinese() else policy.en


def source_of(policy: Policy) -> str:
    """Say what a policy rests on."""
    return policy.source_zh if _is_chinese() else policy.source


def found_by(policy: Policy, kind: str, figures: Figures) -> str:
    """Say what is found of a household or person."""
    is_due = kind == EntitlementKind.DUE_NOT_RECEIVED
    if _is_chinese():
        return _filled(policy.due_zh if is_due else policy.received_zh, figures)
    return _filled(policy.due_en if is_due else policy.received_en, figures)


def found_of_many(findings: Iterable[EntitlementFinding]) -> dict[UUID, str]:
    """Say of each finding what was found, with the figures of the year by which it was last asked."""
    rows = list(findings)
    known = known_policies()
    figures = figures_of({row.year for row in rows}, known)
    return {
        row.pk: found_by(known[row.policy_code], row.kind, figures(row.policy_code, row.year))
        if row.policy_code in known
        else row.policy_code
        for row in rows
    }


def found_shown(finding: EntitlementFinding) -> str:
    """Say what was found."""
    return found_of_many([finding])[finding.pk]


def todo_of(kind: str) -> str:
    """Say what is to be done about a kind of finding."""
    if kind == EntitlementKind.DUE_NOT_RECEIVED:
        return _(
            "Visit the household and help it to apply; or say why it is not due, or that it declined. What is paid by "
            "now but stands nowhere on file is entered with the facts of the year, the measures or the income."
        )
    return _(
        "Look at it with the household. Nothing stops by itself: propose the end to the authority that decides, or say "
        "why it is rightly received. A mark that is wrong is corrected in the facts of the year."
    )


def figure_name(name: str) -> str:
    """Name a figure of a policy."""
    names = {
        "enabled": _("asked (1) or not (0)"),
        "line_yuan": _("line (yuan a person and year)"),
        "above_ratio": _("well above: times the line"),
        "monitoring_yuan": _("monitoring line where the county entered none (yuan)"),
        "age": _("from the age of"),
        "until": _("identified until the month (yyyymm)"),
        "months": _("months of work"),
        "province_only": _("outside the province alone (1) or the county (0)"),
        PENDING_DAYS: _("days until it is asked again, after granted, applied for or end proposed"),
        SETTLED_DAYS: _("days until it is asked again, after every other answer"),
    }
    return names.get(name) or _own_figures().get(name, name)


def _own_figures() -> dict[str, str]:
    """Name every figure that the conditions of a county's own policy may have."""
    numbers = [(name, fact.label) for name, fact in FACTS.items() if fact.shape is Shape.NUMBER]
    return {
        figure_of(part, fact, comparison): _("number of “%(part)s”: %(fact)s %(comparison)s")
        % {"part": part_name(part), "fact": label, "comparison": comparison.label}
        for part in PARTS
        for fact, label in numbers
        for comparison in COMPARISONS[Shape.NUMBER]
    }


def part_name(part: str) -> str:
    """Name a part of a policy."""
    return {"due": _("is due"), "receives": _("receives"), "not_due": _("is not due")}[part]


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _filled(text: str, figures: Figures) -> str:
    return text.format(**{name: f"{value.normalize():f}" for name, value in figures.items()})
