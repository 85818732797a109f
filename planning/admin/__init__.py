"""Pages of dispatch plans on the admin site."""

from django.utils.translation import gettext_lazy as _

from planning.admin import helper_choices, helper_plans, needs, parts, plans, proposals, stationing, units
from registry.admin.site import SitePage, site

__all__ = ["helper_plans", "parts", "plans", "units"]

PAGES = (
    SitePage(
        "village-needs", "planning/needs/", "planning.view", needs.needs_page, "planning", _("Village needs"), "help"
    ),
    SitePage(
        "village-needs-publish", "planning/needs/publish/", "planning.publish_needs", needs.publish_page, "planning"
    ),
    SitePage(
        "dispatch-proposal",
        "planning/proposals/<uuid:proposal_id>/villages/",
        "planning.view",
        proposals.choices_page,
        "planning",
    ),
    SitePage(
        "dispatch-choice",
        "planning/proposals/<uuid:proposal_id>/villages/<str:village_code>/",
        "planning.plan",
        proposals.choice_page,
        "planning",
    ),
    SitePage(
        "helper-proposal",
        "planning/helper-proposals/<uuid:helper_proposal_id>/households/",
        "planning.view_helper_plans",
        helper_choices.choices_page,
        "planning",
    ),
    SitePage(
        "helper-choice",
        "planning/helper-proposals/<uuid:helper_proposal_id>/households/<uuid:household_id>/",
        "planning.plan_helpers",
        helper_choices.choose_page,
        "planning",
    ),
    SitePage(
        "helper-related",
        "planning/related/",
        "planning.say_related",
        helper_choices.related_page,
        "planning",
        _("Related"),
        "link_off",
    ),
    SitePage(
        "dispatch-part-teams",
        "planning/parts/<uuid:part_id>/teams/",
        "planning.answer",
        stationing.stationing_page,
        "planning",
    ),
)
for page in PAGES:
    site.add_page(page)
