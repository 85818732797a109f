"""Where a request comes from: what the audit trail and the counting of failures are told."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Give the network address that a request came from.

    Behind our own https proxy (REGISTRY_SECURE=1) it is the last entry of X-Forwarded-For, which the proxy added; what
    stands before it was sent by the client and proves nothing.
    """
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded[:45]
    return str(request.META.get("REMOTE_ADDR", ""))
