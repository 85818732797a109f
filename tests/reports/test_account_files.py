"""The account of a month as other files: the trend before it, and who may have them."""

import pytest

from registry.enums import Role
from registry.lib.errors import NotFound
from registry.lib.periods import Month
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.domain.account_files import account_file
from reports.models import ReportRun
from reports.queries.runs import former_accounts
from tests.factories.households import registered
from tests.factories.tenants import actor_of, county_office
from tests.reports.making import made


def test_trend_has_the_months_before_and_none_after_when_it_is_read(office: Actor) -> None:
    registered(status="lifted")
    runs = [made(office, Month(2020, month)) for month in (10, 11, 12)]

    former = [[figures.month for figures in former_accounts(run)] for run in runs]

    assert former == [[], ["2020-10"], ["2020-10", "2020-11"]]


def test_download_is_on_the_trail_when_a_file_is_made(db: None) -> None:
    with tenant_scope(county_office()) as office:
        registered(status="lifted")
        run = ReportRun.objects.get(pk=made(office, Month(2020, 12)).pk)
        name, rendered = account_file(run, "csv", language="zh-hans", actor=office)

    assert (name, rendered.suffix) == ("示例县1-建档立卡动态管理明白账-2020-12.zip", "zip")
    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        assert AuditEvent.objects.filter(object_id=run.pk, verb="reports.download_file").count() == 1


def test_format_is_refused_when_there_is_none_of_that_name(office: Actor) -> None:
    run = ReportRun.objects.get(pk=made(office, Month(2020, 12)).pk)

    with pytest.raises(NotFound) as caught:
        account_file(run, "docx", language="zh-hans", actor=office)

    assert caught.value.code == "report.no_such_format"
