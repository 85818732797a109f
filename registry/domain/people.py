"""People who log in and what they may be: the security administrator's verbs.

They are done in the scope of the platform or of a county; their events stand in that tenant's trail. No one grants
anything to themselves, and no one holds two of the three administrators' powers.
"""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from registry import audit
from registry.access import require
from registry.enums import ADMINISTRATORS, Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.gbcode import Level, level_of, subtree
from registry.models import PLATFORM_TENANT_ID, Membership, Tenant, User
from registry.queries.people import valid_on
from registry.tenancy.context import Actor

VERIFY_SALT = "registry.verify-email"
VERIFY_SECONDS = 3 * 24 * 3600
READERS = frozenset({Role.PREFECTURE_READER, Role.PROVINCE_READER})


def create_user(
    *, username: str, name: str, password: str, actor: Actor, email: str = "", language: str = "zh-hans"
) -> User:
    """Make a user who may log in but has no membership yet. The address is unverified.

    Raises: NotAllowed; DomainError for a name that is taken or a weak password.
    """
    require(actor, "registry.manage_people")
    username = username.strip().lower()
    if not username or User.objects.filter(username=username).exists():
        message = _("This user name is empty or taken. Choose another.")
        raise DomainError("people.username_taken", message, field="username")
    user = User(username=username, name=name.strip(), email=_checked_email(email), language=language)
    set_password(user, password)
    user.save()
    audit.record("registry.create_user", actor=actor, object_type="registry.user", reason=username)
    return user


def set_password(user: User, password: str) -> None:
    """Set a password that is strong enough; the caller saves. Raises: DomainError with what is missing."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise DomainError("people.weak_password", " ".join(error.messages), field="password") from error
    user.set_password(password)


def amend_user(user_id: UUID, *, name: str, email: str, language: str, is_active: bool, actor: Actor) -> User:
    """Change name, address, language, and whether the user may log in; a new address is unverified.

    Raises: NotAllowed; NotFound; DomainError.
    """
    require(actor, "registry.manage_people")
    user = _locked_user(user_id)
    if user.pk == actor.user_id and not is_active:
        raise NotAllowed("people.self", _("No one may lock themselves out. Ask another security administrator."))
    email = _checked_email(email)
    if email != user.email:
        user.email, user.email_verified_at = email, None
    user.name, user.language, user.is_active = name.strip(), language, is_active
    user.save(update_fields=["name", "email", "email_verified_at", "language", "is_active"])
    audit.record("registry.amend_user", actor=actor, object_type="registry.user", reason=user.username)
    return user


def reset_password(user_id: UUID, password: str, *, actor: Actor) -> User:
    """Give a user a new password and lift a lock. Raises: NotAllowed; NotFound; DomainError."""
    require(actor, "registry.manage_people")
    user = _locked_user(user_id)
    set_password(user, password)
    user.failed_logins, user.locked_until = 0, None
    user.save(update_fields=["password", "failed_logins", "locked_until"])
    audit.record("registry.reset_password", actor=actor, object_type="registry.user", reason=user.username)
    return user


def grant_membership(
    user: User,
    *,
    tenant: Tenant,
    role: Role,
    division_code: str,
    starts_on: date,
    actor: Actor,
    ends_on: date | None = None,
    sector: str = "",
) -> Membership:
    """Let a user work in a role in a tenant, for one division and a period (`ends_on` is the first day without it).

    Raises: NotAllowed for a grant to oneself, or of a second administrator's power; Conflict when it is granted
    already; DomainError for a division that is not the tenant's.
    """
    require(actor, "registry.grant_membership")
    if user.pk == actor.user_id:
        raise NotAllowed("people.self", _("No one grants anything to themselves. Ask another security administrator."))
    _refuse_second_power(user, role)
    _check_division(tenant, role, division_code)
    _check_period(starts_on, ends_on)
    if bool(sector) != (role == Role.SECTOR_CLERK):
        message = _("A sector clerk has a sector, and nobody else has one.")
        raise DomainError("people.sector", message, field="sector")
    same = Membership.objects.filter(user=user, tenant=tenant, role=role, division_code=division_code)
    if same.filter(valid_on(starts_on)).exists():
        raise Conflict("people.granted_already", _("The user has this membership on that day already."))
    membership = Membership.objects.create(
        user=user,
        tenant=tenant,
        role=role,
        division_code=division_code,
        sector=sector,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by_id=actor.user_id,
    )
    audit.record(
        "registry.grant_membership",
        actor=actor,
        object_type="registry.membership",
        reason=f"{user.username} {role} {tenant.code} {division_code}",
    )
    return membership


def end_membership(membership_id: UUID, *, on: date, actor: Actor) -> Membership:
    """End a membership; `on` is the first day without it. Raises: NotAllowed; NotFound; DomainError."""
    require(actor, "registry.end_membership")
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user")
    membership = rows.filter(pk=membership_id).first()
    if membership is None:
        raise NotFound("people.no_membership", _("There is no such membership."))
    if on <= membership.starts_on:
        raise DomainError("people.period", _("A membership ends after the day it begins."), field="on")
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    audit.record(
        "registry.end_membership",
        actor=actor,
        object_type="registry.membership",
        reason=f"{membership.user.username} {membership.role} {membership.division_code}",
    )
    return membership


def _refuse_second_power(user: User, role: Role) -> None:
    """Keep the three powers apart: a holder of one gets no other, nor an office's role beside it."""
    held = set(Membership.objects.filter(valid_on(timezone.localdate()), user=user).values_list("role", flat=True))
    powers = held & {str(power) for power in ADMINISTRATORS}
    if (powers and str(role) not in powers) or (role in ADMINISTRATORS and held - {str(role)}):
        raise NotAllowed(
            "people.separate_powers",
            _("The three administrators' powers and the offices' roles are kept apart: give this to another user."),
        )


def _check_division(tenant: Tenant, role: Role, code: str) -> None:
    """Hold the division to the tenant: readers' to the platform, all others to the county or below."""
    level = level_of(code)
    if role in READERS:
        fits = tenant.id == PLATFORM_TENANT_ID and level in {Level.PROVINCE, Level.PREFECTURE}
    elif tenant.id == PLATFORM_TENANT_ID:
        fits = role in ADMINISTRATORS
    else:
        fits = subtree(tenant.code).contains(code)
    if not fits:
        message = _(
            "This division does not belong to that tenant and role. Choose one of the county, or of the platform."
        )
        raise DomainError("people.division", message, field="division_code")


def _check_period(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on <= starts_on:
        raise DomainError("people.period", _("A membership ends after the day it begins."), field="ends_on")


def _locked_user(user_id: UUID) -> User:
    user = User.objects.select_for_update(of=("self",)).filter(pk=user_id).first()
    if user is None:
        raise NotFound("people.no_user", _("There is no such user."))
    return user


def _checked_email(email: str) -> str:
    email = email.strip()
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise DomainError("people.email", _("This is no e-mail address."), field="email") from error
    return email


# --- the address ------------------------------------------------------------------------------------------------------
def send_verification(user: User) -> None:
    """Mail a link that verifies the address; it holds for three days and for this address only."""
    token = signing.dumps([str(user.pk), user.email], salt=VERIFY_SALT)
    link = f"{settings.BASE_URL}{reverse('verify-email', args=[token])}"
    with override(user.language):
        EmailMessage(
            subject=str(_("Verify your address for the registry")),
            body=str(_("Open this link within three days to receive reports at this address:")) + f"\n\n{link}\n",
            to=[user.email],
        ).send()


def verify_email(token: str) -> User:
    """Mark the address of the link as verified. Raises: DomainError for a link that is old, foreign or out of date."""
    message = _("This link is no longer valid. Ask the security administrator for a new one.")
    try:
        user_id, email = signing.loads(token, salt=VERIFY_SALT, max_age=VERIFY_SECONDS)
    except signing.BadSignature as error:
        raise DomainError("people.bad_link", message) from error
    user = User.objects.filter(pk=user_id, email=email, is_active=True).first()
    if user is None:
        raise DomainError("people.bad_link", message)
    User.objects.filter(pk=user.pk, email_verified_at__isnull=True).update(email_verified_at=timezone.now())
    return user
