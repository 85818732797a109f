"""Members of teams: enter them, change their posts from a day on, correct, end, and link them with a login."""

from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict
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
from registry.lib.text import clean_name
from registry.models import User
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code
from villages.domain.refusals import constraint_name
from villages.enums import TEAM_POST_SCHEME
from villages.models import TeamAbsence, TeamMember, Unit, WorkTeam
from villages.queries.teams import later_than

ACTION: Final = "villages.manage_teams"
_REFUSALS: Final = {
    "teammember_one_first_secretary_a_day": (
        "post_codes",
        _("The village has a first secretary on these days. End that post first, or enter another day."),
    ),
    "teammember_one_leader_a_day": (
        "post_codes",
        _("The team has a leader on these days. End that post first, or enter another day."),
    ),
    "teammember_one_team_a_day": (
        "name",
        _(
            "Somebody of this name from the same unit is in a team on these days. End that stay first; for another"
            " person of the same name, write behind the name what tells them apart."
        ),
    ),
    "teammember_one_team_a_login_a_day": (
        "username",
        _("This login belongs to a member of a team on these days. Nobody is in two teams on a day."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDraft:
    """Somebody who joins a team: who, with which posts, since when; sent by the team's unit where no other is named."""

    name: str
    post_codes: tuple[str, ...]
    starts_on: date
    unit_id: UUID | None = None


class MemberChanges(TypedDict, total=False):
    """What may be corrected of a member; what is left out stays."""

    name: str
    unit_id: UUID


def add_member(team_id: UUID, draft: MemberDraft, *, actor: Actor, version: int | None = None) -> TeamMember:
    """Enter a member of a team.

    Locks: the team row. Raises: NotFound, NotAllowed, StaleVersion; Conflict when the person is in a team, or the post
    is taken, on these days; DomainError.
    """
    team = lock_version(WorkTeam.objects.all(), team_id, version)
    require(actor, ACTION, team)
    member = write_member(team, draft)
    team.touch().save(update_fields=["version", "updated_at"])
    names = ("team_id", "unit_id", "name", "post_codes", "starts_on", "ends_on")
    record(
        "villages.add_team_member", member, actor=actor, changes={name: (None, getattr(member, name)) for name in names}
    )
    return member


def write_member(team: WorkTeam, draft: MemberDraft) -> TeamMember:
    """Write a member of a team that the caller holds; the caller records it. Raises: as `add_member`."""
    if draft.starts_on < team.starts_on or (team.ends_on is not None and draft.starts_on >= team.ends_on):
        message = _("The team is not in the village on that day. Enter a day of its stay.")
        raise DomainError("member.outside_stay", message, field="starts_on")
    unit = team.unit if draft.unit_id is None else _unit(draft.unit_id)
    member = TeamMember(
        scope_code=team.scope_code,
        team=team,
        unit=unit,
        name=_named(draft.name),
        post_codes=_checked_posts(draft.post_codes, draft.starts_on),
        starts_on=draft.starts_on,
        ends_on=team.ends_on,
    )
    _save(member, None)
    return member


def change_posts(
    member_id: UUID, post_codes: tuple[str, ...], *, on: date, actor: Actor, version: int | None = None
) -> TeamMember:
    """Give a member other posts from the day `on`: a row for the days before, one for those since.

    On the first day of the row its posts are corrected in place. Gives the row that holds on the day.

    Locks: the member's row. Raises: NotFound, NotAllowed, StaleVersion; Conflict when the post is taken; DomainError.
    """
    member = lock_version(TeamMember.objects.all(), member_id, version)
    require(actor, ACTION, member)
    _require_in_team(member, on)
    posts = _checked_posts(post_codes, on)
    before = member.post_codes
    if posts == before:
        return member
    if on == member.starts_on:
        member.post_codes = posts
        _save(member.touch(), ["post_codes", "version", "updated_at"])
        changed = member
    else:
        changed = TeamMember(
            scope_code=member.scope_code,
            team_id=member.team_id,
            unit_id=member.unit_id,
            user_id=member.user_id,
            name=member.name,
            post_codes=posts,
            starts_on=on,
            ends_on=member.ends_on,
        )
        member.ends_on = on
        _save(member.touch(), ["ends_on", "version", "updated_at"])
        _save(changed, None)
        TeamAbsence.objects.filter(member=member, starts_on__gte=on).update(member_id=changed.pk)
    record("villages.change_posts", changed, actor=actor, changes={"post_codes": (before, posts), "on": (None, on)})
    return changed


def amend_member(member_id: UUID, changes: MemberChanges, *, actor: Actor, version: int | None = None) -> TeamMember:
    """Correct the name or the sending unit of a member.

    Locks: the member's row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    member = lock_version(TeamMember.objects.all(), member_id, version)
    require(actor, ACTION, member)
    values: dict[str, object] = {}
    if "name" in changes:
        values["name"] = _named(changes["name"])
    if "unit_id" in changes:
        values["unit_id"] = _unit(changes["unit_id"]).pk
    changed = {name: (getattr(member, name), value) for name, value in values.items() if getattr(member, name) != value}
    if not changed:
        return member
    for name, (_before, value) in changed.items():
        setattr(member, name, value)
    _save(member.touch(), ["name", "unit", "version", "updated_at"])
    record("villages.amend_team_member", member, actor=actor, changes=changed)
    return member


def end_member(member_id: UUID, *, on: date, actor: Actor, version: int | None = None) -> TeamMember:
    """End the days of a member: `on` is the first one without. On the first day of the row it was entered in error.

    Locks: the member's row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    member = lock_version(TeamMember.objects.all(), member_id, version)
    require(actor, ACTION, member)
    if member.ends_on is not None and member.ends_on <= on:
        message = _("The member has left already, on %(day)s. Enter an earlier day.")
        raise Conflict("member.ended", message % {"day": member.ends_on.isoformat()}, field="on")
    if on < member.starts_on:
        message = _("The member leaves before the stay began. Enter a later day.")
        raise DomainError("member.ends_before_start", message, field="on")
    before, member.ends_on = member.ends_on, on
    member.touch().save(update_fields=["ends_on", "version", "updated_at"])
    TeamAbsence.objects.filter(later_than(on), member=member).update(
        ends_on=Greatest(F("starts_on"), on), version=F("version") + 1, updated_at=timezone.now()
    )
    record("villages.end_member", member, actor=actor, changes={"ends_on": (before, on)})
    return member


def link_member(member_id: UUID, username: str, *, actor: Actor, version: int | None = None) -> TeamMember:
    """Link the member with the login of that user name, or with none when it is empty.

    Locks: the member's row. Raises: NotFound, NotAllowed, StaleVersion, Conflict.
    """
    member = lock_version(TeamMember.objects.all(), member_id, version)
    require(actor, "villages.link_member", member)
    user = User.objects.filter(username=username.strip().lower()).first() if username else None
    if username and user is None:
        raise NotFound("member.login_unknown", _("There is no login of this name. Check it."), field="username")
    before, member.user_id = member.user_id, user.id if user else None
    _save(member.touch(), ["user", "version", "updated_at"])
    record("villages.link_member", member, actor=actor, changes={"user": (before, member.user_id)})
    return member


def _require_in_team(member: TeamMember, on: date) -> None:
    if on < member.starts_on or (member.ends_on is not None and on >= member.ends_on):
        message = _("The member is not in the team on that day. Enter a day of the stay.")
        raise DomainError("member.outside_stay", message, field="on")


def _named(given: str) -> str:
    name = clean_name(given)
    if not name:
        raise DomainError("member.name_missing", _("The name is missing. Enter it."), field="name")
    return name


def _checked_posts(post_codes: tuple[str, ...], on: date) -> list[str]:
    posts = sorted(set(post_codes))
    if not posts:
        raise DomainError("member.post_missing", _("Choose at least one post."), field="post_codes")
    for code in posts:
        require_code(TEAM_POST_SCHEME, code, on=on, field="post_codes")
    return posts


def _unit(unit_id: UUID) -> Unit:
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound("unit.not_found", _("There is no such unit. Choose one from the list."), field="unit_id")
    return unit


def _save(member: TeamMember, update_fields: list[str] | None) -> None:
    try:
        with savepoint():
            member.save(update_fields=update_fields)
    except IntegrityError as error:
        name = constraint_name(error)
        if name not in _REFUSALS:
            raise
        field, message = _REFUSALS[name]
        raise Conflict(f"database.{name}", message, field=field) from error
