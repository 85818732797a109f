"""Pages of the oversight on the admin site."""

from django.utils.translation import gettext_lazy as _

from oversight.admin.area import area_page, edition_page, file_page, home_page
from oversight.admin.grants import LookGrantAdmin
from oversight.admin.looks import household_page, look_page, looks_page
from registry.admin.site import HomePage, SitePage, site

__all__ = ["LookGrantAdmin"]

site.add_page(
    SitePage("oversight", "oversight/", "oversight.view", home_page, "oversight", _("Published figures"), "monitoring")
)
# Whoever reads above the counties begins here; the county office has a first page of its own.
site.add_home(HomePage("oversight.look", home_page))
site.add_page(SitePage("oversight-area", "oversight/areas/<str:area_code>/", "oversight.view", area_page, "oversight"))
site.add_page(
    SitePage("oversight-file", "oversight/areas/<str:area_code>/file/", "oversight.view", file_page, "oversight")
)
site.add_page(
    SitePage("oversight-edition", "oversight/editions/<uuid:edition_id>/", "oversight.view", edition_page, "oversight")
)
site.add_page(
    SitePage(
        "oversight-looks",
        "oversight/looks/",
        "oversight.look",
        looks_page,
        "oversight",
        _("Lists open to you"),
        "visibility",
    )
)
site.add_page(
    SitePage("oversight-look", "oversight/looks/<uuid:granted_id>/", "oversight.look", look_page, "oversight")
)
site.add_page(
    SitePage(
        "oversight-look-household",
        "oversight/looks/<uuid:granted_id>/households/<uuid:household_id>/",
        "oversight.look",
        household_page,
        "oversight",
    )
)
