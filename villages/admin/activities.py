"""Village activities: recorded on the village's page, with their material."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.forms import SiteForm
from registry.admin.history import History
from registry.admin.site import SitePage, actor_at, site
from registry.admin.verbs import ReasonForm, Verb
from registry.domain.files import neutral_name
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.drafts import amending, count_field, entering
from villages.admin.fields import VersionedForm, code_field
from villages.admin.labels import code_label
from villages.domain import activities
from villages.enums import ACTIVITY_SCHEME
from villages.models import ActivityMaterial, VillageActivity, VillagePlan
from villages.queries.activities import activities_on_list

RECORD = "villages.record_activity"
_COUNTS_ONLY = _("Counts only: nobody who came is named, and nothing that anybody said or thought is kept.")
_FILES = ".jpg,.jpeg,.png,.pdf,.docx,.xlsx"


class ActivityForm(SiteForm):
    """An activity: when, what about, how many."""

    kind_code = code_field(ACTIVITY_SCHEME, _("kind"), required=True)
    held_on = forms.DateField(label=_("held on"), initial=today)
    subject = forms.CharField(label=_("subject"), max_length=100, help_text=_("No names or numbers of persons."))
    participant_count = count_field(_("people"), required=True, help_text=_("A number only; nobody is named."))
    plan_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


class MaterialForm(VersionedForm):
    """A file that was shown or handed out."""

    title = forms.CharField(label=_("title"), max_length=100)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": _FILES}),
        help_text=_("A photograph, .pdf, .docx or .xlsx, up to 10 MB."),
    )


class WithdrawForm(VersionedForm, ReasonForm):
    """Why a record was wrong."""


def _add_material(row: VillageActivity, values: dict[str, Any], actor: Actor) -> ActivityMaterial:
    file = values["file"]
    return activities.add_material(
        row.pk, file.read(), name=file.name, title=values["title"], actor=actor, version=values["version"]
    )


def _withdraw(row: VillageActivity, values: dict[str, Any], actor: Actor) -> VillageActivity:
    return activities.withdraw_activity(row.pk, actor=actor, **values)


def _counts(row: VillageActivity) -> bool:
    return row.withdrawn_on is None


ACTIVITY_VERB = entering(
    "record-activity",
    _("Record an activity"),
    RECORD,
    form=ActivityForm,
    draft=activities.ActivityDraft,
    enter=activities.record_activity,
    icon="campaign",
    intro=_COUNTS_ONLY,
)


def _consult(plan: VillagePlan, values: dict[str, Any], actor: Actor) -> VillageActivity:
    draft = activities.ActivityDraft(**{**values, "plan_id": plan.pk})
    return activities.record_activity(plan.village_id, draft, actor=actor)


CONSULT_VERB = Verb(
    "consult",
    _("Record a consultation"),
    RECORD,
    run=_consult,
    form=ActivityForm,
    icon="campaign",
    intro=_COUNTS_ONLY,
    initial=lambda _plan: {"kind_code": "4"},
)


class MaterialInline(TenantTabularInline):
    """The material of an activity."""

    model = ActivityMaterial
    view_action = "villages.view"
    fields = ("title", "file")

    @admin.display(description=_("File"))
    def file(self, row: ActivityMaterial) -> str:
        """Lead to the file."""
        return format_html('<a href="{}">{}</a>', reverse("admin:activity-material", args=[row.pk]), _("Download"))


@admin.register(VillageActivity)
class ActivityAdmin(TenantModelAdmin):
    """The activities of the area; one is recorded on the village's page."""

    view_action = "villages.view"
    list_display = ("subject", "village", "kind_label", "held_on", "participant_count", "withdrawn_on")
    fields = readonly_fields = (
        "village", "kind_label", "held_on", "subject", "participant_count", "plan", "withdrawn_on",
    )  # fmt: skip
    inlines = (MaterialInline,)
    history = History(codes={"kind_code": ACTIVITY_SCHEME})
    kind_label = code_label(VillageActivity, "kind_code", ACTIVITY_SCHEME)
    verbs: ClassVar = (
        amending(RECORD, form=ActivityForm, draft=activities.ActivityDraft, amend=activities.amend_activity,
                 offered=_counts),
        Verb("material", _("Add a file"), RECORD, run=_add_material, form=MaterialForm, offered=_counts,
             icon="attach_file"),
        Verb("withdraw", _("Withdraw the record"), RECORD, run=_withdraw, form=WithdrawForm, offered=_counts,
             icon="undo", danger=True),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[VillageActivity]:
        return activities_on_list()


def material_file(request: HttpRequest, material_id: UUID) -> HttpResponse:
    """Download a file of an activity; that it was read is audited."""
    row, content = activities.read_material(material_id, actor=actor_at(request))
    name = neutral_name("material", row.document.sha256, row.document.media_type)
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=row.document.media_type, headers=headers)


site.add_page(SitePage("activity-material", "villages/material/<uuid:material_id>/", "villages.view", material_file))
