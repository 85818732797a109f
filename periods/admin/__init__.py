"""Pages of the periods on the admin site."""

from django.utils.translation import gettext_lazy as _

from periods.admin import behind, periods, pictures
from registry.admin.site import SitePage, site

PAGES = (
    SitePage(
        "periods", "periods/calendar/", "periods.view", periods.calendar_page, "periods", _("Calendar of periods"),
        "calendar_month",
    ),
    SitePage("period-year-new", "periods/calendar/year/", "periods.manage", periods.year_page, "periods"),
    SitePage("period-campaign-new", "periods/calendar/campaign/", "periods.manage", periods.campaign_page, "periods"),
    SitePage(
        "period-behind", "periods/<uuid:period_id>/behind/", "periods.view_behind", behind.behind_page, "periods"
    ),
)  # fmt: skip
for page in (*PAGES, *pictures.PAGES):
    site.add_page(page)
