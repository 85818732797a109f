"""Pages of dossiers on the admin site."""

from django.utils.translation import gettext_lazy as _

from dossiers.admin.begin import begin_page
from dossiers.admin.cases import CaseInline, MonitoringCaseAdmin
from dossiers.admin.deadlines import deadlines_page
from dossiers.admin.dossiers import DossierAdmin, DossierInline
from dossiers.admin.evidence import evidence_file, minutes_file, printout_download, printout_page, session_file
from dossiers.admin.looks import LookFormAdmin, LookInline, look_page
from dossiers.admin.sessions import ListSessionAdmin
from dossiers.admin.sweeps import SweepCampaignAdmin, SweepVillageAdmin, sweep_page
from dossiers.admin.templates import CountyProcedureAdmin, StepTemplateAdmin, take_templates_page
from households.admin import HouseholdAdmin
from registry.admin.site import SitePage, site

__all__ = [
    "CountyProcedureAdmin",
    "DossierAdmin",
    "ListSessionAdmin",
    "LookFormAdmin",
    "MonitoringCaseAdmin",
    "StepTemplateAdmin",
    "SweepCampaignAdmin",
    "SweepVillageAdmin",
]

# The household's page belongs to the app below, which does not know of dossiers.
HouseholdAdmin.inlines = (
    *HouseholdAdmin.inlines[:1],
    DossierInline,
    CaseInline,
    LookInline,
    *HouseholdAdmin.inlines[1:],
)
HouseholdAdmin.open_pages = (
    *HouseholdAdmin.open_pages,
    ("household-look", "dossiers.look", _("Nine-look"), "checklist"),
    ("household-dossier", "dossiers.begin", _("Begin a dossier"), "folder_open"),
)

for page in (
    SitePage("evidence-file", "dossiers/evidence/<uuid:evidence_id>/", "dossiers.view", evidence_file, "dossiers"),
    SitePage("session-minutes", "dossiers/session/<uuid:session_id>/minutes-file/", "dossiers.view", minutes_file,
             "dossiers"),
    SitePage("session-file", "dossiers/session-files/<uuid:file_id>/", "dossiers.view", session_file, "dossiers"),
    SitePage("session-printout", "dossiers/session/<uuid:session_id>/print/<slug:kind>/", "dossiers.view",
             printout_page, "dossiers"),
    SitePage("session-printout-file", "dossiers/session/<uuid:session_id>/print/<slug:kind>/file/", "dossiers.view",
             printout_download, "dossiers"),
    SitePage("household-dossier", "households/<uuid:household_id>/dossier/", "dossiers.begin", begin_page, "dossiers"),
    SitePage("household-look", "households/<uuid:household_id>/look/", "dossiers.look", look_page, "dossiers"),
    SitePage("monitoring-deadlines", "dossiers/deadlines/", "dossiers.view", deadlines_page, "dossiers",
             _("Monitoring deadlines"), "event_upcoming"),
    SitePage("take-templates", "dossiers/take-templates/", "dossiers.manage_templates", take_templates_page, "dossiers",
             _("Templates that come with the product"), "rule"),
    SitePage("sweep", "dossiers/sweeps/<uuid:campaign_id>/", "dossiers.view", sweep_page, "dossiers"),
):  # fmt: skip
    site.add_page(page)
