"""Who leads households, for the demonstration."""

from uuid import UUID

from assistance.models import Pairing


def lead_of_village(village_code: str) -> UUID | None:
    """Give a helper who leads households of the village, or None."""
    leads = Pairing.objects.filter(scope_code=village_code, is_lead=True, helper__isnull=False, ends_on__isnull=True)
    helper_id: UUID | None = leads.order_by("id").values_list("helper_id", flat=True).first()
    return helper_id
