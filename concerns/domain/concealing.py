"""Hide what is on file from a login that is linked with a helper or a member of a team afterwards."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db.models import F, Func, Q, UUIDField, Value

from assistance.models import Helper
from concerns.models import Grievance, GrievanceAnswer
from registry.audit import on_event
from registry.models import AuditEvent
from villages.models import TeamMember

_HELPERS: Final = frozenset({"assistance.link_login"})
_MEMBERS: Final = frozenset({"villages.link_member"})


@on_event
def hide_from_who_is_linked(event: AuditEvent, object_ids: Sequence[UUID]) -> None:
    """Add the login to those from whom the grievances about its helper or team are hidden."""
    if event.verb in _HELPERS:
        for helper_id, user_id in Helper.objects.filter(id__in=object_ids).values_list("id", "user_id"):
            _hide(Q(helper=helper_id), user_id)
    elif event.verb in _MEMBERS:
        for team_id, user_id in TeamMember.objects.filter(id__in=object_ids).values_list("team_id", "user_id"):
            _hide(Q(team=team_id), user_id)


def _hide(about: Q, user_id: UUID | None) -> None:
    if user_id is None:
        return
    ids = list(Grievance.objects.filter(about, ~Q(hidden_from__contains=[user_id])).values_list("id", flat=True))
    more = Func(F("hidden_from"), Value(user_id, output_field=UUIDField()), function="array_append")
    GrievanceAnswer.objects.filter(grievance__in=ids).update(hidden_from=more)
    Grievance.objects.filter(id__in=ids).update(hidden_from=more)
