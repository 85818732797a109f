"""Book an approved dividend in the ledger of its village: once, and by who paid it out."""

from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from economy.domain.ledger import require_source
from economy.domain.refusals import written
from economy.enums import DividendState, EntryKind, Payer
from economy.models import Dividend, DividendLine, LedgerEntry
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.tenancy.context import Actor

# Under which source the collective's own part is booked. Source: list `collective_source`, dividends of projects.
DIVIDEND_SOURCE: Final = "14"


def book_dividend(
    dividend_id: UUID, *, payer: str, actor: Actor, version: int | None = None, source_code: str = DIVIDEND_SOURCE
) -> LedgerEntry:
    """Book an approved dividend on its day: the village's own part as income, or the households' parts as cost.

    What the project paid itself brings the collective its part alone. What the collective paid out of money that it
    had booked as income before is a cost of the households' parts. A dividend is booked once, until its entry is
    reversed. Locks: the dividend. Raises: NotFound, NotAllowed, StaleVersion; Conflict for one that is not approved or
    is booked; DomainError where there is nothing to book.
    """
    row = lock_version(Dividend.objects.select_related("fund"), dividend_id, version)
    require(actor, "economy.book", row)
    if row.state != DividendState.APPROVED:
        raise Conflict("dividend.not_approved", _("Only an approved dividend is booked. Have it approved first."))
    if payer not in Payer.values:
        raise DomainError(
            "dividend.payer", _("Say who paid the dividend: the project or the collective."), field="payer"
        )
    own = payer == Payer.PROJECT
    amount = _villages_part(row) if own else row.amount_yuan - _villages_part(row)
    if not amount:
        message = _("Nothing of this dividend is the collective's in this way. Say who paid it, or leave it unbooked.")
        raise DomainError("dividend.nothing_to_book", message, field="payer")
    if own:
        require_source(source_code, on=row.paid_on)
    entry = LedgerEntry(
        village_id=row.fund.village_id,
        scope_code=row.fund.scope_code,
        kind=EntryKind.INCOME if own else EntryKind.COST,
        source_code=source_code if own else "",
        occurred_on=row.paid_on,
        amount_yuan=amount,
        purpose=f"{row.fund.name} {row.paid_on.isoformat()}",
        project_id=row.fund.project_id,
        dividend=row,
        recorded_by=actor.user_id,
    )
    written(entry.save)
    changes = {name: (None, getattr(entry, name)) for name in ("kind", "source_code", "amount_yuan")}
    record("economy.book_dividend", entry, actor=actor, changes=changes | {"dividend": (None, row.pk)})
    return entry


def _villages_part(row: Dividend) -> Decimal:
    lines = DividendLine.objects.filter(dividend=row, household__isnull=True)
    return row.kept_yuan + (lines.aggregate(all=Sum("amount_yuan"))["all"] or Decimal(0))
