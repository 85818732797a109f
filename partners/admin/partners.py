"""Partners, whom they help, and what they paid."""

import re
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.filters import TownshipFilter
from households.queries.finding import household_with_number
from households.queries.lists import masked
from partners.domain.links import end_link, help_household, help_village
from partners.domain.partners import (
    PartnerChanges,
    add_partner,
    amend_partner,
    end_partner,
    is_of_own_area,
    reveal_phone,
)
from partners.enums import FORM_SCHEME, KIND_SCHEME, ORGANISATION, PERSON
from partners.models import Partner, PartnerLink
from partners.queries.benefits import lines_of_partner
from partners.queries.partners import find_partner, links_visible_to, partners_on_list, years_of_partner
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.forms import SiteForm
from registry.admin.history import History
from registry.admin.site import actor_at, site
from registry.admin.verbs import Verb, reveal, year_shown
from registry.crypto import Purpose
from registry.domain.codes import code_list
from registry.lib.errors import NotFound
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.queries.divisions import division, divisions_in
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import DressedForm, VersionedForm, codes_field
from villages.admin.labels import code_label
from villages.models import Unit, Village

_SHOWN: Final = 300
UUID_SHAPE: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _kinds() -> list[tuple[str, str]]:
    listed = code_list(KIND_SCHEME)
    kinds = [code for group in (ORGANISATION, PERSON) for code in listed.children_of(group)]
    return [("", "–"), *((code, listed.label_of(code)) for code in kinds)]


def _divisions() -> list[tuple[str, str]]:
    """Offer the divisions of the county, the own one of a township first."""
    actor = current_actor()
    code = actor.tenant_code
    below = divisions_in(subtree(code)).values_list("code", "name")
    found = [(code, division(code).name), *((one, name) for one, name in below if one != code)]
    return sorted(found, key=lambda one: not any(lying.contains(one[0]) for lying in actor.ranges))


class PartnerForm(DressedForm):
    """A partner; the phone is shown as a mask on the page and typed anew here."""

    kind_code = forms.ChoiceField(label=_("kind of partner"), choices=_kinds)
    division_code = forms.ChoiceField(label=_("works in (division)"), choices=_divisions)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, help_text=_("Leave empty to keep the number on file.")
    )


class HelpForm(SiteForm):
    """The forms of the help, and since when."""

    form_codes = codes_field(FORM_SCHEME, _("Forms of help"))
    on = forms.DateField(label=_("From"), initial=today)


class HelpHouseholdForm(HelpForm):
    """The household that is helped."""

    household_number = forms.CharField(label=_("Household number"), max_length=32)
    field_order = ("household_number", "form_codes", "on")


class HelpVillageForm(HelpForm):
    """The village that is helped."""

    village: "forms.ModelChoiceField[Village]" = forms.ModelChoiceField(label=_("Village"), queryset=None)
    field_order = ("village", "form_codes", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["village"]
        if isinstance(offered, forms.ModelChoiceField):
            offered.queryset = Village.objects.order_by("code")


class EndForm(VersionedForm):
    """The first day without it, and why."""

    on = forms.DateField(label=_("Until (not included)"), initial=today)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names or numbers of persons."))


def _phone(row: Partner, reason: str, actor: Actor) -> str:
    return reveal_phone(row.pk, actor=actor, reason=reason)


def _has_phone(row: Partner) -> bool:
    return row.phone_sealed is not None


def _lasts(row: Any) -> bool:  # noqa: ANN401  (a partner or a link: both have a period)
    return row.ends_on is None


def _help_household(row: Partner, values: dict[str, Any], actor: Actor) -> PartnerLink:
    household_id = household_with_number(values.pop("household_number"), actor=actor)
    if household_id is None:
        message = _("There is no household with this number in your area. Check the number.")
        raise NotFound("household.not_found", message, field="household_number")
    return help_household(row.pk, household_id, actor=actor, **values)


def _help_village(row: Partner, values: dict[str, Any], actor: Actor) -> PartnerLink:
    return help_village(row.pk, values.pop("village").pk, actor=actor, **values)


def _end_partner(row: Partner, values: dict[str, Any], actor: Actor) -> Partner:
    return end_partner(row.pk, actor=actor, **values)


def _end_link(row: PartnerLink, values: dict[str, Any], actor: Actor) -> PartnerLink:
    return end_link(row.pk, actor=actor, **values)


class PartnerLinkInline(TenantTabularInline):
    """The partners of a household, or of a village as a whole."""

    model = PartnerLink
    view_action = "partners.view"
    fields = ("partner", "forms_label", "starts_on", "ends_on")
    show_change_link = True
    forms_label = code_label(PartnerLink, "form_codes", FORM_SCHEME)


def _ends_here(row: Partner) -> bool:
    return _lasts(row) and is_of_own_area(row, current_actor())


@admin.register(Partner)
class PartnerAdmin(TenantModelAdmin):
    """The county's partners."""

    view_action = "partners.view"
    add_action = change_action = "partners.manage"
    form = PartnerForm
    list_display = ("name", "kind_label", "place", "starts_on", "ends_on")
    list_filter = ("is_person", ("ends_on", admin.EmptyFieldListFilter))
    search_fields = ("name",)
    history = History(links={"unit_id": Unit}, codes={"kind_code": KIND_SCHEME}, divisions=("division_code",))
    kind_label = code_label(Partner, "kind_code", KIND_SCHEME)
    verbs: ClassVar = (
        Verb("help-household", _("Link with a household"), "partners.link", run=_help_household,
             form=HelpHouseholdForm, offered=_lasts, icon="add_link"),
        Verb("help-village", _("Link with a village"), "partners.link", run=_help_village, form=HelpVillageForm,
             offered=_lasts, icon="add_link"),
        reveal("phone", _("Show the telephone"), "partners.reveal", _phone, offered=_has_phone),
        Verb("end", _("End the partner"), "partners.manage", run=_end_partner, form=EndForm, offered=_ends_here,
             icon="event_busy", danger=True,
             intro=_("All its links in the county end that day. What it paid stays on file, its telephone does not.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        return partners_on_list()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = ("uscc", "contact_name", "skill", "unit")
        if obj is None:
            return ("name", "kind_code", "division_code", *own, "phone", "starts_on")
        told = ("phone_masked", "starts_on", "ends_on", "end_reason", "links_link", "figures_link")
        if not self.has_change_permission(request, obj):
            return ("name", "kind_label", "place", *own, *told)
        return ("name", "kind_code", "division_code", *own, "phone", *told)

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ("kind_label", "place", "phone_masked", "starts_on", "ends_on", "end_reason")
        return (*fixed, "links_link", "figures_link") if obj else ()

    @admin.display(description=_("works in (division)"))
    def place(self, row: Partner) -> str:
        """Name the division."""
        return str(getattr(row, "place_name", None) or row.division_code)

    @admin.display(description=_("Telephone"))
    def phone_masked(self, row: Partner) -> str:
        """Show the mask; in full it takes a right and a reason."""
        return masked(row.phone_sealed, Purpose.PHONE, tenant_id=row.tenant_id)

    @admin.display(description=_("links with partners"))
    def links_link(self, row: Partner) -> str:
        """Lead to the households and villages that it helps."""
        address = reverse("admin:partners_partnerlink_changelist")
        return format_html('<a href="{}?partner={}">{}</a>', address, row.pk, _("Show"))

    @admin.display(description=_("paid by year"))
    def figures_link(self, row: Partner) -> str:
        """Lead to what it paid."""
        return format_html('<a href="{}">{}</a>', reverse("admin:partner-figures", args=[row.pk]), _("Show"))

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> Partner:
        on = values.pop("starts_on")
        return add_partner(_stated(values), on=on, actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> Partner:
        if not values.get("phone"):
            values.pop("phone", None)
        return amend_partner(record.pk, _stated(values), actor=actor, version=version)


def _stated(values: dict[str, Any]) -> PartnerChanges:
    unit = values["unit"]
    given: dict[str, Any] = {name: value for name, value in values.items() if name in PartnerChanges.__annotations__}
    return PartnerChanges(**{**given, "unit_id": unit.pk if unit else None})  # type: ignore[typeddict-item]  # by names


class PartnerFilter(admin.SimpleListFilter):
    """Links of one partner, to which its page leads."""

    title = _("partner")
    parameter_name = "partner"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        chosen = [text for text in request.GET.getlist("partner") if UUID_SHAPE.fullmatch(text)]
        return [(str(key), name) for key, name in partners_on_list().filter(id__in=chosen).values_list("id", "name")]

    @override
    def queryset(self, request: HttpRequest, queryset: "QuerySet[PartnerLink]") -> "QuerySet[PartnerLink]":
        chosen = self.value()
        return queryset.filter(partner=UUID(chosen)) if chosen in dict(self.lookup_choices) else queryset


@admin.register(PartnerLink)
class PartnerLinkAdmin(TenantModelAdmin):
    """Whom partners help; a new link is made on the partner's page."""

    view_action = "partners.view"
    fields = ("partner", "household", "village", "forms_label", "starts_on", "ends_on", "end_reason")
    readonly_fields = ("forms_label",)
    list_display = ("partner", "household", "village", "forms_label", "starts_on", "ends_on")
    list_filter = (TownshipFilter, PartnerFilter, ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("partner", "household", "village")
    ordering = ("-starts_on", "id")
    has_history = False
    forms_label = code_label(PartnerLink, "form_codes", FORM_SCHEME)
    verbs: ClassVar = (
        Verb("end", _("End the link"), "partners.link", run=_end_link, form=EndForm, offered=_lasts,
             icon="link_off", danger=True,
             intro=_("For other forms of help, end this link and enter the new one from the same day.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[PartnerLink]:
        return links_visible_to(actor_at(request))


def figures_page(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Show what a partner paid to households of the area by year, and the lines of one year."""
    partner, years = find_partner(partner_id), years_of_partner(partner_id)
    year = year_shown(request) if request.GET.get("year") else max((one.year for one in years), default=today().year)
    found = list(lines_of_partner(partner.pk, year)[: _SHOWN + 1])
    items = code_list("income_item")
    context = site.each_context(request) | {
        "title": partner.name,
        "partner": partner,
        "years": years,
        "year": year,
        "lines": [(row, items.label_of(row["item_code"])) for row in found[:_SHOWN]],
        "has_more": len(found) > _SHOWN,
        "shown": _SHOWN,
    }
    return TemplateResponse(request, "partners/admin/figures.html", context)
