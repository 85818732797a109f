"""The figures of training as they come with the product."""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingFigures:
    """Whom courses are for, and who counts as trained. Units: full years; percent of a course's days.

    Trained is who attended at least `least_percent` of a course that ended on `counted_since` or later, or holds a
    certificate of one; where `needs_certificate` is set the certificate alone counts. The ages are those of the
    course's first day, both included.
    """

    youngest_age: int
    oldest_age: int
    least_percent: int
    needs_certificate: bool
    counted_since: date
    source: str = ""


# Youngest age. Source: definition of labour of the village form, from the age of 16 on. All others are a proposal of
# ours: no document on file names them, and a county enters its own by year.
SHIPPED: Final = TrainingFigures(
    youngest_age=16, oldest_age=60, least_percent=80, needs_certificate=False, counted_since=date(2016, 1, 1)
)
