"""Take back what was noted in error: the payment of a list, or the return of one of its lines."""

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from funds.domain.lists import DECIDE, had_a_hand_in
from funds.domain.writing import BOUND, somebody, written
from funds.enums import CorrectionKind, ListState
from funds.models import PaymentCorrection, PaymentLine, PaymentList
from funds.queries.lists import find_line
from households.domain.locking import require_reason
from households.domain.near import in_whole_county
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, NotAllowed
from registry.tenancy.context import Actor

NOTE: Final = "funds.note_payment"


def correct_payment(list_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> PaymentCorrection:
    """Take back that a list was paid: it is approved again, to be noted as paid anew, or withdrawn.

    It takes who may decide on the list and had no hand in it, as its approval did. Locks: the list, then its lines.
    Raises: NotFound, NotAllowed, StaleVersion; Conflict for a list that is not paid, or of which a line was returned.
    """
    row = lock_version(PaymentList.objects.all(), list_id, version)
    require(actor, DECIDE, row)
    if row.state != ListState.PAID or row.paid_on is None:
        raise Conflict("correction.not_paid", _("No payment of this list is noted, so that none can be taken back."))
    given = require_reason(reason)[:200]
    posting = PaymentCorrection(
        scope_code=row.scope_code,
        payment_list=row,
        kind=CorrectionKind.PAYMENT,
        amount_yuan=row.stated_yuan,
        was_on=row.paid_on,
        was_paper=row.paid_paper,
        reason=given,
        corrected_by=somebody(actor),
    )
    with in_whole_county(actor):
        if had_a_hand_in(row, actor):
            message = _("Whoever made or submitted a payment list, or entered a line of it, does not take its payment "
                        "back. Ask a colleague.")  # fmt: skip
            raise NotAllowed("list.own", message)
        written(posting.save)
    changes = {"state": (row.state, ListState.APPROVED), "paid_on": (row.paid_on, None)}
    record("funds.correct_payment", row, actor=actor, changes=changes, reason=given, count=row.stated_count)
    return posting


def correct_return(line_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> PaymentCorrection:
    """Take back that the bank returned a line: it stands as paid, and its amount is bound in the allocation again.

    Locks: the list, then the line, then the allocation. Raises: NotFound, NotAllowed, StaleVersion; Conflict for a
    line that was not returned or is paid again, and where its amount is not free any more.
    """
    row = lock_version(PaymentList.objects.all(), find_line(line_id).payment_list_id, None)
    line = lock_version(PaymentLine.objects.all(), line_id, version)
    require(actor, NOTE, row)
    if line.returned_on is None:
        raise Conflict("correction.not_returned", _("No return of this line is noted, so that none can be taken back."))
    given = require_reason(reason)[:200]
    posting = PaymentCorrection(
        scope_code=row.scope_code,
        payment_list=row,
        line=line,
        kind=CorrectionKind.RETURN,
        amount_yuan=line.amount_yuan,
        was_on=line.returned_on,
        was_code=line.return_code,
        reason=given,
        corrected_by=somebody(actor),
    )
    with in_whole_county(actor):
        try:
            written(posting.save)
        except Conflict as error:
            if error.code != f"database.{BOUND}":
                raise
            message = _("What came back was used since: less than its amount is free in the allocation. Free it there "
                        "first, then take the return back.")  # fmt: skip
            raise Conflict("correction.money_is_used", message) from error
    changes = {"returned_on": (line.returned_on, None), "number": (None, line.number)}
    record("funds.correct_return", row, actor=actor, changes=changes, reason=given)
    return posting
