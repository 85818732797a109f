"""Each night the whole county is looked through for who looks alike: who was on file before, and who came at once."""

import io
from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command

from households.domain.near import NEAR_DUE, NEAR_JOB, note_near_county, settle_near
from households.models import NearDuplicate, Person
from households.tasks import look_at_night, note_near_job
from registry.jobs import Progress
from registry.lib.errors import NotAllowed
from registry.models import DueWork, Job
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, county, county_office, service
from tests.factories.villages import VillageFactory
from tests.households.meanwhile import Meanwhile
from tests.households.near import WHY, lives_in, pairs
from tests.support.database import Database


def unnoted_pair() -> Person:
    """Put two persons who look alike on file as before the upgrade: nobody looked."""
    lives_in(serial=21, name="扎西次仁")
    other = lives_in(FAR_VILLAGE_CODE, serial=23, name="边巴")
    Person.objects.filter(pk=other.pk).update(name="扎西才让", sound_key="zha xi ci ren", sound_start="zha xi")
    return other


@pytest.mark.django_db
def test_pairs_on_file_are_noted_once_when_the_command_runs() -> None:
    with tenant_scope(county_office()):
        unnoted_pair()
    before = pairs()
    said = io.StringIO()

    call_command("note_near", stdout=said)
    call_command("note_near", stdout=said)

    assert (before, [why for _name, why, _state in pairs()]) == ([], ["sound_birth"] * 2)
    assert [line for line in said.getvalue().splitlines() if line.startswith(county().code)] == [
        f"{county().code}: 2",
        f"{county().code}: 0",
    ]


@pytest.mark.django_db
def test_who_left_and_who_is_known_to_be_another_is_not_noted_at_night(office: Actor) -> None:
    unnoted_pair()
    with tenant_scope(service()) as night:
        note_near_county(actor=night)
    row = NearDuplicate.objects.first()
    assert row is not None
    settle_near(row.pk, "different", actor=office, reason=WHY)

    with tenant_scope(service()) as night:
        noted = note_near_county(actor=night)

    assert (noted, [state for _name, _why, state in pairs()]) == (0, ["different"] * 2)


def test_pair_that_two_offices_enter_at_once_is_noted_the_next_night(committed_database: Database) -> None:
    with tenant_scope(county_office()):
        VillageFactory.create(code=FAR_VILLAGE_CODE)
        registered(village_code=FAR_VILLAGE_CODE)
    other = Meanwhile(lambda: lives_in(FAR_VILLAGE_CODE, serial=23, name="扎西次仁"), county_office())
    with tenant_scope(county_office()):
        lives_in(FAR_VILLAGE_CODE, serial=21, name="扎西次仁")
        other.start()
        assert other.outcome() == ""
    missed = pairs()

    with tenant_scope(service()):
        result = note_near_job(Progress())

    assert (missed, result, len(pairs())) == ([], {"noted": 2}, 2)


@pytest.mark.django_db
def test_nights_begin_with_the_first_roster_and_queue_one_job_each() -> None:
    with tenant_scope(county_office()):
        registered()
        registered()
    due = DueWork.objects.get(tenant=county(), kind=NEAR_DUE)

    with tenant_scope(service()) as night:
        again = [look_at_night(night, "", due.due_at) for _time in range(2)]

    with tenant_scope(county_office()):
        jobs = list(Job.objects.filter(kind=NEAR_JOB).values_list("key", flat=True))
    assert jobs == [f"night:{due.due_at.isoformat()}"]
    assert {moment and moment.astimezone(UTC).time() for moment in (due.due_at, *again)} == {time(19, 30)}
    assert again[0] is not None
    assert timedelta(0) < again[0] - datetime.now(tz=UTC) <= timedelta(days=1)


@pytest.mark.django_db
def test_nights_begin_in_every_open_county_when_the_upgrade_is_migrated() -> None:
    county()
    begin = import_module("households.migrations.0023_look_each_night_for_near_pairs").begin

    begin(apps, SimpleNamespace())
    begin(apps, SimpleNamespace())

    assert list(DueWork.objects.filter(kind=NEAR_DUE).values_list("tenant__code", flat=True)) == [county().code]


@pytest.mark.django_db
def test_looking_at_the_county_is_automatic_work_when_a_clerk_tries(office: Actor) -> None:
    with pytest.raises(NotAllowed):
        note_near_county(actor=office)
