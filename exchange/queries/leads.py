"""Who leads households, for the demonstration."""

from uuid import UUID

from assistance.models import Pairing
from households.enums import HouseholdStatus


def lead_of_village(village_code: str) -> UUID | None:
    """Give a helper who leads households of the village, rather one that is not lifted yet; or None."""
    leads = Pairing.objects.filter(scope_code=village_code, is_lead=True, helper__isnull=False, ends_on__isnull=True)
    helpers = leads.order_by("id").values_list("helper_id", flat=True)
    helper_id: UUID | None = helpers.filter(household__status=HouseholdStatus.FILED).first() or helpers.first()
    return helper_id


def lead_of_household(household_id: UUID) -> UUID | None:
    """Give the helper who leads a household, or None."""
    leads = Pairing.objects.filter(household=household_id, is_lead=True, helper__isnull=False, ends_on__isnull=True)
    helper_id: UUID | None = leads.values_list("helper_id", flat=True).first()
    return helper_id
