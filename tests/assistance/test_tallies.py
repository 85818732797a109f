"""What boards count is kept and follows each change at once: their figures against a count from the rows."""

from collections.abc import Callable
from datetime import date, timedelta

import psycopg
import pytest
from django.apps import apps
from django.test import override_settings
from psycopg import sql
from pytest_django import DjangoAssertNumQueries

from assistance.admin import coverage
from assistance.domain.help_visits import HelpVisitDraft, record_help_visit, withdraw_help_visit
from assistance.domain.helper import set_support_period
from assistance.domain.pairing import let_unit_stand_in
from assistance.domain.visit_plans import set_visit_plan
from assistance.models import Helper, HelpVisit
from assistance.queries.coverage import coverage_by_village, coverage_today, households_without_helper, open_today
from assistance.queries.plans import without_plan_by_village, without_plan_of
from assistance.queries.visits_due import due_by_village, due_today
from households.domain.monitoring import identify_for_monitoring
from households.domain.move import move_household
from households.domain.status import change_status
from households.models import Household
from registry.domain.tallies import LOCKS, boards, count_all
from registry.enums import Role
from registry.lib.periods import today
from registry.models import Tally, TallyMark
from registry.tenancy.checks import written_operations
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from registry.tenancy.tallying import MarkTallies
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, county_office
from tests.registry.people import client_of, person
from tests.support.database import Database, owner_connection

LONG_AGO = today() - timedelta(days=800)
Change = Callable[[Household, Helper, Actor], object]


def agree(actor: Actor) -> bool:
    """Tell whether the boards show what a count from the rows gives."""
    day = today()
    return (coverage_today(), due_today(actor=actor), without_plan_of(day.year, actor=actor)) == (
        coverage_by_village(day),
        due_by_village(day, actor=actor),
        without_plan_by_village(day.year, day, actor=actor),
    )


def visit(household: Household, helper: Helper, actor: Actor) -> None:
    draft = HelpVisitDraft(visited_on=today(), place_code="1", confirmation_code="1")
    record_help_visit(household.pk, draft, actor=actor, helper_id=helper.pk)


def undone(seen: list[int]) -> None:
    with savepoint():
        registered(status="filed")
        seen.append(coverage_today()[0].without)
        raise ZeroDivisionError


def visit_in_error(household: Household, helper: Helper, actor: Actor) -> None:
    draft = HelpVisitDraft(visited_on=today(), place_code="1", confirmation_code="1")
    row = record_help_visit(household.pk, draft, actor=actor, helper_id=helper.pk)
    assert agree(actor)
    withdraw_help_visit(row.pk, reason="误录", actor=actor, version=row.version)


CHANGES: dict[str, Change] = {
    "a household comes": lambda _home, _helper, _actor: registered(status="filed"),
    "a household is lifted": lambda home, _helper, actor: change_status(
        home.pk, "lift", actor=actor, on=today(), reason="达标"
    ),
    "it is at risk": lambda home, _helper, actor: identify_for_monitoring(
        home.pk, "1", on=today(), reason="因病", actor=actor
    ),
    "it moves": lambda home, _helper, actor: move_household(
        home.pk, FAR_VILLAGE_CODE, on=today(), reason="搬家", actor=actor
    ),
    "it is closed": lambda home, _helper, actor: change_status(
        home.pk, "close_gone", actor=actor, on=today(), reason="整户消亡"
    ),
    "the unit stands in": lambda home, _helper, actor: let_unit_stand_in(
        home.pk, on=today(), actor=actor, reason="调离"
    ),
    "the helper comes": visit,
    "a visit is withdrawn": visit_in_error,
    "the county states its visits": lambda _home, _helper, actor: set_visit_plan(today().year, visits=12, actor=actor),
    "support lasts": lambda _home, _helper, actor: set_support_period(
        today().year, starts_on=date(today().year, 1, 1), ends_on=date(today().year + 1, 1, 1), actor=actor
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_boards_follow_each_change_at_once(office: Actor, change: Change) -> None:
    home, helper = registered(status="filed"), HelperFactory.create()
    paired(home, helper=helper, on=LONG_AGO)
    lifted = registered(status="filed")
    change_status(lifted.pk, "lift", actor=office, on=today() - timedelta(days=1), reason="达标")
    registered(village_code=FAR_VILLAGE_CODE, status="filed")
    before = agree(office)

    change(home, helper, office)

    assert (before, agree(office)) == (True, True)


def test_what_did_not_change_is_not_counted_anew(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    registered(status="filed")
    registered(village_code=FAR_VILLAGE_CODE, status="filed")
    coverage_today()

    with django_assert_num_queries(2):
        first = coverage_today()
    registered(village_code=FAR_VILLAGE_CODE, status="filed")
    marked = set(TallyMark.objects.values_list("scope_code", flat=True))

    assert [(one.village_code, one.without) for one in first] == [(VILLAGE_CODE, 1), (FAR_VILLAGE_CODE, 1)]
    assert marked == {FAR_VILLAGE_CODE}


def test_change_of_what_no_board_counts_marks_nothing(office: Actor) -> None:
    home = registered(status="filed")
    coverage_today()

    Household.objects.filter(pk=home.pk).update(address="示例路9号")

    assert not TallyMark.objects.exists()


def test_open_households_are_those_of_all_villages_when_a_page_holds_them(office: Actor) -> None:
    for code in (VILLAGE_CODE, FAR_VILLAGE_CODE, VILLAGE_CODE):
        registered(village_code=code, status="filed")
    whole = households_without_helper(today())

    assert open_today(coverage_today(), 200) == whole
    assert open_today(coverage_today(), 1) == whole[:1]


def test_undone_change_leaves_the_figures_as_they_were(office: Actor) -> None:
    registered(status="filed")
    coverage_today()

    seen: list[int] = []

    with pytest.raises(ZeroDivisionError):
        undone(seen)

    assert (seen, coverage_today()[0].without) == ([2], 1)


def test_night_counts_what_was_asked_and_forgets_the_marks_of_the_rest(office: Actor) -> None:
    registered(status="filed")
    coverage_today()
    Tally.objects.update(day=today() - timedelta(days=1))
    registered(village_code=FAR_VILLAGE_CODE, status="filed")

    boards = count_all()

    tally = Tally.objects.get(scope_code=VILLAGE_CODE)
    assert (boards, tally.day, tally.figures["coverage"]["without"]) == (1, today(), 1)
    assert not TallyMark.objects.exists()


def test_figures_of_yesterday_are_counted_anew(office: Actor) -> None:
    registered(status="filed")
    coverage_today()
    Tally.objects.update(day=today() - timedelta(days=1), figures={"coverage": {"without": 99}})

    assert coverage_today()[0].without == 1


def test_who_counts_second_keeps_nothing(committed_database: Database) -> None:
    with tenant_scope(county_office()):
        registered(status="filed")
    with psycopg.connect(committed_database.app_url) as other, tenant_scope(county_office()) as actor:
        other.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCKS + actor.tenant_id, VILLAGE_CODE])
        shown, kept, marked = coverage_today(), Tally.objects.count(), TallyMark.objects.exists()
    with tenant_scope(county_office()):
        later = coverage_today(), Tally.objects.count(), TallyMark.objects.exists()

    assert ([one.without for one in shown], kept, marked) == ([1], 0, True)
    assert later == (shown, 1, False)


def marking() -> dict[str, MarkTallies]:
    """Give what marks of each table."""
    return {table: one for table, one in written_operations() if isinstance(one, MarkTallies)}


def readable(table: str, one: MarkTallies) -> sql.Composable:
    """Write the right to read what marks; a figure of the whole county is read with its source, which counts not."""
    names = map(sql.Identifier, ("id", "tenant_id", "scope_code", *one.columns))
    columns = sql.SQL("") if one.villages else sql.SQL("({})").format(sql.SQL(", ").join(names))
    return sql.SQL("GRANT SELECT {} ON {} TO registry_app").format(columns, sql.Identifier(table))


def test_what_boards_count_is_in_columns_that_mark(committed_database: Database) -> None:
    """The database itself tells: it lets the boards read no other column of a table with marks, and no other table."""
    columns = [readable(table, one) for table, one in marking().items()]
    with tenant_scope(county_office()) as office:
        set_visit_plan(today().year, visits=12, actor=office)
    with owner_connection(committed_database.name) as owner, tenant_scope(county_office()):
        owner.execute("REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM registry_app")
        owner.execute(sql.SQL("; ").join(columns))
        counted = [count(today(), [VILLAGE_CODE]) for count in boards().values()]

    assert counted == [{}, {}, {}, {}, {}]


@pytest.fixture
def marked_for_each_row(committed_database: Database) -> Database:
    """Give a database whose marks are written for each row, as a distributed one needs."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    with override_settings(HISTORY_FOR_EACH_ROW=True), owner_connection(committed_database.name) as owner:
        owner.execute(
            "; ".join(
                statement
                for table, one in marking().items()
                for statement in (*one.backwards(models[table]), *one.forwards(models[table]))
            )
        )
    return committed_database


def test_marks_for_each_row_follow_what_comes_changes_moves_and_goes(marked_for_each_row: Database) -> None:
    with owner_connection(marked_for_each_row.name) as owner:
        owner.execute("GRANT DELETE ON assistance_helpvisit TO registry_app")
    with tenant_scope(county_office()) as office:
        home, helper = registered(status="filed"), HelperFactory.create()
        registered(village_code=FAR_VILLAGE_CODE, status="filed")
        paired(home, helper=helper, on=LONG_AGO)
        came = agree(office), marks_since(office)
        Household.objects.filter(pk=home.pk).update(address="示例路9号")
        silent = marks_since(office)
        set_visit_plan(today().year, visits=12, actor=office)
        planned = TallyMark.objects.filter(scope_code=FAR_VILLAGE_CODE).exists(), agree(office), marks_since(office)
        visit(home, helper, office)
        visited = marks_since(office)
        HelpVisit.objects.all()._raw_delete("default")
        gone = marks_since(office)
        move_household(home.pk, FAR_VILLAGE_CODE, on=today(), reason="搬家", actor=office)
        moved = marks_since(office)

    assert (came, silent, planned) == ((True, set()), set(), (True, True, set()))
    assert (visited, gone, moved) == ({VILLAGE_CODE}, {VILLAGE_CODE}, {VILLAGE_CODE, FAR_VILLAGE_CODE})


def marks_since(actor: Actor) -> set[str]:
    """Give the villages that are marked, and let the boards count them."""
    marked = set(TallyMark.objects.values_list("scope_code", flat=True))
    assert agree(actor)
    return marked


def test_every_household_without_a_helper_is_reached_by_its_village_when_the_page_is_too_short(
    office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coverage, "_SHOWN", 1)
    homes = [registered(village_code=FAR_VILLAGE_CODE, status="filed") for _count in range(3)]
    registered(status="filed")
    browser = client_of(person(Role.COUNTY_OFFICE))

    first = browser.get("/admin/assistance/coverage/").content.decode()
    page = browser.get("/admin/assistance/coverage/", {"village": FAR_VILLAGE_CODE}).content.decode()

    assert f"?village={FAR_VILLAGE_CODE}" in first
    assert ([home.number in first for home in homes], "and 3 more" in first) == ([False] * 3, True)
    assert [home.number in page for home in homes] == [True] * 3
