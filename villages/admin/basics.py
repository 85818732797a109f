"""Facilities, committee and settlement points of villages, and the county's priority categories."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.access import role_may
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.forms import SiteForm
from registry.admin.history import History
from registry.admin.verbs import reveal
from registry.tenancy.context import Actor, current_actor
from villages.admin.drafts import amending, count_field, day_field, degrees_field, entering
from villages.admin.fields import code_field, yes_no_field
from villages.admin.labels import code_label
from villages.domain.basics import (
    FacilityDraft,
    MemberDraft,
    PointDraft,
    add_facility,
    add_member,
    add_point,
    amend_facility,
    amend_member,
    amend_point,
    reveal_member_phone,
)
from villages.domain.priorities import add_priority, amend_priority
from villages.enums import COMMITTEE_POST_SCHEME, FACILITY_SCHEME, RELOCATION_SITE, SETTLEMENT_SCHEME
from villages.models import CommitteeMember, PriorityCategory, SettlementPoint, VillageFacility
from villages.queries.committee import masked_phone_of

KEEP = "villages.keep_basics"


class FacilityForm(SiteForm):
    """The goal of one of the ten facilities."""

    facility_code = code_field(FACILITY_SCHEME, _("facility"), required=True)
    goal = forms.CharField(label=_("goal"), max_length=200)
    due_on = day_field(_("to be reached by"))
    reached_on = day_field(_("reached on"), help_text=_("Leave empty until it is reached."))


class MemberForm(SiteForm):
    """Somebody's term in a post."""

    name = forms.CharField(label=_("name"), max_length=60)
    post_code = code_field(COMMITTEE_POST_SCHEME, _("post"), required=True)
    starts_on = day_field(_("from"), required=True)
    ends_on = day_field(
        _("until (not included)"), help_text=_("The first day without it; the first day itself for an error.")
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        help_text=_("Leave empty to keep the number on file. It is taken off the file when the term ends."),
    )

    def clean_phone(self) -> str | None:
        """Keep the number on file where none is typed."""
        return self.cleaned_data["phone"] or None


class PointForm(SiteForm):
    """A natural village, group or settlement."""

    name = forms.CharField(label=_("name"), max_length=60)
    kind_code = code_field(SETTLEMENT_SCHEME, _("kind"), required=True)
    household_count = count_field(_("number of households"))
    person_count = count_field(_("number of persons"))
    home_count = count_field(_("homes built"), help_text=_("Of a relocation settlement alone."))
    has_water = yes_no_field(_("safe water"))
    has_electricity = yes_no_field(_("electricity"))
    has_road = yes_no_field(_("hardened road"))
    longitude = degrees_field(_("longitude (degrees)"))
    latitude = degrees_field(_("latitude (degrees)"))
    ends_on = day_field(_("until (not included)"), help_text=_("From when nobody lives there."))


VILLAGE_VERBS = (
    entering("add-facility", _("Set a goal"), KEEP, form=FacilityForm, draft=FacilityDraft, enter=add_facility,
             icon="flag"),
    entering("add-member", _("Enter a committee member"), KEEP, form=MemberForm, draft=MemberDraft, enter=add_member,
             icon="badge", intro=_("Name, post, term and telephone, and nothing else of the person.")),
    entering("add-point", _("Enter a settlement point"), KEEP, form=PointForm, draft=PointDraft, enter=add_point,
             icon="location_on"),
)  # fmt: skip


def _member_phone(row: CommitteeMember, reason: str, actor: Actor) -> str:
    return reveal_member_phone(row.pk, actor=actor, reason=reason)


def _has_phone(row: CommitteeMember) -> bool:
    return row.phone_sealed is not None


class FacilityInline(TenantTabularInline):
    """The goals of a village's facilities."""

    model = VillageFacility
    view_action = "villages.view"
    fields = ("facility_label", "goal", "due_on", "reached_on")
    show_change_link = True
    facility_label = code_label(VillageFacility, "facility_code", FACILITY_SCHEME)


class MemberInline(TenantTabularInline):
    """The committee of a village."""

    model = CommitteeMember
    view_action = "villages.view"
    fields = ("name", "post_label", "starts_on", "ends_on")
    show_change_link = True
    post_label = code_label(CommitteeMember, "post_code", COMMITTEE_POST_SCHEME)


class PointInline(TenantTabularInline):
    """The settlement points of a village."""

    model = SettlementPoint
    view_action = "villages.view"
    fields = ("name", "kind_label", "household_count", "person_count", "ends_on")
    show_change_link = True
    kind_label = code_label(SettlementPoint, "kind_code", SETTLEMENT_SCHEME)


@admin.register(VillageFacility)
class FacilityAdmin(TenantModelAdmin):
    """The goals of the area; a goal is set on the village's page."""

    view_action = "villages.view"
    list_display = ("village", "facility_label", "goal", "due_on", "reached_on")
    list_select_related = ("village",)
    fields = readonly_fields = ("village", "facility_label", "goal", "due_on", "reached_on")
    history = History(codes={"facility_code": FACILITY_SCHEME})
    facility_label = code_label(VillageFacility, "facility_code", FACILITY_SCHEME)
    verbs: ClassVar = (amending(KEEP, form=FacilityForm, draft=FacilityDraft, amend=amend_facility),)


@admin.register(CommitteeMember)
class MemberAdmin(TenantModelAdmin):
    """The committees of the area; a term is entered on the village's page."""

    view_action = "villages.view"
    list_display = ("village", "name", "post_label", "phone_masked", "starts_on", "ends_on")
    list_select_related = ("village",)
    fields = readonly_fields = ("village", "name", "post_label", "phone_masked", "starts_on", "ends_on")
    history = History(codes={"post_code": COMMITTEE_POST_SCHEME})
    post_label = code_label(CommitteeMember, "post_code", COMMITTEE_POST_SCHEME)
    verbs: ClassVar = (
        amending(KEEP, form=MemberForm, draft=MemberDraft, amend=amend_member, anew=("phone",)),
        reveal("phone", _("Show the telephone"), "villages.reveal", _member_phone, offered=_has_phone),
    )

    @admin.display(description=_("Telephone"))
    def phone_masked(self, row: CommitteeMember) -> str:
        """Show the mask; in full it takes a right and a reason."""
        return masked_phone_of(row)


@admin.register(SettlementPoint)
class PointAdmin(TenantModelAdmin):
    """The settlement points of the area; one is entered on the village's page."""

    view_action = "villages.view"
    list_display = ("village", "name", "kind_label", "household_count", "person_count")
    list_select_related = ("village",)
    fields = readonly_fields = (
        "village",
        "kind_label",
        *(name for name in PointForm.base_fields if name != "kind_code"),
        "resettled",
    )
    history = History(codes={"kind_code": SETTLEMENT_SCHEME})
    kind_label = code_label(SettlementPoint, "kind_code", SETTLEMENT_SCHEME)
    verbs: ClassVar = (amending(KEEP, form=PointForm, draft=PointDraft, amend=amend_point),)

    @admin.display(description=_("resettled households"))
    def resettled(self, point: SettlementPoint) -> str:
        """Lead to the households of a relocation settlement."""
        if point.kind_code != RELOCATION_SITE or not role_may(current_actor(), "households.view_settlements"):
            return str(self.get_empty_value_display())
        address = reverse("admin:settlement", args=[point.pk])
        return format_html('<a class="underline" href="{}">{}</a>', address, _("Show the households"))


@admin.register(PriorityCategory)
class PriorityAdmin(TenantModelAdmin):
    """The county's own categories, and its wording of those that are shipped."""

    view_action = "villages.view"
    add_action = change_action = "villages.manage_priorities"
    list_display = ("name", "code", "is_offered")

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("name", "is_offered") if obj else ("code", "name", "is_offered")

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> PriorityCategory:
        return add_priority(values["code"], name=values["name"], is_offered=values["is_offered"], actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> PriorityCategory:
        return amend_priority(
            record.pk, name=values["name"], is_offered=values["is_offered"], actor=actor, version=version
        )
