"""The forms of the county, the spellings it remembers, and the parts of villages."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from oneform.domain.forms import close_form, count_form, map_column, mark_part, reopen_form
from oneform.enums import FormState
from oneform.models import FormAlias, FormPart, FormRequest
from oneform.queries.forms import columns_asked, county_pictures, overdue
from oneform.queries.matching import held_columns
from registry.access import role_may
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor, current_actor
from reports.enums import RowLevel
from villages.admin.fields import VersionedForm

VIEW, AMEND, MARK, COUNT = "oneform.view", "oneform.amend", "oneform.mark", "oneform.count"


class ConfirmForm(VersionedForm):
    """What needs nothing but to be confirmed."""


class CountForm(VersionedForm):
    """The snapshot by whose facts is counted."""

    snapshot_id = forms.ChoiceField(label=_("snapshot"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(one.pk), f"{one.as_of:%Y-%m-%d}") for one in county_pictures()[:50]]
        self.fields["snapshot_id"].choices = found  # type: ignore[attr-defined]  # a field with choices


class MapForm(VersionedForm):
    """Which column of the register fills a column of the form."""

    place = forms.TypedChoiceField(label=_("column of the form"), coerce=int)
    column_key = forms.ChoiceField(label=_("column of the register"), required=False)
    is_remembered = forms.BooleanField(label=_("means the same in forms to come"), required=False, initial=True)

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        form = FormRequest.objects.get(pk=initial["form_id"])
        asked = [(str(one.place), f"{one.place}. {one.label}") for one in columns_asked(form)]
        if not role_may(current_actor(), "oneform.remember"):
            del self.fields["is_remembered"]
        held = [(key, column.column.label.zh) for key, column in held_columns(RowLevel(form.level)).items()]
        self.fields["place"].choices = asked  # type: ignore[attr-defined]  # a field with choices
        self.fields["column_key"].choices = [("", _("To be filled by hand")), *held]  # type: ignore[attr-defined]  # as above


def _count(row: FormRequest, values: dict[str, Any], actor: Actor) -> FormRequest:
    return count_form(row.pk, values["snapshot_id"], actor=actor, version=values["version"])


def _map(row: FormRequest, values: dict[str, Any], actor: Actor) -> FormRequest:
    place, key, is_remembered = values["place"], values["column_key"], values.get("is_remembered", False)
    return map_column(row.pk, place, key, is_remembered=is_remembered, actor=actor, version=values["version"])


def _close(row: FormRequest, values: dict[str, Any], actor: Actor) -> FormRequest:
    return close_form(row.pk, actor=actor, version=values["version"])


def _reopen(row: FormRequest, values: dict[str, Any], actor: Actor) -> FormRequest:
    return reopen_form(row.pk, actor=actor, version=values["version"])


def _done(row: FormPart, values: dict[str, Any], actor: Actor) -> FormPart:
    return mark_part(row.pk, is_done=True, actor=actor, version=values["version"])


def _undone(row: FormPart, values: dict[str, Any], actor: Actor) -> FormPart:
    return mark_part(row.pk, is_done=False, actor=actor, version=values["version"])


def _is_open(row: FormRequest) -> bool:
    return row.state == FormState.OPEN


def _is_closed(row: FormRequest) -> bool:
    return row.state == FormState.CLOSED


class OverdueFilter(admin.SimpleListFilter):
    """Narrow to the open forms that are past their day."""

    title = _("overdue")
    parameter_name = "overdue"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("overdue"))]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[FormRequest]) -> QuerySet[FormRequest]:
        return overdue(queryset) if self.value() == "1" else queryset


@admin.register(FormRequest)
class FormRequestAdmin(TenantModelAdmin):
    """The forms sent down; a form is entered with its headings on a page of its own."""

    view_action = VIEW
    fields: ClassVar = (
        "title", "edition", "sender", "received_on", "due_on", "level", "subjects", "state", "closed_on", "replaces",
        "counted_of",
    )  # fmt: skip
    list_display = ("title", "edition", "sender", "received_on", "due_on", "state")
    list_filter = ("state", OverdueFilter, "level")
    history = History(divisions=("received_by_code",))
    verbs = (
        Verb(
            "count",
            _("Count what is left to fill"),
            COUNT,
            run=_count,
            form=CountForm,
            offered=_is_open,
            intro=_("By the facts of a snapshot of the whole county. For today’s facts ask for one as of today first."),
            icon="calculate",
        ),
        Verb(
            "map",
            _("Say what a column means"),
            AMEND,
            run=_map,
            form=MapForm,
            offered=_is_open,
            initial=lambda row: {"form_id": row.pk},
            icon="link",
        ),
        Verb("close", _("Close the form"), AMEND, run=_close, form=ConfirmForm, offered=_is_open, icon="lock"),
        Verb(
            "reopen",
            _("Open the form again"),
            AMEND,
            run=_reopen,
            form=ConfirmForm,
            offered=_is_closed,
            intro=_("For a form that was closed by mistake. One that a later edition replaced stays closed."),
            icon="lock_open",
        ),
    )


@admin.register(FormAlias)
class FormAliasAdmin(TenantModelAdmin):
    """What the county said of spellings."""

    view_action = VIEW
    fields: ClassVar = ("label_key", "level", "column_key")
    list_display = fields


@admin.register(FormPart)
class FormPartAdmin(TenantModelAdmin):
    """The parts of the villages in the person's area."""

    view_action = VIEW
    fields: ClassVar = (
        "form", "village_code", "row_count", "filled_count", "empty_count", "by_hand_count", "done_on",
    )  # fmt: skip
    list_display = fields
    list_filter = ("form__state", ("done_on", admin.EmptyFieldListFilter))
    history = History(divisions=("village_code",))
    verbs = (
        Verb(
            "done",
            _("The part is done"),
            MARK,
            run=_done,
            form=ConfirmForm,
            offered=lambda row: row.done_on is None and row.form.state == FormState.OPEN,
            icon="task_alt",
        ),
        Verb(
            "undone",
            _("Not done after all"),
            MARK,
            run=_undone,
            form=ConfirmForm,
            offered=lambda row: row.done_on is not None and row.form.state == FormState.OPEN,
            icon="undo",
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[FormPart]:
        return super().get_queryset(request).select_related("form")  # type: ignore[no-any-return]  # the theme has no types
