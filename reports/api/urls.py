"""Addresses of the reports below /api/v1/."""

from django.urls import path

from reports.api import catalogue, views

urlpatterns = [
    path("report-runs/", views.ReportRunList.as_view(), name="report-runs"),
    path("report-runs/<uuid:run_id>/", views.ReportRunDetail.as_view(), name="report-run"),
    path("report-runs/<uuid:run_id>/workbook/", views.ReportRunWorkbook.as_view(), name="report-run-workbook"),
    path("catalogue-reports/", catalogue.ReportList.as_view(), name="catalogue-reports"),
    path("catalogue-runs/", catalogue.CatalogueRunList.as_view(), name="catalogue-runs"),
    path("catalogue-runs/<uuid:catalogue_run_id>/", catalogue.CatalogueRunDetail.as_view(), name="catalogue-run"),
    path(
        "catalogue-runs/<uuid:catalogue_run_id>/files/<slug:kind>/",
        catalogue.CatalogueRunFile.as_view(),
        name="catalogue-run-file",
    ),
    path("own-reports/", catalogue.OwnReportList.as_view(), name="own-reports"),
    path("own-reports/<uuid:own_id>/", catalogue.OwnReportDetail.as_view(), name="own-report"),
    path("own-report-columns/", catalogue.OwnReportColumnList.as_view(), name="own-report-columns"),
    path("report-runs/<uuid:run_id>/files/<slug:file_format>/", views.ReportRunFile.as_view(), name="report-run-file"),
    path("published-figures/", views.PublishedFigureList.as_view(), name="published-figures"),
]
