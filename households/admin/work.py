"""Work records: list by month, page of one, and the form on a person's page."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.filters import TownshipFilter
from households.domain.work import WorkDraft, amend_work, record_work, withdraw_work
from households.models import Person, WorkRecord
from households.queries.work import work_visible_to
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import ReasonForm, Verb
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm, code_field, codes_field, yes_no_field, yuan_field
from villages.admin.labels import code_label


class WorkForm(VersionedForm):
    """Work in whole months of one year."""

    starts_on = forms.DateField(label=_("from the month of"), help_text=_("The first day of that month."))
    ends_on = forms.DateField(
        label=_("until the month of (not included)"),
        required=False,
        help_text=_("The first day of the first month without it; empty while it lasts."),
    )
    division_code = forms.CharField(
        label=_("division of work"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Twelve digits of the county, prefecture or province; what lies below is the place of work."),
    )
    employer = forms.CharField(label=_("employer"), max_length=100, required=False)
    industry_code = code_field("industry", _("industry"))
    channel_code = code_field("employment_channel", _("way into work"))
    monthly_income_yuan = yuan_field(_("income a month (yuan)"))
    transport_subsidy_yuan = yuan_field(_("transport subsidy of the year (yuan)"))
    is_point_to_point = yes_no_field(_("taken there point to point"))
    service_codes = codes_field("employment_service", _("services wanted"))


class NewWorkForm(WorkForm):
    """The same, done or planned."""

    is_planned = forms.BooleanField(label=_("planned"), required=False)


class WithdrawForm(VersionedForm, ReasonForm):
    """Why a record was wrong."""


def _draft(values: dict[str, Any]) -> WorkDraft:
    return WorkDraft(**{**values, "service_codes": tuple(values["service_codes"])})


def run_record_work(person: Person, values: dict[str, Any], actor: Actor) -> WorkRecord:
    """Enter a record of the person whose page it is; the months, not the version, part two writers."""
    values.pop("version")
    return record_work(person.pk, _draft(values), actor=actor)


RECORD_WORK = Verb(
    "record-work", _("Record work"), "households.record_work", run=run_record_work, form=NewWorkForm, icon="work"
)


def _amend(row: WorkRecord, values: dict[str, Any], actor: Actor) -> WorkRecord:
    version = values.pop("version")
    return amend_work(row.pk, _draft(values), actor=actor, version=version)


def _withdraw(row: WorkRecord, values: dict[str, Any], actor: Actor) -> WorkRecord:
    return withdraw_work(row.pk, actor=actor, **values)


def _counts(row: WorkRecord) -> bool:
    return row.ends_on != row.starts_on


class WorkInline(TenantTabularInline):
    """The work of a person, month by month."""

    model = WorkRecord
    view_action = "households.view"
    fields = ("starts_on", "ends_on", "is_planned", "division_code", "employer", "monthly_income_yuan")
    show_change_link = True


@admin.register(WorkRecord)
class WorkRecordAdmin(TenantModelAdmin):
    """The work records of the persons that the one at work sees; a new one is entered on the person's page."""

    view_action = "households.view"
    list_display = ("person_name", "starts_on", "ends_on", "is_planned", "division_code", "industry_label")
    list_select_related = ("person",)
    list_filter = (TownshipFilter, "year", "is_planned")
    ordering = ("-starts_on", "id")
    fields = (
        "person_name",
        "year",
        "is_planned",
        "starts_on",
        "ends_on",
        "division_code",
        "employer",
        "industry_label",
        "channel_label",
        "monthly_income_yuan",
        "transport_subsidy_yuan",
        "is_point_to_point",
        "services_label",
    )
    readonly_fields = ("person_name", "industry_label", "channel_label", "services_label")
    history = History(
        codes={
            "industry_code": "industry",
            "channel_code": "employment_channel",
            "service_codes": "employment_service",
        },
        divisions=("division_code",),
    )
    industry_label = code_label(WorkRecord, "industry_code", "industry")
    channel_label = code_label(WorkRecord, "channel_code", "employment_channel")
    services_label = code_label(WorkRecord, "service_codes", "employment_service")
    verbs: ClassVar = (
        Verb(
            "amend",
            _("Correct or end"),
            "households.record_work",
            run=_amend,
            form=WorkForm,
            offered=_counts,
            icon="edit",
            initial=lambda row: {name: getattr(row, name) for name in WorkForm.base_fields if name != "version"},
        ),
        Verb(
            "withdraw",
            _("Withdraw the record"),
            "households.record_work",
            run=_withdraw,
            form=WithdrawForm,
            offered=_counts,
            icon="undo",
            danger=True,
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkRecord]:
        return work_visible_to(actor_at(request))

    @admin.display(description=_("Name"))
    def person_name(self, row: WorkRecord) -> str:
        """Show whose work it is."""
        return str(row.person.name)
