"""Requests that come as a file: read by headings, all or none, with what is wrong by row and column."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concerns.domain.filed import enter_filed
from concerns.models import HelpRequest
from concerns.queries.filed import FiledLine
from concerns.sheets.requests import read_requests
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of, county_office
from tests.factories.villages import VillageFactory
from tests.funds.test_sheets import workbook
from tests.households.test_api import household
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
HEADINGS: list[object] = ["户编号或村代码", "诉求类别", "诉求渠道", "提出日期", "诉求内容"]
WHERE = "/admin/concerns/requests/upload/"


def test_lines_are_read_below_a_title_without_empty_rows() -> None:
    content = workbook(
        ["某村诉求登记表"],
        ["序号", *HEADINGS],
        [],
        [1, int(VILLAGE_CODE), 6, "上门", "2021年3月6日", "路基塌方"],
    )

    lines = read_requests(content)

    place = FiledLine(row=4, place=VILLAGE_CODE, kind="6", channel="上门", told_on="2021年3月6日", text="路基塌方")
    assert lines == [place]
    with pytest.raises(DomainError) as headless:
        read_requests("户编号,诉求类别\n1,2\n".encode())
    assert (headless.value.code, headless.value.field) == ("lines.headings", "file")


def test_file_is_entered_whole_or_not_at_all_on_the_site() -> None:
    home, browser = household(), client_of(person(Role.VILLAGE_TEAM))
    good: list[object] = [home.number, "饮水", "1", "2021-03-05", "水管冻裂"]
    village: list[object] = [home.scope_code, "6", "3", "2021年3月6日", "路基塌方"]
    wrong = workbook(
        HEADINGS,
        good,
        ["none", "6", "3", "2021-03-06", "路基塌方"],
        [home.number, "77", "3", "2021-03-06", "路基塌方"],
        [home.number, "6", "口信", "2021-03-06", "路基塌方"],
        [home.number, "6", "3", "2021-13-06", "路基塌方"],
        [home.number, "6", "3", "2021-03-06", ""],
        good,
    )

    refused = browser.post(WHERE, {"owner_role": "village_team", "file": SimpleUploadedFile("a.xlsx", wrong)})
    with tenant_scope(county_office()):
        before = HelpRequest.objects.count()
    right = SimpleUploadedFile("a.xlsx", workbook(HEADINGS, good, village))
    done = browser.post(WHERE, {"owner_role": "village_team", "file": right})

    said = refused.content.decode()
    with tenant_scope(county_office()):
        rows = list(
            HelpRequest.objects.order_by("told_on").values_list("household", "village", "kind_code", "channel_code")
        )
    assert (refused.status_code, before, done.status_code) == (200, 0, 302)
    assert "row 3, household number or village code: There is no household and no village" in said
    assert "row 4, kind of request: This kind of request is not in the list" in said
    assert "row 5, how it was told: This channel is not in the list" in said
    assert "row 6, told on: The day cannot be read" in said
    assert "row 7, what is asked for: What is asked for is missing" in said
    assert "row 8, kind of request: A request of this kind that was told on that day is on file already" in said
    assert rows == [(home.pk, None, "5", "1"), (None, home.village_id, "6", "3")]


def test_file_names_nothing_outside_the_own_area_and_is_taken_from_nobody_without_the_right() -> None:
    with tenant_scope(county_office()):
        VillageFactory.create(), VillageFactory.create(code=FAR_VILLAGE_CODE)
    lines = [
        FiledLine(row=2, place=code, kind="6", channel="3", told_on="2021-03-06", text="路基塌方")
        for code in (VILLAGE_CODE, FAR_VILLAGE_CODE)
    ]

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as team:
        entered = enter_filed(lines[:1], owner_role="village_team", actor=team)
        with pytest.raises(DomainError) as far:
            enter_filed(lines[1:], owner_role="village_team", actor=team)
        with pytest.raises(DomainError) as empty:
            enter_filed([], owner_role="village_team", actor=team)
    with tenant_scope(actor_of(Role.SECTOR_CLERK)) as clerk, pytest.raises(NotAllowed):
        enter_filed(lines[:1], owner_role="village_team", actor=clerk)

    assert (len(entered), far.value.code, empty.value.code) == (1, "lines.refused", "lines.number")
    assert FAR_VILLAGE_CODE not in str(far.value)
