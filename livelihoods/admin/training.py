"""Wishes, courses and enrolments on the site."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.filters import TownshipFilter
from households.admin.links import person_link
from households.models import Person
from livelihoods.domain.courses import CourseDraft, amend_course, cancel_course, close_course, plan_course
from livelihoods.domain.enrolments import (
    Attendance,
    Picture,
    certify,
    enrol,
    record_attendance,
    record_outcome,
    withdraw_certificate,
    withdraw_enrolment,
)
from livelihoods.domain.wishes import record_wish, withdraw_wish
from livelihoods.enums import CERTIFICATE_SCHEME, KIND_SCHEME, OUTCOME_SCHEME, CourseState, WorkProof
from livelihoods.models import Course, Enrolment, TrainingWish
from livelihoods.queries.outcomes import with_outcome
from livelihoods.queries.visibility import enrolments_visible_to, wishes_visible_to
from registry.access import role_may
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.forms import SiteForm
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import ReasonForm, Verb
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm, VersionedForm, code_field
from villages.admin.labels import code_label

_DRAFT = tuple(CourseDraft.__dataclass_fields__)


class WishForm(SiteForm):
    """What a person wants to learn."""

    kind_code = code_field(KIND_SCHEME, _("kind of training"), required=True)
    told_on = forms.DateField(label=_("told on"), initial=today)


def _planned() -> list[tuple[str, str]]:
    rows = Course.objects.filter(state=CourseState.PLANNED).order_by("starts_on", "name")
    return [("", "–"), *((str(row.pk), f"{row.starts_on} {row.name} ({row.place})") for row in rows)]


class EnrolForm(SiteForm):
    """Into which course."""

    course_id = forms.ChoiceField(label=_("course"), choices=_planned)


class WithdrawForm(VersionedForm, ReasonForm):
    """Why it is taken back."""


class ConfirmForm(VersionedForm):
    """Nothing but the version that was seen."""


class AttendanceForm(VersionedForm):
    """On how many days the person came."""

    days = forms.IntegerField(label=_("days attended"), min_value=0)


class CertificateForm(VersionedForm):
    """The certificate that a person holds of the course."""

    kind_code = code_field(CERTIFICATE_SCHEME, _("kind of certificate"), required=True)
    number = forms.CharField(label=_("number of the certificate"), max_length=40)
    on = forms.DateField(label=_("certificate of"), initial=today)
    file = forms.FileField(
        label=_("picture of the certificate"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,.pdf"}),
        help_text=_("A photograph or .pdf, up to 10 MB."),
    )


class OutcomeForm(VersionedForm):
    """What the person answered; empty takes the answer back."""

    code = code_field(OUTCOME_SCHEME, _("answer on work"))
    on = forms.DateField(label=_("answered on"), initial=today)


def _wish(person: Person, values: dict[str, Any], actor: Actor) -> TrainingWish:
    return record_wish(person.pk, actor=actor, **values)


def _enrol(person: Person, values: dict[str, Any], actor: Actor) -> Enrolment:
    return enrol(UUID(values["course_id"]), person.pk, actor=actor)


RECORD_WISH = Verb(
    "wish", _("Record a wish for training"), "livelihoods.record_wish", run=_wish, form=WishForm, icon="school"
)
ENROL = Verb("enrol", _("Enrol in a course"), "livelihoods.enrol", run=_enrol, form=EnrolForm, icon="how_to_reg")


def _withdraw_wish(row: TrainingWish, values: dict[str, Any], actor: Actor) -> TrainingWish:
    return withdraw_wish(row.pk, actor=actor, **values)


def _close(row: Course, values: dict[str, Any], actor: Actor) -> Course:
    return close_course(row.pk, actor=actor, **values)


def _cancel(row: Course, values: dict[str, Any], actor: Actor) -> Course:
    return cancel_course(row.pk, actor=actor, **values)


def _attend(row: Enrolment, values: dict[str, Any], actor: Actor) -> Enrolment:
    line = Attendance(row.pk, values["days"], values["version"])
    return record_attendance(row.course_id, [line], actor=actor)[0]


def _certify(row: Enrolment, values: dict[str, Any], actor: Actor) -> Enrolment:
    file = values.pop("file", None)
    return certify(row.pk, actor=actor, picture=Picture(file.read(), file.name) if file else None, **values)


def _uncertify(row: Enrolment, values: dict[str, Any], actor: Actor) -> Enrolment:
    return withdraw_certificate(row.pk, actor=actor, **values)


def _outcome(row: Enrolment, values: dict[str, Any], actor: Actor) -> Enrolment:
    return record_outcome(row.pk, values.pop("code"), actor=actor, **values)


def _withdraw(row: Enrolment, values: dict[str, Any], actor: Actor) -> Enrolment:
    return withdraw_enrolment(row.pk, actor=actor, **values)


def _stands(row: Enrolment) -> bool:
    return row.withdrawn_on is None


def _came(row: Enrolment) -> bool:
    return _stands(row) and bool(row.attended_days)


def _is_planned(row: Course) -> bool:
    return row.state == CourseState.PLANNED


class WishInline(TenantTabularInline):
    """What a person wants to learn."""

    model = TrainingWish
    view_action = "livelihoods.view"
    fields = ("kind_label", "told_on", "withdrawn_on")
    kind_label = code_label(TrainingWish, "kind_code", KIND_SCHEME)
    show_change_link = True


class PersonEnrolmentInline(TenantTabularInline):
    """The courses of a person."""

    model = Enrolment
    view_action = "livelihoods.view"
    fields = ("course", "starts_on", "attended_days", "day_count", "certified_on", "withdrawn_on")
    show_change_link = True


class CourseEnrolmentInline(TenantTabularInline):
    """Who is enrolled, of those whom the one at work may see."""

    model = Enrolment
    view_action = "livelihoods.view"
    fields = ("person_name", "attended_days", "certified_on", "withdrawn_on")
    show_change_link = True

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Enrolment]:
        return enrolments_visible_to(actor_at(request))

    @admin.display(description=_("person"))
    def person_name(self, row: Enrolment) -> str:
        """Lead to the person."""
        return person_link(row.person)


@admin.register(TrainingWish)
class TrainingWishAdmin(TenantModelAdmin):
    """Wishes of the persons that the one at work sees; a new one is entered on the person's page."""

    view_action = "livelihoods.view"
    list_display = ("told_on", "person_name", "kind_label", "withdrawn_on")
    list_select_related = ("person",)
    list_filter = (TownshipFilter,)
    ordering = ("-told_on", "id")
    fields = ("person_name", "kind_label", "told_on", "help_visit", "withdrawn_on")
    readonly_fields = fields
    history = History(codes={"kind_code": KIND_SCHEME}, links={"person": Person})
    kind_label = code_label(TrainingWish, "kind_code", KIND_SCHEME)
    verbs: ClassVar = (
        Verb("withdraw", _("Withdraw the wish"), "livelihoods.record_wish", run=_withdraw_wish, form=WithdrawForm,
             offered=lambda row: row.withdrawn_on is None, icon="undo", danger=True),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[TrainingWish]:
        return wishes_visible_to(actor_at(request))

    @admin.display(description=_("person"))
    def person_name(self, row: TrainingWish) -> str:
        """Lead to the person."""
        return person_link(row.person)


class CourseForm(DressedForm):
    """A course; one that an employer ordered names the post and how many are wanted."""

    kind_code = code_field(KIND_SCHEME, _("kind of training"), required=True)


@admin.register(Course)
class CourseAdmin(TenantModelAdmin):
    """Courses of the county with those who are enrolled."""

    form = CourseForm
    view_action, add_action = "livelihoods.view", "livelihoods.keep_courses"
    change_action = "livelihoods.keep_courses"
    list_display = ("starts_on", "name", "kind_label", "place", "state", "seat_count", "enrolled_count")
    list_filter = ("state",)
    search_fields = ("name",)
    ordering = ("-starts_on", "id")
    fields = (*_DRAFT, "state", "cancel_reason", "enrolled_count", "attended_count", "attendance_link")
    readonly_fields = ("state", "cancel_reason", "enrolled_count", "attended_count", "attendance_link")
    inlines = (CourseEnrolmentInline,)
    history = History(codes={"kind_code": KIND_SCHEME})
    kind_label = code_label(Course, "kind_code", KIND_SCHEME)
    verbs: ClassVar = (
        Verb("close", _("Close as held"), "livelihoods.keep_courses", run=_close, form=ConfirmForm,
             offered=_is_planned, icon="done", intro=_("The last day has come, and somebody attended.")),
        Verb("cancel", _("Cancel the course"), "livelihoods.keep_courses", run=_cancel, form=WithdrawForm,
             offered=_is_planned, icon="event_busy", danger=True, intro=_("All who are enrolled are withdrawn.")),
    )  # fmt: skip

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return _DRAFT
        if self.has_change_permission(request, obj):
            return self.fields
        hidden = set() if role_may(actor_at(request), "livelihoods.record_attendance") else {"attendance_link"}
        names = (name for name in self.fields if name not in hidden)
        return tuple("kind_label" if name == "kind_code" else name for name in names)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> Course:
        return plan_course(CourseDraft(**values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> Course:
        return amend_course(record.pk, CourseDraft(**values), actor=actor, version=version)

    @admin.display(description=_("attendance"))
    def attendance_link(self, row: Course) -> str:
        """Lead to the list on which attendance is entered."""
        address = reverse("admin:course-attendance", args=[row.pk])
        return format_html('<a class="underline" href="{}">{}</a>', address, _("Enter attendance"))


@admin.register(Enrolment)
class EnrolmentAdmin(TenantModelAdmin):
    """Enrolments of the persons that the one at work sees; a new one is entered on the person's page."""

    view_action = "livelihoods.view"
    list_display = ("starts_on", "course", "person_name", "attended_days", "day_count", "certified_on", "withdrawn_on")
    list_select_related = ("course", "person")
    list_filter = (TownshipFilter,)
    ordering = ("-starts_on", "id")
    fields = (
        "person_name", "course", "starts_on", "last_on", "attended_days", "day_count", "certificate_label",
        "certificate_number", "certified_on", "picture_link", "asked_label", "outcome_label", "outcome_on",
        "proof_label", "withdrawn_on", "withdrawal_reason",
    )  # fmt: skip
    readonly_fields = fields
    history = History(
        codes={"certificate_kind_code": CERTIFICATE_SCHEME, "outcome_code": OUTCOME_SCHEME},
        links={"person": Person, "course": Course},
    )
    certificate_label = code_label(Enrolment, "certificate_kind_code", CERTIFICATE_SCHEME)
    outcome_label = code_label(Enrolment, "outcome_code", OUTCOME_SCHEME)
    verbs: ClassVar = (
        Verb("attendance", _("Enter days attended"), "livelihoods.record_attendance", run=_attend,
             form=AttendanceForm, offered=_stands, icon="event_available",
             initial=lambda row: {"days": row.attended_days}),
        Verb("certify", _("Enter the certificate"), "livelihoods.certify", run=_certify, form=CertificateForm,
             offered=_came, icon="workspace_premium"),
        Verb("withdraw-certificate", _("Withdraw the certificate"), "livelihoods.certify", run=_uncertify,
             form=WithdrawForm, offered=lambda row: row.certified_on is not None, icon="undo", danger=True),
        Verb("outcome", _("Enter the answer on work"), "livelihoods.record_outcome", run=_outcome, form=OutcomeForm,
             offered=_came, icon="work",
             intro=_("Three months after the course. A work record of that day is looked at first.")),
        Verb("withdraw", _("Withdraw the enrolment"), "livelihoods.enrol", run=_withdraw, form=WithdrawForm,
             offered=lambda row: _stands(row) and not row.attended_days, icon="person_remove", danger=True),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Enrolment]:
        return with_outcome(enrolments_visible_to(actor_at(request)))

    @admin.display(description=_("person"))
    def person_name(self, row: Enrolment) -> str:
        """Lead to the person."""
        return person_link(row.person)

    @admin.display(description=_("asked on"))
    def asked_label(self, row: Model) -> str:
        """Give the day on which it is asked what the course led to."""
        return str(getattr(row, "asked_on", ""))

    @admin.display(description=_("at work, as follows from"))
    def proof_label(self, row: Model) -> str:
        """Tell from what it follows whether the person is at work."""
        proof = WorkProof(getattr(row, "proof", WorkProof.UNKNOWN))
        answer = {True: _("Yes"), False: _("No"), None: _("Not known")}[getattr(row, "is_at_work", None)]
        return f"{answer} ({proof.label})"

    @admin.display(description=_("picture of the certificate"))
    def picture_link(self, row: Enrolment) -> str:
        """Lead to the picture."""
        if row.certificate_document_id is None:
            return str(self.get_empty_value_display())
        return format_html('<a href="{}">{}</a>', reverse("admin:enrolment-file", args=[row.pk]), _("Download"))
