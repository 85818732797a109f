"""The page on which a village team records a visit, on a phone."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Field as Column
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.income_lines import ask_lines, lines_of_rows, refuse_rows_of_nothing
from households.admin.rounds import round_address
from households.domain.income import LineDraft
from households.domain.visits import AMOUNTS, LIVING_CODES, VisitDraft, record_visit
from households.enums import VisitSection
from households.models import HouseholdYear, Membership, Visit
from households.models.years import LIVING_FACTS, UNKNOWN_LIVING
from households.queries.confirming import confirmable_years, last_day_told
from households.queries.doubts import Doubt, doubts_in, visit_doubts
from households.queries.offers import IncomeOffer, income_offers
from households.queries.visibility import find_household
from households.queries.visits import (
    INCOME_HEAD,
    gone_on_with_head,
    income_head,
    last_visit_head,
    lines_on_file,
    living_of,
    members_with_names,
    visits_told,
)
from registry.admin.forms import dress
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at
from registry.admin.verbs import FIRST_YEAR
from registry.lib.periods import today
from villages.admin.fields import VersionedForm, code_field, label_of, year_field, yes_no_field, yuan_field
from villages.admin.labels import labels_of


def model_field(model: type[Model], name: str, **options: Any) -> forms.Field:
    """Make the form's field of a model's column, which may be left empty."""
    column = model._meta.get_field(name)
    made = column.formfield(required=False, **options) if isinstance(column, Column) else None
    if made is None:
        raise TypeError(f"{name} is nothing that a form asks.")
    return made


class VisitForm(VersionedForm):
    """One visit: the head once, a tick for what is unchanged, and beside it only what changed."""

    year = year_field()
    visited_on = forms.DateField(label=_("Visited on"), initial=today)
    source = forms.CharField(label=_("Source of the facts"), max_length=100)
    collector_name = forms.CharField(
        label=_("Collected by"), max_length=60, required=False, help_text=_("Leave empty for yourself.")
    )
    collector_phone = forms.CharField(
        label=_("Telephone of who fills in the form"),
        max_length=40,
        required=False,
        help_text=_("Kept sealed. Leave empty to keep what is on file."),
    )
    period_start = forms.DateField(label=_("Income counted from"), required=False)
    period_end = forms.DateField(label=_("Income counted until (not included)"), required=False)
    # The visit that is gone on with, where the page was opened for one.
    visit_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    confirmed = forms.MultipleChoiceField(
        label=_("Unchanged"),
        choices=VisitSection.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what is as it was. A condition that is entered below counts as changed."),
    )

    def __init__(
        self, data: QueryDict | None = None, files: object = None, *, initial: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(data, files, initial=initial, **kwargs)
        self.doubts: list[Doubt] = initial.get("doubts", [])
        self._name_years(initial.get("since", {}))
        self._ask_living(initial.get("known", {}), initial.get("own", frozenset()))
        self.offers: list[IncomeOffer] = initial.get("offers", [])
        self._ask_offers(self.offers)
        self._ask_income(initial.get("lines", []), data)
        dress(self)

    def _name_years(self, since: dict[VisitSection, int]) -> None:
        """Say beside each part of which year its facts are, so that nobody ticks what was told long ago unseen."""
        self.fields["confirmed"].choices = [  # type: ignore[attr-defined]  # a field with choices
            (name, f"{label} ({since[VisitSection(name)]})" if VisitSection(name) in since else label)
            for name, label in VisitSection.choices
        ]

    @property
    def living_fields(self) -> list[forms.BoundField]:
        """Give the living conditions, which the page folds."""
        return [field for field in self if field.name.startswith("living_") or field.name == "unknown"]

    @property
    def head_fields(self) -> list[forms.BoundField]:
        """Give what stands above the living conditions."""
        return [self[name] for name in self.base_fields if name != "confirmed"]

    @property
    def income_fields(self) -> list[forms.BoundField]:
        """Give what stands below the living conditions."""
        above = {*self.base_fields, *(field.name for field in self.living_fields)}
        return [field for field in self if field.name not in above]

    @property
    def opens_living(self) -> bool:
        """Tell whether the conditions stand open: they are doubted, or something was entered there."""
        entered = any(field.errors or (self.is_bound and field.data) for field in self.living_fields)
        return bool(self.living_doubts) or entered

    @property
    def living_doubts(self) -> list[Doubt]:
        """Give what is doubted of the living conditions."""
        return doubts_in(VisitSection.LIVING, self.doubts)

    @property
    def income_doubts(self) -> list[Doubt]:
        """Give what is doubted of the income."""
        return doubts_in(VisitSection.INCOME, self.doubts)

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse a row that says how much, and not of what: it would be left out without a word."""
        values = super().clean() or self.cleaned_data
        refuse_rows_of_nothing(self, values)
        for name in values.get("unknown", []):
            if values.get(f"living_{name}") not in {None, ""}:
                self.add_error("unknown", _("A condition is entered anew and set back to unknown. Do one of both."))
        self._check_offers(values)
        return values

    def _check_offers(self, values: dict[str, Any]) -> None:
        """Refuse a tick at what was paid on a day that the entered period does not count."""
        start, end, ticked = values.get("period_start"), values.get("period_end"), values.get("offered", [])
        days = [one.paid_on for one in self.offers if str(one.line_id) in ticked]
        if start and end and any(not start <= day < end for day in days):
            message = _("This was paid on a day outside the period above. Tick it in the year that counts that day.")
            self.add_error("offered", message)

    def _ask_living(self, known: dict[str, Any], own: frozenset[str]) -> None:
        for name in LIVING_FACTS:
            one = HouseholdYear._meta.get_field(name)
            if name in LIVING_CODES:
                field: forms.Field = code_field(LIVING_CODES[name], label_of(HouseholdYear, name))
                shown = labels_of(LIVING_CODES[name], known.get(name, ""))
            elif one.get_internal_type() == "BooleanField":
                field = yes_no_field(label_of(HouseholdYear, name))
                shown = "" if known.get(name) is None else gettext("Yes") if known[name] else gettext("No")
            else:
                field = model_field(HouseholdYear, name, min_value=0)
                shown = str(known.get(name, ""))
            field.help_text = gettext("Known: %(value)s") % {"value": shown} if shown else ""
            self.fields[f"living_{name}"] = field
        if own:
            self.fields["unknown"] = forms.MultipleChoiceField(
                label=_("Set back to unknown"),
                choices=[(name, label_of(HouseholdYear, name)) for name in LIVING_FACTS if name in own],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Only what was written down by mistake: nobody asked it this year."),
            )

    def _ask_offers(self, offers: list[IncomeOffer]) -> None:
        """Offer what upper apps know to have been paid: a tick makes it a line, of which the source leads back."""
        if not offers:
            return
        self.fields["offered"] = forms.MultipleChoiceField(
            label=_("Paid according to the register"),
            choices=[(str(one.line_id), _offer_text(one)) for one in offers],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Tick what the household received: it becomes a line of income. Do not enter it below again."),
        )

    def _ask_income(self, lines: list[dict[str, Any]], data: QueryDict | None) -> None:
        self.fields["person_count"] = forms.IntegerField(
            label=_("Persons in that period"), min_value=1, max_value=99, required=False
        )
        self.fields["claims_yuan"] = yuan_field(label_of(HouseholdYear, "claims_yuan"))
        self.fields["self_paid_cost_yuan"] = yuan_field(label_of(HouseholdYear, "self_paid_cost_yuan"))
        ask_lines(self, lines, data)


def _offer_text(offer: IncomeOffer) -> str:
    parts = (f"{offer.paid_on:%Y-%m-%d}", offer.kind_label, offer.origin, offer.amount_yuan)
    return " ".join(str(part) for part in parts if part)


def visit_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show the form of a visit and record it."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    year = _year_of(request)
    head = income_head(household, year)
    on_file = {"lines": lines_on_file(household, year), **head}
    offers = [one for one in income_offers(household.pk, year) if not one.is_recorded]
    back = reverse("admin:households_household_change", args=[household.pk])
    if request.GET.get("round"):
        back = round_address(household.scope_code, year)

    def submit(values: dict[str, Any]) -> HttpResponse:
        version = values.pop("version")
        record_visit(household.pk, _draft(values, on_file, offers), actor=actor, version=version)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(back)

    visits = list(visits_told(household, year))
    gone_on_with = _gone_on_with(request, visits)
    visit_head = gone_on_with_head(gone_on_with) if gone_on_with else last_visit_head(visits)
    period_end = head.get("period_end") or visit_head.get("period_end")
    members = members_with_names(household, last_day_told(year, period_end=period_end))
    known, own = living_of(household, year)
    doubts = visit_doubts(household, actor)
    since = confirmable_years(household, year, [row.person_id for row in members])
    initial = {
        **visit_head,
        "version": household.version,
        "year": year,
        "person_count": len(members),
        "known": known,
        "own": own,
        "doubts": doubts,
        "since": since,
        "offers": offers,
        **on_file,
    }
    intro = _("What is as it was is confirmed by a tick. Enter only what changed.") if since else ""
    template = "households/admin/visit.html"
    page = FormPage(_("Record a visit"), back, intro, button=_("Record the visit"), template=template)
    context = {"record": household.number, "year": year, "first_year": FIRST_YEAR, "this_year": today().year}
    context |= {
        "members": _member_links(members, doubts, year),
        "member_doubts": doubts_in(VisitSection.MEMBERS, doubts),
        "visits": [one for one in visits if one != gone_on_with],
        "gone_on_with": gone_on_with,
    }
    return form_page(request, page, VisitForm, submit, initial=initial, context=context)


def _gone_on_with(request: HttpRequest, visits: list[Visit]) -> Visit | None:
    """Give the visit of the year that the address or the form sent names, if it is one of this household."""
    named = request.POST.get("visit_id", "") or request.GET.get("visit", "")
    return next((one for one in visits if str(one.pk) == named), None)


def _member_links(members: list[Membership], doubts: list[Doubt], year: int) -> list[dict[str, Any]]:
    """Give who lived there with the page on which the year of each is recorded, and what is doubted of each."""
    return [
        {
            "name": row.person.name,
            "link": f"{reverse('admin:households_person_verb', args=[row.person_id, 'record-year'])}?year={year}",
            "doubts": [one.text for one in doubts if one.person_id == row.person_id],
        }
        for row in members
    ]


def _draft(values: dict[str, Any], on_file: dict[str, Any], offers: list[IncomeOffer]) -> VisitDraft:
    entered = {name: values[f"living_{name}"] for name in LIVING_FACTS}
    living = {name: UNKNOWN_LIVING[name] for name in values.get("unknown", [])}
    living |= {name: value for name, value in entered.items() if value not in {None, ""}}
    lines = lines_of_rows(values, on_file["lines"])
    lines += tuple(_offered(one) for one in offers if str(one.line_id) in values.get("offered", ()))
    same_lines = [_asked(LineDraft(**line)) for line in on_file["lines"]] == [_asked(line) for line in lines]
    untouched = same_lines and all(values[name] == on_file[name] for name in INCOME_HEAD if name in on_file)
    lines_told = None if untouched or not (lines or on_file["lines"]) else lines
    # What stands there as on file is told with the lines or not at all.
    amounts = {name: values[name] for name in AMOUNTS}
    same_amounts = all(amounts[name] == on_file.get(name) for name in AMOUNTS)
    return VisitDraft(
        year=values["year"],
        visited_on=values["visited_on"],
        source=values["source"],
        collector_name=values["collector_name"],
        collector_phone=values["collector_phone"],
        period_start=values["period_start"],
        period_end=values["period_end"],
        confirmed=tuple(values["confirmed"]),
        living=living,
        lines=lines_told,
        person_count=values["person_count"],
        visit_id=values["visit_id"],
        **({} if lines_told is None and same_amounts else amounts),
    )


def _asked(line: LineDraft) -> tuple[Any, ...]:
    return line.item_code, line.product, line.amount_yuan, line.own_consumed_yuan


def _offered(offer: IncomeOffer) -> LineDraft:
    return LineDraft(item_code=offer.item_code, amount_yuan=offer.amount_yuan, source=offer.source)


def _year_of(request: HttpRequest) -> int:
    """Give the year that the address or the form sent names, else this one."""
    text = request.POST.get("year", "") or request.GET.get("year", "")
    year = int(text) if re.fullmatch(r"[0-9]{4}", text) else 0
    return year if FIRST_YEAR <= year <= today().year else today().year
