"""Reasons of a change of members: what a sheet's word becomes, and changes that cannot be."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from households.domain.members import add_person, end_membership
from households.models import Membership, Posting
from registry.domain.codes import code_list
from registry.lib.errors import Conflict, DomainError
from registry.models import Code, RowVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY, PersonDraftFactory, registered
from tests.factories.tenants import OTHER_COUNTY_CODE, OTHER_VILLAGE_CODE, county, county_office

LATER = FIRST_DAY + timedelta(days=20)
TOLD_TOO_MUCH = ("判刑收监", "服刑", "收监", "失联", "失踪", "出国定居")


@pytest.mark.parametrize("word", TOLD_TOO_MUCH)
@pytest.mark.django_db
def test_word_of_a_sheet_becomes_long_absence_when_it_says_too_much(word: str) -> None:
    reasons = code_list("membership_change")

    code = reasons.code_of(word, parent="out")

    assert (code, reasons.labels["25"]) == ("25", "长期离家")


@pytest.mark.parametrize("word", ["刑满释放", "失联返回"])
@pytest.mark.django_db
def test_word_of_a_sheet_becomes_return_when_it_says_too_much(word: str) -> None:
    assert code_list("membership_change").code_of(word, parent="in") == "15"


@pytest.mark.parametrize("word", [*TOLD_TOO_MUCH, "刑满释放"])
@pytest.mark.django_db
def test_no_label_says_the_word_when_the_list_is_read(word: str) -> None:
    labels = Code.objects.filter(scheme="membership_change").values_list("label_zh", flat=True)

    assert [label for label in labels if word in label] == []


@pytest.mark.parametrize("reason_code", ["27", "28"])
def test_former_reason_is_refused_when_a_member_leaves(office: Actor, reason_code: str) -> None:
    household = registered()
    person = Membership.objects.get(relation_code="02").person_id

    with pytest.raises(DomainError) as refused:
        end_membership(household.id, person, actor=office, on=LATER, reason_code=reason_code)
    end_membership(household.id, person, actor=office, on=LATER, reason_code="25")

    assert (refused.value.code, refused.value.field) == ("code.unknown", "reason_code")


def test_rows_of_former_reasons_are_folded_when_migrated(office: Actor) -> None:
    registered()
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        registered(village_code=OTHER_VILLAGE_CODE)
        Membership.objects.filter(relation_code="02").update(ends_on=LATER, end_reason_code="28")
    Membership.objects.filter(relation_code="02").update(start_reason_code="17", ends_on=LATER, end_reason_code="27")
    migration = import_module("households.migrations.0007_fold_reasons_of_absence")
    known = RowVersion.objects.count()

    with connection.schema_editor(atomic=False) as editor:
        migration.fold_reasons(apps, editor)

    codes = Membership.objects.order_by("relation_code").values_list("start_reason_code", "end_reason_code")
    assert list(codes) == [("", ""), ("15", "25")]
    assert RowVersion.objects.count() == known
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        assert Membership.objects.get(relation_code="02").end_reason_code == "25"


def test_birth_makes_a_placeholder_born_on_that_day_when_nothing_else_is_stated(office: Actor) -> None:
    household = registered()
    child = PersonDraftFactory.build(document_number="", sex_code="1", relation_code="03")

    person = add_person(household.id, child, actor=office, on=LATER, reason_code="11").person

    assert (person.is_placeholder, person.birth_on, person.birth_precision) == (True, LATER, "day")


def test_death_before_birth_is_refused_when_entered(office: Actor) -> None:
    child = PersonDraftFactory.build(document_number="", sex_code="1", relation_code="03", birth_on=FIRST_DAY)
    household = registered(members=(PersonDraftFactory.build(relation_code="01"), child))
    Membership.objects.filter(relation_code="03").update(starts_on=None, starts_precision="")
    person = Membership.objects.get(relation_code="03").person
    person.birth_on = LATER
    person.save(update_fields=["birth_on"])
    end: dict[str, Any] = {"actor": office, "reason_code": "21"}

    with pytest.raises(DomainError) as refused:
        end_membership(household.id, person.id, on=LATER - timedelta(days=1), **end)
    assert (refused.value.code, Posting.objects.filter(kind="natural_out").count()) == ("date.before_birth", 0)
    end_membership(household.id, person.id, on=LATER, **end)


def test_joining_is_refused_when_the_person_is_on_file_as_dead(office: Actor) -> None:
    spouse = PersonDraftFactory.build()
    household = registered(members=(PersonDraftFactory.build(relation_code="01"), spouse))
    person = Membership.objects.get(relation_code="02").person_id
    end_membership(household.id, person, actor=office, on=LATER, reason_code="21")

    with pytest.raises(Conflict) as refused:
        add_person(household.id, spouse, actor=office, on=LATER, reason_code="15")

    assert (refused.value.code, Membership.objects.filter(ends_on=None).count()) == ("person.dead", 1)
