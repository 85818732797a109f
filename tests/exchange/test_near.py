"""Rosters with persons who look like somebody on file: the preview warns, applying notes each pair once."""

from households.models import NearDuplicate
from registry.enums import Role
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.exchange.rosters import applied, checked, csv_of, head, other_household, spouse, warnings
from tests.factories.households import document_number
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of, county, employed
from tests.households.near import lives_in, pairs

SECOND = document_number(13, birth="19700101")


def test_preview_warns_on_the_row_and_names_nobody(office: Actor) -> None:
    lives_in(FAR_VILLAGE_CODE, serial=15, name="扎西索朗", birth="19700101")

    batch = checked(csv_of(head(), spouse(), other_household(name="札西索南")), office)

    assert warnings(batch) == [(5, "name", "near.sound_birth")]
    assert NearDuplicate.objects.count() == 0


def test_preview_asks_the_whole_county_for_who_brings_a_part_of_it(office: Actor) -> None:
    lives_in(FAR_VILLAGE_CODE, serial=15, name="扎西索朗", birth="19700101")
    clerk = employed(actor_of(Role.TOWNSHIP_CLERK, tenant=county(), area="549901100000"))

    with tenant_scope(clerk):
        batch = checked(csv_of(head(), spouse(), other_household(name="札西索南")), clerk)
        found = warnings(batch)

    assert found == [(5, "name", "near.sound_birth")]


def test_roster_notes_each_pair_once_when_it_is_brought_twice(office: Actor) -> None:
    lives_in(VILLAGE_CODE, serial=15, name="索南", birth="19700101")
    content = csv_of(head(), spouse(), other_household())
    applied(content, office)
    first = pairs()

    applied(content, office)

    assert (first, pairs()) == ([("索南", "sound_birth", "new"), ("索朗", "sound_birth", "new")], first)


def test_two_rows_of_one_roster_are_noted_when_they_look_alike(office: Actor) -> None:
    again = other_household(
        name="索南", document_number=SECOND, household_number="54990100000003", person_number="5499010000000301"
    )

    applied(csv_of(head(), spouse(), other_household(), again), office)

    assert [why for _name, why, _state in pairs()] == ["sound_birth"] * 2


def test_nobody_is_near_when_the_roster_tells_of_those_on_file(office: Actor) -> None:
    content = csv_of(head(), spouse(), other_household())
    applied(content, office)

    assert warnings(checked(content, office)) == []
