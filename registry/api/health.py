"""Is the process alive, and can it serve? Neither tells anything of the data."""

from django.http import HttpRequest, JsonResponse

from registry.queries.health import missing_parts


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer while the process lives."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, schema and broker are there, 503 with what is missing otherwise."""
    missing = missing_parts()
    return JsonResponse({"status": "missing" if missing else "ok", "missing": missing}, status=503 if missing else 200)
