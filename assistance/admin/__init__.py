"""Pages of assistance on the admin site."""

from django.utils.translation import gettext_lazy as _

from assistance.admin.coverage import coverage_page
from assistance.admin.exits import DECIDE_EXIT, ExitStandardAdmin, VillageExitAdmin
from assistance.admin.helper import HelperAdmin, SupportPeriodAdmin
from assistance.admin.measures import RECORD_MEASURE, MeasureAdmin, MeasureInline
from assistance.admin.pairings import PairingAdmin, PairingInline
from households.admin import HouseholdAdmin
from registry.admin.site import SitePage, site
from villages.admin import VillageAdmin

__all__ = [
    "ExitStandardAdmin",
    "HelperAdmin",
    "MeasureAdmin",
    "PairingAdmin",
    "SupportPeriodAdmin",
    "VillageExitAdmin",
]

# The household's page belongs to the app below, which does not know of pairings and measures.
HouseholdAdmin.inlines = (*HouseholdAdmin.inlines[:1], PairingInline, MeasureInline, *HouseholdAdmin.inlines[1:])
HouseholdAdmin.verbs = (*HouseholdAdmin.verbs, RECORD_MEASURE)
# Nor does the village's page know of the households that the check of its exit counts.
VillageAdmin.verbs = (*VillageAdmin.verbs, DECIDE_EXIT)

site.add_page(
    SitePage(
        "coverage",
        "assistance/coverage/",
        "assistance.view_coverage",
        coverage_page,
        "assistance",
        _("Coverage"),
        "handshake",
    )
)
