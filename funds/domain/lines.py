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

from funds.domain.lists import MAKE, lock_draft
from funds.domain.writing import require_amount, somebody, written
from funds.enums import MOST_LINES, REASON_SCHEME, REPAYMENT, LineColumn, Payee
from funds.models import PaymentLine, PaymentList
from funds.queries.lists import find_line
from funds.queries.payees import payee_sources, payees_of
from funds.queries.wording import nothing_entered
from households.domain.locking import require_reason
from households.domain.near import in_whole_county
from households.enums import HouseholdStatus
from households.models import Household, Membership
from households.queries.history import merged_into
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

MOST_FOUND: Final = 20_000
_UNKNOWN: Final = _("there is no such household in the list's area")
_CLOSED: Final = _("the household is closed")
_AMOUNT: Final = _("the amount is above zero, in yuan with two decimals at most")
_REASON: Final = _("the reason is not in its list")
_NO_PERSON: Final = _("the programme pays persons: name the person of the household")
_A_PERSON: Final = _("the programme pays households: leave the person out")
_NOT_A_MEMBER: Final = _("the person is no present member of the household")
_NOBODY: Final = _("nobody of this name is a present member of the household")
_SEVERAL: Final = _("several members of the household have this name: give the number of the person")
_ANOTHER: Final = _("number and name are of different persons")
_AGAIN: Final = _("the same payee stands on this list twice")
_TWICE: Final = _("the payee is on a list of this programme and period already")
_NOT_RETURNED: Final = _("there is no returned payment of this payee and amount that is still to be paid again")
Payment = tuple[UUID, UUID | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A line about to be entered: household by number, person by number or name where persons are paid. Units: yuan.

    Where households are paid a name is that of a member, and guards against a mistyped number. `row` is that of the
    file it came from, 0 where it came from none.
    """

    household_number: str
    amount_yuan: Decimal
    reason_code: str = "1"
    person_number: str = ""
    person_name: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class _Members:
    """The present members of households by number, and the others of a name by name."""

    by_number: Mapping[tuple[UUID, str], UUID]
    by_name: Mapping[tuple[UUID, str], tuple[UUID, ...]]

    def payee_of(self, draft: LineDraft, home: UUID) -> UUID | None:
        """Give the person that a draft names, by number before name; None for nobody and for several."""
        if clean(draft.person_number):
            return self.by_number.get((home, clean(draft.person_number)))
        named = self.by_name.get((home, clean(draft.person_name)), ())
        return named[0] if len(named) == 1 else None


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
    pays_persons = row.programme.payee == Payee.PERSON
    payees = [_payee(draft, by_number, people, pays_persons=pays_persons) for draft in drafts]
    with in_whole_county(actor):
        listed = _listed(row, {payee for payee in payees if payee})
        returned = _returned(row, {payee for payee in payees if payee})
        faults = _faults(row, drafts, payees, homes, people, listed=listed, returned=returned)
        if faults:
            raise DomainError("lines.refused", nothing_entered(faults), field="file" if drafts[0].row else "lines")
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


def _people(homes: Mapping[UUID, Household], drafts: Iterable[LineDraft]) -> _Members:
    if not any(clean(draft.person_number) or clean(draft.person_name) for draft in drafts):
        return _Members({}, {})
    by_number: dict[tuple[UUID, str], UUID] = {}
    by_name: dict[tuple[UUID, str], tuple[UUID, ...]] = {}
    rows = Membership.objects.filter(household__in=list(homes), ends_on__isnull=True)
    columns = ("household_id", "person__number", "person__name", "person_id")
    for household, number, name, person in rows.values_list(*columns):
        by_number[household, number] = person
        by_name[household, name] = (*by_name.get((household, name), ()), person)
    return _Members(by_number, by_name)


def _payee(draft: LineDraft, by_number: Mapping[str, UUID], people: _Members, *, pays_persons: bool) -> Payment | None:
    home = by_number.get(clean(draft.household_number))
    if home is None:
        return None
    return home, people.payee_of(draft, home) if pays_persons else None


def _listed(row: PaymentList, payees: set[Payment]) -> set[Payment]:
    """Give those who have a line of the programme and period that stands, on any list of the county."""
    place = 1 if row.programme.payee == Payee.PERSON else 0
    name = ("household_id", "person_id")[place]
    rows = PaymentLine.objects.filter(programme=row.programme_id, period=row.period, is_live=True, repays__isnull=True)
    asked = {payee[place] for payee in payees} - {None}
    known = set(rows.filter(**{f"{name}__in": asked}).values_list(name, flat=True))
    return {payee for payee in payees if payee[place] in known}


def _returned(row: PaymentList, payees: set[Payment]) -> dict[tuple[UUID, UUID | None, Decimal], UUID]:
    """Give what banks returned of these payees and nobody has paid again, the earliest of each amount.

    What was paid to a household that was merged into theirs since counts as theirs.
    """
    again = PaymentLine.objects.filter(is_live=True, repays__isnull=False, programme=row.programme_id)
    homes = {household for household, _person in payees}
    goes_on = merged_into(homes)
    rows = PaymentLine.objects.filter(
        programme=row.programme_id, returned_on__isnull=False, household__in=homes | goes_on.keys()
    ).order_by("-returned_on", "-id")
    paid_again = set(again.values_list("repays_id", flat=True))
    return {
        (goes_on.get(household, household), person, amount): line_id
        for line_id, household, person, amount in rows.values_list("id", "household_id", "person_id", "amount_yuan")
        if line_id not in paid_again
    }


Fault = tuple[LineColumn, str | Promise]


def _faults(
    row: PaymentList,
    drafts: Sequence[LineDraft],
    payees: Sequence[Payment | None],
    homes: Mapping[UUID, Household],
    people: _Members,
    *,
    listed: set[Payment],
    returned: Mapping[tuple[UUID, UUID | None, Decimal], UUID],
) -> list[str]:
    """Name each draft that is wrong, by its place, or by row and column of its file."""
    reasons = code_list(REASON_SCHEME).entries
    named = Counter(
        (payee, draft.reason_code == REPAYMENT) for payee, draft in zip(payees, drafts, strict=True) if payee
    )
    pays_persons = row.programme.payee == Payee.PERSON
    faults: list[str] = []
    for place, (draft, payee) in enumerate(zip(drafts, payees, strict=True), start=1):
        fault = _own_fault(draft, payee, homes, people, pays_persons=pays_persons)
        again = draft.reason_code == REPAYMENT
        if fault is None and draft.reason_code not in reasons:
            fault = LineColumn.REASON, _REASON
        if fault is None and payee is not None:
            if named[payee, again] > 1:
                fault = LineColumn.HOUSEHOLD, _AGAIN
            elif again and (*payee, draft.amount_yuan) not in returned:
                fault = LineColumn.AMOUNT, _NOT_RETURNED
            elif not again and payee in listed:
                fault = LineColumn.HOUSEHOLD, _TWICE
        if fault is not None:
            faults.append(_named(draft, place, fault))
    return faults


def _named(draft: LineDraft, place: int, fault: Fault) -> str:
    column, problem = fault
    if draft.row:
        shown = {"row": draft.row, "column": column.label, "problem": problem}
        return gettext("row %(row)s, %(column)s: %(problem)s") % shown
    return gettext("line %(number)s: %(problem)s") % {"number": place, "problem": problem}


def _own_fault(
    draft: LineDraft,
    payee: Payment | None,
    homes: Mapping[UUID, Household],
    people: _Members,
    *,
    pays_persons: bool,
) -> Fault | None:
    """Give what is wrong with a draft whatever else is on file, and in which column."""
    amount = draft.amount_yuan
    if payee is None:
        return LineColumn.HOUSEHOLD, _UNKNOWN
    if homes[payee[0]].status == HouseholdStatus.CLOSED:
        return LineColumn.HOUSEHOLD, _CLOSED
    if not amount.is_finite() or not 0 < amount <= LARGEST or amount != round(amount, 2):
        return LineColumn.AMOUNT, _AMOUNT
    if not pays_persons and clean(draft.person_number):
        return LineColumn.PERSON, _A_PERSON
    return _fault_of_person(draft, payee, people, pays_persons=pays_persons)


def _fault_of_person(draft: LineDraft, payee: Payment, people: _Members, *, pays_persons: bool) -> Fault | None:
    number, name = clean(draft.person_number), clean(draft.person_name)
    of_name = people.by_name.get((payee[0], name), ())
    if name and not of_name:
        return LineColumn.NAME, _NOBODY
    if not pays_persons:
        return None
    if not number and not name:
        return LineColumn.PERSON, _NO_PERSON
    if payee[1] is None:
        return (LineColumn.PERSON, _NOT_A_MEMBER) if number else (LineColumn.NAME, _SEVERAL)
    return (LineColumn.NAME, _ANOTHER) if name and payee[1] not in of_name else None


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
