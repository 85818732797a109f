"""Changes that a second person decides: proposed, frozen, decided once, and refused to the first person."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from households.domain.amend import amend_household, amend_person
from households.domain.anonymise import anonymise_unconfirmed, set_objection_period
from households.domain.change_requests import (
    approve_change,
    propose_account,
    propose_identity,
    rebase_change,
    refuse_change,
    save_or_propose_household,
    save_or_propose_person,
    withdraw_change,
)
from households.domain.change_rules import set_change_rule
from households.domain.move import move_household
from households.domain.reveal import reveal_of_household, reveal_of_person
from households.domain.status import change_status
from households.models import ChangeRequest, ChangeRule, Household, Membership, Person
from households.queries.change_requests import differences, request_detail
from households.workflow import CHANGE_STEPS
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.models import AuditDetail, RowVersion
from registry.tenancy.context import Actor, take_notices
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import OTHER_COUNTY_CODE, VILLAGE_CODE, actor_of, county, county_office, service
from tests.factories.villages import VillageFactory

WHY = "群众申请，村里核实"
ACCOUNT = "6217000000000000001"
OTHER_ACCOUNT = "6217000000000000002"
NUMBER = document_number(7, birth="19850203")


def somebody(role: Role = Role.COUNTY_OFFICE, area: str | None = None) -> Actor:
    """Give a second person of a role."""
    return actor_of(role, area=area, user_id=uuid4())


def spouse() -> Person:
    found: Person = Membership.objects.get(relation_code="02").person
    return found


def ruled(office: Actor, **rule: bool) -> Household:
    """Give a household of a county that has the rule."""
    set_change_rule(rule, actor=office)  # type: ignore[arg-type]  # the parts of the rule by name
    return registered(account=ACCOUNT)


def renamed(office: Actor) -> ChangeRequest:
    """Propose another name for the spouse."""
    person = spouse()
    return propose_identity(person.id, {"name": "示例改名"}, actor=office, version=person.version, reason=WHY)


def code_of(verb: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused, savepoint():
        verb()
    return refused.value.code


def test_amending_is_as_before_when_the_county_has_no_rule(office: Actor) -> None:
    household = registered(account=ACCOUNT)

    amend_household(household.id, {"account": OTHER_ACCOUNT}, actor=office, version=1)
    amend_person(spouse().id, {"name": "示例改名"}, actor=office, version=1)

    assert (ChangeRule.objects.count(), spouse().name) == (0, "示例改名")


@pytest.mark.parametrize(
    "changes", [{"name": "示例改名"}, {"document_number": NUMBER}, {"name": "示例改名", "phone": "17910000001"}]
)
def test_direct_change_of_identity_is_refused_whole_when_the_rule_covers_it(office: Actor, changes: object) -> None:
    ruled(office)
    person = spouse()

    assert (
        code_of(
            lambda: amend_person(person.id, changes, actor=office, version=1)  # type: ignore[arg-type]  # as parametrized
        )
        == "change.needs_second_person"
    )
    assert (spouse().version, spouse().name) == (1, person.name)


def test_same_values_and_free_fields_are_saved_at_once_when_the_rule_holds(office: Actor) -> None:
    household = ruled(office)
    person = spouse()

    amend_person(person.id, {"name": person.name, "phone": "17910000001"}, actor=office, version=1)
    amend_household(household.id, {"account": ACCOUNT, "group_name": "2组"}, actor=office, version=1)

    assert (spouse().version, Household.objects.get().group_name) == (2, "2组")


@pytest.mark.parametrize(("covers", "expected"), [(False, ""), (True, "change.needs_second_person")])
def test_candidate_is_covered_only_when_the_county_says_so(office: Actor, covers: bool, expected: str) -> None:
    set_change_rule({"covers_candidates": covers}, actor=office)
    household = registered(status="candidate", account=ACCOUNT)

    def direct() -> object:
        return amend_household(household.id, {"account": OTHER_ACCOUNT}, actor=office, version=1)

    if expected:
        assert code_of(direct) == expected
    else:
        assert direct()


def test_switched_off_kind_is_amended_at_once(office: Actor) -> None:
    household = ruled(office, account_by_two=False)

    amend_household(household.id, {"account": OTHER_ACCOUNT}, actor=office, version=1)

    assert code_of(lambda: amend_person(spouse().id, {"name": "示例改名"}, actor=office, version=1))


def test_change_is_applied_once_when_a_second_person_approves(office: Actor) -> None:
    household = ruled(office)
    proposed = propose_account(household.id, {"account": OTHER_ACCOUNT}, actor=office, version=1, reason=WHY)
    second = somebody(Role.TOWNSHIP_CLERK)

    decided = approve_change(proposed.id, actor=second, version=1)

    assert reveal_of_household(household.id, "account", actor=office, reason=WHY) == OTHER_ACCOUNT
    assert (decided.state, decided.decided_by, decided.version) == ("approved", second.user_id, 2)
    assert Household.objects.get().version == 2
    for verb in (approve_change, refuse_change):
        again = code_of(lambda verb=verb: verb(proposed.id, actor=second, version=2, reason=WHY))  # type: ignore[misc]
        assert again == "change.decided"
    assert Household.objects.get().version == 2


def test_document_takes_sex_and_birth_along_when_approved(office: Actor) -> None:
    ruled(office)
    person = spouse()
    changes = {"name": "示例改名", "document_number": NUMBER}
    proposed = propose_identity(person.id, changes, actor=office, version=1, reason=WHY)  # type: ignore[arg-type]

    assert {one.name for one in differences(proposed)} >= {"name", "birth_on", "document_sealed"}
    approve_change(proposed.id, actor=somebody(), version=1)

    after = spouse()
    assert (after.name, after.birth_on, after.version) == ("示例改名", date(1985, 2, 3), 2)
    assert reveal_of_person(person.id, "document", actor=office, reason=WHY) == NUMBER


def test_account_is_cleared_when_an_empty_one_is_approved(office: Actor) -> None:
    household = ruled(office)
    proposed = propose_account(household.id, {"account": ""}, actor=office, version=1, reason=WHY)

    approve_change(proposed.id, actor=somebody(), version=1)

    assert Household.objects.get().account_sealed is None


@pytest.mark.parametrize("verb", [approve_change, refuse_change])
def test_first_person_never_decides(office: Actor, verb: Callable[..., object]) -> None:
    ruled(office)
    proposed = renamed(office)
    same_in_another_role = actor_of(Role.TOWNSHIP_CLERK, user_id=office.user_id)

    for actor in (office, same_in_another_role, service()):
        with pytest.raises(NotAllowed):
            verb(proposed.id, actor=actor, version=1, reason=WHY)
    assert ChangeRequest.objects.get().state == "open"


@pytest.mark.parametrize("role", [Role.VILLAGE_TEAM, Role.HELPER, Role.MACHINE_CLIENT, Role.SECTOR_CLERK])
def test_deciding_is_refused_to_other_roles(office: Actor, role: Role) -> None:
    ruled(office)
    proposed = renamed(office)

    with pytest.raises((NotAllowed, NotFound)):
        approve_change(proposed.id, actor=somebody(role), version=1)


def test_database_refuses_the_first_person_and_a_second_decision(office: Actor) -> None:
    ruled(office)
    proposed = renamed(office)
    rows = ChangeRequest.objects.filter(pk=proposed.pk)
    decided = {"decided_at": proposed.proposed_at, "decision_reason": WHY}

    for state in ("approved", "refused"):
        with pytest.raises(IntegrityError, match="decided_by_a_second_person"), savepoint():
            rows.update(state=state, decided_by=office.user_id, **decided)
    with pytest.raises(IntegrityError, match="decided_by_a_second_person"), savepoint():
        rows.update(state="withdrawn", decided_by=uuid4(), **decided)
    withdraw_change(proposed.id, actor=office, version=1)
    with pytest.raises(IntegrityError, match="may not change"), savepoint():
        rows.update(state="approved", decided_by=uuid4(), **decided)


def test_trigger_holds_the_workflow_table() -> None:
    armed = import_module("households.migrations.0013_arm_change_requests")
    pairs = {(str(source), str(target)) for source, targets in CHANGE_STEPS.items() for target in targets}

    assert set(armed.CHANGE_PAIRS) == pairs


def test_request_is_withdrawn_by_who_proposed_it_alone(office: Actor) -> None:
    ruled(office)
    proposed = renamed(office)

    assert code_of(lambda: withdraw_change(proposed.id, actor=somebody(), version=1)) == "change.not_own"
    assert withdraw_change(proposed.id, actor=office, version=1).state == "withdrawn"
    assert renamed(office).state == "open"


def test_second_open_request_of_the_same_kind_is_refused(office: Actor) -> None:
    ruled(office)
    renamed(office)

    assert code_of(lambda: renamed(office)) == "database.changerequest_one_open_a_person"


def test_conflict_names_field_person_and_day_when_changed_meanwhile(office: Actor) -> None:
    ruled(office)
    proposed = renamed(office)
    ChangeRule.objects.update(identity_by_two=False)
    second = somebody()
    amend_person(spouse().id, {"name": "示例又名"}, actor=second, version=1)

    with pytest.raises(Conflict) as refused, savepoint():
        approve_change(proposed.id, actor=second, version=1)
    assert refused.value.code == "change.conflict"
    assert "示例又名" not in str(refused.value)
    (one,) = differences(ChangeRequest.objects.get())
    assert (one.before != "示例又名", one.after, one.now, one.is_stale) == (True, "示例改名", "示例又名", True)
    assert (one.changed_at is not None, spouse().name) == (True, "示例又名")

    renewed = rebase_change(proposed.id, actor=second, version=1)
    assert (renewed.seen_version, renewed.changes) == (2, {"name": ["示例又名", "示例改名"]})
    with pytest.raises(StaleVersion):
        approve_change(proposed.id, actor=second, version=1)
    approve_change(proposed.id, actor=second, version=2)
    assert spouse().name == "示例改名"


def test_stale_account_is_a_conflict_and_one_on_file_already_has_nothing_left(office: Actor) -> None:
    household = ruled(office)
    proposed = propose_account(household.id, {"account": OTHER_ACCOUNT}, actor=office, version=1, reason=WHY)
    ChangeRule.objects.update(account_by_two=False)
    amend_household(household.id, {"account": OTHER_ACCOUNT}, actor=office, version=1)

    assert code_of(lambda: approve_change(proposed.id, actor=somebody(), version=1)) == "change.conflict"
    assert code_of(lambda: rebase_change(proposed.id, actor=office, version=1)) == "change.nothing_left"


def test_change_of_another_field_is_no_conflict(office: Actor) -> None:
    ruled(office)
    proposed = renamed(office)
    amend_person(spouse().id, {"phone": "17910000001"}, actor=office, version=1)

    approve_change(proposed.id, actor=somebody(), version=1)

    assert spouse().name == "示例改名"


def test_approval_is_refused_whole_when_the_number_is_taken_meanwhile(office: Actor) -> None:
    ruled(office)
    person = spouse()
    proposed = propose_identity(person.id, {"document_number": NUMBER}, actor=office, version=1, reason=WHY)
    registered(members=(PersonDraftFactory.build(relation_code="01", document_number=NUMBER),))

    refused = code_of(lambda: approve_change(proposed.id, actor=somebody(), version=1))

    assert (refused, ChangeRequest.objects.get().state) == ("database.person_document_once_a_tenant", "open")


@pytest.mark.parametrize(
    ("changes", "reason", "code"),
    [
        ({"name": "示例改名"}, " ", "reason.missing"),
        ({}, WHY, "change.nothing"),
        ({"sex_code": "7"}, WHY, "code.unknown"),
        ({"birth_on": date(1999, 9, 9)}, WHY, "document.decides"),
        ({"document_number": "549901198001010"}, WHY, "document.malformed"),
    ],
)
def test_proposal_is_refused_when_it_could_not_be_applied(
    office: Actor, changes: object, reason: str, code: str
) -> None:
    ruled(office)
    person = spouse()

    def propose() -> object:
        return propose_identity(person.id, changes, actor=office, version=1, reason=reason)  # type: ignore[arg-type]

    found = code_of(propose)
    assert (found.split(".")[0], ChangeRequest.objects.count()) == (code.split(".", maxsplit=1)[0], 0)


def test_stale_proposal_and_one_outside_the_area_are_refused(office: Actor) -> None:
    ruled(office)
    person = spouse()
    elsewhere = actor_of(Role.VILLAGE_TEAM, area="549901101000")
    abroad = actor_of(Role.COUNTY_OFFICE, tenant=county(OTHER_COUNTY_CODE), user_id=uuid4())
    proposed = renamed(office)

    with pytest.raises(StaleVersion):
        propose_identity(person.id, {"name": "示例又名"}, actor=office, version=9, reason=WHY)
    for actor in (elsewhere, abroad):
        with tenant_scope(actor):
            assert ChangeRequest.objects.count() == 0
            with pytest.raises(NotFound):
                propose_identity(person.id, {"name": "示例又名"}, actor=actor, version=1, reason=WHY)
            with pytest.raises(NotFound):
                withdraw_change(proposed.id, actor=actor, version=1)


def test_saving_proposes_what_is_guarded_and_keeps_the_rest(office: Actor) -> None:
    household = ruled(office)
    person = spouse()
    take_notices()

    save_or_propose_person(person.id, {"name": "示例改名", "phone": "17910000001"}, actor=office, version=1, reason=WHY)
    save_or_propose_household(
        household.id, {"group_name": "2组", "account": OTHER_ACCOUNT}, actor=office, version=1, reason=WHY
    )

    assert [notice.code for notice in take_notices()] == ["change.proposed"]
    assert (spouse().name == person.name, spouse().phone_sealed is not None) == (True, True)
    assert Household.objects.get().group_name == "2组"
    assert sorted(ChangeRequest.objects.values_list("kind", "seen_version")) == [("account", 2), ("identity", 2)]


def test_saving_is_refused_whole_when_a_guarded_change_has_no_reason(office: Actor) -> None:
    ruled(office)

    refused = code_of(
        lambda: save_or_propose_person(
            spouse().id, {"name": "示例改名", "phone": "17910000001"}, actor=office, version=1
        )
    )

    assert (refused, spouse().phone_sealed, ChangeRequest.objects.count()) == ("reason.missing", None, 0)


def test_number_stands_in_clear_nowhere(db: None) -> None:
    with tenant_scope(county_office()) as office:
        household = ruled(office)
        kept = [
            propose_identity(spouse().id, {"document_number": NUMBER}, actor=office, version=1, reason=WHY),
            propose_account(household.id, {"account": OTHER_ACCOUNT}, actor=office, version=1, reason=WHY),
        ]
        told = [str(request_detail(request)) for request in kept]
    with tenant_scope(somebody()) as second:
        for request in kept:
            approve_change(request.id, actor=second, version=1)

    with tenant_scope(service()):
        details = [str(row) for row in AuditDetail.objects.values_list("before", "after")]
        versions = [str(row) for row in RowVersion.objects.values_list("content", flat=True)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(r)::text FROM households_changerequest r")
            rows = [text for (text,) in cursor.fetchall()]
    assert (len(rows), len(details) > 4, len(versions) > 1) == (2, True, True)
    for secret in (NUMBER, OTHER_ACCOUNT, ACCOUNT):
        texts = [*told, *rows, *details, *versions]
        assert not [text for text in texts if secret in text or secret.encode().hex() in text]


def test_request_goes_where_its_household_goes(office: Actor) -> None:
    household = ruled(office)
    VillageFactory.create(code="549901100002")
    renamed(office)
    propose_account(household.id, {"account": OTHER_ACCOUNT}, actor=office, version=1, reason=WHY)

    move_household(household.id, "549901100002", actor=office, on=date(2021, 3, 1), reason=WHY)

    assert set(ChangeRequest.objects.values_list("scope_code", flat=True)) == {"549901100002"}
    assert VILLAGE_CODE != "549901100002"


def test_request_tells_nobody_when_the_person_is_anonymised(db: None) -> None:
    with tenant_scope(county_office()) as office:
        set_change_rule({"covers_candidates": True}, actor=office)
        household = registered(status="candidate", account=ACCOUNT)
        renamed(office)
        propose_account(household.id, {"account": OTHER_ACCOUNT}, actor=office, version=1, reason=WHY)
        change_status(household.id, "close_wrong", actor=office, on=date(2021, 1, 10), reason="评议未通过")
        set_objection_period(date(2020, 12, 1), days=30, actor=office)
    with tenant_scope(service()):
        assert "示例改名" in str(list(AuditDetail.objects.values_list("before", "after")))

    with tenant_scope(service()) as actor:
        assert anonymise_unconfirmed(actor=actor, on=date(2021, 6, 1)) == 2

    with tenant_scope(service()):
        for request in ChangeRequest.objects.all():
            assert (request.state, request.changes) == ("withdrawn", {})
            assert (request.account_sealed, request.former_account_sealed) == (None, None)
        assert "示例改名" not in str(list(AuditDetail.objects.values_list("before", "after")))


def test_rule_is_the_county_offices_alone(office: Actor) -> None:
    set_change_rule({"identity_by_two": False}, actor=office)

    with pytest.raises(NotAllowed):
        set_change_rule({"identity_by_two": True}, actor=somebody(Role.TOWNSHIP_CLERK))
    with pytest.raises(StaleVersion):
        set_change_rule({"identity_by_two": True}, actor=office, version=7)
    row = set_change_rule({"covers_candidates": True}, actor=office, version=1)
    assert (row.identity_by_two, row.account_by_two, row.covers_candidates, row.version) == (False, True, True, 2)
