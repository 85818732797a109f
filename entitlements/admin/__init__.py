"""Pages of what is due and received on the admin site."""

from django.utils.translation import gettext_lazy as _

from entitlements.admin import findings, households, own, policies
from registry.admin.site import SitePage, site

__all__ = ["households"]

_APP, _VIEW, _ANSWER = "entitlements", "entitlements.view", "entitlements.answer"
_ONE = "entitlements/<uuid:entitlement_id>/"

PAGES = (
    SitePage("entitlements", "entitlements/", _VIEW, findings.worklist_page, _APP, _("Due and received"), "fact_check"),
    SitePage(
        "entitlement-figures",
        "entitlements/figures/",
        _VIEW,
        findings.figures_page,
        _APP,
        _("Due and received: counts"),
        "monitoring",
    ),
    SitePage("policies", "entitlements/policies/", _VIEW, policies.policies_page, _APP, _("Policies"), "policy"),
    SitePage("own-policy-add", "entitlements/policies/own/add/", "entitlements.set_figures", own.own_policy_add, _APP),
    SitePage(
        "own-policy",
        "entitlements/policies/own/<uuid:county_policy_id>/",
        "entitlements.set_figures",
        own.own_policy,
        _APP,
    ),
    SitePage("policy", "entitlements/policies/<slug:code>/", _VIEW, policies.policy_page, _APP),
    SitePage("entitlements-answer", "entitlements/answer/", _ANSWER, findings.answer_many, _APP),
    SitePage("entitlements-run", "entitlements/run/", "entitlements.ask_run", findings.ask_run, _APP),
    SitePage("entitlement", _ONE, _VIEW, findings.finding_page, _APP),
    SitePage("entitlement-answer", f"{_ONE}answer/", _ANSWER, findings.answer_page, _APP),
    SitePage("entitlement-withdraw", f"{_ONE}withdraw/", _ANSWER, findings.withdraw_page, _APP),
)
for page in PAGES:
    site.add_page(page)
