"""Addresses of micro-credit below /api/v1/."""

from django.urls import path

from credit.api import views

urlpatterns = [
    path("loans/", views.LoanList.as_view(), name="loans"),
    path("loans/<uuid:loan_id>/", views.LoanView.as_view(), name="loan"),
    path("loans/<uuid:loan_id>/entries/", views.LoanEntriesView.as_view(), name="loan-entries"),
    path("loans/<uuid:loan_id>/extension/", views.LoanExtensionView.as_view(), name="loan-extension"),
    path("loans/<uuid:loan_id>/withdrawal/", views.LoanWithdrawalView.as_view(), name="loan-withdrawal"),
    path(
        "loan-entries/<uuid:loan_entry_id>/reversal/",
        views.LoanEntryReversalView.as_view(),
        name="loan-entry-reversal",
    ),
    path("loans-due/", views.LoansDue.as_view(), name="loans-due"),
    path("credit-figures/", views.CreditFiguresView.as_view(), name="credit-figures"),
    path("loan-limits/", views.LimitList.as_view(), name="loan-limits"),
    path("loan-limits/<uuid:loan_limit_id>/", views.LimitDetail.as_view(), name="loan-limit"),
]
