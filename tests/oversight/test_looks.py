"""Looks at persons: who asks, who decides, and what a grant opens."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from households.models import Household
from oversight.domain.looking import look_at_household, look_at_list
from oversight.domain.looks import ask_for_look, give_look, refuse_look, withdraw_look
from oversight.enums import LookState
from oversight.models import LookGrant
from oversight.queries.looks import looks_of
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.periods import today
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of
from tests.oversight.ground import (
    FAR_TOWNSHIP,
    PREFECTURE,
    VILLAGES,
    reader,
)
from tests.oversight.looking import DAYS, draft, granted, guardian, numbers, numbers_in


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
