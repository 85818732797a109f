"""Figures of a day that boards keep by village, and the marks of what changed since."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import TenantModel


class Tally(TenantModel):
    """What boards counted in a village on a day: `figures` holds the numbers of each board by its name.

    It holds while it is of today and no `TallyMark` of its village stands.
    """

    day = models.DateField(_("day"))
    figures = models.JSONField(_("figures"), default=dict)

    class Meta(TenantModel.Meta):
        verbose_name = _("tally of a village")
        verbose_name_plural = _("tallies of villages")
        ordering = ["scope_code"]
        constraints = [models.UniqueConstraint(fields=["tenant", "scope_code"], name="tally_once_a_village")]

    @override
    def __str__(self) -> str:
        return f"{self.scope_code} {self.day}"


class TallyMark(TenantModel):
    """Something that boards count changed in a village; triggers write it, whoever counts anew takes it away."""

    # No foreign key: the tenant is that of the row that changed, and a check for each mark is dear.
    tenant = models.ForeignKey(
        "registry.Tenant",
        models.PROTECT,
        verbose_name=_("tenant"),
        editable=False,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("mark of a change in a village")
        verbose_name_plural = _("marks of changes in villages")
        ordering = ["scope_code", "id"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="tallymark_scope")]

    @override
    def __str__(self) -> str:
        return self.scope_code
