"""Work teams that live in villages: send them, plan their term, end their stay; and the batches in which they go."""

from datetime import date
from typing import TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.members import MemberDraft, write_member
from villages.enums import LEADER
from villages.models import TeamAbsence, TeamBatch, TeamMember, Unit, Village, WorkTeam
from villages.queries.teams import later_than


class BatchChanges(TypedDict, total=False):
    """The fields of a batch; those left out stay."""

    number: int
    name: str
    starts_on: date
    planned_ends_on: date


def send_team(
    village_id: UUID,
    unit_id: UUID,
    *,
    leader_name: str,
    actor: Actor,
    on: date,
    batch_id: UUID | None = None,
    leader_posts: tuple[str, ...] = (LEADER,),
    planned_ends_on: date | None = None,
) -> WorkTeam:
    """Begin the stay of a unit's team in a village from the day `on`, with its leader, and a term of its own if any.

    Raises: NotFound, NotAllowed; Conflict when the unit has a team there that day, or the leader is in another team;
    DomainError.
    """
    village = Village.objects.filter(pk=village_id).first()
    unit = Unit.objects.filter(pk=unit_id).first()
    batch = TeamBatch.objects.filter(pk=batch_id).first() if batch_id else None
    if village is None or unit is None or (batch_id and batch is None):
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    require(actor, "villages.manage_teams", village)
    _require_term(planned_ends_on, on)
    team = WorkTeam(
        scope_code=village.code, village=village, unit=unit, batch=batch, starts_on=on, planned_ends_on=planned_ends_on
    )
    try:
        with savepoint():
            team.save()
    except IntegrityError as error:
        message = _("This unit has a team in the village on that day. End that team's stay first.")
        raise Conflict("team.overlap", message, field="on") from error
    member = write_member(team, MemberDraft(name=leader_name, post_codes=leader_posts, starts_on=on))
    changes = {"unit": (None, unit.id), "batch": (None, batch_id), "starts_on": (None, on), "leader": (None, member.pk)}
    if planned_ends_on is not None:
        changes["planned_ends_on"] = (None, planned_ends_on)
    record("villages.send_team", team, actor=actor, changes=changes)
    return team


def plan_team(
    team_id: UUID, *, batch_id: UUID | None, planned_ends_on: date | None, actor: Actor, version: int | None = None
) -> WorkTeam:
    """State the batch of a team, and the end of its term where it is not that of the batch.

    Locks: the team row. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    team = lock_version(WorkTeam.objects.all(), team_id, version)
    require(actor, "villages.manage_teams", team)
    if batch_id and not TeamBatch.objects.filter(pk=batch_id).exists():
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    _require_term(planned_ends_on, team.starts_on)
    wanted = {"batch_id": batch_id, "planned_ends_on": planned_ends_on}
    changed = {name: (getattr(team, name), value) for name, value in wanted.items() if getattr(team, name) != value}
    if not changed:
        return team
    team.batch_id, team.planned_ends_on = batch_id, planned_ends_on
    team.touch().save(update_fields=["batch", "planned_ends_on", "version", "updated_at"])
    record("villages.plan_team", team, actor=actor, changes=changed)
    return team


def _require_term(planned_ends_on: date | None, starts_on: date) -> None:
    if planned_ends_on is not None and planned_ends_on <= starts_on:
        message = _("The term ends before the stay began. Enter a later day.")
        raise DomainError("team.planned_before_start", message, field="planned_ends_on")


def end_team(team_id: UUID, *, actor: Actor, on: date, version: int | None = None) -> WorkTeam:
    """End a team's stay, and with it that of its members: `on` is the first day without it.

    A stay that has ended may end earlier, never later.

    Locks: the team row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    team = lock_version(WorkTeam.objects.all(), team_id, version)
    require(actor, "villages.manage_teams", team)
    if team.ends_on is not None and team.ends_on <= on:
        message = _("The stay has ended already, on %(day)s. Enter an earlier day, or send the team again.")
        raise Conflict("team.ended", message % {"day": team.ends_on.isoformat()}, field="on")
    if on <= team.starts_on:
        message = _("The stay ends before it began. Enter a later day.")
        raise DomainError("team.ends_before_start", message, field="on")
    before, team.ends_on = team.ends_on, on
    team.touch().save(update_fields=["ends_on", "version", "updated_at"])
    end_now = {"ends_on": Greatest(F("starts_on"), on), "version": F("version") + 1, "updated_at": timezone.now()}
    TeamAbsence.objects.filter(later_than(on), member__team=team).update(**end_now)
    ended = TeamMember.objects.filter(later_than(on), team=team).update(**end_now)
    changes = {"ends_on": (before, on), "members_ended": (None, ended)}
    record("villages.end_team", team, actor=actor, changes=changes)
    return team


def open_batch(values: BatchChanges, *, actor: Actor) -> TeamBatch:
    """Enter a batch of teams with its term.

    Raises: NotAllowed; Conflict when its number is on file; DomainError.
    """
    require(actor, "villages.manage_batches")
    given: BatchChanges = {"name": "", **values}
    batch = TeamBatch(scope_code=actor.tenant_code, **_checked_batch(given))
    _save_batch(batch, None)
    record("villages.open_batch", batch, actor=actor, changes={name: (None, value) for name, value in given.items()})
    return batch


def amend_batch(batch_id: UUID, changes: BatchChanges, *, actor: Actor, version: int) -> TeamBatch:
    """Write the changed fields of a batch that is still at `version`: teams without a term of their own follow it.

    Locks: the batch row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    batch = lock_version(TeamBatch.objects.all(), batch_id, version)
    require(actor, "villages.manage_batches", batch)
    whole: BatchChanges = {
        "number": batch.number,
        "name": batch.name,
        "starts_on": batch.starts_on,
        "planned_ends_on": batch.planned_ends_on,
    }
    values = _checked_batch({**whole, **changes})
    changed = {name: (getattr(batch, name), value) for name, value in values.items() if getattr(batch, name) != value}
    if not changed:
        return batch
    for name, (_before, value) in changed.items():
        setattr(batch, name, value)
    _save_batch(batch.touch(), [*changed, "version", "updated_at"])
    record("villages.amend_batch", batch, actor=actor, changes=changed)
    return batch


def _checked_batch(values: BatchChanges) -> BatchChanges:
    checked = values.copy()
    checked["name"] = clean(checked["name"])
    if not checked["name"] or checked.get("number", 0) < 1:
        message = _("A batch has a number, from 1, and a name. Enter both.")
        raise DomainError("batch.unnamed", message, field="name")
    if checked["planned_ends_on"] <= checked["starts_on"]:
        message = _("The term ends before it began. Enter a later day.")
        raise DomainError("batch.ends_before_start", message, field="planned_ends_on")
    return checked


def _save_batch(batch: TeamBatch, update_fields: list[str] | None) -> None:
    try:
        with savepoint():
            batch.save(update_fields=update_fields)
    except IntegrityError as error:
        message = _("A batch of this number is on file already. Open it and change it there.")
        raise Conflict("batch.on_file", message, field="number") from error
