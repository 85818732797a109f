"""Keep a grievance hidden when a login is linked with whom it is about, and with its household when that moves.

When the last reader who is not concerned leaves, it goes above the county. All look at the grievances in the scope of
automatic work, which is nobody's. In that of whoever works they would pass over what is hidden from that person, and
the database would refuse to hide a row from whoever writes it: the error would tell that there is one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import F, Func, Q, QuerySet, UUIDField, Value

from assistance.models import Helper
from concerns.enums import PENDING, GrievanceState, Level, Reach
from concerns.models import Grievance, GrievanceAnswer
from concerns.queries.accounts import active_holders_of, clerks_at_work
from households.models import Household
from registry.audit import on_event, record_each
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.models import PLATFORM_TENANT_ID, AuditEvent
from registry.tenancy.context import Actor, current_actor, system_actor
from registry.tenancy.scope import tenant_scope
from villages.models import TeamMember

_HELPERS: Final = "assistance.link_login"
_MEMBERS: Final = "villages.link_member"
_MOVES: Final = "households.move"
# After these somebody may be gone; whoever reads what lies above the county looks again when work begins.
_LEAVE: Final = frozenset({"registry.end_membership", "registry.amend_user"})
_BEGIN: Final = "registry.go_to_work"
_OPEN: Final = (*PENDING, GrievanceState.ANSWERED)


@on_event
def follow_links_and_moves(event: AuditEvent, object_ids: Sequence[UUID]) -> None:
    """Add a login to those from whom grievances are hidden, or let the grievances of a household go along with it."""
    if event.verb in _LEAVE or (event.verb == _BEGIN and event.role == Role.AUDIT_ADMINISTRATOR):
        lift_what_nobody_reads()
    if event.verb not in {_HELPERS, _MEMBERS, _MOVES}:
        return
    with _nobodys_scope():
        if event.verb == _HELPERS:
            for helper_id, user_id in Helper.objects.filter(id__in=object_ids).values_list("id", "user_id"):
                _hide(Q(helper=helper_id), user_id)
        elif event.verb == _MEMBERS:
            for team_id, user_id in TeamMember.objects.filter(id__in=object_ids).values_list("team_id", "user_id"):
                _hide(Q(team=team_id), user_id)
        else:
            for household_id, code in Household.objects.filter(id__in=object_ids).values_list("id", "scope_code"):
                Grievance.objects.filter(household=household_id).update(scope_code=code)
                GrievanceAnswer.objects.filter(household=household_id).update(scope_code=code)


def lift_what_nobody_reads() -> None:
    """Let the audit administrator see open grievances whose last reader in an office who is not concerned has left."""
    if current_actor().tenant_id == PLATFORM_TENANT_ID:
        return
    with _nobodys_scope() as actor:
        readers = _Readers.of(actor)
        found = [row.pk for row in _hidden_ones() if readers.are_gone_from(row)]
        # Asked again once they are locked: one may have been closed meanwhile.
        locked = _hidden_ones().filter(id__in=found).select_for_update(of=("self",)) if found else ()
        rows = [row for row in locked if readers.are_gone_from(row)]
        if not rows:
            return
        ids = [row.pk for row in rows]
        values = {"reach": Reach.ABOVE, "scope_code": actor.tenant_code}
        Grievance.objects.filter(id__in=ids).update(level=Level.ABOVE, version=F("version") + 1, **values)
        GrievanceAnswer.objects.filter(grievance__in=ids).update(**values)
        record_each("concerns.lift_grievance", [(row, {}) for row in rows], actor=actor)


def _hidden_ones() -> "QuerySet[Grievance]":
    rows = Grievance.objects.filter(~Q(reach=Reach.ABOVE), state__in=_OPEN)
    return rows.filter(Q(hidden_from__len__gt=0) | Q(reach=Reach.COUNTY)).order_by("id")


@dataclass(frozen=True, slots=True)
class _Readers:
    """Who is at work in the offices of the county, in its townships, and as audit administrator."""

    office: set[UUID]
    clerks: list[tuple[UUID, str]]
    auditors: set[UUID]

    @classmethod
    def of(cls, actor: Actor) -> "_Readers":
        """Ask for them; three queries, however many grievances there are."""
        return cls(
            active_holders_of(Role.COUNTY_OFFICE, actor=actor),
            clerks_at_work(actor=actor),
            active_holders_of(Role.AUDIT_ADMINISTRATOR, actor=actor),
        )

    def are_gone_from(self, row: Grievance) -> bool:
        """Tell whether no office has somebody at work who may see it, and an audit administrator could.

        The township is that of the household now: the grievance went along with it.
        """
        readers = set(self.office)
        if row.reach != Reach.COUNTY:
            readers |= {user for user, code in self.clerks if subtree(code).contains(row.scope_code)}
        hidden = set(row.hidden_from)
        return not readers - hidden and bool(self.auditors - hidden)


@contextmanager
def _nobodys_scope() -> Iterator[Actor]:
    actor = current_actor()
    county = (subtree(actor.tenant_code),)
    with tenant_scope(system_actor(actor.tenant_id, actor.tenant_code, county, origin=actor.origin)) as nobody:
        yield nobody


def _hide(about: Q, user_id: UUID | None) -> None:
    """Hide grievances first and answers then, so that one that is being answered is waited for with its answer."""
    if user_id is None:
        return
    more = Func(F("hidden_from"), Value(user_id, output_field=UUIDField()), function="array_append")
    ids = list(Grievance.objects.filter(about, ~Q(hidden_from__contains=[user_id])).values_list("id", flat=True))
    Grievance.objects.filter(id__in=ids).update(hidden_from=more)
    GrievanceAnswer.objects.filter(grievance__in=ids).update(hidden_from=more)
