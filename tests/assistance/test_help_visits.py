"""Visits of helpers: what is kept and refused, who enters which, withdrawal, kinds of helpers, and the doors."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from assistance.domain.help_visits import HelpVisitDraft, amend_help_visit, record_help_visit, withdraw_help_visit
from assistance.domain.helper import HelperChanges, add_helper, amend_helper, link_login
from assistance.domain.pairing import hand_over, let_unit_stand_in
from assistance.models import Helper, HelpVisit
from assistance.queries.help_visits import help_visits_visible_to
from assistance.queries.timeline import assistance_of
from households.domain.move import move_household
from households.models import Household
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.models import AuditEvent, RowVersion, User
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import registered
from tests.factories.tenants import (
    NEXT_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import UnitFactory, VillageFactory
from tests.households.test_api import client, post
from tests.registry.people import at_work, client_of, person

DAY = date(2021, 3, 5)
SEEN = HelpVisitDraft(visited_on=DAY, place_code="1", confirmation_code="3", found="圈舍漏雨")


def helped(**values: Any) -> tuple[Household, Helper]:
    """Give a household with its lead helper."""
    household, helper = registered(**{"status": "filed", **values}), HelperFactory.create()
    paired(household, helper=helper)
    return household, helper


def own_helper(account: User, actor: Actor) -> tuple[Household, Helper]:
    """Give a household that is paired with the helper of this login."""
    household, helper = helped()
    link_login(helper.pk, account.username, actor=actor)
    return household, helper


def test_visit_keeps_what_was_told(office: Actor) -> None:
    household, helper = helped()

    row = record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)

    row.refresh_from_db()
    kept = {name: getattr(row, name) for name in HelpVisitDraft.__dataclass_fields__}
    assert HelpVisitDraft(**kept) == SEEN
    assert (row.scope_code, row.version, row.helper_id, row.withdrawn_on) == (
        household.scope_code,
        1,
        helper.pk,
        None,
    )


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"visited_on": date(2099, 1, 1)}, "date.in_future", "visited_on"),
        ({"visited_on": date(2020, 12, 1)}, "help_visit.not_paired", "visited_on"),
        ({"place_code": "7"}, "code.unknown", "place_code"),
        ({"confirmation_code": ""}, "code.unknown", "confirmation_code"),
    ],
)
def test_visit_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, changes: dict[str, Any], code: str, field: str
) -> None:
    household, helper = helped()

    with pytest.raises(DomainError) as refused:
        record_help_visit(household.pk, replace(SEEN, **changes), actor=office, helper_id=helper.pk)
    record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)

    assert (refused.value.code, refused.value.field, HelpVisit.objects.count()) == (code, field, 1)


def test_visit_is_refused_when_the_helper_is_missing_unknown_or_of_another_household(office: Actor) -> None:
    household, _helper = helped()
    _other, stranger = helped()

    codes = []
    for helper_id in (None, uuid4(), stranger.pk):
        with pytest.raises(DomainError) as refused, savepoint():
            record_help_visit(household.pk, SEEN, actor=office, helper_id=helper_id)
        codes.append(refused.value.code)

    assert codes == ["help_visit.helper_missing", "helper.not_found", "help_visit.not_paired"]
    assert not HelpVisit.objects.exists()


def test_second_visit_of_a_day_is_refused_until_the_first_is_withdrawn(office: Actor) -> None:
    household, helper = helped()
    first = record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)

    with pytest.raises(Conflict) as refused:
        record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)
    withdraw_help_visit(first.pk, actor=office, reason="登记有误")
    record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)

    assert (refused.value.code, refused.value.field) == ("database.helpvisit_once_a_day", "visited_on")
    assert HelpVisit.objects.filter(withdrawn_on=None).count() == 1


@pytest.mark.parametrize("changes", [{"visited_on": date(2099, 1, 1)}, {"place_code": ""}, {"confirmation_code": ""}])
def test_database_refuses_a_visit_when_nobody_checked_it(office: Actor, changes: dict[str, Any]) -> None:
    household, helper = helped()
    row = record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)

    with pytest.raises(IntegrityError), savepoint():
        HelpVisit.objects.filter(pk=row.pk).update(**changes)


def test_amended_visit_keeps_its_former_version(office: Actor) -> None:
    household, helper = helped()
    row = record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)

    amend_help_visit(row.pk, replace(SEEN, found="已修好"), actor=office, version=1)
    with pytest.raises(StaleVersion):
        amend_help_visit(row.pk, SEEN, actor=office, version=1)

    row.refresh_from_db()
    former = RowVersion.objects.get(row_id=row.pk).content or {}
    assert (row.found, row.version, former.get("found")) == ("已修好", 2, "圈舍漏雨")


def test_amended_visit_is_refused_on_a_day_without_the_pairing(office: Actor) -> None:
    household, helper = helped()
    row = record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)
    hand_over(household.pk, HelperFactory.create().pk, actor=office, on=date(2021, 4, 1), reason="工作调动")

    with pytest.raises(DomainError) as refused:
        amend_help_visit(row.pk, replace(SEEN, visited_on=date(2021, 4, 1)), actor=office)
    amend_help_visit(row.pk, replace(SEEN, visited_on=date(2021, 3, 31)), actor=office)

    assert refused.value.code == "help_visit.not_paired"


def test_withdrawn_visit_stays_on_file_and_is_changed_no_more(office: Actor) -> None:
    household, helper = helped()
    row = record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)

    with pytest.raises(DomainError, match="reason"), savepoint():
        withdraw_help_visit(row.pk, actor=office, reason=" ")
    withdraw_help_visit(row.pk, actor=office, reason="登记有误", version=1)
    with pytest.raises(Conflict) as refused:
        amend_help_visit(row.pk, SEEN, actor=office)

    row.refresh_from_db()
    assert (row.withdrawn_on is not None, row.version, refused.value.code) == (True, 2, "help_visit.withdrawn")


def test_visit_moves_along_when_the_household_moves(office: Actor) -> None:
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    household, helper = helped()
    row = record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)

    move_household(household.pk, NEXT_VILLAGE_CODE, actor=office, on=date(2021, 8, 1), reason="搬迁")

    row.refresh_from_db()
    assert row.scope_code == NEXT_VILLAGE_CODE


def test_visit_of_another_county_is_not_found(office: Actor) -> None:
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))) as other:
        household, helper = helped(village_code=OTHER_VILLAGE_CODE)
        row = record_help_visit(household.pk, SEEN, actor=other, helper_id=helper.pk)

    with pytest.raises(NotFound):
        amend_help_visit(row.pk, SEEN, actor=office)


def test_helper_enters_only_their_own_visits_to_paired_households(db: None) -> None:
    account = person(Role.HELPER)
    with tenant_scope(county_office()) as actor:
        mine, own = own_helper(account, actor)
        other, stranger = helped()
        paired_too = HelperFactory.create()
        hand_over(mine.pk, paired_too.pk, actor=actor, on=date(2021, 2, 1), reason="接任")
        hand_over(mine.pk, own.pk, actor=actor, on=date(2021, 3, 1), reason="接任")
        foreign = record_help_visit(mine.pk, replace(SEEN, visited_on=date(2021, 2, 5)), actor=actor,
                                    helper_id=paired_too.pk)  # fmt: skip

    with tenant_scope(at_work(account)) as actor:
        with pytest.raises(NotFound), savepoint():
            record_help_visit(other.pk, SEEN, actor=actor)
        with pytest.raises(NotFound), savepoint():
            record_help_visit(mine.pk, SEEN, actor=actor, helper_id=stranger.pk)
        with pytest.raises(NotAllowed), savepoint():
            withdraw_help_visit(foreign.pk, actor=actor, reason="登记有误")
        row = record_help_visit(mine.pk, SEEN, actor=actor)
        amend_help_visit(row.pk, replace(SEEN, found=""), actor=actor)
        seen = set(help_visits_visible_to(actor).values_list("id", flat=True))

    assert (row.helper_id, seen) == (own.pk, {row.pk, foreign.pk})


@pytest.mark.parametrize("role", [Role.SECTOR_CLERK, Role.AUDIT_ADMINISTRATOR])
def test_visit_is_refused_when_the_role_may_not(office: Actor, role: Role) -> None:
    household, helper = helped()

    with tenant_scope(actor_of(role)) as actor, pytest.raises((NotAllowed, NotFound)):
        record_help_visit(household.pk, SEEN, actor=actor, helper_id=helper.pk)


def test_verbs_are_one_event_each(db: None) -> None:
    with tenant_scope(county_office()) as actor:
        household, helper = helped()
        row = record_help_visit(household.pk, SEEN, actor=actor, helper_id=helper.pk)
        amend_help_visit(row.pk, replace(SEEN, found=""), actor=actor)
        withdraw_help_visit(row.pk, actor=actor, reason="登记有误")

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        events = AuditEvent.objects.filter(object_id=row.pk).order_by("seq").values_list("verb", "reason")

        assert list(events) == [
            ("assistance.record_help_visit", ""),
            ("assistance.amend_help_visit", ""),
            ("assistance.withdraw_help_visit", "登记有误"),
        ]


def test_timeline_tells_visits_that_count(office: Actor) -> None:
    household, helper = helped()
    told = record_help_visit(household.pk, SEEN, actor=office, helper_id=helper.pk)
    other = record_help_visit(
        household.pk, replace(SEEN, visited_on=date(2021, 3, 6)), actor=office, helper_id=helper.pk
    )
    withdraw_help_visit(other.pk, actor=office, reason="登记有误")

    lines = [entry for entry in assistance_of(household, office) if entry.kind == "helper_visited"]

    assert [(line.key, line.on, line.name, line.code) for line in lines] == [
        (f"helped-{told.pk}", DAY, helper.name, "1")
    ]


# --- kinds of helpers -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"kind_code": "1"}, "helper.unit_missing", "unit_id"),
        ({"kind_code": "3"}, "helper.unit_missing", "unit_id"),
        ({"kind_code": "8"}, "code.unknown", "kind_code"),
    ],
)
def test_helper_without_a_unit_is_refused_unless_private(
    office: Actor, values: HelperChanges, code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        add_helper({"name": "示例爱心人士", **values}, actor=office)
    private = add_helper({"name": "示例爱心人士", "kind_code": "5"}, actor=office)

    assert (refused.value.code, refused.value.field, private.unit_id) == (code, field, None)


def test_private_person_becomes_a_cadre_only_with_a_unit(office: Actor) -> None:
    helper, unit = add_helper({"name": "示例爱心人士", "kind_code": "5"}, actor=office), UnitFactory.create()

    with pytest.raises(DomainError, match="unit"), savepoint():
        amend_helper(helper.pk, {"kind_code": "1"}, actor=office, version=1)
    amended = amend_helper(helper.pk, {"kind_code": "1", "unit_id": unit.pk}, actor=office, version=1)

    assert (amended.kind_code, amended.unit_id, amended.version) == ("1", unit.pk, 2)


def test_database_refuses_a_cadre_without_a_unit(office: Actor) -> None:
    helper = HelperFactory.create()

    with pytest.raises(IntegrityError), savepoint():
        Helper.objects.filter(pk=helper.pk).update(unit=None)
    Helper.objects.filter(pk=helper.pk).update(unit=None, kind_code="5")


def test_private_person_leads_and_has_no_unit_that_stands_in(office: Actor) -> None:
    household = registered(status="filed")
    helper = add_helper({"name": "示例爱心人士", "kind_code": "5"}, actor=office)
    paired(household, helper=helper)

    with pytest.raises(Conflict) as refused:
        let_unit_stand_in(household.pk, actor=office, on=DAY, reason="离开")
    texts = [entry.text for entry in assistance_of(household, office)]

    assert (refused.value.code, texts) == ("pairing.no_unit", [f"{helper.name} stands by the household and leads"])


# --- doors ------------------------------------------------------------------------------------------------------------
def test_program_enters_lists_amends_and_withdraws_a_visit(db: None) -> None:
    caller = client()
    with tenant_scope(county_office()):
        household, helper = helped()
    told = {"visited_on": "2021-03-05", "place_code": "1", "confirmation_code": "3"}

    made = post(caller, "help-visits/", told | {"household_id": str(household.pk), "helper_id": str(helper.pk)})
    address = f"/api/v1/help-visits/{made.json()['id']}/"
    amended = caller.put(
        address, told | {"found": "已修好"}, content_type="application/json", headers={"if-match": made["ETag"]}
    )
    listed = caller.get(f"/api/v1/help-visits/?household={household.pk}&since=2021-03-05&until=2021-03-06").json()
    outside = caller.get("/api/v1/help-visits/?until=2021-03-05").json()
    taken = post(caller, f"help-visits/{made.json()['id']}/withdrawal/", {"reason": "登记有误"}, version=2)

    assert (made.status_code, amended.status_code, taken.status_code) == (201, 200, 200)
    assert ([row["found"] for row in listed["results"]], outside["results"]) == (["已修好"], [])
    assert caller.get(address).json()["withdrawn_on"] is not None


def test_helper_records_corrects_and_withdraws_a_visit_on_the_pages(db: None) -> None:
    account = person(Role.HELPER)
    with tenant_scope(county_office()) as actor:
        household, helper = own_helper(account, actor)
    browser = client_of(account)
    page = f"/admin/households/household/{household.pk}/"
    told = {"visited_on": "2021-03-05", "place_code": "1", "confirmation_code": "3", "found": "圈舍漏雨"}

    asked = browser.get(f"{page}do/record-help-visit/").content.decode()
    made = browser.post(f"{page}do/record-help-visit/", told | {"helper_id": str(helper.pk)})
    shown = browser.get(f"{page}change/").content.decode()
    with tenant_scope(county_office()):
        row = HelpVisit.objects.get()
    own = f"/admin/assistance/helpvisit/{row.pk}/"
    prefilled = browser.get(f"{own}do/amend/").content.decode()
    amended = browser.post(f"{own}do/amend/", told | {"version": 1, "found": "已修好"})
    taken = browser.post(f"{own}do/withdraw/", {"version": 2, "reason": "登记有误"})

    assert [answer.status_code for answer in (made, amended, taken)] == [302, 302, 302]
    assert (helper.name in asked, "2021-03-05" in shown, "圈舍漏雨" in prefilled) == (True, True, True)
    with tenant_scope(county_office()):
        assert HelpVisit.objects.values_list("found", "version").get() == ("已修好", 3)


def test_office_enters_a_private_person_on_the_pages(db: None) -> None:
    county()
    office = client_of(person(Role.COUNTY_OFFICE))
    values = {"name": "示例爱心人士", "unit": "", "phone": ""}

    refused = office.post("/admin/assistance/helper/add/", values | {"kind_code": "1"})
    made = office.post("/admin/assistance/helper/add/", values | {"kind_code": "5"})

    assert (refused.status_code, made.status_code) == (200, 302)
    with tenant_scope(county_office()):
        assert Helper.objects.filter(kind_code="5", unit=None).count() == 1
