"""What is open of a household, on its own page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from entitlements.models import EntitlementFinding
from entitlements.queries.findings import worklist
from entitlements.queries.words import policy_name
from households.admin.households import HouseholdAdmin
from registry.admin.base import TenantTabularInline
from registry.admin.site import actor_at


class EntitlementInline(TenantTabularInline):
    """What the household is due and does not receive, or receives and is not due."""

    model = EntitlementFinding
    view_action = "entitlements.view"
    fields = ("policy", "kind", "first_seen_on")
    readonly_fields = fields
    verbose_name_plural = _("due and received")

    @override
    def get_queryset(self, request: HttpRequest) -> Any:
        return worklist(actor_at(request))

    def policy(self, finding: EntitlementFinding) -> str:
        """Name the policy, and lead to the finding's page."""
        address = reverse("admin:entitlement", args=[finding.pk])
        return format_html('<a href="{}">{}</a>', address, policy_name(finding.policy_code))

    policy.short_description = _("policy")  # type: ignore[attr-defined]  # Django reads it from the function


HouseholdAdmin.inlines = (*HouseholdAdmin.inlines, EntitlementInline)
