"""The figures that a county sets for its rules: verb, page and REST."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from quality.definitions import rules
from quality.domain.parameters import set_parameter
from quality.domain.running import run_rules
from quality.models import RuleParameter
from quality.queries.parameters import rules_shown, values_of
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.periods import today
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import actor_of, county_office
from tests.quality.cases import ON, written
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db
WHY = "牧区"


def test_figure_counts_from_its_year_on_when_it_is_set(office: Actor) -> None:
    set_parameter("R58-01", "most", from_year=2024, value=Decimal(400), reason=WHY, actor=office)

    seen = [values_of(rules()["R58-01"], year)["most"] for year in (2023, 2024, 2030)]

    assert seen == [100, 400, 400]


def test_figure_is_corrected_in_its_year_when_it_is_set_again(office: Actor) -> None:
    first = set_parameter("R58-01", "most", from_year=2024, value=Decimal(400), reason=WHY, actor=office)

    again = set_parameter("R58-01", "most", from_year=2024, value=Decimal(300), reason=WHY, actor=office, version=1)

    assert (again.pk, again.version, RuleParameter.objects.get().value) == (first.pk, 2, Decimal(300))


def test_figure_is_not_set_when_another_was_set_meanwhile(office: Actor) -> None:
    set_parameter("R58-01", "most", from_year=2024, value=Decimal(400), reason=WHY, actor=office)

    with pytest.raises(StaleVersion):
        set_parameter("R58-01", "most", from_year=2025, value=Decimal(300), reason=WHY, actor=office, version=0)

    assert RuleParameter.objects.count() == 1


def test_rule_is_asked_no_more_when_it_is_switched_off(office: Actor) -> None:
    written({"household_year": {"cropland_mu": 300}})

    set_parameter("R58-01", "enabled", from_year=2024, value=Decimal(0), reason=WHY, actor=office)

    assert run_rules(actor=office, on=ON).offences == 0


def test_rule_that_refuses_stays_on_when_it_is_to_be_switched_off(office: Actor) -> None:
    with pytest.raises(Conflict) as refused:
        set_parameter("R07-01", "enabled", from_year=2024, value=Decimal(0), reason=WHY, actor=office)

    assert (refused.value.code, RuleParameter.objects.count()) == ("rule.of_the_house", 0)


@pytest.mark.parametrize(
    ("rule_code", "name", "year", "value", "reason", "code"),
    [
        ("R58-01", "least", 2024, "1", WHY, "parameter.unknown"),
        ("R58-01", "most", 1999, "1", WHY, "parameter.year"),
        ("R58-01", "most", 2024, "-1", WHY, "parameter.value"),
        ("R58-01", "most", 2024, "0.001", WHY, "parameter.value"),
        ("R58-01", "most", 2024, "1", " ", "parameter.no_reason"),
        ("R58-01", "enabled", 2024, "2", WHY, "parameter.switch"),
        ("R24-01", "lo", 2024, "15", WHY, "parameter.order"),
        ("R99-99", "most", 2024, "1", WHY, "rule.not_found"),
    ],
)
def test_figure_is_refused_with_its_code_when_it_cannot_be(
    office: Actor, rule_code: str, name: str, year: int, value: str, reason: str, code: str
) -> None:
    with pytest.raises((DomainError, NotFound)) as refused:
        set_parameter(rule_code, name, from_year=year, value=Decimal(value), reason=reason, actor=office)

    assert refused.value.code == code


def test_figure_is_not_set_when_the_role_may_not(office: Actor) -> None:
    clerk = actor_of(Role.TOWNSHIP_CLERK)

    with pytest.raises(NotAllowed):
        set_parameter("R58-01", "most", from_year=2024, value=Decimal(400), reason=WHY, actor=clerk)

    assert RuleParameter.objects.count() == 0


def test_figure_and_reason_are_on_the_trail_when_it_was_set() -> None:
    with tenant_scope(county_office()) as office:
        set_parameter("R58-01", "most", from_year=2024, value=Decimal(400), reason=WHY, actor=office)

    with tenant_scope(replace(county_office(), role=Role.AUDIT_ADMINISTRATOR)):
        event = AuditEvent.objects.get(verb="quality.set_parameter")
    assert (event.reason, event.field_names) == (WHY, ["from_year", "most", "rule_code"])


def test_office_sets_a_figure_when_it_sends_the_page() -> None:
    browser = client_of(person(Role.COUNTY_OFFICE))
    where = reverse("admin:quality-rule", args=["R58-01"])
    form = {"version": 0, "name": "most", "from_year": today().year, "value": "400", "reason": WHY}

    page = browser.post(where, form, follow=True).content.decode()
    listed = browser.get(reverse("admin:quality-rules")).content.decode()

    assert ("The cropland is larger than 400 mu." in page, "The cropland is larger than 400 mu." in listed) == (
        True,
        True,
    )


def test_page_shows_the_rule_without_a_form_when_the_role_may_only_look() -> None:
    browser = client_of(person(Role.VILLAGE_TEAM))
    where = reverse("admin:quality-rule", args=["R58-01"])

    page = browser.get(where).content.decode()
    answer = browser.post(where, {"version": 0, "name": "most", "from_year": 2024, "value": "4", "reason": WHY})

    assert ("cropland" in page, "from_year" in page, answer.status_code) == (True, False, 200)
    with tenant_scope(county_office()):
        assert RuleParameter.objects.count() == 0


def test_program_sets_a_figure_when_it_sends_the_version_it_read() -> None:
    program = Client(headers={"authorization": f"Bearer {token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)}"})
    where = reverse("api:quality-rule", args=["R58-01"])
    body = {"name": "most", "from_year": today().year, "value": "400", "reason": WHY}

    read = program.get(where)
    made = program.put(where, body, content_type="application/json", headers={"If-Match": read.headers["ETag"]})
    late = program.put(where, body, content_type="application/json", headers={"If-Match": read.headers["ETag"]})

    assert (read.headers["ETag"], made.status_code, late.status_code) == ('"0"', 200, 412)
    assert made.json()["figures"] == [{"name": "most", "default": "100.00", "value": "400.00", "is_own": True}]


def test_rules_are_listed_with_the_figures_of_the_year_when_asked(office: Actor) -> None:
    set_parameter("R58-01", "enabled", from_year=today().year, value=Decimal(0), reason=WHY, actor=office)

    off = [shown.rule.code for shown in rules_shown(today().year) if not shown.is_enabled]

    assert off == ["R58-01"]
