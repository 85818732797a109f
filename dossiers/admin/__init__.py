"""Pages of dossiers on the admin site."""

from dossiers.admin.dossiers import DossierAdmin, DossierInline
from dossiers.admin.evidence import evidence_file
from dossiers.admin.sessions import ListSessionAdmin
from dossiers.admin.templates import CountyProcedureAdmin, StepTemplateAdmin
from households.admin import HouseholdAdmin
from registry.admin.site import SitePage, site

__all__ = ["CountyProcedureAdmin", "DossierAdmin", "ListSessionAdmin", "StepTemplateAdmin"]

# The household's page belongs to the app below, which does not know of dossiers.
HouseholdAdmin.inlines = (*HouseholdAdmin.inlines[:1], DossierInline, *HouseholdAdmin.inlines[1:])

site.add_page(
    SitePage("evidence-file", "dossiers/evidence/<uuid:evidence_id>/", "dossiers.view", evidence_file, "dossiers")
)
