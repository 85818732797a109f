"""What a visit has to ask: the open findings on living conditions, shown on its page and not ticked away."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.visits import VisitDraft, record_visit
from households.models import Household, HouseholdYear, Membership
from quality.definitions import rules
from quality.models import Finding
from quality.queries.doubts import asked_of, asks_member
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.households.test_api import household
from tests.households.test_visits import LINE
from tests.registry.people import client_of, person

CROPLAND = "R15-04"


def found(row: Household, **values: Any) -> Finding:
    what = {"rule_code": CROPLAND, "severity": "warn", "first_seen_on": date(2022, 1, 1), **values}
    subject = what["person"].pk if "person" in what else row.pk
    made: Finding = Finding.objects.create(
        household=row, subject_id=subject, scope_code=row.scope_code, last_seen_on=what["first_seen_on"], **what
    )
    return made


def visit(year: int, **values: Any) -> VisitDraft:
    return VisitDraft(year=year, visited_on=date(year, 11, 1), source="户主口述", **values)


def test_a_rule_is_about_the_living_conditions_that_it_names() -> None:
    assert asked_of(CROPLAND) == {"cropland_mu"}
    assert asked_of("gone") == frozenset()
    assert sum(bool(asked_of(code)) for code in rules()) > 20
    assert asked_of("R46-01") == {"net_per_head_yuan"}


def test_a_member_is_asked_for_facts_and_not_for_their_age() -> None:
    assert [asks_member(code) for code in ("R13-02", "R13-04", "R13-05", "R07-01")] == [True, True, False, False]


@pytest.mark.parametrize("closed", [False, True])
def test_a_tick_alone_is_refused_while_a_condition_is_doubted(office: Actor, closed: bool) -> None:
    row = registered()
    record_visit(row.pk, visit(2021, living={"fuel_code": "2"}), actor=office)
    Finding.objects.update(state="fixed", closed_on=date(2022, 2, 1))
    finding = found(row, **({"state": "fixed", "closed_on": date(2022, 2, 1)} if closed else {}))
    if closed:
        record_visit(row.pk, visit(2022, confirmed=("living",)), actor=office)
        assert HouseholdYear.objects.get(year=2022).fuel_code == "2"
        return

    with pytest.raises(DomainError) as refused:
        record_visit(row.pk, visit(2022, confirmed=("living",), living={"pasture_mu": 1}), actor=office)
    assert (refused.value.code, refused.value.field) == ("visit.doubted", "confirmed")
    assert not HouseholdYear.objects.filter(year=2022).exists()

    record_visit(row.pk, visit(2022, confirmed=("living",), living={"cropland_mu": 0}), actor=office)
    year = HouseholdYear.objects.get(year=2022)
    assert (finding.rule_code, year.cropland_mu, year.fuel_code) == (CROPLAND, Decimal(0), "2")


@pytest.mark.django_db
def test_page_opens_the_conditions_only_when_they_are_doubted() -> None:
    row = household()
    team = client_of(person(Role.VILLAGE_TEAM))
    where = f"/admin/households/{row.id}/visit/?year=2021"

    with tenant_scope(county_office()):
        Finding.objects.update(state="fixed", closed_on=date(2022, 2, 1))
    team.get(where)
    with CaptureQueriesContext(
        connection,
    ) as plain:
        folded = team.get(where).content.decode()
    with tenant_scope(county_office()):
        found(row)
        found(row, rule_code="R15-05")
    with CaptureQueriesContext(connection) as doubted:
        opened = team.get(where).content.decode()

    assert ("<details" in folded, " open>" in folded) == (True, False)
    assert " open>" in opened
    assert "says nothing about the area of cropland" in opened
    assert 'name="living_cropland_mu"' in folded
    # Each app that offers income asks for its own rows; a doubt costs one more.
    assert (len(doubted), len(plain) <= 30) == (len(plain) + 1, True)


def test_a_tick_is_refused_while_the_income_is_doubted(office: Actor) -> None:
    row = registered()
    told = {"lines": (LINE,), "person_count": 2}
    period = {"period_start": date(2020, 10, 1), "period_end": date(2021, 10, 1)}
    record_visit(row.pk, visit(2021, **told, **period), actor=office)
    later = {"period_start": date(2021, 10, 1), "period_end": date(2022, 10, 1)}
    Finding.objects.update(state="fixed", closed_on=date(2022, 2, 1))
    found(row, rule_code="R46-01")

    with pytest.raises(DomainError) as refused:
        record_visit(row.pk, visit(2022, confirmed=("income",), **later), actor=office)
    record_visit(row.pk, visit(2022, **told, **later), actor=office)

    assert (refused.value.code, HouseholdYear.objects.filter(year=2022).count()) == ("visit.doubted", 1)


def test_a_tick_is_refused_until_the_doubted_member_is_asked(office: Actor) -> None:
    row = registered()
    member = Membership.objects.filter(household=row).select_related("person")[0].person
    record_person_year(member.pk, PersonYearDraft(year=2021, skill_code="1"), actor=office)
    Finding.objects.update(state="fixed", closed_on=date(2022, 2, 1))
    found(row, rule_code="R13-02", person=member)

    with pytest.raises(DomainError) as refused:
        record_visit(row.pk, visit(2022, confirmed=("members",)), actor=office)
    made = record_visit(row.pk, visit(2022, living={"fuel_code": "2"}), actor=office)
    facts = PersonYearDraft(year=2022, skill_code="1", health_codes=("1",))
    record_person_year(member.pk, facts, actor=office, visit_id=made.pk)
    Finding.objects.exclude(person=member).update(state="fixed", closed_on=date(2022, 2, 1))
    ticked = record_visit(row.pk, visit(2022, confirmed=("members",)), actor=office)

    assert refused.value.code == "visit.doubted"
    assert (ticked.pk, ticked.confirmed_sections) == (made.pk, ["members"])


@pytest.mark.django_db
def test_page_names_the_doubted_member_and_income_when_findings_are_on_them() -> None:
    row = household()
    team = client_of(person(Role.VILLAGE_TEAM))
    with tenant_scope(county_office()):
        member = Membership.objects.filter(household=row).select_related("person")[0].person
        Finding.objects.update(state="fixed", closed_on=date(2022, 2, 1))
        found(row, rule_code="R13-02", person=member)
        found(row, rule_code="R46-01")

    page = team.get(f"/admin/households/{row.id}/visit/?year=2021").content.decode()

    assert page.count("Please ask about these on this visit:") == 2
    assert f"/admin/households/person/{member.pk}/do/record-year/?year=2021" in page
