"""Accounts of people and machines: create, amend, set passwords, verify addresses.

An account is a row outside the tenants. Its events are written in the tenant of whoever acts, and what people do to
their own account without being at work in a tenant in the platform's.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.domain.passwords import check_link, check_password_rules, password_links
from registry.domain.throttle import count_guess, require_guesses_left
from registry.domain.versions import stale_version
from registry.enums import ADMINISTRATORS, Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.lib.text import clean_name
from registry.models import PLATFORM_TENANT_ID, Tenant, User
from registry.queries.people import present_roles, users_managed_by, works_elsewhere
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope

USERNAME: Final = re.compile(r"[a-z][a-z0-9._-]{2,39}")
MOST_DIGITS: Final = 8
EMAIL_SALT: Final = "registry.verify_email"
EMAIL_LINK_SECONDS: Final = 3 * 24 * 3600
LANGUAGES: Final = frozenset({"zh-hans", "en"})


def create_user(
    *, username: str, name: str, actor: Actor, email: str = "", language: str = "zh-hans", password: str | None = None
) -> User:
    """Open an account without any membership; without a password its holder sets one by a link.

    Raises: NotAllowed; Conflict when the user name is taken; DomainError with the field at fault.
    """
    require(actor, "registry.create_user")
    user = User(username=_username(username), name=clean_name(name), email=_email(email), language=_language(language))
    if not user.name:
        raise DomainError("user.no_name", _("Enter the person's name."), field="name")
    if password is None:
        user.set_unusable_password()
    else:
        check_password_rules(password, user, field="password")
        user.set_password(password)
    try:
        with savepoint():
            user.save(force_insert=True)
    except IntegrityError as error:
        message = _("This user name is taken. Choose another one.")
        raise Conflict("user.name_taken", message, field="username") from error
    _note("registry.create_user", user, actor=actor, about=user.username)
    return user


def amend_user(user_id: UUID, values: Mapping[str, Any], *, actor: Actor, version: int) -> User:
    """Change name, address, language of another's account still at `version`, or close and open it.

    A new address is unverified. An older form would open an account again that was closed meanwhile.

    The address of an administrator is changed by its holder alone: a link for a new password goes there.
    Locks: the user. Raises: NotFound; NotAllowed; StaleVersion; DomainError with the field at fault.
    """
    user = _managed(user_id, actor)
    if user.version != version:
        raise stale_version()
    changed = _changed(user, values)
    if "email" in changed and user.last_login is not None and present_roles(user.pk, on=today()) & ADMINISTRATORS:
        message = _("The address of an administrator is changed by its holder, on the page of the own account.")
        raise NotAllowed("user.administrators_address", message, field="email")
    return _write("registry.amend_user", user, changed, actor=actor)


def amend_own_account(values: Mapping[str, Any], *, actor: Actor) -> User:
    """Change address or language of one's own account. Locks: the user. Raises: DomainError with the field."""
    user = _own(actor)
    allowed = {name: value for name, value in values.items() if name in {"email", "language"}}
    return _write("registry.amend_own_account", user, _changed(user, allowed), actor=actor)


def unlock_user(user_id: UUID, *, actor: Actor) -> User:
    """Let a person log in again who is locked out after failed logins. Raises: NotFound; NotAllowed."""
    user = _managed(user_id, actor)
    return _write("registry.unlock_user", user, {"failed_logins": 0, "locked_until": None}, actor=actor)


def password_link_for(user_id: UUID, *, actor: Actor) -> tuple[User, str]:
    """Make the one-time token by which a person sets a password, and give it with the account.

    For an administrator who has logged in before, the door may only mail it to the verified address: `may_be_shown`.
    Raises: NotFound; NotAllowed.
    """
    user = _managed(user_id, actor)
    _note("registry.make_password_link", user, actor=actor, about=user.username)
    return user, password_links.make_token(user)


def may_be_shown(user: User) -> bool:
    """Tell whether a link for a new password may be shown to the security administrator instead of mailed.

    Not for an administrator who has logged in before: whoever sees it could take over that power.
    """
    return user.last_login is None or not present_roles(user.pk, on=today()) & ADMINISTRATORS


def set_password_by_link(user: User | None, token: str, password: str, *, origin: str) -> User:
    """Set the password by a one-time link. Raises: DomainError for a used or lapsed link, or a weak password."""
    user = check_link(user, token)
    check_password_rules(password, user, field="password")
    return _set_password("registry.set_password", user, password, actor=_own_actor(user, origin))


def change_own_password(old: str, new: str, *, actor: Actor) -> User:
    """Change one's own password. Raises: DomainError when the present one is wrong or the new one is weak."""
    user = _own(actor)
    require_guesses_left(user.pk)
    if not user.check_password(old):
        count_guess(user.pk)
        raise DomainError("password.wrong", _("The present password is wrong. Enter it again."), field="old_password")
    check_password_rules(new, user, field="new_password")
    return _set_password("registry.change_password", user, new, actor=actor)


def email_token(user: User) -> str:
    """Make the signed text of the link that verifies a person's present address, which stands nowhere in it."""
    return signing.dumps([str(user.pk), _address_mark(user)], salt=EMAIL_SALT)


def _address_mark(user: User) -> str:
    return salted_hmac(EMAIL_SALT, user.email).hexdigest()


def verify_email(token: str, *, origin: str) -> User:
    """Mark an address as verified by the link that was mailed there. Raises: DomainError for a bad or lapsed link."""
    try:
        user_id, mark = signing.loads(token, salt=EMAIL_SALT, max_age=EMAIL_LINK_SECONDS)
    except signing.BadSignature as error:
        raise _bad_email_link() from error
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise _bad_email_link()
    with tenant_scope(_own_actor(user, origin)) as actor:
        user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        if not constant_time_compare(mark, _address_mark(user)):
            raise _bad_email_link()
        if user.email_verified_at is None:
            verified = {"email_verified_at": timezone.now(), "email_bounced_at": None}
            _write("registry.verify_email", user, verified, actor=actor)
    return user


def address_mark(address: str) -> str:
    """Give a mark by which an address is known again without being kept: a keyed digest."""
    return salted_hmac("registry.address", address.strip().lower()).hexdigest()


def note_bounced_address(user_id: UUID, mark: str, *, actor: Actor) -> bool:
    """Take the verification from an address that mail came back from; False when the account has another by now.

    Locks: the user. `mark` is the `address_mark` of the address that the mail went to.
    """
    require(actor, "registry.note_bounced_address")
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    if not constant_time_compare(mark, address_mark(user.email)):
        return False
    if user.email_bounced_at is None:
        bounced = {"email_verified_at": None, "email_bounced_at": timezone.now()}
        _write("registry.note_bounced_address", user, bounced, actor=actor)
    return True


def _bad_email_link() -> DomainError:
    message = _("This link has lapsed or belongs to another address. Ask for a new one on the page of your account.")
    return DomainError("user.bad_email_link", message)


def _managed(user_id: UUID, actor: Actor) -> User:
    """Lock an account that the actor may change: whoever changes it could log in with all its memberships.

    Raises: NotFound; NotAllowed for one's own account, or for one that also works in another county.
    """
    user = users_managed_by(actor).select_for_update(of=("self",)).filter(pk=user_id).first()
    if user is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    require(actor, "registry.amend_user", user)
    if actor.tenant_id != PLATFORM_TENANT_ID and works_elsewhere(user.pk, tenant_id=actor.tenant_id, on=today()):
        message = _("This account also works in another county. Ask the security administrator of the platform.")
        raise NotAllowed("user.works_elsewhere", message)
    return user


def _own(actor: Actor) -> User:
    """Lock the account of the person at work. Raises: NotAllowed for work that nobody does in person."""
    require(actor, "registry.amend_own_account")
    if actor.user_id is None:
        raise NotAllowed("user.nobody", _("Only a person who is logged in has an account of their own."))
    return User.objects.select_for_update(of=("self",)).get(pk=actor.user_id)


def _changed(user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the cleaned values that differ; a new address is not verified yet."""
    readers: dict[str, Callable[[Any], Any]] = {
        "name": clean_name,
        "email": _email,
        "language": _language,
        "is_active": bool,
    }
    cleaned = {name: readers[name](values[name]) for name in readers if name in values}
    changed = {name: value for name, value in cleaned.items() if value != getattr(user, name)}
    if "email" in changed:
        changed["email_verified_at"] = changed["email_bounced_at"] = None
    if changed.get("name") == "":
        raise DomainError("user.no_name", _("Enter the person's name."), field="name")
    return changed


def _write(verb: str, user: User, changed: Mapping[str, Any], *, actor: Actor) -> User:
    if changed:
        for name, value in changed.items():
            setattr(user, name, value)
        user.version += 1
        user.save(update_fields=[*changed, "version"])
        _note(verb, user, actor=actor, about=f"{user.username}: {', '.join(sorted(changed))}")
    return user


def _set_password(verb: str, user: User, password: str, *, actor: Actor) -> User:
    user.set_password(password)
    user.failed_logins, user.locked_until = 0, None
    with tenant_scope(actor):
        user.save(update_fields=["password", "failed_logins", "locked_until"])
        _note(verb, user, actor=actor, about=user.username)
    return user


def _own_actor(user: User, origin: str) -> Actor:
    """Make the actor of a person who is not at work in any tenant; its events belong to the platform."""
    platform = Tenant.objects.get(pk=PLATFORM_TENANT_ID)
    return Actor(user.pk, user.username, Role.SERVICE, platform.pk, platform.code, (), origin)


def _note(verb: str, user: User, *, actor: Actor, about: str) -> None:
    audit.record(verb, actor=actor, object_type="registry.user", object_id=user.pk, reason=about)


def _username(text: str) -> str:
    """A user name stands in every audit event, and so may not be an identity or telephone number."""
    name = text.strip().lower()
    if not USERNAME.fullmatch(name) or sum(character.isdigit() for character in name) > MOST_DIGITS:
        message = _(
            "A user name begins with a letter and has 3 to 40 letters, digits, points or dashes; "
            "no identity or telephone number."
        )
        raise DomainError("user.bad_name", message, field="username")
    return name


def _email(text: str) -> str:
    address = text.strip()
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        message = _("This is no e-mail address. Write it like office@example.org.")
        raise DomainError("user.bad_email", message, field="email") from error
    return address


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise DomainError("user.bad_language", _("Choose one of the languages offered."), field="language")
    return code
