"""The county's word that a named reader above it may look at persons for some days."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from oversight.enums import LookState
from registry.tenancy.models import VersionedModel


class LookGrant(VersionedModel):
    """A look at the persons behind published figures: whose, where, from when until when, and what for.

    One person of the county asks, another decides; either may withdraw it at any moment. `scope_code` is the county's
    own code, `area_code` the division whose households may be seen.
    """

    # The purpose and the reasons are words that people type.
    telling: ClassVar[tuple[str, ...]] = ("purpose", "reason")

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("reader"), related_name="+", db_index=False
    )
    area_code = models.CharField(_("area"), max_length=12, db_collation="C")
    purpose = models.CharField(_("purpose"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"))
    state = models.CharField(_("state"), max_length=10, choices=LookState.choices, default=LookState.ASKED)
    asked_by = models.UUIDField(_("asked for by"))
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    decided_by = models.UUIDField(_("decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("granted look at persons")
        verbose_name_plural = _("granted looks at persons")
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["tenant", "reader"], name="lookgrant_reader")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "reader", "area_code", "starts_on", "ends_on"],
                condition=Q(state__in=[LookState.ASKED, LookState.GIVEN]),
                name="lookgrant_once_at_a_time",
            ),
            models.CheckConstraint(name="lookgrant_state_is_known", condition=Q(state__in=LookState.values)),
            models.CheckConstraint(name="lookgrant_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(name="lookgrant_has_a_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(name="lookgrant_area_has_12_digits", condition=Q(area_code__regex=r"^\d{12}$")),
            models.CheckConstraint(
                name="lookgrant_decided_by_another",
                condition=Q(decided_by__isnull=True) | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("reader"))),
            ),
            models.CheckConstraint(
                name="lookgrant_decided_as_a_whole",
                condition=Q(state=LookState.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | Q(state=LookState.WITHDRAWN)
                | Q(
                    state__in=[LookState.GIVEN, LookState.REFUSED],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="lookgrant_withdrawn_has_its_moment",
                condition=Q(state=LookState.WITHDRAWN, withdrawn_at__isnull=False) | ~Q(state=LookState.WITHDRAWN),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.area_code} {self.starts_on}"

    def is_open_on(self, day: date) -> bool:
        """Tell whether the look is open on a day."""
        return self.state == LookState.GIVEN and self.starts_on <= day < self.ends_on
