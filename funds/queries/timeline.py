"""What assistance funds tell in a household's timeline: what was paid, and what banks returned."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from funds.enums import REASON_SCHEME, RETURN_SCHEME, period_text
from funds.queries.payments import payments_of
from households.models import Household
from households.queries.timeline_lines import Entry, Topic, tell
from registry.access import role_may
from registry.domain.readable import label_of
from registry.tenancy.context import Actor

VIEW: Final = "funds.view_payments"


@tell
def payments_told(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell payments to who may see them."""
    if not role_may(actor, VIEW):
        return
    for row in payments_of(household):
        shown = {"programme": row.programme.name, "period": period_text(row.period), "yuan": row.amount_yuan}
        name = row.person.name if row.person else ""
        key = f"payment-{row.id}"
        text = _("Paid: %(programme)s %(period)s, %(yuan)s yuan") % shown
        reason = label_of(row.reason_code, REASON_SCHEME)
        yield Entry(key, Topic.ASSISTANCE, "paid", None, row.paid_on, text, name=name, code=row.reason_code,
                    code_label=reason)  # fmt: skip
        if row.returned_on:
            text = _("Returned by the bank: %(programme)s %(period)s, %(yuan)s yuan") % shown
            yield Entry(f"{key}-back", Topic.ASSISTANCE, "payment_returned", None, row.returned_on, text, name=name,
                        code=row.return_code, code_label=label_of(row.return_code, RETURN_SCHEME))  # fmt: skip
