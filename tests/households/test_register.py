"""Registering households in bulk."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from households.domain.drafts import HouseholdDraft, PersonDraft, YearDraft
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.members import end_membership
from households.domain.register import register_households
from households.enums import DEATH_REASON, MonitoringState, PostingKind
from households.models import (
    Household,
    HouseholdSpell,
    HouseholdYear,
    Membership,
    MonitoringSpell,
    Person,
    PersonYear,
    Posting,
)
from registry.lib.errors import Conflict, DomainError
from registry.models import AuditDetail
from registry.tenancy.context import Actor, current_actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY, HouseholdDraftFactory, PersonDraftFactory, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, OTHER_COUNTY_CODE, OTHER_VILLAGE_CODE, county, county_office
from tests.factories.villages import VillageFactory


def register(actor: Actor, *drafts: HouseholdDraft, kind: PostingKind = PostingKind.TAKEOVER) -> list[Household]:
    for code in {draft.village_code for draft in drafts}:
        VillageFactory.create(code=code)
    ids = register_households(drafts, actor=actor, on=FIRST_DAY, kind=kind, reason="roster")
    return [Household.objects.get(pk=id_) for id_ in ids]


def test_registration_writes_every_table_when_facts_are_known(office: Actor) -> None:
    facts = YearDraft(
        year=2020, net_per_head_yuan=Decimal("6762.95"), is_declared=True, source="roster", safe_water=True
    )
    members = (PersonDraftFactory.build(relation_code="01", education_code="2"), PersonDraftFactory.build())
    draft = HouseholdDraftFactory.build(
        status="lifted", monitoring_state="identified", monitoring_code="1", facts=facts, members=members
    )

    (household,) = register(office, draft)

    rows = {
        model.__name__: model.objects.count()
        for model in (
            Household,
            Person,
            Membership,
            HouseholdSpell,
            MonitoringSpell,
            HouseholdYear,
            PersonYear,
            Posting,
        )
    }
    assert rows == {
        "Household": 1,
        "Person": 2,
        "Membership": 2,
        "HouseholdSpell": 1,
        "MonitoringSpell": 1,
        "HouseholdYear": 1,
        "PersonYear": 1,
        "Posting": 2,
    }
    assert household.scope_code == draft.village_code


def test_takeover_posts_both_stocks_when_a_lifted_household_is_monitored(office: Actor) -> None:
    registered(status="lifted", monitoring_state="identified", monitoring_code="1")

    postings = Posting.objects.order_by("stock").values_list(
        "stock", "kind", "effective_on", "households_delta", "persons_delta"
    )

    assert list(postings) == [
        ("lifted", "takeover", FIRST_DAY, 1, 2),
        ("monitored", "takeover", FIRST_DAY, 1, 2),
    ]


def test_takeover_leaves_the_monitored_stock_alone_when_the_risk_is_removed(office: Actor) -> None:
    household = registered(status="lifted", monitoring_state="removed", monitoring_code="1")

    spell = MonitoringSpell.objects.get(household=household)

    assert (household.monitoring_state, spell.starts_on, spell.ends_on) == (MonitoringState.REMOVED, None, FIRST_DAY)
    assert list(Posting.objects.values_list("stock", flat=True)) == ["lifted"]


@pytest.mark.parametrize("status", ["candidate", "ordinary"])
def test_registration_posts_nothing_when_the_status_has_no_stock(office: Actor, status: str) -> None:
    registered(status=status)

    assert Posting.objects.count() == 0


def test_net_income_follows_from_the_classes_when_they_are_known(office: Actor) -> None:
    facts = YearDraft(
        year=2020,
        period_start=date(2019, 10, 1),
        period_end=date(2020, 10, 1),
        person_count=3,
        wage_income_yuan=Decimal(10000),
        business_income_yuan=Decimal(500),
        property_income_yuan=Decimal(0),
        transfer_income_yuan=Decimal("0.05"),
        business_cost_yuan=Decimal(100),
    )

    registered(facts=facts)

    assert HouseholdYear.objects.get().net_per_head_yuan == Decimal("3466.68")


def test_membership_starts_at_birth_when_the_month_is_the_month_of_birth(office: Actor) -> None:
    child = PersonDraftFactory.build(
        document_number="",
        sex_code="1",
        relation_code="03",
        birth_on=date(2017, 12, 15),
        birth_precision="day",
        starts_on=date(2017, 12, 1),
        starts_precision="month",
    )

    registered(members=(PersonDraftFactory.build(relation_code="01"), child))

    membership = Membership.objects.get(relation_code="03")
    assert (membership.starts_on, membership.starts_precision) == (date(2017, 12, 15), "day")


def test_second_registration_changes_nothing_when_the_number_is_on_file(office: Actor) -> None:
    draft = HouseholdDraftFactory.build()
    register(office, draft)

    with pytest.raises(Conflict, match="on file"):
        register(office, draft)

    assert (Household.objects.count(), Person.objects.count(), Posting.objects.count()) == (1, 2, 1)


def head(**values: object) -> PersonDraft:
    return PersonDraftFactory.build(relation_code="01", **values)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"members": ()}, "draft.no_member"),
        ({"members": (PersonDraft(name="示例", sex_code="1", relation_code="02"),)}, "draft.no_head"),
        ({"members": (PersonDraft(name="示例", sex_code="1", relation_code="01"),) * 2}, "draft.two_heads"),
        ({"village_code": FAR_VILLAGE_CODE}, "draft.village_unknown"),
        ({"main_cause_code": "77"}, "code.unknown"),
        ({"other_cause_codes": ("02", "03", "04")}, "cause.too_many"),
        ({"other_cause_codes": ("01",)}, "cause.twice"),
        ({"phone": "12345"}, "phone.malformed"),
        ({"identified_on": date(2021, 1, 1), "identified_precision": "day"}, "draft.identified_after_the_day"),
        ({"monitoring_state": "identified"}, "draft.monitored_without_category"),
        ({"status": "closed"}, "draft.closed_from_the_start"),
        (
            {"status": "candidate", "monitoring_state": "identified", "monitoring_code": "1"},
            "draft.monitored_candidate",
        ),
    ],
)
def test_registration_is_refused_when_the_draft_is_impossible(office: Actor, fault: dict[str, Any], code: str) -> None:
    VillageFactory.create()
    draft = HouseholdDraftFactory.build()

    with pytest.raises(DomainError) as refused:
        register_households([replace(draft, **fault)], actor=office, on=FIRST_DAY, kind=PostingKind.TAKEOVER)
    register_households([draft], actor=office, on=FIRST_DAY, kind=PostingKind.TAKEOVER)

    assert (refused.value.code, Household.objects.count()) == (code, 1)


def test_registration_is_refused_when_the_person_lives_in_another_household(office: Actor) -> None:
    known = PersonDraftFactory.build(relation_code="01")
    registered(members=(known,))

    with pytest.raises(DomainError) as refused:
        registered(members=(replace(known, number=""),))

    assert (refused.value.code, Household.objects.count()) == ("draft.person_in_another_household", 1)


def test_registration_is_refused_when_the_disability_card_names_a_person_on_file(office: Actor) -> None:
    known = PersonDraftFactory.build(relation_code="01")
    registered(members=(known,))

    with pytest.raises(DomainError) as refused:
        registered(members=(replace(known, number="", document_number=known.document_number + "44"),))

    assert refused.value.code == "draft.person_in_another_household"


def test_registration_is_refused_when_somebody_is_on_file_as_dead(office: Actor) -> None:
    person, _old = departed(reason_code=DEATH_REASON)

    with pytest.raises(DomainError) as refused:
        registered(village_code=FAR_VILLAGE_CODE, members=(replace(person, relation_code="01", starts_on=FIRST_DAY),))

    assert (refused.value.code, Household.objects.count()) == ("draft.person_dead", 1)


def test_registration_asks_for_the_start_when_a_person_left_another_household(office: Actor) -> None:
    person, old = departed()
    back = replace(person, relation_code="01")

    with pytest.raises(DomainError) as refused:
        registered(village_code=FAR_VILLAGE_CODE, members=(back,))
    new = registered(village_code=FAR_VILLAGE_CODE, members=(replace(back, starts_on=FIRST_DAY),))

    returned = Person.objects.get(memberships__household=new)
    assert (refused.value.code, returned.scope_code) == ("draft.start_unknown", FAR_VILLAGE_CODE)
    assert Membership.objects.filter(person=returned, household=old).exists()


def departed(*, reason_code: str = "24") -> tuple[PersonDraft, Household]:
    """Give a person who left a household on the day on which it was registered, and that household."""
    person = PersonDraftFactory.build()
    old = registered(members=(PersonDraftFactory.build(relation_code="01"), person))
    gone = Membership.objects.get(household=old, relation_code="02").person_id
    end_membership(old.id, gone, actor=current_actor(), on=FIRST_DAY, reason_code=reason_code)
    return person, old


def test_registration_takes_years_and_audit_along_when_a_person_comes_back(db: None) -> None:
    with tenant_scope(county_office()) as office:
        person, old = departed()
        gone = Membership.objects.get(household=old, relation_code="02").person_id
        record_person_year(gone, PersonYearDraft(year=2020, education_code="2"), actor=office)
    with tenant_scope(office):
        back = replace(person, relation_code="01", starts_on=FIRST_DAY)
        registered(village_code=FAR_VILLAGE_CODE, members=(back,))

    with tenant_scope(office):
        details = AuditDetail.objects.filter(object_id=gone).values_list("scope_code", flat=True)
        assert set(details) == set(PersonYear.objects.values_list("scope_code", flat=True)) == {FAR_VILLAGE_CODE}


def test_registration_is_refused_when_a_number_is_on_file_under_another_name(office: Actor) -> None:
    person, _old = departed()
    since = replace(person, relation_code="01", starts_on=FIRST_DAY)

    with pytest.raises(DomainError) as refused:
        registered(members=(replace(since, name="示例别人"),))
    registered(members=(since,))

    assert (refused.value.code, Household.objects.count()) == ("draft.person_of_another_name", 2)


def test_same_person_is_registered_twice_when_the_counties_differ(office: Actor) -> None:
    draft = HouseholdDraftFactory.build()
    register(office, draft)

    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))) as other:
        (household,) = register(other, replace(draft, village_code=OTHER_VILLAGE_CODE))
        seen_there = Household.objects.count()

    assert (seen_there, Household.objects.count(), household.number) == (1, 1, draft.number)


def test_sealed_values_are_stored_as_ciphertext_when_given_in_clear(office: Actor) -> None:
    household = registered(phone="17910000000", account="6217000012345678")

    stored = bytes(household.phone_sealed or b"") + bytes(household.account_sealed or b"")
    assert len(stored) > 60
    assert b"17910000000" not in stored
    assert b"6217000012345678" not in stored


@pytest.mark.parametrize("count", [1, 3])
def test_registration_takes_as_many_queries_when_there_are_more_households(
    office: Actor, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    VillageFactory.create()
    drafts = HouseholdDraftFactory.build_batch(count)
    register_households(HouseholdDraftFactory.build_batch(1), actor=office, on=FIRST_DAY, kind=PostingKind.TAKEOVER)

    with django_assert_num_queries(34):
        register_households(drafts, actor=office, on=FIRST_DAY, kind=PostingKind.TAKEOVER)


def test_facts_and_telephone_of_who_comes_back_are_brought_up_to_date(office: Actor) -> None:
    person, old = departed()
    gone = Person.objects.get(memberships__household=old, memberships__relation_code="02")
    record_person_year(gone.pk, PersonYearDraft(year=2020, skill_code="1", work_months=Decimal(3)), actor=office)
    version = Person.objects.get(pk=gone.pk).version
    back = replace(person, relation_code="01", starts_on=FIRST_DAY, work_months=Decimal(8), phone="17900000003")

    registered(village_code=FAR_VILLAGE_CODE, members=(back,), facts=YearDraft(year=2020, safe_water=True))

    year, again = PersonYear.objects.get(person=gone), Person.objects.get(pk=gone.pk)
    assert (year.skill_code, year.work_months, year.scope_code) == ("1", Decimal(8), FAR_VILLAGE_CODE)
    assert (again.version, again.phone_index is not None) == (version + 2, True)
