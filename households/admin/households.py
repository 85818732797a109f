"""Households: list, page, and what can be done to one."""

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.changes import CHANGE_VERBS, TieInline
from households.admin.filters import TownshipFilter
from households.admin.forms import (
    AmendForm,
    CategoryForm,
    EffectiveForm,
    HouseholdYearForm,
    JoinForm,
    MoveForm,
    RegisterForm,
    RemovalForm,
)
from households.admin.links import income_link, person_link
from households.admin.transfers import OFFER_VERB
from households.domain.amend import HouseholdChanges, amend_household
from households.domain.drafts import HouseholdDraft, PersonDraft, YearDraft
from households.domain.facts import record_household_year
from households.domain.members import add_person
from households.domain.monitoring import identify_for_monitoring, relapse, remove_risk
from households.domain.move import move_household
from households.domain.register import register_households
from households.domain.reveal import reveal_of_household
from households.domain.status import change_status
from households.enums import HEAD_RELATION, ON_REGISTER, HouseholdStatus, PostingKind
from households.models import Household, HouseholdSpell, HouseholdYear, Membership, MonitoringSpell, Person, Posting
from households.queries.income import HAS_LINES, with_has_lines
from households.queries.lists import (
    HEAD_NAME,
    VILLAGE_NAME,
    household_year_facts,
    masked,
    with_head_name,
    with_village_name,
)
from households.queries.visibility import find_household, households_visible_to
from households.workflow import MONITORING_TRANSITIONS, STATUS_TRANSITIONS, Transition
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import Verb, reveal
from registry.crypto import Purpose
from registry.tenancy.context import Actor
from villages.admin.labels import code_label

Run = Callable[[Any, dict[str, Any], Actor], object]
_AMENDABLE = (
    "number",
    "group_name",
    "standard_code",
    "attribute_code",
    "main_cause_code",
    "other_cause_codes",
    "identified_on",
    "identified_precision",
)
# The same as they are read.
_READABLE = (
    "number",
    "group_name",
    "standard_label",
    "attribute_label",
    "main_cause_label",
    "other_causes_label",
    "identified_on",
    "identified_precision",
)


def _changing(line: Transition) -> Verb:
    """Make the button of one line of the status table."""

    def run(household: Household, values: dict[str, Any], actor: Actor) -> Household:
        return change_status(household.pk, line.name, actor=actor, **values)

    def offered(household: Household) -> bool:
        return household.status in line.sources

    closes = line.target == HouseholdStatus.CLOSED
    name = line.name.replace("_", "-")
    action = "households.change_status"
    return Verb(name, line.label, action, run=run, form=EffectiveForm, offered=offered, danger=closes)


_MONITORING = {"identify": identify_for_monitoring, "remove_risk": remove_risk, "relapse": relapse}


def _monitoring(line: Transition) -> Verb:
    """Make the button of one line of the monitoring table."""

    def run(household: Household, values: dict[str, Any], actor: Actor) -> Household:
        return _MONITORING[line.name](household.pk, values.pop("code"), actor=actor, **values)

    def offered(household: Household) -> bool:
        return household.monitoring_state in line.sources and household.status in ON_REGISTER

    form = RemovalForm if line.name == "remove_risk" else CategoryForm
    name = line.name.replace("_", "-")
    return Verb(name, line.label, "households.monitor", run=run, form=form, offered=offered, icon="monitor_heart")


def _is_open(household: Household) -> bool:
    return household.status != HouseholdStatus.CLOSED


def _has_phone(household: Household) -> bool:
    return household.phone_sealed is not None


def _has_account(household: Household) -> bool:
    return household.account_sealed is not None


def _move(household: Household, values: dict[str, Any], actor: Actor) -> Household:
    return move_household(household.pk, values.pop("village").code, actor=actor, **values)


def _join(household: Household, values: dict[str, Any], actor: Actor) -> Membership:
    effective = {name: values.pop(name) for name in ("on", "reason_code", "version")}
    draft = PersonDraft(**values, birth_precision="day" if values["birth_on"] else "")
    return add_person(household.pk, draft, actor=actor, **effective)


def _record_year(household: Household, values: dict[str, Any], actor: Actor) -> HouseholdYear:
    version = values.pop("version")
    return record_household_year(household.pk, YearDraft(**values), actor=actor, version=version)


def _phone(household: Household, reason: str, actor: Actor) -> str:
    return reveal_of_household(household.pk, "phone", actor=actor, reason=reason)


def _account(household: Household, reason: str, actor: Actor) -> str:
    return reveal_of_household(household.pk, "account", actor=actor, reason=reason)


class MemberInline(TenantTabularInline):
    """The members, those who left too."""

    model = Membership
    view_action = "households.view"
    fields = ("person_name", "relation_label", "starts_on", "ends_on", "end_reason_label")
    ordering = ("ends_on", "relation_code")
    relation_label = code_label(Membership, "relation_code", "relation")
    end_reason_label = code_label(Membership, "end_reason_code", "membership_change", "closing_reason")

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return cast("QuerySet[Membership]", super().get_queryset(request)).select_related("person")

    @admin.display(description=_("Name"))
    def person_name(self, membership: Membership) -> str:
        """Show the person's name with the link to their page."""
        return person_link(membership.person)


class YearInline(TenantTabularInline):
    """The yearly facts."""

    model = HouseholdYear
    view_action = "households.view"
    fields = (
        "year",
        "person_count",
        "net_per_head_yuan",
        "income_link",
        "is_declared",
        "source",
        "dangerous_housing",
        "safe_water",
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[HouseholdYear]:
        return with_has_lines(cast("QuerySet[HouseholdYear]", super().get_queryset(request)))

    @admin.display(description=_("Derivation"))
    def income_link(self, year: HouseholdYear) -> str:
        """Lead to the page that shows how the net income comes about, where there are lines."""
        return income_link(year) if getattr(year, HAS_LINES) else str(self.get_empty_value_display())


class _VillageInline(TenantTabularInline):
    """Rows that state a village by its code."""

    @override
    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return with_village_name(cast("QuerySet[Any]", super().get_queryset(request)))

    @admin.display(description=_("village"))
    def village_name(self, row: Any) -> str:  # noqa: ANN401  (a row of either model)
        """Show the village's name, or the code of one outside the area."""
        return str(getattr(row, VILLAGE_NAME) or row.village_code)


class SpellInline(_VillageInline):
    """The status over time."""

    model = HouseholdSpell
    view_action = "households.view"
    fields = ("status", "village_name", "starts_on", "ends_on")


class MonitoringInline(TenantTabularInline):
    """The monitoring over time."""

    model = MonitoringSpell
    view_action = "households.view"
    fields = ("category_label", "starts_on", "ends_on", "end_label")
    category_label = code_label(MonitoringSpell, "category_code", "monitoring_category")
    end_label = code_label(MonitoringSpell, "end_code", "risk_removal", "closing_reason")


class PostingInline(_VillageInline):
    """The ledger of this household."""

    model = Posting
    view_action = "households.view_ledger"
    fields = ("effective_on", "kind", "stock", "households_delta", "persons_delta", "village_name", "reason")


@admin.register(Household)
class HouseholdAdmin(TenantModelAdmin):
    """List with filters, page with members and years, buttons of the workflow."""

    view_action, add_action, change_action = "households.view", "households.register", "households.amend"
    list_display = ("number", "head_name", "village", "group_name", "status", "monitoring_state")
    # People search on a page of their own: a term here would stand in the address.
    list_before_template = "households/admin/find_box.html"
    list_filter = (TownshipFilter, "status", "monitoring_state")
    list_select_related = ("village",)
    ordering = ("number",)
    readonly_fields = ("village", "status", "monitoring_state", "phone_masked", "account_masked")
    inlines: tuple[type[TenantTabularInline], ...] = (
        MemberInline,
        YearInline,
        SpellInline,
        MonitoringInline,
        TieInline,
        PostingInline,
    )
    history = History(
        models=(HouseholdYear, HouseholdSpell, Membership),
        codes={
            "standard_code": "identification_standard",
            "attribute_code": "household_attribute",
            "main_cause_code": "poverty_cause",
            "other_cause_codes": "poverty_cause",
            "monitoring_code": "monitoring_category",
            "relation_code": "relation",
            "reason_code": "membership_change",
        },
        links={
            "members": Person,
            "member": Person,
            "head": Person,
            "split_off": Household,
            "merged_into": Household,
        },
        divisions=("village_code",),
        names={
            "members": _("Members"),
            "member": _("Member"),
            "head": _("Head"),
            "effective_on": _("Effective on"),
            "reason_code": _("Reason"),
            "split_off": _("Household founded by a split"),
            "merged_into": _("Merged into"),
            "persons_count": _("Persons"),
        },
    )
    standard_label = code_label(Household, "standard_code", "identification_standard")
    attribute_label = code_label(Household, "attribute_code", "household_attribute")
    main_cause_label = code_label(Household, "main_cause_code", "poverty_cause")
    other_causes_label = code_label(Household, "other_cause_codes", "poverty_cause")
    verbs: ClassVar = (
        *(_changing(line) for line in STATUS_TRANSITIONS),
        *(_monitoring(line) for line in MONITORING_TRANSITIONS),
        Verb("join", _("Add a person"), "households.change_members", run=_join, form=JoinForm, offered=_is_open),
        Verb(
            "record-year",
            _("Record a year"),
            "households.record_year",
            run=_record_year,
            form=HouseholdYearForm,
            facts=household_year_facts,
        ),
        Verb("move", _("Move to another village"), "households.move", run=_move, form=MoveForm, offered=_is_open),
        *CHANGE_VERBS,
        OFFER_VERB,
        reveal("phone", _("Show the telephone"), "households.reveal", _phone, offered=_has_phone),
        reveal("account", _("Show the bank account"), "households.reveal", _account, offered=_has_account),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Household]:
        return with_head_name(households_visible_to(actor_at(request)))

    @admin.display(description=_("Head"))
    def head_name(self, household: Household) -> str:
        """Show who the head is today."""
        return str(getattr(household, HEAD_NAME) or self.get_empty_value_display())

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            own = ("number", "village", "group_name", "status", "on", "main_cause_code", "phone")
            return (*own, "head_name", "head_document")
        if not self.has_change_permission(request, obj):
            return (*self.readonly_fields, *_READABLE)
        return (*self.readonly_fields, *_AMENDABLE, "phone", "account")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = AmendForm if obj else RegisterForm
        return super().get_form(request, obj, change=change, **kwargs)

    @admin.display(description=_("Telephone"))
    def phone_masked(self, household: Household) -> str:
        """Show the mask; in full it takes a right and a reason."""
        return masked(household.phone_sealed, Purpose.PHONE, tenant_id=household.tenant_id)

    @admin.display(description=_("Bank account"))
    def account_masked(self, household: Household) -> str:
        """Show the mask; in full it takes a right and a reason."""
        return masked(household.account_sealed, Purpose.ACCOUNT, tenant_id=household.tenant_id)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> Household:
        head = PersonDraft(
            name=values["head_name"],
            document_number=values["head_document"],
            sex_code="",
            relation_code=HEAD_RELATION,
            starts_on=values["on"],
            starts_precision="day",
        )
        draft = HouseholdDraft(
            number=values["number"],
            village_code=values["village"].code,
            group_name=values["group_name"],
            status=values["status"],
            main_cause_code=values["main_cause_code"],
            phone=values["phone"],
            members=(head,),
        )
        (household_id,) = register_households([draft], actor=actor, on=values["on"], kind=PostingKind.FILED)
        return find_household(household_id, actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> Household:
        changes = {name: values[name] for name in _AMENDABLE}
        changes |= {name: values[name] for name in ("phone", "account") if values.get(name)}
        return amend_household(record.pk, cast("HouseholdChanges", changes), actor=actor, version=version)
