"""Freezing periods: one picture, its bookings and their proof; lost workers, second freezes, reopenings."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from households.domain.members import add_person
from households.domain.status import change_status
from households.enums import PostingKind, Stock
from households.models import Household, Posting
from periods.domain.freezes import fail_freeze, start_freeze, take_picture
from periods.domain.periods import keep_open, month_of, open_year, publish_period
from periods.domain.reopening import ask_reopening, decide_reopening
from periods.enums import PeriodState, SnapshotState
from periods.models import Booking, FrozenHousehold, Period, Reopening, Snapshot
from periods.queries.periods import editions_of, find_period, running_freeze
from periods.tasks import freeze_period
from periods.workflow import PERIOD_STEPS, SNAPSHOT_STEPS
from registry.enums import JobState, Role
from registry.jobs import Progress
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.periods import Month, today
from registry.models import Job
from registry.tenancy.context import Actor
from registry.tenancy.scope import snapshot_scope
from tests.factories.households import PersonDraftFactory, registered
from tests.factories.tenants import actor_of
from tests.periods.making import campaign, freeze, frozen, second_clerk
from tests.support.workers import as_worker, do_jobs

DECEMBER, JANUARY = Month(2020, 12), Month(2021, 1)
FEBRUARY = JANUARY.next


def booked(period: Period) -> list[tuple[str, bool]]:
    """Give the bookings of a period: the stock of each posting, and whether it is late."""
    late = dict(Booking.objects.filter(snapshot=period.snapshot).values_list("posting_id", "is_late"))
    rows = Posting.objects.filter(pk__in=late).order_by("effective_on", "stock")
    return [(f"{row.stock} {row.effective_on}", late[row.pk]) for row in rows]


def refusal(period: Period, actor: Actor) -> DomainError:
    """Give the refusal of a freeze."""
    with pytest.raises(DomainError) as error:
        start_freeze(period.pk, actor=actor)
    return error.value


def test_month_is_frozen_with_its_picture_and_bookings_when_a_worker_did_it(office: Actor) -> None:
    registered(status="lifted", monitoring_state="identified", monitoring_code="1")

    period = frozen(DECEMBER, actor=office)

    picture = period.snapshot
    assert picture is not None
    assert (period.state, picture.state, picture.edition, picture.households) == ("frozen", "made", 1, 1)
    assert (len(picture.checksum), picture.former, picture.as_of) == (64, None, date(2020, 12, 31))
    assert booked(period) == [("lifted 2020-12-15", False), ("monitored 2020-12-15", False)]


def test_posting_is_late_when_it_was_recorded_after_its_month_was_frozen(office: Actor) -> None:
    household = registered(status="filed")
    frozen(DECEMBER, actor=office)
    change_status(household.id, "lift", actor=office, on=date(2020, 12, 20), reason="test")
    registered(status="lifted", on=date(2021, 1, 5))

    january = frozen(JANUARY, actor=office)
    february = frozen(FEBRUARY, actor=office)

    assert booked(january) == [
        ("lifted 2020-12-20", True),
        ("not_lifted 2020-12-20", True),
        ("lifted 2021-01-05", False),
    ]
    assert (booked(february), february.snapshot.former) == ([], january.snapshot)
    assert Booking.objects.count() == Posting.objects.count()


def test_what_took_effect_before_the_first_month_is_its_opening_when_it_is_frozen(office: Actor) -> None:
    registered(status="filed")

    february = frozen(FEBRUARY, actor=office)

    assert booked(february) == [("not_lifted 2020-12-15", False)]


def test_freeze_fails_and_names_the_difference_when_the_ledger_is_wrong(office: Actor) -> None:
    household = registered(status="filed")
    Posting.objects.create(
        household=household,
        kind=PostingKind.NATURAL_IN,
        stock=Stock.NOT_LIFTED,
        effective_on=date(2020, 12, 16),
        households_delta=0,
        persons_delta=1,
        village_code=household.scope_code,
        scope_code=household.scope_code,
    )
    period = month_of(DECEMBER, actor=office)

    picture = freeze(period, actor=office)

    assert (picture.state, picture.error_code, period.state) == ("failed", "period.does_not_close", "closing")
    assert "549901100200: the ledger closes at 1 households and 3 persons, the register counts 1 and 2" in str(
        picture.error
    )
    assert (FrozenHousehold.objects.count(), Booking.objects.count(), running_freeze()) == (0, 0, None)


def test_period_can_be_frozen_again_when_its_freeze_failed(office: Actor) -> None:
    period = month_of(DECEMBER, actor=office)
    failed = start_freeze(period.pk, actor=office)
    fail_freeze(failed.pk, "job.lost", "lost", actor=office)

    made = freeze(period, actor=office)

    assert (made.state, made.edition, period.state) == (SnapshotState.MADE, 1, PeriodState.FROZEN)
    assert [row.state for row in editions_of(period)] == ["made", "failed"]


def test_second_freeze_is_refused_with_the_running_one_named_when_one_runs(office: Actor) -> None:
    start_freeze(month_of(DECEMBER, actor=office).pk, actor=office)

    error = refusal(campaign(office), office)

    assert (error.code, "2020-12 is being frozen" in str(error)) == ("period.freeze_runs", True)


def test_second_freeze_is_refused_by_the_database_when_written_past_the_verb(office: Actor) -> None:
    first = start_freeze(month_of(DECEMBER, actor=office).pk, actor=office)

    with pytest.raises(IntegrityError, match="snapshot_one_freeze_at_a_time"), transaction.atomic():
        Snapshot.objects.create(
            purpose="period", period=campaign(office), as_of=first.as_of, scope_code=office.tenant_code
        )


def test_closing_period_stays_closing_when_it_is_being_frozen(office: Actor) -> None:
    period = month_of(DECEMBER, actor=office)
    start_freeze(period.pk, actor=office)

    with pytest.raises(Conflict) as error:
        keep_open(period.pk, actor=office)

    assert error.value.code == "period.freeze_runs"


def test_freeze_goes_on_when_the_worker_was_lost_after_the_picture(office: Actor) -> None:
    registered(status="filed")
    period = month_of(DECEMBER, actor=office)
    picture = start_freeze(period.pk, actor=office)
    with as_worker(), snapshot_scope(office):
        take_picture(picture.pk, actor=office, progress=Progress())
    half_way = (find_period(period.pk).state, Booking.objects.count())

    do_jobs(office, "periods.freeze")

    assert half_way == (PeriodState.CLOSING, 1)
    assert (find_period(period.pk).state, Booking.objects.count(), FrozenHousehold.objects.count()) == ("frozen", 1, 1)


def test_freeze_does_nothing_twice_when_the_job_is_delivered_twice(office: Actor) -> None:
    picture = freeze(month_of(DECEMBER, actor=office), actor=office)

    with pytest.raises(Conflict) as error:
        freeze_period(Progress(), snapshot_id=str(picture.pk))

    assert error.value.code == "period.freeze_over"
    assert Job.objects.get(key=str(picture.pk)).state == JobState.DONE


def test_month_is_refused_when_a_month_before_it_is_missing(office: Actor) -> None:
    frozen(DECEMBER, actor=office)

    error = refusal(month_of(FEBRUARY, actor=office), office)

    assert (error.code, "2021-01" in str(error)) == ("period.out_of_turn", True)


def test_month_is_refused_when_it_lies_before_the_first_account(office: Actor) -> None:
    frozen(DECEMBER, actor=office)

    error = refusal(month_of(DECEMBER.previous, actor=office), office)

    assert (error.code, "begin with 2020-12" in str(error)) == ("period.before_first", True)


def test_period_is_refused_when_it_is_not_over(office: Actor) -> None:
    error = refusal(month_of(Month.of(today()), actor=office), office)

    assert error.code == "period.not_over"


def test_frozen_month_is_refused_when_frozen_once_more(office: Actor) -> None:
    assert refusal(frozen(DECEMBER, actor=office), office).code == "period.is_frozen"


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.HELPER, Role.SECURITY_ADMINISTRATOR])
def test_freeze_is_refused_when_the_role_may_not(office: Actor, role: Role) -> None:
    period = month_of(DECEMBER, actor=office)

    with pytest.raises(NotAllowed):
        start_freeze(period.pk, actor=actor_of(role))


def test_quarter_shows_its_last_month_when_all_its_months_are_frozen(office: Actor) -> None:
    registered(status="filed", on=date(2020, 9, 15))
    rows = {row.name: row for row in open_year(2020, actor=office)}
    freeze(rows["2020-10"], actor=office)
    missing = refusal(rows["2020-Q4"], office)
    freeze(rows["2020-11"], actor=office)
    freeze(rows["2020-12"], actor=office)

    picture = start_freeze(rows["2020-Q4"].pk, actor=office)

    assert (missing.code, "2020-11, 2020-12" in str(missing)) == ("period.months_missing", True)
    assert (picture, find_period(rows["2020-Q4"].pk).state) == (rows["2020-12"].snapshot, PeriodState.FROZEN)


def test_campaign_books_what_took_effect_in_it_when_it_is_frozen(office: Actor) -> None:
    household = registered(status="filed", on=date(2020, 9, 15))
    change_status(household.id, "lift", actor=office, on=date(2020, 11, 5), reason="test")
    period = campaign(office)

    freeze(period, actor=office)

    assert booked(period) == [("lifted 2020-11-05", False), ("not_lifted 2020-11-05", False)]


# --- opening again ----------------------------------------------------------------------------------------------------
def reopened(period: Period, office: Actor) -> Reopening:
    """Ask and let another clerk decide."""
    request = ask_reopening(period.pk, reason="清单有误", actor=office)
    return decide_reopening(request.pk, approve=True, actor=second_clerk())


def test_reopened_month_is_frozen_as_the_next_edition_when_a_second_person_agreed(office: Actor) -> None:
    household = registered(status="filed")
    period = frozen(DECEMBER, actor=office)
    first = period.snapshot
    reopened(publish_period(period.pk, actor=office), office)
    opened = find_period(period.pk)
    add_person(
        household.id,
        PersonDraftFactory.build(relation_code="03"),
        actor=office,
        on=date(2020, 12, 20),
        reason_code="13",
    )

    second = freeze(period, actor=office)

    assert (opened.state, opened.snapshot, opened.published_at) == (PeriodState.OPEN, None, None)
    assert (second.edition, [row.edition for row in editions_of(period)]) == (2, [2, 1])
    counts = FrozenHousehold.objects.order_by("snapshot__edition").values_list("snapshot_id", "person_count")
    assert list(counts) == [(first.pk, 2), (second.pk, 3)]
    assert [late for _posting, late in booked(period)] == [False, False]


def test_reopening_is_refused_when_the_same_person_decides(office: Actor) -> None:
    request = ask_reopening(frozen(DECEMBER, actor=office).pk, reason="x", actor=office)

    with pytest.raises(NotAllowed) as error:
        decide_reopening(request.pk, approve=True, actor=office)

    assert error.value.code == "reopening.own"
    with pytest.raises(IntegrityError, match="reopening_decided_by_another"), transaction.atomic():
        Reopening.objects.filter(pk=request.pk).update(
            decided_by=office.user_id, decided_at=request.asked_at, is_approved=True
        )


def test_reopening_is_decided_once_when_decided_again(office: Actor) -> None:
    period = frozen(DECEMBER, actor=office)
    request = ask_reopening(period.pk, reason="x", actor=office)
    decide_reopening(request.pk, approve=False, actor=second_clerk())

    with pytest.raises(Conflict) as error:
        decide_reopening(request.pk, approve=True, actor=second_clerk())

    assert (error.value.code, find_period(period.pk).state) == ("reopening.decided", PeriodState.FROZEN)
    with pytest.raises(IntegrityError, match="a reopening is decided once"), transaction.atomic():
        Reopening.objects.filter(pk=request.pk).update(is_approved=True)


def test_reopening_is_refused_when_a_later_month_rests_on_it(office: Actor) -> None:
    december = frozen(DECEMBER, actor=office)
    request = ask_reopening(december.pk, reason="x", actor=office)
    january = frozen(JANUARY, actor=office)

    with pytest.raises(Conflict) as asked:
        ask_reopening(december.pk, reason="x", actor=office)
    with pytest.raises(Conflict) as decided:
        decide_reopening(request.pk, approve=True, actor=second_clerk())

    assert (asked.value.code, decided.value.code) == ("reopening.not_latest", "reopening.not_latest")
    assert january.name in str(asked.value)


def test_quarter_opens_too_when_its_last_month_does(office: Actor) -> None:
    rows = {row.name: row for row in open_year(2020, actor=office)}
    for name in ("2020-10", "2020-11", "2020-12"):
        freeze(rows[name], actor=office)
    start_freeze(rows["2020-Q4"].pk, actor=office)

    reopened(rows["2020-12"], office)

    states = {name: find_period(rows[name].pk).state for name in ("2020-11", "2020-12", "2020-Q4")}
    assert states == {"2020-11": "frozen", "2020-12": "open", "2020-Q4": "open"}


@pytest.mark.parametrize("reason", ["", "   "])
def test_reopening_is_refused_when_it_gives_no_reason(office: Actor, reason: str) -> None:
    period = frozen(DECEMBER, actor=office)

    with pytest.raises(DomainError) as error:
        ask_reopening(period.pk, reason=reason, actor=office)

    assert error.value.field == "reason"


def test_workflow_in_the_database_is_the_one_in_python_when_compared() -> None:
    from importlib import import_module  # noqa: PLC0415  (the module's name begins with a digit)

    armed = import_module("periods.migrations.0005_arm_periods")

    assert pairs(PERIOD_STEPS) == set(armed.PERIOD_PAIRS)
    assert pairs(SNAPSHOT_STEPS) == set(armed.SNAPSHOT_PAIRS)


def pairs(steps: dict[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Give the steps as pairs of states."""
    return {(source, target) for source, targets in steps.items() for target in targets}


def test_household_counts_where_it_stood_when_frozen(office: Actor) -> None:
    household = registered(status="filed")

    frozen(DECEMBER, actor=office)

    row = FrozenHousehold.objects.get()
    assert (row.household_id, row.village_code, row.stock) == (household.pk, household.scope_code, "not_lifted")
    assert Household.objects.count() == 1
