"""Pages of the reports on the admin site: runs, schedules, and what counties published."""

from django.utils.translation import gettext_lazy as _

from registry.admin.site import SitePage, site
from reports.admin import catalogue, own, published, runs, schedules

PAGES = (
    SitePage(
        "report-runs", "reports/runs/", "reports.view", runs.run_list, "reports", _("Monthly reports"), "summarize"
    ),
    SitePage("report-run", "reports/runs/<uuid:run_id>/", "reports.view", runs.run_page, "reports"),
    SitePage("report-run-workbook", "reports/runs/<uuid:run_id>/workbook/", "reports.view", runs.workbook, "reports"),
    SitePage(
        "report-run-file",
        "reports/runs/<uuid:run_id>/files/<slug:file_format>/",
        "reports.view",
        runs.run_file,
        "reports",
    ),
    SitePage("report-run-send", "reports/runs/<uuid:run_id>/send/", "reports.send", runs.send, "reports"),
    SitePage(
        "report-mail-again", "reports/mails/<uuid:delivery_id>/send-again/", "reports.send", runs.again, "reports"
    ),
    SitePage(
        "report-catalogue",
        "reports/catalogue/",
        "reports.use_catalogue",
        catalogue.catalogue_page,
        "reports",
        _("Catalogue of reports"),
        "library_books",
    ),
    SitePage(
        "catalogue-ask",
        "reports/catalogue/ask/",
        "reports.use_catalogue",
        catalogue.ask_page,
        "reports",
    ),
    SitePage(
        "catalogue-run",
        "reports/catalogue/runs/<uuid:catalogue_run_id>/",
        "reports.use_catalogue",
        catalogue.run_page,
        "reports",
    ),
    SitePage(
        "catalogue-behind",
        "reports/catalogue/runs/<uuid:catalogue_run_id>/behind/",
        "reports.view_area",
        catalogue.behind_page,
        "reports",
    ),
    SitePage(
        "catalogue-file",
        "reports/catalogue/runs/<uuid:catalogue_run_id>/files/<slug:kind>/",
        "reports.use_catalogue",
        catalogue.download,
        "reports",
    ),
    SitePage("own-reports", "reports/own/", "reports.compose", own.own_list, "reports", _("Own reports"), "tune"),
    SitePage("own-report-new", "reports/own/new/", "reports.compose", own.own_new, "reports"),
    SitePage("own-report", "reports/own/<uuid:own_id>/", "reports.compose", own.own_page, "reports"),
    SitePage("own-report-retire", "reports/own/<uuid:own_id>/retire/", "reports.compose", own.own_retire, "reports"),
    SitePage(
        "report-schedules",
        "reports/schedules/",
        "reports.schedule",
        schedules.schedule_list,
        "reports",
        _("Schedules and mails"),
        "schedule_send",
    ),
    SitePage("report-schedule-new", "reports/schedules/new/", "reports.schedule", schedules.schedule_page, "reports"),
    SitePage(
        "report-schedule",
        "reports/schedules/<uuid:schedule_id>/",
        "reports.schedule",
        schedules.schedule_page,
        "reports",
    ),
    SitePage(
        "published-figures",
        "reports/published/",
        "reports.view_published",
        published.published_page,
        "reports",
        _("Totals of the counties"),
        "public",
    ),
)
for page in PAGES:
    site.add_page(page)
