"""A policy that a county makes of its own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from entitlements.enums import PolicyObject
from registry.enums import Sector
from registry.tenancy.models import VersionedModel


class CountyPolicy(VersionedModel):
    """A policy of the county's own: who is due, who receives, and of whom it may be said that it is not due.

    `conditions` holds for each of the three parts a list of fact, comparison and value, out of the choice of
    `entitlements.definitions.own`. Shared by the whole county. Its findings keep the version by which they were found.
    """

    code = models.CharField(_("code"), max_length=20, db_collation="C", editable=False)
    name = models.CharField(_("name"), max_length=60)
    object = models.CharField(_("who is entitled"), max_length=10, choices=PolicyObject.choices)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, blank=True)
    due_words = models.CharField(_("what is said of who is due and does not receive"), max_length=200)
    received_words = models.CharField(_("what is said of who receives and is not due"), max_length=200)
    conditions = models.JSONField(_("conditions"))
    source = models.CharField(_("source of the policy"), max_length=200)
    from_year = models.PositiveSmallIntegerField(_("from the year"))
    until_year = models.PositiveSmallIntegerField(_("until the year"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("policy of the county")
        verbose_name_plural = _("policies of the county")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="countypolicy_code_once"),
            models.UniqueConstraint(fields=["tenant", "name"], name="countypolicy_name_once"),
            models.CheckConstraint(name="countypolicy_code_is_one", condition=Q(code__regex=r"^own_[0-9a-f]{8}$")),
            models.CheckConstraint(
                name="countypolicy_says_what",
                condition=~Q(name="") & ~Q(due_words="") & ~Q(received_words="") & ~Q(source=""),
            ),
            models.CheckConstraint(name="countypolicy_object_is_known", condition=Q(object__in=PolicyObject.values)),
            models.CheckConstraint(
                name="countypolicy_years_in_order",
                condition=Q(from_year__gte=2014, from_year__lte=2100)
                & (Q(until_year__isnull=True) | Q(until_year__gte=F("from_year"), until_year__lte=2100)),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name
