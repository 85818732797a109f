"""Bringing households on file up to date from drafts, and what of them is only listed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from households.domain.drafts import HouseholdDraft, YearDraft, copy_drafts
from households.domain.facts import record_household_year
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.register import Applied, apply_drafts, match_drafts
from households.domain.update import households_that_would_change, update_contacts_and_years
from households.enums import PostingKind
from households.models import Household, HouseholdYear, Membership, Person, PersonYear, Posting
from households.models.years import INCOME_CLASSES
from households.queries.drafts import DraftFinding, absent_members, draft_differences
from registry.tenancy.context import Actor
from tests.factories.households import (
    FIRST_DAY,
    HouseholdDraftFactory,
    PersonDraftFactory,
    registered,
)

FACTS = YearDraft(year=2020, net_per_head_yuan=Decimal("6762.95"), is_declared=True, source="roster", safe_water=True)


def fill(actor: Actor, *drafts: HouseholdDraft) -> None:
    copy_drafts(drafts, tenant_id=actor.tenant_id)
    match_drafts(actor=actor)


@pytest.fixture
def known(office: Actor) -> HouseholdDraft:
    members = (PersonDraftFactory.build(relation_code="01", education_code="2"), PersonDraftFactory.build())
    draft = HouseholdDraftFactory.build(phone="17910000001", facts=FACTS, members=members)
    registered(**{name: getattr(draft, name) for name in ("number", "phone", "facts", "members")})
    return draft


def test_same_drafts_change_nothing_when_they_come_again(office: Actor, known: HouseholdDraft) -> None:
    fill(office, known)

    applied = apply_drafts(actor=office, on=FIRST_DAY, kind=PostingKind.TAKEOVER, reason="again")

    assert applied == Applied(0, 0, 0)
    assert households_that_would_change(actor=office) == frozenset()
    assert update_contacts_and_years(actor=office, reason="again") == frozenset()
    assert (Household.objects.get().version, Posting.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "17910000002"},
        {"account": "6217000012345678"},
        {"facts": replace(FACTS, net_per_head_yuan=Decimal(7000))},
        {"facts": replace(FACTS, dangerous_housing=False)},
        {"facts": replace(FACTS, year=2021)},
    ],
)
def test_draft_on_file_updates_contacts_and_years_when_they_differ(
    office: Actor, known: HouseholdDraft, change: dict[str, Any]
) -> None:
    fill(office, replace(known, **change))

    announced = households_that_would_change(actor=office)
    changed = update_contacts_and_years(actor=office, reason="roster")

    assert announced == changed == {Household.objects.get().id}
    assert Household.objects.get().version == 2
    assert households_that_would_change(actor=office) == frozenset()


def test_draft_on_file_updates_a_person_when_phone_and_schooling_differ(office: Actor, known: HouseholdDraft) -> None:
    head, spouse = known.members
    fill(office, replace(known, members=(replace(head, education_code="3"), replace(spouse, phone="17920000001"))))

    changed = update_contacts_and_years(actor=office, reason="roster")

    assert len(changed) == 1
    assert PersonYear.objects.get().education_code == "3"
    assert Person.objects.filter(phone_index__isnull=False).count() == 1
    assert set(Person.objects.values_list("version", flat=True)) == {2}


def test_empty_values_keep_what_is_on_file_when_a_draft_comes(office: Actor, known: HouseholdDraft) -> None:
    bare = tuple(replace(member, education_code="") for member in known.members)
    fill(office, replace(known, phone="", facts=replace(FACTS, safe_water=None), members=bare))

    assert update_contacts_and_years(actor=office, reason="roster") == frozenset()


def test_declared_income_is_kept_out_when_the_classes_are_known(office: Actor, known: HouseholdDraft) -> None:
    classes = YearDraft(
        year=2020,
        period_start=date(2020, 1, 1),
        period_end=date(2021, 1, 1),
        person_count=2,
        wage_income_yuan=Decimal(8000),
        business_income_yuan=Decimal(0),
        property_income_yuan=Decimal(0),
        transfer_income_yuan=Decimal(0),
        business_cost_yuan=Decimal(0),
        safe_water=True,
    )
    record_household_year(Household.objects.get().id, classes, actor=office)
    fill(office, known)

    changed = update_contacts_and_years(actor=office, reason="roster")

    assert (changed, HouseholdYear.objects.get().net_per_head_yuan) == (frozenset(), Decimal("4000.00"))


def test_differences_are_listed_when_members_and_status_differ(office: Actor, known: HouseholdDraft) -> None:
    head, spouse = known.members
    stranger = PersonDraftFactory.build(relation_code="03")
    renamed = replace(head, name="示例别名")
    fill(office, replace(known, status="lifted", members=(renamed, stranger)))

    findings = draft_differences(tenant_id=office.tenant_id)
    absent = absent_members(tenant_id=office.tenant_id)

    missing = Membership.objects.get(relation_code="02").person_id
    assert sorted(finding.code for finding in findings) == ["member_added", "name_differs", "status_differs"]
    assert [(finding.code, finding.person_id) for finding in absent] == [("member_absent", missing)]
    assert isinstance(absent[0], DraftFinding)
    assert spouse.relation_code == "02"


@pytest.mark.parametrize("year", [2020, 2021])
def test_income_on_file_stays_when_a_roster_counts_the_same_days_or_a_year_with_lines(
    office: Actor, known: HouseholdDraft, year: int
) -> None:
    household = Household.objects.get()
    period = {"period_start": date(2019, 10, 1), "period_end": date(2020, 10, 1), "person_count": 2}
    line = LineDraft(item_code="101", amount_yuan=Decimal(9000))
    record_income([IncomeDraft(household_id=household.id, year=2020, lines=(line,), **period)], actor=office)  # type: ignore[arg-type]  # days and a number
    amounts = dict.fromkeys((*INCOME_CLASSES, "business_cost_yuan"), Decimal(1))

    fill(office, replace(known, facts=YearDraft(year=year, dangerous_housing=True, **amounts, **period)))  # type: ignore[arg-type]  # amounts, days and a number
    update_contacts_and_years(actor=office, reason="roster")

    rows = HouseholdYear.objects.order_by("year").values_list("year", "net_per_head_yuan", "dangerous_housing")
    assert rows.filter(net_per_head_yuan__isnull=False).get()[:2] == (2020, Decimal("4500.00"))
    assert rows.get(year=year)[2] is True
