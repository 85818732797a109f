"""Pictures for questions: who may ask what, what they hold, and when they go."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone
from pytest_django import Settings

from households.domain.move import move_household
from households.models import Household
from periods.domain.freezing import ROWS, mark_made, verify_snapshot
from periods.domain.questions import (
    REMOVE_DUE,
    ask_picture,
    known_until,
    picture_at_once,
    remove_old_pictures,
)
from periods.enums import SnapshotPurpose, SnapshotState
from periods.models import FrozenHousehold, FrozenPerson, Snapshot
from periods.queries.questions import counts_by_village, limits_of, pictures
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.models import DueWork, Job
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, snapshot_scope, tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import (
    COUNTY_CODE,
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
    employed,
    service,
)
from tests.periods.play import picture

DAY = date(2021, 1, 31)


def asked(actor: Actor, area_code: str = TOWNSHIP_CODE, **values: Any) -> Snapshot:
    return ask_picture(values.pop("as_of", DAY), known_at=None, area_code=area_code, actor=actor, **values)


def township() -> Actor:
    return employed(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE))


def test_picture_of_a_township_is_made_at_once_when_it_is_asked_for(office: Actor) -> None:
    registered()
    registered(village_code=FAR_VILLAGE_CODE)

    snapshot = asked(office)

    assert (snapshot.state, snapshot.households, snapshot.persons, snapshot.villages) == (SnapshotState.MADE, 1, 2, 1)
    assert DueWork.objects.filter(kind=REMOVE_DUE).exists()
    assert counts_by_village(snapshot.pk) == [
        {
            "village_code": VILLAGE_CODE,
            "households": 1,
            "persons": 2,
            "not_lifted": 1,
            "lifted": 0,
            "monitored": 0,
            "without_helper": 1,
        }
    ]


def test_picture_of_a_county_waits_for_a_worker_when_it_is_asked_for(office: Actor) -> None:
    registered()

    waiting = asked(office, COUNTY_CODE)
    at_once = picture_at_once(DAY, known_at=None, area_code=COUNTY_CODE, actor=office)

    assert (waiting.state, Job.objects.get().key) == (SnapshotState.MAKING, str(waiting.pk))
    # The same question in the making is not asked twice.
    assert (at_once.pk, at_once.state, at_once.households) == (waiting.pk, SnapshotState.MADE, 1)


def test_same_past_is_one_picture_and_the_present_another_one_when_it_is_asked_twice(office: Actor) -> None:
    registered()
    past = timezone.now()

    first, again = (
        ask_picture(DAY, known_at=past, area_code=VILLAGE_CODE, actor=office),
        ask_picture(DAY, known_at=past, area_code=VILLAGE_CODE, actor=office),
    )

    assert first.pk == again.pk
    assert asked(office, VILLAGE_CODE).pk != asked(office, VILLAGE_CODE).pk


@pytest.mark.parametrize(
    ("as_of", "known_at", "code"),
    [
        (today() + timedelta(days=1), None, "picture.to_come"),
        (DAY, timezone.now() + timedelta(days=1), "picture.to_come"),
        (date(2013, 12, 31), None, "picture.too_early"),
    ],
)
def test_question_is_refused_when_its_day_cannot_be_known(
    office: Actor, as_of: date, known_at: datetime | None, code: str
) -> None:
    assert asked(office).state == SnapshotState.MADE
    with pytest.raises(DomainError) as refusal:
        ask_picture(as_of, known_at=known_at, area_code=TOWNSHIP_CODE, actor=office)

    assert refusal.value.code == code


def test_moment_of_a_day_is_its_end_when_somebody_asks_as_known_on_it() -> None:
    assert known_until(None) is None
    assert known_until(today()) is None
    assert known_until(date(2021, 3, 5)) == datetime.fromisoformat("2021-03-06T00:00:00+08:00")
    with pytest.raises(DomainError):
        known_until(today() + timedelta(days=1))


def test_area_outside_the_own_is_unknown_when_a_township_asks(office: Actor) -> None:
    with tenant_scope(township()) as clerk:
        assert asked(clerk).state == SnapshotState.MADE
        for code in (COUNTY_CODE, FAR_VILLAGE_CODE, OTHER_COUNTY_CODE):
            with pytest.raises(NotFound):
                asked(clerk, code)


def test_helper_may_not_ask_when_others_may(office: Actor) -> None:
    with tenant_scope(employed(actor_of(Role.HELPER))) as helper, pytest.raises(NotAllowed):
        asked(helper)


def test_household_that_left_is_not_shown_when_its_former_township_asks(office: Actor) -> None:
    left, stays = registered(), registered()
    registered(village_code=FAR_VILLAGE_CODE)
    move_household(left.id, FAR_VILLAGE_CODE, actor=office, on=DAY + timedelta(days=1), reason="搬迁")

    with tenant_scope(township()) as clerk:
        own = asked(clerk)
        seen = list(FrozenHousehold.objects.filter(snapshot=own).values_list("household_id", flat=True))
        notes, listed = limits_of(own, actor=clerk), list(pictures(clerk))
    counties = asked(office)

    assert (seen, len(notes), listed) == ([stays.id], 1, [own])
    assert counties.households == 2
    with tenant_scope(township()) as clerk:
        assert list(pictures(clerk)) == [own]


def test_other_county_sees_nothing_when_a_picture_is_made(office: Actor) -> None:
    registered()
    snapshot = asked(office)

    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))) as other:
        assert (list(pictures(other)), FrozenPerson.objects.count(), Snapshot.objects.count()) == ([], 0, 0)
        with pytest.raises(NotFound):
            verify_snapshot(snapshot.pk, actor=other)


def test_old_pictures_alone_are_removed_when_their_days_are_over(office: Actor, settings: Settings) -> None:
    registered()
    old, young = asked(office), asked(office)
    kept = Snapshot.objects.create(purpose=SnapshotPurpose.PERIOD, as_of=DAY, scope_code=COUNTY_CODE)
    kept.created_at = old.created_at = timezone.now() - timedelta(days=settings.PICTURE_DAYS, minutes=1)
    kept.save()
    remade = Snapshot.objects.create(
        purpose=SnapshotPurpose.QUESTION, as_of=DAY, scope_code=TOWNSHIP_CODE, created_at=old.created_at
    )

    with tenant_scope(service()) as worker:
        assert remove_old_pictures(actor=worker) == 1
        assert remove_old_pictures(actor=worker) == 0

    assert set(Snapshot.objects.values_list("pk", flat=True)) == {old.pk, young.pk, kept.pk}
    assert not Snapshot.objects.filter(pk=remade.pk).exists()


def test_made_picture_of_a_period_cannot_be_changed_or_removed_when_somebody_tries(office: Actor) -> None:
    registered()
    kept = picture(office, DAY)
    Snapshot.objects.filter(pk=kept.pk).update(purpose=SnapshotPurpose.PERIOD)
    kept.refresh_from_db()
    mark_made(kept)

    for model in ROWS:
        rows = model.objects.filter(snapshot=kept)
        copy = rows[0]
        copy.pk = Snapshot().pk
        for change in (rows.delete, lambda rows=rows: rows.update(village_code="1"), copy.save):
            with pytest.raises(DatabaseError), savepoint():
                change()
    with pytest.raises(DatabaseError), savepoint():
        Snapshot.objects.filter(pk=kept.pk).update(checksum="1")
    with pytest.raises(DatabaseError), savepoint():
        kept.delete()
    assert verify_snapshot(kept.pk, actor=office).is_sound


def test_verification_tells_when_a_row_is_not_as_it_was_made(office: Actor) -> None:
    registered()
    snapshot = picture(office, DAY)
    with pytest.raises(Conflict):
        verify_snapshot(snapshot.pk, actor=office)
    mark_made(snapshot)
    assert verify_snapshot(snapshot.pk, actor=office).is_sound

    # The database lets a picture for a question be emptied, a row at a time too.
    FrozenPerson.objects.filter(pk=FrozenPerson.objects.filter(snapshot=snapshot)[0].pk).delete()

    assert not verify_snapshot(snapshot.pk, actor=office).is_sound
    with tenant_scope(township()) as clerk, pytest.raises(NotAllowed):
        verify_snapshot(picture_at_once(DAY, known_at=None, area_code=COUNTY_CODE, actor=office).pk, actor=clerk)


def test_no_event_is_recorded_when_a_scope_sees_one_picture(db: None) -> None:
    with pytest.raises(RuntimeError), snapshot_scope(county_office()) as actor:
        asked(actor)
    with tenant_scope(county_office()) as actor, pytest.raises(RuntimeError), snapshot_scope(actor):
        Household.objects.count()
