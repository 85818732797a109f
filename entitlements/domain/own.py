"""Make a policy of the county's own out of a choice of facts, and amend it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from entitlements.definitions.own import (
    COMPARISONS,
    FACTS,
    MEASURE_CODE,
    MOST_CONDITIONS,
    PARTS,
    Condition,
    Fact,
    Shape,
    figure_of,
)
from entitlements.enums import PolicyObject
from entitlements.models import CountyPolicy, PolicyFigure
from registry.access import require
from registry.audit import record
from registry.domain.codes import code_list
from registry.domain.versions import lock_version
from registry.enums import Sector
from registry.lib.errors import Conflict, DomainError
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import savepoint

_ACTION: Final = "entitlements.set_figures"
_MOST: Final = Decimal(10) ** 9
# A house rule: each policy reads all households or persons of the county once a night.
_MOST_POLICIES: Final = 50
_TEXTS: Final = ("name", "due_words", "received_words", "source")
_COLUMNS: Final = (*_TEXTS, "object", "sector", "conditions", "from_year", "until_year")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDraft:
    """A policy about to be made: its words, and what each of the three parts asks, joined by and."""

    name: str
    object: str
    due_words: str
    received_words: str
    source: str
    from_year: int
    until_year: int | None = None
    sector: str = ""
    due: Sequence[Condition] = ()
    receives: Sequence[Condition] = ()
    not_due: Sequence[Condition] = ()


def add_policy(draft: PolicyDraft, *, actor: Actor) -> CountyPolicy:
    """Make a policy of the county's own; the next run asks it.

    Raises: NotAllowed; Conflict for a name it has; DomainError with the field at fault.
    """
    require(actor, _ACTION)
    values = _checked(draft)
    if CountyPolicy.objects.count() >= _MOST_POLICIES:
        message = _("The county has %(most)s policies of its own. Amend one that is not asked any more.")
        raise Conflict("policy.most", message % {"most": _MOST_POLICIES})
    row = CountyPolicy(scope_code=actor.tenant_code, code=f"own_{new_id().hex[-8:]}", **values)
    _save(row)
    record("entitlements.add_policy", row, actor=actor, changes={name: (None, values[name]) for name in _COLUMNS})
    return row


def amend_policy(policy_id: UUID, draft: PolicyDraft, *, actor: Actor, version: int) -> CountyPolicy:
    """Amend a policy of the county's own; who is entitled by it stays, and the next run asks it as it is now.

    Locks: the policy. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    require(actor, _ACTION)
    row = lock_version(CountyPolicy.objects.all(), policy_id, version)
    values = _checked(draft)
    if values["object"] != row.object:
        message = _("Who is entitled by a policy stays: findings stand on it. Make another policy.")
        raise DomainError("policy.object", message, field="object")
    for part in PARTS:
        _refuse_number_by_year(row, part, getattr(draft, part))
    changes = {name: (getattr(row, name), values[name]) for name in _COLUMNS if getattr(row, name) != values[name]}
    if changes:
        for name, value in values.items():
            setattr(row, name, value)
        _save(row.touch())
        record("entitlements.amend_policy", row, actor=actor, changes=changes)
    return row


def conditions_of(row: CountyPolicy, part: str) -> list[Condition]:
    """Give the conditions of one part of a policy."""
    return [Condition(**one) for one in row.conditions.get(part, ())]


def _refuse_number_by_year(row: CountyPolicy, part: str, wanted: Sequence[Condition]) -> None:
    """Refuse another number where the county set it by year, which would go on to count. Raises: DomainError."""
    before = {(one.fact, one.comparison): one.value for one in conditions_of(row, part)}
    other = [one for one in wanted if before.get((one.fact, one.comparison), one.value) != clean(one.value)]
    names = [figure_of(part, one.fact, one.comparison) for one in other]
    if PolicyFigure.objects.filter(policy_code=row.code, name__in=names).exists():
        message = _("The county set this number by year. Set it on the policy's page, and leave it here as it was.")
        raise DomainError("policy.set_by_year", message, field=part)


def _save(row: CountyPolicy) -> None:
    try:
        with savepoint():
            row.save()
    except IntegrityError as error:
        message = _("The county has a policy of this name already. Open it and amend it.")
        raise Conflict("policy.on_file", message, field="name") from error


def _checked(draft: PolicyDraft) -> dict[str, Any]:
    # Not cleaned: that would take the signs of a Chinese sentence for those of a name or number.
    values: dict[str, Any] = {name: getattr(draft, name).strip() for name in _TEXTS}
    for name, value in values.items():
        if not value:
            message = _("A policy has a name, says what is found, and names the paper it stands in. Fill it in.")
            raise DomainError("policy.incomplete", message, field=name)
    if draft.object not in PolicyObject.values:
        raise DomainError("policy.object", _("Say who is entitled: households, or persons."), field="object")
    if draft.sector and draft.sector not in Sector.values:
        raise DomainError("policy.sector", _("The value is not in its list. Choose one from the list."), field="sector")
    if not 2014 <= draft.from_year <= (draft.until_year or 2100) <= 2100:
        message = _("The years lie between 2014 and 2100, the first before the last. Check them.")
        raise DomainError("policy.years", message, field="from_year")
    parts = {part: [_condition(one, part, draft.object) for one in getattr(draft, part)] for part in PARTS}
    for part, lines in parts.items():
        _refuse_too_many(lines, part)
    for part in ("due", "receives"):
        if not parts[part]:
            message = _("Say by what facts somebody is due, and by what facts somebody receives: one each at least.")
            raise DomainError("policy.no_condition", message, field=part)
    names = {"object": draft.object, "sector": draft.sector}
    years = {"from_year": draft.from_year, "until_year": draft.until_year}
    return {**values, **names, **years, "conditions": {part: [asdict(one) for one in parts[part]] for part in PARTS}}


def _refuse_too_many(lines: Sequence[Condition], part: str) -> None:
    if len(lines) > MOST_CONDITIONS:
        message = _("Each part has %(most)s conditions at most. Leave some out, or make two policies.")
        raise DomainError("policy.conditions", message % {"most": MOST_CONDITIONS}, field=part)
    numbers = [(one.fact, one.comparison) for one in lines if FACTS[one.fact].shape is Shape.NUMBER]
    if len(set(numbers)) < len(numbers):
        message = _("The same number is compared twice in the same way. Leave one of the two out.")
        raise DomainError("policy.twice", message, field=part)


def _condition(one: Condition, part: str, of: str) -> Condition:
    """Give a condition in its normal form. Raises: DomainError whose field is the part."""
    fact = FACTS.get(one.fact)
    if fact is None or (fact.object == PolicyObject.PERSON and of != PolicyObject.PERSON):
        message = _("This fact is not among those to choose from, or is one of persons. Choose another.")
        raise DomainError("policy.fact", message, field=part)
    if one.comparison not in COMPARISONS[fact.shape]:
        message = _("A number is below something or at least that; all else is so or not so. Check the comparison.")
        raise DomainError("policy.comparison", message, field=part)
    return Condition(one.fact, one.comparison, _value(one, fact, part))


def _value(one: Condition, fact: Fact, part: str) -> str:
    given = clean(one.value)
    if fact.shape is Shape.MEASURE:
        entry = code_list("measure").entries.get(given)
        # A measure on file is of a kind or an item; the two codes above the kinds would find none.
        if entry is None or not entry.parent_code or MEASURE_CODE.fullmatch(given) is None:
            message = _("Name the code of a measure of the list, for example 4803.")
            raise DomainError("policy.measure", message, field=part)
        return given
    if fact.shape is Shape.YES:
        if given:
            message = _("What is so or not so is compared with nothing. Leave the value empty.")
            raise DomainError("policy.value", message, field=part)
        return ""
    try:
        number = Decimal(given)
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number < _MOST or number != round(number, 2):
        message = _("Enter a number that is not negative, with two decimals at most.")
        raise DomainError("policy.value", message, field=part)
    return str(number)


def draft_of(values: Mapping[str, Any], parts: Mapping[str, Sequence[Condition]]) -> PolicyDraft:
    """Make a draft of the values of a form or a body and of its conditions by part."""
    given: dict[str, Any] = {part: tuple(parts.get(part, ())) for part in PARTS}
    return PolicyDraft(**values, **given)
