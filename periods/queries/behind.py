"""The list behind a figure of an account: the households or villages that stood, or the postings that were booked.

Row-level security shows of it what lies in the reader's area now.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from assistance.queries.coverage import HELPER, NONE, STAND_IN
from households.enums import PostingKind, Stock
from households.models import Posting
from periods.enums import PeriodKind
from periods.models import Booking, FrozenHousehold, FrozenVillage, Period
from periods.queries.books import Books, books_of
from registry.lib.errors import DomainError, NotFound
from registry.lib.gbcode import check_code, subtree

MOVES: Final = (PostingKind.MOVED_IN, PostingKind.MOVED_OUT)
FILED: Final = (Stock.NOT_LIFTED, Stock.LIFTED)
# All households that must have a helper, and villages without a team.
REQUIRED: Final = "required"
WITHOUT: Final = "none"
Row_co = TypeVar("Row_co", bound=Model, covariant=True)


class Part(StrEnum):
    """Which figure of a line is asked about."""

    OPENING = "opening"
    FLOW = "flow"
    LATE = "late"
    CLOSING = "closing"
    VILLAGES = "villages"


@dataclass(frozen=True, slots=True)
class Question:
    """One figure: its part, division and stock ("filed" is both filed ones), and what narrows it further.

    `kind` and `direction` are of flows; the others narrow the households of an opening or a closing, and `team` the
    villages of the last day. An empty cause or category asks for those of whom none is on file.
    """

    part: str
    code: str
    stock: str = ""
    kind: str = ""
    direction: str = ""
    main_cause: str | None = None
    other_cause: str | None = None
    category: str | None = None
    cover: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The list behind a figure, one of three: households and villages stand in a picture, postings in the ledger."""

    households: "QuerySet[FrozenHousehold] | None" = None
    postings: "QuerySet[Posting] | None" = None
    villages: "QuerySet[FrozenVillage] | None" = None

    @property
    def postings_found(self) -> "QuerySet[Posting]":
        """Give the postings; none where households are the answer."""
        return Posting.objects.none() if self.postings is None else self.postings


def behind(period: Period, question: Question) -> Answer:
    """Give what a figure of a frozen period counts, in the reader's area.

    Raises: NotFound while it is open, or for the opening of a campaign; DomainError for a question that no figure
    answers.
    """
    _check(question)
    books = books_of(period)
    if question.part == Part.VILLAGES:
        return Answer(villages=_villages(books.closing_id, question))
    if question.part == Part.CLOSING:
        return Answer(households=_standing(books.closing_id, question))
    if question.part == Part.OPENING and books.opening_id is not None:
        return Answer(households=_standing(books.opening_id, question))
    if question.part == Part.OPENING and period.kind == PeriodKind.CAMPAIGN:
        message = _("A campaign opens with what stood before it, of which no picture was taken. Look at the months.")
        raise NotFound("behind.no_list", message)
    return Answer(postings=_booked(books, question))


def _check(question: Question) -> None:
    check_code(question.code, field="code")
    if question.part not in set(Part):
        raise DomainError("behind.part", _("Choose opening, flow, late, closing or villages."), field="part")
    if question.stock not in {"", "filed", *Stock.values}:
        raise DomainError("behind.stock", _("Choose one of the stocks."), field="stock")
    if question.kind not in {"", *PostingKind.values}:
        raise DomainError("behind.kind", _("Choose one of the kinds of postings."), field="kind")
    if question.direction not in {"", "in", "out"}:
        raise DomainError("behind.direction", _("Choose in or out."), field="direction")
    if question.cover not in {None, REQUIRED, HELPER, STAND_IN, NONE}:
        raise DomainError("behind.cover", _("Choose required, helper, stand_in or none."), field="cover")
    if question.team not in {None, WITHOUT}:
        raise DomainError("behind.team", _("Choose none, or leave it out."), field="team")
    for field in ("main_cause", "other_cause", "category"):
        code = getattr(question, field)
        if code and not (code.isascii() and code.isalnum()):
            raise DomainError("behind.code", _("Choose a code of the list."), field=field)


def _standing(snapshot_id: UUID, question: Question) -> "QuerySet[FrozenHousehold]":
    """Give the households that stood in a picture."""
    rows = _within(FrozenHousehold.objects.filter(snapshot_id=snapshot_id), question.code)
    if question.stock == Stock.MONITORED:
        rows = rows.filter(is_monitored=True)
    elif question.stock:
        rows = rows.filter(stock__in=FILED if question.stock == "filed" else [question.stock])
    for field, value in (
        ("main_cause_code", question.main_cause),
        ("monitoring_code", question.category),
        ("cover", None if question.cover == REQUIRED else question.cover),
    ):
        rows = rows if value is None else rows.filter(**{field: value})
    if question.cover == REQUIRED:
        rows = rows.exclude(cover="")
    if question.other_cause is not None:
        rows = rows.filter(other_cause_codes__contains=[question.other_cause])
    return rows.order_by("id")


def _villages(snapshot_id: UUID, question: Question) -> "QuerySet[FrozenVillage]":
    """Give the villages of a picture, all or those in which no team lived."""
    rows = _within(FrozenVillage.objects.filter(snapshot_id=snapshot_id), question.code)
    return (rows.filter(has_team=False) if question.team == WITHOUT else rows).order_by("village_code", "id")


def _booked(books: Books, question: Question) -> "QuerySet[Posting]":
    """Give the postings that were booked; moves that cancel within the division are none of its flows."""
    booked = Booking.objects.filter(snapshot_id__in=books.book_ids, is_late=question.part == Part.LATE)
    rows = _within(Posting.objects.filter(pk__in=booked.values("posting_id")), question.code)
    rows = rows.annotate(book=Subquery(booked.filter(posting_id=OuterRef("pk")).values("snapshot_id")[:1]))
    if question.part == Part.FLOW:
        rows = rows.filter(effective_on__gte=books.first_day)
    elif question.part == Part.OPENING:
        rows = rows.filter(effective_on__lt=books.first_day)
    if question.stock:
        rows = rows.filter(stock__in=FILED if question.stock == "filed" else [question.stock])
    found = _of_kind(rows, question) if question.part != Part.OPENING else rows
    return found.select_related("household").order_by("id")


def _of_kind(rows: "QuerySet[Posting]", question: Question) -> "QuerySet[Posting]":
    """Narrow flows by kind and direction; a move counts by what is left of it in the division."""
    if question.kind in MOVES:
        same = rows.filter(kind__in=MOVES)
        return _left_over(same, "in" if question.kind == PostingKind.MOVED_IN else "out")
    if question.kind:
        return _directed(rows.filter(kind=question.kind), question.direction, "households_delta", "persons_delta")
    if not question.direction:
        return rows
    others = _directed(rows.filter(~Q(kind__in=MOVES)), question.direction, "households_delta", "persons_delta")
    moved = _left_over(rows.filter(kind__in=MOVES), question.direction)
    return rows.filter(Q(pk__in=others.values("pk")) | Q(pk__in=moved.values("pk")))


def _left_over(moves: "QuerySet[Posting]", direction: str) -> "QuerySet[Posting]":
    """Keep the moves that do not cancel in the division: of one household, stock and day, in one month's book."""
    same = {name: OuterRef(name) for name in ("household_id", "stock", "effective_on", "book")}
    sums = moves.filter(**same).order_by().values("household_id")
    net = {
        "net_households": Subquery(sums.annotate(net=Sum("households_delta")).values("net")),
        "net_persons": Subquery(sums.annotate(net=Sum("persons_delta")).values("net")),
    }
    return _directed(moves.annotate(**net), direction, "net_households", "net_persons")


def _directed(rows: "QuerySet[Posting]", direction: str, households: str, persons: str) -> "QuerySet[Posting]":
    if not direction:
        return rows
    compare = "gt" if direction == "in" else "lt"
    return rows.filter(Q(**{f"{households}__{compare}": 0}) | Q(**{f"{persons}__{compare}": 0}))


def _within(rows: "QuerySet[Row_co]", code: str) -> "QuerySet[Row_co]":
    area = subtree(code)
    bounds: dict[str, Any] = {"village_code__gte": area.lo, "village_code__lt": area.hi}
    return rows.filter(**bounds)
