"""Turn a refusal of the database into a sentence."""

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.messages import CONSTRAINT_MESSAGES
from registry.lib.errors import Conflict


def constraint_name(error: IntegrityError) -> str:
    """Give the name of the constraint that was broken, or nothing where the database does not tell."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def constraint_refused(error: IntegrityError) -> Conflict:
    """Explain a refusal by the name of the constraint; the values are hidden by row-level security, and stay so."""
    name = constraint_name(error)
    message = CONSTRAINT_MESSAGES.get(name)
    if message is None:
        return Conflict("database.refused", _("The register refuses this change: it contradicts another entry."))
    return Conflict(f"database.{name}", message)
