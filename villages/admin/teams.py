"""Work teams, their batches and tasks, and the contact villages of officials."""

from typing import Any, ClassVar, Final, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor
from villages.admin import team_forms as forms
from villages.admin.filters import TownshipFilter
from villages.admin.labels import code_label
from villages.admin.links import link_column
from villages.domain.contacts import assign_contact, end_contact
from villages.domain.members import MemberDraft, add_member
from villages.domain.tasks import TaskChanges, add_task, amend_task
from villages.domain.teams import BatchChanges, amend_batch, end_team, open_batch, plan_team, send_team
from villages.enums import LEADER, TASK_SCHEME, TEAM_POST_SCHEME
from villages.models import TeamBatch, TeamMember, TeamTask, Unit, Village, VillageContact, WorkTeam
from villages.queries.teams import batches_on_list, contacts_in_scope, members_in_scope, teams_in_scope


def _send_team(village: Village, values: dict[str, Any], actor: Actor) -> WorkTeam:
    batch = values["batch"]
    return send_team(
        village.pk,
        values["unit"].pk,
        leader_name=values["leader_name"],
        leader_posts=tuple(values["leader_posts"]) or (LEADER,),
        actor=actor,
        on=values["on"],
        batch_id=batch.pk if batch else None,
    )


def _plan_team(team: WorkTeam, values: dict[str, Any], actor: Actor) -> WorkTeam:
    batch, term = values["batch"], values["planned_ends_on"]
    return plan_team(
        team.pk, batch_id=batch.pk if batch else None, planned_ends_on=term, actor=actor, version=values["version"]
    )


def _plan_of(team: WorkTeam) -> dict[str, Any]:
    return {"batch": team.batch_id, "planned_ends_on": team.planned_ends_on}


def _end_team(team: WorkTeam, values: dict[str, Any], actor: Actor) -> WorkTeam:
    return end_team(team.pk, actor=actor, on=values["on"], version=values["version"])


def _add_member(team: WorkTeam, values: dict[str, Any], actor: Actor) -> TeamMember:
    unit = values["unit"]
    draft = MemberDraft(
        name=values["name"],
        post_codes=tuple(values["post_codes"]),
        starts_on=values["on"],
        unit_id=unit.pk if unit else None,
    )
    return add_member(team.pk, draft, actor=actor, version=values["version"])


def _assign_contact(village: Village, values: dict[str, Any], actor: Actor) -> VillageContact:
    return assign_contact(village.pk, actor=actor, **values)


def _end_contact(contact: VillageContact, values: dict[str, Any], actor: Actor) -> VillageContact:
    return end_contact(contact.pk, on=values["on"], actor=actor, version=values["version"])


def _stays(record: Any) -> bool:  # noqa: ANN401  (a team or a contact)
    return record.ends_on is None


SEND_TEAM: Final = Verb(
    "send-team", _("Send a team"), "villages.manage_teams", run=_send_team, form=forms.SendTeamForm, icon="groups"
)
ASSIGN_CONTACT: Final = Verb(
    "assign-contact",
    _("Enter a contact"),
    "villages.manage_contacts",
    run=_assign_contact,
    form=forms.ContactForm,
    icon="person_pin",
)


class TeamInline(TenantTabularInline):
    """The teams of a village."""

    model = WorkTeam
    view_action = "villages.view"
    fields = ("unit_link", "batch", "starts_on", "ends_on")
    unit_link = link_column(WorkTeam, "unit")

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkTeam]:
        return teams_in_scope()


class ContactInline(TenantTabularInline):
    """The officials whose contact village it is."""

    model = VillageContact
    view_action = "villages.view"
    fields = ("name_link", "post_title", "starts_on", "ends_on")
    name_link = link_column(VillageContact, "name")

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[VillageContact]:
        return contacts_in_scope()


class MemberInline(TenantTabularInline):
    """The members of a team, past ones too."""

    model = TeamMember
    view_action = "villages.view"
    fields = ("name_link", "post_label", "unit", "starts_on", "ends_on")
    name_link = link_column(TeamMember, "name")
    post_label = code_label(TeamMember, "post_codes", TEAM_POST_SCHEME)

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[TeamMember]:
        return members_in_scope()


@admin.register(WorkTeam)
class TeamAdmin(TenantModelAdmin):
    """The teams that live in villages; a team is sent from the village's page."""

    view_action = "villages.view"
    fields = ("village", "unit", "batch", "starts_on", "term", "ends_on")
    readonly_fields = ("term",)
    list_display = ("village", "unit", "leader", "starts_on", "term", "ends_on")
    list_select_related = ("village", "unit", "batch")
    list_filter = (TownshipFilter,)
    inlines = (MemberInline,)
    pages = (("team-month", "villages.view_team_month", _("Month"), "calendar_month"),)
    history = History(links={"unit": Unit, "batch": TeamBatch, "batch_id": TeamBatch, "leader": TeamMember})
    verbs: ClassVar = (
        Verb(
            "add-member",
            _("Add somebody to the team"),
            "villages.manage_teams",
            run=_add_member,
            form=forms.MemberForm,
            offered=_stays,
            icon="person_add",
        ),
        Verb(
            "plan",
            _("Batch and term"),
            "villages.manage_teams",
            run=_plan_team,
            form=forms.PlanForm,
            initial=_plan_of,
            offered=_stays,
            icon="event",
        ),
        Verb(
            "end",
            _("End the stay"),
            "villages.manage_teams",
            run=_end_team,
            form=forms.EndForm,
            offered=_stays,
            icon="logout",
            intro=_("The days of its members end with it."),
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkTeam]:
        return teams_in_scope()

    @admin.display(description=_("leader"))
    def leader(self, team: Any) -> str:  # noqa: ANN401  (a team with what the query adds)
        """Name the leader of today, or the last one."""
        return team.leader or "–"

    @admin.display(description=_("first day after its term"))
    def term(self, team: Any) -> Any:  # noqa: ANN401  (a team with what the query adds)
        """Show the end of the team's own term, or of its batch's."""
        return team.term_ends_on


@admin.register(TeamBatch)
class BatchAdmin(TenantModelAdmin):
    """The batches in which teams go."""

    view_action = "villages.view"
    add_action = change_action = "villages.manage_batches"
    fields = list_display = ("number", "name", "starts_on", "planned_ends_on")

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[TeamBatch]:
        return batches_on_list()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> TeamBatch:
        return open_batch(cast("BatchChanges", values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> TeamBatch:
        return amend_batch(record.pk, cast("BatchChanges", values), actor=actor, version=version)


@admin.register(TeamTask)
class TaskAdmin(TenantModelAdmin):
    """The tasks of teams in the county's own words."""

    view_action = "villages.view"
    add_action = change_action = "villages.manage_tasks"
    form = forms.TaskForm
    list_display = ("name", "kind_label", "position", "is_active")
    history = History(codes={"kind_code": TASK_SCHEME})
    kind_label = code_label(TeamTask, "kind_code", TASK_SCHEME)

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        reads = obj is not None and not self.has_change_permission(request, obj)
        return ("kind_label" if reads else "kind_code", "name", "position", "is_active")

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> TeamTask:
        return add_task(cast("TaskChanges", values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> TeamTask:
        return amend_task(record.pk, cast("TaskChanges", values), actor=actor, version=version)


@admin.register(VillageContact)
class ContactAdmin(TenantModelAdmin):
    """The contact villages of officials; one is entered from the village's page."""

    view_action = "villages.view"
    fields = list_display = ("village", "name", "post_title", "starts_on", "ends_on")
    list_select_related = ("village",)
    list_filter = (TownshipFilter,)
    verbs: ClassVar = (
        Verb(
            "end",
            _("End the assignment"),
            "villages.manage_contacts",
            run=_end_contact,
            form=forms.EndForm,
            offered=_stays,
            icon="logout",
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[VillageContact]:
        return contacts_in_scope()
