"""Income by REST and on the site: the same figure wherever it is shown."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from households.domain.coefficients import set_cost_coefficient
from households.models import CostCoefficient, Household, HouseholdYear, IncomeRule, YearLine
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county, county_office
from tests.households.test_admin import save
from tests.households.test_api import client, household
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
INCOME = {
    "period_start": "2020-10-01",
    "period_end": "2021-10-01",
    "person_count": 2,
    "lines": [
        {"item_code": "201", "product": "青稞", "amount_yuan": "3000.10", "own_consumed_yuan": "1000"},
        {"item_code": "101", "amount_yuan": "9000"},
    ],
}


def put(caller: Client, at: Household, body: object, *, version: int = 1) -> Any:  # noqa: ANN401  (the answer of the test client, with json())
    address = f"/api/v1/households/{at.id}/income/2021/"
    return caller.put(address, body, content_type="application/json", headers={"if-match": f'"{version}"'})


def test_same_figure_is_told_when_income_is_recorded_by_rest_and_shown_on_the_site() -> None:
    recorded = household()
    with tenant_scope(county_office()):
        set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=county_office())
    team = client(Role.VILLAGE_TEAM)

    answer = put(team, recorded, INCOME)
    again = team.get(f"/api/v1/households/{recorded.id}/income/2021/").json()
    page = client_of(person(Role.COUNTY_OFFICE)).get(f"/admin/households/{recorded.id}/income/2021/").content.decode()

    # (3000.10 + 1000 + 9000 - 0.4 x 4000.10) / 2, the cost rounded to 1600.04
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    told = answer.json()
    assert told.pop("warnings")[0]["code"].startswith("quality.")
    assert told == again
    assert (again["cost_yuan"], again["net_per_head_yuan"]) == ("1600.04", "5700.03")
    assert "5700.03" in page and "1600.04" in page  # noqa: PT018  (both on one page)
    with tenant_scope(county_office()):
        assert HouseholdYear.objects.get().net_per_head_yuan == Decimal("5700.03")


def test_year_without_lines_is_not_found_when_its_derivation_is_asked_for() -> None:
    bare = household()

    answer = client().get(f"/api/v1/households/{bare.id}/income/2021/")

    assert (answer.status_code, answer.json()["code"]) == (404, "income.not_found")


def test_income_is_refused_when_it_was_made_from_an_older_version() -> None:
    stale = household()
    office = client()
    put(office, stale, INCOME)

    answer = put(office, stale, INCOME)

    assert answer.status_code == 412


def test_county_enters_its_own_figures_when_it_uses_the_site() -> None:
    county()
    office = client_of(person(Role.COUNTY_OFFICE))

    share = save(
        office, "households/costcoefficient/add/", year="2021", item_code="201", product="青稞", cost_ratio="0.4"
    )
    rule = save(office, "households/incomerule/add/", item_code="4192", from_year="2021", counts_toward_net="on")
    line = save(
        office,
        "households/yearline/add/",
        year="2021",
        poverty_line_yuan="",
        monitoring_line_yuan="6200",
        valid_from="2021-01-01",
        source="县发2021-3",
    )
    taken = office.post("/admin/households/take-year-lines/", {})

    with tenant_scope(county_office()):
        assert (share, rule, line, taken.status_code) == (302, 302, 302, 302)
        assert CostCoefficient.objects.get().cost_ratio == Decimal("0.4")
        assert IncomeRule.objects.get().counts_toward_net
        lines = dict(YearLine.objects.values_list("year", "monitoring_line_yuan"))
        assert (len(lines), lines[2021], lines[2020]) == (16, Decimal(6200), Decimal(6000))
        assert YearLine.objects.get(year=2020).source.startswith("[待核实]")
        assert YearLine.objects.get(year=2013).valid_from == date(2013, 1, 1)


def test_share_beyond_the_whole_is_refused_with_a_sentence_when_it_is_entered() -> None:
    county()
    office = client_of(person(Role.COUNTY_OFFICE))

    status = save(office, "households/costcoefficient/add/", year="2021", item_code="201", product="", cost_ratio="1.5")

    with tenant_scope(county_office()):
        assert (status, CostCoefficient.objects.count()) == (200, 0)


# --- the county's own figures by REST ---------------------------------------------------------------------------------
FIGURES = [
    (
        "cost-coefficients",
        {"year": 2021, "item_code": "201", "product": "青稞", "cost_ratio": "0.4000"},
        {"cost_ratio": "0.4500"},
    ),
    ("income-rules", {"item_code": "4192", "from_year": 2021, "counts_toward_net": False}, {"counts_toward_net": True}),
    (
        "year-lines",
        {
            "year": 2021,
            "poverty_line_yuan": None,
            "monitoring_line_yuan": "6000.00",
            "valid_from": "2021-01-01",
            "source": "县办文件",
        },
        {
            "poverty_line_yuan": "4000.00",
            "monitoring_line_yuan": "6300.00",
            "valid_from": "2021-01-01",
            "source": "县办文件",
        },
    ),
]


@pytest.mark.parametrize(("kind", "entered", "amended"), FIGURES)
def test_program_enters_lists_and_amends_a_figure_of_the_county(
    kind: str, entered: dict[str, Any], amended: dict[str, Any]
) -> None:
    county_office()
    office = client()

    made = office.post(f"/api/v1/{kind}/", entered, content_type="application/json")
    twice = office.post(f"/api/v1/{kind}/", entered, content_type="application/json")
    own = f"/api/v1/{kind}/{made.json()['id']}/"
    mended = office.put(own, amended, content_type="application/json", headers={"if-match": made["ETag"]})
    stale = office.put(own, amended, content_type="application/json", headers={"if-match": made["ETag"]})
    listed = client(Role.VILLAGE_TEAM).get(f"/api/v1/{kind}/").json()["results"]

    assert (made.status_code, twice.status_code, mended.status_code, stale.status_code) == (201, 409, 200, 412)
    assert {**entered, **amended}.items() <= mended.json().items()
    assert listed == [mended.json()]


@pytest.mark.parametrize(("kind", "entered"), [(kind, entered) for kind, entered, _amended in FIGURES])
def test_village_team_enters_no_figure_of_the_county(kind: str, entered: dict[str, Any]) -> None:
    county_office()

    answer = client(Role.VILLAGE_TEAM).post(f"/api/v1/{kind}/", entered, content_type="application/json")

    assert answer.status_code == 403
