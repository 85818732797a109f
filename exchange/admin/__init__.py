"""Pages of the exchange on the admin site: rosters and suspicion lists."""

from django.utils.translation import gettext_lazy as _

from exchange.admin import batches, suspicions
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
    SitePage(
        "suspicion-lists",
        "exchange/suspicion-lists/",
        "quality.view",
        suspicions.list_page,
        "quality",
        _("Suspicion lists"),
        "fact_check",
    ),
    SitePage(
        "suspicion-list", "exchange/suspicion-lists/<uuid:list_id>/", "quality.view", suspicions.detail_page, "quality"
    ),
    SitePage(
        "suspicion-line-match",
        "exchange/suspicion-lines/<uuid:line_id>/match/",
        "quality.match_line",
        suspicions.match_page,
        "quality",
    ),
    SitePage(
        "suspicion-list-answers",
        "exchange/suspicion-lists/<uuid:list_id>/answers/",
        "quality.return_list",
        suspicions.answers,
        "quality",
    ),
)
for page in PAGES:
    site.add_page(page)
