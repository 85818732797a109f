"""Grievances for lists and pages. Whom one is about meets it in none of them; the policy holds that beneath."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assistance.models import Helper
from concerns.enums import PENDING, Level, Reach
from concerns.models import Grievance, GrievanceAnswer
from households.models import Household
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor
from villages.models import TeamMember, WorkTeam

# Who answers at each level; above the county the office enters what came on paper, unless it is complained of itself.
ANSWERING: dict[Level, frozenset[Role]] = {
    Level.TOWNSHIP: frozenset({Role.TOWNSHIP_CLERK, Role.COUNTY_OFFICE}),
    Level.COUNTY: frozenset({Role.COUNTY_OFFICE}),
    Level.ABOVE: frozenset({Role.COUNTY_OFFICE}),
}


def grievances_visible_to(actor: Actor) -> "QuerySet[Grievance]":
    """Give the grievances that the actor may see.

    The database shows them from their reach upwards, and to no login that was known to be complained of. Here a login
    that was linked since is asked for besides: the helper's, and that of a member of the team.
    """
    rows = Grievance.objects.all()
    if actor.role in {Role.HELPER, Role.MACHINE_CLIENT}:
        return rows.none()
    if actor.user_id is None:
        return rows
    own = Helper.objects.filter(user_id=actor.user_id).values("id")
    teams = TeamMember.objects.filter(user_id=actor.user_id).values("team_id")
    return rows.filter(
        Q(helper__isnull=True) | ~Q(helper__in=own),
        Q(team__isnull=True) | ~Q(team__in=teams),
        Q(account__isnull=True) | ~Q(account_id=actor.user_id),
    )


def find_grievance(grievance_id: UUID, *, actor: Actor) -> Grievance:
    """Give one grievance.

    Raises: NotFound for an unknown one and for one that the actor may not see.
    """
    row = grievances_visible_to(actor).filter(pk=grievance_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def pending(rows: "QuerySet[Grievance]") -> "QuerySet[Grievance]":
    """Give those that wait for an office, the longest overdue first."""
    return rows.filter(state__in=PENDING).order_by("answer_by", "id")


def late(rows: "QuerySet[Grievance]", day: date) -> "QuerySet[Grievance]":
    """Give those whose acknowledgement or answer is overdue."""
    unacknowledged = Q(acknowledged_on__isnull=True, acknowledge_by__lt=day)
    return rows.filter(unacknowledged | Q(answer_by__lt=day), state__in=PENDING)


def may_answer(row: Grievance, actor: Actor) -> bool:
    """Tell whether the actor is at the level that answers now; who is complained of does not even see it."""
    if row.reach == Reach.ABOVE:
        return actor.role == Role.AUDIT_ADMINISTRATOR
    return actor.role in ANSWERING[Level(row.level)]


def answers_of(grievance_id: UUID) -> "QuerySet[GrievanceAnswer]":
    """Give the answers to a grievance that the actor sees, the first first."""
    return GrievanceAnswer.objects.filter(grievance=grievance_id).order_by("id")


def teams_of(household: Household) -> "QuerySet[WorkTeam]":
    """Give the teams that were sent to the village of a household, the latest first."""
    return WorkTeam.objects.select_related("unit").filter(village=household.village_id).order_by("-starts_on", "id")


def grievance_rows(rows: "QuerySet[Grievance]") -> "QuerySet[Any, Any]":
    """Give the columns of grievances by one query."""
    return rows.values(
        "id",
        "number",
        "household_id",
        "household_number",
        "village_code",
        "filed_on",
        "channel_code",
        "matter_code",
        "text",
        "against",
        "helper_id",
        "team_id",
        "reach",
        "level",
        "state",
        "acknowledge_by",
        "answer_by",
        "acknowledged_on",
        "closed_on",
        "word_on",
        "word_code",
        "version",
        account_username=F("account__username"),
    )


def answer_rows(rows: "QuerySet[GrievanceAnswer]") -> list[dict[str, Any]]:
    """Give the columns of answers."""
    columns = ("level", "answered_on", "verdict", "remedy_code", "text", "reply", "replied_on")
    return list(rows.values(*columns))
