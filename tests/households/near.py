"""Persons of one county who look alike."""

from itertools import count
from typing import Any

from django.db import connection

from households.models import Household, Membership, NearDuplicate, Person
from registry.enums import Role
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, VILLAGE_CODE, actor_of, county, county_office

BIRTH = "19800314"
_FILL = """
INSERT INTO households_person (id, tenant_id, scope_code, version, created_at, updated_at, number, name, sound_key,
    sound_start, sex_code, birth_on, birth_precision, document_code, document_sealed, document_index,
    disability_category_code, disability_grade_code, is_placeholder)
SELECT gen_random_uuid(), %s, %s, 1, now(), now(), '', '某', %s, 'k', '1', NULL, '', '', document, document, '', '',
    document IS NULL
FROM (SELECT CASE WHEN %s THEN gen_random_uuid()::text::bytea END AS document FROM generate_series(1, %s)) AS bearer"""
_NUMBERS = count(1)  # no household number of the small rosters
WHY = "两户都走访过"


def lives_in(village: str = VILLAGE_CODE, *, serial: int, name: str, birth: str = BIRTH, **values: Any) -> Person:
    """Register a household of two in the scope that is open, and give its member of the name."""
    member = {"name": name, "document_number": document_number(serial, birth=birth), "sex_code": ""} | values
    spouse = PersonDraftFactory.build(**member)
    household: Household = registered(
        number=f"5499017{next(_NUMBERS):07}",
        village_code=village,
        members=(PersonDraftFactory.build(relation_code="01"), spouse),
    )
    person: Person = Membership.objects.get(household=household, relation_code="02").person
    return person


def without_document(village: str = VILLAGE_CODE, *, name: str, **values: Any) -> Person:
    """Register somebody who has no number."""
    return lives_in(village, serial=0, name=name, **({"document_number": "", "sex_code": "1"} | values))


def fill_with_bearers(sound_key: str, many: int, *, tenant_id: int, have_documents: bool = True) -> None:
    """Put persons whose name sounds so on file, of whom nothing else is known but that they have a document or none."""
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [tenant_id, NEXT_VILLAGE_CODE, sound_key, have_documents, many])


def pairs(actor: Actor | None = None) -> list[tuple[str, str, str]]:
    """Give the own person, why, and in which state, of all rows of the county."""
    with tenant_scope(actor or county_office()):
        rows = NearDuplicate.objects.select_related("person").order_by("person__name", "why")
        return [(row.person.name, row.why, row.state) for row in rows]


def far_team() -> Actor:
    """Give the team of a village of another township."""
    return actor_of(Role.VILLAGE_TEAM, tenant=county(), area=FAR_VILLAGE_CODE)
