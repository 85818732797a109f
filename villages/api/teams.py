"""Work teams and their members: list, send, plan, end; join, correct, other posts, leave; absences."""

from dataclasses import asdict
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from registry.lib.periods import Month, today
from villages.api import team_shapes as shapes
from villages.domain.absences import AbsenceDraft, amend_absence, mark_absence
from villages.domain.members import MemberDraft, add_member, amend_member, change_posts, end_member
from villages.domain.teams import end_team, plan_team, send_team
from villages.models import TeamAbsence, TeamMember, WorkTeam
from villages.queries.months import month_of_team
from villages.queries.teams import (
    absence_rows,
    absences_in_scope,
    find_member,
    find_team,
    member_rows,
    members_in_scope,
    team_row,
    team_rows,
    teams_in_scope,
)

_MEMBER = tuple(shapes.TeamMemberRow().fields)
_ABSENCE = tuple(shapes.TeamAbsenceRow().fields)


class _TeamView(TenantAPIView):
    """A view that shows one team after changing it."""

    def answer(self, team_id: UUID, *, status: int = 200) -> Response:
        """Show the team as it is now, with its version."""
        row = team_row(team_id)
        return self.row(row, version=row["version"], status=status)


class TeamList(_TeamView):
    """The teams of the token's area."""

    actions: ClassVar = {"GET": "villages.view", "POST": "villages.manage_teams"}
    filters: ClassVar = shapes.TeamFilter
    paged: ClassVar = True

    @extend_schema(operation_id="work_teams_list", responses=shapes.TeamRow(many=True))
    def get(self, request: Request) -> Response:
        """List teams, past ones too."""
        return self.page(self.filtered(teams_in_scope()), team_rows)

    @extend_schema(operation_id="work_teams_send", request=shapes.TeamShape, responses={201: shapes.TeamRow})
    def post(self, request: Request) -> Response:
        """Send a team with its leader."""
        wanted = self.shape(shapes.TeamShape)
        posts = tuple(wanted.pop("leader_posts"))
        team: WorkTeam = send_team(
            wanted.pop("village_id"), wanted.pop("unit_id"), actor=self.actor, leader_posts=posts, **wanted
        )
        return self.answer(team.pk, status=201)


class TeamDetail(_TeamView):
    """One team."""

    actions: ClassVar = {"GET": "villages.view", "PUT": "villages.manage_teams"}

    @extend_schema(operation_id="work_teams_retrieve", responses=shapes.TeamRow)
    def get(self, request: Request, team_id: UUID) -> Response:
        """Show a team."""
        return self.answer(team_id)

    @extend_schema(operation_id="work_teams_plan", request=shapes.TeamPlan, responses=shapes.TeamRow)
    def put(self, request: Request, team_id: UUID) -> Response:
        """State batch and term of a team: what is left out becomes empty."""
        plan_team(team_id, actor=self.actor, version=self.version(), **self.shape(shapes.TeamPlan))
        return self.answer(team_id)


class TeamMonthView(TenantAPIView):
    """The month of a team."""

    actions: ClassVar = {"GET": "villages.view_team_month"}
    parameters: ClassVar = {"month": "the month, as 2021-03; this one where it is left out"}

    @extend_schema(operation_id="work_teams_month", responses=shapes.TeamMonthRow)
    def get(self, request: Request, team_id: UUID) -> Response:
        """Show the month of a team, drawn from what its members entered: numbers of the team as a whole."""
        asked = request.GET.get("month", "")
        month = Month.parse(asked) if asked else Month.of(today())
        return self.row({"month": str(month), **asdict(month_of_team(find_team(team_id), month))})


class TeamEnd(_TeamView):
    """The end of a team's stay."""

    actions: ClassVar = {"POST": "villages.manage_teams"}

    @extend_schema(operation_id="work_teams_end", request=shapes.EndDayShape, responses=shapes.TeamRow)
    def post(self, request: Request, team_id: UUID) -> Response:
        """End a stay, and with it the days of the members."""
        end_team(team_id, actor=self.actor, version=self.version(), **self.shape(shapes.EndDayShape))
        return self.answer(team_id)


class _MemberView(TenantAPIView):
    """A view that shows one member after a change."""

    def answer(self, member: TeamMember, *, status: int = 200) -> Response:
        """Show the member's row, with its version."""
        row = {name: getattr(member, "scope_code" if name == "village_code" else name) for name in _MEMBER}
        return self.row(row, version=member.version, status=status)


class TeamMemberEntry(_MemberView):
    """A new member of a team."""

    actions: ClassVar = {"POST": "villages.manage_teams"}

    @extend_schema(
        operation_id="work_teams_add_member", request=shapes.TeamMemberShape, responses={201: shapes.TeamMemberRow}
    )
    def post(self, request: Request, team_id: UUID) -> Response:
        """Enter a member; the version is the team's."""
        wanted = self.shape(shapes.TeamMemberShape)
        draft = MemberDraft(**{**wanted, "post_codes": tuple(wanted["post_codes"])})
        return self.answer(add_member(team_id, draft, actor=self.actor, version=self.version()), status=201)


class MemberList(TenantAPIView):
    """The members of the teams of the token's area."""

    actions: ClassVar = {"GET": "villages.view"}
    filters: ClassVar = shapes.MemberFilter
    paged: ClassVar = True

    @extend_schema(operation_id="team_members_list", responses=shapes.TeamMemberRow(many=True))
    def get(self, request: Request) -> Response:
        """List members, past ones too."""
        return self.page(self.filtered(members_in_scope()), member_rows)


class MemberDetail(_MemberView):
    """One member."""

    actions: ClassVar = {"GET": "villages.view", "PATCH": "villages.manage_teams"}

    @extend_schema(operation_id="team_members_retrieve", responses=shapes.TeamMemberRow)
    def get(self, request: Request, member_id: UUID) -> Response:
        """Show a member."""
        return self.answer(find_member(member_id))

    @extend_schema(
        operation_id="team_members_amend", request=shapes.TeamMemberAmendment, responses=shapes.TeamMemberRow
    )
    def patch(self, request: Request, member_id: UUID) -> Response:
        """Correct the name or the sending unit."""
        changes = self.shape(shapes.TeamMemberAmendment)
        return self.answer(amend_member(member_id, changes, actor=self.actor, version=self.version()))


class MemberPosts(_MemberView):
    """Other posts of a member."""

    actions: ClassVar = {"POST": "villages.manage_teams"}

    @extend_schema(operation_id="team_members_posts", request=shapes.TeamPostsShape, responses=shapes.TeamMemberRow)
    def post(self, request: Request, member_id: UUID) -> Response:
        """Give a member other posts from a day on; the answer is the row that holds on that day."""
        wanted = self.shape(shapes.TeamPostsShape)
        posts = tuple(wanted["post_codes"])
        return self.answer(change_posts(member_id, posts, on=wanted["on"], actor=self.actor, version=self.version()))


class MemberEnd(_MemberView):
    """The end of a member's days."""

    actions: ClassVar = {"POST": "villages.manage_teams"}

    @extend_schema(operation_id="team_members_end", request=shapes.EndDayShape, responses=shapes.TeamMemberRow)
    def post(self, request: Request, member_id: UUID) -> Response:
        """End the days of a member; on the first of them it was entered in error."""
        wanted = self.shape(shapes.EndDayShape)
        return self.answer(end_member(member_id, on=wanted["on"], actor=self.actor, version=self.version()))


class _AbsenceView(TenantAPIView):
    """A view that shows one absence after a change."""

    def answer(self, absence: TeamAbsence, *, status: int = 200) -> Response:
        """Show the absence, with its version."""
        row = {name: getattr(absence, name) for name in _ABSENCE}
        return self.row(row, version=absence.version, status=status)


class MemberAbsences(_AbsenceView):
    """A new absence of a member."""

    actions: ClassVar = {"POST": "villages.mark_absence"}

    @extend_schema(
        operation_id="team_members_mark_absence",
        request=shapes.TeamAbsenceShape,
        responses={201: shapes.TeamAbsenceRow},
    )
    def post(self, request: Request, member_id: UUID) -> Response:
        """Mark days away; the version is the member's."""
        draft = AbsenceDraft(**self.shape(shapes.TeamAbsenceShape))
        return self.answer(mark_absence(member_id, draft, actor=self.actor, version=self.version()), status=201)


class AbsenceList(TenantAPIView):
    """The absences that the token may see."""

    actions: ClassVar = {"GET": "villages.view_absences"}
    filters: ClassVar = shapes.AbsenceFilter
    paged: ClassVar = True

    @extend_schema(operation_id="team_absences_list", responses=shapes.TeamAbsenceRow(many=True))
    def get(self, request: Request) -> Response:
        """List absences."""
        return self.page(self.filtered(absences_in_scope()), absence_rows)


class AbsenceDetail(_AbsenceView):
    """One absence."""

    actions: ClassVar = {"PUT": "villages.mark_absence"}

    @extend_schema(operation_id="team_absences_amend", request=shapes.TeamAbsenceShape, responses=shapes.TeamAbsenceRow)
    def put(self, request: Request, absence_id: UUID) -> Response:
        """Correct an absence: without `ends_on` nobody knows the day back."""
        draft = AbsenceDraft(**self.shape(shapes.TeamAbsenceShape))
        return self.answer(amend_absence(absence_id, draft, actor=self.actor, version=self.version()))
