"""Pages of dossiers on the admin site."""

from django.utils.translation import gettext_lazy as _

from dossiers.admin.dossiers import DossierAdmin, DossierInline
from dossiers.admin.evidence import evidence_file
from dossiers.admin.looks import LookFormAdmin, LookInline, look_page
from dossiers.admin.sessions import ListSessionAdmin
from dossiers.admin.templates import CountyProcedureAdmin, StepTemplateAdmin
from households.admin import HouseholdAdmin
from registry.admin.site import SitePage, site

__all__ = ["CountyProcedureAdmin", "DossierAdmin", "ListSessionAdmin", "LookFormAdmin", "StepTemplateAdmin"]

# The household's page belongs to the app below, which does not know of dossiers.
HouseholdAdmin.inlines = (*HouseholdAdmin.inlines[:1], DossierInline, LookInline, *HouseholdAdmin.inlines[1:])
HouseholdAdmin.pages = (*HouseholdAdmin.pages, ("household-look", "dossiers.look", _("Nine-look"), "checklist"))

site.add_page(
    SitePage("evidence-file", "dossiers/evidence/<uuid:evidence_id>/", "dossiers.view", evidence_file, "dossiers")
)
site.add_page(
    SitePage("household-look", "households/<uuid:household_id>/look/", "dossiers.look", look_page, "dossiers")
)
