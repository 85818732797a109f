"""Pages of the collective economy on the admin site."""

from django.utils.translation import gettext_lazy as _

from economy.admin.entries import LedgerEntryAdmin
from economy.admin.goals import IncomeGoalAdmin
from economy.admin.shares import DividendAdmin, ShareFundAdmin, ShareholdingAdmin, household_dividends
from economy.admin.villages import book_cost_page, book_income_page, entry_file, incomes_page, village_page
from registry.admin.site import SitePage, site

__all__ = ["DividendAdmin", "IncomeGoalAdmin", "LedgerEntryAdmin", "ShareFundAdmin", "ShareholdingAdmin"]

_VILLAGE = "economy/villages/<uuid:village_id>/"

site.add_page(
    SitePage(
        "collective-incomes",
        "economy/villages/",
        "economy.view",
        incomes_page,
        "economy",
        _("Collective income of villages"),
        "savings",
    )
)
site.add_page(SitePage("village-economy", _VILLAGE, "economy.view", village_page, "economy"))
site.add_page(SitePage("village-economy-income", f"{_VILLAGE}income/", "economy.book", book_income_page, "economy"))
site.add_page(SitePage("village-economy-cost", f"{_VILLAGE}cost/", "economy.book", book_cost_page, "economy"))
site.add_page(
    SitePage("ledger-entry-file", "economy/entries/<uuid:entry_id>/file/", "economy.view", entry_file, "economy")
)
site.add_page(
    SitePage(
        "household-dividends",
        "economy/households/<uuid:household_id>/dividends/",
        "economy.view",
        household_dividends,
        "economy",
    )
)
