"""Check coordinates."""

from decimal import Decimal

from registry.lib.errors import DomainError
from villages.domain.messages import PLACE
from villages.models.place import LATITUDES, LONGITUDES


def require_place(longitude: Decimal | None, latitude: Decimal | None) -> None:
    """Refuse one coordinate without the other, and a point outside the country. Raises: DomainError `place.outside`."""
    if longitude is None and latitude is None:
        return
    if longitude is None or latitude is None or not _lies_between(longitude, latitude):
        raise DomainError("place.outside", PLACE, field="longitude")


def _lies_between(longitude: Decimal, latitude: Decimal) -> bool:
    return LONGITUDES[0] <= longitude <= LONGITUDES[1] and LATITUDES[0] <= latitude <= LATITUDES[1]
