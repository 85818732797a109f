"""Who helps households beside helpers and teams."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.models.constraints import ends_not_before_start, no_overlap, sealed_with_index
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel


class Partner(VersionedModel):
    """An organisation or a person whose business reaches households. Shared by the whole county.

    An enterprise, a cooperative or a social organisation (百企帮百村), an income leader (致富带头人) or a technical
    specialist (科技特派员), by the list `partner_kind`; `is_person` follows from what stands above the kind there. An
    organisation has a credit code and a contact, a person a skill and, if sent by one, a unit. `division_code` is where
    it works: a village, a township or the county. The check character of `uscc` is held by the database too. One that
    comes back after its end is another row, of another period.
    """

    name = models.CharField(_("name"), max_length=100)
    kind_code = models.CharField(_("kind of partner"), max_length=20)
    is_person = models.BooleanField(_("a person"), editable=False)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    skill = models.CharField(_("skill"), max_length=60, blank=True)
    unit = TenantForeignKey("villages.Unit", verbose_name=_("unit"), related_name="partners", null=True, blank=True)
    division_code = models.CharField(_("works in (division)"), max_length=12)
    phone_sealed = models.BinaryField(_("telephone"), null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True, editable=False)
    end_reason = models.CharField(_("why ended"), max_length=200, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name", "division_code", "phone_index"],
                name="partner_once_by_name_place_and_phone",
                condition=Q(ends_on__isnull=True),
                nulls_distinct=False,
            ),
            no_overlap("partner_uscc_once_a_day", "uscc", condition=~Q(uscc="")),
            models.CheckConstraint(name="partner_name_is_given", condition=~Q(name="")),
            models.CheckConstraint(name="partner_kind_is_given", condition=~Q(kind_code="")),
            models.CheckConstraint(name="partner_division_is_one", condition=Q(division_code__regex=r"^[0-9]{12}$")),
            # GB 32100-2015: 18 characters, without the letters I, O, S, V and Z.
            models.CheckConstraint(
                name="partner_uscc_has_its_shape", condition=Q(uscc="") | Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$")
            ),
            models.CheckConstraint(
                name="partner_is_person_or_organisation",
                condition=Q(is_person=True, uscc="", contact_name="") | Q(is_person=False, skill="", unit__isnull=True),
            ),
            sealed_with_index("partner", "phone"),
            ends_not_before_start("partner"),
        ]

    @override
    def __str__(self) -> str:
        return self.name
