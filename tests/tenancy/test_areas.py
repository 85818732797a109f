"""Inside one county: a helper meets nothing of households that are not paired, and nobody a row out of the own area."""

from collections.abc import Iterator

import psycopg
import pytest
from django.urls import reverse

from registry.enums import Role
from registry.tenancy.checks import tenant_models
from tests.factories.tenants import county
from tests.registry.people import AREA, PEOPLE
from tests.tenancy import matrix
from tests.tenancy.addresses import ADDRESSES
from tests.tenancy.test_leaks import LISTS, SITE, VERSIONED
from tests.tenancy.world import UUID_TEXT, World

pytestmark = pytest.mark.slow
OWNERS = {"household": "household_id", "person": "person_id"}
READING = [name for name, lines in matrix.API.items() if "GET" in lines]
# The addresses of one row, each with the table in which its rows lie.
DETAILS = [(name, VERSIONED[ADDRESSES[name][0]]) for name in READING if {*ADDRESSES[name][:1]} & VERSIONED.keys()]


def tables_below() -> Iterator[tuple[str, str]]:
    """Give each table that holds rows of households or persons, with the column that says whose."""
    for model in tenant_models():
        names = {field.name for field in model._meta.concrete_fields}
        owner = next((column for name, column in OWNERS.items() if name in names), None)
        itself = "id" if model._meta.db_table in {"households_household", "households_person"} else None
        if owner or itself:
            yield model._meta.db_table, str(owner or itself)


@pytest.fixture(scope="module")
def strangers(world: World) -> dict[str, str]:
    """Ids of the rows of all households of the first county that are not the helper's, with their tables."""
    paired = str(world.ids["household_id"])
    members = "SELECT person_id::text FROM households_membership WHERE household_id = %s"
    with psycopg.connect(world.database.backup_url) as connection:
        own = {paired, *(person_id for (person_id,) in connection.execute(members, [paired]))}
        # A roster gives a helper, its unit and its pairing one id; the first two are the county's.
        shared = {
            one for table in ("assistance_helper", "villages_unit") for one, _owner, _code in world.everything[table]
        }
        return {
            row_id: table
            for table, owner in tables_below()
            for row_id, owner_id in connection.execute(
                f'SELECT id::text, "{owner}"::text FROM "{table}" WHERE tenant_id = %s', [county().pk]
            )
            if owner_id is not None and owner_id not in own and row_id not in shared
        }


@pytest.fixture(scope="module")
def places(world: World) -> dict[str, str]:
    """The village of each ranged row of the first county; what belongs to the county as a whole is left out."""
    tenant_id = county().pk
    return {
        row_id: code
        for rows in world.everything.values()
        for row_id, owner, code in rows
        if owner == tenant_id and not code.endswith("000000")
    }


def met(content: bytes, strangers: dict[str, str]) -> set[str]:
    """Name the tables of which a body holds a row that it should not."""
    found = UUID_TEXT.findall(content.decode("utf-8", "replace"))
    return {strangers[row_id] for row_id in found if row_id in strangers}


@pytest.mark.parametrize("name", READING)
def test_answer_holds_no_household_of_others_when_a_helper_asks(
    world: World, strangers: dict[str, str], name: str
) -> None:
    where = reverse(name, kwargs={parameter: world.ids[parameter] for parameter in ADDRESSES[name]})

    answer = world.program(Role.HELPER).get(where)

    asked = strangers.keys() - {str(value) for value in world.ids.values()}
    assert met(answer.content, {row_id: strangers[row_id] for row_id in asked}) == set()


@pytest.mark.parametrize("name", [name for name in SITE if not ADDRESSES[name]])
def test_page_holds_no_household_of_others_when_a_helper_opens_it(
    world: World, strangers: dict[str, str], name: str
) -> None:
    answer = world.browser(Role.HELPER).get(reverse(name))

    assert met(answer.content, strangers) == set()


@pytest.mark.parametrize(("name", "model"), DETAILS, ids=str)
def test_row_of_a_household_of_others_looks_unknown_when_a_helper_names_it(
    world: World, strangers: dict[str, str], name: str, model: type
) -> None:
    first, *rest = ADDRESSES[name]
    others = [row_id for row_id, table in strangers.items() if table == model._meta.db_table]  # type: ignore[attr-defined]  # a model
    more = {parameter: world.ids[parameter] for parameter in rest}

    statuses = {
        world.program(Role.HELPER).get(reverse(name, kwargs={first: one, **more})).status_code for one in others
    }

    assert statuses <= {403, 404}


@pytest.mark.parametrize("role", [role for role in PEOPLE if role in AREA])
@pytest.mark.parametrize("name", LISTS)
def test_list_holds_rows_of_the_own_area_when_somebody_of_a_part_of_the_county_reads_it(
    world: World, places: dict[str, str], name: str, role: Role
) -> None:
    own = AREA[role].format(county=county().code[:6]).rstrip("0")

    answer = world.program(role).get(reverse(name))

    far = {row_id: code for row_id, code in places.items() if not code.startswith(own)}
    assert met(answer.content, far) == set()
