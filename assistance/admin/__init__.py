"""Pages of assistance on the admin site."""

from django.utils.translation import gettext_lazy as _

from assistance.admin.coverage import coverage_page
from assistance.admin.exits import DECIDE_EXIT, ExitStandardAdmin, VillageExitAdmin
from assistance.admin.help_visits import RECORD_HELP_VISIT, HelpVisitAdmin, HelpVisitInline, VisitPlanAdmin
from assistance.admin.helper import HelperAdmin, SupportPeriodAdmin
from assistance.admin.measures import RECORD_MEASURE, MeasureAdmin, MeasureInline
from assistance.admin.pairings import PairingAdmin, PairingInline
from assistance.admin.plans import (
    CARRY_OUT,
    DRAFT_PLAN,
    HouseholdPlanAdmin,
    PlanInline,
    PlannedMeasureAdmin,
    print_page,
    without_plan,
)
from assistance.admin.visits_due import visits_due_page
from households.admin import HouseholdAdmin
from registry.admin.site import SitePage, site
from villages.admin import VillageAdmin

__all__ = [
    "ExitStandardAdmin",
    "HelpVisitAdmin",
    "HelperAdmin",
    "HouseholdPlanAdmin",
    "MeasureAdmin",
    "PairingAdmin",
    "PlannedMeasureAdmin",
    "SupportPeriodAdmin",
    "VillageExitAdmin",
    "VisitPlanAdmin",
]

# The household's page belongs to the app below, which does not know of pairings, measures and visits.
HouseholdAdmin.inlines = (
    *HouseholdAdmin.inlines[:1],
    PairingInline,
    PlanInline,
    MeasureInline,
    HelpVisitInline,
    *HouseholdAdmin.inlines[1:],
)
HouseholdAdmin.verbs = (*HouseholdAdmin.verbs, DRAFT_PLAN, RECORD_MEASURE, RECORD_HELP_VISIT)
MeasureAdmin.verbs = (*MeasureAdmin.verbs, CARRY_OUT)
# Nor does the village's page know of the households that the check of its exit counts.
VillageAdmin.pages = (
    *VillageAdmin.pages,
    ("village-exit", "assistance.view_exits", _("Check of the village's exit"), "verified"),
)
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
site.add_page(
    SitePage(
        "visits-due",
        "assistance/visits-due/",
        "assistance.view_visits_due",
        visits_due_page,
        "assistance",
        _("Visits due"),
        "event_upcoming",
    )
)
site.add_page(
    SitePage(
        "households-without-plan",
        "assistance/without-plan/",
        "assistance.view",
        without_plan,
        "assistance",
        _("Households without a plan"),
        "assignment_late",
    )
)
site.add_page(
    SitePage(
        "household-plan-print",
        "assistance/plans/<uuid:household_plan_id>/print/",
        "assistance.view",
        print_page,
        "assistance",
    )
)
