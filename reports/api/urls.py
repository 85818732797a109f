"""Addresses of the reports below /api/v1/."""

from django.urls import path

from reports.api import cards, views

urlpatterns = [
    path("households/<uuid:household_id>/cards/", cards.HouseholdCards.as_view(), name="household-cards"),
    path("villages/<uuid:village_id>/cards/", cards.VillageCards.as_view(), name="village-cards"),
    path("report-runs/", views.ReportRunList.as_view(), name="report-runs"),
    path("report-runs/<uuid:run_id>/", views.ReportRunDetail.as_view(), name="report-run"),
    path("report-runs/<uuid:run_id>/workbook/", views.ReportRunWorkbook.as_view(), name="report-run-workbook"),
    path("published-figures/", views.PublishedFigureList.as_view(), name="published-figures"),
]
