"""Addresses of the collective economy below /api/v1/."""

from django.urls import path

from economy.api import shares, views

urlpatterns = [
    path("ledger-entries/", views.EntryList.as_view(), name="ledger-entries"),
    path("ledger-entries/<uuid:entry_id>/", views.EntryDetail.as_view(), name="ledger-entry"),
    path("ledger-entries/<uuid:entry_id>/reversal/", views.EntryReversalView.as_view(), name="ledger-entry-reversal"),
    path("ledger-entries/<uuid:entry_id>/file/", views.EntryFileView.as_view(), name="ledger-entry-file"),
    path("collective-incomes/", views.VillageIncomeList.as_view(), name="collective-incomes"),
    path("villages/<uuid:village_id>/economy/", views.VillageEconomy.as_view(), name="village-economy"),
    path("income-goals/", views.GoalList.as_view(), name="income-goals"),
    path("income-goals/<uuid:goal_id>/", views.GoalDetail.as_view(), name="income-goal"),
    path("share-funds/", shares.FundList.as_view(), name="share-funds"),
    path("share-funds/<uuid:fund_id>/holdings/", shares.FundHoldings.as_view(), name="share-fund-holdings"),
    path("shareholdings/", shares.HoldingList.as_view(), name="shareholdings"),
    path("shareholdings/<uuid:holding_id>/end/", shares.HoldingEndView.as_view(), name="shareholding-end"),
    path("dividends/", shares.DividendList.as_view(), name="dividends"),
    path("dividends/<uuid:dividend_id>/", shares.DividendDetail.as_view(), name="dividend"),
    path("dividends/<uuid:dividend_id>/approve/", shares.DividendApproval.as_view(), name="dividend-approve"),
    path("dividends/<uuid:dividend_id>/refuse/", shares.DividendRefusal.as_view(), name="dividend-refuse"),
    path("dividends/<uuid:dividend_id>/withdraw/", shares.DividendWithdrawal.as_view(), name="dividend-withdraw"),
    path(
        "households/<uuid:household_id>/dividend-offers/",
        shares.DividendOffers.as_view(),
        name="household-dividend-offers",
    ),
]
