"""Links to this site that are mailed or handed over: verify an address, set a password."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.domain.people import email_token
from registry.lib.errors import DomainError
from registry.models import User


def password_link(user: User, token: str) -> str:
    """Give the address where the owner sets the password, once."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    return _address("admin:set_password", key, token)


def send_verification(user: User) -> None:
    """Mail the link that verifies the account's address, in its language. Raises: DomainError without an address."""
    if not user.email:
        raise DomainError("user.no_email", _("Enter your e-mail address first and save it."), field="email")
    with override(user.language):
        body = _("Open this link within three days, so that reports can be sent to this address:")
        _send(user, _("Verify your address"), f"{body}\n\n{_address('admin:verify_email', email_token(user))}\n")


def send_password_link(user: User, token: str) -> None:
    """Mail the link by which a person sets a password. Raises: DomainError without a verified address."""
    if not user.email or user.email_verified_at is None:
        message = _("This account has no verified e-mail address, and the link may go nowhere else.")
        raise DomainError("user.no_verified_email", message)
    with override(user.language):
        body = _("Open this link to set your password. It can be used once and lapses after three days:")
        _send(user, _("Set your password"), f"{body}\n\n{password_link(user, token)}\n")


def _send(user: User, subject: str, body: str) -> None:
    try:
        EmailMessage(subject=subject, body=body, to=[user.email]).send()
    except (OSError, smtplib.SMTPException) as error:
        message = _("The mail could not be sent. Try again later, or tell the system administrator.")
        raise DomainError("mail.not_sent", message) from error


def _address(name: str, *arguments: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=arguments)}"
