"""Keep a grievance hidden when a login is linked with whom it is about, and with its household when that moves.

Both look at the grievances in the scope of automatic work, which is nobody's. In that of whoever works they would pass
over what is hidden from that person, and the database would refuse to hide a row from whoever writes it: the error
would tell that there is one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db.models import F, Func, Q, UUIDField, Value

from assistance.models import Helper
from concerns.models import Grievance, GrievanceAnswer
from households.models import Household
from registry.audit import on_event
from registry.lib.gbcode import subtree
from registry.models import AuditEvent
from registry.tenancy.context import current_actor, system_actor
from registry.tenancy.scope import tenant_scope
from villages.models import TeamMember

_HELPERS: Final = "assistance.link_login"
_MEMBERS: Final = "villages.link_member"
_MOVES: Final = "households.move"


@on_event
def follow_links_and_moves(event: AuditEvent, object_ids: Sequence[UUID]) -> None:
    """Add a login to those from whom grievances are hidden, or let the grievances of a household go along with it."""
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


@contextmanager
def _nobodys_scope() -> Iterator[None]:
    actor = current_actor()
    county = (subtree(actor.tenant_code),)
    with tenant_scope(system_actor(actor.tenant_id, actor.tenant_code, county, origin=actor.origin)):
        yield


def _hide(about: Q, user_id: UUID | None) -> None:
    """Hide grievances first and answers then, so that one that is being answered is waited for with its answer."""
    if user_id is None:
        return
    more = Func(F("hidden_from"), Value(user_id, output_field=UUIDField()), function="array_append")
    ids = list(Grievance.objects.filter(about, ~Q(hidden_from__contains=[user_id])).values_list("id", flat=True))
    Grievance.objects.filter(id__in=ids).update(hidden_from=more)
    GrievanceAnswer.objects.filter(grievance__in=ids).update(hidden_from=more)
