"""Addresses of the assistance funds below /api/v1/."""

from django.urls import path

from funds.api import lists, views

urlpatterns = [
    path("budgets/", views.BudgetList.as_view(), name="budgets"),
    path("budgets/<uuid:budget_id>/", views.BudgetDetail.as_view(), name="budget"),
    path("budgets/<uuid:budget_id>/withdraw/", views.BudgetWithdrawal.as_view(), name="budget-withdraw"),
    path("budgets/<uuid:budget_id>/allocations/", views.BudgetAllocations.as_view(), name="budget-allocations"),
    path("allocations/", views.AllocationList.as_view(), name="allocations"),
    path("allocations/<uuid:allocation_id>/move-back/", views.AllocationBack.as_view(), name="allocation-move-back"),
    path("payment-programmes/", views.ProgrammeList.as_view(), name="payment-programmes"),
    path("payment-programmes/<uuid:programme_id>/", views.ProgrammeDetail.as_view(), name="payment-programme"),
    path("funds-progress/", views.FundsProgress.as_view(), name="funds-progress"),
    path("villages/<uuid:village_id>/payments/", views.VillagePayments.as_view(), name="village-payments"),
    path("payment-lists/", lists.ListList.as_view(), name="payment-lists"),
    path("payment-lists/<uuid:payment_list_id>/", lists.ListDetail.as_view(), name="payment-list"),
    path("payment-lists/<uuid:payment_list_id>/lines/", lists.ListLines.as_view(), name="payment-list-lines"),
    path("payment-lists/<uuid:payment_list_id>/payees/", lists.ListPayees.as_view(), name="payment-list-payees"),
    path("payment-lists/<uuid:payment_list_id>/problems/", lists.ListProblems.as_view(), name="payment-list-problems"),
    path("payment-lists/<uuid:payment_list_id>/submit/", lists.ListSubmission.as_view(), name="payment-list-submit"),
    path(
        "payment-lists/<uuid:payment_list_id>/send-back/",
        lists.ListSendingBack.as_view(),
        name="payment-list-send-back",
    ),
    path("payment-lists/<uuid:payment_list_id>/approve/", lists.ListApproval.as_view(), name="payment-list-approve"),
    path(
        "payment-lists/<uuid:payment_list_id>/withdraw/", lists.ListWithdrawal.as_view(), name="payment-list-withdraw"
    ),
    path("payment-lists/<uuid:payment_list_id>/paid/", lists.ListPayment.as_view(), name="payment-list-paid"),
    path(
        "payment-lists/<uuid:payment_list_id>/bank-file/", lists.ListBankFile.as_view(), name="payment-list-bank-file"
    ),
    path(
        "payment-lists/<uuid:payment_list_id>/corrections/",
        lists.ListCorrections.as_view(),
        name="payment-list-corrections",
    ),
    path("payment-lines/<uuid:payment_line_id>/strike/", lists.LineStrike.as_view(), name="payment-line-strike"),
    path("payment-lines/<uuid:payment_line_id>/return/", lists.LineReturn.as_view(), name="payment-line-return"),
    path(
        "payment-lines/<uuid:payment_line_id>/correction/", lists.LineCorrection.as_view(), name="payment-line-correct"
    ),
    path("payment-lines/<uuid:payment_line_id>/reveal/", lists.LineAccount.as_view(), name="payment-line-reveal"),
    path("households/<uuid:household_id>/payments/", lists.HouseholdPayments.as_view(), name="household-payments"),
]
