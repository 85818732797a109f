"""Addresses of the reports below /api/v1/."""

from django.urls import path

from reports.api import cards, catalogue, mail_views, views

urlpatterns = [
    path("households/<uuid:household_id>/cards/", cards.HouseholdCards.as_view(), name="household-cards"),
    path("villages/<uuid:village_id>/cards/", cards.VillageCards.as_view(), name="village-cards"),
    path("report-runs/", views.ReportRunList.as_view(), name="report-runs"),
    path("report-runs/<uuid:run_id>/", views.ReportRunDetail.as_view(), name="report-run"),
    path("report-runs/<uuid:run_id>/workbook/", views.ReportRunWorkbook.as_view(), name="report-run-workbook"),
    path("report-schedules/", mail_views.ScheduleList.as_view(), name="report-schedules"),
    path("report-schedules/<uuid:schedule_id>/", mail_views.ScheduleDetail.as_view(), name="report-schedule"),
    path(
        "report-schedules/<uuid:schedule_id>/sending/",
        mail_views.ScheduleSending.as_view(),
        name="report-schedule-sending",
    ),
    path("report-mails/", mail_views.MailList.as_view(), name="report-mails"),
    path("report-mails/<uuid:delivery_id>/sending/", mail_views.MailSending.as_view(), name="report-mail-sending"),
    path("outside-addresses/", mail_views.AddressList.as_view(), name="outside-addresses"),
    path("outside-addresses/<uuid:address_id>/", mail_views.AddressDetail.as_view(), name="outside-address"),
    path(
        "outside-addresses/<uuid:address_id>/decision/",
        mail_views.AddressDecisionView.as_view(),
        name="outside-address-decision",
    ),
    path(
        "outside-addresses/<uuid:address_id>/withdrawal/",
        mail_views.AddressWithdrawalView.as_view(),
        name="outside-address-withdrawal",
    ),
    path(
        "outside-addresses/<uuid:address_id>/confirmation/",
        mail_views.AddressConfirmationView.as_view(),
        name="outside-address-confirmation",
    ),
    path("mail-bounces/", mail_views.BounceList.as_view(), name="mail-bounces"),
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
