"""What was known at a moment is found again later, cell by cell, whatever happened since."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county_office
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
