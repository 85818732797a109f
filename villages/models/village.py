"""The village."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel
from villages.models.place import is_a_place


class Village(VersionedModel):
    """An administrative village (行政村) of the county, under its division code."""

    code = models.CharField(_("division code"), max_length=12, db_collation="C")
    name = models.CharField(_("name"), max_length=100)
    priority_codes = ArrayField(
        models.CharField(max_length=20), verbose_name=_("priority categories"), default=list, blank=True
    )
    natural_village_count = models.PositiveSmallIntegerField(_("natural villages and groups"), null=True, blank=True)
    attribute_code = models.CharField(_("kind of village"), max_length=20, blank=True)
    direction_code = models.CharField(_("direction of development"), max_length=20, blank=True)
    terrain_code = models.CharField(_("terrain"), max_length=20, blank=True)
    longitude = models.DecimalField(_("longitude (degrees)"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("latitude (degrees)"), max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="village_code_once_a_tenant"),
            models.CheckConstraint(name="village_code_has_12_digits", condition=Q(code__regex=r"^\d{12}$")),
            models.CheckConstraint(name="village_scope_is_its_code", condition=Q(scope_code=F("code"))),
            is_a_place("village"),
        ]

    @override
    def __str__(self) -> str:
        return self.name
