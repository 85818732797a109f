"""Pages of the collective economy on the admin site."""

from django.utils.translation import gettext_lazy as _

from economy.admin.assets import AssetUpkeepAdmin, ProjectAssetAdmin, ProjectWorkAdmin
from economy.admin.entries import LedgerEntryAdmin
from economy.admin.goals import IncomeGoalAdmin
from economy.admin.projects import IndustryProjectAdmin, add_page, work_page
from economy.admin.shares import DividendAdmin, ShareFundAdmin, ShareholdingAdmin, household_dividends
from economy.admin.sheets import sheet_page, village_projects_page
from economy.admin.villages import book_cost_page, book_income_page, entry_file, incomes_page, village_page
from households.admin import HouseholdAdmin
from registry.admin.site import SitePage, site
from villages.admin import VillageAdmin

__all__ = [
    "AssetUpkeepAdmin",
    "DividendAdmin",
    "IncomeGoalAdmin",
    "IndustryProjectAdmin",
    "LedgerEntryAdmin",
    "ProjectAssetAdmin",
    "ProjectWorkAdmin",
    "ShareFundAdmin",
    "ShareholdingAdmin",
]

HouseholdAdmin.pages = (
    *HouseholdAdmin.pages,
    ("household-dividends", "economy.view", _("Dividends and wages"), "payments"),
)
VillageAdmin.pages = (
    *VillageAdmin.pages,
    ("village-economy", "economy.view", _("Collective economy"), "savings"),
    ("village-industry-projects", "economy.view", _("Industry projects"), "agriculture"),
)
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
site.add_page(
    SitePage(
        "industry-project-add",
        "economy/projects/add/",
        "economy.keep_projects",
        add_page,
        "economy",
        _("Enter an industry project"),
        "add_business",
    )
)
site.add_page(
    SitePage(
        "industry-project-sheet", "economy/projects/<uuid:project_id>/sheet/", "economy.view", sheet_page, "economy"
    )
)
site.add_page(
    SitePage(
        "industry-project-work", "economy/projects/<uuid:project_id>/work/", "economy.record_work", work_page, "economy"
    )
)
site.add_page(
    SitePage("village-industry-projects", f"{_VILLAGE}projects/", "economy.view", village_projects_page, "economy")
)
