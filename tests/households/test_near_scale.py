"""Looking for who looks alike answers from indexes under row-level security, and the keys go with the name."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from households.domain.anonymise import NOBODY
from households.domain.near import note_near
from households.models import Person
from households.queries.near import COUNTY, PERSONS, left_since, near_pairs_sql
from registry.models import RowVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, county_office
from tests.households.near import far_team, lives_in, pairs

MANY = 20_000
# Like a county: 25 names that sound differently, and days of birth over 60 years.
FILL = """
INSERT INTO households_person (id, tenant_id, scope_code, version, created_at, updated_at, number, name, sound_key,
    sound_start, sex_code, birth_on, birth_precision, document_code, disability_category_code, disability_grade_code,
    is_placeholder)
SELECT gen_random_uuid(), %s, '5499011' || lpad((n %% 90)::text, 2, '0') || '200', 1, now(), now(), '', '某',
    'k' || n %% 25, 'k' || n %% 25, '1', date '1950-01-01' + n %% 21900, 'day', '', '', '', true
FROM generate_series(1, %s) AS n"""


@pytest.mark.django_db
def test_looking_answers_from_indexes_when_there_are_many() -> None:
    with tenant_scope(county_office()) as office:
        own = lives_in(serial=21, name="扎西次仁")
        with connection.cursor() as cursor:
            cursor.execute(FILL, [office.tenant_id, MANY])
            cursor.execute(
                "SELECT current_user, (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
            )
            _role, is_above = cursor.fetchone()
            values: dict[str, Any] = {"tenant": office.tenant_id, "ids": [own.pk], "left_since": left_since()}
            cursor.execute(f"EXPLAIN {near_pairs_sql(PERSONS)}", values)
            plan = "\n".join(row[0] for row in cursor.fetchall())

    assert not is_above
    assert ("person_birth_and_sound" in plan, "person_sound" in plan) == (True, True)
    assert "Seq Scan on households_person" not in plan


@pytest.mark.django_db
def test_whole_county_is_looked_at_by_joining_once_when_there_are_many() -> None:
    with tenant_scope(county_office()) as office:
        lives_in(serial=21, name="扎西次仁")
        with connection.cursor() as cursor:
            cursor.execute(FILL, [office.tenant_id, MANY])
            cursor.execute("ANALYZE households_person")
            cursor.execute(
                f"EXPLAIN (FORMAT JSON) {near_pairs_sql(COUNTY)}",
                {"tenant": office.tenant_id, "left_since": left_since()},
            )
            plan = cursor.fetchone()[0][0]["Plan"]

    # A nested loop over all by all would be quadratic: within one, persons are looked up in an index.
    assert [scan for scan in inner_scans(plan) if scan == ("Seq Scan", "households_person")] == []


def inner_scans(plan: dict[str, Any], *, inside: bool = False) -> list[tuple[str, str]]:
    """Give the kind and the table of each scan that a nested loop repeats."""
    own = [(plan["Node Type"], plan["Relation Name"])] if inside and "Relation Name" in plan else []
    loops = plan["Node Type"] == "Nested Loop"
    parts = plan.get("Plans", [])
    return own + [
        scan
        for part in parts
        for scan in inner_scans(part, inside=inside or (loops and part["Parent Relationship"] == "Inner"))
    ]


@pytest.mark.django_db
def test_anonymised_persons_have_no_sound_and_are_not_near(office: Actor) -> None:
    one, other = lives_in(serial=21, name="边巴"), lives_in(serial=23, name="卓玛")
    for person in (one, other):
        person.name, person.anonymised_on = NOBODY, person.birth_on
        person.follow_name()
        person.save()

    note_near([one.pk, other.pk], actor=office)

    assert pairs() == []
    assert set(Person.objects.filter(name=NOBODY).values_list("sound_key", "sound_start")) == {("", "")}


@pytest.mark.django_db
def test_scope_is_as_before_when_the_whole_county_was_asked() -> None:
    with tenant_scope(county_office()):
        lives_in(serial=21, name="扎西次仁")
        own = lives_in(FAR_VILLAGE_CODE, serial=23, name="扎西次仁")
    team = far_team()
    with tenant_scope(team):
        note_near([own.pk], actor=team)
        seen = set(Person.objects.values_list("scope_code", flat=True))

    assert seen == {FAR_VILLAGE_CODE}


@pytest.mark.django_db
def test_migration_fills_the_keys_of_names_on_file_without_a_version() -> None:
    with tenant_scope(county_office()):
        own = lives_in(serial=21, name="扎西次仁")
        Person.objects.update(sound_key="", sound_start="")
    fill = import_module("households.migrations.0019_fill_sounds_of_names").fill_sounds

    fill(apps, SimpleNamespace(connection=connection))

    with tenant_scope(county_office()):
        own.refresh_from_db()
        assert (own.sound_key, own.sound_start) == ("zha xi ci ren", "zha xi")
        assert not Person.objects.filter(sound_key="").exists()
        assert not RowVersion.objects.filter(owner_id=own.pk).exists()
