"""Whom a partner helps."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.models.constraints import ends_not_before_start, no_overlap
from partners.models.partner import Partner
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel


class PartnerLink(VersionedModel):
    """A period in which a partner helps a household, or a whole village (百企帮百村), in the forms of `partner_form`.

    `ends_on` is the first day without it. One link a pair a day; other forms are another link from the day on which the
    former one ends.
    """

    partner = TenantForeignKey(Partner, verbose_name=_("partner"), related_name="links")
    household = TenantForeignKey(
        "households.Household", verbose_name=_("household"), null=True, blank=True, related_name="partner_links"
    )
    village = TenantForeignKey(
        "villages.Village", verbose_name=_("village"), null=True, blank=True, related_name="partner_links"
    )
    form_codes = ArrayField(models.CharField(max_length=20), verbose_name=_("forms of help"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    end_reason = models.CharField(_("why ended"), max_length=200, blank=True)

    telling: ClassVar = ("end_reason",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("link with a partner")
        verbose_name_plural = _("links with partners")
        ordering = ["partner", "-starts_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "partner"], name="partnerlink_partner"),
            models.Index(fields=["tenant", "household"], name="partnerlink_household"),
            models.Index(fields=["tenant", "village"], name="partnerlink_village"),
            models.Index(fields=["tenant", "-starts_on", "id"], name="partnerlink_list"),
            models.Index(fields=["tenant", "scope_code"], name="partnerlink_scope"),
        ]
        constraints = [
            no_overlap(
                "partnerlink_one_a_household_a_day", "partner", "household", condition=Q(household__isnull=False)
            ),
            no_overlap("partnerlink_one_a_village_a_day", "partner", "village", condition=Q(village__isnull=False)),
            ends_not_before_start("partnerlink"),
            models.CheckConstraint(
                name="partnerlink_has_a_household_or_a_village",
                condition=Q(household__isnull=False, village__isnull=True)
                | Q(household__isnull=True, village__isnull=False),
            ),
            models.CheckConstraint(name="partnerlink_has_a_form", condition=Q(form_codes__len__gt=0)),
            models.CheckConstraint(
                name="partnerlink_ends_with_a_reason",
                condition=Q(ends_on__isnull=True, end_reason="") | (Q(ends_on__isnull=False) & ~Q(end_reason="")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.starts_on)
