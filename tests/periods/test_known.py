"""What was known at a moment is found again later, cell by cell, whatever happened since."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from economy.domain.shares import end_shares, hold_shares, open_fund
from households.domain.amend import amend_household, amend_person
from households.domain.anonymise import anonymise_unconfirmed, set_objection_period
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.move import move_household
from households.domain.status import change_status
from households.models import Household, IncomeLine, Membership, Person
from periods.queries.known import (
    APPEND_ONLY,
    COUNTED,
    ENTERED,
    KEPT_SINCE,
    MARKED,
    SHARED,
    WITH_HISTORY,
    known_rows,
    known_sql,
    not_known,
)  # fmt: skip
from registry.domain.documents import remove_document, store_document
from registry.enums import Policy
from registry.models import Document, RowVersion
from registry.tenancy.checks import tenant_models, written_operations
from registry.tenancy.context import Actor
from registry.tenancy.operations import KeepHistory, ProtectTenantTable
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    county,
    county_office,
    service,
)
from tests.factories.villages import VillageFactory
from tests.periods.play import Play, picture, told
from tests.support.database import Database

DAYS = (date(2020, 12, 20), date(2021, 1, 31), date(2022, 1, 1))


@pytest.fixture
def actor(committed_database: Database) -> Actor:
    with tenant_scope(county_office()) as actor:
        return actor


def noted(actor: Actor) -> tuple[datetime, list[object]]:
    """Give a moment of now and what pictures of three days say; they take longer than the moment's millisecond."""
    with tenant_scope(actor):
        moment = timezone.now() + timedelta(milliseconds=1)
        return moment, [told(picture(actor, day)) for day in DAYS]


def test_picture_of_a_past_moment_equals_what_was_noted_then_when_much_happened_since(actor: Actor) -> None:
    with tenant_scope(actor):
        play = Play(actor, seed=5)
    moments = []
    for _number in range(6):
        for _verb in range(4):
            with tenant_scope(actor):
                play.run(6)
        moments.append(noted(actor))

    with tenant_scope(actor):
        later = [[told(picture(actor, day, known_at=moment)) for day in DAYS] for moment, _told in moments]

    assert later == [told_then for _moment, told_then in moments]
    assert set(play.done) == {verb.__name__ for verb in play.verbs}


def test_who_was_forgotten_comes_back_nowhere_when_the_past_is_asked_for(actor: Actor) -> None:
    with tenant_scope(actor):
        household = registered(status="candidate", group_name="一组", phone="17900000741")
        person = Membership.objects.filter(relation_code="01").get().person
        amend_person(person.pk, {"name": "示例旧名"}, actor=actor, version=person.version)
        change_status(household.pk, "close_wrong", actor=actor, on=FIRST_DAY + timedelta(days=5), reason="评议")
    with tenant_scope(actor):
        set_objection_period(FIRST_DAY, days=30, actor=actor)
        before = _people(timezone.now())
    with tenant_scope(service()) as worker:
        moment = timezone.now() - timedelta(milliseconds=5)
        known = _people(moment)
        assert anonymise_unconfirmed(actor=worker, on=FIRST_DAY + timedelta(days=60)) == 2

    with tenant_scope(actor):
        after, pictured = _people(moment), told(picture(actor, FIRST_DAY, known_at=moment))

    assert {name for name, *_rest in known} == {name for name, *_rest in before} > {"示例旧名"}
    assert set(after) == {("某某", "0", None, "", None)}
    # A candidate is in no picture, so that a picture made before holds nobody who may be forgotten.
    assert pictured[:2] == [[], []]


def _people(moment: datetime) -> list[tuple[Any, ...]]:
    rows = Person.objects.order_by("id").values_list("name", "sex_code", "birth_on", "number", "phone_sealed")
    return known_rows(rows, known_at=moment)


def test_deleted_and_changed_rows_are_read_as_known_by_any_query(actor: Actor) -> None:
    with tenant_scope(actor):
        household = registered()
        line = LineDraft(item_code="201", product="青稞", amount_yuan=Decimal(100))
        income = IncomeDraft(
            household_id=household.pk, year=2020, period_start=date(2020, 1, 1), period_end=date(2021, 1, 1),
            person_count=2, lines=(line,),
        )  # fmt: skip
        record_income([income], actor=actor)
    with tenant_scope(actor):
        moment = timezone.now() + timedelta(milliseconds=1)
        lines = IncomeLine.objects.values_list("product", "amount_yuan", "household__number")
        known_rows(lines, known_at=moment)
    with tenant_scope(actor):
        record_income([replace(income, lines=(replace(line, product="小麦", amount_yuan=Decimal(7)),))], actor=actor)
        amend_household(
            household.pk, {"number": "54990100999999"}, actor=actor,
            version=Household.objects.get(pk=household.pk).version,
        )  # fmt: skip

    with tenant_scope(actor):
        assert known_rows(lines.all(), known_at=None) == [("小麦", Decimal(7), "54990100999999")]
        assert known_rows(lines.all(), known_at=moment) == [("青稞", Decimal(100), household.number)]


def test_other_county_is_not_read_when_the_past_is_asked_for(actor: Actor) -> None:
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        registered(village_code=OTHER_VILLAGE_CODE)
    with tenant_scope(actor):
        registered()
        moment = timezone.now() + timedelta(milliseconds=1)
        assert len(known_rows(Household.objects.values_list("number"), known_at=moment)) == 1
        assert len(known_rows(Household.objects.values_list("number"), known_at=moment - timedelta(days=1))) == 0


def test_statement_keeps_its_own_parts_when_it_is_read_as_known(actor: Actor) -> None:
    moment = timezone.now()
    with tenant_scope(actor):
        plain = known_sql("WITH one AS (SELECT 1) SELECT * FROM households_person", known_at=None)
        past = known_sql("WITH one AS (SELECT 1) SELECT * FROM households_person", known_at=moment)

        assert plain == "WITH one AS (SELECT 1) SELECT * FROM households_person"
        assert past.count("WITH ") == 1
        assert past.endswith(",\none AS (SELECT 1) SELECT * FROM households_person")
        assert known_sql("SELECT 1", known_at=moment) == "SELECT 1"
        for wrong, tables in (("WITH RECURSIVE a AS (SELECT 1) SELECT 1", None), ("SELECT 1", ["registry_job"])):
            with pytest.raises(ValueError, match=r"past|recursive"):
                known_sql(wrong, known_at=moment, tables=tables)
        with pytest.raises(ValueError, match="time zone"):
            known_sql("SELECT 1", known_at=moment.replace(tzinfo=None))


def test_tables_with_history_are_those_of_the_migrations() -> None:
    kept = {table for table, one in written_operations() if isinstance(one, KeepHistory)}

    assert set(WITH_HISTORY) == kept
    protected = {table: one for table, one in written_operations() if isinstance(one, ProtectTenantTable)}
    written_once = {table for table, one in protected.items() if one.append_only}
    assert set(APPEND_ONLY) <= written_once
    assert {table: {"scope_code", *counters} for table, counters in COUNTED.items()} == {
        table: set(protected[table].updatable) for table in COUNTED
    }
    assert not {*ENTERED, *COUNTED, *MARKED} & (kept | written_once)
    assert {*ENTERED, *MARKED} <= {model._meta.db_table for model in tenant_models()}
    assert set(SHARED) == {table for table in WITH_HISTORY if protected[table].policy == Policy.SHARED}
    assert set(KEPT_SINCE) <= kept


def test_past_is_not_known_before_its_history_began_nor_of_shared_rows_to_a_part(actor: Actor) -> None:
    now, tables = (
        timezone.now(),
        ["economy_incomegoal", "households_posting", "villages_village", "villages_teamabsence"],
    )

    with tenant_scope(actor):
        assert not_known(tables, known_at=now, whole=True) == ["villages_teamabsence"]
        assert not_known(tables, known_at=now, whole=False) == ["economy_incomegoal", "villages_teamabsence"]
        before = now - timedelta(days=36500)
        assert not_known(tables, known_at=before, whole=True) == sorted({*tables} - {"households_posting"})


def test_file_that_was_removed_since_is_read_as_kept_when_the_past_is_asked_for(actor: Actor) -> None:
    with tenant_scope(actor):
        removed, kept = (
            store_document(
                text, name="a.txt", media_type="text/plain", kind="test", actor=actor, scope_code=VILLAGE_CODE
            )
            for text in (b"a", b"b")
        )
    with tenant_scope(actor):
        moment = timezone.now() + timedelta(milliseconds=1)
        rows = Document.objects.order_by("id").values_list("id", "removed_at")
        known_rows(rows, known_at=moment)
    with tenant_scope(actor):
        remove_document(removed, actor=actor, reason="误传")

    with tenant_scope(actor):
        assert known_rows(rows, known_at=moment) == [(removed.pk, None), (kept.pk, None)]
        assert [removed_at is None for _id, removed_at in known_rows(rows, known_at=timezone.now())] == [False, True]


def test_versions_of_shares_move_with_their_household_and_of_others_are_their_own(actor: Actor) -> None:
    with tenant_scope(actor):
        village, household = VillageFactory.create(), registered()
        VillageFactory.create(code=FAR_VILLAGE_CODE)
        fund = open_fund(village.pk, name="光伏", actor=actor)
        of_household, of_village = (
            hold_shares(fund.pk, one, share_count=Decimal(5), on=FIRST_DAY, actor=actor) for one in (household.pk, None)
        )
        for held in (of_household, of_village):
            end_shares(held.pk, on=FIRST_DAY + timedelta(days=9), actor=actor)
        move_household(household.pk, FAR_VILLAGE_CODE, actor=actor, on=FIRST_DAY + timedelta(days=12), reason="搬迁")

        versions = RowVersion.objects.filter(table_name="economy_shareholding").order_by("id")

        assert list(versions.values_list("row_id", "owner_id", "scope_code")) == [
            (of_household.pk, household.pk, FAR_VILLAGE_CODE),
            (of_village.pk, of_village.pk, village.code),
        ]
