"""The page of a household's timeline: sentences in the reader's language, from every app, day by day."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assistance.domain.measures import MeasureDraft, record_measure
from dossiers.models import MonitoringCase
from households.domain.amend import amend_household, amend_person
from households.domain.reveal import reveal_of_household
from households.domain.visits import VisitDraft, record_visit
from households.models import DuplicateNotice, Household, Membership
from quality.models import Finding
from registry.audit import record
from registry.enums import Role
from registry.models import User
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.dossiers import begun
from tests.factories.households import registered
from tests.factories.tenants import OTHER_COUNTY_CODE, county
from tests.registry.people import at_work, client_of, person

pytestmark = pytest.mark.usefixtures("committed_database")
PHONE = "17900000741"
LINES = re.compile(r"<li class=\"[^\"]*\">\s*(?:<span>)?(.*?)\s*</(?:span|li)>")
CODED = re.compile(r"[a-z]+_[a-z]+|[0-9a-f]{8}-[0-9a-f]{4}|\*\*\*\w|(?<![-\d])0\d\b(?!-)|5499\d{14}")


def lines(client: Client, household: Household, **asked: str) -> list[str]:
    page = client.get(f"/admin/households/{household.id}/timeline/", asked).content.decode()
    body = page[page.index('id="id_until"') :]
    return [re.sub(r"<[^>]+>", "", text) for text in LINES.findall(body)]


def lived() -> Household:
    """Let a household live through something of every app, each deed in a transaction of its own."""
    office = at_work(person(Role.COUNTY_OFFICE))
    with tenant_scope(office):
        household = registered(status="filed", group_name="一组", phone=PHONE)
    with tenant_scope(office):
        amend_household(household.id, {"main_cause_code": "02"}, actor=office, version=1, reason="核对")
    with tenant_scope(office):
        member = Membership.objects.get(household=household, relation_code="02")
        amend_person(member.person_id, {"name": "示例改名"}, actor=office, version=1)
    with tenant_scope(office):
        reveal_of_household(household.id, "phone", actor=office, reason="回访")
    with tenant_scope(office):
        paired(household, helper=HelperFactory.create(name="示例帮扶"))
        draft = MeasureDraft(category_code="39", state_code="1", starts_on=date(2021, 3, 1))
        record_measure(household.id, draft, actor=office)
    with tenant_scope(office):
        visit = VisitDraft(year=2021, visited_on=date(2021, 4, 1), source="入户核对", confirmed=("basic",))
        record_visit(household.id, visit, actor=office)
    with tenant_scope(office):
        begun("exit", household)
        doubted(household)
    return household


def doubted(household: Household) -> None:
    """Write down a finding and a lead, which other rooms' verbs write in service."""
    scope = {"household": household, "scope_code": household.scope_code}
    Finding.objects.create(
        rule_code="R20-01", severity="warn", subject_id=household.id, first_seen_on=date(2021, 5, 1),
        last_seen_on=date(2021, 5, 1), **scope,
    )  # fmt: skip
    MonitoringCase.objects.create(
        lead_on=date(2021, 5, 2), lead_channel_code="1", category_code="1", risk_codes=["02"], due_on=date(2021, 5, 17),
        **scope,
    )  # fmt: skip


def office_client() -> Client:
    return client_of(User.objects.get(username="county-office"))


def test_every_app_tells_in_sentences_without_codes_when_the_office_reads() -> None:
    household = lived()

    told = lines(office_client(), household)

    assert [text for text in told if CODED.search(text)] == []
    assert {
        "Amend a household",
        "main cause of poverty: Illness → Disability",
        "Amend a person: 示例改名",
        "telephone: *** → ***",
        "confirmed as unchanged: Basic facts",
        "示例帮扶 of 示例县单位 stands by the household and leads",
        "Measure: Business (Under way)",
        "Dossier begun: Exit from poverty",
        "Lead by Household itself: Cost of schooling",
        "Doubt: Younger than 16, so that the ability to work must be none.",
        "Visit for the year 2021 by 试用员, source: 入户核对",
        "From this day on: Filed, not lifted, in 示例镇1村",
        "示例改名 belongs to the household: Spouse",
    } <= {re.sub(r"单位\d+", "单位", text) for text in told}


def test_who_role_and_reason_stand_with_each_deed_when_it_is_shown() -> None:
    household = lived()

    page = office_client().get(f"/admin/households/{household.id}/timeline/", {"topic": "change"}).content.decode()

    assert "试用员 (County office)" in page
    assert "Reason: 核对" in page
    assert PHONE not in page


def test_looks_are_shown_to_the_county_office_and_to_nobody_else_when_there_were_any() -> None:
    household = lived()
    clerk, team = client_of(person(Role.TOWNSHIP_CLERK)), client_of(person(Role.VILLAGE_TEAM))

    shown = [lines(client, household, topic="look") for client in (office_client(), clerk, team)]

    assert shown == [["Show a sealed value", "telephone: *** → ***"], [], []]


def test_duplicates_among_counties_are_told_to_offices_alone_when_the_team_reads() -> None:
    household = lived()
    office = at_work(User.objects.get(username="county-office"))
    with tenant_scope(office):
        member = Membership.objects.get(household=household, relation_code="01")
        notice = DuplicateNotice.objects.create(
            person=member.person, other_tenant=county(OTHER_COUNTY_CODE), claim_index=b"1", scope_code=member.scope_code
        )
        record("households.hear_of_duplicate", notice, actor=office, changes={"state": (None, "new")})
    team = client_of(person(Role.VILLAGE_TEAM))

    told, kept = lines(office_client(), household), lines(team, household)

    deed = f"Hear of a person of two counties: {member.person.name}"
    assert (deed in told, deed in kept) == (True, False)
    assert set(kept) < set(told)


def test_only_what_is_asked_is_shown_when_topic_and_days_are_chosen() -> None:
    household = lived()
    client = office_client()

    helped = lines(client, household, topic="assistance", since="2021-02-01")
    early = lines(client, household, until="2021-01-04")

    assert helped == ["Measure: Business (Under way)"]
    assert early[0] == "Dossier begun: Exit from poverty"
    assert all("Amend" not in text for text in early)


def test_timeline_is_closed_to_the_other_county_and_linked_from_the_household_when_opened() -> None:
    household = lived()
    address = f"/admin/households/{household.id}/timeline/"

    far = client_of(person(Role.COUNTY_OFFICE, other=True)).get(address)
    page = office_client().get(f"/admin/households/household/{household.id}/change/").content.decode()

    assert far.status_code == 404
    assert address in page


def test_page_takes_as_many_queries_when_a_household_lived_through_more() -> None:
    household = lived()
    client, address = office_client(), f"/admin/households/{household.id}/timeline/"
    office = at_work(User.objects.get(username="county-office"))
    client.get(address)

    with CaptureQueriesContext(connection) as once:
        client.get(address)
    for number in range(3):
        with tenant_scope(office):
            version = Household.objects.get(pk=household.id).version
            amend_household(household.id, {"group_name": f"{number}组"}, actor=office, version=version)
            measure = MeasureDraft(category_code="39", state_code="1", starts_on=date(2021, 6, number + 1))
            record_measure(household.id, measure, actor=office)
    with CaptureQueriesContext(connection) as often:
        client.get(address)

    # Each app that tells of a household asks for its own rows, once for all of them.
    assert (len(once), len(often) < 60) == (len(often), True)
