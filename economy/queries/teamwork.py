"""What the collective economy tells of the month of a work team: entries of the ledger, shares, and projects."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month(
    "ledger",
    Task.INCOME,
    _("Entries of the collective ledger"),
    "economy.book_entry",
    "economy.reverse_entry",
    "economy.book_dividend",
    each_time=True,
)
count_in_month(
    "shares",
    Task.INCOME,
    _("Shareholdings and dividends"),
    "economy.hold_shares",
    "economy.end_shares",
    "economy.open_fund",
    "economy.set_share_total",
    "economy.propose_dividend",
)
count_in_month(
    "industry",
    Task.INCOME,
    _("Entries of industry projects and assets"),
    "economy.add_project",
    "economy.amend_project",
    "economy.advance_project",
    "economy.note_project_money",
    "economy.fold_money",
    "economy.set_project_villages",
    "economy.add_asset",
    "economy.amend_asset",
    "economy.add_asset_upkeep",
    "economy.amend_asset_upkeep",
    each_time=True,
)
count_in_month("project_wages", Task.INCOME, _("Wages of projects"), "economy.record_work")
