"""The open findings of a household, on its own page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.households import HouseholdAdmin
from quality.models import Finding
from quality.queries.findings import open_findings_of, worklist
from quality.queries.shown import wrong_of_many
from registry.admin.base import TenantTabularInline
from registry.admin.site import actor_at


class FindingInline(TenantTabularInline):
    """What is wrong with the household and its members."""

    model = Finding
    view_action = "quality.view"
    fields = ("what_is_wrong", "severity", "due_on")
    readonly_fields = fields
    verbose_name_plural = _("open findings")

    words: Mapping[UUID, str] = MappingProxyType({})

    @override
    def get_queryset(self, request: HttpRequest) -> Any:
        self.actor = actor_at(request)
        return worklist(self.actor)

    def what_is_wrong(self, finding: Finding) -> str:
        """Say it, and lead to the finding's page."""
        if finding.pk not in self.words and finding.household_id is not None:
            # An inline is made anew for each page: all its findings are put in words at once.
            self.words = wrong_of_many(open_findings_of(finding.household_id, actor=self.actor))
        words = self.words.get(finding.pk, str(finding))
        return format_html('<a href="{}">{}</a>', reverse("admin:finding", args=[finding.pk]), words)

    what_is_wrong.short_description = _("what is wrong")  # type: ignore[attr-defined]  # Django reads it from the function


HouseholdAdmin.inlines = (*HouseholdAdmin.inlines, FindingInline)
