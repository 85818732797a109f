"""Announce a sample check, draw it, note what the doorstep said, and close it."""

import hashlib
import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from periods.models import Snapshot
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import day_of, today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import savepoint
from sampling.definitions.drawing import Drawn, Stratum, Unit, draw
from sampling.enums import CheckState, Outcome, Section
from sampling.models import SampleCell, SampleCheck, SampledHousehold, SampleTally
from sampling.queries.samples import find_sample, frame_of, snapshots_to_draw_from
from sampling.workflow import CHECK_STEPS

_MANAGE = "sampling.manage"
_RECORD = "sampling.record"


@dataclass(frozen=True, slots=True)
class SampleDraft:
    """What an office sets: a name, the picture whose households make the list, how many, and how many a village."""

    name: str
    snapshot_id: UUID
    size: int
    cap_per_village: int


def announce_sample(draft: SampleDraft, *, actor: Actor) -> SampleCheck:
    """Announce a sample check with a seed that the registry makes, and that the county can read from now on.

    Whether the sample can be drawn is tried with another seed, so that nothing is drawn before its announcement.
    Raises: NotAllowed; NotFound for a picture that is none; Conflict for a name that is taken; DomainError.
    """
    require(actor, _MANAGE)
    name = clean(draft.name)
    if not name:
        raise DomainError(
            "sample.name", _("The name is missing. Name the check, for example by its month."), field="name"
        )
    snapshot = _whole_county(draft.snapshot_id, actor)
    draw(frame_of(snapshot), seed=secrets.token_hex(16), size=draft.size, cap=draft.cap_per_village)
    row = SampleCheck(
        scope_code=actor.tenant_code,
        name=name,
        snapshot=snapshot,
        frame_on=snapshot.as_of,
        size=draft.size,
        cap_per_village=draft.cap_per_village,
        seed=secrets.token_hex(16),
        announced_by_id=actor.user_id,
    )
    try:
        with savepoint():
            row.save()
    except IntegrityError as error:
        message = _("There is a sample check of this name. Choose another name.")
        raise Conflict("sample.name_taken", message, field="name") from error
    changes = {name: (None, getattr(row, name)) for name in ("name", "snapshot_id", "size", "cap_per_village", "seed")}
    record("sampling.announce", row, actor=actor, changes=changes)
    return row


def _whole_county(snapshot_id: UUID, actor: Actor) -> Snapshot:
    snapshot = snapshots_to_draw_from().filter(pk=snapshot_id).first()
    if snapshot is None or not actor.covers_county:
        message = _("There is no such snapshot of the whole county. Choose one of the list.")
        raise NotFound("sample.no_snapshot", message)
    return snapshot


def draw_sample(sample_id: UUID, *, actor: Actor, version: int | None = None) -> SampleCheck:
    """Draw what was announced: once, and the same for everybody who has seed and list.

    Locks: the check. Raises: NotFound; NotAllowed; StaleVersion; Conflict for one that was drawn or cancelled.
    """
    require(actor, _MANAGE)
    row = _step(sample_id, CheckState.DRAWN, version)
    units = list(frame_of(_whole_county(row.snapshot_id, actor)))
    strata: dict[Stratum, list[Unit]] = defaultdict(list)
    for unit in units:
        strata[unit.stratum].append(unit)
    for drawn in draw(units, seed=row.seed, size=row.size, cap=row.cap_per_village):
        _keep(row, drawn, strata[drawn.stratum])
    row.frame_digest, row.drawn_at, row.state = frame_digest(units), timezone.now(), CheckState.DRAWN
    row.touch().save(update_fields=["frame_digest", "drawn_at", "state", "version", "updated_at"])
    changes = {"state": (CheckState.ANNOUNCED, row.state), "frame_digest": ("", row.frame_digest)}
    record("sampling.draw", row, actor=actor, changes=changes)
    return row


def frame_digest(units: Iterable[Unit]) -> str:
    """Give the SHA-256 of the list as `frame_text` writes it."""
    return hashlib.sha256(frame_text(units)).hexdigest()


def frame_text(units: Iterable[Unit]) -> bytes:
    """Write the list: a line `number|village|township|group` for each household, in the order of the lines."""
    lines = sorted(
        f"{unit.number}|{unit.village_code}|{unit.stratum.township_code}|{unit.stratum.group}\n" for unit in units
    )
    return "".join(lines).encode()


def hand_out_frame(sample_id: UUID, *, actor: Actor) -> bytes:
    """Give the list that a sample is drawn from, so that anybody who is given it can draw again; it is audited.

    It names no person. Raises: NotAllowed; NotFound, also for who does not cover the county.
    """
    require(actor, _MANAGE)
    row = find_sample(sample_id, actor=actor)
    text = frame_text(frame_of(_whole_county(row.snapshot_id, actor)))
    record("sampling.hand_out_list", row, actor=actor, count=text.count(b"\n"))
    return text


def _keep(row: SampleCheck, drawn: Drawn, units: Collection[Unit]) -> None:
    """Write the cells of a stratum and the households taken."""
    cell_of = {unit.household_id: unit.village_code * (unit.village_code in drawn.capped_villages) for unit in units}
    lists = Counter(cell_of.values())
    taken = Counter(cell_of[unit.household_id] for unit in drawn.units)
    cells = {
        village: SampleCell(
            id=new_id(),
            scope_code=village or drawn.stratum.township_code,
            sample=row,
            township_code=drawn.stratum.township_code,
            group=drawn.stratum.group,
            village_code=village,
            households=households,
            drawn=taken[village],
        )
        for village, households in sorted(lists.items())
    }
    SampleCell.objects.bulk_create(cells.values())
    SampleTally.objects.bulk_create(SampleTally(scope_code=cell.scope_code, cell=cell) for cell in cells.values())
    SampledHousehold.objects.bulk_create(
        SampledHousehold(
            scope_code=unit.village_code,
            sample=row,
            cell=cells[cell_of[unit.household_id]],
            household_id=unit.household_id,
            village_code=unit.village_code,
            place=place,
        )
        for place, unit in enumerate(drawn.units, start=1)
    )


def cancel_sample(sample_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> SampleCheck:
    """Cancel what was announced and not drawn; it stays on file with its seed, so that nobody tries seeds in silence.

    Locks: the check. Raises: NotFound; NotAllowed; StaleVersion; Conflict for one that was drawn; DomainError.
    """
    require(actor, _MANAGE)
    if not clean(reason):
        raise DomainError("sample.reason", _("The reason is missing. Say why the check is cancelled."), field="reason")
    return _end(_step(sample_id, CheckState.CANCELLED, version), CheckState.CANCELLED, actor, clean(reason))


def close_sample(sample_id: UUID, *, actor: Actor, version: int | None = None) -> SampleCheck:
    """Close a check in which every household has a result; nothing is noted afterwards.

    Locks: the check. Raises: NotFound; NotAllowed; StaleVersion; Conflict for one that is open, or not drawn.
    """
    require(actor, _MANAGE)
    row = _step(sample_id, CheckState.CLOSED, version)
    left = SampledHousehold.objects.filter(sample=row, outcome=Outcome.OPEN).count()
    if left:
        message = _(
            "%(left)s households have no result yet. Enter them first; for one not met choose “Nobody was met”."
        )
        raise Conflict("sample.open", message % {"left": left})
    return _end(row, CheckState.CLOSED, actor, "")


def _end(row: SampleCheck, state: CheckState, actor: Actor, reason: str) -> SampleCheck:
    former, row.state, row.ended_at = row.state, state, timezone.now()
    row.touch().save(update_fields=["state", "ended_at", "version", "updated_at"])
    action = "sampling.cancel" if state == CheckState.CANCELLED else "sampling.close"
    record(action, row, actor=actor, changes={"state": (former, state)}, reason=reason)
    return row


def _step(sample_id: UUID, state: CheckState, version: int | None) -> SampleCheck:
    row = lock_version(SampleCheck.objects.all(), sample_id, version)
    if state not in CHECK_STEPS[row.state]:
        message = _("The check is %(state)s, and this cannot be done any more. Load the page again.")
        raise Conflict("sample.state", message % {"state": row.get_state_display()})
    return row


def note_result(
    drawn_id: UUID, outcome: str, *, wrong_codes: Collection[str], on: date, actor: Actor, version: int | None = None
) -> SampledHousehold:
    """Note what the check of a household found; until the check is closed a result can be corrected.

    Locks: the household's line, then the check. Raises: NotFound; NotAllowed; StaleVersion; Conflict; DomainError.
    """
    require(actor, _RECORD)
    row = lock_version(SampledHousehold.objects.select_related("sample"), drawn_id, version)
    _require_drawn(row)
    codes = sorted(set(wrong_codes))
    _check_result(row, outcome, codes, on)
    before = (row.outcome, list(row.wrong_codes), row.checked_on)
    row.outcome, row.wrong_codes, row.checked_on = outcome, codes, on
    if before == (row.outcome, codes, on):
        return row
    row.checked_by = actor.user_id
    row.touch().save(update_fields=["outcome", "wrong_codes", "checked_on", "checked_by", "version", "updated_at"])
    changes = {"outcome": (before[0], outcome), "wrong_codes": (before[1], codes), "checked_on": (before[2], on)}
    record("sampling.note_result", row, actor=actor, changes=changes)
    return row


def _require_drawn(row: SampledHousehold) -> None:
    """Hold the check drawn until the result is written: nobody closes it meanwhile."""
    states = SampleCheck.objects.select_for_update(of=("self",), no_key=True).filter(pk=row.sample_id)
    if states.values_list("state", flat=True).get() != CheckState.DRAWN:
        raise Conflict("sample.closed", _("The check is closed: its results are final."))


def _check_result(row: SampledHousehold, outcome: str, codes: Collection[str], on: date) -> None:
    if outcome not in set(Outcome.values) - {Outcome.OPEN}:
        raise DomainError("sample.outcome", _("Choose what the check found."), field="outcome")
    if not set(codes) <= set(Section.values):
        raise DomainError(
            "sample.section", _("There is no such part of a record. Choose of the list."), field="wrong_codes"
        )
    if (outcome == Outcome.WRONG) != bool(codes):
        message = _("Say in which parts something is wrong, and only then.")
        raise DomainError("sample.what_is_wrong", message, field="wrong_codes")
    drawn_at = row.sample.drawn_at
    if on > today() or (drawn_at is not None and on < day_of(drawn_at)):
        message = _("The day lies between the draw and today. Check the day.")
        raise DomainError("sample.day", message, field="on")
