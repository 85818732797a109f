"""Say where a line of income comes from, by editions: a link never changes, another one takes its place."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from assistance.models import Measure
from households.domain.locking import lock_household, require_reason
from households.models import Household, IncomeLine
from households.queries.derivation import class_of
from households.queries.income import items_on
from partners.definitions.benefits import BENEFIT_CLASSES
from partners.domain.refusals import written
from partners.domain.sources import upper_source
from partners.domain.words import without_numbers
from partners.enums import BENEFIT_SCHEME, NAMED, SourceKind
from partners.models import BenefitLink, Partner
from partners.queries.benefits import (
    EARNED,
    in_force,
    key_of_line,
    key_of_link,
    links_visible_to,
    measures_of_year,
)
from partners.queries.partners import find_partner
from registry.access import require
from registry.audit import record, record_each
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.domain.codes import require_code

_ACTION: Final = "partners.state_benefit"
_SOURCE: Final = ("source_kind", "partner_id", "measure_id", "source_id", "source_name")
_STATED: Final = ("item_code", "product", "month", "line_source", "benefit_code", *_SOURCE)
# Which field names the source of a kind; the kinds of apps above go by `source_id`.
_FIELD_OF: Final[dict[str, str]] = {
    SourceKind.PARTNER: "partner_id",
    SourceKind.MEASURE: "measure_id",
    **dict.fromkeys(NAMED, "source_name"),
}
# Stands as the reason of an edition that another one replaced; shown in the reader's language.
REPLACED: Final = gettext_noop("replaced by a further edition")


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitDraft:
    """A line of income, the kind of benefit, and one source: a partner, a measure, something of an app above, a name.

    The line is named by its item, product, month and source of the figure, as it stands in the ledger.
    """

    item_code: str
    benefit_code: str
    source_kind: str
    product: str = ""
    month: int | None = None
    line_source: str = ""
    partner_id: UUID | None = None
    measure_id: UUID | None = None
    source_id: UUID | None = None
    source_name: str = ""


def state_benefit(
    household_id: UUID, year: int, draft: BenefitDraft, *, actor: Actor, version: int | None = None
) -> BenefitLink:
    """Say where a line of a household's year comes from; `version` is that of the household, where somebody read it.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion; Conflict for a line that names its source
    already; DomainError with the field at fault.
    """
    household = lock_household(household_id, _ACTION, actor=actor, version=version)
    values = _values(household, year, draft)
    row = BenefitLink(household=household, scope_code=household.scope_code, year=year, stated_by=actor.user_id)
    _write(row, values)
    record(_ACTION, row, actor=actor, changes={name: (None, value) for name, value in values.items()})
    return row


def restate_benefit(link_id: UUID, draft: BenefitDraft, *, actor: Actor, version: int | None = None) -> BenefitLink:
    """Give a link another source, kind or line of the same year, by a further edition; the same again changes nothing.

    Locks: the household row and the link. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    former = _locked(link_id, actor, version)
    values = _values(former.household, former.year, draft)
    changes = {name: (getattr(former, name), value) for name, value in values.items() if getattr(former, name) != value}
    if not changes:
        return former
    _withdraw(former, REPLACED, actor)
    row = BenefitLink(
        household=former.household,
        scope_code=former.scope_code,
        year=former.year,
        stated_by=actor.user_id,
        edition=former.edition + 1,
        replaces=former,
    )
    _write(row, values)
    record("partners.restate_benefit", row, actor=actor, changes=changes)
    return row


def withdraw_benefit(link_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> BenefitLink:
    """Take a link back that is wrong: it stays on file, and counts no more.

    Locks: the household row and the link. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = _locked(link_id, actor, version)
    reason = require_reason(reason)[:200]
    _withdraw(row, reason, actor)
    record(
        "partners.withdraw_benefit", row, actor=actor, changes={"withdrawn_on": (None, row.withdrawn_on)}, reason=reason
    )
    return row


def carry_benefits(household_id: UUID, year: int, *, actor: Actor, version: int | None = None) -> list[BenefitLink]:
    """Take the sources of the year before over to lines of the same item, product and month that name none.

    Only where the year before has one such link and this year one such line; a partner that has ended, or a measure
    that was taken back, is left out. Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion; Conflict
    where there is nothing to take over.
    """
    household = lock_household(household_id, _ACTION, actor=actor, version=version)
    rows = _carried(household, year, actor)
    if not rows:
        message = _("The year before names no source for lines of this year that have none. Enter them one by one.")
        raise Conflict("benefit.nothing_to_carry", message)
    written(lambda: BenefitLink.objects.bulk_create(rows))
    told: list[tuple[BenefitLink, dict[str, tuple[Any, Any]]]] = [
        (row, {name: (None, getattr(row, name)) for name in _STATED}) for row in rows
    ]
    record_each(_ACTION, told, actor=actor)
    return rows


def _carried(household: Household, year: int, actor: Actor) -> list[BenefitLink]:
    known = {key_of_link(link) for link in in_force(household.pk, year)}
    former: dict[tuple[Any, ...], list[BenefitLink]] = defaultdict(list)
    for link in in_force(household.pk, year - 1):
        former[link.item_code, link.product, link.month].append(link)
    free: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for line in IncomeLine.objects.filter(household=household, year=year):
        if key_of_line(line) not in known:
            free[line.item_code, line.product, line.month].add(line.source)
    return [
        BenefitLink(
            household=household,
            scope_code=household.scope_code,
            year=year,
            item_code=links[0].item_code,
            product=links[0].product,
            month=links[0].month,
            line_source=next(iter(free[key])),
            benefit_code=links[0].benefit_code,
            stated_by=actor.user_id,
            **{name: getattr(links[0], name) for name in _SOURCE},
        )
        for key, links in former.items()
        if len(links) == 1 and len(free[key]) == 1 and _still_there(links[0], year)
    ]


def _still_there(link: BenefitLink, year: int) -> bool:
    if link.partner is not None:
        return _works_in(link.partner, year)
    if link.measure is not None:
        return link.measure.ends_on is None or link.measure.ends_on.year >= year
    # What lies in an app above is offered by year, and so chosen anew.
    return link.source_id is None


def _locked(link_id: UUID, actor: Actor, version: int | None) -> BenefitLink:
    rows = links_visible_to(actor)
    household_id = rows.filter(pk=link_id).values_list("household_id", flat=True).first()
    if household_id is not None:
        lock_household(household_id, _ACTION, actor=actor, version=None)
    row = lock_version(rows, link_id, version)
    require(actor, _ACTION, row)
    if row.withdrawn_on is not None:
        raise Conflict("benefit.withdrawn", _("This link was changed or withdrawn already. Load the page again."))
    return row


def _withdraw(row: BenefitLink, reason: str, actor: Actor) -> None:
    row.withdrawn_on, row.withdrawn_by, row.withdrawal_reason = today(), actor.user_id, reason
    names = ["withdrawn_on", "withdrawn_by", "withdrawal_reason", "version", "updated_at"]
    written(lambda: row.touch().save(update_fields=names))


def _write(row: BenefitLink, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    written(row.save)


def _values(household: Household, year: int, draft: BenefitDraft) -> dict[str, Any]:
    """Give the columns of a draft that passed every check."""
    _require_line(household, year, draft)
    require_code(BENEFIT_SCHEME, draft.benefit_code, on=today(), field="benefit_code")
    kind = class_of(draft.item_code, items_on())
    if BENEFIT_CLASSES.get(draft.benefit_code, kind) != kind:
        message = _(
            "This kind of benefit does not fit the line: rent and dividends are income from property, pay for produce "
            "is business income, wages are wage income. Choose another kind, or correct the line."
        )
        raise DomainError("benefit.of_another_class", message, field="benefit_code")
    line = {name: getattr(draft, name) for name in ("item_code", "product", "month", "line_source", "benefit_code")}
    return line | _source(household, year, draft)


def _require_line(household: Household, year: int, draft: BenefitDraft) -> None:
    lines = IncomeLine.objects.filter(
        household=household, year=year, item_code=draft.item_code, product=draft.product, source=draft.line_source
    )
    month = {"month__isnull": True} if draft.month is None else {"month": draft.month}
    if not lines.filter(**month).exists():
        message = _("The household has no such line of income in this year. Load the income again and choose a line.")
        raise NotFound("benefit.no_line", message, field="item_code")
    if class_of(draft.item_code, items_on()) not in EARNED:
        message = _(
            "A source is named for earned income: wages, business and property. Hand-outs and costs stand apart."
        )
        raise DomainError("benefit.not_earned", message, field="item_code")


def _source(household: Household, year: int, draft: BenefitDraft) -> dict[str, Any]:
    """Give the columns of the source; those of another kind must be empty."""
    _require_nothing_else(draft)
    empty: dict[str, Any] = {"partner_id": None, "measure_id": None, "source_id": None, "source_name": ""}
    given = {"source_kind": draft.source_kind}
    match draft.source_kind:
        case SourceKind.PARTNER:
            return empty | given | {"partner_id": _partner(draft.partner_id, year).pk}
        case SourceKind.MEASURE:
            return empty | given | {"measure_id": _measure(household, year, draft.measure_id).pk}
        case named if named in NAMED:
            name = without_numbers(draft.source_name, field="source_name")
            if not name:
                message = _("The name of the source is missing. Name the post or the project, and no person.")
                raise DomainError("benefit.source_name", message, field="source_name")
            return empty | given | {"source_name": name}
    kind = upper_source(draft.source_kind)
    if kind is None:
        raise DomainError("code.unknown", _("The value is not in its list. Choose one from the list."),
                          field="source_kind")  # fmt: skip
    offer = next((one for one in kind.offers(household.pk, year) if one.id == draft.source_id), None)
    if offer is None:
        message = _("There is no such source for this household and year. Choose one from the list.")
        raise NotFound("benefit.source_not_found", message, field="source_id")
    return empty | given | {"source_id": offer.id, "source_name": offer.name[:100]}


def _require_nothing_else(draft: BenefitDraft) -> None:
    own = _FIELD_OF.get(draft.source_kind, "source_id")
    other = next((name for name in _SOURCE[1:] if name != own and getattr(draft, name)), None)
    if other is not None:
        message = _("A link has one source. Leave the fields of other kinds of source empty.")
        raise DomainError("benefit.source_of_another_kind", message, field=other)


def _partner(partner_id: UUID | None, year: int) -> Partner:
    if partner_id is None:
        raise DomainError("benefit.partner", _("The partner is missing. Choose one from the list."), field="partner_id")
    partner = find_partner(partner_id)
    if not _works_in(partner, year):
        message = _("The partner was not on file in that year: it began later, or had ended. Choose another one.")
        raise DomainError("benefit.partner_of_another_year", message, field="partner_id")
    return partner


def _works_in(partner: Partner, year: int) -> bool:
    return partner.starts_on.year <= year and (partner.ends_on is None or partner.ends_on.year >= year)


def _measure(household: Household, year: int, measure_id: UUID | None) -> Measure:
    row = measures_of_year(household.pk, year).filter(pk=measure_id).first() if measure_id else None
    if row is None:
        message = _("This household has no such measure that began in the year or before. Choose one of its measures.")
        raise NotFound("benefit.measure_not_found", message, field="measure_id")
    return row
