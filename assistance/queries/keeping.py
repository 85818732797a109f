"""The one predicate that says whether a household must have a helper."""

from collections.abc import Collection
from datetime import date
from itertools import chain

from django.db.models import Exists, Q

from assistance.models import SupportPeriod
from households.enums import HouseholdStatus
from households.models import Household, HouseholdSpell, MonitoringSpell
from households.queries.history import covering
from registry.lib.periods import today


def must_keep_condition(day: date, *, of: Household | None = None, within: Collection[str] | None = None) -> Q:
    """Condition on households: not lifted, or the risk not removed, or lifted while support lasts, on the day.

    The spells are asked once for all households and not again for each: a county has 60,000. Where one household only
    is asked for, it is named by `of`; where those of some villages only, they are named by `within`.
    Source: "no decoupling before lifting", and support after it by the county's data (`SupportPeriod`).
    """
    those = Q() if of is None else Q(household=of)
    those &= in_villages(within)
    spells = HouseholdSpell.objects.filter(those, covering(day)).values("household_id")
    at_risk = MonitoringSpell.objects.filter(those, covering(day)).values("household_id")
    lasting = SupportPeriod.objects.filter(starts_on__lte=day, ends_on__gt=day)
    return (
        Q(id__in=spells.filter(status__in=[HouseholdStatus.FILED, HouseholdStatus.RETURNED]))
        | Q(id__in=at_risk) & Q(id__in=spells)
        | Q(Exists(lasting), id__in=spells.filter(status=HouseholdStatus.LIFTED))
    )


def in_villages(codes: Collection[str] | None) -> Q:
    """Condition on rows that they lie in these villages; None sets none."""
    return Q() if codes is None else Q(scope_code__in=codes)


def must_keep_helper(household: Household, on: date) -> bool:
    """Tell whether the household must have a helper on the day."""
    return Household.objects.filter(must_keep_condition(on, of=household), pk=household.pk).exists()


def must_keep_helper_since(household: Household, on: date) -> bool:
    """Tell whether the household must have a helper on the day, or had to on any later one up to today.

    What demands a helper begins with a spell of the household or with a support period, so that it is enough to ask
    on the days on which one begins.
    """
    since = {"starts_on__gt": on, "starts_on__lte": today()}
    starts = chain(
        HouseholdSpell.objects.filter(household=household, **since).values_list("starts_on", flat=True),
        MonitoringSpell.objects.filter(household=household, **since).values_list("starts_on", flat=True),
        SupportPeriod.objects.filter(**since).values_list("starts_on", flat=True),
    )
    return any(must_keep_helper(household, day) for day in sorted({on, *filter(None, starts)}))
