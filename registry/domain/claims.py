"""Claim identities among all counties, and learn which others claim the same.

The one door to the table of claims: the function of the database enters what is claimed for the tenant in scope, takes
away what is released, and names the other counties that claim the same. docs/decisions/0075 says what it cannot tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import DomainError

# The SQLSTATE that the function gives once the day's number of asked identities is spent: program_limit_exceeded.
_SPENT: Final = "54000"


@dataclass(frozen=True, slots=True)
class Shared:
    """An identity that another county claims too."""

    index: bytes
    tenant_id: int


def claim_identities(claimed: Sequence[bytes], *, released: Sequence[bytes] = ()) -> list[Shared]:
    """Release, then claim indexes for the tenant in scope; give each that another county claims, and which county.

    Locks: the claims, until the transaction ends: of two counties that claim the same, the later one learns of it.
    Raises: DomainError `claim.too_many` when more was asked today than all counties together may ask.
    """
    if not claimed and not released:
        return []
    return shared_claims("%(claimed)s", {"claimed": list(claimed), "released": list(released)})


def shared_claims(claimed_sql: str, values: Mapping[str, Any]) -> list[Shared]:
    """Do the same with an expression of ours for the claimed indexes, so that many need not leave the database."""
    statement = f"SELECT claim_index, claiming_tenant FROM claim_identities({claimed_sql}, %(released)s)"  # noqa: S608  (our own expression)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"released": [], **values})
            return [Shared(bytes(index), int(tenant_id)) for index, tenant_id in cursor.fetchall()]
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _SPENT:
            raise
        message = _(
            "More identities were compared among counties today than is usual. Try again tomorrow, and tell the system "
            "administrator of the platform."
        )
        raise DomainError("claim.too_many", message) from error
