"""The telephone of a committee member: sealed, masked, shown for a reason, gone with the term."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError

from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed, NotFound
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of, county_office
from tests.factories.villages import VillageFactory
from tests.households.test_api import client, post
from tests.registry.people import client_of, person
from villages.domain.basics import MemberDraft, add_member, amend_member, reveal_member_phone
from villages.models import CommitteeMember

DAY, PHONE, OTHER = date(2021, 3, 1), "17900000001", "17900000002"
MEMBER = MemberDraft(name="示例主任", post_code="2", starts_on=DAY, phone=PHONE)
BODY = {"name": "示例主任", "post_code": "2", "starts_on": "2021-03-01"}
pytestmark = pytest.mark.django_db


def test_telephone_stays_until_another_is_typed_and_goes_with_the_term(office: Actor) -> None:
    row = add_member(VillageFactory.create().id, MEMBER, actor=office)

    same = amend_member(row.id, MEMBER, actor=office, version=1).version
    left_out = amend_member(row.id, replace(MEMBER, name="示例书记", phone=None), actor=office, version=1)
    kept = reveal_member_phone(row.id, actor=office, reason="联系村里")
    amend_member(row.id, replace(MEMBER, phone=OTHER), actor=office, version=2)
    changed = reveal_member_phone(row.id, actor=office, reason="联系村里")
    ended = amend_member(row.id, replace(MEMBER, phone=None, ends_on=date(2021, 5, 1)), actor=office, version=3)

    assert (same, left_out.version, kept, changed, ended.phone_sealed) == (1, 2, PHONE, OTHER, None)
    with pytest.raises(NotFound):
        reveal_member_phone(row.id, actor=office, reason="联系村里")


def test_telephone_is_refused_beside_an_end_by_the_domain_and_the_database(office: Actor) -> None:
    village = VillageFactory.create()
    row = add_member(village.id, MEMBER, actor=office)

    with pytest.raises(DomainError) as ended:
        amend_member(row.id, replace(MEMBER, ends_on=date(2021, 5, 1)), actor=office, version=1)
    with pytest.raises(DomainError) as wrong:
        amend_member(row.id, replace(MEMBER, phone="1"), actor=office, version=1)
    with pytest.raises(IntegrityError, match="telephone_ends_with_the_term"), savepoint():
        CommitteeMember.objects.update(ends_on=date(2021, 5, 1))
    taken = amend_member(row.id, replace(MEMBER, phone=""), actor=office, version=1)

    assert (ended.value.code, ended.value.field, wrong.value.field) == ("member.phone_after_end", "phone", "phone")
    assert (taken.phone_sealed, taken.version) == (None, 2)


def test_telephone_is_shown_to_the_own_team_for_a_reason_and_to_no_helper() -> None:
    with tenant_scope(county_office()) as office:
        own = add_member(VillageFactory.create().id, MEMBER, actor=office)
        far = add_member(VillageFactory.create(code=FAR_VILLAGE_CODE).id, MEMBER, actor=office)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as team:
        shown = reveal_member_phone(own.id, actor=team, reason="联系村里")
        with pytest.raises(DomainError, match="reason"):
            reveal_member_phone(own.id, actor=team, reason=" ")
        with pytest.raises(NotFound):
            reveal_member_phone(far.id, actor=team, reason="联系村里")
    with tenant_scope(actor_of(Role.HELPER)) as helper, pytest.raises(NotAllowed):
        reveal_member_phone(own.id, actor=helper, reason="联系村里")

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        events = list(AuditEvent.objects.filter(object_id=own.id).order_by("seq"))
    assert (shown, [one.verb for one in events]) == (PHONE, ["villages.add_member", "villages.reveal"])
    assert PHONE not in str([vars(one) for one in events])


def test_telephone_comes_in_and_never_goes_out_by_rest() -> None:
    with tenant_scope(county_office()):
        village = VillageFactory.create()
    office = client()

    made = post(office, "committee-members/", {**BODY, "village_id": str(village.id), "phone": PHONE})
    listed = office.get("/api/v1/committee-members/")

    assert (made.status_code, "phone" in made.json(), "phone" in listed.json()["results"][0]) == (201, False, False)
    with tenant_scope(county_office()) as actor:
        assert reveal_member_phone(made.json()["id"], actor=actor, reason="联系村里") == PHONE


def test_telephone_is_masked_on_the_site_and_kept_when_the_term_is_amended() -> None:
    with tenant_scope(county_office()):
        village = VillageFactory.create()
    browser = client_of(person(Role.VILLAGE_TEAM))
    browser.post(f"/admin/villages/village/{village.id}/do/add-member/", {**BODY, "phone": PHONE})
    with tenant_scope(county_office()):
        row = CommitteeMember.objects.get()
    page = f"/admin/villages/committeemember/{row.id}/"

    form = browser.get(f"{page}do/amend/").content.decode()
    browser.post(f"{page}do/amend/", {**BODY, "name": "示例书记", "phone": "", "version": "1"})
    shown = browser.get(f"{page}change/").content.decode()
    listed = browser.get("/admin/villages/committeemember/").content.decode()
    revealed = browser.post(f"{page}do/phone/", {"reason": "联系村里"}).content.decode()

    assert (PHONE in form, PHONE in shown, PHONE in listed, PHONE in revealed) == (False, False, False, True)
    assert ("示例书记" in shown, "179****0001" in shown, "179****0001" in listed) == (True, True, True)
