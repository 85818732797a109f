"""What closes a look at persons, and what never opens by it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from households.models import Household
from oversight.domain.looking import look_at_household, look_at_list, look_open_to
from oversight.domain.looks import withdraw_look
from oversight.models import LookGrant
from oversight.queries.looks import looks_of
from periods.models import FrozenHousehold
from registry.enums import Role
from registry.lib.errors import DomainError, NotFound
from registry.lib.periods import today
from registry.models import GrantedLook, Membership, Tenant
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import COUNTY_CODE
from tests.oversight.ground import (
    FAR_TOWNSHIP,
    PROVINCE,
    VILLAGES,
    reader,
)
from tests.oversight.looking import DAYS, granted, holder, in_scope, is_shut, numbers


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
