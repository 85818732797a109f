"""Addresses of the collective economy below /api/v1/."""

from django.urls import path

from economy.api import views

urlpatterns = [
    path("ledger-entries/", views.EntryList.as_view(), name="ledger-entries"),
    path("ledger-entries/<uuid:entry_id>/", views.EntryDetail.as_view(), name="ledger-entry"),
    path("ledger-entries/<uuid:entry_id>/reversal/", views.EntryReversalView.as_view(), name="ledger-entry-reversal"),
    path("ledger-entries/<uuid:entry_id>/file/", views.EntryFileView.as_view(), name="ledger-entry-file"),
    path("collective-incomes/", views.VillageIncomeList.as_view(), name="collective-incomes"),
    path("villages/<uuid:village_id>/economy/", views.VillageEconomy.as_view(), name="village-economy"),
    path("income-goals/", views.GoalList.as_view(), name="income-goals"),
    path("income-goals/<uuid:goal_id>/", views.GoalDetail.as_view(), name="income-goal"),
]
