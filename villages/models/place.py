"""Where things lie: coordinates, and the constraints that several tables of this app share."""

from decimal import Decimal
from typing import Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

# A point outside is a slip of the pen: degrees of longitude and latitude between which the country lies.
LONGITUDES: Final = (Decimal(73), Decimal(136))
LATITUDES: Final = (Decimal(3), Decimal(54))


def is_a_place(table: str) -> models.CheckConstraint:
    """Hold that longitude and latitude are both known or both unknown, and lie in the country."""
    # A check that is neither true nor false passes, so that both must be said to be there.
    known = Q(longitude__isnull=False, latitude__isnull=False, longitude__range=LONGITUDES, latitude__range=LATITUDES)
    return models.CheckConstraint(
        name=f"{table}_is_a_place", condition=Q(longitude__isnull=True, latitude__isnull=True) | known
    )


def ends_not_before_start(table: str) -> models.CheckConstraint:
    """Hold that a period does not end before it begins; one that ends on its first day was entered in error."""
    return models.CheckConstraint(
        name=f"{table}_ends_not_before_start",
        condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
    )


def no_overlap(name: str, *columns: str) -> ExclusionConstraint:
    """Hold that the half-open periods of rows with the same `columns` do not overlap; no start means unbounded."""
    period = Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("tenant", RangeOperators.EQUAL),
            *[(column, RangeOperators.EQUAL) for column in columns],
            (period, RangeOperators.OVERLAPS),
        ],
    )
