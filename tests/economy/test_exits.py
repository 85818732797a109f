"""The ledger of the collective tells the check of a village's exit what the yearly forms leave out."""

from datetime import date
from decimal import Decimal

from assistance.queries.exits import INCOME, Condition, exit_check
from economy.domain.ledger import EntryDraft, book_entry
from registry.tenancy.context import Actor
from tests.factories.villages import VillageFactory
from villages.domain.years import record_village_facts
from villages.models import Village

ON = date(2021, 6, 1)


def income_line(village: Village) -> Condition:
    return next(one for one in exit_check(village, ON).conditions if one.fact == INCOME)


def test_own_income_of_the_ledger_counts_where_no_form_has_a_figure(office: Actor) -> None:
    village = VillageFactory.create()
    bare = income_line(village)
    book_entry(village.pk, EntryDraft(kind="income", source_code="11", occurred_on=date(2020, 5, 1),
                                      amount_yuan=Decimal(60000), purpose="出租"), actor=office)  # fmt: skip
    booked = income_line(village)
    record_village_facts(village.pk, 2020, {INCOME: Decimal(10)}, actor=office)
    stated = income_line(village)

    assert (bare.value, bare.is_met, bare.told_by) == (None, None, "form")
    assert (booked.value, booked.is_met, booked.facts_of) == (Decimal("60000.00"), True, 2020)
    assert (booked.told_by, stated.value, stated.told_by) == ("collective_ledger", Decimal(10), "form")
