"""Forms from their receipt to their end: what the register fills, what is left, what it refuses."""

import io
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from households.models import Household
from oneform.domain.filling import filled_form
from oneform.domain.forms import FormDraft, close_form, count_form, map_column, mark_part, receive_form, reopen_form
from oneform.domain.reading import headings_of
from oneform.models import FormColumn, FormPart, FormRequest
from oneform.queries.forms import (
    burden_of,
    columns_asked,
    county_pictures,
    fields_by_village,
    find_form,
    part_sums,
    parts_of,
    village_sums,
)
from oneform.queries.lacking import lacking_in
from periods.domain.freezing import empty_snapshot
from periods.enums import SnapshotPurpose
from periods.models import Snapshot
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import Month, today
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.sampling.ground import picture

LABELS = ("序号", "行政村", "户编号", "户主姓名", "主要致贫原因", "民族", "是否安装光伏")


def form(actor: Actor, labels: Iterable[str] = LABELS, **values: Any) -> FormRequest:
    """Enter a form about households."""
    draft: dict[str, Any] = {
        "title": "摸底表",
        "sender": "示例局",
        "received_on": date(2021, 2, 1),
        "due_on": None,
        "level": "household",
        "subjects": "all",
    }
    return receive_form(FormDraft(**{**draft, **values}, labels=tuple(labels)), actor=actor)


def homes() -> list[Household]:
    """Register three households in two townships; one has no cause on file in the picture."""
    return [
        registered(number="F1", village_code=VILLAGE_CODE),
        registered(number="F2", village_code=VILLAGE_CODE),
        registered(number="F3", village_code=FAR_VILLAGE_CODE, status="lifted"),
    ]


def counted(actor: Actor, **values: Any) -> FormRequest:
    """Count a form over the three households, of which two have a cause on file."""
    cause = {"main_cause_code": "01"}
    snapshot = picture(homes(), actor=actor, facts={"F1": cause, "F3": cause})
    return count_form(form(actor, **values).pk, snapshot.pk, actor=actor)


def uses(row: FormRequest) -> dict[str, tuple[str, str]]:
    """Give use and key by label."""
    return {one.label: (one.use, one.column_key) for one in columns_asked(row)}


def test_columns_are_matched_to_what_the_register_holds(office: Actor) -> None:
    assert uses(form(office)) == {
        "序号": ("held", "sequence"),
        "行政村": ("held", "village"),
        "户编号": ("held", "household_number"),
        "户主姓名": ("held", "head_name"),
        "主要致贫原因": ("held", "household_main_cause_code"),
        "民族": ("refused", ""),
        "是否安装光伏": ("by_hand", ""),
    }


@pytest.mark.parametrize(
    ("level", "label", "key"),
    [
        ("person", "姓名", "person_name"),
        ("household", "姓名", "head_name"),
        ("person", "证件号码", "person_document"),
        ("person", "与户主关系", "person_relation_code"),
        ("person", "文化程度", "person_education_code"),
        ("household", "人均纯收入(元)", "household_net_per_head_yuan"),
        ("household", "人均纯收入", "household_net_per_head_yuan"),
        ("household", "致贫原因1", "household_main_cause_code"),
        ("village", "总户数", "village_household_count"),
    ],
)
def test_usual_spellings_are_known(office: Actor, level: str, label: str, key: str) -> None:
    assert uses(form(office, [label], level=level)) == {label: ("held", key)}


@pytest.mark.parametrize(
    ("level", "label"),
    [
        ("household", "劳动力(人)"),
        ("household", "残疾人"),
        ("household", "用电"),
        ("household", "名称"),
        ("person", "妇女"),
        ("person", "低保人口"),
        ("village", "姓名"),
        ("village", "家庭人口数"),
        ("village", "户属性"),
        ("village", "特困供养"),
    ],
)
def test_a_figure_of_a_village_fills_no_household_nor_the_other_way_round(
    office: Actor, level: str, label: str
) -> None:
    assert uses(form(office, [label], level=level)) == {label: ("by_hand", "")}


def test_a_last_day_is_not_filled_with_the_day_after(office: Actor) -> None:
    assert uses(form(office, ["收入计算结束时间", "核算期截止日期"])) == {
        "收入计算结束时间": ("by_hand", ""),
        "核算期截止日期": ("by_hand", ""),
    }


def test_what_lies_in_no_picture_is_filled_by_hand(office: Actor) -> None:
    found = uses(form(office, ["务工所在地", "家庭住址"], level="person"))

    # Words that people typed and addresses lie in no picture.
    assert found == {"务工所在地": ("by_hand", ""), "家庭住址": ("by_hand", "")}


def test_what_is_said_once_is_remembered(office: Actor) -> None:
    first = form(office)
    map_column(first.pk, 7, "household_safe_water", is_remembered=True, actor=office)

    assert uses(form(office, ["是否安装光伏"], title="另一表")) == {"是否安装光伏": ("held", "household_safe_water")}


def test_what_was_taught_wrongly_is_taken_back(office: Actor) -> None:
    first = form(office, ["致贫原因", "是否安装光伏"])
    map_column(first.pk, 2, "household_safe_water", is_remembered=True, actor=office)

    map_column(first.pk, 2, "", is_remembered=True, actor=office)
    map_column(first.pk, 1, "", is_remembered=True, actor=office)

    again = form(office, ["致贫原因", "是否安装光伏"], title="另一表")
    assert uses(again) == {"致贫原因": ("by_hand", ""), "是否安装光伏": ("by_hand", "")}


def test_what_the_register_refuses_to_hold_is_mapped_to_nothing(office: Actor) -> None:
    row = form(office)

    with pytest.raises(DomainError) as refused:
        map_column(row.pk, 6, "household_number", is_remembered=True, actor=office)

    assert refused.value.code == "oneform.refused"


def test_a_column_that_is_none_is_refused(office: Actor) -> None:
    row = form(office)

    with pytest.raises(DomainError) as refused:
        map_column(row.pk, 7, "person_religion", is_remembered=False, actor=office)

    assert (refused.value.code, refused.value.field) == ("oneform.unknown_column", "column_key")


def test_each_village_sees_what_is_left_to_fill(office: Actor) -> None:
    row = counted(office)

    parts = {one.village_code: one for one in parts_of(row)}
    near, far = parts[VILLAGE_CODE], parts[FAR_VILLAGE_CODE]
    assert (near.row_count, near.filled_count, near.empty_count, near.by_hand_count) == (2, 9, 1, 2)
    assert (far.row_count, far.filled_count, far.empty_count, far.by_hand_count) == (1, 5, 0, 1)
    assert part_sums(row) == {"villages": 2, "done": 0, "rows": 3, "filled": 14, "empty": 1, "by_hand": 3}


def test_the_households_that_lack_a_cell_are_named(office: Actor) -> None:
    row = counted(office)
    parts = {one.village_code: one for one in parts_of(row)}

    found = lacking_in(row, parts[VILLAGE_CODE])

    assert [(one.household_id, one.number, one.column_keys) for one in found] == [
        (Household.objects.get(number="F2").pk, "F2", ("household_main_cause_code",))
    ]
    assert lacking_in(row, parts[FAR_VILLAGE_CODE]) == []


def test_a_form_about_some_names_none_of_the_others(office: Actor) -> None:
    row = counted(office, subjects="lifted")
    mark = FormPart(form=row, scope_code=VILLAGE_CODE, village_code=VILLAGE_CODE)

    assert lacking_in(row, mark) == []


def test_a_form_about_the_lifted_counts_them_alone(office: Actor) -> None:
    row = counted(office, subjects="lifted")

    assert {one.village_code: one.row_count for one in parts_of(row)} == {FAR_VILLAGE_CODE: 1}


def test_counting_anew_keeps_what_villages_said(office: Actor) -> None:
    row = counted(office)
    mark_part(parts_of(row)[0].pk, is_done=True, actor=office)

    count_form(row.pk, picture(Household.objects.filter(number="F3"), actor=office).pk, actor=office)

    assert [(one.row_count, one.done_on) for one in parts_of(row)] == [(0, today()), (1, None)]


def _sheet(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_filled_form_has_the_offices_columns_and_leaves_the_rest_blank(office: Actor) -> None:
    row = counted(office)

    name, rendered = filled_form(row.pk, VILLAGE_CODE, actor=office)

    rows = _sheet(rendered.content)
    head = next(place for place, cells in enumerate(rows) if tuple(cells) == LABELS)
    assert [(one[0], one[2], one[4], one[5], one[6]) for one in rows[head + 1 : head + 3]] == [
        (1, "F1", rows[head + 1][4], "", ""),
        (2, "F2", "", "", ""),
    ]
    assert (rows[head + 1][4] != "", name.startswith("摸底表")) == (True, True)


def test_documents_are_masked_unless_a_reason_is_given(office: Actor) -> None:
    row = counted(office, labels=["户编号", "户主证件号码"])

    masked = _sheet(filled_form(row.pk, FAR_VILLAGE_CODE, actor=office)[1].content)
    shown = _sheet(filled_form(row.pk, FAR_VILLAGE_CODE, reveal_reason="核对", actor=office)[1].content)

    cells = [next(cells[1] for cells in rows if cells[0] == "F3") for rows in (masked, shown)]
    assert ("*" in cells[0], "*" in cells[1], len(cells[1]) >= 18) == (True, False, True)


def test_a_team_may_not_see_documents_in_full(office: Actor) -> None:
    row = counted(office, labels=["户编号", "户主证件号码"])
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    with tenant_scope(team), pytest.raises(NotAllowed):
        filled_form(row.pk, FAR_VILLAGE_CODE, actor=team)


def test_a_form_that_was_not_counted_cannot_be_filled(office: Actor) -> None:
    with pytest.raises(Conflict) as refused:
        filled_form(form(office).pk, VILLAGE_CODE, actor=office)

    assert refused.value.code == "oneform.not_counted"


def test_a_form_whose_snapshot_was_removed_is_not_filled_with_nobody(office: Actor) -> None:
    asked = picture(homes(), actor=office, purpose=SnapshotPurpose.QUESTION)
    row = count_form(form(office).pk, asked.pk, actor=office)
    empty_snapshot(asked)
    asked.delete()

    with pytest.raises(Conflict) as refused:
        filled_form(row.pk, VILLAGE_CODE, actor=office)

    assert refused.value.code == "oneform.picture_gone"


def test_a_column_that_a_release_took_out_moves_no_other(office: Actor) -> None:
    row = counted(office, labels=["村民小组", "户编号", "主要致贫原因"])
    FormColumn.objects.filter(form=row, place=1).update(column_key="household_gone")

    rows = _sheet(filled_form(row.pk, FAR_VILLAGE_CODE, actor=office)[1].content)

    assert ["", "F3", "因病"] in [cells[:3] for cells in rows]


def test_headings_are_no_formulas_in_the_filled_sheet(office: Actor) -> None:
    row = counted(office, labels=["户编号", "=1+1"], title="=表/一")

    name, rendered = filled_form(row.pk, FAR_VILLAGE_CODE, actor=office)

    cells = [cell for line in load_workbook(io.BytesIO(rendered.content)).worksheets[0].iter_rows() for cell in line]
    assert ({cell.data_type for cell in cells} & {"f"}, "/" in name) == (set(), False)


def test_only_pictures_of_the_whole_county_are_offered(office: Actor) -> None:
    whole = picture([], actor=office)
    Snapshot(
        scope_code=f"{VILLAGE_CODE[:9]}000", purpose="question", as_of=whole.as_of, state="made", made_at=whole.made_at,
        checksum="0" * 64,
    ).save()  # fmt: skip

    assert [one.pk for one in county_pictures()] == [whole.pk]


def test_the_next_edition_keeps_what_columns_mean(office: Actor) -> None:
    first = form(office)
    map_column(first.pk, 7, "household_safe_water", is_remembered=False, actor=office)

    second = form(office, ["是否安装光伏", "户编号"], replaces_id=first.pk, title="")

    first.refresh_from_db()
    assert (second.title, second.edition) == ("摸底表", 2)
    assert (first.state, first.closed_on) == ("closed", today())
    with pytest.raises(Conflict) as replaced:
        reopen_form(first.pk, actor=office)
    assert replaced.value.code == "oneform.replaced"
    assert uses(second)["是否安装光伏"] == ("held", "household_safe_water")
    with pytest.raises(Conflict):
        form(office, ["户编号"], replaces_id=first.pk)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"labels": [" "]}, "oneform.no_columns", "labels"),
        ({"labels": ["列"] * 201}, "oneform.too_wide", "labels"),
        ({"title": " "}, "oneform.name", "title"),
        ({"sender": ""}, "oneform.name", "sender"),
        ({"level": "house"}, "oneform.level", "level"),
        ({"level": "village", "subjects": "lifted"}, "oneform.subjects", "subjects"),
        ({"due_on": date(2021, 1, 31)}, "oneform.due", "due_on"),
        ({"received_on": today() + timedelta(days=1)}, "oneform.received", "received_on"),
    ],
)
def test_a_form_that_cannot_be_is_refused(office: Actor, values: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        form(office, **values)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not FormRequest.objects.exists()


def test_nothing_is_done_to_a_closed_form(office: Actor) -> None:
    row = counted(office)
    close_form(row.pk, actor=office)

    for verb in (
        lambda: mark_part(parts_of(row)[0].pk, is_done=True, actor=office),
        lambda: map_column(row.pk, 7, "", is_remembered=False, actor=office),
        lambda: close_form(row.pk, actor=office),
    ):
        with pytest.raises(Conflict) as refused:
            verb()
        assert refused.value.code == "oneform.closed"


def test_a_form_closed_by_mistake_is_opened_again(office: Actor) -> None:
    row = counted(office)
    mark_part(parts_of(row)[0].pk, is_done=True, actor=office)
    close_form(row.pk, actor=office)

    reopen_form(row.pk, actor=office)

    row.refresh_from_db()
    assert (row.state, row.closed_on, part_sums(row)["done"]) == ("open", None, 1)
    with pytest.raises(Conflict):
        reopen_form(row.pk, actor=office)


def test_a_clerk_amends_the_forms_of_the_own_township_alone(office: Actor) -> None:
    near, far = (
        actor_of(Role.TOWNSHIP_CLERK, area=f"{village[:9]}000") for village in (VILLAGE_CODE, FAR_VILLAGE_CODE)
    )
    of_county = form(office)
    with tenant_scope(near):
        own = form(near, title="本镇表")
        map_column(own.pk, 7, "household_safe_water", is_remembered=False, actor=near)

    verbs: list[Callable[[Actor, FormRequest], Any]] = [
        lambda actor, row: map_column(row.pk, 7, "", is_remembered=False, actor=actor),
        lambda actor, row: close_form(row.pk, actor=actor),
        lambda actor, row: form(actor, replaces_id=row.pk),
    ]
    for actor, row in ((near, of_county), (far, own)):
        for verb in verbs:
            with pytest.raises(NotAllowed), tenant_scope(actor):
                verb(actor, row)
    with pytest.raises(NotAllowed), tenant_scope(near):
        map_column(own.pk, 7, "", is_remembered=True, actor=near)
    with tenant_scope(near):
        close_form(own.pk, actor=near)
    with pytest.raises(NotAllowed), tenant_scope(far):
        reopen_form(own.pk, actor=far)
    assert reopen_form(own.pk, actor=office).state == "open"


def test_the_burden_of_a_month_is_counted_by_office_and_village(office: Actor) -> None:
    counted(office)
    form(office, ["户编号", "车辆"], title="另一表", sender="示例办", received_on=date(2021, 2, 28))
    form(office, ["户编号"], title="三月表", received_on=date(2021, 3, 1))

    found = burden_of(Month(2021, 2))

    assert [(one.sender, one.forms, one.columns, one.by_hand_columns) for one in found] == [
        ("示例局", 1, 7, 1),
        ("示例办", 1, 2, 1),
    ]
    assert [one["cells"] for one in village_sums(Month(2021, 2))] == [12, 6]
    by_village = fields_by_village(Month(2021, 2))
    assert {code: (one["forms"], one["cells"], one["by_hand"]) for code, one in by_village.items()} == {
        VILLAGE_CODE: (1, 12, 3),
        FAR_VILLAGE_CODE: (1, 6, 1),
    }


def test_a_village_sees_and_marks_its_own_part_alone(office: Actor) -> None:
    row = counted(office)
    far = parts_of(row).get(village_code=FAR_VILLAGE_CODE)
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    with tenant_scope(team):
        parts = list(parts_of(find_form(row.pk, actor=team)))
        done = mark_part(parts[0].pk, is_done=True, actor=team)
        with pytest.raises(NotFound):
            mark_part(far.pk, is_done=True, actor=team)

    assert ([one.village_code for one in parts], done.done_on) == ([VILLAGE_CODE], today())


def test_another_county_sees_no_form(office: Actor) -> None:
    row = counted(office)
    other = county_office(county(OTHER_COUNTY_CODE))

    with tenant_scope(other):
        with pytest.raises(NotFound):
            find_form(row.pk, actor=other)
        assert not FormPart.objects.exists()


def _blank(rows: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in rows:
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_headings_are_found_below_the_title_of_a_blank_table() -> None:
    content = _blank([["摸底调查表"], ["填报单位：", "", "单位：户"], ["序号", "户编号", "是否安装光伏"], ["", "", ""]])

    assert headings_of(content) == ("序号", "户编号", "是否安装光伏")


def test_headings_over_headings_are_read_as_one() -> None:
    content = _blank(
        [
            ["摸底调查表", "", "", "", "", ""],
            ["序号", "户编号", "收入", "", "光伏", ""],
            ["", "", "工资性收入", "财产性收入", "装机容量", "投产时间"],
            ["", "", "", "", "", ""],
        ]
    )

    assert headings_of(content) == ("序号", "户编号", "工资性收入", "财产性收入", "光伏：装机容量", "光伏：投产时间")


def test_values_below_a_gap_in_the_headings_are_none() -> None:
    content = _blank([["序号", "姓名", "", "备注"], ["1", "张三", "男", ""]])

    assert headings_of(content) == ("序号", "姓名", "备注")


def test_headings_of_text_in_gb18030_are_read() -> None:
    assert headings_of("户编号,姓名,车辆\r\n".encode("gb18030")) == ("户编号", "姓名", "车辆")


def test_a_table_without_headings_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        headings_of(_blank([["标题"]]))

    assert refused.value.code == "oneform.no_headings"


@pytest.mark.parametrize("count", [1, 3])
def test_counting_costs_the_same_for_few_and_for_many(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    row = form(office)
    snapshot = picture(homes()[:count], actor=office)

    with django_assert_num_queries(8):
        count_form(row.pk, snapshot.pk, actor=office)
