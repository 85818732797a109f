"""A unit that an authority can send."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from planning.enums import Need
from registry.tenancy.models import VersionedModel
from villages.enums import PAIRED_AID
from villages.models.place import is_a_place


class DispatchUnit(VersionedModel):
    """A unit with how many teams it can send, and what it is good at; of the authority in `scope_code`.

    Rows of prefecture and region lie in the platform's tenant and are seen within their division alone.
    """

    name = models.CharField(_("name"), max_length=100)
    kind_code = models.CharField(_("kind of unit"), max_length=20, blank=True, default="", db_default="")
    level_code = models.CharField(_("level"), max_length=20)
    paired_province_code = models.CharField(
        _("paired-aid province"), max_length=20, blank=True, default="", db_default=""
    )
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    capacity = models.PositiveSmallIntegerField(_("teams it can send"), default=1)
    strength = models.PositiveSmallIntegerField(
        _("strength (0 to 100)"),
        default=50,
        help_text=_("What the unit can bring in people and means, as the authority rates it."),
    )
    skills = ArrayField(
        models.CharField(max_length=10, choices=Need.choices), verbose_name=_("good at"), default=list, blank=True
    )
    longitude = models.DecimalField(_("longitude (degrees)"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("latitude (degrees)"), max_digits=9, decimal_places=6, null=True, blank=True)
    is_active = models.BooleanField(_("takes part"), default=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("unit to be sent")
        verbose_name_plural = _("units to be sent")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "scope_code", "name"], name="dispatchunit_name_once"),
            models.CheckConstraint(name="dispatchunit_name_is_given", condition=~Q(name="")),
            models.CheckConstraint(name="dispatchunit_strength_is_a_share", condition=Q(strength__lte=100)),
            # More teams than a region has villages in one county would be a slip of the pen. Source: house rule.
            models.CheckConstraint(name="dispatchunit_capacity_is_plausible", condition=Q(capacity__lte=500)),
            models.CheckConstraint(
                name="dispatchunit_skills_are_known", condition=Q(skills__contained_by=sorted(Need.values))
            ),
            models.CheckConstraint(
                name="dispatchunit_paired_aid_has_its_province",
                condition=Q(kind_code=PAIRED_AID) & ~Q(paired_province_code="")
                | ~Q(kind_code=PAIRED_AID) & Q(paired_province_code=""),
            ),
            is_a_place("dispatchunit"),
        ]

    @override
    def __str__(self) -> str:
        return self.name
