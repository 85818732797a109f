"""Pages of assistance funds on the admin site."""

from django.utils.translation import gettext_lazy as _

from funds.admin.budgets import AllocationAdmin, BudgetAdmin, PaymentProgrammeAdmin
from funds.admin.lines import PaymentLineAdmin
from funds.admin.lists import PaymentListAdmin
from funds.admin.pages import bank_file, household_payments, progress_page, village_payments
from households.admin import HouseholdAdmin
from registry.admin.site import SitePage, site

__all__ = ["AllocationAdmin", "BudgetAdmin", "PaymentLineAdmin", "PaymentListAdmin", "PaymentProgrammeAdmin"]

# The household's page belongs to an app below, which does not know of payments.
HouseholdAdmin.pages = (
    *HouseholdAdmin.pages,
    ("household-payments", "funds.view_payments", _("Payments received"), "payments"),
)

site.add_page(
    SitePage(
        "funds-progress", "funds/progress/", "funds.view", progress_page, "funds", _("Progress of funds"), "savings"
    )
)
site.add_page(
    SitePage(
        "household-payments",
        "funds/households/<uuid:household_id>/payments/",
        "funds.view_payments",
        household_payments,
        "funds",
    )
)
site.add_page(
    SitePage("village-payments", "funds/villages/<uuid:village_id>/", "funds.view", village_payments, "funds")
)
site.add_page(
    SitePage(
        "payment-bank-file",
        "funds/lists/<uuid:payment_list_id>/bank-file/",
        "funds.take_bank_file",
        bank_file,
        "funds",
    )
)
