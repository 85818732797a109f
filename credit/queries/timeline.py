"""What micro-credit tells in a household's timeline: loans granted and extended, without money."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from credit.models import Loan, LoanExtension
from households.models import Household
from households.queries.timeline_lines import Entry, Topic, tell
from registry.access import role_may
from registry.tenancy.context import Actor


@tell
def credit_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell loans to who may see them."""
    if not role_may(actor, "credit.view"):
        return
    for loan in Loan.objects.filter(household=household, withdrawn_on__isnull=True):
        yield Entry(f"loan-{loan.id}", Topic.ASSISTANCE, "loan_granted", None, loan.granted_on, _("Loan granted"))
    for row in LoanExtension.objects.filter(household=household, loan__withdrawn_on__isnull=True):
        text = _("Loan extended to %(day)s") % {"day": row.due_on.isoformat()}
        yield Entry(f"loan-extension-{row.id}", Topic.ASSISTANCE, "loan_extended", None, row.agreed_on, text)
