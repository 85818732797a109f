"""The system administrator's pages: health, jobs and due work of each county; counties in service."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import DateField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.base import TenantModelAdmin
from registry.admin.site import SitePage, actor_at, site
from registry.domain.tenants import amend_county, open_county
from registry.models import DivisionEdition, Tenant
from registry.queries.health import missing_parts
from registry.queries.system import health_of_tenants, tenants_managed_by
from registry.tenancy.context import Actor


def system_page(request: HttpRequest) -> HttpResponse:
    """Show whether database and broker are there, and each county's jobs and overdue work."""
    tenants = health_of_tenants(actor_at(request))
    context = {
        **site.each_context(request),
        "title": _("System"),
        "missing": missing_parts(),
        "tenants": tenants,
        "failures": [(health.tenant, failure) for health in tenants for failure in health.failures],
        "editions": DivisionEdition.objects.all(),
    }
    return TemplateResponse(request, "registry/admin/system.html", context)


@admin.register(Tenant)
class TenantAdmin(TenantModelAdmin):
    """Counties in service."""

    view_action = "registry.view_system"
    add_action = change_action = "registry.manage_tenants"
    list_display = ("name", "code", "is_active", "opened_on")
    search_fields = ("code", "name")
    has_history: ClassVar[bool] = False

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Tenant]:
        return tenants_managed_by(actor_at(request))

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code", "name", "opened_on") if obj is None else ("name", "is_active", "office_contact")

    @override
    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, DateField):
            field.required = False
        return field

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> Tenant:
        return open_county(code=values["code"], name=values["name"], opened_on=values["opened_on"], actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> Tenant:
        return amend_county(
            record.pk,
            name=values["name"],
            is_active=values["is_active"],
            office_contact=values["office_contact"],
            actor=actor,
            version=version,
        )


site.add_page(
    SitePage("system", "system/", "registry.view_system", system_page, label=_("System"), icon="monitor_heart")
)
