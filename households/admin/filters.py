"""Filters of the lists."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import MONITORING_SHOWN
from households.queries.monitoring import in_monitoring
from villages.admin.filters import TownshipFilter, places_of

__all__ = ["MonitoringFilter", "TownshipFilter", "places_of"]


class MonitoringFilter(admin.SimpleListFilter):
    """Narrow by the monitoring as it is shown."""

    title = _("monitoring")
    parameter_name = "monitoring_state"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return MONITORING_SHOWN

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return in_monitoring(queryset, [chosen]) if chosen else queryset
