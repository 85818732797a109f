"""Requests for help: the forms on the pages of a household and a village, the list, the page of one, and the board."""

from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.models import HelpVisit
from concerns.domain.requests import RequestDraft, amend_request, enter_request
from concerns.domain.solving import (
    confirm_request,
    read_request_file,
    refuse_request,
    reopen_request,
    solve_request,
    take_request,
    transfer_request,
    withdraw_request,
)
from concerns.enums import CHANNEL_SCHEME, KIND_SCHEME, WAITING, OwnerRole
from concerns.models import HelpRequest
from concerns.queries.requests import board, on_desk, overdue, requests_visible_to, village_names
from concerns.workflow import REQUEST_CHANGES
from households.admin.filters import TownshipFilter
from households.admin.links import household_link
from households.enums import HouseholdStatus
from households.models import Household
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.forms import SiteForm
from registry.admin.history import History
from registry.admin.site import actor_at, site
from registry.admin.verbs import Verb
from registry.domain.files import neutral_name
from registry.lib.periods import today
from registry.models import User
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm, code_field
from villages.admin.labels import code_label, labels_of
from villages.models import Village
from villages.workflow import starts_from

_SHOWN: Final = 300
_FILES: Final = "image/jpeg,image/png,.pdf,.docx,.xlsx"
_NO_NAMES: Final = _("No names or numbers of persons.")
_WORK: Final = "concerns.work_requests"
_SETTLE: Final = "concerns.settle_requests"


class _ToldFields(SiteForm):
    """What is told of a request."""

    kind_code = code_field(KIND_SCHEME, _("kind of request"), required=True)
    channel_code = code_field(CHANNEL_SCHEME, _("how it was told"), required=True)
    told_on = forms.DateField(label=_("told on"), initial=today)
    text = forms.CharField(label=_("what is asked for"), max_length=500, widget=forms.Textarea, help_text=_NO_NAMES)


class NewRequestForm(_ToldFields):
    """A request of the household or the village whose page is open."""

    owner_role = forms.ChoiceField(label=_("who solves it"), choices=OwnerRole.choices, initial=OwnerRole.VILLAGE_TEAM)


class ToldForm(VersionedForm, _ToldFields):
    """A request on file."""


class SeenForm(VersionedForm):
    """A step that needs nothing but to be confirmed."""


class TransferForm(VersionedForm):
    """Who solves it from now on."""

    owner_role = forms.ChoiceField(label=_("who solves it"), choices=OwnerRole.choices)
    username = forms.CharField(
        label=_("login of the owner"), max_length=60, required=False, help_text=_("May be left empty.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_NO_NAMES)


class SolutionForm(VersionedForm):
    """What was done."""

    on = forms.DateField(label=_("solved on"), initial=today)
    solution = forms.CharField(label=_("what was done"), max_length=500, widget=forms.Textarea, help_text=_NO_NAMES)
    file = forms.FileField(
        label=_("Supporting document"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": _FILES}),
        help_text=_("A photograph, .pdf, .docx or .xlsx, up to 10 MB."),
    )


class ConfirmationForm(VersionedForm):
    """The word of whoever asked."""

    on = forms.DateField(label=_("confirmed on"), initial=today)
    confirmation_code = code_field("visit_confirmation", _("how it was confirmed"), required=True)


class WhyForm(VersionedForm):
    """Why it is not solved, refused or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_NO_NAMES)


def _of_household(household: Household, values: dict[str, Any], actor: Actor) -> HelpRequest:
    return enter_request(RequestDraft(household_id=household.pk, **values), actor=actor)


def _of_village(village: Village, values: dict[str, Any], actor: Actor) -> HelpRequest:
    return enter_request(RequestDraft(village_id=village.pk, **values), actor=actor)


ENTER_REQUEST = Verb(
    "enter-request",
    _("Enter a request for help"),
    "concerns.enter_requests",
    run=_of_household,
    form=NewRequestForm,
    offered=lambda household: household.status != HouseholdStatus.CLOSED,
    icon="support",
)
ENTER_VILLAGE_REQUEST = Verb(
    "enter-request",
    _("Enter a request for help"),
    "concerns.settle_requests",
    run=_of_village,
    form=NewRequestForm,
    icon="support",
)


def _amend(row: HelpRequest, values: dict[str, Any], actor: Actor) -> HelpRequest:
    return amend_request(row.pk, actor=actor, **values)


def _take(row: HelpRequest, values: dict[str, Any], actor: Actor) -> HelpRequest:
    return take_request(row.pk, actor=actor, **values)


def _transfer(row: HelpRequest, values: dict[str, Any], actor: Actor) -> HelpRequest:
    return transfer_request(row.pk, actor=actor, **values)


def _solve(row: HelpRequest, values: dict[str, Any], actor: Actor) -> HelpRequest:
    file = values.pop("file", None)
    paper = {"content": file.read(), "name": file.name} if file else {}
    return solve_request(row.pk, actor=actor, **values, **paper)


def _confirm(row: HelpRequest, values: dict[str, Any], actor: Actor) -> HelpRequest:
    return confirm_request(row.pk, actor=actor, **values)


def _reopen(row: HelpRequest, values: dict[str, Any], actor: Actor) -> HelpRequest:
    return reopen_request(row.pk, actor=actor, **values)


def _refuse(row: HelpRequest, values: dict[str, Any], actor: Actor) -> HelpRequest:
    return refuse_request(row.pk, actor=actor, **values)


def _withdraw(row: HelpRequest, values: dict[str, Any], actor: Actor) -> HelpRequest:
    return withdraw_request(row.pk, actor=actor, **values)


def _waits(row: HelpRequest) -> bool:
    return row.state in WAITING


def _step(name: str, action: str, run: Any, form: type[SiteForm], icon: str, *, danger: bool = False) -> Verb:  # noqa: ANN401  (a function of a verb, as above)
    """Make the verb of one change of the table."""
    line = next(one for one in REQUEST_CHANGES if one.name == name)

    def offered(row: HelpRequest) -> bool:
        return starts_from(REQUEST_CHANGES, name, present=row.state)

    return Verb(name, line.label, action, run=run, form=form, offered=offered, icon=icon, danger=danger)


class HelpRequestInline(TenantTabularInline):
    """The requests of a household."""

    model = HelpRequest
    view_action = "concerns.view_requests"
    fields = ("told_on", "kind_label", "state", "due_on")
    show_change_link = True
    kind_label = code_label(HelpRequest, "kind_code", KIND_SCHEME)


class DeskFilter(admin.SimpleListFilter):
    """What waits for the one at work, what is overdue, and what waits at all."""

    title = _("waiting")
    parameter_name = "waiting"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return (("mine", _("For me")), ("overdue", _("Overdue")), ("all", _("All that waits")))

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "mine":
                return on_desk(queryset, actor_at(request))
            case "overdue":
                return overdue(queryset, today())
            case "all":
                return queryset.filter(state__in=WAITING)
            case _:
                return queryset


@admin.register(HelpRequest)
class HelpRequestAdmin(TenantModelAdmin):
    """The requests of the area; a new one is entered on the page of its household or village."""

    view_action = "concerns.view_requests"
    list_display = ("told_on", "kind_label", "household", "village", "state", "owner_role", "due_on", "overdue_label")
    list_select_related = ("household", "village")
    list_filter = (DeskFilter, TownshipFilter, "state")
    search_fields = ("household__number",)
    ordering = ("due_on", "id")
    fields = (
        "household_label",
        "village",
        "kind_label",
        "channel_label",
        "told_on",
        "text",
        "visit_link",
        "state",
        "owner_role",
        "owner_user",
        "due_on",
        "taken_on",
        "solved_on",
        "solution",
        "file_link",
        "confirmed_on",
        "confirmation_label",
        "reopened_count",
        "closing_reason",
    )
    readonly_fields = (
        "household_label",
        "kind_label",
        "channel_label",
        "visit_link",
        "confirmation_label",
        "file_link",
    )
    history = History(
        codes={
            "kind_code": KIND_SCHEME,
            "channel_code": CHANNEL_SCHEME,
            "confirmation_code": "visit_confirmation",
        },
        links={"owner_user": User, "owner_user_id": User, "help_visit": HelpVisit},
    )
    kind_label = code_label(HelpRequest, "kind_code", KIND_SCHEME)
    channel_label = code_label(HelpRequest, "channel_code", CHANNEL_SCHEME)
    confirmation_label = code_label(HelpRequest, "confirmation_code", "visit_confirmation")
    verbs: ClassVar = (
        _step("take", _WORK, _take, SeenForm, "front_hand"),
        _step("solve", _WORK, _solve, SolutionForm, "done"),
        _step("confirm", _WORK, _confirm, ConfirmationForm, "thumb_up"),
        _step("reopen", _WORK, _reopen, WhyForm, "replay"),
        Verb(
            "amend",
            _("Correct"),
            "concerns.enter_requests",
            run=_amend,
            form=ToldForm,
            offered=_waits,
            icon="edit",
            initial=lambda row: {name: getattr(row, name) for name in _ToldFields.base_fields},
        ),
        _step("transfer", _SETTLE, _transfer, TransferForm, "forward"),
        _step("refuse", _SETTLE, _refuse, WhyForm, "close", danger=True),
        _step("withdraw", _SETTLE, _withdraw, WhyForm, "undo", danger=True),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[HelpRequest]:
        return requests_visible_to(actor_at(request))

    @admin.display(description=_("overdue"))
    def overdue_label(self, row: HelpRequest) -> str:
        """Warn where its day has passed and nobody has solved it; a tick would say that all is well."""
        if row.state not in WAITING or row.due_on >= today():
            return str(self.get_empty_value_display())
        return format_html('<strong class="text-red-700 dark:text-red-400">{}</strong>', gettext("Overdue"))

    @admin.display(description=_("household"))
    def household_label(self, row: HelpRequest) -> str:
        """Lead to the household."""
        return household_link(row.household) if row.household else str(self.get_empty_value_display())

    @admin.display(description=_("help visit"))
    def visit_link(self, row: HelpRequest) -> str:
        """Lead to the visit on which it was told."""
        return self._link(row.help_visit_id, "admin:assistance_helpvisit_change", gettext("the visit"))

    @admin.display(description=_("supporting document"))
    def file_link(self, row: HelpRequest) -> str:
        """Lead to the file."""
        return self._link(row.document_id and row.pk, "admin:help-request-file", gettext("Download"))

    def _link(self, target: UUID | None, name: str, text: str) -> str:
        if target is None:
            return str(self.get_empty_value_display())
        return format_html('<a href="{}">{}</a>', reverse(name, args=[target]), text)


def request_file(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Download the file that shows a solution; that it was read is audited."""
    document, content = read_request_file(request_id, actor=actor_at(request))
    name = neutral_name("request", document.sha256, document.media_type)
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=document.media_type, headers=headers)


def board_page(request: HttpRequest) -> HttpResponse:
    """Show what waits by village and kind, the villages in the order of their codes."""
    rows = list(board(requests_visible_to(actor_at(request)), today()))
    names = village_names({row["village_code"] for row in rows})
    lines = [(names.get(row["village_code"], row["village_code"]), labels_of(KIND_SCHEME, row["kind_code"]), row)
             for row in rows]  # fmt: skip
    context = site.each_context(request) | {
        "title": gettext("Open requests by village and kind"),
        "lines": lines[:_SHOWN],
        "has_more": len(lines) > _SHOWN,
        "shown": _SHOWN,
        "waiting": sum(row["waiting"] for row in rows),
        "overdue": sum(row["overdue"] for row in rows),
    }
    return TemplateResponse(request, "concerns/admin/board.html", context)
