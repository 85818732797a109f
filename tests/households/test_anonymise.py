"""Persons who were never confirmed are anonymised after the objection period; nobody else is."""

from datetime import date, timedelta
from typing import Any

import pytest

from households.domain.amend import HouseholdChanges, amend_household, amend_person
from households.domain.anonymise import EMPTIED, amend_objection_period, anonymise_unconfirmed, set_objection_period
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.near import settle_near
from households.domain.relocation import record_relocation
from households.domain.status import change_status
from households.domain.transfer import offer_transfer, withdraw_transfer
from households.domain.work import WorkDraft, record_work
from households.models import (
    DuplicateNotice,
    Household,
    Membership,
    NearDuplicate,
    Person,
    PersonYear,
    Relocation,
    Transfer,
    WorkRecord,
)
from registry import jobs
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.models import AuditDetail, AuditEvent, DueWork, RowVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY, PersonDraftFactory, document_number, registered
from tests.factories.tenants import OTHER_COUNTY_CODE, actor_of, county, county_office, service
from tests.households.near import BIRTH, lives_in
from villages.domain.basics import PointDraft, add_point

LATER = FIRST_DAY + timedelta(days=20)
OVER = LATER + timedelta(days=30)


def closed(actor: Actor, *steps: str, **values: Any) -> Household:
    household = registered(**{"status": "candidate", **values})
    for step in (*steps, "close_wrong"):
        change_status(household.id, step, actor=actor, on=LATER, reason="评议未通过")
    return household


def anonymised(day: date) -> list[str]:
    with tenant_scope(service()) as actor:
        anonymise_unconfirmed(actor=actor, on=day)
    return sorted(set(Person.objects.exclude(anonymised_on=None).values_list("name", flat=True)))


def test_nothing_tells_who_it_was_when_the_objection_period_is_over(office: Actor) -> None:
    closed(office)
    person = Membership.objects.filter(relation_code="02").get().person
    record_person_year(person.id, PersonYearDraft(year=2020, health_codes=("1",), work_place="外地"), actor=office)
    set_objection_period(FIRST_DAY, days=30, actor=office)

    assert anonymised(OVER - timedelta(days=1)) == []
    assert anonymised(OVER) == ["某某"]

    person.refresh_from_db()
    assert (person.number, person.document_sealed, person.birth_on, person.phone_sealed) == ("", None, None, None)
    assert (person.is_placeholder, person.anonymised_on, Person.objects.count()) == (True, OVER, 2)
    year = PersonYear.objects.get()
    assert (year.year, year.health_codes, year.work_place) == (2020, [], "")


def test_nothing_tells_the_settlement_when_a_household_of_nobody_else_is_forgotten(office: Actor) -> None:
    household = registered(status="candidate")
    site = PointDraft(name="示例安置点", kind_code="3")
    point = add_point(household.village_id, site, actor=office)
    record_relocation(household.pk, {"settlement_id": point.pk, "room": "101"}, actor=office)
    change_status(household.id, "close_wrong", actor=office, on=LATER, reason="评议未通过")
    set_objection_period(FIRST_DAY, days=30, actor=office)

    assert anonymised(OVER) != []

    row = Relocation.objects.get()
    assert (row.settlement_id, row.site_name, row.room) == (None, EMPTIED, EMPTIED)


def test_no_trail_and_no_version_tells_the_name_when_somebody_was_anonymised(db: None) -> None:
    with tenant_scope(county_office()) as office:
        household = closed(office, phone="17900000741")
        stays = registered()
        for one in (household, stays):
            person = Membership.objects.get(household=one, relation_code="02").person
            amend_person(person.id, {"name": "示例改名"}, actor=office, version=1, reason="核对")
            record_work(person.id, WorkDraft(starts_on=date(2020, 3, 1), employer="示例工厂"), actor=office)
        set_objection_period(FIRST_DAY, days=30, actor=office)

    with tenant_scope(service()) as actor:
        anonymise_unconfirmed(actor=actor, on=OVER)

    with tenant_scope(service()):
        gone = Membership.objects.filter(household=household).values("person_id")
        details = AuditDetail.objects.filter(verb__in=["households.amend_person", "households.record_work"])
        told = list(details.values_list("after", flat=True))
        versions = RowVersion.objects.filter(owner_id__in=gone)
        household.refresh_from_db()
        works = sorted(WorkRecord.objects.values_list("employer", flat=True))
        others = Membership.objects.filter(household=stays).values("person_id")
        kept = list(RowVersion.objects.filter(owner_id__in=others).values_list("content", flat=True))
        assert (versions.count() > 0, versions.filter(content__isnull=False).exists()) == (True, False)
    assert [bool(after) for after in told].count(False) == 2
    assert str(told).count("示例改名") == 1
    assert (household.phone_sealed, household.phone_index, works) == (None, None, ["", "示例工厂"])
    assert (len(kept), all(kept)) == (1, True)


def test_work_household_and_notices_tell_nobody_when_the_objection_period_is_over(office: Actor) -> None:
    household = registered(status="candidate", phone="17900000001", account="6217000000000000001")
    person = Membership.objects.filter(relation_code="02").get().person
    record_work(person.id, WorkDraft(starts_on=date(2021, 3, 1), employer="示例企业"), actor=office)
    index = bytes(person.claim_index or b"")
    told = {"scope_code": person.scope_code, "other_tenant": county(OTHER_COUNTY_CODE), "claim_index": index}
    DuplicateNotice.objects.create(person=person, **told)
    amend_household(household.id, HouseholdChanges(phone="17900000002"), actor=office, version=household.version)
    offer = offer_transfer(household.id, OTHER_COUNTY_CODE, actor=office, on=LATER, reason="迁居")
    withdraw_transfer(offer.id, actor=office, reason="误报")
    change_status(household.id, "close_wrong", actor=office, on=LATER, reason="评议未通过")
    set_objection_period(FIRST_DAY, days=30, actor=office)

    assert (offer.head_name == "", anonymised(OVER)) == (False, ["某某"])

    household.refresh_from_db()
    assert (household.phone_sealed, household.phone_index, household.account_sealed) == (None, None, None)
    assert set(RowVersion.objects.filter(table_name="households_household").values_list("content", flat=True)) == {None}
    assert (WorkRecord.objects.get().employer, Transfer.objects.get().head_name) == ("", "")
    assert bytes(DuplicateNotice.objects.get().claim_index) != index
    assert Person.objects.get(pk=person.pk).claim_index is None


def test_nobody_is_anonymised_when_the_county_has_no_rule(office: Actor) -> None:
    closed(office)

    assert anonymised(OVER) == []


@pytest.mark.parametrize("steps", [("file",), ("file", "lift")])
def test_confirmed_person_stays_when_the_household_was_filed_once(office: Actor, steps: tuple[str, ...]) -> None:
    closed(office, *steps)
    set_objection_period(FIRST_DAY, days=30, actor=office)

    assert anonymised(OVER) == []
    closed(office)
    assert anonymised(OVER) == ["某某"]


def test_person_stays_when_a_household_still_stands(office: Actor) -> None:
    registered(status="candidate")
    set_objection_period(FIRST_DAY, days=30, actor=office)

    assert anonymised(OVER) == []


def test_rule_is_refused_when_the_right_the_day_or_the_number_does_not_fit(office: Actor) -> None:
    period = set_objection_period(FIRST_DAY, days=30, actor=office)

    with pytest.raises(Conflict):
        set_objection_period(FIRST_DAY, days=20, actor=office)
    with pytest.raises(DomainError, match=r"a day at least|至少一天"):
        amend_objection_period(period.id, days=0, actor=office, version=1)
    with pytest.raises(NotAllowed):
        anonymise_unconfirmed(actor=office)
    clerk = actor_of(Role.TOWNSHIP_CLERK)
    with tenant_scope(clerk), pytest.raises(NotAllowed):
        amend_objection_period(period.id, days=20, actor=clerk, version=1)

    assert amend_objection_period(period.id, days=20, actor=office, version=1).version == 2


def test_work_comes_back_each_day_and_is_audited_when_a_rule_is_set(db: None) -> None:
    with tenant_scope(county_office()) as office:
        closed(office)
        set_objection_period(FIRST_DAY, days=30, actor=office)

    jobs.tick()

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        assert AuditEvent.objects.filter(verb="households.anonymise").count() == 2
    assert DueWork.objects.filter(kind="households.anonymise").count() == 1


def test_other_side_of_a_pair_keeps_no_reason_when_somebody_was_anonymised(office: Actor) -> None:
    stays = lives_in(serial=21, name="扎西次仁")
    double = PersonDraftFactory.build(name="扎西次仁", document_number=document_number(23, birth=BIRTH))
    home = registered(status="candidate", members=(PersonDraftFactory.build(relation_code="01"), double))
    settle_near(NearDuplicate.objects.get(person=stays).pk, "different", actor=office, reason="与扎西次仁不是一人")
    change_status(home.id, "close_wrong", actor=office, on=LATER, reason="评议未通过")
    set_objection_period(FIRST_DAY, days=30, actor=office)

    assert anonymised(OVER) == ["某某"]

    assert set(NearDuplicate.objects.values_list("reason", flat=True)) == {EMPTIED}
