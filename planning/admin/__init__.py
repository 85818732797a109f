"""Pages of dispatch plans on the admin site."""

from django.utils.translation import gettext_lazy as _

from planning.admin import needs, parts, plans, proposals, stationing, units
from registry.admin.site import SitePage, site

__all__ = ["parts", "plans", "units"]

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
        "dispatch-part-teams",
        "planning/parts/<uuid:part_id>/teams/",
        "planning.answer",
        stationing.stationing_page,
        "planning",
    ),
)
for page in PAGES:
    site.add_page(page)
