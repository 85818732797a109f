"""Looking for who looks alike answers from indexes under row-level security, and the keys go with the name."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from households.domain.anonymise import NOBODY
from households.domain.near import note_near, note_near_county
from households.models import NearDuplicate, Person
from households.queries.near import AT_A_TIME, COUNTY, PERSONS, left_since, near_pairs_sql
from registry.models import RowVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, county_office, service
from tests.households.near import WHY, far_team, lives_in, pairs

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


# One written name in one village, of whom no day of birth is known: all in one household, so of one sex.
FILL_ONE_NAME = """
WITH new AS (
    INSERT INTO households_person (id, tenant_id, scope_code, version, created_at, updated_at, number, name, sound_key,
        sound_start, sex_code, birth_on, birth_precision, document_code, disability_category_code,
        disability_grade_code, is_placeholder)
    SELECT gen_random_uuid(), h.tenant_id, h.scope_code, 1, now(), now(), '', '同名', 'tong ming', 'tong ming', '1',
        NULL, '', '', '', '', true
    FROM households_household h, generate_series(1, %s) AS n RETURNING id, tenant_id, scope_code)
INSERT INTO households_membership (id, tenant_id, scope_code, household_id, person_id, relation_code, starts_precision,
    start_reason_code, end_reason_code)
SELECT gen_random_uuid(), new.tenant_id, new.scope_code, h.id, new.id, '99', '', '', ''
FROM new, households_household h"""


def read_for(many: int, actor: Actor) -> int:
    """Add so many of one name, and give how many rows of persons the look at the county reads."""
    with connection.cursor() as cursor:
        cursor.execute(FILL_ONE_NAME, [many])
        values: dict[str, Any] = {"tenant": actor.tenant_id, "left_since": left_since()}
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {near_pairs_sql(COUNTY)}", values)
        return rows_read(cursor.fetchone()[0][0]["Plan"])


def rows_read(plan: dict[str, Any]) -> int:
    own = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    here = own * plan["Actual Loops"] if plan.get("Relation Name") == "households_person" else 0
    return int(here) + sum(rows_read(part) for part in plan.get("Plans", []))


@pytest.mark.django_db
def test_one_name_without_days_of_birth_is_read_by_its_number_and_not_by_the_square() -> None:
    with tenant_scope(county_office()) as office:
        lives_in(serial=21, name="扎西次仁")

        few = read_for(150, office)
        many = read_for(450, office)

    # Four times the persons: by the square it would be sixteen times the rows.
    assert many < 6 * few
    assert many < 600 * (4 * AT_A_TIME + 10)


def night() -> int:
    with tenant_scope(service()) as actor:
        return note_near_county(actor=actor)


def settled_and_noted() -> int:
    with tenant_scope(county_office()):
        NearDuplicate.objects.filter(state="new").update(state="different", reason=WHY, settled_at=timezone.now())
    return night()


@pytest.mark.django_db
def test_every_pair_of_one_name_comes_up_as_the_others_are_settled() -> None:
    with tenant_scope(county_office()):
        lives_in(serial=21, name="扎西次仁")
        with connection.cursor() as cursor:
            cursor.execute(FILL_ONE_NAME, [50])

    first, meanwhile = night(), night()
    later = [settled_and_noted() for _night in range(3)]

    # Each side of a pair is a row, and 50 have 1,225 pairs: the neighbours first, and nothing while they are open.
    assert (first, meanwhile) == (2 * sum(50 - apart for apart in range(1, AT_A_TIME + 1)), 0)
    assert (first + sum(later), later[-1]) == (2 * 1225, 0)


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
