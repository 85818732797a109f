"""The first page of each post on the admin site."""

from django.utils.translation import gettext_lazy as _

from dashboards.admin import pages
from registry.admin.site import HomePage, SitePage, site

site.add_home(HomePage("dashboards.view", pages.home_page))
site.add_page(
    SitePage(
        "dashboard-waiting",
        "dashboard/waiting/",
        "dashboards.view",
        pages.waiting_page,
        "dashboards",
        _("What waits for me"),
        "inbox",
    )
)
site.add_page(SitePage("dashboard-flow", "dashboard/flow/", "households.view_ledger", pages.flow_page, "dashboards"))
