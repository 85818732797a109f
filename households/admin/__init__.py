"""Pages of the households on the admin site."""

from django.utils.translation import gettext_lazy as _

from households.admin.duplicates import DuplicateNoticeAdmin
from households.admin.finding import find_page
from households.admin.households import HouseholdAdmin
from households.admin.persons import PersonAdmin
from households.admin.sectors import sector_page
from registry.admin.site import SitePage, site

__all__ = ["DuplicateNoticeAdmin", "HouseholdAdmin", "PersonAdmin"]

site.add_page(
    SitePage("find-household", "find/", "households.view", find_page, "households", _("Find a household"), "search")
)
site.add_page(
    SitePage(
        "sector-facts", "sector-facts/", "households.view_sector", sector_page, "households", _("Facts of my sector")
    )
)
