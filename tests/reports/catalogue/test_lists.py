"""Each list and table of the catalogue against SQL of its own, written here over the tables of the register."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from economy.domain.ledger import EntryDraft, Paper, book_entry
from households.models import Household, Membership, PersonYear, WorkRecord
from periods.models import Period
from registry.lib.gbcode import subtree
from registry.tenancy.context import Actor
from reports.catalogue.base import Picture, reports
from reports.definitions.layout import Layout, Row, Table
from reports.definitions.notices import FORBIDDEN
from tests.factories.dossiers import PDF
from tests.factories.households import PersonDraftFactory, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE
from tests.reports.catalogue.pictures import AS_OF, DECEMBER, frozen_period
from villages.models import Village


def picture_of(period: Period, area: str = "549901000000", **options: str) -> Picture:
    """Give the picture of a frozen period."""
    return Picture(
        as_of=AS_OF,
        area_code=area,
        known_at=period.frozen_at,
        snapshot_id=period.snapshot_id,
        period_id=period.pk,
        options=tuple(options.items()),
    )


def table_of(report_id: str, picture: Picture, *, actor: Actor, sheet: int = 0) -> Table:
    """Give the table of a report's sheet."""
    layout: Layout = reports()[report_id].layout(picture, actor=actor, language="zh-hans")
    (table,) = list(layout.sheets)[sheet].parts
    assert isinstance(table, Table)
    return table


def lines_of(table: Table) -> list[dict[str, Any]]:
    """Give the rows of a table by the keys of their columns."""
    return [dict(zip([column.key for column in table.columns], row, strict=True)) for row in table.rows]


def sql(text: str) -> list[tuple[Any, ...]]:
    """Ask the database with a statement of the test's own."""
    with connection.cursor() as cursor:
        cursor.execute(text)
        return list(cursor.fetchall())


@pytest.fixture
def ground(office: Actor) -> Period:
    """Give a county of four households in three villages, frozen, with facts that differ."""
    registered(status="lifted", main_cause_code="01", other_cause_codes=("07", "09"))
    registered(status="filed", main_cause_code="07", village_code=NEXT_VILLAGE_CODE)
    registered(
        status="lifted", main_cause_code="01", village_code=FAR_VILLAGE_CODE,
        monitoring_state="identified", monitoring_code="1",
    )  # fmt: skip
    registered(status="ordinary", main_cause_code="", monitoring_state="identified", monitoring_code="2")
    write_facts(office)
    return frozen_period(office)


def write_facts(office: Actor) -> None:
    """Let persons and villages of the register differ by what is on file of them."""
    cases = [(True, True), (False, None), (None, None), (False, True), (True, False), (None, False), (False, False)]
    stays = Membership.objects.order_by("scope_code", "household__number", "relation_code").select_related("person")
    for stay, (insured, works) in zip(stays, cases, strict=False):
        PersonYear.objects.create(
            person=stay.person,
            year=2020,
            skill_code="1",
            has_basic_medical=insured,
            has_serious_illness_cover=insured,
            has_resident_pension=insured,
            # Of somebody known not to be in the employees' insurances nothing follows for the residents' ones.
            has_employee_medical=False if insured is None else None,
            has_employee_pension=False if insured is None else None,
            scope_code=stay.scope_code,
        )
        if works is not None:
            WorkRecord.objects.create(
                person=stay.person,
                year=2020,
                starts_on=date(2020, 11, 1),
                ends_on=None if works else date(2020, 12, 1),
                scope_code=stay.scope_code,
            )
    for code, yuan in ((VILLAGE_CODE, "49999.99"), (NEXT_VILLAGE_CODE, "50000.00")):
        income = EntryDraft(
            kind="income", source_code="11", occurred_on=date(2020, 6, 1), amount_yuan=Decimal(yuan), purpose="示例"
        )
        book_entry(Village.objects.get(code=code).pk, income, actor=office, paper=Paper(PDF, "paper.pdf"))


@pytest.mark.parametrize(
    ("which", "statuses"),
    [
        ("lifted", "'lifted'"),
        ("not_lifted", "'filed', 'returned'"),
        ("filed", "'filed', 'returned', 'lifted'"),
        ("all", "'filed', 'returned', 'lifted', 'ordinary'"),
    ],
)
def test_person_roster_holds_the_members_of_the_register_when_counted_by_sql(
    office: Actor, ground: Period, which: str, statuses: str
) -> None:
    found = lines_of(table_of("person-roster", picture_of(ground, which=which), actor=office))

    expected = sql(
        f"""SELECT h.number, p.name, m.relation_code, h.village_id FROM households_membership m
        JOIN households_household h ON h.id = m.household_id JOIN households_person p ON p.id = m.person_id
        WHERE h.status IN ({statuses}) AND m.ends_on IS NULL ORDER BY h.scope_code, h.number, m.relation_code"""
    )
    assert [(line["household_number"], line["person_name"], line["person_relation_code"]) for line in found] == [
        row[:3] for row in expected
    ]
    assert [line["sequence"] for line in found] == list(range(1, len(expected) + 1))


def test_household_roster_counts_members_when_compared_with_the_register(office: Actor, ground: Period) -> None:
    found = lines_of(table_of("household-roster", picture_of(ground, which="filed"), actor=office))

    expected = sql(
        """SELECT h.number, count(*), h.main_cause_code FROM households_household h
        JOIN households_membership m ON m.household_id = h.id AND m.ends_on IS NULL
        WHERE h.status IN ('filed', 'lifted', 'returned') GROUP BY h.scope_code, h.number, h.main_cause_code
        ORDER BY h.scope_code, h.number"""
    )
    keys = ("household_number", "household_person_count", "household_main_cause_code")
    assert [tuple(line[key] for key in keys) for line in found] == expected


def test_monitoring_list_holds_the_members_at_risk_when_counted_by_sql(office: Actor, ground: Period) -> None:
    found = lines_of(table_of("monitoring-list", picture_of(ground), actor=office))

    expected = sql(
        """SELECT p.name, s.category_code FROM households_monitoringspell s
        JOIN households_membership m ON m.household_id = s.household_id AND m.ends_on IS NULL
        JOIN households_person p ON p.id = m.person_id JOIN households_household h ON h.id = s.household_id
        WHERE s.ends_on IS NULL ORDER BY h.scope_code, h.number, m.relation_code"""
    )
    assert [(line["person_name"], line["household_monitoring_code"]) for line in found] == expected
    assert {line["household_risk_removed"] for line in found} == {False}


def test_causes_table_has_the_households_of_each_cause_when_counted_by_sql(office: Actor, ground: Period) -> None:
    table = table_of("causes", picture_of(ground, depth="village"), actor=office)

    expected = sql(
        """SELECT scope_code, count(*), count(*) FILTER (WHERE main_cause_code = '01'),
            count(*) FILTER (WHERE main_cause_code = '07') FROM households_household
        WHERE status IN ('filed', 'lifted', 'returned') GROUP BY scope_code ORDER BY scope_code"""
    )
    found = [
        (line["division_code"], line["households"], line["cause_01"], line["cause_07"])
        for line in lines_of(table)
        if not line["division_code"].endswith("000")
    ]
    assert found == expected
    total = dict(zip([column.key for column in table.columns], table.total or (), strict=True))
    assert (total["households"], total["cause_01"]) == (3, 2)
    assert (total["cause_01_ratio"], total["cause_07_ratio"]) == (Decimal("0.6667"), Decimal("0.3333"))


def test_other_causes_count_a_household_under_each_when_it_has_two(office: Actor, ground: Period) -> None:
    table = table_of("causes", picture_of(ground), actor=office, sheet=1)

    total = dict(zip([column.key for column in table.columns], table.total or (), strict=True))
    assert (total["households"], total["cause_07"], total["cause_09"], total["cause_none"]) == (3, 1, 1, 2)


COVERED = "(h.status IN ('filed', 'lifted', 'returned') OR h.monitoring_state IN ('identified', 'relapsed'))"
PERSONS = f"""FROM households_membership m JOIN households_household h ON h.id = m.household_id
    JOIN households_person who ON who.id = m.person_id
    LEFT JOIN households_personyear y ON y.person_id = m.person_id
    LEFT JOIN households_workrecord w ON w.person_id = m.person_id WHERE m.ends_on IS NULL AND {COVERED}"""


@pytest.mark.parametrize(
    ("report_id", "missing", "unknown", "asked"),
    [
        ("without-basic-medical", "y.has_basic_medical = false", "y.has_basic_medical IS NULL", ""),
        ("without-serious-illness-cover", "y.has_basic_medical = false", "y.has_basic_medical IS NULL", ""),
        ("without-pension", "y.has_basic_medical = false", "y.has_basic_medical IS NULL", ""),
        ("able-without-work", "w.ends_on = '2020-12-01'", "w.id IS NULL", "AND y.skill_code = '1'"),
    ],
)
def test_coverage_list_and_its_totals_agree_when_counted_by_sql(
    office: Actor, ground: Period, report_id: str, missing: str, unknown: str, asked: str
) -> None:
    found = lines_of(table_of(report_id, picture_of(ground), actor=office))
    only = lines_of(table_of(report_id, picture_of(ground, only="missing"), actor=office))
    totals = table_of(f"{report_id}-totals", picture_of(ground), actor=office)

    ((counted, lacking, open_),) = sql(
        f"SELECT count(*), count(*) FILTER (WHERE {missing}), count(*) FILTER (WHERE {unknown}) {PERSONS} {asked}"
    )
    names = sql(f"SELECT who.name {PERSONS} {asked} AND ({missing} OR {unknown}) ORDER BY 1")
    assert sorted(line["person_name"] for line in found) == [name for (name,) in names]
    assert (len(only), (totals.total or ())[2:5]) == (lacking, (counted, lacking, open_))
    assert lacking > 0
    assert open_ > 0


def test_households_without_income_path_are_those_without_work_when_nothing_else_is_on_file(
    office: Actor, ground: Period
) -> None:
    found = lines_of(table_of("without-income-path", picture_of(ground), actor=office))

    idle = f"""{COVERED} AND h.id NOT IN (SELECT m.household_id FROM households_membership m
        JOIN households_workrecord w ON w.person_id = m.person_id AND w.ends_on IS NULL)"""
    expected = sql(f"SELECT number FROM households_household h WHERE {idle} ORDER BY scope_code, number")
    assert [(line["household_number"],) for line in found] == expected
    assert 0 < len(found) < 4


def test_village_one_cent_under_its_goal_is_listed_when_the_one_on_it_is_not(office: Actor, ground: Period) -> None:
    found = lines_of(table_of("villages-under-goal", picture_of(ground, only="missing"), actor=office))
    totals = table_of("villages-under-goal-totals", picture_of(ground), actor=office)

    assert [line["division_code"] for line in found] == [VILLAGE_CODE]
    assert (totals.total or ())[2:6] == (3, 1, 1, Decimal("0.3333"))


def test_village_sheet_has_a_line_for_each_village_when_made_for_a_township(office: Actor, ground: Period) -> None:
    found = lines_of(table_of("village-sheet", picture_of(ground, area=TOWNSHIP_CODE), actor=office))

    area = subtree(TOWNSHIP_CODE)
    expected = sql(f"SELECT code FROM villages_village WHERE code >= '{area.lo}' AND code < '{area.hi}' ORDER BY code")
    assert [(line["division_code"],) for line in found] == expected


def test_lines_of_townships_and_villages_each_add_up_to_the_total_when_summed(office: Actor, ground: Period) -> None:
    table = table_of("without-basic-medical-totals", picture_of(ground, depth="village"), actor=office)

    lines = lines_of(table)
    townships = [line for line in lines if line["division_code"].endswith("000")]
    villages = [line for line in lines if not line["division_code"].endswith("000")]
    whole = (table.total or ())[2:5]
    keys = ("counted", "missing", "unknown")
    assert tuple(sum(line[key] for line in townships) for key in keys) == whole
    assert tuple(sum(line[key] for line in villages) for key in keys) == whole


@pytest.mark.parametrize("report_id", ["notice-list", "removal-notice"])
def test_notice_has_no_column_that_a_wall_may_not_show_when_laid_out(
    office: Actor, ground: Period, report_id: str
) -> None:
    options = {"approved_on": "2021-01-04", "until": "2021-01-11", "since": "2020-01-01"}
    table = table_of(report_id, picture_of(ground, area=VILLAGE_CODE, **options), actor=office)

    keys = {column.key for column in table.columns}
    assert not [key for key in keys for word in FORBIDDEN if word in key]


def test_notice_names_the_heads_of_its_village_when_made(office: Actor, ground: Period) -> None:
    options = {"approved_on": "2021-01-04", "until": "2021-01-11"}
    layout = reports()["notice-list"].layout(
        picture_of(ground, area=VILLAGE_CODE, **options), actor=office, language="zh-hans"
    )
    (sheet,) = layout.sheets
    (table,) = sheet.parts

    home = Household.objects.get(scope_code=VILLAGE_CODE, monitoring_state="identified")
    head = Membership.objects.select_related("person").get(household=home, relation_code="01").person.name
    assert isinstance(table, Table)
    rows: list[Row] = list(table.rows)
    assert [row[1] for row in rows] == [head]
    assert "2021-01-11" in sheet.watermark
    assert "2021-01-04" in sheet.notes[0]


def test_list_is_read_by_as_many_queries_when_it_holds_one_household_or_three(office: Actor) -> None:
    registered(status="lifted")
    one = picture_of(frozen_period(office), which="all")
    with CaptureQueriesContext(connection) as first:
        assert len(lines_of(table_of("person-roster", one, actor=office))) == 2
    registered(status="lifted", village_code=NEXT_VILLAGE_CODE)
    registered(
        status="filed", members=tuple(PersonDraftFactory.build(relation_code=code) for code in ("01", "02", "03"))
    )
    three = picture_of(frozen_period(office, month=DECEMBER.next), which="all")
    with CaptureQueriesContext(connection) as second:
        assert len(lines_of(table_of("person-roster", three, actor=office))) == 7

    assert len(first) == len(second)
