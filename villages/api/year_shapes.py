"""The yearly facts of a village as they come in and go out."""

from typing import Any, Final

from django.db import models
from rest_framework import serializers
from typing_extensions import override

from villages.models import FACILITIES, YEAR_FACTS, VillageYear

WHOLE: Final = (*FACILITIES, "collective_income_yuan")


def _field(name: str, **more: Any) -> serializers.Field[Any, Any, Any, Any]:
    column = VillageYear._meta.get_field(name)
    more |= {"allow_null": True, "help_text": str(getattr(column, "verbose_name", name))}
    if isinstance(column, models.BooleanField):
        return serializers.BooleanField(**more)
    if isinstance(column, models.DecimalField):
        return serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, **more)
    return serializers.IntegerField(min_value=0, max_value=10_000_000, **more)


class _OfYear(serializers.Serializer[Any]):
    year = serializers.IntegerField(min_value=2000, max_value=2100)


class VillageYearShape(_OfYear):
    """The ten facilities and the collective income of a year, whole: what is left out becomes unknown."""

    @override
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {name: _field(name, default=None) for name in WHOLE}


class VillageFactsShape(_OfYear):
    """Any facts of a year: those left out stay, null empties one."""

    @override
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {name: _field(name, required=False) for name in YEAR_FACTS}


class VillageYearRow(_OfYear):
    """The facts of a year; null means unknown."""

    @override
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {name: _field(name) for name in YEAR_FACTS}
