"""What a picture holds, compared with what base tables say by statements of the test's own."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from assistance.domain.measures import MeasureDraft, category_choices, record_measure
from assistance.models import SupportPeriod
from assistance.queries.coverage import households_with_cover
from economy.domain.goals import set_income_goal
from economy.domain.ledger import EntryDraft, book_entry
from households.domain.drafts import YearDraft
from households.domain.facts import PersonYearDraft, record_household_year, record_person_year
from households.domain.monitoring import identify_for_monitoring, relapse, remove_risk
from households.domain.status import change_status
from households.domain.work import WorkDraft, record_work
from households.models import Household, Membership
from households.queries.labour import has_labour
from households.queries.stocks import StockCount, stock_on
from periods.models import FrozenHousehold, FrozenPerson, FrozenVillage, Snapshot
from registry.lib.periods import today
from registry.tenancy.context import Actor
from tests.factories.assistance import paired
from tests.factories.households import FIRST_DAY, PersonDraftFactory, registered
from tests.periods.play import Play, picture

DAY = date(2021, 6, 30)
# By a statement that shares nothing with the product's: each household is asked for by itself.
BY_HAND = """
SELECT s.village_code, s.status, h.main_cause_code, count(*), sum((
    SELECT count(*) FROM households_membership m WHERE m.tenant_id = s.tenant_id AND m.household_id = s.household_id
        AND daterange(m.starts_on, m.ends_on) @> %(day)s))
FROM households_householdspell s JOIN households_household h ON h.tenant_id = s.tenant_id AND h.id = s.household_id
WHERE s.tenant_id = %(tenant)s AND daterange(s.starts_on, s.ends_on) @> %(day)s
    AND s.status NOT IN ('candidate', 'closed')
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
FROZEN = """
SELECT village_code, status, main_cause_code, count(*), sum(person_count) FROM periods_frozenhousehold
WHERE tenant_id = %(tenant)s AND snapshot_id = %(snapshot)s GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


def run(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def frozen(actor: Actor, household: Household, day: date = DAY) -> FrozenHousehold:
    return FrozenHousehold.objects.get(snapshot=picture(actor, day), household_id=household.pk)


def test_counts_and_cover_equal_those_of_base_tables_when_much_happened(office: Actor) -> None:
    SupportPeriod.objects.create(
        year=2021, starts_on=date(2021, 2, 1), ends_on=date(2022, 1, 1), scope_code=office.tenant_code
    )
    paired(registered(status="ordinary"))
    play = Play(office, seed=3)
    play.run(90)
    free = 0

    for day in (FIRST_DAY, date(2021, 1, 31), play.day):
        snapshot = picture(office, day)
        values = {"tenant": office.tenant_id, "day": day, "snapshot": snapshot.pk}
        by_hand = run(BY_HAND, **values)
        assert by_hand
        assert run(FROZEN, **values) == by_hand
        assert _stocks(snapshot) == stock_on(day)
        persons = FrozenPerson.objects.filter(snapshot=snapshot).count()
        assert snapshot.persons == sum(row[4] for row in by_hand) == persons
        rows = FrozenHousehold.objects.filter(snapshot=snapshot)
        covered = dict(rows.exclude(cover="").values_list("household_id", "cover"))
        assert covered == dict(households_with_cover(day).values_list("id", "cover"))
        free += rows.filter(cover="", has_helper=True).count()
    assert free > 0
    assert {"helper", "none"} <= set(covered.values())


def _stocks(snapshot: Snapshot) -> list[StockCount]:
    """Count the stocks of a picture as the account does."""
    rows = FrozenHousehold.objects.filter(snapshot=snapshot).values_list(
        "village_code", "stock", "is_monitored", "person_count"
    )
    counts: dict[tuple[str, str], list[int]] = {}
    for village, stock, is_monitored, persons in rows:
        for name in [stock] * bool(stock) + ["monitored"] * is_monitored:
            count = counts.setdefault((village, name), [0, 0])
            count[0] += 1
            count[1] += persons
    return sorted(StockCount(village, stock, *count) for (village, stock), count in counts.items())


def test_labour_follows_the_register_when_ages_and_abilities_differ(office: Actor) -> None:
    child = PersonDraftFactory.build(relation_code="03", document_number="", birth_on=date(today().year - 10, 1, 1),
                                     birth_precision="day", sex_code="1")  # fmt: skip
    household = registered(members=(PersonDraftFactory.build(relation_code="01"), PersonDraftFactory.build(), child))
    head, spouse, young = [row.person for row in Membership.objects.order_by("relation_code")]
    before = frozen(office, household, today())
    for person, code in ((head, "1"), (spouse, "3"), (young, "1")):
        record_person_year(person.pk, PersonYearDraft(year=2020, skill_code=code), actor=office)
    # A later year that tells nothing of the ability leaves it as it was known.
    record_person_year(head.pk, PersonYearDraft(year=2021, has_basic_medical=True), actor=office)

    after = frozen(office, household, today())

    assert (before.labour_count, after.labour_count, has_labour(household)) == (0, 1, True)
    rows = FrozenPerson.objects.filter(snapshot=after.snapshot_id).order_by("relation_code")
    assert list(rows.values_list("is_able_to_work", "facts_year", "skill_code")) == [
        (True, 2021, ""),
        (False, 2020, "3"),
        (False, 2020, "1"),
    ]


def test_work_counts_when_it_covers_the_day(office: Actor) -> None:
    household = registered()
    head, other = [row.person for row in Membership.objects.order_by("relation_code")]
    record_work(head.pk, WorkDraft(starts_on=date(2021, 3, 1), ends_on=date(2021, 6, 1)), actor=office)
    record_work(other.pk, WorkDraft(starts_on=date(2021, 3, 1), is_planned=True), actor=office)

    counts = [frozen(office, household, day).worker_count for day in (date(2021, 2, 28), date(2021, 5, 31), DAY)]
    rows = FrozenPerson.objects.filter(snapshot=picture(office, DAY)).order_by("relation_code")

    assert counts == [0, 1, 0]
    # Who worked earlier in the year is at no work now; of the other one nothing is known.
    assert list(rows.values_list("works_now", flat=True)) == [False, None]


def test_monitoring_is_that_of_the_day_when_it_ended_and_began_again(office: Actor) -> None:
    household = registered(status="lifted")
    identify_for_monitoring(household.pk, "1", actor=office, on=date(2021, 1, 5), reason="评议")
    remove_risk(household.pk, "2", actor=office, on=date(2021, 3, 5), reason="评议")
    relapse(household.pk, "2", actor=office, on=date(2021, 5, 5), reason="评议")

    days = (date(2021, 1, 4), date(2021, 1, 5), date(2021, 3, 4), date(2021, 3, 5), date(2021, 5, 5))
    rows = [frozen(office, household, day) for day in days]

    assert [
        (row.monitoring_state, row.is_monitored, row.monitoring_code, row.monitored_on, row.risk_removed_on)
        for row in rows
    ] == [
        ("none", False, "", None, None),
        ("identified", True, "1", date(2021, 1, 5), None),
        ("identified", True, "1", date(2021, 1, 5), None),
        ("removed", False, "1", date(2021, 1, 5), date(2021, 3, 5)),
        ("relapsed", True, "2", date(2021, 5, 5), None),
    ]
    assert [row.removal_code for row in rows] == ["", "", "", "2", ""]


def test_income_and_living_conditions_are_of_the_latest_year_up_to_the_day(office: Actor) -> None:
    household = registered()
    for year, net, water in ((2019, Decimal(6000), False), (2020, None, True), (2022, Decimal(9000), None)):
        facts = YearDraft(
            year=year,
            net_per_head_yuan=net,
            is_declared=net is not None,
            source="访谈" if net else "",
            safe_water=water,
        )
        record_household_year(household.pk, facts, actor=office)

    row = frozen(office, household)

    assert (row.income_year, row.net_per_head_yuan, row.is_declared) == (2019, Decimal(6000), True)
    assert (row.facts_year, row.safe_water) == (2020, True)


def test_measures_count_when_they_are_under_way_on_the_day(office: Actor) -> None:
    household = registered()
    category = category_choices()[0][0]
    for state, starts_on, ends_on in (
        ("1", date(2021, 6, 30), None),
        ("1", date(2021, 1, 1), date(2021, 6, 30)),
        ("0", None, None),
    ):
        draft = MeasureDraft(category_code=category, state_code=state, starts_on=starts_on, ends_on=ends_on)
        record_measure(household.pk, draft, actor=office)

    row = frozen(office, household)

    assert (row.measure_count, row.development_measure_count) == (1, 1)


def test_village_has_its_own_income_beside_the_goal(office: Actor) -> None:
    village = registered().village
    set_income_goal(2021, goal_yuan=Decimal(60000), source="县文件", actor=office)
    for code, day, amount in (
        ("11", date(2021, 6, 30), 100),
        ("11", date(2021, 7, 1), 1000),
        ("11", date(2020, 12, 31), 10000),
        ("21", date(2021, 2, 1), 7),
    ):
        draft = EntryDraft(
            kind="income", source_code=code, occurred_on=day, amount_yuan=Decimal(amount), purpose="示例"
        )
        book_entry(village.pk, draft, actor=office)

    row = FrozenVillage.objects.get(snapshot=picture(office, DAY))

    assert (row.ledger_income_yuan, row.ledger_aid_yuan, row.income_goal_yuan) == (100, 7, 60000)
    assert (row.name, row.has_team, row.facts_year) == (village.name, False, None)


def test_candidate_and_closed_household_are_in_no_picture(office: Actor) -> None:
    candidate, closed, filed = registered(status="candidate"), registered(), registered()
    change_status(closed.pk, "close_wrong", actor=office, on=date(2021, 6, 1), reason="误录")

    shown = FrozenHousehold.objects.filter(snapshot=picture(office, DAY)).values_list("household_id", flat=True)
    before = FrozenHousehold.objects.filter(snapshot=picture(office, date(2021, 5, 31)))

    assert list(shown) == [filed.pk]
    assert set(before.values_list("household_id", flat=True)) == {closed.pk, filed.pk}
    assert candidate.pk not in shown


@pytest.mark.parametrize("model", [FrozenHousehold, FrozenPerson, FrozenVillage])
def test_no_name_number_or_typed_word_is_in_a_picture(model: type[Model]) -> None:
    telling = ("name", "phone", "document_sealed", "address", "account", "employer", "work_place", "note", "reason")
    columns = {field.name for field in model._meta.concrete_fields}

    # The name of a village and that of the group below it are places of many households.
    allowed = {"name"} if model is FrozenVillage else set()
    assert columns & set(telling) == allowed
