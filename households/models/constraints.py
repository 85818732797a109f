"""Constraints that several tables of this app share."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from registry.lib.periods import Precision


def date_has_its_precision(table: str, date: str, precision: str) -> models.CheckConstraint:
    """Hold that a known date has a precision, an unknown one none, and that a month is its first day."""
    unknown = Q(**{f"{date}__isnull": True, precision: ""})
    day = Q(**{f"{date}__isnull": False, precision: Precision.DAY.value})
    month = Q(**{f"{date}__isnull": False, f"{date}__day": 1, precision: Precision.MONTH.value})
    return models.CheckConstraint(name=f"{table}_{date}_has_its_precision", condition=unknown | day | month)


def ends_not_before_start(table: str) -> models.CheckConstraint:
    """Hold that a period does not end before it begins; an empty one was undone on the day it began."""
    return models.CheckConstraint(
        name=f"{table}_ends_not_before_start",
        condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
    )


def no_overlap(name: str, *columns: str, condition: Q | None = None) -> ExclusionConstraint:
    """Hold that the half-open periods of rows with the same `columns` do not overlap; no start means unbounded."""
    period = Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("tenant", RangeOperators.EQUAL),
            *[(column, RangeOperators.EQUAL) for column in columns],
            (period, RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


def sealed_with_index(table: str, field: str) -> models.CheckConstraint:
    """Hold that a sealed value and its blind index are both there or both missing."""
    both = Q(**{f"{field}_sealed__isnull": False, f"{field}_index__isnull": False})
    neither = Q(**{f"{field}_sealed__isnull": True, f"{field}_index__isnull": True})
    return models.CheckConstraint(name=f"{table}_{field}_sealed_with_index", condition=both | neither)
