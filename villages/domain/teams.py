"""Work teams that live in villages."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.text import clean_name
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.models import Unit, Village, WorkTeam


def send_team(village_id: UUID, unit_id: UUID, *, leader_name: str, actor: Actor, on: date) -> WorkTeam:
    """Begin the stay of a unit's team in a village from the day `on`.

    Raises: NotFound, NotAllowed; Conflict when the unit has a team there that day; DomainError.
    """
    village = Village.objects.filter(pk=village_id).first()
    unit = Unit.objects.filter(pk=unit_id).first()
    if village is None or unit is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    require(actor, "villages.manage_teams", village)
    name = clean_name(leader_name)
    if not name:
        raise DomainError("team.leader_missing", _("The leader's name is missing. Enter it."), field="leader_name")
    team = WorkTeam(scope_code=village.code, village=village, unit=unit, leader_name=name, starts_on=on)
    try:
        with savepoint():
            team.save()
    except IntegrityError as error:
        message = _("This unit has a team in the village on that day. End that team's stay first.")
        raise Conflict("team.overlap", message, field="on") from error
    record("villages.send_team", team, actor=actor, changes={"unit": (None, unit.id), "starts_on": (None, on)})
    return team


def end_team(team_id: UUID, *, actor: Actor, on: date, version: int | None = None) -> WorkTeam:
    """End a team's stay: `on` is the first day without it. A stay that has ended may end earlier, never later.

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
    record("villages.end_team", team, actor=actor, changes={"ends_on": (before, on)})
    return team
