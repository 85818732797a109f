"""A picture of the register: which day it shows, what was known, and its checksum."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from periods.enums import SnapshotPurpose, SnapshotState
from periods.models.period import Period
from registry.models import SentenceField
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class Snapshot(TenantModel):
    """The facts of the register as they stood on `as_of`, as known at `known_at` (none: when it was made).

    `scope_code` is the area that it shows: the county, or for a question a part of it. `taken_at` is the moment at
    which the register was read: what stood then is found again by asking as known at that moment. `checksum` is the
    SHA-256 over what its rows say, by household, person and village: the same facts give the same checksum. A made
    picture never changes; a correction of a period is the next edition. The county shares these rows: they name nobody.
    """

    purpose = models.CharField(_("purpose"), max_length=10, choices=SnapshotPurpose.choices)
    period = TenantForeignKey(Period, verbose_name=_("period"), null=True, blank=True, related_name="snapshots")
    edition = models.PositiveIntegerField(_("edition"), default=1)
    # Of a month: the picture of the month before, whose closing figures are its opening; none for the first month.
    former = TenantForeignKey("self", verbose_name=_("picture before"), null=True, blank=True, related_name="+")
    as_of = models.DateField(_("as the facts stood on"))
    known_at = models.DateTimeField(_("as known at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SnapshotState.choices, default=SnapshotState.MAKING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("asked for by"), null=True, blank=True,
        related_name="+", db_index=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), default=0)
    persons = models.PositiveIntegerField(_("persons"), default=0)
    villages = models.PositiveIntegerField(_("villages"), default=0)
    checksum = models.CharField(_("checksum"), max_length=64, blank=True)
    error_code = models.CharField(_("error code"), max_length=100, blank=True)
    error = SentenceField(_("why it failed"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["tenant", "period"], name="snapshot_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "period", "edition"],
                condition=Q(state=SnapshotState.MADE),
                name="snapshot_edition_once_a_period",
            ),
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(state=SnapshotState.MAKING, purpose=SnapshotPurpose.PERIOD),
                name="snapshot_one_freeze_at_a_time",
            ),
            models.CheckConstraint(name="snapshot_purpose_is_known", condition=Q(purpose__in=SnapshotPurpose.values)),
            models.CheckConstraint(name="snapshot_state_is_known", condition=Q(state__in=SnapshotState.values)),
            models.CheckConstraint(
                name="snapshot_made_has_its_checksum",
                condition=(Q(state=SnapshotState.MADE, made_at__isnull=False) & ~Q(checksum=""))
                | ~Q(state=SnapshotState.MADE),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d}"
