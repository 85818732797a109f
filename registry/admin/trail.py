"""The audit administrator's page: the events of the tenant, with filters; nothing in it can be changed."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override
from unfold.paginator import InfinitePaginator

from registry.admin.base import TenantModelAdmin
from registry.domain.audit_labels import object_label, verb_label
from registry.enums import Role
from registry.models import AuditEvent
from registry.queries.audit import events


class PeriodFilter(admin.SimpleListFilter):
    """The last day, week, month or year."""

    title = _("when")
    parameter_name = "days"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("Last 24 hours")), ("7", _("Last 7 days")), ("30", _("Last 30 days")), ("365", _("Last year"))]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        days = dict(self.lookup_choices).get(self.value() or "") and int(self.value() or 0)
        return queryset.filter(at__gte=timezone.now() - timedelta(days=days)) if days else queryset


class RoleFilter(admin.SimpleListFilter):
    """The role of whoever acted."""

    title = _("role")
    parameter_name = "role"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(role.value), role.label) for role in Role]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        return queryset.filter(role=self.value()) if self.value() else queryset


@admin.register(AuditEvent)
class AuditEventAdmin(TenantModelAdmin):
    """Events for reading: who, when, from where, what, to which object, in which fields, why."""

    view_action = "registry.view_audit"
    has_history: ClassVar[bool] = False
    list_display = ("seq", "at", "username", "role", "verb_name", "object_name", "object_count", "reason")
    list_display_links = ("seq",)
    list_filter = (PeriodFilter, RoleFilter)
    fields = (
        "seq", "at", "username", "user_id", "role", "origin", "verb_name", "verb", "object_name", "object_id",
        "object_count", "field_names", "digest", "reason",
    )  # fmt: skip
    search_fields = ("username", "verb")
    search_help_text = _("Beginning of a user name or verb, or the id of an object")
    paginator = InfinitePaginator
    ordering = ("-seq",)

    @admin.display(description=_("What was done"), ordering="verb")
    def verb_name(self, event: AuditEvent) -> str:
        """Show the verb in words."""
        return verb_label(event.verb)

    @admin.display(description=_("object"))
    def object_name(self, event: AuditEvent) -> str:
        """Show what kind of thing it was done to."""
        return object_label(event.object_type) or str(self.get_empty_value_display())

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        return events()

    @override
    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find an object by its id, or what begins with the term."""
        try:
            return queryset.filter(object_id=UUID(search_term.strip())), False
        except ValueError:
            return super().get_search_results(request, queryset, search_term)
