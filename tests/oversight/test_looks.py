"""Looks at persons: who asks, who decides, what a grant opens, and what closes it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from households.models import Household
from oversight.domain.looking import look_at_household, look_at_list, look_open_to
from oversight.domain.looks import LookDraft, ask_for_look, give_look, refuse_look, withdraw_look
from oversight.enums import LookState
from oversight.models import LookGrant
from oversight.queries.looks import looks_of
from periods.models import FrozenHousehold
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.periods import today
from registry.models import AuditEvent, GrantedLook, Membership, Tenant
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, employed
from tests.oversight.ground import (
    FAR_TOWNSHIP,
    OTHER_VILLAGES,
    PREFECTURE,
    PROVINCE,
    TOWNSHIP,
    VILLAGES,
    county_publishes,
    reader,
)

DAYS = timedelta(days=10)


def draft(**changes: Any) -> LookDraft:
    values: dict[str, Any] = {
        "reader": "reader",
        "area_code": TOWNSHIP,
        "purpose": "数据质量检查",
        "starts_on": today(),
        "ends_on": today() + DAYS,
    }
    return LookDraft(**{**values, **changes})


def guardian(actor: Actor) -> Actor:
    """Give the security administrator of a county."""
    return replace(employed(actor_of(Role.SECURITY_ADMINISTRATOR)), tenant_id=actor.tenant_id,
                   tenant_code=actor.tenant_code, ranges=())  # fmt: skip


def granted(actor: Actor, **changes: Any) -> GrantedLook:
    """Ask for a look in a county, and let its security administrator grant it."""
    with tenant_scope(actor):
        grant = ask_for_look(draft(**changes), actor=actor)
    with tenant_scope(guardian(actor)) as decider:
        give_look(grant.pk, actor=decider)
    return GrantedLook.objects.get(grant_id=grant.pk)


def numbers(look: GrantedLook, actor: Actor, shown: str = "lifted") -> set[str]:
    """Give the numbers of the households that a look shows, as its reader opens it."""
    with tenant_scope(actor):
        return {row.number for row in look_at_list(look.pk, shown, actor=actor).rows}


def is_shut(look_id: UUID, actor: Actor, household_id: UUID | None = None) -> bool:
    """Tell whether nothing can be opened, with the one sentence for every reason."""
    with tenant_scope(actor):
        for attempt in (
            lambda: look_at_list(look_id, "lifted", actor=actor),
            lambda: look_at_household(look_id, household_id or uuid4(), actor=actor),
            lambda: look_open_to(look_id, actor=actor),
        ):
            with pytest.raises(NotFound) as refused:
                attempt()
            assert refused.value.code == "look.none"
    return True


@pytest.fixture
def province(here: Actor, there: Actor) -> Actor:
    """Let two counties publish, and give somebody of the province."""
    county_publishes(here, {VILLAGES[0]: ["01"] * 2, VILLAGES[2]: ["01"]})
    county_publishes(there, {OTHER_VILLAGES[0]: ["01"]})
    return reader()


def holder(actor: Actor) -> UUID:
    assert actor.user_id is not None
    return actor.user_id


def numbers_in(actor: Actor, *villages: str) -> set[str]:
    with tenant_scope(actor):
        return set(Household.objects.filter(scope_code__in=villages).values_list("number", flat=True))


# --- asking and deciding ----------------------------------------------------------------------------------------------
def test_a_look_opens_nothing_when_it_is_asked_for_only(here: Actor, province: Actor) -> None:
    with tenant_scope(here):
        ask_for_look(draft(), actor=here)

    assert list(looks_of(province, on=today())) == []


def test_who_asked_does_not_decide_and_another_person_does(here: Actor, province: Actor) -> None:
    with tenant_scope(here):
        grant = ask_for_look(draft(), actor=here)
        with pytest.raises(NotAllowed):
            give_look(grant.pk, actor=here)
        other = replace(here, user_id=uuid4())
        given = give_look(grant.pk, actor=other, version=1)

    assert (given.state, given.decided_by, given.version) == (LookState.GIVEN, other.user_id, 2)


def test_the_reader_does_not_decide_when_they_work_in_the_county_too(here: Actor, province: Actor) -> None:
    with tenant_scope(here):
        grant = ask_for_look(draft(), actor=here)
        with pytest.raises(NotAllowed):
            give_look(grant.pk, actor=replace(here, user_id=province.user_id))


def test_the_database_refuses_a_decision_by_whoever_asked(here: Actor, province: Actor) -> None:
    with tenant_scope(here):
        grant = ask_for_look(draft(), actor=here)
        with pytest.raises(DatabaseError), transaction.atomic():
            LookGrant.objects.filter(pk=grant.pk).update(
                state=LookState.GIVEN, decided_by=here.user_id, decided_at=grant.asked_at
            )


def test_area_and_reader_of_a_grant_never_change_when_somebody_tries(here: Actor, province: Actor) -> None:
    look = granted(here)
    with tenant_scope(here):
        for change in ({"area_code": COUNTY_CODE}, {"reader_id": uuid4()}, {"ends_on": today() + DAYS * 9}):
            with pytest.raises(DatabaseError), transaction.atomic():
                LookGrant.objects.filter(pk=look.grant_id).update(**change)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reader": "nobody"}, "reader"),
        ({"area_code": OTHER_COUNTY_CODE}, "area_code"),
        ({"area_code": PREFECTURE}, "area_code"),
        ({"area_code": "549901777000"}, "area_code"),
        ({"purpose": " "}, "purpose"),
        ({"starts_on": today() - timedelta(days=1)}, "starts_on"),
        ({"ends_on": today()}, "ends_on"),
        ({"ends_on": today() + timedelta(days=91)}, "ends_on"),
    ],
)
def test_a_look_that_cannot_be_is_refused(here: Actor, province: Actor, changes: dict[str, Any], field: str) -> None:
    with tenant_scope(here):
        with pytest.raises(DomainError) as refused:
            ask_for_look(draft(**changes), actor=here)

        assert refused.value.field == field
        assert ask_for_look(draft(), actor=here).state == LookState.ASKED


def test_only_who_reads_above_this_county_can_be_named(here: Actor, province: Actor) -> None:
    reader(Role.PREFECTURE_READER, area="540100000000", name="elsewhere")

    with tenant_scope(here), pytest.raises(DomainError) as refused:
        ask_for_look(draft(reader="elsewhere"), actor=here)

    assert refused.value.code == "look.no_reader"


def test_a_look_is_decided_once_and_at_its_version(here: Actor, province: Actor) -> None:
    with tenant_scope(here):
        grant = ask_for_look(draft(), actor=here)
    with tenant_scope(guardian(here)) as decider:
        with pytest.raises(StaleVersion):
            give_look(grant.pk, actor=decider, version=7)
        refuse_look(grant.pk, actor=decider, reason="目的不明", version=1)
        with pytest.raises(Conflict):
            give_look(grant.pk, actor=decider, version=2)


def test_a_grant_of_another_county_is_not_found(here: Actor, there: Actor, province: Actor) -> None:
    with tenant_scope(here):
        grant = ask_for_look(draft(), actor=here)
    with tenant_scope(guardian(there)) as stranger, pytest.raises(NotFound):
        give_look(grant.pk, actor=stranger)
    with tenant_scope(there), pytest.raises(NotFound):
        withdraw_look(grant.pk, actor=there, reason="x")


def test_the_same_look_is_asked_for_once_until_it_is_over(here: Actor, province: Actor) -> None:
    with tenant_scope(here):
        grant = ask_for_look(draft(), actor=here)
        with pytest.raises(Conflict):
            ask_for_look(draft(), actor=here)
        withdraw_look(grant.pk, actor=here, reason="写错日期")

        assert ask_for_look(draft(), actor=here).pk != grant.pk


# --- looking ----------------------------------------------------------------------------------------------------------
def test_a_look_shows_its_area_and_nothing_else(here: Actor, province: Actor) -> None:
    near, far = granted(here), granted(here, area_code=FAR_TOWNSHIP)

    assert numbers(near, province) == numbers_in(here, VILLAGES[0], VILLAGES[1])
    assert numbers(far, province) == numbers_in(here, VILLAGES[2])


def test_a_look_shows_the_list_behind_the_figure(here: Actor, province: Actor) -> None:
    look = granted(here, area_code=COUNTY_CODE)

    counts = {shown: len(numbers(look, province, shown)) for shown in ("lifted", "not_lifted", "monitored")}

    assert counts == {"lifted": 3, "not_lifted": 0, "monitored": 0}


def test_members_are_named_and_no_document_is_told(here: Actor, province: Actor) -> None:
    look = granted(here)
    with tenant_scope(province):
        row = look_at_list(look.pk, "lifted", actor=province).rows[0]

        found = look_at_household(look.pk, row.id, actor=province)

    assert (row.head_name, found.household) == (found.persons[0].name, row)
    assert len(found.persons) == 2
    assert all(person.name.startswith("示例人") for person in found.persons)
    assert "54990119" not in repr(found.persons)


def test_each_opening_is_in_the_trail_of_that_county_alone(here: Actor, there: Actor, province: Actor) -> None:
    look = granted(here)
    numbers(look, province)

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        event = AuditEvent.objects.get(verb="oversight.open_list")
        assert (event.username, event.role, event.object_id, event.object_count) == (
            "reader", Role.PROVINCE_READER, look.grant_id, 2,
        )  # fmt: skip
    with tenant_scope(replace(actor_of(Role.AUDIT_ADMINISTRATOR), tenant_id=there.tenant_id)):
        assert not AuditEvent.objects.filter(verb="oversight.open_list").exists()


def test_the_readers_own_scope_is_back_after_a_look_and_sees_nothing(here: Actor, province: Actor) -> None:
    look = granted(here)

    with tenant_scope(province):
        assert look_at_list(look.pk, "lifted", actor=province).rows
        assert Household.objects.count() == 0


def test_pages_follow_each_other_when_there_are_many(
    here: Actor, province: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oversight.domain.looking.ROWS_A_PAGE", 1)
    look = granted(here, area_code=COUNTY_CODE)
    with tenant_scope(province):
        first = look_at_list(look.pk, "lifted", actor=province)
        second = look_at_list(look.pk, "lifted", actor=province, after=first.following)
        third = look_at_list(look.pk, "lifted", actor=province, after=second.following)

    assert len({first.rows[0].id, second.rows[0].id, third.rows[0].id}) == 3
    assert third.following == ""


# --- what closes it ---------------------------------------------------------------------------------------------------
def test_a_look_is_shut_at_once_when_it_is_withdrawn(here: Actor, province: Actor) -> None:
    look = granted(here)
    assert numbers(look, province)
    with tenant_scope(here):
        withdraw_look(look.grant_id, actor=here, reason="检查结束")

    assert is_shut(look.pk, province)
    assert list(looks_of(province, on=today())) == []


def test_a_look_is_shut_when_its_days_are_over_or_have_not_begun(here: Actor, province: Actor) -> None:
    later = granted(here, starts_on=today() + timedelta(days=1))

    assert is_shut(later.pk, province)
    assert later not in looks_of(province, on=today())
    with tenant_scope(here):
        grant = LookGrant.objects.get(pk=later.grant_id)
    assert grant.is_open_on(grant.starts_on)
    assert not grant.is_open_on(grant.ends_on)


def test_a_look_is_shut_with_the_first_day_after_it(
    here: Actor, province: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = granted(here)
    monkeypatch.setattr("oversight.domain.looking.today", lambda: look.ends_on - timedelta(days=1))
    assert numbers(look, province)
    monkeypatch.setattr("oversight.domain.looking.today", lambda: look.ends_on)

    assert is_shut(look.pk, province)


def test_a_look_is_shut_when_the_county_is_out_of_service(here: Actor, province: Actor) -> None:
    look = granted(here)
    Tenant.objects.filter(pk=here.tenant_id).update(is_active=False)

    assert is_shut(look.pk, province)


def test_the_database_shows_the_area_alone_in_the_scope_of_a_look(here: Actor, province: Actor) -> None:
    near = {home.pk for home in in_scope(here) if home.scope_code < FAR_TOWNSHIP}
    look = granted(here)
    with tenant_scope(province):
        looking = look_open_to(look.pk, actor=province).actor

    assert {home.pk for home in in_scope(looking)} == near
    assert looking.role == Role.PROVINCE_READER
    with tenant_scope(looking):
        assert {row.village_code for row in FrozenHousehold.objects.all()} == {VILLAGES[0]}


def in_scope(actor: Actor) -> list[Household]:
    with tenant_scope(actor):
        return list(Household.objects.all())


def test_a_look_is_shut_for_another_reader_of_the_same_office(here: Actor, province: Actor) -> None:
    look = granted(here)

    assert is_shut(look.pk, reader(name="colleague"))
    assert numbers(look, province)


def test_a_look_is_shut_when_the_reader_has_lost_the_county(here: Actor, province: Actor) -> None:
    look = granted(here)
    elsewhere = replace(province, ranges=reader(area="530000000000", name="yunnan").ranges)

    assert is_shut(look.pk, elsewhere)
    assert Membership.objects.filter(user=province.user_id, division_code=PROVINCE).exists()


def test_a_look_of_one_county_opens_no_household_of_another(here: Actor, there: Actor, province: Actor) -> None:
    look = granted(here, area_code=COUNTY_CODE)
    with tenant_scope(there):
        stranger = Household.objects.values_list("pk", flat=True)[0]
    with tenant_scope(here):
        own = Household.objects.values_list("pk", flat=True)[0]
    with tenant_scope(province):
        with pytest.raises(NotFound):
            look_at_household(look.pk, stranger, actor=province)

        assert look_at_household(look.pk, own, actor=province).household.id == own


def test_a_look_opens_no_household_of_another_township(here: Actor, province: Actor) -> None:
    look = granted(here)
    with tenant_scope(here):
        far = Household.objects.filter(scope_code=VILLAGES[2]).values_list("pk", flat=True)[0]

    with tenant_scope(province), pytest.raises(NotFound):
        look_at_household(look.pk, far, actor=province)


def test_a_pointer_alone_opens_nothing_when_the_county_has_no_such_grant(here: Actor, province: Actor) -> None:
    with tenant_scope(here):
        [forged] = GrantedLook.objects.bulk_create(
            [
                GrantedLook(
                    tenant_id=here.tenant_id,
                    user_id=holder(province),
                    grant_id=uuid4(),
                    area_code=COUNTY_CODE,
                    starts_on=today(),
                    ends_on=today() + DAYS,
                )
            ]
        )

    assert is_shut(forged.pk, province)


def test_a_county_neither_writes_nor_ends_the_pointers_of_another(here: Actor, there: Actor, province: Actor) -> None:
    look = granted(here)
    with tenant_scope(there), pytest.raises(DatabaseError), transaction.atomic():
        GrantedLook.objects.filter(pk=look.pk).update(ended_at=timezone.now())
    with tenant_scope(there), pytest.raises(DatabaseError), transaction.atomic():
        GrantedLook.objects.bulk_create([GrantedLook(
            tenant_id=here.tenant_id, user_id=holder(province), grant_id=uuid4(), area_code=COUNTY_CODE,
            starts_on=today(), ends_on=today() + DAYS,
        )])  # fmt: skip


def test_a_list_that_is_none_is_refused_and_nothing_is_noted(here: Actor, province: Actor) -> None:
    look = granted(here)
    with tenant_scope(province), pytest.raises(DomainError) as refused:
        look_at_list(look.pk, "everybody", actor=province)

    assert refused.value.field == "list"
