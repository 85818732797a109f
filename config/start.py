"""What a process must have before it serves."""

from django.core.exceptions import ImproperlyConfigured

from registry.crypto.checks import check_key_ring
from registry.tenancy.checks import require_plain_role


class UnsafeStart(Exception):
    """This process must not serve. The text says why."""


def require_safe_start() -> None:
    """Stop a web server or worker that would pass the policies of the database, or could open no sealed value.

    Raises: UnsafeStart.
    """
    refused = [str(error.msg) for error in check_key_ring()]
    try:
        require_plain_role()
    except ImproperlyConfigured as error:
        refused.append(str(error))
    if refused:
        raise UnsafeStart(" ".join(refused))
