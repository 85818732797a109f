"""Pages of dossiers on the admin site."""

from django.utils.translation import gettext_lazy as _

from dossiers.admin.cases import CaseInline, MonitoringCaseAdmin
from dossiers.admin.deadlines import deadlines_page
from dossiers.admin.dossiers import DossierAdmin, DossierInline
from dossiers.admin.evidence import evidence_file
from dossiers.admin.sessions import ListSessionAdmin
from dossiers.admin.sweeps import SweepCampaignAdmin, SweepVillageAdmin, sweep_page
from dossiers.admin.templates import CountyProcedureAdmin, StepTemplateAdmin
from households.admin import HouseholdAdmin
from registry.admin.site import SitePage, site

__all__ = [
    "CountyProcedureAdmin",
    "DossierAdmin",
    "ListSessionAdmin",
    "MonitoringCaseAdmin",
    "StepTemplateAdmin",
    "SweepCampaignAdmin",
    "SweepVillageAdmin",
]

# The household's page belongs to the app below, which does not know of dossiers.
HouseholdAdmin.inlines = (*HouseholdAdmin.inlines[:1], DossierInline, CaseInline, *HouseholdAdmin.inlines[1:])

site.add_page(
    SitePage("evidence-file", "dossiers/evidence/<uuid:evidence_id>/", "dossiers.view", evidence_file, "dossiers")
)
site.add_page(
    SitePage(
        "monitoring-deadlines",
        "dossiers/deadlines/",
        "dossiers.view",
        deadlines_page,
        "dossiers",
        _("Monitoring deadlines"),
        "event_upcoming",
    )
)
site.add_page(SitePage("sweep", "dossiers/sweeps/<uuid:campaign_id>/", "dossiers.view", sweep_page, "dossiers"))
