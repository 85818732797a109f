"""The one predicate that says whether a household must have a helper."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from assistance.models import SupportPeriod
from households.enums import HouseholdStatus
from households.models import Household, HouseholdSpell, MonitoringSpell
from households.queries.history import covering


def must_keep_condition(day: date) -> Q:
    """Condition on households: not lifted, or the risk not removed, or lifted while support lasts, on the day.

    Source: "no decoupling before lifting", and support after it by the county's data (`SupportPeriod`).
    """
    spell = HouseholdSpell.objects.filter(covering(day), household=OuterRef("pk"), tenant=OuterRef("tenant_id"))
    at_risk = MonitoringSpell.objects.filter(covering(day), household=OuterRef("pk"), tenant=OuterRef("tenant_id"))
    lifted = spell.filter(status=HouseholdStatus.LIFTED)
    lasting = SupportPeriod.objects.filter(starts_on__lte=day, ends_on__gt=day)
    return (
        Q(Exists(spell.filter(status__in=[HouseholdStatus.FILED, HouseholdStatus.RETURNED])))
        | Q(Exists(at_risk), Exists(spell))
        | Q(Exists(lifted), Exists(lasting))
    )


def must_keep_helper(household: Household, on: date) -> bool:
    """Tell whether the household must have a helper on the day."""
    return Household.objects.filter(must_keep_condition(on), pk=household.pk).exists()
