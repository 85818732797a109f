"""Pictures for questions: found, listed, and what they cannot know."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from assistance.queries.coverage import NONE, STAND_IN
from households.enums import Stock
from periods.enums import SnapshotPurpose, SnapshotState
from periods.models import FrozenHousehold, Snapshot
from registry.lib.errors import NotFound
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from villages.queries.villages import villages_in_scope

_NOT_KNOWN: Final = _(
    "Villages, their yearly facts and teams, goals, support periods, shares and links of partners keep no former "
    "versions: what was entered since is left out, what was changed since is shown as it is now."
)
_AREA: Final = _("Households that have left your area since then are not shown.")


def pictures(actor: Actor) -> "QuerySet[Snapshot]":
    """Give the pictures for questions about divisions in the actor's area, the latest first.

    Whoever covers a part of the county sees the own ones alone: one that the county asked for shows households that
    have left that part since, with what others recorded of them.
    """
    within = Q(pk__in=[])
    for code_range in actor.ranges:
        within |= Q(scope_code__gte=code_range.lo, scope_code__lt=code_range.hi)
    if not actor.covers_county:
        within &= Q(asked_by=actor.user_id)
    rows = Snapshot.objects.filter(within, purpose=SnapshotPurpose.QUESTION).select_related("asked_by")
    return rows.order_by("-created_at", "-id")


def find_picture(snapshot_id: UUID, *, actor: Actor) -> Snapshot:
    """Give one. Raises: NotFound for an unknown one and for one about another area."""
    row = pictures(actor).filter(pk=snapshot_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def same_question(as_of: date, *, known_at: datetime | None, area_code: str, actor: Actor) -> Snapshot | None:
    """Give the picture that the same person has for the same question already.

    What was known at a moment of the past does not change; of what is known now only one in the making is the same.
    """
    rows = Snapshot.objects.filter(
        purpose=SnapshotPurpose.QUESTION, as_of=as_of, scope_code=area_code, asked_by_id=actor.user_id
    )
    if known_at is None:
        return rows.filter(known_at__isnull=True, state=SnapshotState.MAKING).first()
    return rows.exclude(state=SnapshotState.FAILED).filter(known_at=known_at).order_by("-created_at").first()


def limits_of(snapshot: Snapshot, *, actor: Actor) -> tuple[Any, ...]:
    """Say what a picture cannot know, for the notes of a report that is made of it.

    One that somebody of the whole county asked for shows those who have left its area too.
    """
    is_past = snapshot.known_at is not None
    sees_all = snapshot.asked_by_id == actor.user_id and actor.covers_county
    return tuple(
        sentence
        for sentence, holds in (
            (_NOT_KNOWN, is_past),
            (
                _AREA,
                snapshot.purpose == SnapshotPurpose.QUESTION
                and snapshot.scope_code != actor.tenant_code
                and not sees_all,
            ),
        )
        if holds
    )


def picture_rows(rows: "QuerySet[Snapshot]") -> "QuerySet[Any, Any]":
    """Give the columns of pictures that programs read."""
    return rows.values(
        "id",
        "as_of",
        "known_at",
        "taken_at",
        "state",
        "households",
        "persons",
        "villages",
        "checksum",
        "created_at",
        "error_code",
        area_code=F("scope_code"),
    )


def counts_by_village(snapshot_id: UUID) -> list[dict[str, Any]]:
    """Count the households of a picture that the actor sees: by village the stocks, persons and the monitored."""
    rows = FrozenHousehold.objects.filter(snapshot=snapshot_id).order_by().values("village_code")
    counted = rows.annotate(
        households=Count("id"),
        persons=Sum("person_count"),
        not_lifted=Count("id", filter=Q(stock=Stock.NOT_LIFTED)),
        lifted=Count("id", filter=Q(stock=Stock.LIFTED)),
        monitored=Count("id", filter=Q(is_monitored=True)),
        without_helper=Count("id", filter=Q(cover__in=[NONE, STAND_IN])),
    )
    return [dict(row) for row in counted.order_by("village_code")]


def areas_of(actor: Actor) -> list[tuple[str, str]]:
    """Give the divisions that the actor may ask about with their names: the own area, its townships, its villages."""
    villages = dict(villages_in_scope().values_list("code", "name"))
    townships = {f"{code[:9]}000" for code in villages}
    own = {code_range.lo for code_range in actor.ranges}
    codes = sorted(code for code in own | townships | villages.keys() if actor.covers_whole(code))
    names = division_names([code for code in codes if code not in villages]) | villages
    return [(code, f"{names.get(code, '')} {code}".strip()) for code in codes]
