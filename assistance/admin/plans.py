"""Households' plans: the list, one plan with its measures and editions, its print, and who has none."""

from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.admin.plan_forms import (
    AdoptForm,
    CarryForm,
    CloseForm,
    DraftForm,
    DropForm,
    GoalsForm,
    PlannedForm,
    VersionedPlannedForm,
    WithdrawPlanForm,
)
from assistance.domain import plans
from assistance.domain.plan_writing import ADOPT, PLAN
from assistance.domain.plans import HouseholdPlanDraft, PlannedMeasureDraft
from assistance.enums import AGREEMENT_SCHEME, MEASURE_SCHEME, HouseholdPlanState
from assistance.models import Helper, HouseholdPlan, HouseholdPlanEdition, Measure, PlannedMeasure
from assistance.queries.plans import (
    ON_A_PAGE,
    day_of_plans,
    find_household_plan,
    money_by_source,
    planned_visible_to,
    plans_on_list,
    without_plan_of,
    without_plan_page,
)
from assistance.workflow import HOUSEHOLD_PLAN_CHANGES
from households.admin.filters import TownshipFilter
from households.models import Household
from households.queries.lists import HEAD_NAME, with_head_name
from registry.access import role_may
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at, site
from registry.admin.verbs import FIRST_YEAR, Verb
from registry.domain.readable import label_of
from registry.lib.gbcode import is_code, lies_in
from registry.lib.periods import today
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor, current_actor
from villages.admin.labels import code_label
from villages.enums import ACTION_SCHEME, FUNDING_SCHEME
from villages.workflow import starts_from

VIEW = "assistance.view"
_OVER = {HouseholdPlanState.CLOSED, HouseholdPlanState.WITHDRAWN}


def _draft(household: Household, values: dict[str, Any], actor: Actor) -> HouseholdPlan:
    own = {"year": values.pop("year"), "version": values.pop("version")}
    return plans.draft_household_plan(household.pk, HouseholdPlanDraft(**values), actor=actor, **own)


def _amend(plan: HouseholdPlan, values: dict[str, Any], actor: Actor) -> HouseholdPlan:
    version = values.pop("version")
    return plans.amend_household_plan(plan.pk, HouseholdPlanDraft(**values), actor=actor, version=version)


def _plan_measure(plan: HouseholdPlan, values: dict[str, Any], actor: Actor) -> PlannedMeasure:
    version = values.pop("version")
    return plans.plan_measure(plan.pk, PlannedMeasureDraft(**values), actor=actor, version=version)


def _amend_measure(row: PlannedMeasure, values: dict[str, Any], actor: Actor) -> PlannedMeasure:
    version = values.pop("version")
    return plans.amend_planned_measure(row.pk, PlannedMeasureDraft(**values), actor=actor, version=version)


def _drop(row: PlannedMeasure, values: dict[str, Any], actor: Actor) -> PlannedMeasure:
    return plans.drop_planned_measure(row.pk, actor=actor, **values)


def _adopt(plan: HouseholdPlan, values: dict[str, Any], actor: Actor) -> HouseholdPlan:
    return plans.adopt_household_plan(plan.pk, actor=actor, **values)


def _close(plan: HouseholdPlan, values: dict[str, Any], actor: Actor) -> HouseholdPlan:
    return plans.close_household_plan(plan.pk, actor=actor, **values)


def _withdraw(plan: HouseholdPlan, values: dict[str, Any], actor: Actor) -> HouseholdPlan:
    return plans.withdraw_household_plan(plan.pk, actor=actor, **values)


def _carry(row: Measure, values: dict[str, Any], actor: Actor) -> Measure:
    return plans.carry_out_plan(row.pk, values["planned_id"], actor=actor, version=values["version"])


def _is_open(plan: HouseholdPlan) -> bool:
    return plan.state not in _OVER


def _is_anothers(plan: HouseholdPlan) -> bool:
    may = starts_from(HOUSEHOLD_PLAN_CHANGES, "adopt", present=plan.state)
    return may and plan.prepared_by != current_actor().user_id


def _may_withdraw(plan: HouseholdPlan) -> bool:
    return _is_open(plan) and (plan.edition == 0 or role_may(current_actor(), ADOPT))


def _stands(row: PlannedMeasure) -> bool:
    return row.dropped_on is None and _is_open(row.plan)


def _planned(row: PlannedMeasure) -> dict[str, Any]:
    names = PlannedMeasureDraft.__dataclass_fields__
    return {"household_id": row.household_id, **{name: getattr(row, name) for name in names}}


def _planned_of(measure: Measure) -> dict[str, Any]:
    return {"measure": measure, "planned_id": measure.planned_id}


DRAFT_PLAN = Verb(
    "draft-plan",
    _("Draft a plan for the household"),
    PLAN,
    run=_draft,
    form=DraftForm,
    offered=lambda household: household.status != "closed",
    icon="assignment",
    opens=True,
)
CARRY_OUT = Verb(
    "carry-out",
    _("Name the measure of the plan"),
    "assistance.record_measure",
    run=_carry,
    form=CarryForm,
    initial=_planned_of,
    icon="link",
)


class PlanInline(TenantTabularInline):
    """The plans of a household."""

    model = HouseholdPlan
    view_action = VIEW
    fields = ("year", "state", "edition", "target_yuan", "adopted_on", "closed_on")
    show_change_link = True


class PlannedInline(TenantTabularInline):
    """The measures of a plan, with what was done for them."""

    model = PlannedMeasure
    view_action = VIEW
    fields = ("category_label", "what", "planned_yuan", "source_label", "due_on", "helper", "done", "dropped_on")
    readonly_fields = ("category_label", "source_label", "done")
    show_change_link = True
    category_label = code_label(PlannedMeasure, "category_code", MEASURE_SCHEME)
    source_label = code_label(PlannedMeasure, "source_code", FUNDING_SCHEME)

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[PlannedMeasure]:
        return planned_visible_to(actor_at(request))

    @admin.display(description=_("measures on file"))
    def done(self, row: Any) -> str:  # noqa: ANN401  (a row with sums)
        """Show how many measures carry it out, and their money."""
        return f"{row.done_count} · {row.done_yuan}"


class EditionInline(TenantTabularInline):
    """The editions of a plan."""

    model = HouseholdPlanEdition
    view_action = VIEW
    fields = ("number", "adopted_on", "agreement_label", "goals", "target_yuan", "planned_yuan", "reason")
    readonly_fields = ("agreement_label",)
    agreement_label = code_label(HouseholdPlanEdition, "agreement_code", AGREEMENT_SCHEME)


@admin.register(HouseholdPlan)
class HouseholdPlanAdmin(TenantModelAdmin):
    """The plans of the households that the one at work sees; one is drafted on the household's page."""

    view_action = VIEW
    list_display = ("household", "year", "state", "edition", "target_yuan", "planned_yuan", "reached_yuan")
    list_filter = (TownshipFilter, "state", "year")
    ordering = ("-year", "id")
    fields = readonly_fields = (
        "household", "year", "state", "edition", "goals", "target_yuan", "reached_yuan", "planned_yuan",
        "no_development_reason", "adopted_on", "agreement_label", "closed_on", "result", "withdrawn_on", "print_link",
    )  # fmt: skip
    inlines = (PlannedInline, EditionInline)
    history = History(codes={"agreement_code": AGREEMENT_SCHEME})
    agreement_label = code_label(HouseholdPlan, "agreement_code", AGREEMENT_SCHEME)
    verbs: ClassVar = (
        Verb("amend", _("Amend goals and target"), PLAN, run=_amend, form=GoalsForm, offered=_is_open, icon="edit",
             initial=lambda plan: {name: getattr(plan, name) for name in HouseholdPlanDraft.__dataclass_fields__}),
        Verb("plan-measure", _("Plan a measure"), PLAN, run=_plan_measure, form=PlannedForm, offered=_is_open,
             icon="add_task", initial=lambda plan: {"household_id": plan.household_id}),
        Verb("adopt", _("Adopt"), ADOPT, run=_adopt, form=AdoptForm, icon="gavel", offered=_is_anothers,
             intro=_("Goals and measures are kept as they stand today, with the household's agreement.")),
        Verb("close", _("Close a household plan"), ADOPT, run=_close, form=CloseForm, icon="lock", danger=True,
             offered=lambda plan: starts_from(HOUSEHOLD_PLAN_CHANGES, "close", present=plan.state),
             intro=_("It stays as it is and cannot be changed any more.")),
        Verb("withdraw", _("Withdraw a household plan"), PLAN, run=_withdraw, form=WithdrawPlanForm,
             offered=_may_withdraw, icon="undo", danger=True),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[HouseholdPlan]:
        return plans_on_list(actor_at(request))

    @admin.display(description=_("planned (yuan)"))
    def planned_yuan(self, plan: Any) -> object:  # noqa: ANN401  (a row with sums)
        """Show the sum of what is planned."""
        return getattr(plan, "planned_yuan", None)

    @admin.display(description=_("net income per person on file (yuan)"))
    def reached_yuan(self, plan: Any) -> object:  # noqa: ANN401  (a row with sums)
        """Show what the year's facts say, beside the target."""
        return getattr(plan, "reached_yuan", None)

    @admin.display(description=_("print"))
    def print_link(self, plan: HouseholdPlan) -> str:
        """Lead to the plan on paper."""
        return format_html('<a href="{}">{}</a>', reverse("admin:household-plan-print", args=[plan.pk]), _("Print"))


@admin.register(PlannedMeasure)
class PlannedMeasureAdmin(TenantModelAdmin):
    """The measures of plans; one is planned on the plan's page."""

    view_action = VIEW
    list_display = ("household", "plan", "category_label", "planned_yuan", "due_on", "dropped_on")
    list_filter = (TownshipFilter, "is_development")
    ordering = ("-id",)
    fields = readonly_fields = (
        "household", "plan", "category_label", "action_label", "what", "is_development", "planned_yuan",
        "source_label", "starts_on", "due_on", "helper", "dropped_on",
    )  # fmt: skip
    history = History(
        codes={"category_code": MEASURE_SCHEME, "action_code": ACTION_SCHEME, "source_code": FUNDING_SCHEME},
        links={"helper": Helper, "helper_id": Helper},
    )
    category_label = code_label(PlannedMeasure, "category_code", MEASURE_SCHEME)
    action_label = code_label(PlannedMeasure, "action_code", ACTION_SCHEME)
    source_label = code_label(PlannedMeasure, "source_code", FUNDING_SCHEME)
    verbs: ClassVar = (
        Verb("amend", _("Amend"), PLAN, run=_amend_measure, form=VersionedPlannedForm, offered=_stands, icon="edit",
             initial=_planned),
        Verb("drop", _("Drop the measure"), PLAN, run=_drop, form=DropForm, offered=_stands, icon="undo", danger=True),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return planned_visible_to(actor_at(request))


def print_page(request: HttpRequest, household_plan_id: UUID) -> HttpResponse:
    """Show a plan as it is printed for the household (帮扶计划书): no document number, telephone or account."""
    actor = actor_at(request)
    plan = find_household_plan(household_plan_id, actor=actor)
    household = with_head_name(Household.objects.filter(pk=plan.household_id)).select_related("village").get()
    rows = planned_visible_to(actor).filter(plan=plan, dropped_on__isnull=True).order_by("category_code", "id")
    sources = money_by_source(plan.pk).items()
    context = {
        "plan": plan,
        "household": household,
        "head_name": getattr(household, HEAD_NAME) or "",
        "measures": [
            (row, label_of(row.category_code, MEASURE_SCHEME), label_of(row.action_code, ACTION_SCHEME),
             label_of(row.source_code, FUNDING_SCHEME))
            for row in rows
        ],
        "sources": [(label_of(code, FUNDING_SCHEME), yuan) for code, yuan in sources],
        "agreement": label_of(plan.agreement_code, AGREEMENT_SCHEME),
        "back": reverse("admin:assistance_householdplan_change", args=[plan.pk]),
    }  # fmt: skip
    return TemplateResponse(request, "assistance/admin/plan_print.html", context)


def without_plan(request: HttpRequest) -> HttpResponse:
    """Show which households have no plan in force for a year: those at risk first."""
    actor, latest = actor_at(request), today().year + 1
    text = request.GET.get("year", "")[:4]
    year = int(text) if text.isdecimal() and FIRST_YEAR <= int(text) <= latest else latest - 1
    day = day_of_plans(year)
    counts = without_plan_of(year, actor=actor)
    named = request.GET.get("village", "")
    village = named if is_code(named) else ""
    shown = [one for one in counts if not village or lies_in(one.village_code, village)]
    left = sum(one.risky + one.not_lifted + one.lifted for one in shown)
    pages = max(1, -(-left // ON_A_PAGE))
    asked = request.GET.get("page", "1")
    page = min(max(int(asked) if asked.isdecimal() else 1, 1), pages)
    names = division_names({village, *(count.village_code for count in counts)})
    context = site.each_context(request) | {
        "title": gettext("Households without a plan"),
        "year": year,
        "first_year": FIRST_YEAR,
        "last_year": latest,
        "counts": [(_address(year, one.village_code, 1), names.get(one.village_code, one.village_code), one)
                   for one in counts],
        "village": names.get(village, village),
        "all": _address(year, "", 1),
        "count": left,
        "households": without_plan_page(year, day, shown, actor=actor, page=page),
        "may_plan": role_may(actor, PLAN),
        "page": page,
        "page_count": pages,
        "before": _address(year, village, page - 1) if page > 1 else "",
        "after": _address(year, village, page + 1) if page < pages else "",
    }  # fmt: skip
    return TemplateResponse(request, "assistance/admin/without_plan.html", context)


def _address(year: int, village: str, page: int) -> str:
    return f"{reverse('admin:households-without-plan')}?{urlencode({'year': year, 'village': village, 'page': page})}"
