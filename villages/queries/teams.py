"""Work teams for lists, pages and the board."""

from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotFound
from registry.lib.gbcode import check_code, subtree
from registry.lib.periods import today
from villages.enums import LEADER
from villages.models import TeamAbsence, TeamBatch, TeamMember, TeamTask, VillageContact, WorkTeam

# The first day after the term of a team: of its own, or of its batch.
_TERM: Final = Coalesce("planned_ends_on", "batch__planned_ends_on")
Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")


def in_division(rows: Rows, code: str) -> Rows:
    """Narrow rows to those of a division and all below it, by code range. Raises: DomainError `division.malformed`."""
    within = subtree(check_code(code, field="division"))
    narrowed: Rows = rows.filter(scope_code__gte=within.lo, scope_code__lt=within.hi)
    return narrowed


def later_than(day: date) -> Q:
    """Condition on a half-open period that it lasts beyond the day."""
    return Q(ends_on=None) | Q(ends_on__gt=day)


def teams_in_scope() -> "QuerySet[WorkTeam]":
    """Give the teams that row-level security shows, each with village, unit, batch and the end of its term."""
    return (
        WorkTeam.objects.select_related("village", "unit", "batch")
        .annotate(term_ends_on=_TERM, leader=_leader())
        .order_by("scope_code", "-starts_on", "id")
    )


def _leader() -> Subquery:
    """Ask for the name of the leader of today, or of the last one."""
    led = TeamMember.objects.filter(
        ~Q(ends_on=F("starts_on")),
        team_id=OuterRef("pk"),
        tenant_id=OuterRef("tenant_id"),
        post_codes__contains=[LEADER],
        starts_on__lte=today(),
    )
    return Subquery(led.order_by("-starts_on").values("name")[:1])


def find_team(team_id: UUID) -> WorkTeam:
    """Give one team. Raises: NotFound."""
    team = teams_in_scope().filter(pk=team_id).first()
    if team is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return team


def members_in_scope() -> "QuerySet[TeamMember]":
    """Give the members of teams, past ones too; what was entered in error is left out."""
    return (
        TeamMember.objects.select_related("unit", "user", "team__village", "team__unit")
        .exclude(ends_on=F("starts_on"))
        .order_by("scope_code", "team_id", "starts_on", "name", "id")
    )


def absences_in_scope() -> "QuerySet[TeamAbsence]":
    """Give the absences that hold days, the latest first."""
    rows = TeamAbsence.objects.select_related("member").exclude(ends_on=F("starts_on"))
    return rows.order_by("-starts_on", "id")


def contacts_in_scope() -> "QuerySet[VillageContact]":
    """Give the contact villages of officials, past ones too; what was entered in error is left out."""
    rows = VillageContact.objects.select_related("village").exclude(ends_on=F("starts_on"))
    return rows.order_by("scope_code", "-starts_on", "id")


def batches_on_list() -> "QuerySet[TeamBatch]":
    """Give the county's batches, the latest first."""
    return TeamBatch.objects.order_by("-number")


def find_member(member_id: UUID) -> TeamMember:
    """Give one member, one entered in error too. Raises: NotFound."""
    member = TeamMember.objects.filter(pk=member_id).first()
    if member is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return member


def team_rows(rows: "QuerySet[WorkTeam]") -> "QuerySet[WorkTeam, Any]":
    """Give the columns that programs read of plain rows of teams."""
    return rows.values(
        "id",
        "village_id",
        "unit_id",
        "batch_id",
        "starts_on",
        "ends_on",
        "version",
        village_code=F("scope_code"),
        village_name=F("village__name"),
        unit_name=F("unit__name"),
        leader_name=_leader(),
        term_ends_on=_TERM,
    )


def team_row(team_id: UUID) -> dict[str, Any]:
    """Give those columns of one team. Raises: NotFound."""
    row: dict[str, Any] | None = team_rows(WorkTeam.objects.filter(pk=team_id)).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def tasks_on_list() -> "QuerySet[TeamTask]":
    """Give the county's own tasks of teams, by kind."""
    return TeamTask.objects.order_by("kind_code", "position", "name")


def member_rows(rows: "QuerySet[TeamMember]") -> "QuerySet[TeamMember, Any]":
    """Give the columns that programs read of members."""
    columns = ("id", "team_id", "unit_id", "name", "post_codes", "starts_on", "ends_on", "version")
    named: QuerySet[TeamMember, Any] = rows.values(*columns, village_code=F("scope_code"))
    return named


def absence_rows(rows: "QuerySet[TeamAbsence]") -> "QuerySet[TeamAbsence, Any]":
    """Give the columns that programs read of absences."""
    return rows.values("id", "member_id", "starts_on", "ends_on", "reason_code", "version")
