"""Pages of the reports on the admin site: runs, schedules, and what counties published."""

from django.utils.translation import gettext_lazy as _

from households.admin import HouseholdAdmin
from registry.admin.site import SitePage, site
from reports.admin import addresses, cards, catalogue, mails, own, published, runs, schedules
from villages.admin import VillageAdmin

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
        "household-cards",
        "reports/households/<uuid:household_id>/cards/",
        "reports.view_cards",
        cards.household_cards,
        "reports",
    ),
    SitePage(
        "village-cards",
        "reports/villages/<uuid:village_id>/cards/",
        "reports.view_cards",
        cards.village_cards,
        "reports",
    ),
    SitePage(
        "report-schedule-send", "reports/schedules/<uuid:schedule_id>/send/", "reports.send", schedules.send, "reports"
    ),
    SitePage(
        "report-schedule-preview",
        "reports/schedules/<uuid:schedule_id>/mail/",
        "reports.schedule",
        mails.schedule_preview,
        "reports",
    ),
    SitePage("report-mail-preview", "reports/runs/<uuid:run_id>/mail/", "reports.view", mails.preview, "reports"),
    SitePage("report-mails", "reports/mails/", "reports.view", mails.mail_log, "reports", _("Delivery log"), "outbox"),
    SitePage(
        "report-addresses",
        "reports/addresses/",
        "reports.view_addresses",
        addresses.address_list,
        "reports",
        _("Addresses outside"),
        "contact_mail",
    ),
    SitePage("report-address-ask", "reports/addresses/ask/", "reports.ask_address", addresses.ask, "reports"),
    SitePage(
        "report-address-decide",
        "reports/addresses/<uuid:address_id>/decide/",
        "reports.decide_address",
        addresses.decide,
        "reports",
    ),
    SitePage(
        "report-address-confirm",
        "reports/addresses/<uuid:address_id>/confirm/",
        "reports.confirm_address",
        addresses.confirm,
        "reports",
    ),
    SitePage(
        "report-address-link",
        "reports/addresses/<uuid:address_id>/link/",
        "reports.decide_address",
        addresses.mail_link,
        "reports",
    ),
    SitePage(
        "report-bounces",
        "reports/bounces/",
        "reports.view_bounces",
        mails.bounce_list,
        "reports",
        _("Mails that came back"),
        "undo",
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
# Both pages belong to apps below, which do not know of reports.
HouseholdAdmin.pages = (
    *HouseholdAdmin.pages,
    ("household-cards", "reports.view_cards", _("Cards of the household"), "print"),
)
VillageAdmin.pages = (
    *VillageAdmin.pages,
    ("village-cards", "reports.view_cards", _("Cards and lists of the village"), "print"),
)
for page in PAGES:
    site.add_page(page)
