"""Pages of the villages on the admin site."""

from django.utils.translation import gettext_lazy as _

from registry.admin.site import SitePage, site
from villages.admin import activities, basics, infrastructure, members, plans, teams, units, villages
from villages.admin.team_pages import board_page, gap_page, team_month_page
from villages.admin.villages import VillageAdmin

__all__ = ["VillageAdmin", "activities", "basics", "infrastructure", "members", "plans", "teams", "units", "villages"]

for page in (
    SitePage("team-board", "villages/board/", "villages.view_board", board_page, "villages",
             _("Full coverage by teams"), "grid_view"),
    SitePage("team-gaps", "villages/gaps/", "villages.view_board", gap_page, "villages"),
    SitePage("team-month", "villages/team/<uuid:team_id>/month/", "villages.view_team_month", team_month_page,
             "villages"),
):  # fmt: skip
    site.add_page(page)
