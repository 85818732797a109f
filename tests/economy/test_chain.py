"""From a project's money to shares, dividends, the ledger, and what households are offered; wages likewise."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from economy.domain.booking import book_dividend
from economy.domain.dividends import approve_dividend, propose_dividend
from economy.domain.ledger import EntryDraft, book_entry, reverse_entry
from economy.domain.project_money import FoldDraft, fold_money, note_project_money
from economy.domain.shares import end_shares, hold_shares, open_fund, set_share_total
from economy.domain.work import WorkDraft, record_work, withdraw_work
from economy.models import Dividend, DividendLine, IndustryProject, LedgerEntry, ShareFund, Shareholding
from economy.queries.offers import offers_of
from economy.queries.sheet import sheet_of
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.scope import rewrite_household_scope
from households.models import Household, IncomeLine, Membership
from households.queries.offers import income_offers
from households.queries.timeline import timeline
from partners.domain.benefits import BenefitDraft, state_benefit
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.economy.projects import DAY, funded, money, project
from tests.economy.test_projects import refusal
from tests.economy.test_shares import PAID, SINCE, colleague
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory


def folded(row: IndustryProject, actor: Actor, amount: str = "400.00", **values: Any) -> ShareFund:
    """Turn money of a project to shares of a fund of its village."""
    fund = open_fund(VillageFactory.create(code=VILLAGE_CODE).pk, name="养殖合作社", actor=actor, **values)
    return fold_money(row.pk, fold(fund.pk, amount), actor=actor)


def fold(fund_id: UUID, amount: str) -> FoldDraft:
    return FoldDraft(fund_id=fund_id, source_code="1", noted_on=DAY, amount_yuan=Decimal(amount))


def paid_out(fund: ShareFund, actor: Actor, *, kept: str = "20.00") -> tuple[Dividend, Household]:
    """Have a dividend of 100 yuan approved, of which a household and the village share what is not kept."""
    home = registered()
    hold_shares(fund.pk, home.pk, share_count=Decimal(3), on=SINCE, actor=actor)
    hold_shares(fund.pk, None, share_count=Decimal(1), on=SINCE, actor=actor)
    row = propose_dividend(fund.pk, paid_on=PAID, amount_yuan=Decimal(100), kept_yuan=Decimal(kept), actor=actor)
    clerk = colleague()
    with tenant_scope(clerk):
        approve_dividend(row.pk, actor=clerk, version=1)
    row.refresh_from_db()
    return row, home


def test_dividend_is_followed_to_the_money_of_its_project(office: Actor) -> None:
    row = funded(office)
    fund = folded(row, office)
    dividend, home = paid_out(fund, office)

    entry = book_dividend(dividend.pk, payer="project", actor=office)

    (offer,) = offers_of(home.pk, 2021)
    assert (fund.project_id, fund.folded_yuan, dividend.fund.project_id) == (row.pk, Decimal("400.00"), row.pk)
    assert (entry.kind, entry.source_code, entry.amount_yuan, entry.occurred_on, entry.project_id) == (
        "income",
        "14",
        Decimal("40.00"),
        PAID,
        row.pk,
    )
    assert (offer.amount_yuan, offer.item_code, offer.origin) == (Decimal("60.00"), "301", row.name)


def test_dividend_is_booked_once_until_its_entry_is_reversed(office: Actor) -> None:
    dividend, _home = paid_out(folded(funded(office), office), office)
    first = book_dividend(dividend.pk, payer="project", actor=office)
    twice = refusal(book_dividend, dividend.pk, payer="collective", actor=office)

    mirror = reverse_entry(first.pk, reason="记错方向", actor=office)
    again = book_dividend(dividend.pk, payer="collective", actor=office)

    assert twice[0] == "database.ledgerentry_dividend_once"
    assert (mirror.dividend_id, again.kind, again.amount_yuan) == (dividend.pk, "cost", Decimal("60.00"))


def test_database_refuses_an_entry_that_does_not_follow_its_dividend(office: Actor) -> None:
    dividend, _home = paid_out(folded(funded(office), office), office)
    entry = {
        "village_id": dividend.fund.village_id, "scope_code": VILLAGE_CODE, "kind": "income", "source_code": "14",
        "occurred_on": PAID, "purpose": "分红", "dividend": dividend,
    }  # fmt: skip

    with pytest.raises(IntegrityError, match="follows from it"), savepoint():
        LedgerEntry.objects.create(**entry, amount_yuan=41)

    assert LedgerEntry.objects.create(**entry, amount_yuan=40).pk is not None


def test_shares_and_parts_of_a_household_that_moved_are_listed_where_it_lives(office: Actor) -> None:
    _dividend, home = paid_out(folded(funded(office), office), office)
    rewrite_household_scope(home, FAR_VILLAGE_CODE)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=FAR_VILLAGE_CODE)):
        found = (len(list(Shareholding.objects.all())), len(list(DividendLine.objects.all())))

    assert found == (1, 1)


def test_dividend_is_not_booked_when_it_is_open_or_leaves_nothing(office: Actor) -> None:
    fund = folded(funded(office), office)
    home = registered()
    hold_shares(fund.pk, home.pk, share_count=Decimal(1), on=SINCE, actor=office)
    row = propose_dividend(fund.pk, paid_on=PAID, amount_yuan=Decimal(10), kept_yuan=Decimal(0), actor=office)
    open_one = refusal(book_dividend, row.pk, payer="project", actor=office)
    clerk = colleague()
    with tenant_scope(clerk):
        approve_dividend(row.pk, actor=clerk, version=1)

    assert open_one[0] == "dividend.not_approved"
    assert refusal(book_dividend, row.pk, payer="project", actor=office) == ("dividend.nothing_to_book", "payer")
    assert refusal(book_dividend, row.pk, payer="nobody", actor=office) == ("dividend.payer", "payer")


def test_money_is_turned_to_shares_of_no_more_than_arrived_and_of_its_own_fund(office: Actor) -> None:
    row = funded(office)
    fund = folded(row, office)
    own = open_fund(fund.village_id, name="旧合作社", folded_yuan=Decimal(5), actor=office)
    far = open_fund(VillageFactory.create(code=FAR_VILLAGE_CODE).pk, name="远村", actor=office)
    other = project(office, name="另一项目")

    assert refusal(fold_money, row.pk, fold(fund.pk, "0.01"), actor=office) == (
        "money.more_than_arrived",
        "amount_yuan",
    )
    assert refusal(fold_money, row.pk, fold(own.pk, "1"), actor=office)[0] == "fund.own_money"
    assert refusal(fold_money, row.pk, fold(far.pk, "1"), actor=office)[0] == "fund.another_village"
    assert refusal(fold_money, other.pk, fold(fund.pk, "1"), actor=office)[0] == "fund.another_project"
    assert fold_money(row.pk, fold(fund.pk, "-400"), actor=office).folded_yuan == 0


def test_database_keeps_a_fund_to_the_money_of_its_project(office: Actor) -> None:
    fund = folded(funded(office), office)

    with pytest.raises(IntegrityError, match="turned to shares"), savepoint():
        ShareFund.objects.filter(pk=fund.pk).update(folded_yuan=1)
    with pytest.raises(IntegrityError, match="keeps its project"), savepoint():
        ShareFund.objects.filter(pk=fund.pk).update(project=None)


def test_shares_add_up_to_those_of_the_fund(office: Actor) -> None:
    fund = folded(funded(office), office, share_total=Decimal(4))
    home = registered()
    hold_shares(fund.pk, home.pk, share_count=Decimal(3), on=SINCE, actor=office)

    over = refusal(hold_shares, fund.pk, None, share_count=Decimal(2), on=PAID, actor=office)
    short = refusal(propose_dividend, fund.pk, paid_on=PAID, amount_yuan=Decimal(9), kept_yuan=Decimal(0), actor=office)
    below = refusal(set_share_total, fund.pk, share_total=Decimal(2), actor=office)
    set_share_total(fund.pk, share_total=Decimal(3), actor=office)

    assert (over, short, below) == (
        ("shares.do_not_add_up", "share_count"),
        ("dividend.shares_do_not_add_up", "paid_on"),
        ("shares.total_below_held", "share_total"),
    )
    row = propose_dividend(fund.pk, paid_on=PAID, amount_yuan=Decimal(9), kept_yuan=Decimal(0), actor=office)
    assert row.state == "proposed"


def test_database_holds_shares_to_the_total_on_each_day(office: Actor) -> None:
    fund = folded(funded(office), office, share_total=Decimal(4))
    hold_shares(fund.pk, registered().pk, share_count=Decimal(3), on=SINCE, actor=office)
    more = Shareholding(fund=fund, scope_code=fund.scope_code, share_count=Decimal(2), starts_on=DAY)

    with pytest.raises(IntegrityError, match="more shares would be held"), savepoint():
        more.save()
    with pytest.raises(IntegrityError, match="more shares would be held"), savepoint():
        ShareFund.objects.filter(pk=fund.pk).update(share_total=2)
    Shareholding.objects.update(ends_on=DAY)
    more.save()
    set_share_total(fund.pk, share_total=Decimal(2), actor=office)
    # Three were held before the total was lowered: that is no hindrance to ending what is held now.
    (ended,) = Shareholding.objects.filter(ends_on__isnull=True)
    end_shares(ended.pk, on=today(), actor=office)
    with pytest.raises(IntegrityError, match="more shares would be held"), savepoint():
        Shareholding.objects.filter(starts_on=SINCE).update(ends_on=None)

    assert Shareholding.objects.filter(ends_on__isnull=False).count() == 2


def test_total_counts_shares_of_a_household_that_moved_out_of_sight(office: Actor) -> None:
    fund = folded(funded(office), office, share_total=Decimal(4))
    home = registered()
    hold_shares(fund.pk, home.pk, share_count=Decimal(3), on=SINCE, actor=office)
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    rewrite_household_scope(home, FAR_VILLAGE_CODE)
    clerk = colleague()

    with tenant_scope(clerk):
        over = refusal(hold_shares, fund.pk, None, share_count=Decimal(2), on=PAID, actor=clerk)
        below = refusal(set_share_total, fund.pk, share_total=Decimal(2), actor=clerk)

    assert (over, below) == (("shares.do_not_add_up", "share_count"), ("shares.total_below_held", "share_total"))


def test_timeline_tells_dividends_and_wages_to_who_may_see_them(office: Actor) -> None:
    row = funded(office)
    _dividend, home = paid_out(folded(row, office), office)
    other, person = worker()
    record_work(row.pk, work(person, wage_yuan=Decimal("300.00")), actor=office)

    told = [(entry.kind, entry.on) for entry in timeline(home, actor=office) if entry.kind == "dividend_received"]
    wages = [entry.text for entry in timeline(other, actor=office) if entry.kind == "wage_received"]
    hidden = [entry for entry in timeline(home, actor=actor_of(Role.HELPER)) if entry.kind == "dividend_received"]

    assert (told, hidden, len(wages)) == ([("dividend_received", PAID)], [], 1)
    assert ", 10 days, 300.00 yuan" in wages[0]


def test_income_of_a_project_is_booked_for_a_village_that_it_reaches(office: Actor) -> None:
    row = funded(office)
    far = VillageFactory.create(code=FAR_VILLAGE_CODE)
    near = VillageFactory.create(code=VILLAGE_CODE)
    draft = EntryDraft(
        kind="income", source_code="13", occurred_on=DAY, amount_yuan=Decimal(9), purpose="租金", project_id=row.pk
    )

    entry = book_entry(near.pk, draft, actor=office)

    assert reverse_entry(entry.pk, reason="错账", actor=office).project_id == row.pk
    assert refusal(book_entry, far.pk, draft, actor=office) == ("entry.project", "project_id")


def worker(**values: Any) -> tuple[Household, UUID]:
    """Give a household with somebody who can be hired."""
    home = registered(**values)
    return home, Membership.objects.filter(household=home).order_by("relation_code").values_list(
        "person_id", flat=True
    )[0]


def work(person_id: UUID, **values: Any) -> WorkDraft:
    return WorkDraft(
        **{"person_id": person_id, "day_count": Decimal(10), "wage_yuan": Decimal("900.00"), "paid_on": PAID, **values}
    )


def test_wage_is_offered_to_the_income_ledger_until_a_line_names_it(office: Actor) -> None:
    row, (home, person_id) = funded(office), worker()

    record_work(row.pk, work(person_id), actor=office)

    (offer,) = income_offers(home.pk, 2021)
    untouched = IncomeLine.objects.filter(household=home).exists()
    line = LineDraft(item_code=offer.item_code, amount_yuan=offer.amount_yuan, source=offer.source)
    record_income(
        [
            IncomeDraft(
                household_id=home.pk, year=2021, period_start=date(2021, 1, 1), period_end=date(2022, 1, 1),
                person_count=1, lines=(line,),
            )
        ],
        actor=office,
    )  # fmt: skip
    assert (untouched, offer.item_code, offer.amount_yuan, offer.is_recorded) == (False, "101", Decimal(900), False)
    assert [one.is_recorded for one in income_offers(home.pk, 2021)] == [True]


def test_offer_belongs_to_the_year_whose_period_holds_its_day_and_is_told_once(office: Actor) -> None:
    row, (home, person_id) = funded(office), worker()
    record_work(row.pk, work(person_id), actor=office)
    record_income([income(home, 2021)], actor=office)

    (offer,) = income_offers(home.pk, 2022)
    line = LineDraft(item_code=offer.item_code, amount_yuan=offer.amount_yuan, source=offer.source)
    twice = refusal(record_income, [income(home, 2022, line, line)], actor=office)
    record_income([income(home, 2022, line)], actor=office)

    assert (income_offers(home.pk, 2021), offer.paid_on, offer.year) == ([], PAID, 2022)
    assert twice == ("income.paid_twice", "lines")
    assert refusal(record_income, [income(home, 2021, line)], actor=office) == ("income.paid_twice", "lines")


def test_income_comes_from_the_very_fund_and_project(office: Actor) -> None:
    row = funded(office)
    fund = folded(row, office)
    _dividend, home = paid_out(fund, office)
    member = Membership.objects.filter(household=home, relation_code="01").get().person_id
    record_work(row.pk, work(member, wage_yuan=Decimal(90)), actor=office)
    lines = [
        LineDraft(item_code=one.item_code, amount_yuan=one.amount_yuan, source=one.source)
        for one in income_offers(home.pk, 2021)
    ]
    record_income(
        [replace(income(home, 2021, *lines), period_start=date(2021, 1, 1), period_end=date(2022, 1, 1))], actor=office
    )
    sources = {line.item_code: line.source for line in lines}
    share = BenefitDraft(item_code="301", line_source=sources["301"], benefit_code="3", source_kind="share_fund",
                         source_id=fund.pk)  # fmt: skip
    wage = BenefitDraft(item_code="101", line_source=sources["101"], benefit_code="4", source_kind="industry_project",
                        source_id=row.pk)  # fmt: skip

    links = [state_benefit(home.pk, 2021, draft, actor=office) for draft in (share, wage)]

    assert [(one.source_id, one.source_name) for one in links] == [
        (fund.pk, "养殖合作社 · 牦牛养殖"),
        (row.pk, "牦牛养殖"),
    ]
    assert refusal(state_benefit, home.pk, 2021, replace(wage, source_id=fund.pk), actor=office)[0] == (
        "benefit.source_not_found"
    )


def income(home: Household, year: int, *lines: LineDraft) -> IncomeDraft:
    """Describe the income of a year that begins in October."""
    return IncomeDraft(
        household_id=home.pk, year=year, period_start=date(year - 1, 10, 1), period_end=date(year, 10, 1),
        person_count=1, lines=lines or (LineDraft(item_code="101", amount_yuan=Decimal(0)),),
    )  # fmt: skip


def test_wages_take_no_money_that_was_given_back_or_turned_to_shares(office: Actor) -> None:
    row, (_home, person_id) = funded(office), worker()
    folded(row, office, "300.00")
    note_project_money(row.pk, money(returned_yuan="100.00"), actor=office)

    over = refusal(record_work, row.pk, work(person_id, wage_yuan=Decimal("600.01")), actor=office)

    assert over[0] == "database.projectwork_is_paid_by_the_project"
    assert record_work(row.pk, work(person_id, wage_yuan=Decimal(600)), actor=office).version == 1


def test_notice_tells_no_number_and_no_amount_of_one_or_two_households(office: Actor) -> None:
    row = funded(office, VILLAGE_CODE, FAR_VILLAGE_CODE)
    dividend, _home = paid_out(folded(row, office), office)
    record_work(row.pk, work(worker()[1], wage_yuan=Decimal(90)), actor=office)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=FAR_VILLAGE_CODE)):
        sheet = sheet_of(row.pk)

    assert dividend.state == "approved"
    assert sheet.own_village_id == VillageFactory.create(code=FAR_VILLAGE_CODE).pk
    assert (sheet.worker_count, sheet.worker_household_count, sheet.wage_yuan) == (None, None, None)
    assert (sheet.shareholding_count, sheet.dividend_yuan, sheet.dividend_household_count) == (None, None, None)


def test_wage_that_is_taken_back_is_offered_no_more(office: Actor) -> None:
    row, (home, person_id) = funded(office), worker()
    paid = record_work(row.pk, work(person_id), actor=office)
    twice = refusal(record_work, row.pk, work(person_id, wage_yuan=Decimal(1)), actor=office)

    withdraw_work(paid.pk, reason="重复登记", actor=office, version=1)

    assert (twice[0], income_offers(home.pk, 2021)) == ("database.projectwork_once_a_payday", [])
    assert refusal(withdraw_work, paid.pk, reason="重复", actor=office)[0] == "work.withdrawn"
    assert record_work(row.pk, work(person_id), actor=office).wage_yuan == Decimal("900.00")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"wage_yuan": Decimal("1000.01")}, "database.projectwork_is_paid_by_the_project", None),
        ({"wage_yuan": Decimal(0)}, "work.wage", "wage_yuan"),
        ({"day_count": Decimal(0)}, "work.days", "day_count"),
        ({"day_count": Decimal(367)}, "work.days", "day_count"),
        ({"paid_on": date(2100, 1, 1)}, "date.in_future", "paid_on"),
    ],
)
def test_wage_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, changes: dict[str, Any], code: str, field: str | None
) -> None:
    row, (_home, person_id) = funded(office), worker()

    assert refusal(record_work, row.pk, work(person_id, **changes), actor=office) == (code, field)


def test_child_is_not_hired_and_nobody_before_the_work_begins(office: Actor) -> None:
    child = PersonDraftFactory.build(relation_code="03", document_number=document_number(7, birth="20100101"))
    row, early = funded(office), project(office, name="未开工")
    home = registered(members=(PersonDraftFactory.build(relation_code="01"), child))
    ids = Membership.objects.filter(household=home).order_by("relation_code").values_list("person_id", flat=True)

    assert refusal(record_work, row.pk, work(ids[1]), actor=office) == ("work.too_young", "person_id")
    assert refusal(record_work, early.pk, work(ids[0]), actor=office)[0] == "work.not_under_way"


def test_team_records_a_wage_of_a_project_that_reaches_its_village_and_another(office: Actor) -> None:
    row = funded(office, VILLAGE_CODE, FAR_VILLAGE_CODE)
    _home, near = worker()
    _far_home, far = worker(village_code=FAR_VILLAGE_CODE)
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    with tenant_scope(team):
        paid = record_work(row.pk, work(near), actor=team)
        with pytest.raises(NotFound):
            record_work(row.pk, work(far), actor=team)

    over = refusal(record_work, row.pk, work(far, wage_yuan=Decimal(101)), actor=office)
    assert (paid.scope_code, over[0]) == (VILLAGE_CODE, "database.projectwork_is_paid_by_the_project")
