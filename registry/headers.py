"""Headers that every answer carries, and text made small for weak networks."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from typing_extensions import override

# The theme's scripts stand partly in the page and are evaluated there; nothing may come from, or go to, elsewhere.
CONTENT_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
TEXT: Final = ("text/", "application/json", "application/problem+json", "application/javascript", "image/svg+xml")
PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def security_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: tell browsers what pages may do."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


class CompressedText(GZipMiddleware):
    """Compress pages, answers, style sheets and scripts; fonts, pictures and workbooks are compressed already.

    Django adds random bytes, so that the length of a page does not tell what is in it (BREACH).
    """

    @override
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith(TEXT):
            return super().process_response(request, response)
        return response
