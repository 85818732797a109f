"""What the account of a period is made of: its books, and the pictures that it opens and closes with."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from periods.enums import PeriodKind
from periods.models import Period
from periods.queries.periods import months_of, picture_of


@dataclass(frozen=True, slots=True)
class Books:
    """Pictures and books of an account.

    `opening_id` is the picture that it opens with; None for the first month of a county and for a campaign, which open
    with what is left of their closing when their flows are taken away. What took effect before `first_day` and is not
    late belongs to that opening.
    """

    first_day: date
    book_ids: tuple[UUID, ...]
    opening_id: UUID | None
    closing_id: UUID


def books_of(period: Period) -> Books:
    """Give pictures and books of a frozen period: of a quarter or longer those of its months.

    Raises: NotFound while it is open.
    """
    closing = picture_of(period)
    if period.kind == PeriodKind.CAMPAIGN:
        return Books(period.first_day, (closing.pk,), None, closing.pk)
    pictures = [closing] if period.kind == PeriodKind.MONTH else [picture_of(month) for month in months_of(period)]
    return Books(period.first_day, tuple(row.pk for row in pictures), pictures[0].former_id, closing.pk)
