"""What is answered where no page and no view does: unknown addresses, refused forms, and faults of our own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from registry.api.problems import address_unknown, problem, problem_response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist."""
    if _is_api(request):
        return address_unknown(request)
    return _page(request, 404, _("There is no such page or record, or it lies outside your area."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not allowed outside the site's own door."""
    return _page(
        request, 403, _("Your role does not allow this. Ask the county office, or choose another of your roles.")
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be understood."""
    sentence = _("The request could not be understood. Go back, load the page again, and repeat it.")
    if _is_api(request):
        return problem_response(400, problem(400, "api.invalid", sentence))
    return _page(request, 400, sentence)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that does not come from a page of ours, or from one that is too old."""
    return _page(
        request, 403, _("This form is too old or was not sent from here. Go back, load the page again, and repeat.")
    )


def fault(request: HttpRequest) -> HttpResponse:
    """Answer a fault of our own; the log has its cause."""
    sentence = _("Something went wrong here; nothing was changed. The operator finds the cause in the log.")
    if _is_api(request):
        return problem_response(500, problem(500, "api.internal", sentence))
    return _page(request, 500, sentence)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _page(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return render(request, "registry/failure.html", {"sentence": sentence, "status": status}, status=status)
