"""Public-welfare posts: seats, one post at a time, months paid once, and what the income ledger is offered."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError

from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.move import move_household
from households.domain.scope import rewrite_person_scope
from households.models import Household, Membership, PersonYear
from households.queries.offers import income_offers
from livelihoods.definitions.posts import PostFigures
from livelihoods.domain.figures import amend_post_rule, set_post_rule
from livelihoods.domain.months import confirm_month, reverse_month
from livelihoods.domain.posts import PostDraft, amend_post, end_term, fill_post, open_post, renew_term, seats_taken
from livelihoods.enums import WorkProof
from livelihoods.models import PostHolding, PostMonth, WelfarePost
from livelihoods.queries.offers import offers_of, posts_of
from livelihoods.queries.outcomes import with_outcome
from livelihoods.queries.posts import terms_due
from livelihoods.queries.visibility import enrolments_visible_to
from partners.domain.benefits import BenefitDraft, state_benefit
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import months_after, today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory
from tests.livelihoods.ground import attended, course, home_of, worker

SINCE, UNTIL = date(2021, 1, 1), date(2022, 1, 1)
MARCH = date(2021, 3, 1)


def post_draft(**values: Any) -> PostDraft:
    names: dict[str, Any] = {"name": "保洁员", "kind_code": "05", "duties": "村内保洁", "seat_count": 1}
    money: dict[str, Any] = {"monthly_yuan": Decimal("500.00"), "funding_code": "3", "pay_item_code": "1023"}
    return PostDraft(**(names | money | {"starts_on": date(2020, 1, 1)} | values))


def post(actor: Actor, **values: Any) -> WelfarePost:
    return open_post(VillageFactory.create(code=VILLAGE_CODE).pk, post_draft(**values), actor=actor)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"duties": " "}, "duties"),
        ({"seat_count": 0}, "seat_count"),
        ({"monthly_yuan": Decimal(0)}, "monthly_yuan"),
        ({"pay_item_code": "301"}, "pay_item_code"),
        ({"kind_code": "xx"}, "kind_code"),
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
    ],
)
def test_post_is_refused_with_its_field_when_it_cannot_be(office: Actor, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        post(office, **wrong)

    assert (refused.value.field, WelfarePost.objects.count()) == (field, 0)


def test_seat_is_taken_also_when_its_holder_moved_out_of_sight(office: Actor) -> None:
    one, mover, next_one = post(office), worker(), worker()
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    term = fill_post(one.pk, mover.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)
    move_household(home_of(mover).pk, FAR_VILLAGE_CODE, actor=office, on=date(2021, 6, 1), reason="搬迁")

    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)
    with tenant_scope(team), pytest.raises(Conflict) as full:
        fill_post(one.pk, next_one.pk, starts_on=date(2021, 7, 1), ends_on=UNTIL, actor=team)
    with tenant_scope(team):
        taken = seats_taken([one.pk], actor=team, on=date(2021, 7, 1))
    with pytest.raises(IntegrityError), savepoint():
        PostHolding.objects.create(
            post=one, person=next_one, scope_code=VILLAGE_CODE, seat_number=1, starts_on=SINCE, ends_on=UNTIL
        )
    end_term(term.pk, on=date(2021, 7, 1), reason="搬迁", actor=office, version=1)
    with tenant_scope(team):
        row = fill_post(one.pk, next_one.pk, starts_on=date(2021, 7, 1), ends_on=UNTIL, actor=team)

    assert (full.value.code, taken, row.seat_number) == ("post.full", {one.pk: 1}, 1)


def test_months_of_who_moved_are_confirmed_where_the_holder_lives_and_the_term_renewed_by_the_county(
    office: Actor,
) -> None:
    person = worker()
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    term = fill_post(post(office).pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)
    move_household(home_of(person).pk, FAR_VILLAGE_CODE, actor=office, on=date(2021, 6, 1), reason="搬迁")

    team = actor_of(Role.VILLAGE_TEAM, area=FAR_VILLAGE_CODE)
    with tenant_scope(team):
        month = confirm_month(term.pk, MARCH, actor=team)
        with pytest.raises(NotFound) as hidden:
            renew_term(term.pk, ends_on=date(2023, 1, 1), actor=team, version=1)

    assert (month.amount_yuan, month.scope_code, hidden.value.code) == (
        Decimal("500.00"), FAR_VILLAGE_CODE, "post.out_of_sight",
    )  # fmt: skip


def test_who_left_is_paid_no_later_month_and_the_former_household_is_offered_the_earlier_ones(office: Actor) -> None:
    person = worker()
    home = home_of(person)
    term = fill_post(post(office).pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)
    month = confirm_month(term.pk, MARCH, actor=office)
    person.memberships.update(ends_on=date(2021, 4, 1), end_reason_code="01")
    rewrite_person_scope([person.pk], FAR_VILLAGE_CODE)

    with pytest.raises(DomainError) as gone:
        confirm_month(term.pk, date(2021, 4, 1), actor=office)
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)
    with tenant_scope(team):
        offers = [offer.line_id for offer in income_offers(home.pk, 2021)]

    assert (gone.value.code, offers) == ("post_month.gone", [month.pk])
    assert [row.has_left for row in terms_due(PostHolding.objects.all(), date(2021, 5, 1))] == [True]


def test_person_has_one_post_at_a_time_and_a_year_at_most(office: Actor) -> None:
    one, other, person = post(office), post(office, name="护路员"), worker()
    term = fill_post(one.pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)

    with pytest.raises(Conflict) as second:
        fill_post(other.pk, person.pk, starts_on=MARCH, ends_on=UNTIL, actor=office)
    with pytest.raises(DomainError) as long:
        renew_term(term.pk, ends_on=date(2023, 1, 2), actor=office, version=1)
    renewed = renew_term(term.pk, ends_on=date(2023, 1, 1), actor=office, version=1)

    assert (second.value.code, long.value.field) == ("post.second", "ends_on")
    assert (renewed.starts_on, renewed.seat_number) == (UNTIL, 1)


@pytest.mark.parametrize("birth", ["20060102", "19500101"])
def test_who_is_too_young_or_too_old_gets_no_post(office: Actor, birth: str) -> None:
    one, person = post(office), worker(birth=birth)

    with pytest.raises(DomainError) as refused:
        fill_post(one.pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)

    assert (refused.value.code, PostHolding.objects.count()) == ("post.age", 0)


def test_ages_and_terms_are_those_of_the_county_in_the_year_of_the_first_day(office: Actor) -> None:
    one, person = post(office), worker(birth="19700101")
    own = PostFigures(youngest_age=18, oldest_age=50, most_months=6, asked_days=10, source="示例文件")
    rule = set_post_rule(2021, own, actor=office)

    with pytest.raises(DomainError) as old:
        fill_post(one.pk, person.pk, starts_on=SINCE, ends_on=date(2021, 7, 1), actor=office)
    amend_post_rule(rule.pk, replace(own, oldest_age=55), actor=office, version=1)
    with pytest.raises(DomainError) as long:
        fill_post(one.pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)
    fill_post(one.pk, person.pk, starts_on=SINCE, ends_on=date(2021, 7, 1), actor=office)
    with pytest.raises(DomainError) as nobody:
        set_post_rule(2022, replace(own, most_months=13), actor=office)

    assert (old.value.code, long.value.code, nobody.value.field) == ("post.age", "term.length", "most_months")
    assert [terms_due(PostHolding.objects.all(), day).count() for day in (MARCH, date(2021, 6, 21))] == [0, 1]


def test_who_is_not_able_to_work_gets_no_post(office: Actor) -> None:
    one, person = post(office), worker()
    PersonYear.objects.create(person=person, scope_code=person.scope_code, year=2020, skill_code="4")

    with pytest.raises(DomainError) as refused:
        fill_post(one.pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)

    assert refused.value.code == "post.without_labour"


def test_taken_seat_is_not_taken_away_until_its_term_is_over(office: Actor) -> None:
    one, since, until = post(office, seat_count=2), months_after(today(), -6), months_after(today(), 1)
    rows = [fill_post(one.pk, worker().pk, starts_on=since, ends_on=until, actor=office) for _place in range(2)]

    with pytest.raises(Conflict) as refused:
        amend_post(one.pk, post_draft(seat_count=1), actor=office, version=1)
    with pytest.raises(DatabaseError), savepoint():
        PostHolding.objects.filter(pk=rows[0].pk).update(ends_on=months_after(until, 1))
    end_term(rows[1].pk, on=today(), reason="离岗", actor=office, version=1)

    assert amend_post(one.pk, post_draft(seat_count=1), actor=office, version=1).seat_count == 1
    assert (refused.value.code, sorted(row.seat_number for row in rows)) == ("post.is_held", [1, 2])


def test_month_is_paid_once_until_it_is_reversed(office: Actor) -> None:
    term = fill_post(post(office).pk, worker().pk, starts_on=SINCE, ends_on=UNTIL, actor=office)
    first = confirm_month(term.pk, MARCH, actor=office)

    with pytest.raises(Conflict) as twice:
        confirm_month(term.pk, MARCH, actor=office)
    with pytest.raises(DomainError) as outside:
        confirm_month(term.pk, UNTIL, actor=office)
    with pytest.raises(DatabaseError), savepoint():
        PostMonth.objects.filter(pk=first.pk).update(amount_yuan=1)
    reverse_month(first.pk, reason="录错", actor=office)
    again = confirm_month(term.pk, MARCH, actor=office, amount_yuan=Decimal("450.50"))
    with pytest.raises(Conflict) as ended:
        end_term(term.pk, on=MARCH, reason="离岗", actor=office, version=1)
    with pytest.raises(DatabaseError), savepoint():
        PostHolding.objects.filter(pk=term.pk).update(ends_on=MARCH)

    assert (twice.value.code, outside.value.field) == ("database.postmonth_once", "month")
    assert (first.amount_yuan, again.amount_yuan, ended.value.code) == (
        Decimal("500.00"), Decimal("450.50"), "term.month_confirmed",
    )  # fmt: skip


def test_month_of_two_terms_is_paid_once(office: Actor) -> None:
    january = date(2022, 1, 1)
    one = post(office)
    term = fill_post(one.pk, worker().pk, starts_on=date(2021, 2, 1), ends_on=date(2022, 1, 15), actor=office)
    renewed = renew_term(term.pk, ends_on=date(2022, 6, 1), actor=office, version=1)
    confirm_month(term.pk, january, actor=office)

    with pytest.raises(Conflict) as twice:
        confirm_month(renewed.pk, january, actor=office)

    assert twice.value.code == "database.postmonth_once"


def test_pay_is_offered_once_to_the_household_of_the_month(office: Actor) -> None:
    person = worker()
    home = home_of(person)
    term = fill_post(post(office).pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)
    wrong = confirm_month(term.pk, date(2021, 2, 1), actor=office)
    row = confirm_month(term.pk, MARCH, actor=office)
    reverse_month(wrong.pk, reason="录错", actor=office)

    (offer,) = income_offers(home.pk, 2021)
    line = LineDraft(item_code=offer.item_code, amount_yuan=offer.amount_yuan, source=offer.source)
    with pytest.raises(DomainError) as twice:
        record_income([income(home, 2021, line, line)], actor=office)
    record_income([income(home, 2021, line)], actor=office)
    with pytest.raises(DomainError) as later:
        record_income([income(home, 2022, line)], actor=office)
    (told,) = offers_of(home.pk, 2021)

    assert (offer.item_code, offer.amount_yuan, offer.is_recorded) == ("1023", Decimal("500.00"), False)
    assert (offer.line_id, offer.source, offer.paid_on) == (row.pk, row.source, date(2021, 3, 31))
    assert (twice.value.code, later.value.code) == ("income.paid_twice", "income.paid_twice")
    assert (told.is_recorded, [told], offers_of(home.pk, 2020)) == (True, income_offers(home.pk, 2021), [])


def test_month_is_offered_to_the_year_that_counts_its_last_day(office: Actor) -> None:
    person = worker()
    home = home_of(person)
    term = fill_post(post(office).pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)
    confirm_month(term.pk, date(2021, 9, 1), actor=office)
    confirm_month(term.pk, date(2021, 10, 1), actor=office)

    record_income([income(home, 2021, LineDraft(item_code="101", amount_yuan=Decimal(0)))], actor=office)

    assert [one.paid_on for one in income_offers(home.pk, 2021)] == [date(2021, 9, 30)]
    assert [one.paid_on for one in income_offers(home.pk, 2022)] == [date(2021, 10, 31)]


def test_month_that_stands_in_the_income_of_another_household_is_not_offered_as_new(office: Actor) -> None:
    person, other = worker(), home_of(worker())
    home = home_of(person)
    term = fill_post(post(office).pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)
    row = confirm_month(term.pk, MARCH, actor=office)
    line = LineDraft(item_code=row.item_code, amount_yuan=row.amount_yuan, source=row.source)
    record_income([income(home, 2021, line)], actor=office)

    person.memberships.update(ends_on=MARCH, end_reason_code="01")
    Membership.objects.create(
        household=other, person=person, scope_code=other.scope_code, relation_code="10", starts_on=MARCH,
        starts_precision="day",
    )  # fmt: skip

    assert income_offers(home.pk, 2021) == []
    assert [one.is_recorded for one in income_offers(other.pk, 2021)] == [True]


def test_income_comes_from_the_very_post(office: Actor) -> None:
    person = worker()
    home, one = home_of(person), post(office)
    term = fill_post(one.pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)
    row = confirm_month(term.pk, MARCH, actor=office)
    line = LineDraft(item_code=row.item_code, amount_yuan=row.amount_yuan, source=row.source)
    record_income([income(home, 2021, line)], actor=office)
    wanted = BenefitDraft(
        item_code=row.item_code, line_source=row.source, benefit_code="4", source_kind="welfare_post", source_id=one.pk
    )

    link = state_benefit(home.pk, 2021, wanted, actor=office)

    assert (link.source_id, link.source_name) == (one.pk, f"{one.village.name} {one.name}")
    assert (posts_of(home.pk, 2023), posts_of(home_of(worker()).pk, 2021)) == ([], [])


def income(home: Household, year: int, *lines: LineDraft) -> IncomeDraft:
    """Describe the income of a year that begins in October."""
    return IncomeDraft(
        household_id=home.pk, year=year, period_start=date(year - 1, 10, 1), period_end=date(year, 10, 1),
        person_count=1, lines=lines,
    )  # fmt: skip


def test_terms_that_end_and_holders_over_age_are_due(office: Actor) -> None:
    one, ending, old, kept = post(office, seat_count=3), worker(), worker(birth="19510901"), worker()
    term = fill_post(one.pk, ending.pk, starts_on=SINCE, ends_on=date(2021, 4, 15), actor=office)
    late = fill_post(one.pk, old.pk, starts_on=date(2021, 6, 1), ends_on=UNTIL, actor=office)
    fill_post(one.pk, kept.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)

    due = {row.pk: row.is_over_age for row in terms_due(PostHolding.objects.all(), MARCH)}
    over = {row.pk: row.is_over_age for row in terms_due(PostHolding.objects.all(), date(2021, 10, 1))}
    renew_term(term.pk, ends_on=UNTIL, actor=office, version=1)

    assert (due, over) == ({term.pk: False}, {late.pk: True})
    assert terms_due(PostHolding.objects.all(), MARCH).count() == 0


def test_post_shows_that_a_trained_person_is_at_work(office: Actor) -> None:
    person = worker()
    row = attended(course(office), person, office)

    fill_post(post(office).pk, person.pk, starts_on=SINCE, ends_on=UNTIL, actor=office)

    found = with_outcome(enrolments_visible_to(office)).get(pk=row.pk)
    assert (found.proof, found.is_at_work) == (WorkProof.POST, True)
