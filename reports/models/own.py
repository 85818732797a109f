"""A list that an office put together itself."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel
from reports.enums import RowLevel


class OwnReport(VersionedModel):
    """Columns, conditions, order and grouping of a list over a picture of the register, shared in the county.

    Columns are named by their keys (docs/catalogue.md); `filters` holds a list of column, operator and values, `sort`
    keys with a minus for the reverse. With `groups` it counts rows by the values of those columns instead of listing
    them. `scope_code` is the county's own code.
    """

    # A name that people type and a value that they compare with: neither is asked for a person's.
    telling: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("a row for each"), max_length=10, choices=RowLevel.choices)
    columns = ArrayField(models.CharField(max_length=60), verbose_name=_("columns"), default=list, blank=True)
    filters = models.JSONField(_("conditions"), default=list, blank=True)
    sort = ArrayField(models.CharField(max_length=61), verbose_name=_("order"), default=list, blank=True)
    groups = ArrayField(models.CharField(max_length=60), verbose_name=_("counted by"), default=list, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    made_by = models.UUIDField(_("made by"), null=True, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("own report")
        verbose_name_plural = _("own reports")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name"], condition=Q(is_active=True), name="ownreport_name_once_a_tenant"
            ),
            models.CheckConstraint(name="ownreport_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="ownreport_level_is_known", condition=Q(level__in=RowLevel.values)),
            models.CheckConstraint(
                name="ownreport_shows_something", condition=Q(columns__len__gte=1) | Q(groups__len__gte=1)
            ),
            models.CheckConstraint(name="ownreport_counts_by_two_at_most", condition=Q(groups__len__lte=2)),
        ]

    @override
    def __str__(self) -> str:
        return self.name
