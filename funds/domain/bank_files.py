"""Make the file of an approved list for the bank, once, and give it out, each time audited."""

from datetime import timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from funds.domain.lists import DECIDE
from funds.enums import ListState
from funds.models import BankFile, PaymentList
from funds.queries.lists import live_lines
from funds.renderers.bank_file import MEDIA_TYPE, BankRow, render_bank_file
from households.domain.near import in_whole_county
from households.enums import HEAD_RELATION
from households.models import Membership
from registry.access import require
from registry.audit import record
from registry.crypto import Purpose, unseal
from registry.domain.documents import read_document, store_document
from registry.domain.versions import lock_version
from registry.lib.errors import NotFound
from registry.lib.periods import TIME_ZONE, today
from registry.tenancy.context import Actor

KIND: Final = "funds.bank_file"
# House rule: a file full of accounts is kept while a payment may still be in question. See docs/decisions/0210.
KEPT_FOR: Final = timedelta(days=60)


def make_bank_file(list_id: UUID, *, actor: Actor) -> BankFile:
    """Make the file of an approved list; called again it gives the one that is there.

    Locks: the list. Raises: NotFound, NotAllowed.
    """
    row = _locked(list_id)
    require(actor, DECIDE, row)
    made = BankFile.objects.filter(payment_list=list_id).first()
    if made is not None:
        return made
    if row.state not in {ListState.APPROVED, ListState.PAID}:
        raise NotFound("list.no_bank_file", _("Only an approved list has a file for the bank."))
    with in_whole_county(actor):
        rows, total = _rows(row)
    count = len(rows)
    heads = [gettext("Line"), gettext("Household number"), gettext("Name"), gettext("Bank"), gettext("Account"),
             gettext("Amount (yuan)")]  # fmt: skip
    content = render_bank_file(_mark(row, actor), heads, rows, [gettext("Total"), str(count), "", "", "", str(total)])
    document = store_document(
        content,
        name=f"bank-{row.period}-{str(row.pk)[-8:]}.xlsx",
        media_type=MEDIA_TYPE,
        kind=KIND,
        actor=actor,
        scope_code=row.scope_code,
        expires_on=today() + KEPT_FOR,
    )
    file = BankFile(payment_list=row, scope_code=row.scope_code, document=document, line_count=count, total_yuan=total)
    file.save()
    record("funds.make_bank_file", row, actor=actor, changes={"bank_file": (None, file.pk)}, count=count)
    return file


def read_bank_file(list_id: UUID, *, actor: Actor) -> tuple[str, bytes]:
    """Give name and content of the file of a list; that somebody took it is audited, and the list knows from when on.

    Locks: the list, so that it is not withdrawn at that moment. Raises: NotFound before it is made, and once its time
    is over; NotAllowed.
    """
    row = _locked(list_id)
    require(actor, "funds.take_bank_file", row)
    file = BankFile.objects.select_related("document").filter(payment_list=list_id).first()
    if file is None or row.state == ListState.WITHDRAWN:
        message = _("The file for the bank is made after the approval of the list. Come back in a minute.")
        raise NotFound("list.no_bank_file", message)
    content = read_document(file.document, actor=actor)
    if row.state == ListState.APPROVED and row.file_taken_at is None:
        # The version stays: who has the form for the payment open takes the file and goes on.
        row.file_taken_at = timezone.now()
        row.save(update_fields=["file_taken_at"])
    record("funds.take_bank_file", row, actor=actor, changes={"bank_file": (file.pk, file.pk)}, count=file.line_count)
    return file.document.name, content


def _locked(list_id: UUID) -> PaymentList:
    """Lock a list, and give it as it is once others are done with it. Raises: NotFound."""
    return lock_version(PaymentList.objects.select_related("programme"), list_id, None)


def _rows(row: PaymentList) -> tuple[list[BankRow], Decimal]:
    heads = Membership.objects.filter(
        tenant_id=OuterRef("tenant_id"),
        household_id=OuterRef("household_id"),
        relation_code=HEAD_RELATION,
        ends_on__isnull=True,
    )
    named = live_lines(row.pk).annotate(
        home=F("household__number"), payee=Coalesce(F("person__name"), Subquery(heads.values("person__name")[:1]))
    )
    found = named.values_list("number", "home", "payee", "bank_name", "account_sealed", "amount_yuan")
    rows, total = [], Decimal("0.00")
    for number, home, payee, bank, account, amount in found:
        opened = unseal(account or b"", Purpose.ACCOUNT, tenant_id=row.tenant_id)
        rows.append(BankRow(str(number), home, payee or "", bank, opened, str(amount)))
        total += amount
    return rows, total


def _mark(row: PaymentList, actor: Actor) -> str:
    """Write what the paper says of itself: which list, who approved it and when it was made."""
    text = gettext("%(programme)s %(period)s · list %(list)s · approved by %(who)s · made on %(moment)s")
    moment = timezone.now().astimezone(TIME_ZONE).strftime("%Y-%m-%d %H:%M")
    shown = {"programme": row.programme.name, "period": row.period, "list": str(row.pk)[-8:], "who": actor.username}
    return text % (shown | {"moment": moment})
