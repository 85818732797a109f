"""Which entitlements to be settled an actor sees, and how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from entitlements.enums import EntitlementKind, EntitlementState
from entitlements.models import EntitlementFinding
from households.models import Household
from households.queries.lists import HEAD_NAME, with_head_name
from households.queries.visibility import households_visible_to
from registry.access import role_may
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor


@dataclass(frozen=True, slots=True)
class OpenCount:
    """What is open in one village: due and not received, received and not due."""

    village_code: str
    due_not_received: int
    received_not_due: int


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many findings of a policy and kind stand in a state, with an answer or none."""

    policy_code: str
    kind: str
    state: str
    answer: str
    count: int


def entitlements_visible_to(actor: Actor) -> "QuerySet[EntitlementFinding]":
    """Give the findings in scope: for a sector clerk those of the sector, for a helper those of paired households."""
    rows = EntitlementFinding.objects.all()
    if actor.role == Role.SECTOR_CLERK:
        return rows.filter(sector=actor.sector) if actor.sector else rows.none()
    if actor.role == Role.HELPER:
        return rows.filter(household__in=households_visible_to(actor).values("id"))
    return rows


def worklist(
    actor: Actor, *, village_code: str = "", policy_code: str = "", kind: str = "", state: str = EntitlementState.NEW
) -> "QuerySet[EntitlementFinding]":
    """Give what waits for an answer (or stands in another state), village by village; read from an index."""
    rows = entitlements_visible_to(actor).filter(state=state)
    if village_code:
        rows = rows.filter(scope_code=village_code)
    if policy_code:
        rows = rows.filter(policy_code=policy_code)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("household", "person").order_by("scope_code", "policy_code", "id")


def counts_by_village(actor: Actor, *, policy_code: str = "") -> list[OpenCount]:
    """Count what is open by village, the most first."""
    rows = entitlements_visible_to(actor).filter(state=EntitlementState.NEW)
    if policy_code:
        rows = rows.filter(policy_code=policy_code)
    counted = (
        rows.values_list("scope_code")
        .annotate(
            due=Count("id", filter=Q(kind=EntitlementKind.DUE_NOT_RECEIVED)),
            received=Count("id", filter=Q(kind=EntitlementKind.RECEIVED_NOT_DUE)),
            all=Count("id"),
        )
        .order_by("-all", "scope_code")
    )
    return [OpenCount(code, due, received) for code, due, received, _all in counted]


def counts_by_answer(actor: Actor) -> list[AnswerCount]:
    """Count all findings by policy, kind, state and answer; an answer that has had its time counts as none."""
    rows = entitlements_visible_to(actor).values_list("policy_code", "kind", "state", "answer")
    counted: dict[tuple[str, str, str, str], int] = {}
    for policy_code, kind, state, answer, count in rows.annotate(count=Count("id")).order_by():
        key = (policy_code, kind, state, "" if state == EntitlementState.NEW else answer)
        counted[key] = counted.get(key, 0) + count
    return [AnswerCount(*key, count) for key, count in sorted(counted.items())]


def entitlement_visible(entitlement_id: UUID, *, actor: Actor) -> EntitlementFinding:
    """Give one finding with whom it is about. Raises: NotFound, also for one that the actor may not see."""
    rows = entitlements_visible_to(actor).select_related("household", "person")
    found = rows.filter(pk=entitlement_id).first()
    if found is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return found


def heads_of(findings: Iterable[EntitlementFinding], *, actor: Actor) -> dict[UUID, str]:
    """Name the heads of the households, to who may see households; one query."""
    if not role_may(actor, "households.view"):
        return {}
    households = with_head_name(Household.objects.filter(id__in={finding.household_id for finding in findings}))
    return {household.pk: getattr(household, HEAD_NAME) or "" for household in households}
