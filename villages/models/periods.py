"""Half-open periods, as constraints of several tables."""

from typing import Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db.models import CheckConstraint, F, Func, Q

_PERIOD: Final = Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField())


def one_a_day(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """Hold that no two rows of a tenant with the same fields share a day; an empty period shares none."""
    same = [(field, RangeOperators.EQUAL) for field in ("tenant", *fields)]
    return ExclusionConstraint(name=name, expressions=[*same, (_PERIOD, RangeOperators.OVERLAPS)], condition=condition)


def ends_not_before_start(name: str) -> CheckConstraint:
    """Hold that a period does not end before it begins; one that ends on its first day was entered in error."""
    return CheckConstraint(name=name, condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")))
