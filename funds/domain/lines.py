"""Enter the lines of a draft, many at once, and strike one; nothing is written where one of them is wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from funds.domain.lists import MAKE, MOST_NAMED, lock_draft
from funds.domain.writing import require_amount, somebody, written
from funds.enums import REASON_SCHEME, REPAYMENT, Payee
from funds.models import PaymentLine, PaymentList
from funds.queries.lists import find_line
from funds.queries.payees import payee_sources, payees_of
from households.domain.locking import require_reason
from households.domain.near import in_whole_county
from households.enums import HouseholdStatus
from households.models import Household, Membership
from households.queries.lists import in_division
from households.queries.visibility import households_visible_to
from registry.access import require
from registry.audit import record
from registry.domain.codes import code_list
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.money import LARGEST
from registry.lib.text import clean
from registry.tenancy.context import Actor

MOST_LINES: Final = 5_000
MOST_FOUND: Final = 20_000
_UNKNOWN: Final = _("there is no such household in the list's area")
_CLOSED: Final = _("the household is closed")
_AMOUNT: Final = _("the amount is above zero, in yuan with two decimals at most")
_REASON: Final = _("the reason is not in its list")
_NO_PERSON: Final = _("the programme pays persons: name the person of the household")
_A_PERSON: Final = _("the programme pays households: leave the person out")
_NOT_A_MEMBER: Final = _("the person is no present member of the household")
_AGAIN: Final = _("the same payee stands on this list twice")
_TWICE: Final = _("the payee is on a list of this programme and period already")
_NOT_RETURNED: Final = _("there is no returned payment of this payee and amount that is still to be paid again")
Payment = tuple[UUID, UUID | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A line about to be entered: household by number, person by number where persons are paid. Units: yuan."""

    household_number: str
    amount_yuan: Decimal
    reason_code: str = "1"
    person_number: str = ""


def add_lines(
    list_id: UUID, drafts: Sequence[LineDraft], *, actor: Actor, version: int | None = None
) -> list[PaymentLine]:
    """Enter lines into a draft, all of them or none.

    With the reason of a repayment (4) a line pays again what a bank returned of the same payee, programme and amount.
    Locks: the list, then the households in the order of their ids.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict; DomainError that names each draft at fault.
    """
    row = lock_draft(list_id, actor=actor, version=version)
    if not 1 <= len(drafts) <= MOST_LINES:
        message = _("Enter between 1 and %(most)s lines at once.")
        raise DomainError("lines.number", message % {"most": MOST_LINES}, field="lines")
    homes = _homes(row, drafts, actor)
    people = _people(homes, drafts)
    by_number = {home.number: home.pk for home in homes.values()}
    payees = [_payee(draft, by_number, people) for draft in drafts]
    with in_whole_county(actor):
        listed = _listed(row, {payee for payee in payees if payee})
        returned = _returned(row, {payee for payee in payees if payee})
        faults = _faults(row, drafts, payees, homes, listed=listed, returned=returned)
        if faults:
            raise DomainError("lines.refused", _sentence(faults), field="lines")
        lines = _written(row, drafts, payees, homes, returned=returned, who=somebody(actor))
    _count_up(row)
    record("funds.add_lines", row, actor=actor, count=len(lines))
    return lines


def add_payees(
    list_id: UUID,
    source: str,
    *,
    code: str = "",
    amount_yuan: Decimal,
    reason_code: str = "1",
    actor: Actor,
    version: int | None = None,
) -> int:
    """Enter a line of one amount for each payee of a source who has none in the period yet, and give their number.

    Locks: the list, then the households in the order of their ids.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = lock_draft(list_id, actor=actor, version=version)
    found = payee_sources().get(source)
    if found is None or found.payee != row.programme.payee:
        message = _("Choose a source that gives whom the programme pays: households, or persons.")
        raise DomainError("payees.source", message, field="source")
    require_amount(amount_yuan, field="amount_yuan")
    if reason_code == REPAYMENT or reason_code not in code_list(REASON_SCHEME).entries:
        message = _("Choose why these lines are paid; what is paid again is entered line by line.")
        raise DomainError("payees.reason", message, field="reason_code")
    payees = payees_of(found, clean(code), division=row.scope_code)
    visible = households_visible_to(actor).filter(id__in={household for household, _person in payees})
    homes = _locked_homes(visible)
    with in_whole_county(actor):
        listed = _listed(row, set(payees))
        drafts = [
            (payee, LineDraft(household_number="", amount_yuan=amount_yuan, reason_code=reason_code))
            for payee in payees
            if payee not in listed and payee[0] in homes
        ]
        if not 1 <= len(drafts) <= MOST_FOUND:
            message = _(
                "The source gives %(count)s payees without a line; a list takes between 1 and %(most)s at once."
            )
            shown = {"count": len(drafts), "most": MOST_FOUND}
            raise DomainError("payees.number", message % shown, field="source")
        entered = [draft for _payee, draft in drafts]
        _written(row, entered, [payee for payee, _draft in drafts], homes, returned={}, who=somebody(actor))
    _count_up(row)
    record("funds.add_payees", row, actor=actor, count=len(drafts), reason=source)
    return len(drafts)


def strike_line(line_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> PaymentLine:
    """Strike a line from its draft; it stays on file with its reason, and its payee may be entered anew.

    Locks: the list, then the line. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = lock_draft(find_line(line_id).payment_list_id, actor=actor, version=None)
    line = lock_version(PaymentLine.objects.all(), line_id, version)
    require(actor, MAKE, line)
    if not line.is_live:
        raise Conflict("line.struck", _("This line was struck already."))
    given = require_reason(reason)[:200]
    line.is_live, line.strike_reason = False, given
    names = ["is_live", "strike_reason", "version", "updated_at"]
    written(lambda: line.touch().save(update_fields=names))
    record("funds.strike_line", row, actor=actor, changes={"number": (line.number, None)}, reason=given)
    return line


def _homes(row: PaymentList, drafts: Iterable[LineDraft], actor: Actor) -> dict[UUID, Household]:
    numbers = {clean(draft.household_number) for draft in drafts}
    return _locked_homes(in_division(households_visible_to(actor), row.scope_code).filter(number__in=numbers))


def _locked_homes(found: "QuerySet[Household]") -> dict[UUID, Household]:
    """Lock households: one that moves at that moment would leave its line behind in the former village."""
    return {home.pk: home for home in found.select_for_update(of=("self",), no_key=True).order_by("id")}


def _people(homes: Mapping[UUID, Household], drafts: Iterable[LineDraft]) -> dict[tuple[UUID, str], UUID]:
    numbers = {clean(draft.person_number) for draft in drafts} - {""}
    if not numbers:
        return {}
    rows = Membership.objects.filter(household__in=list(homes), ends_on__isnull=True, person__number__in=numbers)
    return {
        (household, number): person for household, number, person in
        rows.values_list("household_id", "person__number", "person_id")
    }  # fmt: skip


def _payee(draft: LineDraft, by_number: Mapping[str, UUID], people: Mapping[tuple[UUID, str], UUID]) -> Payment | None:
    home = by_number.get(clean(draft.household_number))
    return None if home is None else (home, people.get((home, clean(draft.person_number))))


def _listed(row: PaymentList, payees: set[Payment]) -> set[Payment]:
    """Give those who have a line of the programme and period that stands, on any list of the county."""
    place = 1 if row.programme.payee == Payee.PERSON else 0
    name = ("household_id", "person_id")[place]
    rows = PaymentLine.objects.filter(programme=row.programme_id, period=row.period, is_live=True, repays__isnull=True)
    asked = {payee[place] for payee in payees} - {None}
    known = set(rows.filter(**{f"{name}__in": asked}).values_list(name, flat=True))
    return {payee for payee in payees if payee[place] in known}


def _returned(row: PaymentList, payees: set[Payment]) -> dict[tuple[UUID, UUID | None, Decimal], UUID]:
    """Give what banks returned of these payees and nobody has paid again, the earliest of each amount."""
    again = PaymentLine.objects.filter(is_live=True, repays__isnull=False, programme=row.programme_id)
    rows = PaymentLine.objects.filter(
        programme=row.programme_id,
        returned_on__isnull=False,
        household__in={household for household, _person in payees},
    ).order_by("-returned_on", "-id")
    paid_again = set(again.values_list("repays_id", flat=True))
    return {
        (household, person, amount): line_id
        for line_id, household, person, amount in rows.values_list("id", "household_id", "person_id", "amount_yuan")
        if line_id not in paid_again
    }


def _faults(
    row: PaymentList,
    drafts: Sequence[LineDraft],
    payees: Sequence[Payment | None],
    homes: Mapping[UUID, Household],
    *,
    listed: set[Payment],
    returned: Mapping[tuple[UUID, UUID | None, Decimal], UUID],
) -> list[tuple[int, str | Promise]]:
    """Give place and sentence of each draft that is wrong."""
    reasons = code_list(REASON_SCHEME).entries
    named = Counter(
        (payee, draft.reason_code == REPAYMENT) for payee, draft in zip(payees, drafts, strict=True) if payee
    )
    pays_persons = row.programme.payee == Payee.PERSON
    faults: list[tuple[int, str | Promise]] = []
    for place, (draft, payee) in enumerate(zip(drafts, payees, strict=True), start=1):
        fault = _own_fault(draft, payee, homes, pays_persons=pays_persons)
        again = draft.reason_code == REPAYMENT
        if fault is None and draft.reason_code not in reasons:
            fault = _REASON
        if fault is None and payee is not None:
            if named[payee, again] > 1:
                fault = _AGAIN
            elif again and (*payee, draft.amount_yuan) not in returned:
                fault = _NOT_RETURNED
            elif not again and payee in listed:
                fault = _TWICE
        if fault is not None:
            faults.append((place, fault))
    return faults


def _own_fault(
    draft: LineDraft, payee: Payment | None, homes: Mapping[UUID, Household], *, pays_persons: bool
) -> str | Promise | None:
    """Give what is wrong with a draft whatever else is on file."""
    amount = draft.amount_yuan
    if payee is None:
        return _UNKNOWN
    if homes[payee[0]].status == HouseholdStatus.CLOSED:
        return _CLOSED
    if not amount.is_finite() or not 0 < amount <= LARGEST or amount != round(amount, 2):
        return _AMOUNT
    if pays_persons and not clean(draft.person_number):
        return _NO_PERSON
    if not pays_persons and clean(draft.person_number):
        return _A_PERSON
    return _NOT_A_MEMBER if pays_persons and payee[1] is None else None


def _sentence(faults: Sequence[tuple[int, str | Promise]]) -> str:
    named = [gettext("line %(number)s: %(problem)s") % {"number": place, "problem": text} for place, text in faults]
    more = len(named) - MOST_NAMED
    tail = [gettext("and %(more)s more") % {"more": more}] if more > 0 else []
    listed = "; ".join([*named[:MOST_NAMED], *tail])
    return gettext("Nothing was entered. Correct these lines: %(lines)s.") % {"lines": listed}


def _written(
    row: PaymentList,
    drafts: Sequence[LineDraft],
    payees: Sequence[Payment | None],
    homes: Mapping[UUID, Household],
    *,
    who: UUID,
    returned: Mapping[tuple[UUID, UUID | None, Decimal], UUID],
) -> list[PaymentLine]:
    last = PaymentLine.objects.filter(payment_list=row.pk).aggregate(last=Max("number"))["last"] or 0
    lines = [
        PaymentLine(
            payment_list_id=row.pk,
            programme_id=row.programme_id,
            period=row.period,
            number=number,
            household_id=payee[0],
            person_id=payee[1],
            scope_code=homes[payee[0]].scope_code,
            amount_yuan=draft.amount_yuan,
            reason_code=draft.reason_code,
            entered_by=who,
            repays_id=returned[*payee, draft.amount_yuan] if draft.reason_code == REPAYMENT else None,
        )
        for number, (draft, payee) in enumerate(zip(drafts, payees, strict=True), start=last + 1)
        if payee is not None
    ]
    written(lambda: PaymentLine.objects.bulk_create(lines, batch_size=1000))
    return lines


def _count_up(row: PaymentList) -> None:
    """Count the list up, so that what was sent twice is refused the second time."""
    row.touch().save(update_fields=["version", "updated_at"])
