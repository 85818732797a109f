"""Each report of the catalogue as files, and what the lists read of the register beside the picture."""

from dataclasses import replace
from datetime import date

import pytest

from assistance.domain.measures import MeasureDraft, record_measure
from dossiers.models import MonitoringCase
from entitlements.models import EntitlementFinding
from households.models import Household
from periods.models import Period
from registry.tenancy.context import Actor
from reports.catalogue.base import reports
from reports.catalogue.lists import PicturedReport
from reports.domain.own import OwnDraft, keep_own_report
from reports.renderers.formats import render
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, VILLAGE_CODE
from tests.reports.catalogue.pictures import DECEMBER, frozen_period
from tests.reports.catalogue.test_lists import lines_of, picture_of, table_of

NOTICE = {"approved_on": "2021-01-04", "until": "2021-01-11", "since": "2020-01-01"}
PICTURED = sorted(report.id for report in reports().values() if isinstance(report, PicturedReport))


@pytest.fixture
def risky(office: Actor) -> Household:
    """Give a monitored household with a case, a measure and an open finding."""
    home = registered(status="lifted", monitoring_state="identified", monitoring_code="1", main_cause_code="01")
    MonitoringCase.objects.create(
        household=home,
        state="confirmed",
        lead_on=date(2020, 12, 15),
        lead_channel_code="1",
        category_code="1",
        risk_codes=["01", "07"],
        due_on=date(2020, 12, 30),
        confirmed_on=date(2020, 12, 16),
        measures_due_on=date(2021, 1, 16),
        development_due_on=date(2021, 6, 16),
        removable_on=date(2021, 6, 16),
        scope_code=home.scope_code,
    )
    draft = MeasureDraft(category_code="40", item_code="4003", starts_on=date(2020, 12, 20), state_code="1")
    record_measure(home.pk, draft, actor=office)
    EntitlementFinding.objects.create(
        policy_code="low_allowance",
        policy_version=1,
        year=2020,
        kind="due_not_received",
        sector="civil_affairs",
        subject_id=home.pk,
        household=home,
        first_seen_on=date(2020, 12, 18),
        last_seen_on=date(2020, 12, 30),
        scope_code=home.scope_code,
    )
    return home


@pytest.mark.parametrize("report_id", PICTURED)
def test_report_comes_in_each_of_its_formats_when_rendered(office: Actor, risky: Household, report_id: str) -> None:
    report = reports()[report_id]
    own = keep_own_report(OwnDraft("清单", "household", columns=("household_number", "head_name")), actor=office)
    area = VILLAGE_CODE if report.area_level else COUNTY_CODE
    choices = {choice.key: choice.values[0][0] for choice in report.choices if choice.values}
    picture = picture_of(frozen_period(office), area=area, **choices, **NOTICE, own_report=str(own.pk))

    beginnings = {
        str(one): render(report.layout(picture, actor=office, language="zh-hans"), one).content[:4]
        for one in report.formats
    }

    known = {"xlsx": (b"PK\x03\x04",), "pdf": (b"%PDF",), "csv": (b"\xef\xbb\xbf",), "parquet": (b"PAR1",)}
    assert not [(one, start) for one, start in beginnings.items() if not start.startswith((*known[one], b"PK\x03\x04"))]


def test_monitoring_list_tells_risks_and_measures_as_known_when_the_picture_was_taken(
    office: Actor, risky: Household
) -> None:
    period = frozen_period(office)
    MonitoringCase.objects.filter(household=risky).update(risk_codes=["02"])

    line = lines_of(table_of("monitoring-list", picture_of(period), actor=office))[0]
    january = frozen_period(office, month=DECEMBER.next)
    later = lines_of(table_of("monitoring-list", picture_of(january), actor=office))[0]

    assert (line["lead_channel_code"], line["measures_40"], line["measures_39"]) == ("1", "4003", None)
    assert (line["development"], line["removed_year"]) == ("yes", None)
    assert later["risk_codes"] == "02"


def test_open_finding_is_listed_and_counted_when_it_was_there_by_the_day(office: Actor, risky: Household) -> None:
    period = frozen_period(office)

    listed = lines_of(table_of("eligible-without-allowance", picture_of(period), actor=office))
    totals = table_of("eligible-without-allowance-totals", picture_of(period), actor=office)
    before = replace(picture_of(period), as_of=date(2020, 12, 17))
    earlier = lines_of(table_of("eligible-without-allowance", before, actor=office))

    assert [(line["household_number"], line["policy_code"]) for line in listed] == [(risky.number, "low_allowance")]
    assert dict(zip([column.key for column in totals.columns], totals.total or (), strict=True))[
        "policy_low_allowance"
    ] == len(listed)
    assert earlier == []


def test_picture_of_a_period_says_what_was_known_when_it_is_laid_out(office: Actor, risky: Household) -> None:
    period: Period = frozen_period(office)
    layout = reports()["person-roster"].layout(picture_of(period, which="lifted"), actor=office, language="zh-hans")
    (sheet,) = layout.sheets

    assert layout.title == "脱贫人口名单"
    assert [note[:6] for note in sheet.notes] == ["姓名、证件号", "证件号码和电"]
