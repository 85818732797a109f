"""What a password must be, and the one-time links by which it is set."""

from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import DomainError
from registry.models import User

LEAST_KINDS: Final = 3


class CharacterKindsValidator:
    """Ask for at least three of: lower case, upper case, digits, other characters.

    Source: GB/T 22239-2019, level 3, 8.1.4.1 (complexity of what authenticates a person); the number is a house rule.
    """

    def validate(self, password: str, user: object = None) -> None:
        """Refuse a password of too few kinds."""
        kinds = (str.islower, str.isupper, str.isdigit, lambda character: not character.isalnum())
        if sum(any(kind(character) for character in password) for kind in kinds) < LEAST_KINDS:
            raise ValidationError(self.get_help_text(), code="password_too_few_kinds")

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return gettext("Use at least three of these: small letters, capital letters, digits, other characters.")


def check_password_rules(password: str, user: User, *, field: str) -> None:
    """Refuse a password that breaks the rules of this installation. Raises: DomainError with every reason."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise DomainError("password.too_weak", " ".join(error.messages), field=field) from error


# Valid for PASSWORD_RESET_TIMEOUT, once: it depends on the password and the last login.
password_links: Final = PasswordResetTokenGenerator()


def check_link(user: User | None, token: str) -> User:
    """Give the user of a link for setting the password. Raises: DomainError for one that was used or has lapsed."""
    if user is None or not user.is_active or not password_links.check_token(user, token):
        raise DomainError(
            "password.bad_link",
            _("This link was used already or has lapsed. Ask the security administrator for a new one."),
        )
    return user
