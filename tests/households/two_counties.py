"""Two counties, and a person whom both may have."""

import psycopg
from django.db import DatabaseError, connection

from households.domain.duplicates import settle_duplicate
from households.models import DuplicateNotice, Membership, Person
from registry import jobs
from registry.crypto import claim_indexes
from registry.domain.claims import claim_identities
from registry.enums import Role
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import OTHER_COUNTY_CODE, OTHER_VILLAGE_CODE, VILLAGE_CODE, actor_of, county
from tests.support.database import Database

NUMBER = document_number(11)
OWN_NUMBER = document_number(12)
RIGHT = "电话核实"


def here() -> Actor:
    return actor_of(Role.COUNTY_OFFICE)


def there() -> Actor:
    return actor_of(Role.COUNTY_OFFICE, tenant=county(OTHER_COUNTY_CODE))


def person_in(actor: Actor, number: str = NUMBER, *, name: str = "示例人甲") -> Person:
    """Register a household of two in the actor's county and give the spouse, who has the number."""
    village = VILLAGE_CODE if actor.tenant_id == county().pk else OTHER_VILLAGE_CODE
    with tenant_scope(actor):
        spouse = PersonDraftFactory.build(document_number=number, name=name)
        household = registered(village_code=village, members=(PersonDraftFactory.build(relation_code="01"), spouse))
        person: Person = Membership.objects.get(household=household, relation_code="02").person
    return person


def notices(actor: Actor) -> list[tuple[str, str, str]]:
    with tenant_scope(actor):
        rows = DuplicateNotice.objects.select_related("person", "other_tenant").order_by("created_at")
        return [(row.person.name, row.state, row.other_state) for row in rows]


def claimants(actor: Actor, number: str = NUMBER) -> list[int]:
    """Give the other counties that claim the number, and leave nothing behind."""
    with tenant_scope(actor):
        found = claim_identities(claim_indexes([number]))
        return sorted(shared.tenant_id for shared in found)


def asked_today(database: Database) -> int:
    with psycopg.connect(database.backup_url) as reader:
        row = reader.execute("SELECT last_value FROM registry_identityasked").fetchone()
    return int(row[0]) if row else 0


def claims_of(database: Database) -> int:
    with psycopg.connect(database.backup_url) as reader:
        row = reader.execute("SELECT count(*) FROM registry_identityclaim").fetchone()
    return int(row[0]) if row else 0


def settled(actor: Actor, state: str) -> None:
    with tenant_scope(actor):
        settle_duplicate(DuplicateNotice.objects.get(state="new").pk, state, actor=actor, reason=RIGHT)
    jobs.tick()


def tried(statement: str, values: list[list[bytes]] | None = None) -> str:
    """Try a statement as the app role in this county's scope and give the kind of refusal; '' when it was taken."""
    try:
        with tenant_scope(here()), savepoint(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        return type(error.__cause__).__name__
    return ""
