"""In which village a row of the register counts in a picture: that of its household or person there.

The place of a row in the register follows its household when that moves; what is published of a past period does not.
"""

from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from periods.models import FrozenHousehold, FrozenPerson, Snapshot


def village_in_picture(snapshot: Snapshot) -> Coalesce:
    """Give the village of a row's household in a picture; of one that is not in it, where the row stands."""
    return _village(FrozenHousehold.objects.filter(snapshot=snapshot, household_id=OuterRef("household_id")))


def village_of_person(snapshot: Snapshot) -> Coalesce:
    """Give the village of a row's person in a picture; of one who is not in it, where the row stands."""
    return _village(FrozenPerson.objects.filter(snapshot=snapshot, person_id=OuterRef("person_id")))


def _village(rows: Any) -> Coalesce:  # noqa: ANN401  (a query of either table)
    return Coalesce(Subquery(rows.order_by().values("village_code")[:1]), F("scope_code"))
