"""Pictures for questions: the register as the facts stood on a day, as known at a moment, made for whoever asks.

They hold what the asker may see, in the area that was asked about, and are removed after some days.
"""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from periods.domain.freezing import empty_snapshot, fill_snapshot, mark_made
from periods.enums import SnapshotPurpose, SnapshotState
from periods.models import Snapshot
from periods.queries.questions import find_picture, same_question
from registry import jobs
from registry.access import require
from registry.audit import record
from registry.lib.errors import DomainError, NotFound
from registry.lib.gbcode import Level, check_code, level_of
from registry.lib.periods import start_of, today
from registry.tenancy.context import Actor

QUESTION_JOB: Final = "periods.question"
REMOVE_DUE: Final = "periods.remove_pictures"
_EVERY: Final = timedelta(days=1)
_AT_ONCE: Final = 20
# The oldest day that may be asked about. House rule: the register's own files begin with the filing of 2014.
FIRST_DAY: Final = date(2014, 1, 1)


def known_until(day: date | None) -> datetime | None:
    """Give the moment at which a day ends, for "as known on" a day; None for no day, and for today: what is known now.

    Raises: DomainError for a day to come.
    """
    if day is None or day == today():
        return None
    _refuse_to_come(day, field="known_on")
    return start_of(day + timedelta(days=1))


def ask_picture(as_of: date, *, known_at: datetime | None, area_code: str, actor: Actor) -> Snapshot:
    """Ask for the facts of an area as they stood on a day, as known at a moment (None: now), and give the picture.

    That of a township or village is made at once; that of a county is made by a worker, and is `making` until then.
    The same question about the past asked again gives the same picture as long as it is there.
    Raises: NotAllowed; NotFound for an area that is not wholly the actor's; DomainError for a day or moment to come.
    """
    snapshot, is_new = _asked(as_of, known_at=known_at, area_code=area_code, actor=actor)
    if not is_new:
        return snapshot
    if level_of(area_code) <= Level.COUNTY:
        jobs.enqueue(QUESTION_JOB, key=str(snapshot.pk), arguments={"snapshot_id": str(snapshot.pk)}, actor=actor)
        return snapshot
    return make_picture(snapshot.pk, actor=actor)


def picture_at_once(as_of: date, *, known_at: datetime | None, area_code: str, actor: Actor) -> Snapshot:
    """Do the same without another worker, whatever the area: for a job that goes on with the picture.

    Raises: as `ask_picture`.
    """
    snapshot, is_new = _asked(as_of, known_at=known_at, area_code=area_code, actor=actor)
    if is_new or snapshot.state != SnapshotState.MADE:
        return make_picture(snapshot.pk, actor=actor)
    return snapshot


def make_picture(snapshot_id: UUID, *, actor: Actor) -> Snapshot:
    """Make a picture that was asked for. Locks: the picture. Raises: NotFound; Conflict when it is made already."""
    snapshot = find_picture(snapshot_id, actor=actor)
    require(actor, "periods.ask_picture")
    fill_snapshot(snapshot, actor=actor)
    mark_made(snapshot)
    return snapshot


def fail_picture(snapshot_id: UUID, code: str, message: object) -> None:
    """Note why a picture could not be made. Locks: the picture."""
    row = Snapshot.objects.select_for_update(of=("self",)).filter(pk=snapshot_id).first()
    if row is None or row.state != SnapshotState.MAKING:
        return
    row.state, row.error_code, row.error = SnapshotState.FAILED, code[:100], message
    row.save(update_fields=["state", "error_code", "error"])


def remove_old_pictures(*, actor: Actor) -> int:
    """Remove pictures for questions whose days are over, some at a time, and give their number.

    Locks: none but those of the rows it deletes. Raises: NotAllowed.
    """
    require(actor, "periods.remove_pictures")
    before = timezone.now() - timedelta(days=settings.PICTURE_DAYS)
    old = Snapshot.objects.filter(purpose=SnapshotPurpose.QUESTION, created_at__lt=before).order_by("created_at")
    pictures = list(old[:_AT_ONCE])
    for snapshot in pictures:
        empty_snapshot(snapshot)
        snapshot.delete()
    if pictures:
        record("periods.remove_pictures", actor=actor, count=len(pictures))
    return len(pictures)


@jobs.due(REMOVE_DUE)
def remove_each_day(actor: Actor, key: str, due_at: datetime) -> datetime | None:
    """Remove, and come back at once where more are left, tomorrow where younger ones are, and else never."""
    if remove_old_pictures(actor=actor) == _AT_ONCE:
        return timezone.now()
    is_any_left = Snapshot.objects.filter(purpose=SnapshotPurpose.QUESTION).exists()
    return timezone.now() + _EVERY if is_any_left else None


def _asked(as_of: date, *, known_at: datetime | None, area_code: str, actor: Actor) -> tuple[Snapshot, bool]:
    """Give the picture that answers the question, and whether it is a new one that is still empty."""
    require(actor, "periods.ask_picture")
    _check(as_of, known_at)
    if not actor.covers_whole(check_code(area_code, field="area_code")):
        message = _("There is no such division in your area. Choose one from the list.")
        raise NotFound("picture.no_such_area", message, field="area_code")
    known = same_question(as_of, known_at=known_at, area_code=area_code, actor=actor)
    if known is not None:
        return known, False
    snapshot = Snapshot.objects.create(
        purpose=SnapshotPurpose.QUESTION,
        as_of=as_of,
        known_at=known_at,
        asked_by_id=actor.user_id,
        scope_code=area_code,
    )
    changes = {"as_of": (None, as_of), "known_at": (None, known_at)}
    record("periods.ask_picture", snapshot, actor=actor, changes=changes)
    jobs.start_due(actor.tenant_id, REMOVE_DUE, "", timezone.now() + _EVERY)
    return snapshot, True


def _check(as_of: date, known_at: datetime | None) -> None:
    _refuse_to_come(as_of, field="as_of")
    if as_of < FIRST_DAY:
        message = _("The register begins in %(year)s. Choose a later day.") % {"year": FIRST_DAY.year}
        raise DomainError("picture.too_early", message, field="as_of")
    if known_at is not None and known_at > timezone.now():
        to_come = _("This moment is still to come. Leave it empty for what is known now.")
        raise DomainError("picture.to_come", to_come, field="known_at")


def _refuse_to_come(day: date, *, field: str) -> None:
    if day > today():
        raise DomainError("picture.to_come", _("This day is still to come. Choose today or before."), field=field)
