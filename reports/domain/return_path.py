"""The sender on the envelope of a mail: by it a later message of a mail server is known, and it names no address.

`bounces@example.org` becomes `bounces+<tenant>-<token>-<attempt>@example.org`. The token is drawn, so that nobody can
say of a mail that it came back who has not seen it. Source of the form: RFC 5233 (sub-addresses).
"""

import re
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from reports.models import Delivery

_TAG: Final = re.compile(r"(?P<tenant>\d{1,9})-(?P<token>[0-9a-f]{32})-(?P<attempt>\d{1,5})")


@dataclass(frozen=True, slots=True)
class ReturnTag:
    """Which attempt of which mail of which tenant came back."""

    tenant_id: int
    token: str
    attempt: int


def return_path(row: Delivery) -> str:
    """Give the sender on the envelope of the present attempt; empty where the installation reads no bounces."""
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    if not local or not row.bounce_token:
        return ""
    return f"{local}+{row.tenant_id}-{row.bounce_token}-{row.attempts}@{domain}"


def tag_of(address: str) -> ReturnTag | None:
    """Read the tag of an address that is one of our return paths; None for any other."""
    local, _at, domain = address.strip().lower().rpartition("@")
    own, _own_at, own_domain = settings.BOUNCE_ADDRESS.lower().rpartition("@")
    base, plus, tag = local.partition(f"{own}+")
    match = _TAG.fullmatch(tag) if own and plus and not base and domain == own_domain else None
    if match is None:
        return None
    return ReturnTag(int(match["tenant"]), match["token"], int(match["attempt"]))
