"""Filters of the lists, for this app and those above it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.site import actor_at
from registry.lib.gbcode import Level, ancestor_at
from registry.queries.divisions import division_names
from villages.models import Village
from villages.queries.teams import in_division


def places_of(chosen: str) -> list[tuple[str, str]]:
    """Give the townships of the villages in scope; when one is chosen or there is only one, its villages too."""
    villages = list(Village.objects.order_by("code").values_list("code", "name"))
    townships = sorted({ancestor_at(code, Level.TOWNSHIP) for code, _name in villages})
    names = division_names(townships)
    within = chosen or (townships[0] if len(townships) == 1 else "")
    below = [(code, f"– {name}") for code, name in villages if within and code[:9] == within[:9]]
    return [*((code, names.get(code, code)) for code in townships), *below]


class TownshipFilter(admin.SimpleListFilter):
    """Narrow by township, or within one by village: the codes of the villages that the person at work sees."""

    title = _("Township or village")
    parameter_name = "division"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the townships; when one is chosen or there is only one, its villages too."""
        return places_of(str(self.value() or ""))

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Compare code ranges."""
        actor_at(request)
        code = str(self.value() or "")
        return in_division(queryset, code) if code else queryset
