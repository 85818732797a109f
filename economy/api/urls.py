"""Addresses of the collective economy below /api/v1/."""

from django.urls import path

from economy.api import projects, shares, views

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
    path("share-funds/<uuid:fund_id>/total/", shares.FundTotal.as_view(), name="share-fund-total"),
    path("dividends/<uuid:dividend_id>/booking/", shares.DividendBookingView.as_view(), name="dividend-booking"),
    path("industry-projects/", projects.ProjectList.as_view(), name="industry-projects"),
    path("industry-projects/<uuid:industry_id>/", projects.ProjectView.as_view(), name="industry-project"),
    path(
        "industry-projects/<uuid:industry_id>/state/",
        projects.ProjectStateView.as_view(),
        name="industry-project-state",
    ),
    path(
        "industry-projects/<uuid:industry_id>/money/",
        projects.ProjectMoneyView.as_view(),
        name="industry-project-money",
    ),
    path(
        "industry-projects/<uuid:industry_id>/shares/", projects.ProjectFoldView.as_view(), name="industry-project-fold"
    ),
    path(
        "industry-projects/<uuid:industry_id>/assets/",
        projects.ProjectAssetsView.as_view(),
        name="industry-project-assets",
    ),
    path("industry-projects/<uuid:industry_id>/work/", projects.ProjectWorkers.as_view(), name="industry-project-work"),
    path(
        "industry-projects/<uuid:industry_id>/published/",
        projects.ProjectSheetView.as_view(),
        name="industry-project-published",
    ),
    path(
        "villages/<uuid:village_id>/industry-projects/",
        projects.VillageProjects.as_view(),
        name="village-industry-projects",
    ),
    path("project-assets/", projects.AssetList.as_view(), name="project-assets"),
    path("project-assets/<uuid:asset_id>/", projects.AssetView.as_view(), name="project-asset"),
    path(
        "project-assets/<uuid:asset_id>/disposal/", projects.AssetDisposalView.as_view(), name="project-asset-disposal"
    ),
    path(
        "project-assets/<uuid:asset_id>/withdrawal/",
        projects.AssetWithdrawalView.as_view(),
        name="project-asset-withdrawal",
    ),
    path("project-assets/<uuid:asset_id>/upkeep/", projects.AssetUpkeepList.as_view(), name="project-asset-upkeep"),
    path("asset-upkeep/<uuid:asset_upkeep_id>/", projects.AssetUpkeepView.as_view(), name="asset-upkeep"),
    path("project-work/", projects.WorkList.as_view(), name="project-work"),
    path("project-work/<uuid:work_id>/withdrawal/", projects.WorkWithdrawal.as_view(), name="project-work-withdrawal"),
]
