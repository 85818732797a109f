"""Note that a list was paid and what banks returned, and show the account of a line in full."""

from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.domain.writing import put, require_words, written
from funds.enums import RETURN_SCHEME, ListState
from funds.models import PaymentLine, PaymentList
from funds.queries.lists import find_line, live_lines
from funds.queries.payments import ProgrammeSum, VillageSum, sums_by_village, sums_of_village, villages_in_scope
from funds.workflow import LIST_STEPS
from households.domain.days import require_past
from households.domain.locking import require_reason
from households.domain.near import in_whole_county
from registry.access import require
from registry.audit import record
from registry.crypto import Purpose, unseal
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.models import Village

_ACTION: Final = "funds.note_payment"


def note_paid(list_id: UUID, *, on: date, paper: str, actor: Actor, version: int | None = None) -> PaymentList:
    """Note that an approved list was paid on a day, after the paper of the bank or treasury.

    Locks: the list, then its lines. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = lock_version(PaymentList.objects.all(), list_id, version)
    require(actor, _ACTION, row)
    if ListState.PAID not in LIST_STEPS[row.state]:
        raise Conflict("list.not_approved", _("A list is paid once, after its approval."))
    require_past(on)
    message = _("Name the paper of the bank or treasury that shows the payment.")
    values = {"state": ListState.PAID, "paid_on": on, "paid_paper": require_words(paper, message, field="paper")}
    with in_whole_county(actor):
        changes = put(row, values)
        count = live_lines(row.pk).update(
            paid_on=on, village_code=F("scope_code"), version=F("version") + 1, updated_at=timezone.now()
        )
    record("funds.note_paid", row, actor=actor, changes=changes, count=count)
    return row


def note_returned(
    line_id: UUID, *, on: date, return_code: str, actor: Actor, version: int | None = None
) -> PaymentLine:
    """Note that the bank returned one payment: its amount is free in the allocation, to be paid again by a later list.

    Locks: the list, then the line. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = lock_version(PaymentList.objects.all(), find_line(line_id).payment_list_id, None)
    line = lock_version(PaymentLine.objects.all(), line_id, version)
    require(actor, _ACTION, row)
    if line.paid_on is None or line.returned_on is not None:
        raise Conflict("line.not_paid", _("A payment is returned once, after its list was paid."))
    require_past(on)
    if on < line.paid_on:
        message = _("The payment was made on %(day)s. Enter that day or a later one.")
        raise DomainError("line.returned_early", message % {"day": line.paid_on.isoformat()}, field="on")
    require_code(RETURN_SCHEME, return_code, on=today(), field="return_code")
    line.returned_on, line.return_code = on, return_code
    with in_whole_county(actor):
        written(lambda: line.touch().save(update_fields=["returned_on", "return_code", "version", "updated_at"]))
        returned = PaymentLine.objects.filter(payment_list=row.pk, returned_on__isnull=False)
        total = returned.aggregate(total=Sum("amount_yuan"))["total"]
        changes = put(row, {"returned_yuan": total})
    record("funds.note_returned", row, actor=actor, changes={**changes, "number": (None, line.number)})
    return line


def village_sums_shown(village: Village, year: int, *, actor: Actor) -> list[ProgrammeSum]:
    """Give what was paid in a village in a year by programme, to those too who moved out of the actor's area since."""
    with in_whole_county(actor):
        return sums_of_village(village.code, year)


def sums_by_village_shown(year: int, *, actor: Actor) -> list[VillageSum]:
    """Give what was paid in a year in each village of the actor's area, to those too who moved out of it since."""
    villages = villages_in_scope()
    with in_whole_county(actor):
        return sums_by_village(villages, year)


def reveal_account(line_id: UUID, *, reason: str, actor: Actor) -> str:
    """Give the account of a line in full. Raises: NotFound, NotAllowed, DomainError without a reason."""
    line = find_line(line_id)
    require(actor, "funds.reveal_account", line)
    given = require_reason(reason)
    if line.account_sealed is None:
        raise NotFound("reveal.empty", _("There is no value on file for this field."), field="field")
    record("funds.reveal_account", line, actor=actor, changes={"account_sealed": ("", "")}, reason=given)
    return unseal(line.account_sealed, Purpose.ACCOUNT, tenant_id=line.tenant_id)
