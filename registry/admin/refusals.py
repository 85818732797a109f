"""Which status and sentence a page gives when something is refused."""

from http import HTTPStatus
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.utils import DataError
from django.utils.translation import gettext as _

from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion

STATUS: Final = (
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (StaleVersion, HTTPStatus.CONFLICT),
    (Conflict, HTTPStatus.CONFLICT),
)


def refusal_of(error: Exception) -> tuple[HTTPStatus, str]:
    """Give status and sentence of a refusal; what is unknown and what is forbidden look the same."""
    if isinstance(error, DomainError):
        status = next((status for kind, status in STATUS if isinstance(error, kind)), HTTPStatus.UNPROCESSABLE_ENTITY)
        return status, str(error.message)
    if isinstance(error, DataError):
        return HTTPStatus.BAD_REQUEST, _(
            "The request could not be understood. Go back, load the page again, and repeat it."
        )
    if isinstance(error, PermissionDenied):
        sentence = _("Your role does not allow this. Ask the county office, or choose another of your roles.")
        return HTTPStatus.FORBIDDEN, sentence
    return HTTPStatus.NOT_FOUND, _("There is no such page or record, or it lies outside your area.")
