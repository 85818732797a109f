"""Villages and units."""

from typing import Any

import factory

from tests.factories.tenants import VILLAGE_CODE
from villages.models import Unit, Village


class VillageFactory(factory.django.DjangoModelFactory):
    """A village of the first county; the same code gives the same row."""

    class Meta:
        model = Village
        django_get_or_create = ("code",)

    code = VILLAGE_CODE
    scope_code = factory.SelfAttribute("code")
    name = factory.LazyAttribute(lambda village: f"示例{village.code[6:]}村")

    @classmethod
    def _get_or_create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        """Look in the scope's tenant."""
        found = model_class.objects.filter(code=kwargs["code"]).first()
        return found or model_class.objects.create(**kwargs)


class UnitFactory(factory.django.DjangoModelFactory):
    """A unit of the county."""

    class Meta:
        model = Unit

    name = factory.Sequence(lambda number: f"示例县单位{number:03}")
    level_code = "4"
    scope_code = "549901000000"
