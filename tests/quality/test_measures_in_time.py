"""Rules that compare measures with income, or with the day on which monitoring began, ask the same time of both."""

from typing import Any, Final

import pytest

from quality.domain.running import run_rules
from quality.models import Finding
from registry.tenancy.context import Actor
from tests.quality.cases import ON, written

JOB: Final = {"category_code": "40", "item_code": "4001", "is_development": True, "state_code": "1"}
SAFEGUARD: Final = {"category_code": "48", "item_code": "4801", "is_development": False, "state_code": "1"}
BUSINESS: Final = {"category_code": "39", "item_code": "", "is_development": True, "state_code": "1"}
POST: Final = {"category_code": "42", "item_code": "", "is_development": True, "state_code": "1"}
# Income of the twelve months before October 2024, without the class that the measure would bring.
NO_WAGES: Final = {"person_count": 3, "classes": [0, 30000, 0, 30000, 0]}
NO_TRANSFERS: Final = {"person_count": 3, "classes": [30000, 30000, 0, 0, 0]}
NO_BUSINESS: Final = {"person_count": 3, "classes": [30000, 0, 0, 30000, 0]}
MONITORED: Final = {"household": {"monitoring": "identified"}, "monitored_on": "2023-11-01"}


def broken(actor: Actor, codes: set[str], **example: Any) -> set[str]:
    """Write the example, run the rules, and give which of the codes it breaks."""
    written(example)
    run_rules(actor=actor, on=ON)
    return set(Finding.objects.filter(rule_code__in=codes).values_list("rule_code", flat=True))


@pytest.mark.parametrize(
    ("code", "measure", "income"),
    [
        ("R54-01", JOB, NO_WAGES),
        ("R54-02", SAFEGUARD, NO_TRANSFERS),
        ("R54-03", BUSINESS, NO_BUSINESS),
        ("R54-04", POST, NO_WAGES),
    ],
)
@pytest.mark.parametrize(
    ("period", "is_doubted"),
    [
        ({"starts_on": "2023-09-01"}, True),
        ({"starts_on": "2023-09-01", "ends_on": "2023-10-02"}, True),
        ({"starts_on": "2023-09-01", "ends_on": "2023-10-01"}, False),
        ({"starts_on": "2024-01-01", "ends_on": "2024-01-01"}, False),
        ({"starts_on": None, "state_code": "0"}, False),
    ],
    ids=["under way", "ended within", "ended before", "taken back", "not begun"],
)
def test_income_is_doubted_when_the_measure_was_under_way_in_its_months(
    office: Actor, code: str, measure: dict[str, Any], income: dict[str, Any], period: dict[str, Any], is_doubted: bool
) -> None:
    found = broken(office, {code}, measures=[measure | period], household_year=income)

    assert found == ({code} if is_doubted else set())


def test_income_is_not_doubted_when_the_measure_came_after_its_months(office: Actor) -> None:
    income = NO_WAGES | {"period_end": "2024-01-01"}

    found = broken(office, {"R54-01"}, measures=[JOB | {"starts_on": "2024-01-01"}], household_year=income)

    assert found == set()


def test_income_is_not_doubted_when_what_is_known_of_a_member_is_of_another_year(office: Actor) -> None:
    example = {"person_year": {"minimum_living_allowance_code": "1"}, "household_year": NO_TRANSFERS}
    same, other = (written(example, serial=serial) for serial in range(2))
    other.household.years.update(year=2023)

    run_rules(actor=office, on=ON)

    found = Finding.objects.filter(rule_code="R54-05").values_list("household_id", flat=True)
    assert list(found) == [same.household.pk]


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ([], {"R50-01"}),
        ([SAFEGUARD | {"starts_on": "2023-12-01", "ends_on": "2024-03-01"}], {"R50-02"}),
        ([JOB | {"starts_on": "2023-12-01", "ends_on": "2024-03-01"}], set()),
        ([JOB | {"starts_on": "2023-01-01", "ends_on": "2023-11-01"}], {"R50-01"}),
        ([JOB | {"starts_on": "2023-12-01", "ends_on": "2023-12-01"}], {"R50-01"}),
    ],
    ids=["none", "ended safeguard", "ended job", "ended before", "taken back"],
)
def test_household_is_found_without_measure_when_none_was_under_way_since(
    office: Actor, measures: list[dict[str, Any]], expected: set[str]
) -> None:
    assert broken(office, {"R50-01", "R50-02"}, **MONITORED, measures=measures) == expected
