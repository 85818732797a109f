"""Persons: reached from their household, or by their number."""

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.forms import (
    AmendPersonForm,
    HeadForm,
    LeaveForm,
    ReinstateForm,
    RelationForm,
    TakeBackForm,
)
from households.admin.person_year import PersonYearForm, schemes_of_facts
from households.admin.transfers import OfferPersonForm, PersonTransferInline
from households.admin.work import RECORD_WORK, WorkInline
from households.domain.amend import PersonChanges
from households.domain.change_requests import save_or_propose_person
from households.domain.facts import PersonYearDraft
from households.domain.figure_requests import save_or_propose_person_year
from households.domain.members import amend_relation, change_head, end_membership
from households.domain.person_transfer import offer_person
from households.domain.reinstate import reinstate_member
from households.domain.reveal import reveal_of_person
from households.domain.take_back import take_back
from households.enums import DEATH_REASON
from households.models import Household, Membership, Person, PersonYear, Transfer
from households.queries.finding import household_of_number
from households.queries.lists import masked, person_year_facts
from households.queries.visibility import left_membership, persons_visible_to, present_household, present_membership
from households.queries.visits import visits_of_person
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import Run, Verb, reveal
from registry.crypto import Purpose
from registry.domain.codes import code_list
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import VersionedForm
from villages.admin.labels import code_label

_AMENDABLE = ("number", "name", "sex_code", "birth_on", "birth_precision")
_READABLE = ("number", "name", "sex_label", "birth_on", "birth_precision")


def _leave(person: Person, values: dict[str, Any], actor: Actor) -> Membership:
    return end_membership(present_household(person.pk, actor=actor), person.pk, actor=actor, **values)


def _head(person: Person, values: dict[str, Any], actor: Actor) -> Household:
    return change_head(present_household(person.pk, actor=actor), person.pk, actor=actor, **values)


def _relation(person: Person, values: dict[str, Any], actor: Actor) -> Membership:
    code = values.pop("relation_code")
    return amend_relation(present_household(person.pk, actor=actor), person.pk, code, actor=actor, **values)


def _offer(person: Person, values: dict[str, Any], actor: Actor) -> Transfer:
    household_id = present_household(person.pk, actor=actor)
    return offer_person(household_id, person.pk, values.pop("county_code"), actor=actor, **values)


def _reinstate(person: Person, values: dict[str, Any], actor: Actor) -> Membership:
    left = left_membership(person.pk, actor=actor)
    household_id = left.household_id if left else present_household(person.pk, actor=actor)
    return reinstate_member(household_id, person.pk, actor=actor, **values)


def _take_back(person: Person, values: dict[str, Any], actor: Actor) -> Membership:
    household_id = household_of_number(values.pop("household_number"), actor=actor)
    return take_back(person.pk, household_id, actor=actor, **values)


def _record_year(person: Person, values: dict[str, Any], actor: Actor) -> None:
    own = {name: values.pop(name, None) for name in ("version", "reason", "visit_id")}
    facts = PersonYearDraft(**{**values, "health_codes": tuple(values["health_codes"])})
    save_or_propose_person_year(
        person.pk,
        facts,
        actor=actor,
        version=own["version"],
        reason=own["reason"] or "",
        visit_id=own["visit_id"],
    )


def _year_facts(person: Person, year: int) -> dict[str, Any]:
    """Give the facts of the year on file, and the visits that may have told them."""
    visits = [(str(one.pk), f"{one.visited_on} {one.collector_name}") for one in visits_of_person(person, year)]
    return {**person_year_facts(person, year), "visit_id": "", "visits": visits}


def _membership(person: Person) -> Membership | None:
    return present_membership(person.pk, actor=current_actor())


def _household_version(person: Person) -> int | None:
    membership = _membership(person)
    return None if membership is None else membership.household.version


def _left(person: Person) -> Membership | None:
    return left_membership(person.pk, actor=current_actor())


def _left_version(person: Person) -> int | None:
    left = _left(person)
    return None if left is None else left.household.version


def _has_left(person: Person) -> bool:
    left = _left(person)
    return left is not None and left.end_reason_code not in code_list("closing_reason")


def _may_come_back(person: Person) -> bool:
    left = _left(person)
    return left is not None and left.end_reason_code != DEATH_REASON and person.anonymised_on is None


def _is_member(person: Person) -> bool:
    return _membership(person) is not None


def _is_no_head(person: Person) -> bool:
    membership = _membership(person)
    return membership is not None and not membership.is_head


def _of_household(
    name: str,
    label: Promise,
    run: Run,
    form: type[VersionedForm],
    *,
    offered: Callable[[Any], bool],
    icon: str = "group",
) -> Verb:
    """Make a verb that changes who belongs to the household: what must not have changed meanwhile is the household."""
    action = "households.change_members"
    return Verb(name, label, action, run=run, form=form, offered=offered, icon=icon, version=_household_version)


def _document(person: Person, reason: str, actor: Actor) -> str:
    return reveal_of_person(person.pk, "document", actor=actor, reason=reason)


def _phone(person: Person, reason: str, actor: Actor) -> str:
    return reveal_of_person(person.pk, "phone", actor=actor, reason=reason)


def _has_document(person: Person) -> bool:
    return person.document_sealed is not None


def _has_phone(person: Person) -> bool:
    return person.phone_sealed is not None


class MembershipInline(TenantTabularInline):
    """The households of a life."""

    model = Membership
    view_action = "households.view"
    fields = ("household", "relation_label", "starts_on", "ends_on", "end_reason_label")
    relation_label = code_label(Membership, "relation_code", "relation")
    end_reason_label = code_label(Membership, "end_reason_code", "membership_change", "closing_reason")


class PersonYearInline(TenantTabularInline):
    """The yearly facts."""

    model = PersonYear
    view_action = "households.view"
    fields = (
        "year",
        "education_label",
        "school_label",
        "health_label",
        "dropout_label",
        "disability_card_year",
        "skill_label",
        "work_place",
        "work_division_code",
        "works_abroad",
        "work_months",
        "employer",
        "channel_label",
        "industry_label",
        "post_label",
        "public_post_months",
        "told_in",
    )
    education_label = code_label(PersonYear, "education_code", "education")
    school_label = code_label(PersonYear, "school_code", "school_status")
    health_label = code_label(PersonYear, "health_codes", "health")
    skill_label = code_label(PersonYear, "skill_code", "labour_skill")
    dropout_label = code_label(PersonYear, "dropout_reason_code", "dropout_reason")
    channel_label = code_label(PersonYear, "employment_channel_code", "employment_channel")
    industry_label = code_label(PersonYear, "industry_code", "industry")
    post_label = code_label(PersonYear, "public_post_code", "public_post")

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[PersonYear]:
        return cast("QuerySet[PersonYear]", super().get_queryset(request)).select_related("visit")

    @admin.display(description=_("Told in the visit"))
    def told_in(self, year: PersonYear) -> str:
        """Say day, collector and source of the visit that told the facts."""
        visit = year.visit
        if visit is None:
            return str(self.get_empty_value_display())
        return f"{visit.visited_on}, {visit.collector_name}, {visit.source}"


class ProtectionInline(TenantTabularInline):
    """The allowances and insurances of the same years."""

    model = PersonYear
    view_action = "households.view"
    verbose_name_plural = _("allowances and insurance by year")
    fields = (
        "year",
        "allowance_label",
        "support_label",
        "has_basic_medical",
        "has_employee_medical",
        "has_serious_illness_cover",
        "has_commercial_medical",
        "receives_medical_assistance",
        "receives_other_health_support",
        "has_resident_pension",
        "has_employee_pension",
        "receives_accident_subsidy",
        "is_in_military_service",
        "is_unsupported_child",
        "graduate_unemployed_reason",
    )
    allowance_label = code_label(PersonYear, "minimum_living_allowance_code", "minimum_living_allowance")
    support_label = code_label(PersonYear, "special_support_code", "special_support")


@admin.register(Person)
class PersonAdmin(TenantModelAdmin):
    """Page with households and years. A person is added on the page of a household."""

    view_action, change_action = "households.view", "households.amend"
    form = AmendPersonForm
    list_display = ("number", "name", "sex_label", "birth_on")
    list_before_template = "households/admin/find_box.html"
    readonly_fields = ("document_masked", "category_label", "grade_label", "phone_masked", "is_placeholder")
    inlines: ClassVar[tuple[type[Any], ...]] = (
        MembershipInline,
        PersonTransferInline,
        PersonYearInline,
        ProtectionInline,
        WorkInline,
    )
    history = History(
        models=(PersonYear,),
        codes={
            "sex_code": "sex",
            "document_code": "document_kind",
            "disability_category_code": "disability_category",
            "disability_grade_code": "disability_grade",
            **schemes_of_facts(),
        },
        divisions=("work_division_code",),
    )
    sex_label = code_label(Person, "sex_code", "sex")
    category_label = code_label(Person, "disability_category_code", "disability_category")
    grade_label = code_label(Person, "disability_grade_code", "disability_grade")
    verbs: ClassVar[tuple[Verb, ...]] = (
        _of_household("leave", _("End the membership"), _leave, LeaveForm, offered=_is_member, icon="logout"),
        _of_household("head", _("Make the head"), _head, HeadForm, offered=_is_no_head),
        _of_household("relation", _("Correct the relation"), _relation, RelationForm, offered=_is_no_head),
        Verb(
            "reinstate",
            _("Take back a wrong leaving"),
            "households.reinstate_member",
            run=_reinstate,
            form=ReinstateForm,
            offered=_has_left,
            icon="undo",
            version=_left_version,
            intro=_(
                "Only for a death or another leaving that never happened: the person counts in the household as if "
                "never gone. Who did leave and is back is taken back into a household instead."
            ),
        ),
        Verb(
            "take-back",
            _("Take back into a household"),
            "households.change_members",
            run=_take_back,
            form=TakeBackForm,
            offered=_may_come_back,
            icon="group_add",
            intro=_("For somebody who left and is back: the same person, in a new membership from that day on."),
        ),
        Verb(
            "offer",
            _("Offer to another county"),
            "households.offer_transfer",
            run=_offer,
            form=OfferPersonForm,
            offered=_is_no_head,
            icon="outgoing_mail",
            version=_household_version,
            intro=_(
                "Nothing changes here until the other county has chosen a household. Until then it learns the name, "
                "the sex, the day and the reason, and no number."
            ),
        ),
        Verb(
            "record-year",
            _("Record a year"),
            "households.record_year",
            run=_record_year,
            form=PersonYearForm,
            icon="event",
            facts=_year_facts,
        ),
        RECORD_WORK,
        reveal("document", _("Show the document number"), "households.reveal", _document, offered=_has_document),
        reveal("phone", _("Show the telephone"), "households.reveal", _phone, offered=_has_phone),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        return persons_visible_to(actor_at(request))

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if not self.has_change_permission(request, obj):
            return (*self.readonly_fields, *_READABLE)
        return (*self.readonly_fields, *_AMENDABLE, "document_number", "phone", "reason")

    @admin.display(description=_("Document number"))
    def document_masked(self, person: Person) -> str:
        """Show the mask; in full it takes a right and a reason."""
        return masked(person.document_sealed, Purpose.DOCUMENT, tenant_id=person.tenant_id)

    @admin.display(description=_("Telephone"))
    def phone_masked(self, person: Person) -> str:
        """Show the mask; in full it takes a right and a reason."""
        return masked(person.phone_sealed, Purpose.PHONE, tenant_id=person.tenant_id)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> Person:
        changes = {name: values[name] for name in _AMENDABLE}
        if values.get("document_number"):
            changes = {"number": values["number"], "name": values["name"], "document_number": values["document_number"]}
        changes |= {"phone": values["phone"]} if values.get("phone") else {}
        return save_or_propose_person(
            record.pk, cast("PersonChanges", changes), actor=actor, version=version, reason=values["reason"]
        )
