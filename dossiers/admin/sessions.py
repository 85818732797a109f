"""Sessions for a list."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.admin import forms
from dossiers.domain.checks import StepFacts
from dossiers.domain.printouts import MINUTES, NOTICE, POSTED
from dossiers.domain.sessions import Minutes, add_session_file, cancel_session, close_session, open_session, take_out
from dossiers.enums import Form, SessionState
from dossiers.models import ListSession, SessionEntry, SessionFile
from dossiers.queries.dossiers import open_dossiers_of, waiting_dossiers
from dossiers.queries.sessions import (
    listed_choices,
    reason_of,
    sessions_on_list,
    wanted_kind,
    with_entry_heads,
)
from households.queries.lists import HEAD_NAME
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor
from villages.admin.labels import code_label


def _is_open(session: ListSession) -> bool:
    return session.state == SessionState.OPEN


def _take_out(session: ListSession, values: dict[str, Any], actor: Actor) -> ListSession:
    return take_out(session.pk, UUID(values.pop("dossier_id")), actor=actor, **values)


def _listed(session: ListSession) -> dict[str, Any]:
    return {"listed": listed_choices(session)}


def _minutes_kind(session: ListSession) -> dict[str, Any]:
    return {"kind_code": wanted_kind(session)}


def _is_open_meeting(session: ListSession) -> bool:
    return _is_open(session) and session.form == Form.MEETING


def _is_open_other(session: ListSession) -> bool:
    return _is_open(session) and session.form != Form.MEETING


def _close(session: ListSession, values: dict[str, Any], actor: Actor) -> ListSession:
    version, file = values.pop("version"), values.pop("file")
    minutes = Minutes(file.read(), file.name, values.pop("kind_code"))
    return close_session(session.pk, StepFacts(**values), minutes, actor=actor, version=version)


def _add_file(session: ListSession, values: dict[str, Any], actor: Actor) -> SessionFile:
    version, file = values.pop("version"), values.pop("file")
    paper = Minutes(file.read(), file.name, values["kind_code"])
    return add_session_file(session.pk, paper, on=values["on"], actor=actor, version=version)


def _cancel(session: ListSession, values: dict[str, Any], actor: Actor) -> ListSession:
    return cancel_session(session.pk, actor=actor, **values)


class EntryInline(TenantTabularInline):
    """The households on the list."""

    model = SessionEntry
    view_action = "dossiers.view"
    fields = ("household", "head", "taken_out_on", "reason_label")

    @override
    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        rows: QuerySet[Any] = super().get_queryset(request)
        return with_entry_heads(rows.select_related("household"))

    @admin.display(description=_("Head"))
    def head(self, entry: SessionEntry) -> str:
        """Show who the head is today."""
        return getattr(entry, HEAD_NAME) or "–"

    @admin.display(description=_("Reason"))
    def reason_label(self, entry: SessionEntry) -> str:
        """Show why it was taken out, in the reader's language where the database did so itself."""
        return reason_of(entry.reason, entry.reason_code)


class SessionFileInline(TenantTabularInline):
    """The further files of the session."""

    model = SessionFile
    view_action = "dossiers.view"
    fields = ("kind_label", "file")
    kind_label = code_label(SessionFile, "kind_code", "evidence_kind")

    @admin.display(description=_("File"))
    def file(self, row: SessionFile) -> str:
        """Show the link by which the file is downloaded."""
        return format_html('<a href="{}">{}</a>', reverse("admin:session-file", args=[row.pk]), _("Download"))


@admin.register(ListSession)
class ListSessionAdmin(TenantModelAdmin):
    """The sessions held in the area."""

    view_action, add_action = "dossiers.view", "dossiers.do_step"
    list_display = ("title", "form", "state", "starts_on", "ends_on")
    list_filter = ("state", "form")
    history = History(codes={"minutes_code": "evidence_kind"})
    inlines = (SessionFileInline, EntryInline)
    verbs: ClassVar = (
        Verb("take-out", _("Take a household out"), "dossiers.do_step", run=_take_out, form=forms.TakeOutForm,
             offered=_is_open, initial=_listed),
        Verb("file", _("Add a file"), "dossiers.do_step", run=_add_file, form=forms.EvidenceForm, offered=_is_open,
             icon="attach_file", intro=_("A photograph, the signed list, the notice: the minutes come with the end.")),
        Verb("close-meeting", _("Close the session"), "dossiers.do_step", run=_close, form=forms.CloseMeetingForm,
             offered=_is_open_meeting, initial=_minutes_kind,
             intro=_("The step is closed for every household that is still on the list.")),
        Verb("close", _("Close the session"), "dossiers.do_step", run=_close, form=forms.CloseForm,
             offered=_is_open_other, initial=_minutes_kind,
             intro=_("The step is closed for every household that is still on the list.")),
        Verb("cancel", _("Cancel the session"), "dossiers.do_step", run=_cancel, form=forms.EndForm, offered=_is_open,
             danger=True, intro=_("It is not held. The households go on as if it had never been opened.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[ListSession]:
        return sessions_on_list()

    @override
    def _form_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """Offer the papers of the session beside the verbs."""
        context = super()._form_context(request, object_id)
        if object_id is None:
            return context
        session = self.get_object(request, object_id)
        kinds = [(MINUTES, _("Print the minutes"))]
        kinds += [(NOTICE, _("Print the notice"))] if session.form in POSTED else []
        links = [
            {"title": label, "link": reverse("admin:session-printout", args=[session.pk, kind]), "icon": "print"}
            for kind, label in kinds
        ]
        if session.minutes_id:
            address = reverse("admin:session-minutes", args=[session.pk])
            links.append({"title": _("Download the minutes on file"), "link": address, "icon": "download"})
        return {**context, "verb_links": [*context["verb_links"], *links]}

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("kind", "form", "title", "starts_on", "village_code", "numbers")
        return ("form", "title", "state", "starts_on", "ends_on", "end_reason", "entitled_count", "present_count",
                "votes_for", "votes_against")  # fmt: skip

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = forms.SessionForm
        return super().get_form(request, obj, change=change, **kwargs)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> ListSession:
        kind, form, numbers = values["kind"], values["form"], values["numbers"].split()
        if numbers:
            ids = open_dossiers_of(numbers, kind, form, actor=actor)
        else:
            ids = waiting_dossiers(kind, form, values["village_code"], actor=actor)
        return open_session(values["form"], values["title"], ids, starts_on=values["starts_on"], actor=actor)
