"""Pages of the exchange on the admin site: rosters."""

from django.utils.translation import gettext_lazy as _

from exchange.admin import batches
from registry.admin.site import SitePage, site

PAGES = (
    SitePage(
        "rosters", "exchange/rosters/", "exchange.view", batches.batch_list, "exchange", _("Rosters"), "upload_file"
    ),
    SitePage("roster-template", "exchange/rosters/template/", "exchange.view", batches.template, "exchange"),
    SitePage("roster", "exchange/rosters/<uuid:batch_id>/", "exchange.view", batches.batch_page, "exchange"),
    SitePage(
        "roster-refused-rows",
        "exchange/rosters/<uuid:batch_id>/refused-rows/",
        "exchange.take_refused_rows",
        batches.refused_rows,
        "exchange",
    ),
    SitePage(
        "roster-decide",
        "exchange/rosters/<uuid:batch_id>/<slug:decision>/",
        "exchange.decide",
        batches.decide,
        "exchange",
    ),
)
for page in PAGES:
    site.add_page(page)
