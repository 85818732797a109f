"""Incomes computed again after the county changed its figures: seen first, done once, nothing of its own accord."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.domain.coefficients import (
    amend_cost_coefficient,
    set_cost_coefficient,
    set_income_rule,
    set_year_line,
    withdraw_cost_coefficient,
    withdraw_income_rule,
    withdraw_year_line,
)
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.recompute import (
    ask_for_preview,
    ask_for_recomputation,
    preview_recomputation,
    recompute_incomes,
)
from households.domain.status import change_status
from households.models import CostCoefficient, Household, HouseholdYear, IncomeLine
from households.queries.income import cost_ratios, counting_rules, figures_mark, income_row
from households.queries.recompute import Recomputation, recomputations_of
from registry.enums import JobState, Role
from registry.jobs import run
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.models import AuditEvent, RowVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import actor_of, county, county_office
from tests.households.test_admin import save
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, person

CROPS = LineDraft(item_code="201", product="青稞", amount_yuan=Decimal(10000))
WAGE = LineDraft(item_code="101", amount_yuan=Decimal(5000))
GIFT = LineDraft(item_code="4192", amount_yuan=Decimal(300))
COUNTED_GIFT = LineDraft(item_code="4192", amount_yuan=Decimal(300), counts_toward_net=True)


def told(one: Household, *lines: LineDraft, year: int = 2021) -> Household:
    period: dict[str, Any] = {"period_start": date(year - 1, 10, 1), "period_end": date(year, 10, 1), "person_count": 2}
    record_income([IncomeDraft(household_id=one.id, year=year, lines=lines, **period)], actor=county_office())
    return one


def nets() -> list[Decimal | None]:
    return list(HouseholdYear.objects.order_by("household__number", "year").values_list("net_per_head_yuan", flat=True))


def test_incomes_follow_the_share_when_they_are_computed_again(office: Actor) -> None:
    first, second = told(registered(), CROPS), told(registered(), WAGE)
    told(first, CROPS, year=2020)
    set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=office)
    before = {one.pk: one.version for one in Household.objects.all()}

    seen = preview_recomputation(2021, actor=office)
    kept = nets()
    done = recompute_incomes(2021, mark=seen.mark, actor=office)

    assert kept == [Decimal(5000), Decimal(5000), Decimal(2500)]
    assert nets() == [Decimal(5000), Decimal(3000), Decimal(2500)]
    assert (seen.asked, seen.changed, seen.lowered, done) == (2, 1, 1, seen)
    assert {one.pk: one.version - before[one.pk] for one in Household.objects.all()} == {first.pk: 1, second.pk: 0}
    assert income_row(first, 2021)["recorded_net_per_head_yuan"] == income_row(first, 2021)["net_per_head_yuan"]


def test_change_is_one_event_and_the_former_figure_is_history(office: Actor) -> None:
    told(registered(), CROPS), told(registered(), CROPS)
    set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=office)
    RowVersion.objects.all()

    with tenant_scope(office):
        recompute_incomes(2021, mark=figures_mark(2021), actor=office)
        recompute_incomes(2021, mark=figures_mark(2021), actor=office)

    versions = RowVersion.objects.filter(table_name="households_householdyear")
    assert [version.content["net_per_head_yuan"] for version in versions if version.content] == [5000.0, 5000.0]


def test_lines_follow_the_rule_and_exceptions_stay_when_a_rule_changes(office: Actor) -> None:
    told(registered(), WAGE, GIFT), told(registered(), WAGE, COUNTED_GIFT)
    set_income_rule("4192", 2021, counts_toward_net=True, actor=office)
    first = recompute_incomes(2021, mark=figures_mark(2021), actor=office)
    counted = nets()
    rule = set_income_rule("101", 2021, counts_toward_net=False, actor=office)
    recompute_incomes(2021, mark=figures_mark(2021), actor=office)
    uncounted = nets()
    withdraw_income_rule(rule.pk, actor=office, version=1, reason="更正")
    recompute_incomes(2021, mark=figures_mark(2021), actor=office)

    assert (first.changed, first.lines) == (1, 1)
    assert (counted, uncounted, nets()) == (
        [Decimal(2650)] * 2,
        [Decimal(150)] * 2,
        [Decimal(2650)] * 2,
    )
    assert IncomeLine.objects.filter(item_code="4192", counts_by_exception=True).count() == 1


def test_closed_households_and_other_ways_of_income_keep_their_figures(office: Actor) -> None:
    closed = told(registered(), CROPS)
    change_status(closed.id, "close_gone", actor=office, on=date(2022, 1, 4), reason="迁出")
    set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=office)

    done = recompute_incomes(2021, mark=figures_mark(2021), actor=office)

    assert (done.asked, done.changed, nets()) == (0, 0, [Decimal(5000)])


def test_count_tells_who_falls_below_the_line(office: Actor) -> None:
    told(registered(), CROPS)
    lines: dict[str, Any] = {"poverty_line_yuan": None, "monitoring_line_yuan": Decimal(4000), "source": "示例"}
    line = set_year_line(2021, valid_from=date(2021, 1, 1), actor=office, **lines)
    set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=office)

    seen = preview_recomputation(2021, actor=office)
    withdraw_year_line(line.pk, actor=office, version=1, reason="更正")

    assert (seen.newly_below, seen.newly_above) == (1, 0)
    assert preview_recomputation(2021, actor=office).newly_below == 0


def test_change_is_refused_when_the_figures_are_not_those_that_were_counted(office: Actor) -> None:
    told(registered(), CROPS)
    row = set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=office)
    seen = preview_recomputation(2021, actor=office)
    amend_cost_coefficient(row.pk, cost_ratio=Decimal("0.5"), actor=office, version=1)

    with pytest.raises(Conflict) as refused:
        recompute_incomes(2021, mark=seen.mark, actor=office)
    with pytest.raises(NotAllowed):
        preview_recomputation(2021, actor=actor_of(Role.TOWNSHIP_CLERK))
    with pytest.raises(DomainError):
        ask_for_preview(2999, actor=office)

    assert (refused.value.code, nets()) == ("recompute.figures_changed", [Decimal(5000)])


def test_withdrawn_figure_stays_on_file_and_counts_no_more(office: Actor) -> None:
    row = set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=office)
    rule = set_income_rule("101", 2021, counts_toward_net=False, actor=office)

    withdraw_cost_coefficient(row.pk, actor=office, version=1, reason="更正")
    withdraw_income_rule(rule.pk, actor=office, version=1, reason="更正")
    again = set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.3"), actor=office)
    with pytest.raises(Conflict) as refused:
        amend_cost_coefficient(row.pk, cost_ratio=Decimal("0.5"), actor=office, version=2)

    assert (cost_ratios([2021])[2021], counting_rules([2021])[2021]) == ({("201", ""): Decimal("0.3")}, {})
    assert refused.value.code == "figure.withdrawn"
    assert CostCoefficient.objects.count() == 2
    assert CostCoefficient.objects.get(withdrawn_on=None) == again


def test_queries_are_as_many_when_more_households_are_computed_again(office: Actor) -> None:
    for _number in range(2):
        told(registered(), CROPS, GIFT)
    set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=office)
    set_income_rule("4192", 2021, counts_toward_net=True, actor=office)
    mark = figures_mark(2021)

    with CaptureQueriesContext(connection) as two:
        recompute_incomes(2021, mark=mark, actor=office)
    told(registered(), CROPS), told(registered(), CROPS), told(registered(), CROPS)
    set_cost_coefficient(2021, "202", "", cost_ratio=Decimal("0.4"), actor=office)
    again = figures_mark(2021)
    with CaptureQueriesContext(connection) as none:
        recompute_incomes(2021, mark=again, actor=office)

    assert again != mark
    assert (len(two), len(none)) == (15, 12)


@pytest.mark.django_db
def test_office_counts_first_and_then_computes_again_by_the_page() -> None:
    one = household()
    with tenant_scope(county_office()) as office:
        told(one, CROPS)
        set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=office)
    clerk = client_of(person(Role.COUNTY_OFFICE))
    where = "/admin/households/recompute-incomes/?year=2021"

    def works() -> list[Recomputation]:
        with tenant_scope(county_office()):
            return recomputations_of(2021)

    counted = clerk.post(where, {"year": "2021"})
    run(county().pk, works()[0].id)
    page = clerk.get(where).content.decode()
    done = clerk.post(where, {"year": "2021", "preview_id": str(works()[0].id)})
    clerk.post(where, {"year": "2021", "preview_id": str(works()[1].id)})
    state = run(county().pk, works()[0].id)

    with tenant_scope(county_office()):
        assert (counted.status_code, done.status_code, state, nets()) == (302, 302, JobState.DONE, [Decimal(3000)])
    assert "Compute these incomes again" in page
    assert [(one.is_preview, one.may_apply) for one in works()] == [(False, False), (True, False)]
    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        events = AuditEvent.objects.filter(verb="households.recompute_incomes")
        assert [event.object_count for event in events] == [1]


@pytest.mark.django_db
def test_program_asks_for_the_count_and_withdraws_a_figure_by_rest() -> None:
    office = client(Role.COUNTY_OFFICE)
    with tenant_scope(county_office()):
        row = set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=county_office())

    asked = post(office, "income-recomputations/", {"year": 2021})
    early = post(office, "income-recomputations/", {"year": 2021, "preview_id": asked.json()["id"]})
    listed = office.get("/api/v1/income-recomputations/?year=2021").json()["results"]
    gone = post(office, f"cost-coefficients/{row.pk}/withdraw/", {"reason": "更正"}, version=1)

    assert (asked.status_code, asked.json()["is_preview"], early.status_code) == (202, True, 409)
    assert [one["id"] for one in listed] == [asked.json()["id"]]
    assert (gone.status_code, gone.json()["withdrawn_on"] is None, gone["ETag"]) == (200, False, '"2"')


def test_recomputation_waits_for_its_count(office: Actor) -> None:
    preview = ask_for_preview(2021, actor=office)

    with pytest.raises(Conflict) as refused:
        ask_for_recomputation(preview.pk, actor=office)

    assert refused.value.code == "recompute.not_counted"


@pytest.mark.django_db
def test_office_corrects_and_withdraws_figures_by_their_pages() -> None:
    with tenant_scope(county_office()) as office:
        share = set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=office)
        rule = set_income_rule("101", 2021, counts_toward_net=True, actor=office)
        lines: dict[str, Any] = {
            "poverty_line_yuan": Decimal(4000),
            "monitoring_line_yuan": Decimal(6000),
            "source": "示例",
        }
        line = set_year_line(2021, valid_from=date(2021, 1, 1), actor=office, **lines)
    clerk = client_of(person(Role.COUNTY_OFFICE))
    pages = {
        f"households/costcoefficient/{share.pk}": {"cost_ratio": "0.5"},
        f"households/incomerule/{rule.pk}": {},
        f"households/yearline/{line.pk}": {"monitoring_line_yuan": "7000", "valid_from": "2021-01-01"},
    }

    corrected = [save(clerk, f"{page}/change/", **values) for page, values in pages.items()]
    withdrawn = [save(clerk, f"{page}/do/withdraw/", reason="更正") for page in pages]
    read = [clerk.get(f"/admin/{page}/change/").status_code for page in pages]

    with tenant_scope(county_office()):
        for row in (share, rule, line):
            row.refresh_from_db()
    assert (corrected, withdrawn, read) == ([302] * 3, [302] * 3, [200] * 3)
    assert (share.cost_ratio, rule.counts_toward_net, line.monitoring_line_yuan) == (
        Decimal("0.5"),
        False,
        Decimal(7000),
    )
    assert all(one.withdrawn_on is not None for one in (share, rule, line))
