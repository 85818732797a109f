"""Own reports: kept, refused with a sentence, made like any other, told to be broken when a column is gone."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.catalogue.base import reports
from reports.definitions.layout import Table
from reports.definitions.own import ID
from reports.domain.asking import ReportDraft, start_report
from reports.domain.own import OwnDraft, amend_own_report, keep_own_report, retire_own_report
from reports.domain.previews import MOST_ROWS, preview_of
from reports.enums import RowLevel, RunState
from reports.models import OwnReport
from reports.queries.own_reports import own_reports
from reports.queries.pictured_columns import columns_of
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, OTHER_COUNTY_CODE, actor_of, county
from tests.reports.catalogue.pictures import frozen_period, made
from tests.reports.catalogue.test_lists import lines_of, picture_of, sql


def asked(column: str, operator: str, *values: str) -> dict[str, Any]:
    """Write a condition as it is kept."""
    return {"column": column, "operator": operator, "values": list(values)}


LIFTED = asked("household_status", "is", "已脱贫")


def own(**values: Any) -> OwnDraft:
    """Describe an own report of lifted households with their number and cause."""
    given = {"name": "脱贫户清单", "level": "household", "columns": ("household_number", "household_main_cause_code")}
    return OwnDraft(**(given | {"filters": (LIFTED,)} | values))


def table_of_own(kept: OwnReport, actor: Actor, **options: str) -> Table:
    """Give the table that an own report makes of the present register."""
    picture = picture_of(frozen_period(actor), own_report=str(kept.pk), **options)
    (sheet,) = reports()[ID].layout(picture, actor=actor, language="zh-hans").sheets
    (table,) = sheet.parts
    assert isinstance(table, Table)
    return table


def test_own_report_lists_what_its_conditions_say_when_compared_with_sql(office: Actor) -> None:
    registered(status="lifted", main_cause_code="07")
    registered(status="lifted", main_cause_code="01", village_code=FAR_VILLAGE_CODE)
    registered(status="filed")

    table = table_of_own(keep_own_report(own(sort=("-household_number",)), actor=office), office)

    expected = sql(
        "SELECT number, main_cause_code FROM households_household WHERE status = 'lifted' ORDER BY number DESC"
    )
    assert list(table.rows) == expected
    assert len(expected) == 2


def test_own_report_counts_by_its_groups_when_it_has_some(office: Actor) -> None:
    registered(status="lifted", main_cause_code="07")
    registered(status="lifted", main_cause_code="01")
    registered(status="lifted", main_cause_code="01", village_code=FAR_VILLAGE_CODE)

    kept = keep_own_report(own(columns=(), groups=("township", "household_main_cause_code")), actor=office)
    table = table_of_own(kept, office)

    expected = sql(
        """SELECT left(scope_code, 9) || '000', main_cause_code, count(*) FROM households_household
        WHERE status = 'lifted' GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    assert [line["count"] for line in lines_of(table)] == [row[2] for row in expected]
    assert (table.total or ())[2:] == (3, 1)


def test_own_report_is_made_like_any_other_when_asked_for(office: Actor) -> None:
    registered(status="lifted")
    kept = keep_own_report(own(), actor=office)
    options = (("own_report", str(kept.pk)),)

    run = made(ReportDraft(ID, period_id=frozen_period(office).pk, options=options, formats=("csv",)), actor=office)

    assert (run.state, str(run.error)) == (RunState.FINISHED, "")


def test_preview_reads_its_first_rows_alone_when_the_list_is_long(office: Actor) -> None:
    for _number in range(MOST_ROWS + 2):
        registered(status="lifted")
    frozen_period(office)
    kept = keep_own_report(own(filters=()), actor=office)

    with CaptureQueriesContext(connection) as queries:
        (sheet,) = preview_of(kept, actor=office, language="zh-hans").sheets

    (table,) = (part for part in sheet.parts if isinstance(part, Table))
    assert len(list(table.rows)) == MOST_ROWS
    assert [f"LIMIT {MOST_ROWS}" in one["sql"] for one in queries if "periods_frozenhousehold" in one["sql"]] == [True]


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"columns": ("household_number", "no_such")}, "own_report.unknown_column", "columns"),
        ({"columns": ("person_name",)}, "own_report.unknown_column", "columns"),
        ({"columns": ()}, "own_report.empty", "columns"),
        ({"level": "county"}, "own_report.level", "level"),
        ({"name": " "}, "own_report.name", "name"),
        ({"name": "长" * 61}, "own_report.name", "name"),
        ({"sort": ("head_name",)}, "own_report.sort", "sort"),
        ({"groups": ("household_phone",)}, "own_report.unknown_column", "groups"),
        ({"groups": ("township", "village", "household_status")}, "own_report.too_many", "groups"),
        ({"filters": (asked("head_name", "is", "x"),)}, "own_report.not_a_condition", "filters"),
        ({"filters": (asked("household_status", "is", "富裕"),)}, "own_report.value", "filters"),
        ({"filters": (asked("household_status", "at_least", "x"),)}, "own_report.operator", "filters"),
        ({"filters": (asked("household_status", "like", "x"),)}, "own_report.operator", "filters"),
        ({"filters": (asked("household_person_count", "at_least", "many"),)}, "own_report.value", "filters"),
        ({"filters": (asked("household_person_count", "at_least"),)}, "own_report.values", "filters"),
        ({"filters": (asked("household_identified_on", "at_most", "soon"),)}, "own_report.value", "filters"),
        ({"filters": (asked("household_is_monitored", "is", "maybe"),)}, "own_report.value", "filters"),
        ({"filters": ("household_status",)}, "own_report.condition", "filters"),
    ],
)  # fmt: skip
def test_own_report_is_refused_with_a_sentence_when_something_is_wrong(
    office: Actor, values: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        keep_own_report(own(**values), actor=office)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert str(refused.value).endswith(".")
    assert OwnReport.objects.count() == 0


def test_condition_finds_the_same_households_when_each_kind_of_column_is_asked(office: Actor) -> None:
    registered(status="lifted", main_cause_code="01", other_cause_codes=("07",))
    registered(status="filed", main_cause_code="")
    conditions = (
        (asked("household_other_cause_codes", "is", "07", "09"), "'07' = ANY(other_cause_codes)"),
        (asked("household_other_cause_codes", "empty"), "other_cause_codes = '{}'"),
        (asked("household_main_cause_code", "not_empty"), "main_cause_code <> ''"),
        (asked("household_main_cause_code", "is_not", "01"), "main_cause_code <> '01'"),
        (asked("household_person_count", "at_most", "1"), "false"),
        (asked("household_is_monitored", "is", "否"), "true"),
    )  # fmt: skip
    period = frozen_period(office)
    found = {}
    for number, (condition, _sql) in enumerate(conditions):
        kept = keep_own_report(own(name=f"{number}", columns=("household_number",), filters=(condition,)), actor=office)
        picture = picture_of(period, own_report=str(kept.pk))
        (sheet,) = reports()[ID].layout(picture, actor=office, language="en").sheets
        table = sheet.parts[0]
        assert isinstance(table, Table)
        found[number] = sorted(str(row[0]) for row in table.rows)

    expected = {
        number: [row[0] for row in sql(f"SELECT number FROM households_household WHERE {where} ORDER BY number")]
        for number, (_condition, where) in enumerate(conditions)
    }
    assert found == expected


def test_kept_report_says_so_when_its_column_was_dropped(office: Actor) -> None:
    kept = keep_own_report(own(), actor=office)
    period = frozen_period(office)
    OwnReport.objects.filter(pk=kept.pk).update(columns=["household_number", "household_former_column"])

    with pytest.raises(DomainError) as refused:
        start_report(ReportDraft(ID, period_id=period.pk, options=(("own_report", str(kept.pk)),)), actor=office)

    assert refused.value.code == "own_report.unknown_column"
    assert "household_former_column" in str(refused.value)


def test_own_report_is_changed_and_put_out_of_use_when_its_version_is_right(office: Actor) -> None:
    kept = keep_own_report(own(), actor=office)
    with pytest.raises(StaleVersion):
        amend_own_report(kept.pk, own(name="另一份"), actor=office, version=7)

    changed = amend_own_report(kept.pk, own(name="另一份"), actor=office, version=1)
    retired = retire_own_report(kept.pk, actor=office, version=2)

    assert (changed.name, changed.version, retired.is_active, own_reports().count()) == ("另一份", 2, False, 0)
    assert keep_own_report(own(name="另一份"), actor=office).pk != kept.pk


def test_second_report_of_a_name_is_refused_when_the_first_is_in_use(office: Actor) -> None:
    keep_own_report(own(), actor=office)

    with pytest.raises(Conflict) as refused:
        keep_own_report(own(), actor=office)

    assert refused.value.code == "own_report.name_taken"


def test_own_report_is_shared_in_the_county_and_hidden_from_another_when_looked_for(office: Actor) -> None:
    kept = keep_own_report(own(), actor=office)
    clerk = actor_of(Role.VILLAGE_TEAM, area=FAR_VILLAGE_CODE)
    other = actor_of(Role.COUNTY_OFFICE, tenant=county(OTHER_COUNTY_CODE))

    with tenant_scope(clerk):
        assert own_reports().filter(pk=kept.pk).exists()
        with pytest.raises(NotAllowed):
            keep_own_report(own(name="x"), actor=clerk)
    with tenant_scope(other), pytest.raises(NotFound):
        amend_own_report(kept.pk, own(), actor=other, version=1)


@pytest.mark.parametrize("level", list(RowLevel))
def test_each_column_has_a_chinese_and_an_english_name_when_listed(level: RowLevel) -> None:
    nameless = [
        key
        for key, one in columns_of(level).items()
        if one.column.label.zh == one.column.label.en or one.column.label.zh.isascii()
    ]

    assert nameless == []
