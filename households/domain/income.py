"""Record the income of years line by line; classes, cost and net per person follow from the lines."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.definitions.income_items import BUSINESS, CLASSES, PROPERTY, TRANSFER, WAGE
from households.domain.locking import count_versions_up, lock_households
from households.domain.refusals import constraint_refused
from households.models import Household, HouseholdYear, IncomeLine, Visit
from households.queries.derivation import Derivation, class_of, derive
from households.queries.income import (
    cost_ratios,
    counting_rules,
    counts_by_default,
    items_of,
    ledger_line,
    told,
    with_monitoring,
)
from households.queries.offers import is_offered
from registry.audit import record_each
from registry.domain.codes import CodeList
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

MOST_LINES: Final = 200
# What a line says; a change of any of them is a change of the line.
_FACTS: Final = (
    "item_code",
    "product",
    "quantity",
    "unit",
    "amount_yuan",
    "own_consumed_yuan",
    "counts_toward_net",
    "counts_by_exception",
    "month",
    "source",
    "visit_id",
)
_YEAR_COLUMNS: Final = (
    "period_start",
    "period_end",
    "person_count",
    "wage_income_yuan",
    "business_income_yuan",
    "property_income_yuan",
    "transfer_income_yuan",
    "business_cost_yuan",
    "net_per_head_yuan",
    "is_declared",
    "source",
    "claims_yuan",
    "self_paid_cost_yuan",
    "visit_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A line about to be recorded; whether it counts is the county's rule where the line does not say."""

    item_code: str
    amount_yuan: Decimal
    product: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    own_consumed_yuan: Decimal = Decimal(0)
    counts_toward_net: bool | None = None
    month: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeDraft:
    """The whole income of a household in a year: its lines take the place of those on file.

    `period_end` is the first day after the period. Claims and the allowed cost that the household paid itself are for
    a period of twelve months, for monitoring.
    """

    household_id: UUID
    year: int
    period_start: date
    period_end: date
    person_count: int
    lines: tuple[LineDraft, ...]
    source: str = ""
    claims_yuan: Decimal | None = None
    self_paid_cost_yuan: Decimal | None = None
    version: int | None = None


@dataclass(slots=True)
class _Work:
    """What is to be written for all drafts, so that each table is written once."""

    new_lines: list[IncomeLine] = field(default_factory=list)
    changed_lines: list[IncomeLine] = field(default_factory=list)
    gone_lines: list[UUID] = field(default_factory=list)
    new_years: list[HouseholdYear] = field(default_factory=list)
    changed_years: list[HouseholdYear] = field(default_factory=list)


def record_income(drafts: Sequence[IncomeDraft], *, actor: Actor, reason: str = "") -> list[Derivation]:
    """Record the income of households, each with all its lines of a year, all drafts or none.

    Locks: the household rows, in the order of their ids. Raises: NotFound, NotAllowed, StaleVersion, Conflict for a
    period that is counted in another year already, DomainError.
    """
    households = lock_households(
        {draft.household_id: draft.version for draft in drafts}, "households.record_year", actor=actor
    )
    found, changes = write_income(drafts, households, visits={}, actor=actor)
    count_versions_up(changes)
    changed = [(households[household_id], sides) for household_id, sides in changes.items()]
    record_each("households.record_income", changed, actor=actor, reason=reason)
    return found


def write_income(
    drafts: Sequence[IncomeDraft],
    households: Mapping[UUID, Household],
    *,
    visits: Mapping[UUID, Visit],
    actor: Actor,
) -> tuple[list[Derivation], dict[UUID, dict[str, tuple[Any, Any]]]]:
    """Write lines and years of locked households, and give what changed by household; the caller notes it.

    Part of a verb. Raises: Conflict, DomainError.
    """
    _refuse_paid_twice(drafts)
    years = {draft.year for draft in drafts}
    _refuse_future(years)
    items, ratios, rules = {year: items_of(year) for year in years}, cost_ratios(years), counting_rules(years)
    lines, rows = _lines_on_file(drafts), _years_on_file(drafts)
    work, found = _Work(), []
    changes: dict[UUID, dict[str, tuple[Any, Any]]] = {}
    for draft in drafts:
        _check(draft, items[draft.year])
        household, visit = households[draft.household_id], visits.get(draft.household_id)
        key = (draft.household_id, draft.year)
        wanted = [_row_of(line, draft, household, visit, rules[draft.year]) for line in draft.lines]
        before, after = _replace_lines(lines[key], wanted, work)
        derivation = derive(
            [ledger_line(line) for line in wanted],
            items=items[draft.year],
            ratios=ratios[draft.year],
            person_count=draft.person_count,
        )
        row, changed = _year_of(draft, derivation, rows.get(key), (household, visit), work)
        changed |= {"lines": (before, after)} if before != after else {}
        if changed:
            changes[household.id] = {**changed, "year": (draft.year, draft.year)}
        found.append(with_monitoring(derivation, row))
    _save(work)
    return found, changes


def _refuse_future(years: Iterable[int]) -> None:
    if max(years, default=0) > today().year:
        message = _("The year has not begun yet. Enter this year or an earlier one.")
        raise DomainError("year.in_future", message, field="year")


def _check(draft: IncomeDraft, items: CodeList) -> None:
    if not draft.lines or len(draft.lines) > MOST_LINES:
        message = _("The income of a year has from 1 to 200 lines. A household without income has one line of 0.")
        raise DomainError("income.lines", message, field="lines")
    if draft.period_start >= draft.period_end:
        message = _("The period of the income has a first day and a later end. Enter both.")
        raise DomainError("income.period", message, field="period_end")
    for line in draft.lines:
        _check_line(line, items)
    _check_claims(draft)


def _refuse_paid_twice(drafts: Sequence[IncomeDraft]) -> None:
    """Refuse two lines of a household, of any years, that name the same payment; the households are locked."""
    told = Counter((draft.household_id, line.source) for draft in drafts for line in draft.lines
                   if is_offered(line.source))  # fmt: skip
    if not told:
        return
    replaced = {(draft.household_id, draft.year) for draft in drafts}
    rows = IncomeLine.objects.filter(
        household__in={household_id for household_id, _source in told}, source__in={source for _home, source in told}
    )
    for household_id, year, source in rows.values_list("household_id", "year", "source"):
        if (household_id, year) not in replaced and (household_id, source) in told:
            told[household_id, source] += 1
    if max(told.values()) > 1:
        message = _(
            "Two lines name the same payment as their source, in this year or in another. Enter each payment once."
        )
        raise DomainError("income.paid_twice", message, field="lines")


def _check_line(line: LineDraft, items: CodeList) -> None:
    kind = class_of(line.item_code, items)
    if not kind or line.item_code in CLASSES:
        message = _("The item of income is not in its list. Choose one below its class.")
        raise DomainError("code.unknown", message, field="item_code")
    if line.amount_yuan < 0 or line.own_consumed_yuan < 0:
        message = _("Income and cost are not negative. Check the amounts.")
        raise DomainError("income.negative", message, field="amount_yuan")
    if line.own_consumed_yuan and kind != BUSINESS:
        message = _("Own produce that the household used itself belongs to an item of business. Check the item.")
        raise DomainError("income.own_produce", message, field="own_consumed_yuan")


def _check_claims(draft: IncomeDraft) -> None:
    """Claims and cost paid count over twelve months: beside another period they would mean nothing."""
    if draft.claims_yuan is None and draft.self_paid_cost_yuan is None:
        return
    start, end = draft.period_start, draft.period_end
    if (end.year - start.year, end.month, end.day) != (1, start.month, start.day) or start.day != 1:
        message = _("Claims and allowed cost count over twelve whole months. Enter that period, or leave them empty.")
        raise DomainError("income.claims_period", message, field="claims_yuan")


def _lines_on_file(drafts: Sequence[IncomeDraft]) -> dict[tuple[UUID, int], list[IncomeLine]]:
    found: dict[tuple[UUID, int], list[IncomeLine]] = defaultdict(list)
    rows = IncomeLine.objects.filter(
        household__in=[draft.household_id for draft in drafts], year__in={draft.year for draft in drafts}
    )
    for line in rows.order_by("id"):
        found[line.household_id, line.year].append(line)
    return found


def _years_on_file(drafts: Sequence[IncomeDraft]) -> dict[tuple[UUID, int], HouseholdYear]:
    rows = HouseholdYear.objects.filter(
        household__in=[draft.household_id for draft in drafts], year__in={draft.year for draft in drafts}
    )
    return {(row.household_id, row.year): row for row in rows}


def _row_of(
    line: LineDraft, draft: IncomeDraft, household: Household, visit: Visit | None, rules: dict[str, bool]
) -> IncomeLine:
    values, rule = asdict(line), counts_by_default(line.item_code, rules)
    if line.counts_toward_net is None:
        values["counts_toward_net"] = rule
    values["counts_by_exception"] = values["counts_toward_net"] != rule
    return IncomeLine(scope_code=household.scope_code, household=household, year=draft.year, visit=visit, **values)


def _replace_lines(
    kept: list[IncomeLine], wanted: list[IncomeLine], work: _Work
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Match the lines on file with the wanted ones by item, product and month, so that what stays is not written."""
    before = [told(line) for line in kept]
    free: dict[tuple[str, str, int | None], list[IncomeLine]] = defaultdict(list)
    for line in kept:
        free[line.item_code, line.product, line.month].append(line)
    for line in wanted:
        matching = free[line.item_code, line.product, line.month]
        if not matching:
            work.new_lines.append(line)
            continue
        known = matching.pop(0)
        if line.visit_id is None and told(known) == told(line):
            # Told again outside a visit as it was: it stays what that visit told.
            line.visit_id = known.visit_id
        if _values(known) != _values(line):
            line.id = known.id
            work.changed_lines.append(line)
    work.gone_lines += [line.id for lines in free.values() for line in lines]
    return before, [told(line) for line in wanted]


def _values(line: IncomeLine) -> tuple[Any, ...]:
    return tuple(getattr(line, name) for name in _FACTS)


def _year_of(
    draft: IncomeDraft,
    found: Derivation,
    known: HouseholdYear | None,
    owner: tuple[Household, Visit | None],
    work: _Work,
) -> tuple[HouseholdYear, dict[str, tuple[Any, Any]]]:
    household, visit = owner
    row = known or HouseholdYear(household=household, year=draft.year, scope_code=household.scope_code)
    values = {
        "period_start": draft.period_start,
        "period_end": draft.period_end,
        "person_count": draft.person_count,
        "wage_income_yuan": found.classes[WAGE],
        "business_income_yuan": found.classes[BUSINESS],
        "property_income_yuan": found.classes[PROPERTY],
        "transfer_income_yuan": found.classes[TRANSFER],
        "business_cost_yuan": found.cost_yuan,
        "net_per_head_yuan": found.net_per_head_yuan,
        "is_declared": False,
        "source": draft.source or (visit.source if visit else row.source),
        "claims_yuan": draft.claims_yuan,
        "self_paid_cost_yuan": draft.self_paid_cost_yuan,
        "visit_id": visit.id if visit else row.visit_id,
    }
    changed = {
        name: (None if known is None else getattr(row, name), value)
        for name, value in values.items()
        if known is None or getattr(row, name) != value
    }
    for name, value in values.items():
        setattr(row, name, value)
    if changed:
        (work.new_years if known is None else work.changed_years).append(row)
    return row, changed


def _save(work: _Work) -> None:
    try:
        with savepoint():
            HouseholdYear.objects.bulk_create(work.new_years)
            if work.changed_years:
                HouseholdYear.objects.bulk_update(
                    work.changed_years, [name.removesuffix("_id") for name in _YEAR_COLUMNS]
                )
            if work.gone_lines:
                IncomeLine.objects.filter(id__in=work.gone_lines).delete()
            if work.changed_lines:
                IncomeLine.objects.bulk_update(work.changed_lines, _fields(_FACTS))
            IncomeLine.objects.bulk_create(work.new_lines)
    except IntegrityError as error:
        raise constraint_refused(error) from error


def _fields(columns: tuple[str, ...]) -> list[str]:
    return [name.removesuffix("_id") for name in columns]
