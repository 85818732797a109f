"""Rows of households and members for REST, each list by one query."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from households.enums import (
    AT_RISK,
    ENDED_AT_RISK,
    HEAD_RELATION,
    NOT_LIFTED,
    ON_REGISTER,
    STOCK_OF_STATUS,
    HouseholdStatus,
    Stock,
)
from households.models import Household, HouseholdSpell, HouseholdTie, HouseholdYear, Membership, Person, PersonYear
from households.queries.history import went_at_risk
from households.queries.monitoring import monitoring_shown, with_monitoring_end
from registry.crypto import Purpose, unseal
from registry.lib.gbcode import check_code, subtree
from registry.lib.periods import today
from registry.lib.text import masked_account, masked_document, masked_phone
from villages.models import Village

Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")

HEAD_NAME: Final = "present_head_name"
VILLAGE_NAME: Final = "stated_village_name"
MONITORING: Final = "monitoring_state"
HOUSEHOLD_COLUMNS: Final = (
    "id",
    "number",
    "group_name",
    "address",
    "status",
    "standard_code",
    "attribute_code",
    "main_cause_code",
    "other_cause_codes",
    "identified_on",
    "identified_precision",
    "is_servicemans_family",
    "planned_lifting_year",
    "monitoring_state",
    "monitoring_code",
    "version",
    "updated_at",
)
_MEMBER_COLUMNS: Final = (
    "id",
    "household_id",
    "person_id",
    "relation_code",
    "starts_on",
    "starts_precision",
    "start_reason_code",
    "ends_on",
    "end_reason_code",
)
_OF_PERSON: Final = (
    "number",
    "name",
    "sex_code",
    "birth_on",
    "birth_precision",
    "document_code",
    "is_placeholder",
    "version",
)


def household_rows(rows: "QuerySet[Household]") -> "QuerySet[Any, Any]":
    """Give the plain columns of households with code and name of their village."""
    stored = [name for name in HOUSEHOLD_COLUMNS if name != MONITORING]
    found: QuerySet[Any, Any] = with_monitoring_end(rows).values(
        *stored, village_code=F("village__code"), village_name=F("village__name")
    )
    shown: QuerySet[Any, Any] = found.annotate(**{MONITORING: monitoring_shown()})
    return shown


def with_head_name(rows: "QuerySet[Household]") -> "QuerySet[Household]":
    """Add to each household the name of its head of today, as `HEAD_NAME`."""
    heads = Membership.objects.filter(
        household_id=OuterRef("id"), tenant_id=OuterRef("tenant_id"), relation_code=HEAD_RELATION, ends_on__isnull=True
    )
    return rows.annotate(**{HEAD_NAME: Subquery(heads.values("person__name")[:1])})


def with_village_name(rows: Rows) -> Rows:
    """Add to each row that states a village by its code the village's name, as `VILLAGE_NAME`."""
    villages = Village.objects.filter(code=OuterRef("village_code"), tenant_id=OuterRef("tenant_id"))
    named: Rows = rows.annotate(**{VILLAGE_NAME: Subquery(villages.values("name")[:1])})
    return named


def member_rows(rows: "QuerySet[Membership]") -> "QuerySet[Any, Any]":
    """Give memberships with their persons; the sealed numbers are there for `masked_member`."""
    person = {f"person_{name}": F(f"person__{name}") for name in _OF_PERSON}
    sealed = {f"{name}_sealed": F(f"person__{name}_sealed") for name in ("document", "phone")}
    found: QuerySet[Any, Any] = rows.values(*_MEMBER_COLUMNS, **person, **sealed, tenant_number=F("tenant_id"))
    return found


def masked_member(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row of `member_rows` with masks in place of the sealed numbers."""
    shown = {name: value for name, value in row.items() if name not in {"document_sealed", "phone_sealed"}}
    tenant_id = shown.pop("tenant_number")
    return shown | {
        "document_masked": masked(row["document_sealed"], Purpose.DOCUMENT, tenant_id=tenant_id),
        "phone_masked": masked(row["phone_sealed"], Purpose.PHONE, tenant_id=tenant_id),
    }


def household_detail(household: Household) -> dict[str, Any]:
    """Give one household with masks and its yearly facts; `household.village` is read with it."""
    tenant_id = household.tenant_id
    years = HouseholdYear.objects.filter(household=household).order_by("-year")
    row = {name: getattr(household, name) for name in HOUSEHOLD_COLUMNS}
    if household.status == HouseholdStatus.CLOSED and went_at_risk(household):
        row[MONITORING] = ENDED_AT_RISK
    return row | {
        "village_code": household.village.code,
        "village_name": household.village.name,
        "phone_masked": masked(household.phone_sealed, Purpose.PHONE, tenant_id=tenant_id),
        "account_masked": masked(household.account_sealed, Purpose.ACCOUNT, tenant_id=tenant_id),
        "bank_name": household.bank_name,
        "is_to_be_lifted_this_year": is_to_be_lifted(household),
        "return_cause_code": cause_of_return(household),
        "years": _facts(years.values()),
        "ties": list(
            HouseholdTie.objects.filter(household=household)
            .order_by("effective_on", "id")
            .values("kind", "other_number", "other_county_code", "effective_on")
        ),
    }


def is_to_be_lifted(household: Household) -> bool:
    """Tell whether a household that is not lifted is planned to be this year."""
    return household.status in NOT_LIFTED and household.planned_lifting_year == today().year


def to_be_lifted(rows: "QuerySet[Household]", year: int) -> "QuerySet[Household]":
    """Narrow households to those not lifted that are planned to be in a year."""
    return rows.filter(planned_lifting_year=year, status__in=sorted(NOT_LIFTED))


def cause_of_return(household: Household) -> str:
    """Give the code of why the household returned to poverty the last time, where it was told."""
    told = HouseholdSpell.objects.filter(household=household, status=HouseholdStatus.RETURNED).order_by("-starts_on")
    return told.values_list("cause_code", flat=True).first() or ""


def household_year_rows(household: Household) -> "QuerySet[Any, Any]":
    """Give the yearly facts of a household, a row each."""
    names = [one.attname for one in HouseholdYear._meta.concrete_fields if one.attname not in _HIDDEN - {"id"}]
    found: QuerySet[Any, Any] = HouseholdYear.objects.filter(household=household).order_by("id").values(*names)
    return found


def latest_years(household: Household, most: int) -> list[HouseholdYear]:
    """Give the yearly facts of a household of the last years on file, the latest first."""
    return list(HouseholdYear.objects.filter(household=household).order_by("-year")[:most])


def person_year_rows(person: Person) -> "QuerySet[Any, Any]":
    """Give the yearly facts of a person with the visit that told each."""
    names = [one.attname for one in PersonYear._meta.concrete_fields if one.attname not in _HIDDEN - {"id"}]
    rows = PersonYear.objects.filter(person=person).order_by("id")
    found: QuerySet[Any, Any] = rows.annotate(**_OF_VISIT).values(*names, *_OF_VISIT)
    return found


def person_years(person_id: UUID) -> list[dict[str, Any]]:
    """Give the yearly facts of a person with the visit that told them, the latest first."""
    rows = PersonYear.objects.filter(person=person_id).order_by("-year").annotate(**_OF_VISIT)
    return _facts(rows.values())


def person_detail(person: Person) -> dict[str, Any]:
    """Give one person with the marks of a disability certificate and the yearly facts."""
    return {
        "id": person.id,
        "version": person.version,
        "disability_category_code": person.disability_category_code,
        "disability_grade_code": person.disability_grade_code,
        "years": person_years(person.id),
    }


def household_year_facts(household: Household, year: int) -> dict[str, Any]:
    """Give what is on file for a year of the household; a net income that follows from the classes is left out."""
    facts = (_facts(HouseholdYear.objects.filter(household=household, year=year).values()) or [{}])[0]
    return facts if facts.get("is_declared") else {**facts, "net_per_head_yuan": None}


def person_year_facts(person: Person, year: int) -> dict[str, Any]:
    """Give what is on file for a year of the person."""
    return (_facts(PersonYear.objects.filter(person=person, year=year).values()) or [{}])[0]


def masked(sealed: bytes | memoryview | None, purpose: Purpose, *, tenant_id: int) -> str:
    """Show a sealed value as its mask; an unknown one as nothing."""
    if sealed is None:
        return ""
    text = unseal(sealed, purpose, tenant_id=tenant_id)
    return _MASKS[purpose](text)


def in_stock(rows: "QuerySet[Household]", stock: str) -> "QuerySet[Household]":
    """Narrow households to those that one of the three stocks holds now."""
    if stock == Stock.MONITORED:
        return rows.filter(monitoring_state__in=sorted(AT_RISK), status__in=sorted(ON_REGISTER))
    return rows.filter(status__in=[status for status, held in STOCK_OF_STATUS.items() if held == stock])


def in_division(rows: Rows, code: str) -> Rows:
    """Narrow rows to those of a division and all below it, by code range.

    Raises: DomainError `division.malformed`.
    """
    within = subtree(check_code(code, field="division"))
    narrowed: Rows = rows.filter(scope_code__gte=within.lo, scope_code__lt=within.hi)
    return narrowed


_MASKS: Final = {
    Purpose.DOCUMENT: masked_document,
    Purpose.PHONE: masked_phone,
    Purpose.ACCOUNT: masked_account,
}
# What a year inherits from its visit.
_OF_VISIT: Final = {
    "visited_on": F("visit__visited_on"),
    "visit_source": F("visit__source"),
    "collector_name": F("visit__collector_name"),
    "period_start": F("visit__period_start"),
    "period_end": F("visit__period_end"),
}
_HIDDEN: Final = frozenset({"id", "tenant_id", "scope_code", "household_id", "person_id"})


def _facts(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name not in _HIDDEN} for row in rows]
