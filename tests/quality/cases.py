"""Households written row by row for the examples of rules: a sound one, with what an example changes.

The rows are written past the domain on purpose: what it refuses today may stand on file since an import of years ago.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from assistance.models import Measure
from dossiers.enums import CaseState
from dossiers.models import MonitoringCase
from households.models import (
    Household,
    HouseholdYear,
    Membership,
    MonitoringSpell,
    Person,
    PersonYear,
    Visit,
    WorkRecord,
)
from quality.definitions import Rule
from quality.enums import RuleObject
from registry.crypto import Purpose, blind_index, seal
from registry.tenancy.context import current_tenant_id
from villages.models import Village, VillageYear

ON: Final = date(2024, 6, 1)
YEAR: Final = 2024
EXAMPLES: Final = Path(__file__).parent / "examples"
Example = dict[str, Any]

_MEMBERS: Final[dict[str, tuple[dict[str, Any], dict[str, Any]]]] = {
    "head": ({"relation_code": "01", "sex_code": "1", "birth_on": "1980-03-01"}, {}),
    "spouse": ({"relation_code": "02", "sex_code": "2", "birth_on": "1982-03-01"}, {}),
    "person": ({"relation_code": "03", "sex_code": "1", "birth_on": "2001-03-01"}, {}),
}
_SOUND_YEAR: Final = {
    "education_code": "4",
    "school_code": "",
    "health_codes": ["1"],
    "skill_code": "1",
    "has_basic_medical": True,
    "has_serious_illness_cover": True,
}
# What the form of a visit asks of a member beyond what a roster has.
_COLLECTED: Final = {
    "has_employee_medical": False,
    "has_resident_pension": True,
    "has_employee_pension": False,
    "works_abroad": False,
    "receives_medical_assistance": False,
    "minimum_living_allowance_code": "0",
    "special_support_code": "0",
}
_SOUND_HOUSEHOLD_YEAR: Final = {
    "is_declared": True,
    "source": "花名册",
    "net_per_head_yuan": 12000,
    "safe_water": True,
    "dangerous_housing": False,
}
_SOUND_VISIT: Final = {
    "has_sanitary_toilet": True,
    "cropland_mu": 5,
    "woodland_mu": 0,
    "pasture_mu": 0,
    "water_mu": 0,
    "returned_forest_mu": 0,
    "orchard_mu": 0,
    "entry_road_code": "3",
    "housing_area_m2": 90,
    "road_distance_km": 1,
    "has_broadcast": True,
    "has_household_power": True,
    "fuel_code": "4",
    "persons_at_end": 3,
    "persons_at_start": 3,
    "irrigated_mu": 0,
    "has_production_power": True,
    "has_water_difficulty": False,
    "water_source_code": "1",
    "house_structure_code": "1",
}
_SOUND_VILLAGE_YEAR: Final = {
    "has_road": True,
    "has_water": True,
    "has_electricity": True,
    "has_telephone": True,
    "has_internet": True,
    "has_technology": True,
    "has_education": True,
    "has_culture": True,
    "has_health": True,
    "has_social_security": True,
    "collective_income_yuan": 80000,
}
_CLASSES: Final = (
    "wage_income_yuan",
    "business_income_yuan",
    "property_income_yuan",
    "transfer_income_yuan",
    "business_cost_yuan",
)
# A text column that is emptied stays a text; every other one becomes unknown.
_TEXTS: Final = ("_code", "source", "employer", "work_place", "group_name", "reason")


@dataclass
class Case:
    """The rows of one example; the serial number keeps those of several apart."""

    serial: int
    village: Village
    household: Household
    members: dict[str, Person] = field(default_factory=dict)
    other: Household | None = None

    def subject(self, rule: Rule, of: str) -> UUID:
        """Give the id of what the rule is about."""
        if rule.object == RuleObject.PERSON:
            return self.members[of].pk
        if rule.object == RuleObject.VILLAGE:
            return self.village.pk
        return self.other.pk if of == "other" and self.other else self.household.pk


@cache
def examples() -> dict[str, tuple[Example, Example]]:
    """Give each rule's example that breaks it and the one that does not, by the rule's code."""
    found = {}
    for path in sorted(EXAMPLES.glob("*.toml")):
        for code, pair in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[code] = (pair["breaks"], pair["keeps"])
    return found


def written(example: Example, *, serial: int = 0) -> Case:
    """Write a sound household of three in a sound village of its own, changed as the example says."""
    code = village_code(serial)
    village = Village.objects.create(
        code=code, scope_code=code, name="示例村", **_values({"natural_village_count": 3} | example.get("village", {}))
    )
    if not example.get("no_village_year"):
        values = _SOUND_VILLAGE_YEAR | example.get("village_year", {})
        year = example.get("village_facts_year", YEAR)
        VillageYear.objects.create(village=village, scope_code=code, year=year, **_values(values))
    case = Case(serial, village, _household(village, serial, example))
    _assistance(case.household, example)
    for number, (name, (person, year)) in enumerate(_MEMBERS.items(), start=1):
        if name not in example.get("without", []):
            case.members[name] = _member(case, name, number, person, year, example)
    for number in range(example.get("more", 0)):
        grown = {"relation_code": "03", "sex_code": "1", "birth_on": f"{1999 + number}-03-01"}
        _member(case, f"more_{number}", len(_MEMBERS) + 1 + number, grown, {}, example)
    if "other_household" in example:
        same = example["other_household"]["same_phone"]
        case.other = _plain_household(village, number=f"549902{serial:08}", phone=_phone(serial, 1 if same else 2))
    return case


def village_code(serial: int) -> str:
    """Give the code of a case's village: the first is that of all tests."""
    return f"549901{100 + serial // 700:03}{200 + serial % 700:03}"


def _assistance(household: Household, example: Example) -> None:
    for measure in example.get("measures", []):
        values = {"starts_on": date(2024, 1, 1)} | measure
        Measure.objects.create(household=household, scope_code=household.scope_code, **_values(values))
    if "monitored_on" in example:
        removed = example.get("removed", {})
        MonitoringSpell.objects.create(
            household=household,
            scope_code=household.scope_code,
            category_code="1",
            starts_on=example["monitored_on"] or None,
            starts_precision="day" if example["monitored_on"] else "",
            ends_on=removed.get("on"),
            end_code=removed.get("code", ""),
        )
    if "case" in example:
        days = ("lead_on", "due_on", "confirmed_on", "measures_due_on", "development_due_on", "removable_on")
        MonitoringCase.objects.create(
            household=household,
            scope_code=household.scope_code,
            state=CaseState.CONFIRMED,
            lead_channel_code="2",
            category_code="1",
            **dict.fromkeys(days, example["monitored_on"]),
            **example["case"],
        )


def _household(village: Village, serial: int, example: Example) -> Household:
    given = dict(example.get("household", {}))
    monitoring = given.pop("monitoring", "none")
    known_phone = given.pop("phone", True)
    values = {"status": "lifted", "attribute_code": "1", "main_cause_code": "01", "standard_code": "1"} | given
    household = _plain_household(
        village,
        number=f"549901{serial:08}",
        phone=_phone(serial, 1 if known_phone else None),
        monitoring_state=monitoring,
        monitoring_code="" if monitoring == "none" else "1",
        **_values(values),
    )
    year = _SOUND_HOUSEHOLD_YEAR | (_SOUND_VISIT if example.get("visited") else {}) | example.get("household_year", {})
    if "classes" in year:
        year |= {**_computed(year), "is_declared": False}
    visit = None
    if example.get("visited"):
        visit = Visit.objects.create(
            household=household, scope_code=village.code, year=YEAR, visited_on=ON, collector_name="示例", source="入户"
        )
    if not example.get("no_household_year"):
        known = {"year": example.get("facts_year", YEAR), "visit": visit} | _values(year)
        HouseholdYear.objects.create(household=household, scope_code=village.code, **known)
    return household


def _plain_household(village: Village, *, number: str, phone: dict[str, bytes], **values: Any) -> Household:
    stated = {"status": "lifted", "group_name": "一组", "identified_on": date(2016, 1, 1)} | values
    return Household.objects.create(
        village=village,
        scope_code=village.code,
        number=number,
        **phone,
        identified_precision="day" if stated["identified_on"] else "",
        **stated,
    )


def _computed(year: dict[str, Any]) -> dict[str, Any]:
    wage, business, owned, transfer, cost = (Decimal(value) for value in year.pop("classes"))
    net = (wage + business + owned + transfer - cost) / year["person_count"]
    return {
        **dict(zip(_CLASSES, (wage, business, owned, transfer, cost), strict=True)),
        "net_per_head_yuan": net.quantize(Decimal("0.01")),
        "period_start": date(2023, 10, 1),
        "period_end": date.fromisoformat(year.get("period_end", "2024-10-01")),
    }


def _member(
    case: Case, name: str, number: int, person: dict[str, Any], year: dict[str, Any], example: Example
) -> Person:
    household, code = case.household, case.village.code
    given = person | example.get(name, {})
    if name == "person" and "age" in example:
        given["birth_on"] = date(YEAR - example["age"], ON.month, ON.day)
    relation, phone = given.pop("relation_code"), given.pop("phone", None)
    is_placeholder = given.pop("is_placeholder", False)
    document = {} if is_placeholder else _document(case.serial, number)
    precision = "day" if given.get("birth_on") else ""
    row = Person.objects.create(
        scope_code=code,
        name=f"示例人{number}",
        is_placeholder=is_placeholder,
        birth_precision=precision,
        **document,
        **_phone(case.serial, phone),
        **_values({"document_code": "1"} | given),
    )
    Membership.objects.create(household=household, person=row, scope_code=code, relation_code=relation)
    if not example.get(f"no_{name}_year"):
        collected = _COLLECTED if example.get("collected") and name == "person" else {}
        facts = _SOUND_YEAR | collected | year | example.get(f"{name}_year", {})
        known_year = example.get("facts_year", YEAR) if name == "person" else YEAR
        PersonYear.objects.create(person=row, scope_code=code, year=known_year, **_values(facts))
    if name == "person" and "work" in example:
        work = {"starts_on": date(2024, 2, 1)} | example["work"]
        WorkRecord.objects.create(person=row, scope_code=code, year=YEAR, **_values(work))
    return row


def _document(serial: int, number: int) -> dict[str, bytes]:
    text = f"5499{serial:04}800101{number:03}X"
    tenant_id = current_tenant_id()
    return {
        "document_sealed": seal(text, Purpose.DOCUMENT, tenant_id=tenant_id),
        "document_index": blind_index(text, Purpose.DOCUMENT),
    }


def _phone(serial: int, number: int | None) -> dict[str, bytes]:
    if number is None:
        return {}
    text = f"179{serial:04}{number:04}"
    return {
        "phone_sealed": seal(text, Purpose.PHONE, tenant_id=current_tenant_id()),
        "phone_index": blind_index(text, Purpose.PHONE),
    }


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """Give the columns with their values; an emptied one is unknown, but for texts."""
    unknown = {name: None for name, value in given.items() if value == "" and not name.endswith(_TEXTS)}
    return given | unknown
