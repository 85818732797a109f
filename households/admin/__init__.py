"""Pages of the households on the admin site."""

from django.utils.translation import gettext_lazy as _

from households.admin.change_requests import ChangeRequestAdmin, ChangeRuleAdmin
from households.admin.closed_years import ClosedYearAdmin
from households.admin.duplicates import DuplicateNoticeAdmin
from households.admin.finding import find_page
from households.admin.households import HouseholdAdmin
from households.admin.income import CostCoefficientAdmin, IncomeRuleAdmin, YearLineAdmin, income_page, take_lines_page
from households.admin.income_proposals import income_proposal_page
from households.admin.ledger import stock_page
from households.admin.living import household_living_page
from households.admin.near import NearDuplicateAdmin
from households.admin.persons import PersonAdmin
from households.admin.recompute import recompute_page
from households.admin.relocations import relocation_page
from households.admin.rounds import round_page
from households.admin.sectors import sector_page
from households.admin.settlements import settlement_page, settlements_page
from households.admin.timeline import household_timeline_page
from households.admin.transfers import ObjectionPeriodAdmin, TransferAdmin
from households.admin.visits import visit_page
from households.admin.work import WorkRecordAdmin
from registry.admin.site import SitePage, site

__all__ = [
    "ChangeRequestAdmin",
    "ChangeRuleAdmin",
    "ClosedYearAdmin",
    "CostCoefficientAdmin",
    "DuplicateNoticeAdmin",
    "HouseholdAdmin",
    "IncomeRuleAdmin",
    "NearDuplicateAdmin",
    "ObjectionPeriodAdmin",
    "PersonAdmin",
    "TransferAdmin",
    "WorkRecordAdmin",
    "YearLineAdmin",
]

site.add_page(
    SitePage("find-household", "find/", "households.view", find_page, "households", _("Find a household"), "search")
)
site.add_page(
    SitePage(
        "ledger-stock",
        "ledger/stock/",
        "households.view_ledger",
        stock_page,
        "households",
        _("Stock of a day"),
        "account_balance",
    )
)
site.add_page(
    SitePage(
        "sector-facts", "sector-facts/", "households.view_sector", sector_page, "households", _("Facts of my sector")
    )
)
site.add_page(
    SitePage(
        "household-income",
        "households/<uuid:household_id>/income/<int:year>/",
        "households.view",
        income_page,
    )
)
site.add_page(
    SitePage(
        "household-income-proposal",
        "households/<uuid:household_id>/income/<int:year>/proposal/",
        "households.propose_change",
        income_proposal_page,
    )
)
site.add_page(
    SitePage(
        "take-year-lines",
        "households/take-year-lines/",
        "households.manage_coefficients",
        take_lines_page,
        "households",
        _("Lines that come with the product"),
        "rule",
    )
)
site.add_page(
    SitePage(
        "recompute-incomes",
        "households/recompute-incomes/",
        "households.manage_coefficients",
        recompute_page,
        "households",
        _("Compute incomes again"),
        "calculate",
    )
)
site.add_page(
    SitePage(
        "village-round",
        "households/round/",
        "households.visit",
        round_page,
        "households",
        _("Round of the village"),
        "directions_walk",
    )
)
site.add_page(SitePage("household-visit", "households/<uuid:household_id>/visit/", "households.visit", visit_page))
site.add_page(
    SitePage(
        "settlements",
        "households/settlements/",
        "households.view_settlements",
        settlements_page,
        "households",
        _("Relocation settlements"),
        "apartment",
    )
)
site.add_page(
    SitePage(
        "settlement",
        "households/settlements/<uuid:settlement_id>/",
        "households.view_settlements",
        settlement_page,
        "households",
    )
)
site.add_page(
    SitePage(
        "household-relocation",
        "households/<uuid:household_id>/relocation/",
        "households.record_relocation",
        relocation_page,
    )
)
site.add_page(
    SitePage("household-living", "households/<uuid:household_id>/living/", "households.view", household_living_page)
)
site.add_page(
    SitePage(
        "household-timeline",
        "households/<uuid:household_id>/timeline/",
        "households.view_timeline",
        household_timeline_page,
    )
)
