"""A policy of the county's own: the form that makes and amends it out of a choice of facts."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entitlements.definitions.own import FACTS, MOST_CONDITIONS, PARTS, Condition
from entitlements.domain.own import add_policy, amend_policy, conditions_of, draft_of
from entitlements.enums import Comparison, PolicyObject
from entitlements.models import CountyPolicy
from entitlements.queries.policies import find_own
from registry.admin.forms import SiteForm, dress
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at
from registry.enums import Sector
from registry.lib.periods import today

_ADD: Final = _("Make a policy of the county")
_AMEND: Final = _("Amend the policy of the county")
_INTRO: Final = _(
    "Somebody is found who is due and does not receive, or who receives and is not due. The conditions of each part "
    "hold together; what the register does not know finds nobody. Numbers become figures, which may change by year."
)
_LINES: Final = range(1, MOST_CONDITIONS + 1)
_PARTS: Final = {"due": _("is due"), "receives": _("receives"), "not_due": _("is not due")}


def _facts() -> list[tuple[str, Any]]:
    return [("", "–"), *((name, fact.label) for name, fact in FACTS.items())]


class PolicyForm(SiteForm):
    """The words of a policy, and up to three conditions for each of its parts."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=60)
    object = forms.ChoiceField(label=_("Who is entitled"), choices=PolicyObject.choices)
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "–"), *Sector.choices], required=False)
    due_words = forms.CharField(label=_("What is said of who is due and does not receive"), max_length=200)
    received_words = forms.CharField(label=_("What is said of who receives and is not due"), max_length=200)
    source = forms.CharField(label=_("Paper that it stands in"), max_length=200)
    from_year = forms.IntegerField(label=_("From the year"), min_value=2014, max_value=2100)
    until_year = forms.IntegerField(label=_("Until the year"), min_value=2014, max_value=2100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, number in _places():
            said = {"part": _PARTS[part], "number": number}
            place = f"{part}_{number}"
            self.fields[f"{place}_fact"] = forms.ChoiceField(
                label=_("%(part)s, %(number)s: fact") % said, choices=_facts, required=False
            )
            self.fields[f"{place}_comparison"] = forms.ChoiceField(
                label=_("%(part)s, %(number)s: comparison") % said, choices=Comparison.choices, required=False
            )
            self.fields[f"{place}_value"] = forms.CharField(
                label=_("%(part)s, %(number)s: number, or code of a measure") % said, max_length=20, required=False
            )
        dress(self)


def _places() -> Iterator[tuple[str, int]]:
    return ((part, number) for part in PARTS for number in _LINES)


def _draft(values: dict[str, Any]) -> Any:  # noqa: ANN401  (a draft of the domain)
    parts: dict[str, list[Condition]] = {part: [] for part in PARTS}
    for part, number in _places():
        fact, comparison, value = (values.pop(f"{part}_{number}_{what}") for what in ("fact", "comparison", "value"))
        if fact:
            parts[part].append(Condition(fact, comparison, value))
    return draft_of(values, parts)


def _initial(row: CountyPolicy) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in PolicyForm.base_fields}
    for part in PARTS:
        for number, one in enumerate(conditions_of(row, part), start=1):
            place = f"{part}_{number}"
            found |= {f"{place}_fact": one.fact, f"{place}_comparison": one.comparison, f"{place}_value": one.value}
    return found


def own_policy_add(request: HttpRequest) -> HttpResponse:
    """Make a policy of the county's own."""

    def submit(values: dict[str, Any]) -> HttpResponse:
        values.pop("version")
        row = add_policy(_draft(values), actor=actor_at(request))
        messages.success(request, _("Done."))
        return HttpResponseRedirect(reverse("admin:policy", args=[row.code]))

    page = FormPage(_ADD, reverse("admin:policies"), _INTRO, button=_ADD)
    return form_page(request, page, PolicyForm, submit, initial={"from_year": today().year})


def own_policy(request: HttpRequest, county_policy_id: UUID) -> HttpResponse:
    """Amend a policy of the county's own."""
    row = find_own(county_policy_id)
    back = reverse("admin:policy", args=[row.code])

    def submit(values: dict[str, Any]) -> HttpResponse:
        version = values.pop("version") or 0
        amend_policy(row.pk, _draft(values), actor=actor_at(request), version=version)
        messages.success(request, _("Done."))
        return HttpResponseRedirect(back)

    return form_page(request, FormPage(_AMEND, back, _INTRO, button=_AMEND), PolicyForm, submit, initial=_initial(row))
