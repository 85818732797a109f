"""What the database refused, by the name of the constraint."""

from django.db import IntegrityError


def constraint_name(error: IntegrityError) -> str:
    """Give the name of the constraint that was broken, or nothing where the database does not tell."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
