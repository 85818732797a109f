"""The unit that sends teams and helpers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel
from villages.enums import PAIRED_AID


class Unit(VersionedModel):
    """An authority, institution, enterprise or organisation that sends helpers or teams. Shared by the whole county.

    The check character of `uscc` is held by the database too (migration 0010), beside the sentence of the domain.
    """

    name = models.CharField(_("name"), max_length=100)
    kind_code = models.CharField(_("kind of unit"), max_length=20, blank=True, default="", db_default="")
    level_code = models.CharField(_("level"), max_length=20, blank=True)
    paired_province_code = models.CharField(
        _("paired-aid province"), max_length=20, blank=True, default="", db_default=""
    )
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="unit_name_once_a_tenant"),
            models.CheckConstraint(name="unit_name_is_given", condition=~Q(name="")),
            # GB 32100-2015: 18 characters, without the letters I, O, S, V and Z.
            models.CheckConstraint(
                name="unit_uscc_has_its_shape", condition=Q(uscc="") | Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$")
            ),
            models.CheckConstraint(
                name="unit_paired_aid_has_its_province",
                condition=Q(kind_code=PAIRED_AID) & ~Q(paired_province_code="")
                | ~Q(kind_code=PAIRED_AID) & Q(paired_province_code=""),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name
