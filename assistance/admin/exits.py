"""Whether a village may exit: the county's standards, the page of the check, and what was decided."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.domain.exits import StandardDraft, add_standard, amend_standard, decide_exit
from assistance.models import ExitStandard, VillageExit
from assistance.queries.exits import COUNTS, YES_NO, exit_check, exits_on_list, label_of, told_by_label
from registry.access import role_may
from registry.admin.base import TenantModelAdmin
from registry.admin.site import SitePage, actor_at, site
from registry.admin.verbs import ReasonForm, Verb
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm
from villages.models import Village
from villages.queries.villages import find_village, villages_in_scope

VIEW = "assistance.view_exits"
_COLUMNS = (
    "from_year", "poverty_ratio_below", "collective_income_least_yuan", "needed_facts", "zero_facts", "source",
)  # fmt: skip
_WORDS = {"below": _("below"), "at_least": _("at least"), "yes": _("must be there"), "zero": _("must be zero")}


_MET = {True: _("met"), False: _("not met"), None: _("Not known")}


def _facts(names: tuple[str, ...], label: Any) -> forms.MultipleChoiceField:  # noqa: ANN401  (a lazy text)
    return forms.MultipleChoiceField(
        label=label,
        choices=lambda: [(name, label_of(name)) for name in names],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class StandardForm(DressedForm):
    """A standard: its figures and the facts that it asks for."""

    needed_facts = _facts(YES_NO, _("must be there"))
    zero_facts = _facts(COUNTS, _("must be zero"))


class DecideForm(ReasonForm):
    """The decision on an exit."""

    on = forms.DateField(label=_("data date"), initial=today)
    is_exit = forms.TypedChoiceField(
        label=_("Decision"), choices=[("yes", _("The village exits")), ("no", _("The village stays"))],
        coerce=lambda text: text == "yes",
    )  # fmt: skip


def _decide(village: Village, values: dict[str, Any], actor: Actor) -> VillageExit:
    return decide_exit(village.pk, actor=actor, **values)


DECIDE_EXIT = Verb(
    "decide-exit",
    _("Decide on the exit"),
    "assistance.decide_exit",
    run=_decide,
    form=DecideForm,
    icon="verified",
    intro=_("The check of the data date is kept with the decision. An exit takes every condition to be met."),
)


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return str(value)


def _day(text: str) -> date:
    try:
        return min(date.fromisoformat(text), today())
    except ValueError:
        return today()


def exit_page(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """Show each condition of a village's exit as of a day, with its value, threshold and sources."""
    village = find_village(village_id)
    check = exit_check(village, _day(request.GET.get("on", "")))
    context = site.each_context(request) | {
        "title": gettext("Check of the village's exit"),
        "village": village,
        "check": check,
        "lines": [
            (
                label_of(one.fact),
                _WORDS[one.comparison],
                one.threshold if one.comparison in {"below", "at_least"} else "",
                _shown(one.value),
                one.is_met,
                one.facts_of,
                told_by_label(one.told_by),
            )
            for one in check.conditions
        ],
        "decisions": list(exits_on_list().filter(village=village)[:20]),
        "may_decide": role_may(actor_at(request), "assistance.decide_exit"),
    }
    return TemplateResponse(request, "assistance/admin/village_exit.html", context)


def exit_list(request: HttpRequest) -> HttpResponse:
    """List the villages of the area, each with the latest decision and the way to its check."""
    latest = {row.village_id: row for row in reversed(exits_on_list())}
    context = site.each_context(request) | {
        "title": gettext("Exit of villages"),
        "villages": [(village, latest.get(village.pk)) for village in villages_in_scope()],
    }
    return TemplateResponse(request, "assistance/admin/village_exits.html", context)


site.add_page(
    SitePage("village-exit-list", "villages/exits/", VIEW, exit_list, "assistance", _("Exit of villages"), "verified")
)
site.add_page(SitePage("village-exit", "villages/<uuid:village_id>/exit/", VIEW, exit_page))


@admin.register(ExitStandard)
class ExitStandardAdmin(TenantModelAdmin):
    """The county's standards by year; without one the shipped standard holds."""

    view_action = VIEW
    add_action = change_action = "assistance.manage_exit_standards"
    form = StandardForm
    fields = _COLUMNS
    list_display = ("from_year", "poverty_ratio_below", "collective_income_least_yuan", "source")

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> ExitStandard:
        return add_standard(_draft(values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> ExitStandard:
        return amend_standard(record.pk, _draft(values), actor=actor, version=version)


def _draft(values: dict[str, Any]) -> StandardDraft:
    lists = {name: tuple(values[name]) for name in ("needed_facts", "zero_facts")}
    return StandardDraft(**{name: values[name] for name in _COLUMNS} | lists)


@admin.register(VillageExit)
class VillageExitAdmin(TenantModelAdmin):
    """The decisions of the area; one is taken on the village's page."""

    view_action = VIEW
    list_display = ("village", "checked_on", "is_exit", "poor_person_count", "rural_person_count")
    list_select_related = ("village",)
    fields = readonly_fields = (
        "village", "checked_on", "is_exit", "poor_person_count", "rural_person_count", "reason", "lines", "decided_at",
    )  # fmt: skip
    has_history: ClassVar[bool] = False

    @admin.display(description=_("conditions"))
    def lines(self, row: VillageExit) -> str:
        """Show the check as it was kept."""
        lines = [
            (
                label_of(one["fact"]),
                _MET[one["is_met"]],
                _shown(one["value"]),
                _WORDS[one["comparison"]],
                _limit(one),
                told_by_label(one.get("told_by", "")),
            )
            for one in row.conditions
        ]
        return format_html_join("", "<div>{}: {} ({}; {} {}) {}</div>", lines)


def _limit(line: dict[str, Any]) -> str:
    return line["threshold"] if line["comparison"] in {"below", "at_least"} else ""
