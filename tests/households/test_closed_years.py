"""A closed year: its figures stand, but for what a second person decided."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection

from households.domain.carrying import carry_members
from households.domain.change_requests import approve_change, rebase_change, refuse_change
from households.domain.closed_years import close_year, reopen_year
from households.domain.drafts import YearDraft
from households.domain.facts import PersonYearDraft, record_household_year, record_person_year
from households.domain.figure_requests import (
    propose_household_year,
    propose_income,
    propose_person_year,
    save_or_propose_household_year,
    save_or_propose_person_year,
)
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.move import move_household
from households.domain.register import register_households
from households.domain.visits import VisitDraft, record_visit
from households.models import (
    ChangeRequest,
    ClosedYear,
    Household,
    HouseholdYear,
    IncomeLine,
    Membership,
    PersonYear,
    Visit,
)
from households.queries.change_requests import differences
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed
from registry.tenancy.context import Actor, take_notices
from registry.tenancy.scope import savepoint
from tests.factories.households import FIRST_DAY, HouseholdDraftFactory, registered
from tests.factories.tenants import VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory

YEAR = 2020
WHY = "核查发现录入错误"
DECLARED = YearDraft(year=YEAR, is_declared=True, net_per_head_yuan=Decimal(4000), source="农户自报")
CORRECTED = replace(DECLARED, net_per_head_yuan=Decimal("4500.50"))
INCOME = IncomeDraft(
    household_id=uuid4(),
    year=YEAR,
    period_start=date(2019, 10, 1),
    period_end=date(2020, 10, 1),
    person_count=2,
    lines=(LineDraft(item_code="101", amount_yuan=Decimal(9000)),),
)


def closed(office: Actor) -> Household:
    """Give a household with figures of a year that is closed."""
    household = registered()
    record_household_year(household.id, DECLARED, actor=office)
    record_person_year(spouse_id(), PersonYearDraft(year=YEAR, work_place="本县"), actor=office)
    close_year(YEAR, on=date(2021, 1, 31), actor=office)
    return Household.objects.get(pk=household.id)


def with_lines(office: Actor) -> Household:
    """Give a household whose closed year has lines of income."""
    household = registered()
    record_income([replace(INCOME, household_id=household.id)], actor=office)
    close_year(YEAR, on=date(2021, 1, 31), actor=office)
    return Household.objects.get(pk=household.id)


def spouse_id() -> UUID:
    found: UUID = Membership.objects.get(relation_code="02").person_id
    return found


def second() -> Actor:
    return actor_of(Role.COUNTY_OFFICE, user_id=uuid4())


def code_of(verb: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused, savepoint():
        verb()
    return refused.value.code


def corrected(household: Household, office: Actor) -> ChangeRequest:
    return propose_household_year(household.id, CORRECTED, actor=office, version=None, reason=WHY)


def net() -> Decimal | None:
    return HouseholdYear.objects.get(year=YEAR).net_per_head_yuan


def test_every_direct_way_to_the_figures_is_refused_when_the_year_is_closed(office: Actor) -> None:
    household = closed(office)
    lines = INCOME.lines
    ways: list[Callable[[], object]] = [
        lambda: record_household_year(household.id, CORRECTED, actor=office),
        lambda: record_income([replace(INCOME, household_id=household.id)], actor=office),
        lambda: record_person_year(spouse_id(), PersonYearDraft(year=YEAR, work_place="外县"), actor=office),
        lambda: record_visit(
            household.id,
            VisitDraft(
                year=YEAR,
                visited_on=date(2021, 2, 1),
                source="户主",
                period_start=INCOME.period_start,
                period_end=INCOME.period_end,
                lines=lines,
                person_count=2,
            ),
            actor=office,
        ),
    ]

    assert {code_of(way) for way in ways} == {"database.year_is_closed"}
    assert (net(), IncomeLine.objects.count()) == (Decimal(4000), 0)


def test_members_of_a_closed_year_are_not_carried_on_by_a_visit(office: Actor) -> None:
    household = registered()
    record_person_year(spouse_id(), PersonYearDraft(year=YEAR - 1, work_place="本县"), actor=office)
    record_household_year(household.id, replace(DECLARED, year=YEAR - 1), actor=office)
    close_year(YEAR, on=date(2021, 1, 31), actor=office)
    visit = Visit(
        household=household, scope_code=household.scope_code, year=YEAR, visited_on=date(2021, 2, 1),
        collector_name="示例丁", source="户主",
    )  # fmt: skip
    visit.save()

    def carry() -> object:
        return carry_members(household, visit, YEAR - 1, on=date(2021, 2, 1))

    assert code_of(carry) == "database.year_is_closed"


def test_same_facts_and_other_years_are_taken_when_a_year_is_closed(office: Actor) -> None:
    household = closed(office)

    record_household_year(household.id, DECLARED, actor=office)
    record_household_year(household.id, replace(DECLARED, year=YEAR + 1), actor=office)

    assert set(HouseholdYear.objects.values_list("year", flat=True)) == {YEAR, YEAR + 1}


@pytest.mark.parametrize("table", ["householdyear", "personyear"])
@pytest.mark.parametrize("change", ["UPDATE {} SET year = 2019", "UPDATE {} SET visit_id = tenant_id::text::uuid"])
def test_database_refuses_by_itself_when_the_year_is_closed(office: Actor, table: str, change: str) -> None:
    closed(office)
    statement = change.format(f"households_{table}").replace("tenant_id::text::uuid", "gen_random_uuid()")

    with pytest.raises(IntegrityError, match="the year is closed"), savepoint(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_years_go_along_when_a_household_moves_after_the_closing(office: Actor) -> None:
    household = closed(office)
    other = VillageFactory.create(code="549901100203")

    move_household(household.id, other.code, actor=office, on=date(2021, 3, 1), reason="搬迁")

    assert HouseholdYear.objects.get().scope_code == other.code != VILLAGE_CODE


def test_household_with_facts_of_a_closed_year_is_not_registered(office: Actor) -> None:
    VillageFactory.create()
    close_year(YEAR, on=date(2021, 1, 31), actor=office)
    draft = HouseholdDraftFactory.build(facts=DECLARED)

    assert code_of(lambda: register_households([draft], actor=office, on=FIRST_DAY)) == "year.closed"


def test_figures_are_written_once_as_shown_when_a_second_person_approves(office: Actor) -> None:
    household = closed(office)
    proposed = corrected(household, office)

    assert proposed.changes == {"net_per_head_yuan": ["4000.00", "4500.50"]}
    assert (net(), code_of(lambda: approve_change(proposed.id, actor=office, version=1))) == (
        Decimal(4000),
        "change.own_request",
    )
    decided = approve_change(proposed.id, actor=second(), version=1)

    assert (decided.state, net()) == ("approved", Decimal("4500.50"))
    assert Household.objects.get().version == household.version + 1
    assert code_of(lambda: approve_change(proposed.id, actor=second(), version=2)) == "change.decided"
    assert code_of(lambda: record_household_year(household.id, DECLARED, actor=office)) == "database.year_is_closed"


def test_figures_stay_when_the_second_person_refuses(office: Actor) -> None:
    proposed = corrected(closed(office), office)

    refuse_change(proposed.id, actor=second(), version=1, reason="无依据")

    assert net() == Decimal(4000)


def test_facts_of_a_person_are_written_when_a_second_person_approves(office: Actor) -> None:
    closed(office)
    facts = PersonYearDraft(year=YEAR, work_place="外县", health_codes=("2",), work_months=Decimal(6))
    proposed = propose_person_year(spouse_id(), facts, actor=office, version=None, reason=WHY)

    approve_change(proposed.id, actor=second(), version=1)

    row = PersonYear.objects.get(year=YEAR)
    assert (row.work_place, row.health_codes, row.work_months) == ("外县", ["2"], Decimal(6))
    assert proposed.changes["work_months"] == [None, "6.0"]


def test_lines_and_all_that_follows_are_written_when_a_second_person_approves(office: Actor) -> None:
    household = with_lines(office)
    lines = (
        LineDraft(item_code="101", amount_yuan=Decimal(9000)),
        LineDraft(item_code="102", amount_yuan=Decimal(1000)),
    )
    draft = replace(INCOME, household_id=household.id, lines=lines)
    proposed = propose_income(draft, actor=office, reason=WHY)

    assert proposed.changes["net_per_head_yuan"] == ["4500.00", "5000.00"]
    assert (net(), IncomeLine.objects.count()) == (Decimal(4500), 1)
    approve_change(proposed.id, actor=second(), version=1)

    assert (net(), IncomeLine.objects.count()) == (Decimal(5000), 2)


def test_conflict_names_the_field_when_figures_were_corrected_meanwhile(office: Actor) -> None:
    household = closed(office)
    first = corrected(household, office)
    reopen_year(ClosedYear.objects.get().pk, reason="省级要求", actor=office, version=1)
    record_household_year(household.id, replace(DECLARED, net_per_head_yuan=Decimal(4200)), actor=office)

    assert [(one.name, one.now, one.is_stale) for one in differences(first)] == [("net_per_head_yuan", "4200.00", True)]
    assert code_of(lambda: approve_change(first.id, actor=second(), version=1)) == "change.conflict"
    rebased = rebase_change(first.id, actor=office, version=1)
    approve_change(first.id, actor=second(), version=rebased.version)

    assert rebased.changes == {"net_per_head_yuan": ["4200.00", "4500.50"]}
    assert net() == Decimal("4500.50")


def test_what_another_correction_wrote_stays_when_a_later_one_is_approved(office: Actor) -> None:
    household = closed(office)
    water = propose_household_year(
        household.id, replace(DECLARED, safe_water=True), actor=office, version=None, reason=WHY
    )
    refuse_change(water.id, actor=second(), version=1, reason="重新提出")
    first = corrected(household, office)
    reopen_year(ClosedYear.objects.get().pk, reason="省级要求", actor=office, version=1)
    record_household_year(household.id, replace(DECLARED, safe_water=True), actor=office)

    approve_change(first.id, actor=second(), version=1)

    row = HouseholdYear.objects.get()
    assert (row.safe_water, row.net_per_head_yuan) == (True, Decimal("4500.50"))


def test_one_correction_of_a_year_waits_at_a_time_and_of_another_year_beside_it(office: Actor) -> None:
    household = closed(office)
    close_year(YEAR - 1, on=date(2021, 1, 31), actor=office)
    corrected(household, office)
    other = replace(CORRECTED, year=YEAR - 1)

    again = code_of(lambda: corrected(household, office))
    propose_household_year(household.id, other, actor=office, version=None, reason=WHY)

    assert (again, ChangeRequest.objects.count()) == ("database.changerequest_one_open_a_household", 2)


def test_open_year_is_not_corrected_by_a_request_and_nothing_new_is_none(office: Actor) -> None:
    household = closed(office)
    earlier = replace(DECLARED, year=YEAR - 1)

    for facts, code in ((earlier, "year.open"), (DECLARED, "change.nothing")):
        refused = code_of(
            lambda facts=facts: propose_household_year(  # type: ignore[misc]  # bound in its own turn
                household.id, facts, actor=office, version=None, reason=WHY
            )
        )
        assert refused == code


def test_form_of_a_closed_year_is_the_proposal_when_it_has_a_reason(office: Actor) -> None:
    household = closed(office)

    save_or_propose_household_year(household.id, CORRECTED, actor=office, version=None, reason=WHY)
    save_or_propose_person_year(
        spouse_id(), PersonYearDraft(year=YEAR, work_place="外县"), actor=office, version=None, reason=WHY
    )

    assert (net(), ChangeRequest.objects.count()) == (Decimal(4000), 2)
    assert [notice.code for notice in take_notices()].count("change.proposed") == 1  # said once


def test_year_is_closed_once_by_the_county_office_and_opened_with_a_reason(office: Actor) -> None:
    row = close_year(YEAR, on=date(2021, 1, 31), actor=office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, user_id=uuid4())

    assert code_of(lambda: close_year(YEAR, on=date(2021, 1, 31), actor=office)) == "database.closedyear_once"
    assert code_of(lambda: close_year(2099, on=date(2021, 1, 31), actor=office)) == "year.in_future"
    assert code_of(lambda: reopen_year(row.pk, reason=" ", actor=office, version=1)) == "reason.missing"
    with pytest.raises(NotAllowed):
        close_year(YEAR - 1, on=date(2021, 1, 31), actor=clerk)
    reopen_year(row.pk, reason="省级要求", actor=office, version=1)
    assert code_of(lambda: reopen_year(row.pk, reason="省级要求", actor=office, version=2)) == "year.open_again"
    close_year(YEAR, on=date(2021, 2, 28), actor=office)
    assert sorted(ClosedYear.objects.values_list("reason", flat=True)) == ["", "省级要求"]
