"""Benefit links: what may explain a line, editions, what becomes of links when lines change, and the sums."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from assistance.domain.measures import MeasureDraft, record_measure, withdraw_measure
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.models import Household, IncomeLine
from partners.domain import sources
from partners.domain.benefits import BenefitDraft, carry_benefits, restate_benefit, state_benefit, withdraw_benefit
from partners.domain.partners import end_partner
from partners.domain.sources import SourceOffer, UpperSource, enter_source_kind, kind_label
from partners.models import BenefitLink
from partners.queries.benefits import income_sources, links_visible_to, loose_links
from partners.queries.partners import years_of_partner
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, actor_of
from tests.partners.test_partners import added

WAGE = LineDraft(item_code="101", amount_yuan=Decimal(9000))
YAK = LineDraft(item_code="202", product="牦牛", amount_yuan=Decimal(4000), own_consumed_yuan=Decimal(500))
SHARE = LineDraft(item_code="301", amount_yuan=Decimal(600), source="示例合作社 2021-12-01")
OTHER_SHARE = LineDraft(item_code="301", amount_yuan=Decimal(50), source="示例公司 2021-12-05")
GRANT = LineDraft(item_code="401", amount_yuan=Decimal(2000))
COST = LineDraft(item_code="502", amount_yuan=Decimal(700))
LINES = (WAGE, YAK, SHARE, OTHER_SHARE, GRANT, COST)


def earned(home: Household, actor: Actor, *lines: LineDraft, year: int = 2021) -> None:
    draft = IncomeDraft(
        household_id=home.pk,
        year=year,
        period_start=date(year - 1, 10, 1),
        period_end=date(year, 10, 1),
        person_count=2,
        lines=lines or LINES,
    )
    record_income([draft], actor=actor)


def with_income(actor: Actor, *lines: LineDraft) -> Household:
    home = registered()
    earned(home, actor, *lines)
    return home


def by_partner(actor: Actor, **values: Any) -> BenefitDraft:
    partner = added(actor)
    return BenefitDraft(**{"item_code": "101", "benefit_code": "4", **values}, source_kind="partner",
                        partner_id=partner.pk)  # fmt: skip


def named(**values: Any) -> BenefitDraft:
    return BenefitDraft(**{"item_code": "101", "benefit_code": "4", "source_kind": "post", "source_name": "护林员",
                           **values})  # fmt: skip


def test_sources_of_a_year_are_summed_by_kind_apart_from_hand_outs(office: Actor) -> None:
    home = with_income(office)
    state_benefit(home.pk, 2021, by_partner(office), actor=office)
    share = named(item_code="301", line_source=SHARE.source, benefit_code="3", source_kind="project")
    state_benefit(home.pk, 2021, share, actor=office)

    found = income_sources(home.pk, 2021)

    assert found.by_benefit == (("3", Decimal("600.00")), ("4", Decimal("9000.00")))
    assert (found.earned_yuan, found.linked_yuan, found.handed_out_yuan) == (
        Decimal(13650),
        Decimal(9600),
        Decimal(2000),
    )
    assert (found.unlinked_yuan, found.unlinked_percent) == (Decimal(4050), Decimal("29.7"))
    told = {(one.line.item_code, one.line.source): one.link.source_kind if one.link else "" for one in found.earned}
    assert told == {
        ("101", ""): "partner",
        ("202", ""): "",
        ("301", SHARE.source): "project",
        ("301", OTHER_SHARE.source): "",
    }
    assert [one.line.item_code for one in found.handed_out] == ["401"]


def test_measure_of_the_household_explains_a_line(office: Actor) -> None:
    home, other = with_income(office), registered()
    draft = MeasureDraft(category_code="40", state_code="1", starts_on=date(2021, 3, 1))
    own, foreign = (record_measure(one.pk, draft, actor=office) for one in (home, other))
    later = record_measure(home.pk, replace(draft, starts_on=date(2022, 1, 1)), actor=office)
    wanted = BenefitDraft(item_code="101", benefit_code="4", source_kind="measure", measure_id=foreign.pk)

    with pytest.raises(NotFound, match="no such measure"):
        state_benefit(home.pk, 2021, wanted, actor=office)
    with pytest.raises(NotFound, match="no such measure"):
        state_benefit(home.pk, 2021, replace(wanted, measure_id=later.pk), actor=office)
    row = state_benefit(
        home.pk,
        2021,
        BenefitDraft(item_code="101", benefit_code="4", source_kind="measure", measure_id=own.pk),
        actor=office,
    )
    withdraw_benefit(row.pk, reason="记错", actor=office)
    withdraw_measure(own.pk, actor=office, reason="记错")

    with pytest.raises(NotFound, match="no such measure"):
        state_benefit(
            home.pk,
            2021,
            BenefitDraft(item_code="101", benefit_code="4", source_kind="measure", measure_id=own.pk),
            actor=office,
        )
    row.pk, row.measure_id, row.withdrawn_on, row.withdrawal_reason = uuid4(), foreign.pk, None, ""
    with pytest.raises(DatabaseError, match="its own household"), savepoint():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"item_code": "102"}, "benefit.no_line", "item_code"),
        ({"item_code": "202", "benefit_code": "2"}, "benefit.no_line", "item_code"),
        ({"item_code": "401"}, "benefit.not_earned", "item_code"),
        ({"item_code": "502"}, "benefit.not_earned", "item_code"),
        ({"benefit_code": "1"}, "benefit.of_another_class", "benefit_code"),
        ({"benefit_code": "9"}, "code.unknown", "benefit_code"),
        ({"source_name": " "}, "benefit.source_name", "source_name"),
        ({"source_name": "电话17900000001"}, "words.number", "source_name"),
        ({"source_kind": "dividend", "source_name": ""}, "code.unknown", "source_kind"),
        ({"source_kind": "partner", "source_name": ""}, "benefit.partner", "partner_id"),
        ({"source_kind": "partner"}, "benefit.source_of_another_kind", "source_name"),
    ],
)
def test_link_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, values: dict[str, str], code: str, field: str
) -> None:
    home = with_income(office)

    with pytest.raises(DomainError) as refused:
        state_benefit(home.pk, 2021, named(**values), actor=office)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not BenefitLink.objects.exists()


def test_line_names_one_source_and_another_is_a_further_edition(office: Actor) -> None:
    home = with_income(office)
    first = state_benefit(home.pk, 2021, named(), actor=office)

    with pytest.raises(Conflict, match="names its source already"):
        state_benefit(home.pk, 2021, named(source_name="保洁员"), actor=office)
    second = restate_benefit(first.pk, named(source_name="保洁员"), actor=office, version=1)
    again = restate_benefit(second.pk, named(source_name="保洁员"), actor=office, version=1)

    first.refresh_from_db()
    assert (second.edition, second.replaces_id, again.pk) == (2, first.pk, second.pk)
    assert (first.source_name, first.withdrawal_reason) == ("护林员", "replaced by a further edition")
    with pytest.raises(Conflict, match="changed or withdrawn"):
        restate_benefit(first.pk, named(source_name="又一"), actor=office)
    with pytest.raises(DatabaseError, match="permission denied"), savepoint():
        BenefitLink.objects.filter(pk=second.pk).update(benefit_code="1")


def test_withdrawn_link_stays_withdrawn_and_the_line_is_free_again(office: Actor) -> None:
    home = with_income(office)
    row = state_benefit(home.pk, 2021, named(), actor=office)

    withdraw_benefit(row.pk, reason="记错", actor=office, version=1)

    with pytest.raises(Conflict, match="withdrawn already"):
        withdraw_benefit(row.pk, reason="记错", actor=office)
    with pytest.raises(DatabaseError, match="stays so"), savepoint():
        BenefitLink.objects.filter(pk=row.pk).update(withdrawn_on=None, withdrawal_reason="")
    assert income_sources(home.pk, 2021).linked_yuan == 0
    assert state_benefit(home.pk, 2021, named(), actor=office).edition == 1


def test_corrected_amount_keeps_its_link_and_a_line_that_went_leaves_it_loose(office: Actor) -> None:
    home = with_income(office)
    wage = state_benefit(home.pk, 2021, named(), actor=office)
    wanted = named(item_code="301", line_source=SHARE.source, benefit_code="3", source_kind="project")
    share = state_benefit(home.pk, 2021, wanted, actor=office)

    # The first dividend goes, the other takes the place of its row: the link does not follow to the wrong one.
    earned(home, office, LineDraft(item_code="101", amount_yuan=Decimal(12000)), OTHER_SHARE)

    found = income_sources(home.pk, 2021)
    assert found.by_benefit == (("4", Decimal("12000.00")),)
    assert [link.pk for link in found.loose] == [share.pk]
    assert [link.pk for link in loose_links(links_visible_to(office), 2021)] == [share.pk]
    assert not loose_links(links_visible_to(office), 2020).exists()
    moved = named(item_code="301", line_source=OTHER_SHARE.source, benefit_code="3", source_kind="project")
    restate_benefit(share.pk, moved, actor=office)
    left = loose_links(links_visible_to(office), 2021)
    assert (income_sources(home.pk, 2021).loose, left.exists(), wage.edition) == ((), False, 1)


def test_sources_of_the_year_before_are_taken_over_where_they_fit(office: Actor) -> None:
    home = registered()
    earned(home, office, WAGE, YAK, SHARE, OTHER_SHARE, year=2020)
    partner = by_partner(office, item_code="202", product="牦牛", benefit_code="2")
    state_benefit(home.pk, 2020, named(), actor=office)
    earned(home, office)
    # The partner came in 2021 only, so that 2020 does not know it.
    with pytest.raises(DomainError, match="not on file in that year"):
        state_benefit(home.pk, 2020, partner, actor=office)

    rows = carry_benefits(home.pk, 2021, actor=office)

    assert [(row.year, row.item_code, row.source_name) for row in rows] == [(2021, "101", "护林员")]
    with pytest.raises(Conflict, match="one by one"):
        carry_benefits(home.pk, 2021, actor=office)


def test_partner_that_ended_is_not_taken_over(office: Actor) -> None:
    home = with_income(office)
    draft = by_partner(office)
    state_benefit(home.pk, 2021, draft, actor=office)
    earned(home, office, WAGE, year=2022)
    end_partner(UUID(str(draft.partner_id)), on=date(2021, 12, 31), reason="停业", actor=office)

    with pytest.raises(Conflict, match="one by one"):
        carry_benefits(home.pk, 2022, actor=office)


def test_partner_tells_households_and_sums_by_year_within_the_area(office: Actor) -> None:
    draft = by_partner(office)
    home, far = with_income(office), registered(village_code=FAR_VILLAGE_CODE)
    earned(far, office, WAGE)
    for one in (home, far):
        state_benefit(one.pk, 2021, draft, actor=office)
    share = BenefitDraft(
        item_code="301",
        line_source=SHARE.source,
        benefit_code="3",
        source_kind="partner",
        partner_id=draft.partner_id,
    )
    state_benefit(home.pk, 2021, share, actor=office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    (whole,) = years_of_partner(UUID(str(draft.partner_id)))
    with tenant_scope(clerk):
        (part,) = years_of_partner(UUID(str(draft.partner_id)))

    assert (whole.year, whole.household_count, whole.line_count, whole.amount_yuan) == (2021, 2, 3, Decimal(18600))
    assert (part.household_count, part.line_count, part.amount_yuan) == (1, 2, Decimal(9600))


@pytest.fixture
def dividends() -> Iterator[UUID]:
    """Let an app above offer one dividend as a source."""
    one = uuid4()
    enter_source_kind(UpperSource("dividend", "Dividend", lambda _home, _year: [SourceOffer(one, "合作社 2021")]))
    yield one
    sources._upper.pop("dividend")


def test_app_above_enters_a_kind_of_source(office: Actor, dividends: UUID) -> None:
    home = with_income(office)
    wanted: dict[str, Any] = {
        "item_code": "301",
        "line_source": SHARE.source,
        "benefit_code": "3",
        "source_kind": "dividend",
    }

    with pytest.raises(NotFound, match="no such source"):
        state_benefit(home.pk, 2021, BenefitDraft(**wanted, source_id=uuid4()), actor=office)
    row = state_benefit(home.pk, 2021, BenefitDraft(**wanted, source_id=dividends), actor=office)

    assert (row.source_id, row.source_name, kind_label("dividend")) == (dividends, "合作社 2021", "Dividend")


def test_helper_states_nothing(office: Actor) -> None:
    home = with_income(office)

    with pytest.raises((NotAllowed, NotFound)):
        state_benefit(home.pk, 2021, named(), actor=actor_of(Role.HELPER))


def test_year_asks_as_often_for_many_lines_as_for_one(office: Actor) -> None:
    home, busy = with_income(office, WAGE), with_income(office)
    state_benefit(home.pk, 2021, named(), actor=office)

    with CaptureQueriesContext(connection) as one:
        income_sources(home.pk, 2021)
    with CaptureQueriesContext(connection) as many:
        income_sources(busy.pk, 2021)

    assert len(many) <= len(one) == 2
    assert IncomeLine.objects.count() == 7
