"""Addresses of the reports below /api/v1/."""

from django.urls import path

from reports.api import views

urlpatterns = [
    path("report-runs/", views.ReportRunList.as_view(), name="report-runs"),
    path("report-runs/<uuid:run_id>/", views.ReportRunDetail.as_view(), name="report-run"),
    path("report-runs/<uuid:run_id>/workbook/", views.ReportRunWorkbook.as_view(), name="report-run-workbook"),
    path("report-runs/<uuid:run_id>/files/<slug:file_format>/", views.ReportRunFile.as_view(), name="report-run-file"),
    path("published-figures/", views.PublishedFigureList.as_view(), name="published-figures"),
]
