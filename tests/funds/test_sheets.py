"""Lines of a payment list that come as a file: read by headings, with what is wrong by row and column."""

import io
from decimal import Decimal

import openpyxl
import pytest

from funds.domain.lines import LineDraft, add_lines
from funds.domain.lists import make_list
from funds.models import PaymentLine
from funds.sheets.lines import SheetLine, read_lines
from households.models import Membership
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from tests.factories.funds import allocation, budget, programme
from tests.factories.households import registered

NUMBER = "54990189500001"


def workbook(*rows: list[object]) -> bytes:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(stream)
    return stream.getvalue()


def test_lines_are_read_below_a_title_without_totals_and_empty_rows() -> None:
    content = workbook(
        ["某县补助发放清册"],
        ["序号", "户编号", "姓名", "金额（元）", "备注"],
        [1, NUMBER, "甲", 1350.5, "合计两月"],
        [],
        ["合计", None, None, 1350.5],
        [None, "小 计", None, 1350.5],
    )

    assert read_lines(content) == [SheetLine(3, NUMBER, Decimal("1350.50"), "", "甲")]


def test_cells_that_cannot_be_read_are_named_by_row_and_column() -> None:
    content = f"户编号,金额\n{NUMBER},zwei\n,5\n{NUMBER},3\n".encode()

    with pytest.raises(DomainError) as refused:
        read_lines(content)
    with pytest.raises(DomainError) as headless:
        read_lines(b"1,2\n3,4\n")

    assert (refused.value.field, headless.value.code) == ("file", "lines.headings")
    assert "row 2, amount: This is not an amount" in str(refused.value)
    assert "row 3, household number: the number of the household is missing." in str(refused.value)


def test_names_of_a_file_guard_against_a_mistyped_number_and_name_the_person(office: Actor) -> None:
    home, other = registered(), registered()
    person = Membership.objects.select_related("person").filter(household=home).latest("id").person
    money = budget(office)
    homes, persons = programme(office), programme(office, payee="person", name="示例个人补助")
    of_homes = make_list(homes.pk, allocation(office, money, "500", to=homes).pk, period="2021",
                         stated_yuan=Decimal(1), stated_count=1, actor=office)  # fmt: skip
    of_persons = make_list(persons.pk, allocation(office, money, "500", to=persons).pk, period="2021",
                           stated_yuan=Decimal(1), stated_count=1, actor=office)  # fmt: skip
    right = LineDraft(household_number=home.number, amount_yuan=Decimal(1), person_name=person.name, row=2)
    wrong = LineDraft(household_number=other.number, amount_yuan=Decimal(1), person_name="某无名", row=3)

    with pytest.raises(DomainError) as refused:
        add_lines(of_homes.pk, [right, wrong], actor=office)
    add_lines(of_homes.pk, [right], actor=office)
    (line,) = add_lines(of_persons.pk, [right], actor=office)

    assert (refused.value.field, "row 3, name: nobody of this name" in str(refused.value)) == ("file", True)
    assert (line.person_id, PaymentLine.objects.get(payment_list=of_homes).person_id) == (person.pk, None)
