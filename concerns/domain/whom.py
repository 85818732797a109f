"""Who is complained of, and who must therefore never see it.

An office never judges its own: whatever is about a team is seen from the township upwards, about the township or its
clerks by the county office alone, about the county office by the audit administrator alone (docs/decisions/0200, 0201).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from assistance.models import Helper
from concerns.enums import Against, Level, Reach
from concerns.queries.accounts import active_holders_of, holders_of, login_in_county, posts_in_county
from households.models import Household
from registry.enums import ADMINISTRATORS, Role
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.tenancy.context import Actor
from villages.models import TeamMember, WorkTeam

_ORDER: Final = (Reach.VILLAGE, Reach.TOWNSHIP, Reach.COUNTY, Reach.ABOVE)
# From where upwards a grievance about somebody in this role is seen.
_REACH_OF: Final = {
    Role.HELPER: Reach.VILLAGE,
    Role.VILLAGE_TEAM: Reach.TOWNSHIP,
    Role.TOWNSHIP_CLERK: Reach.COUNTY,
    Role.SECTOR_CLERK: Reach.COUNTY,
    Role.COUNTY_OFFICE: Reach.ABOVE,
}
FIRST_LEVEL: Final = {
    Reach.VILLAGE: Level.TOWNSHIP,
    Reach.TOWNSHIP: Level.TOWNSHIP,
    Reach.COUNTY: Level.COUNTY,
    Reach.ABOVE: Level.ABOVE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Who is complained of: a helper or a team by id, somebody with a login by its name, an office by its kind."""

    against: str = Against.NOBODY
    helper_id: UUID | None = None
    team_id: UUID | None = None
    username: str = ""


@dataclass(frozen=True, slots=True)
class Concealment:
    """The columns that name whom a grievance is about, and those that hide it from them."""

    reach: Reach = Reach.VILLAGE
    hidden_from: frozenset[UUID] = frozenset()
    columns: dict[str, Any] = field(default_factory=dict)


def scope_of(village_code: str, reach: str) -> str:
    """Give the division from which upwards the row is seen, as the trigger writes it."""
    digits = {Reach.VILLAGE: 12, Reach.TOWNSHIP: 9, Reach.COUNTY: 6, Reach.ABOVE: 4}[Reach(reach)]
    return village_code[:digits].ljust(12, "0")


def concealment(whom: Whom, household: Household, *, actor: Actor) -> Concealment:
    """Work out who must not see a grievance about `whom`, and from where upwards it is seen.

    Locks: the helper, or the members of the team, so that no login is linked with them meanwhile.
    Raises: NotFound, DomainError with the field; Conflict when the actor is complained of, or works in that office.
    """
    _refuse_others(whom)
    match whom.against:
        case Against.NOBODY:
            found = Concealment()
        case Against.HELPER:
            found = _of_helper(whom, household, actor)
        case Against.TEAM:
            found = _of_team(whom, household, actor)
        case Against.ACCOUNT:
            found = _of_account(whom, actor)
        case Against.TOWNSHIP:
            township = household.scope_code[:9].ljust(12, "0")
            found = Concealment(Reach.COUNTY, frozenset(holders_of(Role.TOWNSHIP_CLERK, [township], actor=actor)))
            _refuse_own(actor, Role.TOWNSHIP_CLERK)
        case Against.COUNTY:
            holders = holders_of(Role.COUNTY_OFFICE, [actor.tenant_code], actor=actor)
            found = Concealment(Reach.ABOVE, frozenset(holders))
            _refuse_own(actor, Role.COUNTY_OFFICE)
        case _:
            message = _("Say against whom, or that it is the matter itself. Choose one from the list.")
            raise DomainError("grievance.against_unknown", message, field="against")
    if actor.user_id in found.hidden_from:
        raise _about_yourself()
    return _seen_by_somebody(found, actor)


def _seen_by_somebody(found: Concealment, actor: Actor) -> Concealment:
    """Lift above the county what each clerk of its office is hidden from, and refuse what nobody at all would see."""
    office = active_holders_of(Role.COUNTY_OFFICE, actor=actor)
    if office and office <= found.hidden_from:
        found = replace(found, reach=Reach.ABOVE)
    if found.reach == Reach.ABOVE and not active_holders_of(Role.AUDIT_ADMINISTRATOR, actor=actor) - found.hidden_from:
        message = _(
            "Nobody in the county could see this grievance: no audit administrator is at work. Nothing was entered "
            "here. Send it to the next level on paper."
        )
        raise DomainError("grievance.nobody_to_see", message, field="against")
    return found


def _refuse_others(whom: Whom) -> None:
    """Refuse what names somebody besides: nobody is hidden from a grievance by chance."""
    named = {Against.HELPER: whom.helper_id, Against.TEAM: whom.team_id, Against.ACCOUNT: whom.username}
    fields = {Against.HELPER: "helper_id", Against.TEAM: "team_id", Against.ACCOUNT: "username"}
    for kind, value in named.items():
        if value and kind != whom.against:
            message = _("Name only who is complained of: this does not go with what is chosen. Leave it empty.")
            raise DomainError("grievance.names_another", message, field=fields[kind])


def _of_helper(whom: Whom, household: Household, actor: Actor) -> Concealment:
    """Hide it from the helper's login; a member of a team here of the same name and unit is taken for the same."""
    known = Helper.objects.select_for_update(of=("self",), no_key=True).filter(pairings__household=household)
    helper = known.filter(pk=whom.helper_id).first() if whom.helper_id else None
    if helper is None:
        message = _("This helper never stood by the household. Choose one who does or did.")
        raise NotFound("helper.not_found", message, field="helper_id")
    same = TeamMember.objects.filter(name=helper.name, scope_code=household.scope_code)
    members = list(same.filter(unit=helper.unit_id).values_list("user_id", flat=True)) if helper.unit_id else []
    logins = frozenset(login for login in (helper.user_id, *members) if login is not None)
    least = Reach.TOWNSHIP if members else Reach.VILLAGE
    return Concealment(_reach_of(logins, actor, least=least), logins, {"helper_id": helper.pk})


def _of_team(whom: Whom, household: Household, actor: Actor) -> Concealment:
    team = WorkTeam.objects.filter(pk=whom.team_id, village=household.village_id).first() if whom.team_id else None
    if team is None:
        message = _("This team was never sent to the village of the household. Choose one that was.")
        raise NotFound("team.not_found", message, field="team_id")
    _refuse_own(actor, Role.VILLAGE_TEAM)
    rows = TeamMember.objects.select_for_update(of=("self",), no_key=True).filter(team=team).order_by("id")
    members = {member.user_id for member in rows if member.user_id is not None}
    holders = holders_of(Role.VILLAGE_TEAM, [household.scope_code], actor=actor)
    hidden = frozenset(members | holders)
    # A clerk of the township may be a member of the team: then only the county sees it.
    return Concealment(_reach_of(hidden, actor, least=Reach.TOWNSHIP), hidden, {"team_id": team.pk})


def _of_account(whom: Whom, actor: Actor) -> Concealment:
    user_id = login_in_county(whom.username, actor=actor)
    roles = posts_in_county([user_id], actor=actor)
    if roles & ADMINISTRATORS or not roles & _REACH_OF.keys():
        message = _("A grievance about an administrator goes to the next level on paper. Nothing was entered here.")
        raise DomainError("grievance.not_here", message, field="username")
    return Concealment(_reach_of([user_id], actor), frozenset({user_id}), {"account_id": user_id})


def _reach_of(logins: Iterable[UUID], actor: Actor, *, least: Reach = Reach.VILLAGE) -> Reach:
    """Give from where upwards it is seen: above each office in which one of them works, and above `least` at least."""
    roles = posts_in_county(logins, actor=actor)
    return max((least, *(_REACH_OF[role] for role in roles & _REACH_OF.keys())), key=_ORDER.index)


def _refuse_own(actor: Actor, role: Role) -> None:
    if actor.role == role:
        raise _about_yourself()


def _about_yourself() -> Conflict:
    message = _("A grievance about you or your own office is taken down by another office. Send the household there.")
    return Conflict("grievance.about_yourself", message, field="against")
