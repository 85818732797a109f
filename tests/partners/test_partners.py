"""Partners and whom they help: who is one, which periods stand, and what ends."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError

from households.domain.drafts import YearDraft
from households.domain.facts import record_household_year
from households.domain.move import move_household
from households.domain.status import change_status
from households.models import Household
from partners.domain.demonstrations import mark_demonstration
from partners.domain.links import end_link, help_household, help_village
from partners.domain.partners import PartnerChanges, add_partner, amend_partner, end_partner, reveal_phone
from partners.models import Partner, PartnerLink
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE, actor_of
from tests.factories.villages import UnitFactory, VillageFactory

SINCE = date(2021, 2, 1)
LATER = date(2021, 6, 1)
USCC = "91350100M000100Y43"
ENTERPRISE = PartnerChanges(
    name="示例牦牛公司", kind_code="11", uscc=USCC, contact_name="示例联系人", phone="17900000001"
)
LEADER = PartnerChanges(name="示例带头人", kind_code="21", skill="牦牛养殖")


def added(actor: Actor, values: PartnerChanges = ENTERPRISE) -> Partner:
    return add_partner(values, on=SINCE, actor=actor)


def helped(actor: Actor, partner: Partner, home: Household, on: date = SINCE) -> PartnerLink:
    return help_household(partner.pk, home.pk, form_codes=["1", "4"], on=on, actor=actor)


def test_partner_is_entered_with_code_and_sealed_phone(office: Actor) -> None:
    row = added(office)

    assert (row.is_person, row.uscc, row.division_code) == (False, USCC, office.tenant_code)
    assert reveal_phone(row.pk, actor=office, reason="联系收购") == "17900000001"
    assert b"17900000001" not in bytes(row.phone_sealed or b"")


def test_leader_and_specialist_are_persons_with_a_skill(office: Actor) -> None:
    leader = added(office, LEADER)
    specialist = added(office, PartnerChanges(name="示例特派员", kind_code="22", unit_id=UnitFactory.create().pk))

    assert (leader.is_person, leader.skill, specialist.is_person) == (True, "牦牛养殖", True)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"uscc": "91350100M000100Y44"}, "uscc.check_character", "uscc"),
        ({"name": " "}, "partner.name_missing", "name"),
        ({"kind_code": "person"}, "partner.kind", "kind_code"),
        ({"kind_code": "21"}, "partner.of_another_kind", "uscc"),
        ({"skill": "养殖"}, "partner.of_another_kind", "skill"),
        ({"division_code": "549902100200"}, "partner.division", "division_code"),
    ],
)
def test_partner_is_refused_with_its_field_when_something_is_wrong(
    office: Actor, changes: PartnerChanges, code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        added(office, {**ENTERPRISE, **changes})

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Partner.objects.exists()


def test_same_credit_code_and_same_partner_are_refused(office: Actor) -> None:
    added(office)
    added(office, LEADER)

    with pytest.raises(Conflict, match="credit code"):
        added(office, {**ENTERPRISE, "name": "示例另一公司"})
    with pytest.raises(Conflict, match="on file already"):
        added(office, LEADER)


def test_database_refuses_a_wrong_check_character(office: Actor) -> None:
    row = added(office)

    with pytest.raises(IntegrityError, match="partner_uscc_check_character_fits"), savepoint():
        Partner.objects.filter(pk=row.pk).update(uscc="91350100M000100Y44")


def test_amended_partner_says_what_changed_and_the_team_may_not(office: Actor) -> None:
    row = added(office, LEADER)

    amended = amend_partner(row.pk, {"skill": "青稞种植", "phone": "17900000009"}, actor=office, version=1)

    assert (amended.skill, amended.version) == ("青稞种植", 2)
    with pytest.raises(NotAllowed):
        amend_partner(row.pk, {"skill": "纺织"}, actor=actor_of(Role.VILLAGE_TEAM), version=2)


def test_links_of_a_pair_follow_each_other_and_do_not_overlap(office: Actor) -> None:
    partner, home = added(office), registered()
    link = helped(office, partner, home)

    with pytest.raises(Conflict, match="End that link first"):
        helped(office, partner, home, LATER)
    end_link(link.pk, on=LATER, reason="合同到期", actor=office, version=1)
    helped(office, partner, home, LATER)

    assert list(PartnerLink.objects.order_by("starts_on").values_list("starts_on", "ends_on")) == [
        (SINCE, LATER),
        (LATER, None),
    ]


def test_village_as_a_whole_is_helped(office: Actor) -> None:
    partner, home = added(office), registered()

    link = help_village(partner.pk, home.village_id, form_codes=["1"], on=SINCE, actor=office)

    assert (link.village_id, link.household_id, link.scope_code) == (home.village_id, None, VILLAGE_CODE)


def test_link_is_ended_once_and_with_a_reason(office: Actor) -> None:
    link = helped(office, added(office), registered())

    with pytest.raises(DomainError, match="reason"):
        end_link(link.pk, on=LATER, reason=" ", actor=office)
    end_link(link.pk, on=LATER, reason="合同到期", actor=office)
    with pytest.raises(Conflict, match="ended already"):
        end_link(link.pk, on=LATER, reason="再次", actor=office)
    with pytest.raises(DatabaseError, match="stays so"), savepoint():
        PartnerLink.objects.filter(pk=link.pk).update(ends_on=None, end_reason="")


@pytest.mark.parametrize(
    ("forms", "on", "code"),
    [
        ([], SINCE, "partnerlink.no_form"),
        (["8"], SINCE, "code.unknown"),
        (["1"], date(2021, 1, 31), "partnerlink.outside_partner"),
    ],
)
def test_link_is_refused_when_it_cannot_be(office: Actor, forms: list[str], on: date, code: str) -> None:
    partner, home = added(office), registered()

    with pytest.raises(DomainError) as refused:
        help_household(partner.pk, home.pk, form_codes=forms, on=on, actor=office)

    assert refused.value.code == code


def test_ended_partner_ends_its_links_everywhere_and_gets_no_new_ones(office: Actor) -> None:
    partner, home = added(office, {**ENTERPRISE, "division_code": TOWNSHIP_CODE}), registered()
    far = registered(village_code=FAR_VILLAGE_CODE)
    links = {helped(office, partner, home).pk, helped(office, partner, far).pk}
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with tenant_scope(clerk):
        end_partner(partner.pk, on=LATER, reason="停业", actor=clerk, version=1)

    partner.refresh_from_db()
    ended = PartnerLink.objects.filter(ends_on=LATER, end_reason="停业", version=2)
    assert {link.pk for link in ended} == links
    assert (partner.phone_sealed, partner.phone_index) == (None, None)
    with pytest.raises(Conflict, match="ended already"):
        end_partner(partner.pk, on=LATER, reason="停业", actor=office)
    with pytest.raises(DomainError, match="has ended"):
        helped(office, partner, home, LATER)


def test_township_writes_and_ends_partners_of_its_own_area_alone(office: Actor) -> None:
    of_county = added(office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with tenant_scope(clerk):
        own = add_partner({"name": "本乡带头人", "kind_code": "21"}, on=SINCE, actor=clerk)
        with pytest.raises(NotAllowed) as ending:
            end_partner(of_county.pk, on=LATER, reason="停业", actor=clerk)
        with pytest.raises(NotAllowed) as amending:
            amend_partner(own.pk, {"division_code": office.tenant_code}, actor=clerk, version=1)
        end_partner(own.pk, on=LATER, reason="停业", actor=clerk)

    assert (ending.value.code, amending.value.code) == ("partner.of_another_area", "partner.of_another_area")
    own.refresh_from_db()
    of_county.refresh_from_db()
    assert (own.division_code, own.ends_on, of_county.ends_on) == (TOWNSHIP_CODE, LATER, None)


def test_links_go_along_when_their_household_moves_within_the_county(office: Actor) -> None:
    home = registered()
    link = helped(office, added(office), home)
    VillageFactory.create(code=FAR_VILLAGE_CODE)

    move_household(home.pk, FAR_VILLAGE_CODE, actor=office, on=LATER, reason="搬迁")

    link.refresh_from_db()
    assert (link.scope_code, link.ends_on) == (FAR_VILLAGE_CODE, None)


def test_partner_ends_not_before_its_links_and_may_come_back(office: Actor) -> None:
    partner, home = added(office), registered()
    link = helped(office, partner, home)
    end_link(link.pk, on=LATER, reason="合同到期", actor=office)

    with pytest.raises(DomainError, match="began or ended, after that day"):
        end_partner(partner.pk, on=date(2021, 5, 31), reason="停业", actor=office)
    end_partner(partner.pk, on=LATER, reason="停业", actor=office)
    with pytest.raises(Conflict, match="credit code"):
        added(office, {**ENTERPRISE, "phone": "17900000002"})
    again = add_partner(ENTERPRISE, on=LATER, actor=office)

    assert (again.uscc, again.pk != partner.pk) == (USCC, True)


def test_links_and_mark_of_a_closed_household_end(office: Actor) -> None:
    home = registered()
    link = helped(office, added(office), home)
    facts = YearDraft(year=2020, is_declared=True, net_per_head_yuan=Decimal(15000), source="入户")
    record_household_year(home.pk, facts, actor=office)
    mark = mark_demonstration(home.pk, year=2020, result="牦牛养殖增收", on=SINCE, actor=office)

    change_status(home.pk, "close_gone", actor=office, on=LATER, reason="全户死亡")

    link.refresh_from_db()
    mark.refresh_from_db()
    assert (link.ends_on, mark.withdrawn_on, mark.withdrawal_reason) == (LATER, LATER, link.end_reason)


def test_town_sees_no_link_of_another_and_names_no_household_there(office: Actor) -> None:
    partner, home = added(office), registered()
    far = registered(village_code=FAR_VILLAGE_CODE)
    helped(office, partner, far)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with tenant_scope(clerk):
        helped(clerk, partner, home)
        seen: list[UUID | None] = list(PartnerLink.objects.values_list("household_id", flat=True))
        with pytest.raises(NotFound):
            helped(clerk, partner, far, LATER)

    assert seen == [home.pk]


def test_audit_says_no_telephone(office: Actor) -> None:
    row = added(office)

    reveal_phone(row.pk, actor=office, reason="联系收购")

    events = AuditEvent.objects.filter(object_id=row.pk)
    assert "17900000001" not in str([list(event.__dict__.values()) for event in events])
