"""The visit of a helper."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.models.helper import Helper
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

# The day on which the row was written, as the register counts days.
_WRITTEN_ON: Final = Func(
    F("updated_at"),
    template="((%(expressions)s) AT TIME ZONE 'Asia/Shanghai')::date",
    output_field=models.DateField(),
)


class HelpVisit(VersionedModel):
    """A helper's visit to a household (帮扶走访): when, where, what was found, and how the household confirmed it.

    Apart from the visit of the form (`households.Visit`), which is the head of the facts that a collector wrote down.
    A visit entered in error stays on file with `withdrawn_on` and counts nowhere.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="help_visits")
    helper = TenantForeignKey(Helper, verbose_name=_("helper"), related_name="visits")
    visited_on = models.DateField(_("visited on"))
    place_code = models.CharField(_("place"), max_length=20)
    confirmation_code = models.CharField(_("confirmed by the household"), max_length=20)
    found = models.CharField(_("what was found"), max_length=500, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    telling: ClassVar = ("found",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("help visit")
        verbose_name_plural = _("help visits")
        ordering = ["household", "-visited_on", "-id"]
        indexes = [
            models.Index(fields=["tenant", "household", "visited_on"], name="helpvisit_household"),
            models.Index(fields=["tenant", "visited_on", "household"], name="helpvisit_day"),
            models.Index(fields=["tenant", "helper", "visited_on"], name="helpvisit_helper"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "household", "helper", "visited_on"],
                name="helpvisit_once_a_day",
                condition=Q(withdrawn_on__isnull=True),
            ),
            models.CheckConstraint(
                name="helpvisit_is_not_in_the_future",
                condition=Q(visited_on__lte=_WRITTEN_ON),
            ),
            models.CheckConstraint(
                name="helpvisit_has_its_codes", condition=~Q(place_code="") & ~Q(confirmation_code="")
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.visited_on)
