"""Households: list, page, and what can be done to one."""

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.changes import CHANGE_VERBS, TieInline, where_it_went
from households.admin.filters import (
    CategoryFilter,
    CauseFilter,
    MonitoringFilter,
    StockFilter,
    ToBeLiftedFilter,
    TownshipFilter,
)
from households.admin.forms import (
    AmendForm,
    CategoryForm,
    EffectiveForm,
    HouseholdYearForm,
    JoinForm,
    MoveForm,
    RegisterForm,
    RemovalForm,
    ReturnForm,
)
from households.admin.inlines import (
    MemberInline,
    MonitoringInline,
    PostingInline,
    SpellInline,
    VisitInline,
    YearInline,
)
from households.admin.transfers import OFFER_VERB
from households.domain.amend import HouseholdChanges
from households.domain.change_requests import save_or_propose_household
from households.domain.drafts import HouseholdDraft, PersonDraft, YearDraft
from households.domain.figure_requests import save_or_propose_household_year
from households.domain.members import add_person
from households.domain.move import move_household
from households.domain.register import register_households
from households.domain.reveal import COLLECTOR_PHONE, reveal_of_household
from households.domain.status_requests import change_or_propose_status
from households.enums import HEAD_RELATION, ON_REGISTER, HouseholdStatus, PostingKind
from households.models import (
    Household,
    HouseholdSpell,
    HouseholdYear,
    Membership,
    Person,
    Relocation,
    Visit,
)
from households.queries.lists import (
    HEAD_NAME,
    household_year_facts,
    masked,
    with_head_name,
)
from households.queries.monitoring import END_CODE, with_monitoring_end
from households.queries.visibility import find_household, households_visible_to
from households.queries.visits import visits_with_phone
from households.workflow import MONITORING_TRANSITIONS, STATUS_TRANSITIONS, Transition
from registry.admin.base import RecordPage, TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import Verb, reveal
from registry.crypto import Purpose
from registry.domain.codes import code_list
from registry.domain.readable import label_of
from registry.tenancy.context import Actor
from villages.admin.labels import code_label
from villages.models import SettlementPoint

Run = Callable[[Any, dict[str, Any], Actor], object]
_AMENDABLE = (
    "number",
    "group_name",
    "address",
    "is_servicemans_family",
    "planned_lifting_year",
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
    "address",
    "is_servicemans_family",
    "planned_lifting_year",
    "bank_name",
    "standard_label",
    "attribute_label",
    "main_cause_label",
    "other_causes_label",
    "identified_on",
    "identified_precision",
)

# Pages of their own that belong to a household: name, right, label, icon.
_PAGES = (
    ("household-living", "households.view", _("Living conditions by year"), "cottage"),
    ("household-timeline", "households.view_timeline", _("History of the household"), "history"),
)
# Pages that record something, of no use once the household is closed.
_OPEN_PAGES = (
    ("household-visit", "households.visit", _("Record a visit"), "home_pin"),
    ("household-relocation", "households.record_relocation", _("Relocation"), "moving"),
)


def _changing(line: Transition) -> Verb:
    """Make the button of one line of the status table."""

    def run(household: Household, values: dict[str, Any], actor: Actor) -> Household:
        return change_or_propose_status(household.pk, line.name, actor=actor, **values)

    def offered(household: Household) -> bool:
        return household.status in line.sources

    closes = line.target == HouseholdStatus.CLOSED
    form = ReturnForm if line.target == HouseholdStatus.RETURNED else EffectiveForm
    name = line.name.replace("_", "-")
    action = "households.change_status"
    return Verb(name, line.label, action, run=run, form=form, offered=offered, danger=closes)


def _monitoring(line: Transition) -> Verb:
    """Make the button of one line of the monitoring table."""

    def run(household: Household, values: dict[str, Any], actor: Actor) -> Household:
        return change_or_propose_status(household.pk, line.name, actor=actor, **values)

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


def _has_collectors_phone(household: Household) -> bool:
    return visits_with_phone(household).exists()


def _move(household: Household, values: dict[str, Any], actor: Actor) -> Household:
    return move_household(household.pk, values.pop("village").code, actor=actor, **values)


def _join(household: Household, values: dict[str, Any], actor: Actor) -> Membership:
    effective = {name: values.pop(name) for name in ("on", "reason_code", "version")}
    draft = PersonDraft(**values, birth_precision="day" if values["birth_on"] else "")
    return add_person(household.pk, draft, actor=actor, **effective)


def _record_year(household: Household, values: dict[str, Any], actor: Actor) -> None:
    own = {name: values.pop(name) for name in ("version", "reason")}
    save_or_propose_household_year(household.pk, YearDraft(**values), actor=actor, **own)


def _phone(household: Household, reason: str, actor: Actor) -> str:
    return reveal_of_household(household.pk, "phone", actor=actor, reason=reason)


def _account(household: Household, reason: str, actor: Actor) -> str:
    return reveal_of_household(household.pk, "account", actor=actor, reason=reason)


def _collectors_phone(household: Household, reason: str, actor: Actor) -> str:
    return reveal_of_household(household.pk, COLLECTOR_PHONE, actor=actor, reason=reason)


@admin.register(Household)
class HouseholdAdmin(TenantModelAdmin):
    """List with filters, page with members and years, buttons of the workflow."""

    # Apps above add theirs.
    pages: tuple[RecordPage, ...] = _PAGES
    open_pages: tuple[RecordPage, ...] = _OPEN_PAGES
    view_action, add_action, change_action = "households.view", "households.register", "households.amend"
    list_display = ("number", "head_name", "village", "group_name", "status", "monitoring_shown")
    # People search on a page of their own: a term here would stand in the address.
    list_before_template = "households/admin/find_box.html"
    list_filter = (
        TownshipFilter,
        "status",
        StockFilter,
        MonitoringFilter,
        CategoryFilter,
        CauseFilter,
        ToBeLiftedFilter,
    )
    list_select_related = ("village",)
    ordering = ("number",)
    readonly_fields = ("village", "status", "went", "monitoring_shown", "phone_masked", "account_masked")
    inlines: tuple[type[TenantTabularInline], ...] = (
        MemberInline,
        YearInline,
        VisitInline,
        SpellInline,
        MonitoringInline,
        TieInline,
        PostingInline,
    )
    history = History(
        models=(HouseholdYear, HouseholdSpell, Membership, Relocation, Visit),
        codes={
            "standard_code": "identification_standard",
            "attribute_code": "household_attribute",
            "main_cause_code": "poverty_cause",
            "other_cause_codes": "poverty_cause",
            "cause_code": "poverty_cause",
            "monitoring_code": "monitoring_category",
            "relation_code": "relation",
            "reason_code": "membership_change",
            "start_reason_code": "membership_change",
            "end_reason_code": "membership_change",
            "water_source_code": "drinking_water_source",
            "entry_road_code": "entry_road",
            "dangerous_grade_code": "dangerous_housing_grade",
            "house_structure_code": "house_structure",
            "fuel_code": "fuel",
            "industry_help_code": "industry_help",
            "relocation_kind_code": "relocation_kind",
            "origin_kind_code": "origin_kind",
            "settlement_mode_code": "settlement_mode",
            "former_structure_code": "house_structure",
        },
        links={
            "members": Person,
            "member": Person,
            "head": Person,
            "split_off": Household,
            "merged_into": Household,
            "carried_members": Person,
            "visit_id": Visit,
            "settlement": SettlementPoint,
            "settlement_id": SettlementPoint,
        },
        divisions=("village_code", "other_county_code"),
        names={
            "members": _("Members"),
            "member": _("Member"),
            "head": _("Head"),
            "effective_on": _("Effective on"),
            "carried_members": _("Members"),
            "lines": _("Lines of income"),
            "reason_code": _("Reason"),
            "split_off": _("Household founded by a split"),
            "merged_into": _("Merged into"),
            "other_county_code": _("other county"),
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
            offered=_is_open,
        ),
        Verb("move", _("Move to another village"), "households.move", run=_move, form=MoveForm, offered=_is_open),
        *CHANGE_VERBS,
        OFFER_VERB,
        reveal("phone", _("Show the telephone"), "households.reveal", _phone, offered=_has_phone),
        reveal("account", _("Show the bank account"), "households.reveal", _account, offered=_has_account),
        reveal(
            "collector-phone",
            _("Show the telephone of who filled in the form"),
            "households.reveal",
            _collectors_phone,
            offered=_has_collectors_phone,
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Household]:
        return with_monitoring_end(with_head_name(households_visible_to(actor_at(request))))

    @override
    def offered_pages(self, record: Model) -> tuple[RecordPage, ...]:
        """Offer what records something for an open household only; a closed one is read."""
        return (*self.open_pages, *self.pages) if _is_open(cast("Household", record)) else self.pages

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show a closed household for reading: what it was is kept as it was."""
        return super().has_change_permission(request, obj) and (obj is None or _is_open(obj))

    @admin.display(description=_("Head"))
    def head_name(self, household: Household) -> str:
        """Show who the head is today."""
        return str(getattr(household, HEAD_NAME) or self.get_empty_value_display())

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            own = ("number", "village", "group_name", "status", "on", "main_cause_code", "phone")
            return (*own, "head_name", "head_document")
        fixed = tuple(name for name in self.readonly_fields if name != "went" or not _is_open(obj))
        if not self.has_change_permission(request, obj):
            return (*fixed, *_READABLE)
        return (*fixed, *_AMENDABLE, "phone", "account", "bank_name", "reason")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = AmendForm if obj else RegisterForm
        return super().get_form(request, obj, change=change, **kwargs)

    @admin.display(description=_("Where it went"))
    def went(self, household: Household) -> str:
        """Lead whoever looks the old number up to where the household is now."""
        return where_it_went(household) or str(self.get_empty_value_display())

    @admin.display(description=_("monitoring"), ordering="monitoring_state")
    def monitoring_shown(self, household: Household) -> str:
        """Show the state; of a household that went away at risk, that it went and not that the risk was removed."""
        end_code = getattr(household, END_CODE)
        closing = end_code if end_code in code_list("closing_reason") else ""
        return label_of(closing, "closing_reason") or str(household.get_monitoring_state_display())

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
        changes = {name: values[name] for name in (*_AMENDABLE, "bank_name")}
        changes |= {name: values[name] for name in ("phone", "account") if values.get(name)}
        return save_or_propose_household(
            record.pk, cast("HouseholdChanges", changes), actor=actor, version=version, reason=values["reason"]
        )
