"""The open findings of a household, on its own page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.households import HouseholdAdmin
from quality.models import Finding
from quality.queries.findings import worklist
from quality.queries.shown import wrong_shown
from registry.admin.base import TenantTabularInline
from registry.admin.site import actor_at


class FindingInline(TenantTabularInline):
    """What is wrong with the household and its members."""

    model = Finding
    view_action = "quality.view"
    fields = ("what_is_wrong", "severity", "due_on")
    readonly_fields = fields
    verbose_name_plural = _("open findings")

    @override
    def get_queryset(self, request: HttpRequest) -> Any:
        return worklist(actor_at(request))

    def what_is_wrong(self, finding: Finding) -> str:
        """Say it, and lead to the finding's page."""
        return format_html('<a href="{}">{}</a>', reverse("admin:finding", args=[finding.pk]), wrong_shown(finding))

    what_is_wrong.short_description = _("what is wrong")  # type: ignore[attr-defined]  # Django reads it from the function


HouseholdAdmin.inlines = (*HouseholdAdmin.inlines, FindingInline)
