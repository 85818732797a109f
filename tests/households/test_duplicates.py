"""Persons of two counties: who learns of them, what each is told, and what the look-up cannot tell."""

import io
from datetime import date
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from pytest_django import Settings

from households.domain.amend import amend_person
from households.domain.claims import claim_batch
from households.domain.duplicates import settle_duplicate
from households.domain.members import add_person, end_membership
from households.domain.person_transfer import accept_person, offer_person
from households.domain.status import change_status
from households.enums import DuplicateState
from households.models import DuplicateNotice, Household, Person, Transfer
from registry import jobs
from registry.crypto import claim_indexes, claim_version, generate_keyring, with_new_index_key
from registry.domain.claims import Shared, claim_identities
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.models import Letter, RowVersion, Tenant
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import PersonDraftFactory
from tests.factories.tenants import OTHER_COUNTY_CODE, actor_of, county, service
from tests.households.two_counties import (
    NUMBER,
    OWN_NUMBER,
    RIGHT,
    claimants,
    here,
    notices,
    person_in,
    settled,
    there,
    tried,
)

pytestmark = pytest.mark.django_db


def test_both_counties_learn_of_a_person_when_the_second_registers_it() -> None:
    person_in(here(), name="示例人甲")
    person_in(there(), name="示例人乙")

    jobs.tick()

    assert notices(here()) == [("示例人甲", "new", "new")]
    assert notices(there()) == [("示例人乙", "new", "new")]


def test_nobody_learns_of_anything_when_the_persons_differ() -> None:
    person_in(here())
    person_in(there(), OWN_NUMBER)

    jobs.tick()

    assert (notices(here()), notices(there()), Letter.objects.count()) == ([], [], 0)


def test_disability_card_is_the_same_person_when_the_other_county_has_the_identity_card() -> None:
    person_in(here())
    person_in(there(), f"{NUMBER}44")

    assert notices(there()) == [("示例人甲", "new", "new")]


def test_letter_names_nobody_when_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(
        "households.domain.duplicates.send_letter", lambda _kind, **parts: sent.append(parts["payload"])
    )
    person_in(here())

    person_in(there())

    assert sent == [{"indexes": [claim_indexes([NUMBER])[0].hex()], "state": "new"}]


def test_person_is_noted_once_when_claimed_again() -> None:
    person_in(here())
    person_in(there())
    jobs.tick()

    call_command("claim_identities", verbosity=0)
    jobs.tick()

    assert (len(notices(here())), len(notices(there()))) == (1, 1)


def test_person_on_file_from_before_claims_is_found_when_the_command_runs() -> None:
    first, second = person_in(here()), person_in(there(), OWN_NUMBER)
    with tenant_scope(service()):
        claim_identities([], released=claim_indexes([NUMBER]))
        Person.objects.filter(pk=first.pk).update(claim_index=None)
    with tenant_scope(there()):
        amend_person(second.pk, {"document_number": NUMBER}, actor=there(), version=1)
    before = notices(there())

    call_command("claim_identities", verbosity=0)
    jobs.tick()

    assert before == []
    assert (len(notices(here())), len(notices(there()))) == (1, 1)


def test_corrected_number_is_claimed_and_the_former_released_when_amended() -> None:
    person = person_in(here())

    with tenant_scope(here()):
        amend_person(person.pk, {"document_number": OWN_NUMBER}, actor=here(), version=1)

    assert (claimants(there(), NUMBER), claimants(there(), OWN_NUMBER)) == ([], [county().pk])


def test_person_is_released_when_leaving_and_claimed_again_when_coming_back() -> None:
    person = person_in(here())
    with tenant_scope(here()):
        household = Household.objects.get()
        end_membership(household.pk, person.pk, actor=here(), on=date(2021, 3, 1), reason_code="23")
    gone = claimants(there())
    with tenant_scope(there()):
        claim_identities([], released=claim_indexes([NUMBER]))

    with tenant_scope(here()):
        draft = PersonDraftFactory.build(document_number=NUMBER, name=person.name, sex_code=person.sex_code)
        add_person(household.pk, draft, actor=here(), on=date(2021, 4, 1), reason_code="13")

    assert (gone, claimants(there())) == ([], [county().pk])


def test_members_are_released_when_their_household_is_closed() -> None:
    person_in(here())
    before = claimants(there())

    with tenant_scope(here()):
        change_status(Household.objects.get().pk, "close_gone", actor=here(), on=date(2021, 3, 1), reason="整户消亡")

    assert (before, claimants(there())) == ([county().pk], [])


def test_correction_is_believed_when_the_person_no_longer_has_the_number() -> None:
    person_in(here())
    person = person_in(there())
    jobs.tick()
    with tenant_scope(there()), pytest.raises(Conflict) as refused, savepoint():
        settle_duplicate(DuplicateNotice.objects.get().pk, "corrected", actor=there(), reason=RIGHT)
    with tenant_scope(there()):
        amend_person(person.pk, {"document_number": OWN_NUMBER}, actor=there(), version=1)

    settled(there(), DuplicateState.CORRECTED)

    assert refused.value.code == "duplicate.still_here"
    assert (notices(there())[0][1:], notices(here())[0][1:]) == (("corrected", "new"), ("new", "corrected"))


def test_other_county_settles_too_when_it_was_told_of_the_correction() -> None:
    person_in(here())
    person = person_in(there())
    jobs.tick()
    with tenant_scope(there()):
        amend_person(person.pk, {"document_number": OWN_NUMBER}, actor=there(), version=1)
    settled(there(), DuplicateState.CORRECTED)

    settled(here(), DuplicateState.CORRECTED)

    assert notices(here())[0][1:] == ("corrected", "corrected")


def test_both_right_stays_settled_when_the_counties_claim_again() -> None:
    person_in(here())
    person_in(there())
    jobs.tick()
    settled(here(), DuplicateState.BOTH_RIGHT)

    call_command("claim_identities", verbosity=0)
    jobs.tick()

    assert (notices(here()), notices(there())[0][1:]) == ([("示例人甲", "both_right", "new")], ("new", "both_right"))


def test_settling_is_refused_when_it_has_no_reason_or_is_done_already() -> None:
    person_in(here())
    person_in(there())

    with tenant_scope(there()):
        notice = DuplicateNotice.objects.get()
        with pytest.raises(DomainError) as without_reason:
            settle_duplicate(notice.pk, "both_right", actor=there(), reason=" ")
        settle_duplicate(notice.pk, "both_right", actor=there(), reason=RIGHT)
        with pytest.raises(Conflict) as twice:
            settle_duplicate(notice.pk, "both_right", actor=there(), reason=RIGHT)

    assert (without_reason.value.code, twice.value.code) == ("reason.missing", "duplicate.settled")


def test_village_team_may_not_settle_when_it_sees_the_person() -> None:
    person_in(here())
    person_in(there())
    team = actor_of(Role.VILLAGE_TEAM, tenant=county(OTHER_COUNTY_CODE))

    with tenant_scope(team), pytest.raises(NotAllowed):
        settle_duplicate(DuplicateNotice.objects.get().pk, "both_right", actor=team, reason=RIGHT)

    assert notices(there())[0][1] == "new"


def test_sender_is_told_when_the_person_has_left_before_the_letter_came() -> None:
    person = person_in(here())
    person_in(there())
    with tenant_scope(here()):
        household = Household.objects.get()
        end_membership(household.pk, person.pk, actor=here(), on=date(2021, 3, 1), reason_code="23")

    jobs.tick()
    jobs.tick()

    assert (notices(here()), notices(there())[0][1:]) == ([], ("new", "corrected"))


def test_duplicate_is_still_found_when_the_key_of_claims_is_new(settings: Settings) -> None:
    ring = generate_keyring()
    settings.REGISTRY_KEYRING = ring
    person_in(here())
    settings.REGISTRY_KEYRING = with_new_index_key(ring)
    person_in(there())
    missed = notices(there())

    call_command("claim_identities", verbosity=0)
    jobs.tick()

    assert (missed, len(notices(here())), len(notices(there()))) == ([], 1, 1)


def test_renewing_the_keys_takes_the_claims_along_and_finds_who_was_missed(settings: Settings) -> None:
    ring = generate_keyring()
    settings.REGISTRY_KEYRING = ring
    person_in(here())
    settings.REGISTRY_KEYRING = with_new_index_key(ring)
    person_in(there())
    with tenant_scope(here()):
        versions = RowVersion.objects.count()

    call_command("renew_keys", stdout=io.StringIO())
    jobs.tick()

    assert (len(notices(here())), len(notices(there()))) == (1, 1)
    with tenant_scope(here()):
        claimed = {bytes(index or b"")[:1] for index in Person.objects.values_list("claim_index", flat=True)}
        assert (claimed, RowVersion.objects.count()) == ({bytes([claim_version()])}, versions)


def test_renewing_says_what_is_left_when_no_more_may_be_claimed_today(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = generate_keyring()
    settings.REGISTRY_KEYRING = ring
    person_in(here())
    settings.REGISTRY_KEYRING = with_new_index_key(ring)
    said = io.StringIO()

    def spent(*_claimed: object, **_released: object) -> list[Shared]:
        raise DomainError("claim.too_many", "too many")

    monkeypatch.setattr("households.domain.claims.claim_identities", spent)
    with pytest.raises(CommandError, match=county().code):
        call_command("renew_keys", stdout=io.StringIO(), stderr=said)

    assert f"{county().code}: households_person.claim_index: too many" in said.getvalue()


# --- what the look-up cannot tell -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM registry_identityclaim",
        "INSERT INTO registry_identityclaim VALUES ('\\x01', '{901}')",
        "DELETE FROM registry_identityclaim",
        "COPY registry_identityclaim TO STDOUT",
        "SELECT last_value FROM registry_identityasked",
        "SELECT setval('registry_identityasked', 1)",
    ],
)
def test_claims_are_out_of_reach_when_the_app_role_asks_the_table(statement: str) -> None:
    person_in(here())

    assert tried(statement) == psycopg.errors.InsufficientPrivilege.__name__


def test_asking_leaves_a_claim_when_somebody_fishes() -> None:
    person_in(here())

    with tenant_scope(there()):
        found = claim_identities(claim_indexes([NUMBER]))

    assert found == [Shared(claim_indexes([NUMBER])[0], county().pk)]
    assert claimants(here()) == [county(OTHER_COUNTY_CODE).pk]


def test_function_tells_nothing_when_no_scope_is_open() -> None:
    person_in(here())

    with pytest.raises(DatabaseError, match="scope of a tenant"), savepoint(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM claim_identities(%s, '{}')", [claim_indexes([NUMBER])])


def test_function_keeps_its_own_search_path_when_it_works_as_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosecdef, proconfig, has_function_privilege('registry_backup', oid, 'EXECUTE'), proacl::text"
            " LIKE '%%{=X%%' FROM pg_proc WHERE proname = 'claim_identities'"
        )
        functions = cursor.fetchall()

    assert [row[:2] for row in functions] == [(True, ["search_path=pg_catalog, pg_temp", "client_min_messages=error"])]
    assert functions[0][3] is False


def test_county_releases_its_own_claim_alone_when_it_names_that_of_another() -> None:
    person_in(here())

    with tenant_scope(there()):
        claim_identities([], released=claim_indexes([NUMBER]))

    assert claimants(there()) == [county().pk]


def test_claiming_the_county_is_automatic_work_when_a_clerk_tries() -> None:
    with tenant_scope(here()), pytest.raises(NotAllowed):
        claim_batch(after=None, actor=here())

    assert Tenant.objects.get(pk=county().pk).office_contact == ""


def test_notices_of_both_counties_are_settled_when_the_person_is_transferred() -> None:
    first, double = person_in(here()), person_in(there())
    jobs.tick()
    with tenant_scope(there()) as office:
        home = Household.objects.get(memberships__person=double)
        end_membership(home.id, double.id, actor=office, on=date(2021, 3, 1), reason_code="29")
    with tenant_scope(here()) as office:
        source = Household.objects.get(memberships__person=first)
        given: dict[str, Any] = {"on": date(2021, 3, 2), "leaving_code": "23", "reason": "迁居"}
        key = offer_person(source.id, first.id, OTHER_COUNTY_CODE, actor=office, **given).key
    jobs.tick()
    with tenant_scope(there()) as office:
        answer: dict[str, Any] = {"relation_code": "99", "joining_code": "13", "reason": "迁居"}
        accept_person(Transfer.objects.get(key=key).id, home.id, actor=office, **answer)

    jobs.tick()

    assert notices(here()) == [("示例人甲", "transferred", "transferred")]
    assert notices(there()) == [("示例人甲", "transferred", "transferred")]
