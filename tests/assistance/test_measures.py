"""Measures: kinds and items, what follows from them, periods and states, withdrawal, who sees and writes them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from assistance.domain.helper import link_login
from assistance.domain.measures import MeasureDraft, amend_measure, record_measure, withdraw_measure
from assistance.models import Measure
from assistance.queries.measures import measures_visible_to
from households.domain.move import move_household
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.models import AuditEvent
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
from tests.factories.villages import VillageFactory
from tests.households.test_api import client, household, post
from tests.registry.people import at_work, client_of, person

DAY = date(2021, 3, 5)
TRAINING = MeasureDraft(
    category_code="40",
    item_code="4003",
    state_code="1",
    starts_on=DAY,
    ends_on=date(2021, 6, 1),
    money_yuan=Decimal("800.00"),
    note="三月班",
)


def test_measure_keeps_what_was_stated(office: Actor) -> None:
    home = registered()

    row = record_measure(home.pk, TRAINING, actor=office)

    row.refresh_from_db()
    kept = {name: getattr(row, name) for name in MeasureDraft.__dataclass_fields__}
    assert kept == {name: getattr(TRAINING, name) for name in kept}
    assert (row.scope_code, row.version, row.household_id) == (home.scope_code, 1, home.pk)


@pytest.mark.parametrize(("category", "is_development"), [("39", True), ("42", True), ("45", False), ("55", False)])
def test_development_follows_from_the_category(office: Actor, category: str, is_development: bool) -> None:
    draft = MeasureDraft(category_code=category, state_code="1", starts_on=DAY)

    row = record_measure(registered().pk, draft, actor=office)

    assert row.is_development is is_development


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"category_code": "99"}, "code.unknown", "category_code"),
        ({"category_code": "1", "item_code": ""}, "measure.category", "category_code"),
        ({"category_code": "4003", "item_code": ""}, "measure.category", "category_code"),
        ({"item_code": "4501"}, "code.unknown", "item_code"),
        ({"state_code": "7"}, "code.unknown", "state_code"),
        ({"starts_on": None, "ends_on": None}, "measure.start_missing", "starts_on"),
        ({"starts_on": date(2099, 1, 1), "ends_on": None}, "date.in_future", "starts_on"),
        ({"state_code": "0"}, "measure.ends_unbegun", "ends_on"),
        ({"ends_on": DAY}, "measure.ends_before_start", "ends_on"),
        ({"money_yuan": Decimal(-1)}, "database.measure_money_is_not_negative", None),
    ],
)
def test_measure_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, changes: dict[str, Any], code: str, field: str | None
) -> None:
    home = registered()

    with pytest.raises(DomainError) as refused:
        record_measure(home.pk, replace(TRAINING, **changes), actor=office)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Measure.objects.exists()


@pytest.mark.parametrize("changes", [{"starts_on": None}, {"state_code": "0"}, {"category_code": ""}])
def test_database_refuses_a_measure_when_nobody_checked_it(office: Actor, changes: dict[str, Any]) -> None:
    row = record_measure(registered().pk, TRAINING, actor=office)

    with pytest.raises(IntegrityError), savepoint():
        Measure.objects.filter(pk=row.pk).update(**changes)


def test_planned_measure_gets_under_way_when_it_is_amended(office: Actor) -> None:
    planned = MeasureDraft(category_code="40", state_code="0", starts_on=date(2099, 1, 1))
    row = record_measure(registered().pk, planned, actor=office)

    amend_measure(row.pk, TRAINING, actor=office, version=1)

    row.refresh_from_db()
    assert (row.state_code, row.starts_on, row.version) == ("1", DAY, 2)


def test_amendment_is_refused_when_somebody_else_was_first(office: Actor) -> None:
    row = record_measure(registered().pk, TRAINING, actor=office)
    amend_measure(row.pk, replace(TRAINING, note=""), actor=office, version=1)

    with pytest.raises(StaleVersion):
        amend_measure(row.pk, TRAINING, actor=office, version=1)

    row.refresh_from_db()
    assert (row.note, row.version) == ("", 2)


def test_amendment_counts_nothing_when_nothing_differs(office: Actor) -> None:
    row = record_measure(registered().pk, TRAINING, actor=office)

    amend_measure(row.pk, TRAINING, actor=office, version=1)

    row.refresh_from_db()
    assert row.version == 1


@pytest.mark.parametrize("draft", [TRAINING, MeasureDraft(category_code="40", state_code="0")])
def test_withdrawn_measure_stays_on_file_and_counts_no_day(office: Actor, draft: MeasureDraft) -> None:
    row = record_measure(registered().pk, draft, actor=office)

    withdraw_measure(row.pk, actor=office, reason="登记有误", version=1)

    row.refresh_from_db()
    assert row.ends_on == row.starts_on is not None


def test_withdrawal_is_refused_when_no_reason_is_given(office: Actor) -> None:
    row = record_measure(registered().pk, TRAINING, actor=office)

    with pytest.raises(DomainError) as refused:
        withdraw_measure(row.pk, actor=office, reason=" ")

    assert refused.value.code == "reason.missing"


def test_measure_moves_along_when_the_household_moves(office: Actor) -> None:
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    home = registered()
    row = record_measure(home.pk, TRAINING, actor=office)

    move_household(home.pk, NEXT_VILLAGE_CODE, actor=office, on=date(2021, 8, 1), reason="搬迁")

    row.refresh_from_db()
    assert row.scope_code == NEXT_VILLAGE_CODE


def test_measure_of_another_county_is_not_found(office: Actor) -> None:
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))) as other:
        row = record_measure(registered(village_code=OTHER_VILLAGE_CODE).pk, TRAINING, actor=other)

    with pytest.raises(NotFound):
        amend_measure(row.pk, TRAINING, actor=office)


def test_helper_sees_the_measures_of_paired_households_alone_and_writes_none(db: None) -> None:
    account = person(Role.HELPER)
    with tenant_scope(county_office()) as actor:
        mine, other = registered(), registered()
        helper = HelperFactory.create()
        link_login(helper.pk, account.username, actor=actor)
        paired(mine, helper=helper)
        for home in (mine, other):
            record_measure(home.pk, TRAINING, actor=actor)

    with tenant_scope(at_work(account)) as actor:
        seen = list(measures_visible_to(actor).values_list("household_id", flat=True))
        with pytest.raises(NotAllowed):
            record_measure(mine.pk, TRAINING, actor=actor)

    assert seen == [mine.pk]


def test_verbs_are_one_event_each(db: None) -> None:
    with tenant_scope(county_office()) as actor:
        row = record_measure(registered().pk, TRAINING, actor=actor)
        amend_measure(row.pk, replace(TRAINING, note=""), actor=actor)
        withdraw_measure(row.pk, actor=actor, reason="登记有误")

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        events = AuditEvent.objects.filter(object_id=row.pk).order_by("seq").values_list("verb", "reason")

        assert list(events) == [
            ("assistance.record_measure", ""),
            ("assistance.amend_measure", ""),
            ("assistance.withdraw_measure", "登记有误"),
        ]


# --- doors ------------------------------------------------------------------------------------------------------------
def test_program_enters_lists_amends_and_withdraws_a_measure(db: None) -> None:
    home = household()
    caller = client()
    body = {"household_id": str(home.pk), "category_code": "40", "state_code": "1", "starts_on": "2021-03-05"}

    made = post(caller, "measures/", body)
    address = f"measures/{made.json()['id']}/"
    amended = caller.put(
        f"/api/v1/{address}",
        {"category_code": "45", "item_code": "4502", "state_code": "1", "starts_on": "2021-03-05"},
        content_type="application/json",
        headers={"if-match": made["ETag"]},
    )
    of_day = f"/api/v1/measures/?household={home.pk}&on=2021-04-01"
    listed = [row["category_code"] for row in caller.get(of_day).json()["results"]]
    taken = post(caller, f"{address}withdrawal/", {"reason": "登记有误"}, version=2)

    assert (made.status_code, made.json()["is_development"]) == (201, True)
    assert (amended.status_code, amended.json()["is_development"], listed) == (200, False, ["45"])
    assert (taken.status_code, caller.get(of_day).json()["results"]) == (200, [])


def test_clerk_records_corrects_and_withdraws_a_measure_on_the_pages(db: None) -> None:
    home = household()
    clerk = client_of(person(Role.COUNTY_OFFICE))
    form = {"version": home.version, "category_code": "40", "item_code": "4003", "state_code": "1"}
    page = f"/admin/households/household/{home.pk}/"

    made = clerk.post(f"{page}do/record-measure/", form | {"starts_on": "2021-03-05"})
    shown = clerk.get(f"{page}change/").content.decode()
    with tenant_scope(county_office()):
        row = Measure.objects.get()
    own = f"/admin/assistance/measure/{row.pk}/"
    prefilled = clerk.get(f"{own}do/amend/").content.decode()
    amended = clerk.post(f"{own}do/amend/", form | {"version": 1, "starts_on": "2021-03-05", "ends_on": "2021-05-01"})
    taken = clerk.post(f"{own}do/withdraw/", {"version": 2, "reason": "登记有误"})

    assert [answer.status_code for answer in (made, amended, taken)] == [302, 302, 302]
    assert ("Skills training" in shown, 'value="2021-03-05"' in prefilled) == (True, True)
    with tenant_scope(county_office()):
        assert Measure.objects.values_list("ends_on", "version").get() == (DAY, 3)


def test_measure_is_entered_once_when_its_form_is_sent_twice(office: Actor) -> None:
    home = registered()
    row = record_measure(home.pk, TRAINING, actor=office)

    with pytest.raises(Conflict) as refused, savepoint():
        record_measure(home.pk, TRAINING, actor=office)
    second = record_measure(home.pk, replace(TRAINING, note="第二期"), actor=office)

    assert (refused.value.code, set(Measure.objects.all())) == ("measure.on_file", {row, second})


def test_withdrawn_measure_stays_withdrawn_when_it_is_amended(office: Actor) -> None:
    row = record_measure(registered().pk, TRAINING, actor=office)
    withdraw_measure(row.pk, actor=office, reason="登记有误")

    with pytest.raises(Conflict) as refused:
        amend_measure(row.pk, TRAINING, actor=office)

    row.refresh_from_db()
    assert (refused.value.code, row.ends_on) == ("measure.withdrawn", row.starts_on)
