"""Where the income of a household comes from: the page of a year, and the forms that name a source."""

import re
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.filters import TownshipFilter
from households.models import Household, IncomeLine
from households.queries.visibility import find_household
from partners.domain.benefits import BenefitDraft, carry_benefits, restate_benefit, state_benefit, withdraw_benefit
from partners.domain.choices import draft_source, link_text, source_choices, source_value
from partners.enums import BENEFIT_SCHEME
from partners.models import BenefitLink
from partners.queries.benefits import (
    find_line,
    find_link,
    income_sources,
    link_of_line,
    links_visible_to,
    loose_links,
    with_amount,
)
from registry.access import role_may
from registry.admin.base import TenantModelAdmin
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.admin.verbs import FIRST_YEAR, ReasonForm, Verb, year_shown
from registry.domain.codes import code_list
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm, code_field, year_field
from villages.admin.labels import code_label

_ITEMS: Final = "income_item"
_YEARS_BACK: Final = 6
_YEAR: Final = re.compile(r"[0-9]{4}")


class SourceForm(VersionedForm):
    """The kind of benefit and the source; what is on nobody's list is named in words."""

    benefit_code = code_field(BENEFIT_SCHEME, _("Kind of benefit"), required=True)
    source = forms.ChoiceField(label=_("Where it comes from"))
    source_name = forms.CharField(
        label=_("Name of the source"),
        max_length=100,
        required=False,
        help_text=_("For a post, a project or something else. No names or numbers of persons."),
    )


class CarryForm(VersionedForm):
    """The year to which sources are taken over."""

    year = year_field()


class WithdrawForm(VersionedForm, ReasonForm):
    """Why a link was wrong."""


def sources_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show each line of a household's year with its source, sums by kind of benefit, and hand-outs apart."""
    actor = actor_at(request)
    household, year = find_household(household_id, actor=actor), year_shown(request)
    found, items, kinds = income_sources(household.pk, year), code_list(_ITEMS), code_list(BENEFIT_SCHEME)
    may_state = role_may(actor, "partners.state_benefit")
    context = site.each_context(request) | {
        "title": gettext("Where the income comes from"),
        "household": household,
        "year": year,
        "first_year": FIRST_YEAR,
        "this_year": today().year,
        "found": found,
        "earned": [
            (one, items.label_of(one.line.item_code), _told(one.link) if one.link else ()) for one in found.earned
        ],
        "handed_out": [(one, items.label_of(one.line.item_code)) for one in found.handed_out],
        "sums": [(kinds.label_of(code), total) for code, total in found.by_benefit],
        "loose": [(link, items.label_of(link.item_code), link_text(link)) for link in found.loose],
        "may_state": may_state,
        "may_view": role_may(actor, "partners.view"),
    }
    return TemplateResponse(request, "partners/admin/sources.html", context)


def _told(link: BenefitLink) -> tuple[str, str]:
    return code_list(BENEFIT_SCHEME).label_of(link.benefit_code), link_text(link)


def line_page(request: HttpRequest, income_line_id: UUID) -> HttpResponse:
    """Name the source of a line of income, or another one where it names one already."""
    actor = actor_at(request)
    line = find_line(income_line_id, actor=actor)
    household, link = line.household, link_of_line(line)
    back = f"{reverse('admin:household-income-sources', args=[household.pk])}?year={line.year}"
    choices = source_choices(household.pk, line.year, link)

    class Form(SourceForm):
        """The sources of this household and year."""

        source = forms.ChoiceField(label=_("Where it comes from"), choices=choices)

    def submit(values: dict[str, Any]) -> HttpResponse:
        draft = _draft(line, values)
        if link is None:
            state_benefit(household.pk, line.year, draft, actor=actor, version=values["version"])
        else:
            restate_benefit(link.pk, draft, actor=actor, version=values["version"])
        messages.success(request, _("Done."))
        return HttpResponseRedirect(back)

    initial: dict[str, Any] = {"version": household.version}
    if link is not None:
        initial = {
            "version": link.version,
            "benefit_code": link.benefit_code,
            "source": source_value(link),
            "source_name": link.source_name,
        }
    title = _("Name the source") if link is None else _("Change the source")
    page = FormPage(title, back, _line_text(line), button=title)
    return form_page(request, page, Form, submit, initial=initial)


def move_page(request: HttpRequest, benefit_id: UUID) -> HttpResponse:
    """Let a link name another line of its year, one that names no source: its own stands no more, or was the wrong."""
    actor = actor_at(request)
    link = find_link(benefit_id, actor=actor)
    back = f"{reverse('admin:household-income-sources', args=[link.household_id])}?year={link.year}"
    free = {str(one.line.pk): one.line for one in income_sources(link.household_id, link.year).earned if not one.link}
    choices = [("", "–"), *((key, _line_text(line)) for key, line in free.items())]

    class Form(VersionedForm):
        """The lines of this household and year that name no source."""

        line = forms.ChoiceField(label=_("line of income"), choices=choices)
        benefit_code = code_field(BENEFIT_SCHEME, _("Kind of benefit"), required=True)

    def submit(values: dict[str, Any]) -> HttpResponse:
        source = {"source": source_value(link), "source_name": link.source_name}
        restate_benefit(link.pk, _draft(free[values["line"]], values | source), actor=actor, version=values["version"])
        messages.success(request, _("Done."))
        return HttpResponseRedirect(back)

    title = _("Move to another line")
    initial = {"version": link.version, "benefit_code": link.benefit_code}
    return form_page(request, FormPage(title, back, link_text(link), button=title), Form, submit, initial=initial)


def _draft(line: IncomeLine, values: dict[str, Any]) -> BenefitDraft:
    return BenefitDraft(
        item_code=line.item_code,
        product=line.product,
        month=line.month,
        line_source=line.source,
        benefit_code=values["benefit_code"],
        **draft_source(values["source"], values["source_name"]),
    )


def _line_text(line: IncomeLine) -> str:
    label = code_list(_ITEMS).label_of(line.item_code)
    return " · ".join(
        part for part in (str(line.year), label, line.product, f"{line.amount_yuan}", line.source) if part
    )


def carry_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Take the sources of the year before over."""
    actor = actor_at(request)
    household, year = find_household(household_id, actor=actor), year_shown(request)
    back = f"{reverse('admin:household-income-sources', args=[household.pk])}?year={year}"

    def submit(values: dict[str, Any]) -> HttpResponse:
        carry_benefits(household.pk, values["year"], actor=actor, version=values["version"])
        messages.success(request, _("Done."))
        return HttpResponseRedirect(back)

    label = _("Take the sources of the year before over")
    intro = _(
        "Lines of the same item, product and month get the source that they had, where it is one and still there."
    )
    page = FormPage(label, back, intro, button=label)
    return form_page(request, page, CarryForm, submit, initial={"version": household.version, "year": year})


def _withdraw(row: BenefitLink, values: dict[str, Any], actor: Actor) -> BenefitLink:
    return withdraw_benefit(row.pk, actor=actor, **values)


class LooseFilter(admin.SimpleListFilter):
    """Links whose line of income stands no more, of one of the last years."""

    title = _("line of income stands no more")
    parameter_name = "loose"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(year), str(year)) for year in range(today().year, today().year - _YEARS_BACK, -1)]

    @override
    def queryset(self, request: HttpRequest, queryset: "QuerySet[BenefitLink]") -> "QuerySet[BenefitLink]":
        year = str(self.value() or "")
        return loose_links(queryset, int(year)) if _YEAR.fullmatch(year) else queryset


@admin.register(BenefitLink)
class BenefitLinkAdmin(TenantModelAdmin):
    """The links of the area; one is stated on the page of its household's year."""

    view_action = "partners.view"
    list_display = ("household", "year", "item_label", "benefit_label", "source_text", "withdrawn_on")
    list_filter = (TownshipFilter, LooseFilter, ("withdrawn_on", admin.EmptyFieldListFilter))
    ordering = ("-year", "id")
    fields = (
        "household_link",
        "year",
        "item_label",
        "product",
        "month",
        "line_source",
        "paid_label",
        "benefit_label",
        "source_text",
        "edition",
        "withdrawn_on",
        "withdrawal_reason",
    )
    readonly_fields = fields
    has_history = False
    item_label = code_label(BenefitLink, "item_code", _ITEMS)
    benefit_label = code_label(BenefitLink, "benefit_code", BENEFIT_SCHEME)
    verbs: ClassVar = (
        Verb("withdraw", _("Withdraw the link"), "partners.state_benefit", run=_withdraw, form=WithdrawForm,
             offered=lambda row: row.withdrawn_on is None, icon="undo", danger=True,
             intro=_("The line of income stays as it is and names no source any more.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> "QuerySet[BenefitLink]":
        return with_amount(links_visible_to(actor_at(request)))

    @admin.display(description=_("source"))
    def source_text(self, row: BenefitLink) -> str:
        """Tell what the income comes from."""
        return link_text(row)

    @admin.display(description=_("amount (yuan)"))
    def paid_label(self, row: BenefitLink) -> str:
        """Tell what the lines that it names amount to now."""
        return str(getattr(row, "paid_yuan", ""))

    @admin.display(description=_("household"))
    def household_link(self, row: BenefitLink) -> str:
        """Lead to the page of the household's year."""
        household: Household = row.household
        address = reverse("admin:household-income-sources", args=[household.pk])
        return format_html('<a href="{}?year={}">{}</a>', address, row.year, household.number)
