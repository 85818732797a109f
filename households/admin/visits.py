"""The page on which a village team records a visit, on a phone; and that of the relocation."""

import re
from decimal import Decimal
from typing import Any, Final
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

from households.domain.income import LineDraft
from households.domain.relocation import RELOCATION_CODES, RELOCATION_FACTS, record_relocation
from households.domain.visits import LIVING_CODES, VisitDraft, record_visit
from households.enums import VisitSection
from households.models import HouseholdYear, Relocation
from households.models.years import LIVING_FACTS
from households.queries.doubts import Doubt, living_doubts
from households.queries.visibility import find_household
from households.queries.visits import (
    INCOME_HEAD,
    income_head,
    known_living,
    last_visit_head,
    last_year_before,
    lines_on_file,
    persons_now,
    relocation_of,
)
from registry.admin.forms import dress
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at
from registry.admin.verbs import FIRST_YEAR
from registry.lib.periods import today
from villages.admin.fields import VersionedForm, code_field, label_of, year_field, yes_no_field, yuan_field
from villages.admin.labels import labels_of

# Empty rows below the lines on file.
_BLANK_ROWS: Final = 6
_MOST_ROWS: Final = 60
_ROW: Final = re.compile(r"line_(\d{1,2})_item_code")
# What a row of the form does not ask: it stays as it is on file.
_KEPT: Final = ("quantity", "unit", "counts_toward_net", "month", "source")


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
    period_start = forms.DateField(label=_("Income counted from"), required=False)
    period_end = forms.DateField(label=_("Income counted until (not included)"), required=False)
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
        self._ask_living(initial.get("known", {}))
        self._ask_income(initial.get("lines", []), data)
        self.doubts: list[Doubt] = initial.get("doubts", [])
        dress(self)

    @property
    def living_fields(self) -> list[forms.BoundField]:
        """Give the living conditions, which the page folds."""
        return [field for field in self if field.name.startswith("living_")]

    @property
    def head_fields(self) -> list[forms.BoundField]:
        """Give what stands above the living conditions."""
        return [self[name] for name in self.base_fields]

    @property
    def income_fields(self) -> list[forms.BoundField]:
        """Give what stands below the living conditions."""
        above = {*self.base_fields, *(field.name for field in self.living_fields)}
        return [field for field in self if field.name not in above]

    @property
    def opens_living(self) -> bool:
        """Tell whether the conditions stand open: they are doubted, or something was entered there."""
        return bool(self.doubts) or any(field.errors or (self.is_bound and field.data) for field in self.living_fields)

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse a row that says how much, and not of what: it would be left out without a word."""
        values = super().clean() or self.cleaned_data
        for name in [name for name in values if _ROW.fullmatch(name) and not values[name]]:
            row = name.removesuffix("_item_code")
            if any(values.get(f"{row}_{what}") for what in ("product", "amount_yuan", "own_consumed_yuan")):
                self.add_error(name, _("Choose the item of income of this row, or empty the row."))
        return values

    def _ask_living(self, known: dict[str, Any]) -> None:
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

    def _ask_income(self, lines: list[dict[str, Any]], data: QueryDict | None) -> None:
        self.fields["person_count"] = forms.IntegerField(
            label=_("Persons in that period"), min_value=1, max_value=99, required=False
        )
        self.fields["claims_yuan"] = yuan_field(label_of(HouseholdYear, "claims_yuan"))
        self.fields["self_paid_cost_yuan"] = yuan_field(label_of(HouseholdYear, "self_paid_cost_yuan"))
        sent = [int(found[1]) + 1 for name in (data or ()) if (found := _ROW.fullmatch(name))]
        count = min(max([len(lines) + _BLANK_ROWS, *sent]), max(_MOST_ROWS, len(lines)))
        for number in range(count):
            line = lines[number] if number < len(lines) else {}
            for name, field in _line_fields(number + 1).items():
                field.initial = line.get(name)
                self.fields[f"line_{number}_{name}"] = field


def _line_fields(number: int) -> dict[str, forms.Field]:
    place = {"number": number}
    return {
        "item_code": code_field("income_item", _("Income %(number)d: item") % place),
        "product": forms.CharField(label=_("Income %(number)d: product") % place, max_length=60, required=False),
        "amount_yuan": yuan_field(_("Income %(number)d: amount (yuan)") % place),
        "own_consumed_yuan": yuan_field(_("Income %(number)d: own produce used (yuan)") % place),
    }


def visit_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show the form of a visit and record it."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    year = _year_of(request)
    on_file = {"lines": lines_on_file(household, year), **income_head(household, year)}
    back = reverse("admin:households_household_change", args=[household.pk])

    def submit(values: dict[str, Any]) -> HttpResponse:
        version = values.pop("version")
        record_visit(household.pk, _draft(values, on_file), actor=actor, version=version)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(back)

    since = last_year_before(household, year)
    initial = {
        **last_visit_head(household, year),
        "version": household.version,
        "year": year,
        "person_count": persons_now(household),
        "known": known_living(household, year),
        "doubts": living_doubts(household, actor),
        **on_file,
    }
    intro = _("Facts of %(year)d are confirmed by a tick. Enter only what changed.") % {"year": since} if since else ""
    template = "households/admin/visit.html"
    page = FormPage(_("Record a visit"), back, intro, button=_("Record the visit"), template=template)
    context = {"record": household.number, "year": year, "first_year": FIRST_YEAR, "this_year": today().year}
    return form_page(request, page, VisitForm, submit, initial=initial, context=context)


def _draft(values: dict[str, Any], on_file: dict[str, Any]) -> VisitDraft:
    living = {name: values[f"living_{name}"] for name in LIVING_FACTS if values[f"living_{name}"] not in {None, ""}}
    rows = [name.removesuffix("_item_code") for name in values if _ROW.fullmatch(name) and values[name]]
    lines = tuple(_line(values, row, on_file["lines"]) for row in rows)
    same_lines = [_asked(LineDraft(**line)) for line in on_file["lines"]] == [_asked(line) for line in lines]
    untouched = same_lines and all(values[name] == on_file[name] for name in INCOME_HEAD if name in on_file)
    return VisitDraft(
        year=values["year"],
        visited_on=values["visited_on"],
        source=values["source"],
        collector_name=values["collector_name"],
        period_start=values["period_start"],
        period_end=values["period_end"],
        confirmed=tuple(values["confirmed"]),
        living=living,
        lines=None if untouched or not (lines or on_file["lines"]) else lines,
        person_count=values["person_count"],
        claims_yuan=values["claims_yuan"],
        self_paid_cost_yuan=values["self_paid_cost_yuan"],
    )


def _asked(line: LineDraft) -> tuple[Any, ...]:
    return line.item_code, line.product, line.amount_yuan, line.own_consumed_yuan


def _line(values: dict[str, Any], row: str, on_file: list[dict[str, Any]]) -> LineDraft:
    """Make the line of a row; what the form does not ask stays as on file for the same item."""
    number = int(row.removeprefix("line_"))
    before = on_file[number] if number < len(on_file) else {}
    same = before.get("item_code") == values[f"{row}_item_code"]
    return LineDraft(
        item_code=values[f"{row}_item_code"],
        product=values[f"{row}_product"],
        amount_yuan=values[f"{row}_amount_yuan"] or Decimal(0),
        own_consumed_yuan=values[f"{row}_own_consumed_yuan"] or Decimal(0),
        **({name: before[name] for name in _KEPT} if same else {}),
    )


def _year_of(request: HttpRequest) -> int:
    """Give the year that the address or the form sent names, else this one."""
    text = request.POST.get("year", "") or request.GET.get("year", "")
    year = int(text) if re.fullmatch(r"[0-9]{4}", text) else 0
    return year if FIRST_YEAR <= year <= today().year else today().year


class RelocationForm(VersionedForm):
    """What is known of a relocation; the version is that of the relocation, 0 where none is on file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in RELOCATION_FACTS:
            one = Relocation._meta.get_field(name)
            if name in RELOCATION_CODES:
                self.fields[name] = code_field(RELOCATION_CODES[name], label_of(Relocation, name))
            elif one.get_internal_type() == "BooleanField":
                self.fields[name] = yes_no_field(label_of(Relocation, name))
            else:
                self.fields[name] = model_field(Relocation, name)
        dress(self)


def relocation_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show the form of a household's relocation and record it."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    known = relocation_of(household)
    back = reverse("admin:households_household_change", args=[household.pk])

    def submit(values: dict[str, Any]) -> HttpResponse:
        version = values.pop("version")
        record_relocation(household.pk, values, actor=actor, version=version)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(back)

    initial = {name: getattr(known, name) for name in RELOCATION_FACTS} if known else {}
    page = FormPage(_("Relocation"), back)
    initial["version"] = known.version if known else 0
    return form_page(request, page, RelocationForm, submit, initial=initial, context={"record": household.number})
