"""The page on which the income of a closed year is proposed anew, with all its lines, for a second person to decide."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.income_lines import ask_lines, lines_of_rows, refuse_rows_of_nothing
from households.domain.figure_requests import propose_income
from households.domain.income import IncomeDraft
from households.models import HouseholdYear
from households.queries.visibility import find_household
from households.queries.visits import income_head, lines_on_file
from registry.admin.forms import dress
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at
from villages.admin.fields import VersionedForm, label_of, yuan_field


class IncomeProposalForm(VersionedForm):
    """The whole income of the year as it should be: head and lines, and why."""

    period_start = forms.DateField(label=_("Income counted from"))
    period_end = forms.DateField(label=_("Income counted until (not included)"))
    person_count = forms.IntegerField(label=_("Persons in that period"), min_value=1, max_value=99)
    source = forms.CharField(label=_("Source of the facts"), max_length=100)
    claims_yuan = yuan_field(label_of(HouseholdYear, "claims_yuan"))
    self_paid_cost_yuan = yuan_field(label_of(HouseholdYear, "self_paid_cost_yuan"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Who decides reads it."))

    def __init__(
        self, data: QueryDict | None = None, files: object = None, *, initial: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(data, files, initial=initial, **kwargs)
        ask_lines(self, initial.get("lines", []), data)
        dress(self)

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse a row that says how much, and not of what."""
        values = super().clean() or self.cleaned_data
        refuse_rows_of_nothing(self, values)
        return values


def income_proposal_page(request: HttpRequest, household_id: UUID, year: int) -> HttpResponse:
    """Show the income of a year as it is on file, and propose another one; that of a year still open is refused."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    on_file = lines_on_file(household, year)

    def submit(values: dict[str, Any]) -> HttpResponse:
        names = ("period_start", "period_end", "person_count", "source", "claims_yuan", "self_paid_cost_yuan")
        draft = IncomeDraft(
            household_id=household.pk,
            year=year,
            lines=lines_of_rows(values, on_file),
            version=values["version"],
            **{name: values[name] for name in names},
        )
        proposed = propose_income(draft, actor=actor, reason=values["reason"])
        return HttpResponseRedirect(reverse("admin:households_changerequest_change", args=[proposed.pk]))

    initial = {"version": household.version, "lines": on_file, **income_head(household, year)}
    intro = _("The county has closed this year. Enter the whole income as it should be; a second person decides on it.")
    back = reverse("admin:households_household_change", args=[household.pk])
    page = FormPage(_("Propose another income"), back, intro, button=_("Propose"))
    context = {"record": f"{household.number} · {year}"}
    return form_page(request, page, IncomeProposalForm, submit, initial=initial, context=context)
