"""Which findings an actor sees, and how many there are."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from households.queries.lists import in_division
from households.queries.visibility import households_visible_to
from quality.enums import OPEN_STATES, ExemptionState
from quality.models import Exemption, Finding
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.lib.gbcode import is_code
from registry.tenancy.context import Actor

# A house rule: what nobody settled for so long is told apart on the worklist and on the first page.
OLD: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class FindingCount:
    """The open findings of one village or of one rule, and how many of them are late."""

    key: str
    open: int
    late: int


def findings_visible_to(actor: Actor) -> "QuerySet[Finding]":
    """Give the findings in scope: for a sector clerk those of the sector, for a helper those of paired households."""
    rows = Finding.objects.all()
    if actor.role == Role.SECTOR_CLERK:
        return rows.filter(sector=actor.sector) if actor.sector else rows.none()
    if actor.role == Role.HELPER:
        return rows.filter(household__in=households_visible_to(actor).values("id"))
    return rows


def worklist(
    actor: Actor,
    *,
    place: str = "",
    rule_code: str = "",
    state: str = "",
    list_id: UUID | None = None,
    is_mine: bool = False,
    is_late_on: object = None,
    is_asked: bool = False,
    severity: str = "",
    seen_before: date | None = None,
) -> "QuerySet[Finding]":
    """Give the findings that somebody has to settle, those with the nearest deadline first.

    `is_asked` narrows them to those of which somebody asked that they need not be put right; `place` to a division and
    all below it; `seen_before` to those that were first seen before the day.
    """
    rows = findings_visible_to(actor).filter(state__in=[state] if state else sorted(OPEN_STATES))
    if place:
        rows = in_division(rows, place) if is_code(place) else rows.none()
    if rule_code:
        rows = rows.filter(rule_code=rule_code)
    if list_id is not None:
        rows = rows.filter(suspicion_list=list_id)
    if is_mine:
        rows = rows.filter(Q(assignee_id=actor.user_id) | Q(assignee_id__isnull=True, assignee_role=actor.role))
    if is_late_on is not None:
        rows = rows.filter(due_on__lt=is_late_on)
    if severity:
        rows = rows.filter(severity=severity)
    if seen_before is not None:
        rows = rows.filter(first_seen_on__lt=seen_before)
    if is_asked:
        waiting = Exemption.objects.filter(state=ExemptionState.REQUESTED, finding=OuterRef("pk"))
        rows = rows.filter(Exists(waiting))
    related = rows.select_related("household", "person", "village")
    return related.order_by(F("due_on").asc(nulls_last=True), "scope_code", "rule_code", "id")


def counts_by(actor: Actor, column: str, *, on: object) -> list[FindingCount]:
    """Count the open findings by `scope_code` or `rule_code`, the most first."""
    rows = (
        findings_visible_to(actor)
        .filter(state__in=sorted(OPEN_STATES))
        .values_list(column)
        .annotate(open=Count("id"), late=Count("id", filter=Q(due_on__lt=on)))
        .order_by("-open", column)
    )
    return [FindingCount(*row) for row in rows]


def finding_visible(finding_id: UUID, *, actor: Actor) -> Finding:
    """Give one finding with what it is about. Raises: NotFound, also for one that the actor may not see."""
    rows = findings_visible_to(actor).select_related("household", "person", "village")
    found = rows.filter(pk=finding_id).first()
    if found is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return found


def exemptions_of(finding: Finding) -> "QuerySet[Exemption]":
    """Give the requests to exempt a finding, the latest first."""
    return Exemption.objects.filter(finding=finding).order_by("-requested_at", "id")


def exemptions_visible_to(actor: Actor) -> "QuerySet[Exemption]":
    """Give the requests of the findings that the actor sees, decided ones too."""
    if actor.role in {Role.SECTOR_CLERK, Role.HELPER}:
        return Exemption.objects.filter(finding__in=findings_visible_to(actor).values("id"))
    return Exemption.objects.all()


def requests_waiting(actor: Actor) -> "QuerySet[Exemption]":
    """Give the requests on which a second person has to decide: none of what was put right meanwhile."""
    rows = exemptions_visible_to(actor).filter(state=ExemptionState.REQUESTED)
    return rows.filter(finding__state__in=sorted(OPEN_STATES))


def open_findings_of(household_id: UUID, *, actor: Actor) -> "QuerySet[Finding]":
    """Give what is open of one household."""
    return worklist(actor).filter(household=household_id)
