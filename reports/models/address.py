"""Addresses outside the registry's users that may get reports without persons."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel
from reports.enums import AddressState


class OutsideAddress(VersionedModel):
    """The address of an office that is no user here: asked for by one person, allowed by another, and verified.

    It is verified by the link that was mailed there, or by another administrator who confirmed it with the office. A
    mail that comes back for good takes the verification away.
    """

    telling: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(_("office"), max_length=100)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"),
        max_length=10,
        default="zh-hans",
        choices=[("zh-hans", _("Simplified Chinese")), ("en", _("English"))],
    )
    purpose = models.CharField(_("what it gets reports for"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=AddressState.choices, default=AddressState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("asked for by"), related_name="+", db_index=False
    )
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, blank=True,
        related_name="+", db_index=False,
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    verified_at = models.DateTimeField(_("address verified at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("confirmed by"), null=True, blank=True,
        related_name="+", db_index=False,
    )  # fmt: skip
    bounced_at = models.DateTimeField(_("mail came back at"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("outside address")
        verbose_name_plural = _("outside addresses")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "tenant",
                Lower("email"),
                condition=Q(state__in=[AddressState.ASKED, AddressState.ALLOWED]),
                name="outsideaddress_once",
            ),
            models.CheckConstraint(name="outsideaddress_state_is_known", condition=Q(state__in=AddressState.values)),
            models.CheckConstraint(
                name="outsideaddress_decided_by_another",
                condition=Q(state=AddressState.ASKED, decided_by__isnull=True)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="outsideaddress_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="outsideaddress_verified_was_allowed",
                condition=Q(verified_at__isnull=True) | Q(state__in=[AddressState.ALLOWED, AddressState.WITHDRAWN]),
            ),
            models.CheckConstraint(
                name="outsideaddress_says_who_and_why", condition=~Q(name="") & ~Q(purpose="") & ~Q(email="")
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name

    @property
    def is_usable(self) -> bool:
        """Tell whether mail may go there."""
        return self.state == AddressState.ALLOWED and self.verified_at is not None
