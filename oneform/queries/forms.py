"""The forms of a county, what each village has of them, and how many fields offices ask for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from oneform.enums import ColumnUse, FormState, Subjects
from oneform.models import FormColumn, FormPart, FormRequest
from periods.enums import SnapshotState
from periods.models import Snapshot
from registry.access import require
from registry.lib.errors import NotFound
from registry.lib.periods import Month, today
from registry.tenancy.context import Actor
from reports.definitions.pictured import Pictured
from reports.enums import RowLevel
from reports.queries.pictured import BASE, Listing, counts_by
from reports.queries.pictured_columns import columns_of

VIEW: Final = "oneform.view"
_NARROWED: Final = {
    Subjects.ALL: "",
    Subjects.FILED: "h.stock <> ''",
    Subjects.NOT_LIFTED: "h.stock = 'not_lifted'",
    Subjects.LIFTED: "h.stock = 'lifted'",
    Subjects.MONITORED: "h.is_monitored",
}


@dataclass(frozen=True, slots=True)
class PartCount:
    """What one village has of a form: rows, cells filled by the register, held cells that are empty, cells by hand."""

    village_code: str
    row_count: int
    filled_count: int
    empty_count: int
    by_hand_count: int


@dataclass(frozen=True, slots=True)
class Burden:
    """How many forms an office sent in a month, and how many fields each village was asked by them."""

    sender: str
    forms: int
    columns: int
    by_hand_columns: int


def forms() -> "QuerySet[FormRequest]":
    """Give the forms of the county, the latest received first."""
    return FormRequest.objects.order_by("-received_on", "title", "-edition")


def find_form(form_id: UUID, *, actor: Actor) -> FormRequest:
    """Give a form of the county. Raises: NotAllowed; NotFound."""
    require(actor, VIEW)
    row = FormRequest.objects.filter(pk=form_id).first()
    if row is None:
        raise NotFound("oneform.unknown", _("There is no such form."))
    return row


def columns_asked(form: FormRequest) -> list[FormColumn]:
    """Give the columns of a form in their order."""
    return list(FormColumn.objects.filter(form=form).order_by("place"))


def parts_of(form: FormRequest) -> "QuerySet[FormPart]":
    """Give the parts of the villages in scope."""
    return FormPart.objects.filter(form=form).order_by("village_code")


def parts_not_done() -> "QuerySet[FormPart]":
    """Give the parts in scope of forms that are open, whose village has not said that they are done."""
    return FormPart.objects.filter(form__state=FormState.OPEN, done_on__isnull=True)


def part_sums(form: FormRequest) -> dict[str, Any]:
    """Add up the parts of the villages in scope: rows, cells, villages, and those that are done."""
    return (
        parts_of(form)
        .order_by()
        .aggregate(
            villages=Count("id"),
            done=Count("id", filter=Q(done_on__isnull=False)),
            rows=Sum("row_count", default=0),
            filled=Sum("filled_count", default=0),
            empty=Sum("empty_count", default=0),
            by_hand=Sum("by_hand_count", default=0),
        )
    )


def find_part(part_id: UUID, *, actor: Actor) -> FormPart:
    """Give the part of a village with its form. Raises: NotAllowed; NotFound, whether unknown or out of reach."""
    require(actor, VIEW)
    row = FormPart.objects.select_related("form").filter(pk=part_id).first()
    if row is None:
        raise NotFound("oneform.no_such_part", _("There is no such part of a form in your area."))
    return row


def find_picture(snapshot_id: UUID) -> Snapshot:
    """Give a made picture. Raises: NotFound."""
    row = Snapshot.objects.filter(pk=snapshot_id, state=SnapshotState.MADE).first()
    if row is None:
        raise NotFound("oneform.no_picture", _("There is no such snapshot, or it is not made yet. Choose another one."))
    return row


def has_picture(form: FormRequest) -> bool:
    """Tell whether the picture by which a form was counted is still there; one of a question is removed in time."""
    if form.picture_id is None:
        return False
    return Snapshot.objects.filter(pk=form.picture_id, state=SnapshotState.MADE).exists()


def listing_of(
    form: FormRequest, picture_id: UUID, as_of: date, *, area_code: str, is_revealed: bool = False
) -> Listing:
    """Give the rows of a form in an area, with the columns that the register holds."""
    held = columns_of(RowLevel(form.level))
    keys = [one.column_key for one in columns_asked(form) if one.use == ColumnUse.HELD]
    condition = _NARROWED[Subjects(form.subjects)]
    return Listing(
        level=RowLevel(form.level),
        snapshot_id=picture_id,
        area_code=area_code,
        as_of=as_of,
        columns=tuple(held[key] for key in keys if key in held),
        narrowed=condition,
        joins=frozenset({"h"}) if condition else frozenset(),
        is_revealed=is_revealed,
    )


def counts_of(form: FormRequest, snapshot: Snapshot, area_code: str) -> Iterator[PartCount]:
    """Count rows and cells of a form for each village of an area, by one statement over the picture."""
    listing = listing_of(form, snapshot.pk, snapshot.as_of, area_code=area_code)
    by_hand = FormColumn.objects.filter(form=form, use=ColumnUse.BY_HAND).count()
    village = f"{BASE[listing.level]}.village_code"
    empties = [f"count(*) FILTER (WHERE {is_empty(column)})" for column in listing.columns if not column.derived]
    for code, rows, *empty in counts_by(listing, [village], ["count(*)", *empties]):
        held = rows * len(listing.columns)
        yield PartCount(code, rows, held - sum(empty), sum(empty), rows * by_hand)


def is_empty(column: Pictured) -> str:
    """Write in SQL whether a row has nothing in a column."""
    return f"nullif(({column.source})::text, '') IS NULL OR ({column.source})::text = '{{}}'"


def burden_of(month: Month) -> list[Burden]:
    """Say how many forms and fields each office asked for in a month; every village of the county is asked each."""
    rows = FormColumn.objects.filter(form__received_on__range=(month.first_day, month.last_day))
    counted = (
        rows.order_by()
        .values(sender=F("form__sender"))
        .annotate(
            forms=Count("form", distinct=True),
            columns=Count("id"),
            by_hand_columns=Count("id", filter=Q(use=ColumnUse.BY_HAND)),
        )
        .order_by("-columns", "sender")
    )
    return [Burden(**row) for row in counted]


def village_sums(month: Month) -> list[dict[str, Any]]:
    """Give what `fields_by_village` gives, a row for each village by its code."""
    rows = FormPart.objects.filter(form__received_on__range=(month.first_day, month.last_day)).order_by()
    sums = rows.values("village_code").annotate(
        forms=Count("id"),
        cells=Sum(F("filled_count") + F("empty_count") + F("by_hand_count")),
        by_hand=Sum(F("empty_count") + F("by_hand_count")),
    )
    return [dict(row) for row in sums.order_by("village_code")]


def fields_by_village(month: Month) -> dict[str, Counter[str]]:
    """Count the cells of the forms of a month by village in scope: rows times columns, and those left to the village.

    Forms that were counted alone; columns that the register refuses are nobody's to fill.
    """
    return {row.pop("village_code"): Counter(row) for row in village_sums(month)}


def is_overdue(form: FormRequest, *, on: date | None = None) -> bool:
    """Tell whether an open form is past its day."""
    return form.state == FormState.OPEN and form.due_on is not None and form.due_on < (on or today())


def overdue(rows: "QuerySet[FormRequest]", *, on: date | None = None) -> "QuerySet[FormRequest]":
    """Keep the open forms that are past their day."""
    return rows.filter(state=FormState.OPEN, due_on__lt=on or today())


def county_pictures() -> "QuerySet[Snapshot]":
    """Give the pictures of the whole county, the latest day first."""
    return Snapshot.objects.filter(state=SnapshotState.MADE, scope_code__endswith="000000").order_by(
        "-as_of", "-made_at", "-id"
    )
