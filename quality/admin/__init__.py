"""Pages of data quality on the admin site: the worklist, a finding, the findings of a household, and the rules."""

from django.utils.translation import gettext_lazy as _

from quality.admin import findings, households, rules
from registry.admin.site import SitePage, site

__all__ = ["households"]

PAGES = (
    SitePage("findings", "quality/findings/", "quality.view", findings.worklist_page, "quality", _("Findings"), "rule"),
    SitePage("quality-rules", "quality/rules/", "quality.view", rules.rules_page, "quality", _("Rules"), "gavel"),
    SitePage("quality-rule", "quality/rules/<slug:code>/", "quality.view", rules.rule_page, "quality"),
    SitePage("findings-run", "quality/findings/run/", "quality.run", findings.ask_run, "quality"),
    SitePage("findings-assign", "quality/findings/assign/", "quality.assign", findings.assign_many, "quality"),
    SitePage("finding", "quality/findings/<uuid:finding_id>/", "quality.view", findings.finding_page, "quality"),
    SitePage(
        "finding-decide",
        "quality/findings/<uuid:finding_id>/<slug:decision>/",
        "quality.view",
        findings.decide,
        "quality",
    ),
)
for page in PAGES:
    site.add_page(page)
