"""People and machines that log in, what they may be where, and their tokens. All are platform tables."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.enums import Role, Sector
from registry.tenancy.models import new_id


class UserManager(BaseUserManager["User"]):
    """Find people by their user name, whatever its case."""

    @override
    def get_by_natural_key(self, username: str | None) -> "User":
        """Find the user of that name."""
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who logs in, or a machine that holds tokens. Rights come from memberships and the rules table alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    email = models.EmailField(_("e-mail address"), blank=True)
    email_verified_at = models.DateTimeField(_("address verified at"), null=True, blank=True, editable=False)
    # A mail came back from it for good; cleared when the address is changed or verified again.
    email_bounced_at = models.DateTimeField(_("mail came back at"), null=True, blank=True, editable=False)
    language = models.CharField(
        _("language"),
        max_length=10,
        default="zh-hans",
        choices=[("zh-hans", _("Simplified Chinese")), ("en", _("English"))],
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    failed_logins = models.PositiveSmallIntegerField(_("failed logins in a row"), default=0, editable=False)
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(name="user_username_is_lower_case", condition=models.Q(username=Lower("username"))),
        ]

    @override
    def __str__(self) -> str:
        return self.username

    # Django's admin asks these four; the rules table decides, so they say nothing of rights.
    @property
    def is_staff(self) -> bool:
        """Let the admin site's door decide by memberships."""
        return self.is_active

    @property
    def is_superuser(self) -> bool:
        """There is no superuser."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's permissions have no effect."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Django's permissions have no effect."""
        return False


class Membership(models.Model):
    """A person in one role in one tenant, for one division and a period (`ends_on` is the first day without it)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("user"), related_name="memberships")
    tenant = models.ForeignKey("registry.Tenant", models.PROTECT, verbose_name=_("tenant"), related_name="memberships")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    division_code = models.CharField(_("division"), max_length=12, db_collation="C")
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("granted by"), null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "tenant", "role", "division_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "tenant", "role", "sector", "division_code", "starts_on"], name="membership_once"
            ),
            models.CheckConstraint(
                # Both days the same: granted, and taken back before it began.
                name="registry_membership_ends_not_before_start",
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="membership_sector_for_sector_clerk",
                condition=(models.Q(role=Role.SECTOR_CLERK) & ~models.Q(sector=""))
                | (~models.Q(role=Role.SECTOR_CLERK) & models.Q(sector="")),
            ),
            models.CheckConstraint(
                name="membership_division_has_12_digits", condition=models.Q(division_code__regex=r"^\d{12}$")
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class ApiToken(models.Model):
    """A token of a machine client, or of a person's program; only its SHA-256 digest is kept.

    It works under one tenant and role: all memberships of its user there count.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("user"), related_name="tokens")
    tenant = models.ForeignKey("registry.Tenant", models.PROTECT, verbose_name=_("tenant"), related_name="+")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    label = models.CharField(_("purpose"), max_length=100)
    prefix = models.CharField(_("begins with"), max_length=8)
    digest = models.BinaryField(_("digest"), max_length=32, unique=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-created_at"]

    @override
    def __str__(self) -> str:
        return self.label
