"""What a visit has to ask: the open findings on living conditions, shown on its page and not ticked away."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.domain.visits import VisitDraft, record_visit
from households.models import Household, HouseholdYear
from quality.definitions import rules
from quality.models import Finding
from quality.queries.doubts import living_facts_of
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.households.test_api import household
from tests.registry.people import client_of, person

CROPLAND = "R15-04"


def found(row: Household, **values: Any) -> Finding:
    what = {"rule_code": CROPLAND, "severity": "warn", "first_seen_on": date(2022, 1, 1), **values}
    made: Finding = Finding.objects.create(
        household=row, subject_id=row.pk, scope_code=row.scope_code, last_seen_on=what["first_seen_on"], **what
    )
    return made


def visit(year: int, **values: Any) -> VisitDraft:
    return VisitDraft(year=year, visited_on=date(year, 11, 1), source="户主口述", **values)


def test_a_rule_is_about_the_living_conditions_that_it_names() -> None:
    assert living_facts_of(CROPLAND) == {"cropland_mu"}
    assert living_facts_of("gone") == frozenset()
    assert sum(bool(living_facts_of(code)) for code in rules()) > 20


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
    assert (len(plain), len(doubted)) == (15, 16)
