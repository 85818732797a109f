"""Pages of micro-credit on the admin site."""

from django.utils.translation import gettext_lazy as _

from credit.admin.limits import LoanLimitAdmin
from credit.admin.loans import RECORD_LOAN, LoanAdmin, LoanEntryAdmin, LoanInline, due_loans_page
from households.admin import HouseholdAdmin
from registry.admin.site import SitePage, site

__all__ = ["LoanAdmin", "LoanEntryAdmin", "LoanLimitAdmin"]

# The household's page belongs to an app below, which does not know of loans.
HouseholdAdmin.inlines = (*HouseholdAdmin.inlines[:-1], LoanInline, *HouseholdAdmin.inlines[-1:])
HouseholdAdmin.verbs = (*HouseholdAdmin.verbs, RECORD_LOAN)

site.add_page(
    SitePage(
        "loans-due",
        "credit/due/",
        "credit.view",
        due_loans_page,
        "credit",
        _("Loans due"),
        "event_busy",
    )
)
