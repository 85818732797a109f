"""Columns of the member form in a roster: what is kept, what is left out with a warning, what ends what was on file."""

from decimal import Decimal

import pytest

from exchange.sheets.columns import LENIENT
from households.models import Person, PersonYear
from registry.tenancy.context import Actor
from tests.exchange.rosters import Cells, applied, checked, csv_of, head, spouse, verdicts, warnings

FORM: Cells = {
    "dropout_reason": "厌学",
    "disability_card_year": "2016年",
    "employer": "示例企业",
    "employment_channel": "外出务工",
    "works_abroad": "否",
    "public_post": "护林员",
    "public_post_months": "6",
    "minimum_living_allowance": "是",
    "special_support": "否",
    "has_employee_medical": "否",
    "has_commercial_medical": "是",
    "receives_medical_assistance": "是",
    "receives_other_health_support": "否",
    "has_resident_pension": "是",
    "has_employee_pension": "否",
    "receives_accident_subsidy": "否",
    "is_in_military_service": "否",
    "is_unsupported_child": "否",
    "graduate_unemployed_reason": "待业",
}
KEPT = {
    "dropout_reason_code": "3",
    "disability_card_year": 2016,
    "employer": "示例企业",
    "employment_channel_code": "1",
    "works_abroad": False,
    "public_post_code": "01",
    "public_post_months": Decimal("6.0"),
    "minimum_living_allowance_code": "1",
    "special_support_code": "0",
    "has_employee_medical": False,
    "has_commercial_medical": True,
    "receives_medical_assistance": True,
    "receives_other_health_support": False,
    "has_resident_pension": True,
    "has_employee_pension": False,
    "receives_accident_subsidy": False,
    "is_in_military_service": False,
    "is_unsupported_child": False,
    "graduate_unemployed_reason": "待业",
}


def year_of(name: str) -> PersonYear:
    return PersonYear.objects.get(person__name=name)


def test_roster_brings_every_column_of_the_member_form(office: Actor) -> None:
    applied(csv_of(head(**FORM), spouse()), office)

    row = year_of("央金罗布")
    assert {name: getattr(row, name) for name in KEPT} == KEPT


def test_roster_reads_the_marks_from_the_number_when_it_is_a_disability_certificate(office: Actor) -> None:
    applied(csv_of(head(document_number=f"{head()['document_number']}42"), spouse()), office)

    found = Person.objects.order_by("name").values_list("name", "disability_category_code", "disability_grade_code")
    assert list(found) == [("央金罗布", "4", "2"), ("普布曲珍", "", "")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # Codes of the levels, as the national table holds them, and a township in words.
        ({"work_prefecture": "549900", "work_division": "549901000000", "work_township": "示例乡"},
         ("549901000000", "示例地区示例县示例乡")),
        # Names; a county's name is looked for below what stands above it.
        ({"work_prefecture": "示例地区", "work_division": "示例县"}, ("549901000000", "示例地区示例县")),
        ({"work_prefecture": "示例地区", "work_place": "示例工地"}, ("549900000000", "示例工地")),
        ({"work_prefecture": "示例地区", "works_abroad": "是"}, ("", "示例地区")),
        ({"work_township": "549901100000"}, ("549901000000", "示例县")),
    ],
)  # fmt: skip
def test_roster_brings_the_place_of_work_by_level(office: Actor, cells: Cells, expected: tuple[str, str]) -> None:
    applied(csv_of(head(**cells), spouse()), office)

    row = year_of("央金罗布")
    assert (row.work_division_code, row.work_place) == expected


def test_county_of_work_is_left_out_with_a_warning_when_it_lies_elsewhere(office: Actor) -> None:
    batch = checked(csv_of(head(work_prefecture="示例地区", work_division="另一区"), spouse()), office)

    assert warnings(batch) == [(3, "work_division", "person_value.unknown")]


@pytest.mark.parametrize("column", sorted(LENIENT))
def test_cell_is_left_out_with_a_warning_when_it_cannot_be_read(office: Actor, column: str) -> None:
    batch = checked(csv_of(head(**{column: "读不懂"}), spouse()), office)

    assert set(verdicts(batch).values()) == {"new"}
    assert warnings(batch) == [(3, column, "person_value.unknown")]


@pytest.mark.parametrize(
    ("cells", "found", "kept"),
    [
        ({"education": "初中", "school": "七年级"}, ("education", "education.of_student"), ("", "21", ["1"])),
        ({"education": "初中", "school": "非在校生"}, None, ("3", "00", ["1"])),
        ({"health": "健康,长期慢性病"}, ("health", "health.healthy_and_ill"), ("", "", ["2"])),
    ],
)
def test_roster_keeps_school_and_illness_when_a_row_states_both(
    office: Actor, cells: Cells, found: tuple[str, str] | None, kept: tuple[str, str, list[str]]
) -> None:
    batch = applied(csv_of(head(**cells), spouse()), office)

    row = year_of("央金罗布")
    assert (row.education_code, row.school_code, row.health_codes) == kept
    assert warnings(batch) == ([(3, *found)] if found else [])


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ({"education": "初中"}, {"school": "普通高中一年级"}, ("", "31")),
        ({"school": "九年级"}, {"education": "初中"}, ("3", "")),
        ({"education": "初中"}, {}, ("3", "")),
    ],
)
def test_later_roster_ends_what_cannot_be_true_beside_it(
    office: Actor, first: Cells, second: Cells, kept: tuple[str, str]
) -> None:
    applied(csv_of(head(**first), spouse()), office)

    applied(csv_of(head(**second), spouse()), office)

    row = year_of("央金罗布")
    assert (row.education_code, row.school_code) == kept
