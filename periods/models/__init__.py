"""The tables of the periods."""

from periods.models.booking import Booking
from periods.models.frozen_household import FrozenHousehold
from periods.models.frozen_person import FrozenPerson
from periods.models.frozen_village import FrozenVillage
from periods.models.period import Period, PeriodStage, Reopening
from periods.models.snapshot import Snapshot

__all__ = [
    "Booking",
    "FrozenHousehold",
    "FrozenPerson",
    "FrozenVillage",
    "Period",
    "PeriodStage",
    "Reopening",
    "Snapshot",
]
