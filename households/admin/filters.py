"""Filters of the lists."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import MONITORING_SHOWN, Stock
from households.models import Household
from households.queries.lists import in_stock, to_be_lifted
from households.queries.monitoring import in_monitoring
from registry.domain.codes import code_list
from registry.lib.periods import today
from villages.admin.filters import TownshipFilter, places_of

__all__ = [
    "CategoryFilter",
    "CauseFilter",
    "MonitoringFilter",
    "StockFilter",
    "ToBeLiftedFilter",
    "TownshipFilter",
    "places_of",
]


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


class ToBeLiftedFilter(admin.SimpleListFilter):
    """Narrow to the households that are planned to be lifted this year, or the next one."""

    title = _("To be lifted")
    parameter_name = "lifting"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        year = today().year
        return [(str(one), str(one)) for one in (year, year + 1)]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Household]) -> QuerySet[Household]:
        chosen = str(self.value() or "")
        return to_be_lifted(queryset, int(chosen)) if chosen in dict(self.lookup_choices) else queryset


class StockFilter(admin.SimpleListFilter):
    """Narrow to one of the three stocks of the clear account."""

    title = _("Stock")
    parameter_name = "stock"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Stock.choices

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Household]) -> QuerySet[Household]:
        chosen = str(self.value() or "")
        return in_stock(queryset, chosen) if chosen in Stock.values else queryset


class _CodeFilter(admin.SimpleListFilter):
    """Narrow by a code; `none` finds those that have none."""

    scheme = ""
    column = ""

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        listed = code_list(self.scheme)
        return [*((code, listed.label_of(code)) for code in listed.entries), ("none", str(_("not stated")))]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Household]) -> QuerySet[Household]:
        chosen = str(self.value() or "")
        if chosen not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(**{self.column: "" if chosen == "none" else chosen})


class CauseFilter(_CodeFilter):
    """Narrow by the main cause of poverty."""

    title = _("main cause")
    parameter_name = "main_cause"
    scheme, column = "poverty_cause", "main_cause_code"


class CategoryFilter(_CodeFilter):
    """Narrow by the category of monitoring."""

    title = _("Category of monitoring")
    parameter_name = "category"
    scheme, column = "monitoring_category", "monitoring_code"
