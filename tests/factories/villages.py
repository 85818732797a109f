# The declarations of factory_boy carry no types.
# mypy: disable-error-code="no-untyped-call"
"""Villages and units."""

from factory.declarations import LazyAttribute, SelfAttribute, Sequence
from factory.django import DjangoModelFactory

from tests.factories.tenants import VILLAGE_CODE
from villages.models import Unit, Village


class VillageFactory(DjangoModelFactory[Village]):
    """A village of the first county; the same code gives the same row."""

    class Meta:
        model = Village
        django_get_or_create = ("code",)

    code = VILLAGE_CODE
    scope_code = SelfAttribute("code")
    name = LazyAttribute(lambda village: f"示例{village.code[6:]}村")


class UnitFactory(DjangoModelFactory[Unit]):
    """A unit of the county."""

    class Meta:
        model = Unit

    name = Sequence(lambda number: f"示例县单位{number:03}")
    level_code = "4"
    scope_code = "549901000000"
