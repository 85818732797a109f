"""Members of teams and the days on which they were away."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.verbs import Verb
from registry.models import User
from registry.tenancy.context import Actor
from villages.admin import team_forms as forms
from villages.admin.filters import TownshipFilter
from villages.admin.labels import code_label
from villages.admin.links import link_column
from villages.domain.absences import AbsenceDraft, amend_absence, mark_absence
from villages.domain.members import amend_member, change_posts, end_member, link_member
from villages.enums import ABSENCE_SCHEME, TEAM_POST_SCHEME
from villages.models import TeamAbsence, TeamMember, Unit
from villages.queries.teams import absences_in_scope, members_in_scope


def _change_posts(member: TeamMember, values: dict[str, Any], actor: Actor) -> TeamMember:
    posts = tuple(values["post_codes"])
    return change_posts(member.pk, posts, on=values["on"], actor=actor, version=values["version"])


def _correct(member: TeamMember, values: dict[str, Any], actor: Actor) -> TeamMember:
    changes = {"name": values["name"], "unit_id": values["unit"].pk}
    return amend_member(member.pk, changes, actor=actor, version=values["version"])  # type: ignore[arg-type]  # a dict of both keys


def _end(member: TeamMember, values: dict[str, Any], actor: Actor) -> TeamMember:
    return end_member(member.pk, on=values["on"], actor=actor, version=values["version"])


def _link(member: TeamMember, values: dict[str, Any], actor: Actor) -> TeamMember:
    return link_member(member.pk, values["username"], actor=actor, version=values["version"])


def _mark(member: TeamMember, values: dict[str, Any], actor: Actor) -> TeamAbsence:
    version = values.pop("version")
    return mark_absence(member.pk, AbsenceDraft(**values), actor=actor, version=version)


def _amend_absence(absence: TeamAbsence, values: dict[str, Any], actor: Actor) -> TeamAbsence:
    version = values.pop("version")
    return amend_absence(absence.pk, AbsenceDraft(**values), actor=actor, version=version)


def _stays(member: TeamMember) -> bool:
    return member.ends_on is None


def _posts_of(member: TeamMember) -> dict[str, Any]:
    return {"post_codes": member.post_codes}


def _written(member: TeamMember) -> dict[str, Any]:
    return {"name": member.name, "unit": member.unit_id}


def _days_of(absence: TeamAbsence) -> dict[str, Any]:
    return {"starts_on": absence.starts_on, "ends_on": absence.ends_on, "reason_code": absence.reason_code}


class AbsenceInline(TenantTabularInline):
    """The days on which a member was away."""

    model = TeamAbsence
    view_action = "villages.view_absences"
    fields = ("day_link", "ends_on", "reason_label")
    day_link = link_column(TeamAbsence, "starts_on")
    reason_label = code_label(TeamAbsence, "reason_code", ABSENCE_SCHEME)

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[TeamAbsence]:
        return absences_in_scope()


@admin.register(TeamMember)
class MemberAdmin(TenantModelAdmin):
    """The members of teams; one is added from the team's page."""

    view_action = "villages.view"
    fields = ("name", "post_label", "team", "unit", "starts_on", "ends_on")
    list_display = ("name", "post_label", "village", "unit", "starts_on", "ends_on")
    list_filter = (TownshipFilter,)
    inlines = (AbsenceInline,)
    history = History(
        models=(TeamMember,),
        codes={"post_codes": TEAM_POST_SCHEME},
        links={"unit_id": Unit, "user": User},
        names={"on": _("from")},
    )
    post_label = code_label(TeamMember, "post_codes", TEAM_POST_SCHEME)
    verbs: ClassVar = (
        Verb("mark-absence", _("Mark an absence"), "villages.mark_absence", run=_mark, form=forms.AbsenceForm,
             icon="event_busy"),
        Verb("posts", _("Other posts"), "villages.manage_teams", run=_change_posts, form=forms.PostsForm,
             initial=_posts_of, offered=_stays, icon="badge",
             intro=_("The posts hold from the day. On the first day of the stay they are corrected.")),
        Verb("correct", _("Correct"), "villages.manage_teams", run=_correct, form=forms.CorrectForm, initial=_written,
             icon="edit"),
        Verb("login", _("Link with a login"), "villages.link_member", run=_link, form=forms.LoginForm, icon="link"),
        Verb("end", _("End the stay"), "villages.manage_teams", run=_end, form=forms.EndForm, offered=_stays,
             icon="logout"),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[TeamMember]:
        return members_in_scope()

    @admin.display(description=_("village"), ordering="scope_code")
    def village(self, member: TeamMember) -> str:
        """Name the village of the team."""
        return str(member.team.village)


@admin.register(TeamAbsence)
class AbsenceAdmin(TenantModelAdmin):
    """The days on which members were away; they are marked from the member's page."""

    view_action = "villages.view_absences"
    fields = ("member", "starts_on", "ends_on", "reason_label")
    list_display = ("member", "starts_on", "ends_on", "reason_label")
    list_select_related = ("member",)
    list_filter = (TownshipFilter,)
    history = History(codes={"reason_code": ABSENCE_SCHEME})
    reason_label = code_label(TeamAbsence, "reason_code", ABSENCE_SCHEME)
    verbs: ClassVar = (
        Verb("amend", _("Correct the days"), "villages.mark_absence", run=_amend_absence, form=forms.AbsenceForm,
             initial=_days_of, icon="edit_calendar"),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[TeamAbsence]:
        return absences_in_scope()
