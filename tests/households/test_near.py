"""Persons who look alike: each why, what is not near, both sides, settling, and what is learned of the other side."""

from datetime import date, timedelta
from typing import Any

import pytest

from households.domain.amend import amend_person
from households.domain.members import add_person, end_membership
from households.domain.move import move_household
from households.domain.near import settle_near
from households.models import Household, Membership, NearDuplicate, Person
from households.queries.near import COMMON, near_visible_to
from households.queries.timeline import timeline
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.models import AuditEvent, RowVersion
from registry.tenancy.context import Actor, Notice, take_notices
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    NEXT_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.households.near import BIRTH, WHY, far_team, fill_with_bearers, lives_in, pairs, without_document

pytestmark = pytest.mark.django_db
VERB = "households.settle_near"
BORN = {"birth_on": date(1980, 3, 14), "birth_precision": "day"}


@pytest.mark.parametrize(
    ("one", "other", "village", "why"),
    [
        ("扎西次仁", "扎西次仁", FAR_VILLAGE_CODE, "same_name_birth"),
        ("扎西次仁", "扎西才让", FAR_VILLAGE_CODE, "sound_birth"),
        ("王伟", "王玮", FAR_VILLAGE_CODE, "sound_birth"),
        ("扎西次仁", "扎西", NEXT_VILLAGE_CODE, "short_name_birth"),
        ("扎西", "札西才仁", NEXT_VILLAGE_CODE, "short_name_birth"),
    ],
)
def test_both_sides_are_noted_when_another_number_has_the_same_birth(
    one: str, other: str, village: str, why: str, office: Actor
) -> None:
    first, second = lives_in(serial=21, name=one), lives_in(village, serial=23, name=other)

    rows = NearDuplicate.objects.order_by("scope_code")

    assert [(row.person_id, row.other_person_id, row.other_village_code, row.why) for row in rows] == [
        (first.pk, second.pk, village, why),
        (second.pk, first.pk, VILLAGE_CODE, why),
    ]
    assert [row.scope_code for row in rows] == [VILLAGE_CODE, village]


@pytest.mark.parametrize(
    ("birth", "born"),
    [
        (BIRTH, {}),
        ("19800505", BORN),
        (BIRTH, {"birth_on": date(1980, 3, 1), "birth_precision": "month"}),
    ],
)
def test_name_and_village_are_enough_when_the_days_of_birth_do_not_tell_apart(
    birth: str, born: dict[str, Any], office: Actor
) -> None:
    lives_in(serial=21, name="扎西次仁", birth=birth)
    without_document(name="扎西次仁", **born)

    assert [why for _name, why, _state in pairs()] == ["name_village"] * 2


@pytest.mark.parametrize(
    ("other", "village", "birth"),
    [
        ("扎西次仁", FAR_VILLAGE_CODE, "19800315"),  # another day, another village
        ("扎西次仁", VILLAGE_CODE, "19790314"),  # the same village, another year
        ("扎西才让", VILLAGE_CODE, "19800315"),  # a name that sounds alike in the same village is not enough
        ("扎西", FAR_VILLAGE_CODE, BIRTH),  # a short name in another township
        ("扎西卓玛", VILLAGE_CODE, BIRTH),  # one begins like the other and ends otherwise
    ],
)
def test_nobody_is_near_when_it_takes_more(other: str, village: str, birth: str, office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    lives_in(village, serial=23, name=other, birth=birth)

    assert (pairs(), told()) == ([], [])


@pytest.mark.parametrize(("serial", "noted"), [(23, 2), (24, 0)], ids=["same sex", "other sex"])
def test_twins_are_near_only_when_they_are_of_one_sex(serial: int, noted: int, office: Actor) -> None:
    members = [
        PersonDraftFactory.build(name=name, relation_code=relation, document_number=number, sex_code="")
        for name, relation, number in (
            ("边巴", "01", document_number(31, birth="19600101")),
            ("扎西次仁", "99", document_number(21, birth=BIRTH)),
            ("扎西次仁", "99", document_number(serial, birth=BIRTH)),
        )
    ]
    registered(members=tuple(members))

    assert len(pairs()) == noted


def told() -> list[Notice]:
    """Give what was said of persons who look alike; the rules have more to say."""
    return [notice for notice in take_notices() if notice.code.startswith("near.")]


def test_other_sex_is_near_when_the_household_is_another(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    lives_in(serial=24, name="扎西次仁")

    assert len(pairs()) == 2


def test_same_person_of_another_county_is_not_looked_at(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    there = county_office(county(OTHER_COUNTY_CODE))
    with tenant_scope(there):
        lives_in(OTHER_VILLAGE_CODE, serial=23, name="扎西次仁")

    assert (pairs(), pairs(there)) == ([], [])


@pytest.mark.parametrize("reason_code", ["21", "23"], ids=["died", "left"])
def test_who_left_in_the_last_years_is_near_and_marked(reason_code: str, office: Actor) -> None:
    person = lives_in(serial=21, name="扎西次仁")
    _ends(person, office, on=today() - timedelta(days=30), reason_code=reason_code)

    double = lives_in(FAR_VILLAGE_CODE, serial=23, name="扎西次仁")

    marks = {(row.person_id, row.other_person_id, row.other_left) for row in NearDuplicate.objects.all()}
    assert marks == {(double.pk, person.pk, True), (person.pk, double.pk, False)}
    assert [notice.code for notice in told()] == ["near.same_name_birth", "near.left"]


def test_who_left_long_ago_is_not_near(office: Actor) -> None:
    person = lives_in(serial=21, name="扎西次仁")
    _ends(person, office, on=date(2021, 3, 1))

    lives_in(serial=23, name="扎西次仁")

    assert pairs() == []


def test_pair_of_who_left_is_put_right_only_when_the_double_is_gone(office: Actor) -> None:
    person = lives_in(serial=21, name="扎西次仁")
    _ends(person, office, on=today() - timedelta(days=30))
    double = lives_in(serial=23, name="扎西次仁")
    row = NearDuplicate.objects.get(person=double)
    with pytest.raises(Conflict) as refused, savepoint():
        settle_near(row.pk, "same", actor=office, reason=WHY)
    _ends(double, office, on=today())

    settle_near(row.pk, "same", actor=office, reason=WHY)

    assert (refused.value.code, {state for _name, _why, state in pairs()}) == ("near.not_taken_back", {"same"})


@pytest.mark.parametrize(("village", "noted"), [(VILLAGE_CODE, 2), (FAR_VILLAGE_CODE, 0)], ids=["village", "county"])
def test_common_name_is_near_only_within_the_village(village: str, noted: int, office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    fill_with_bearers("zha xi ci ren", COMMON, tenant_id=office.tenant_id)

    lives_in(village, serial=23, name="扎西次仁")

    assert len(pairs()) == noted


@pytest.mark.parametrize(("others_have", "noted"), [(True, ["same_name_birth"] * 2), (False, [])])
def test_common_name_is_near_in_the_county_when_one_of_few_has_no_document(
    others_have: bool, noted: list[str], office: Actor
) -> None:
    lives_in(serial=21, name="扎西次仁")
    fill_with_bearers("zha xi ci ren", COMMON, tenant_id=office.tenant_id, have_documents=others_have)

    without_document(FAR_VILLAGE_CODE, name="扎西次仁", **BORN)

    assert [why for _name, why, _state in pairs()] == noted


def test_documents_tell_two_of_one_year_and_village_apart(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")

    lives_in(serial=23, name="扎西次仁", birth="19800505")

    assert pairs() == []


# --- the verbs ------------------------------------------------------------------------------------------------------


def test_adding_a_member_notes_and_warns_and_refuses_nothing(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    household = registered(village_code=FAR_VILLAGE_CODE)

    draft = PersonDraftFactory.build(name="札西泽仁", document_number=document_number(23, birth=BIRTH), sex_code="")
    add_person(household.pk, draft, actor=office, on=date(2021, 3, 1), reason_code="13")

    assert [why for _name, why, _state in pairs()] == ["sound_birth"] * 2
    assert len(told()) == 1


def test_corrected_name_is_looked_at_and_moves_the_keys(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    person = lives_in(FAR_VILLAGE_CODE, serial=23, name="边巴")
    before = pairs()

    amend_person(person.pk, {"name": "扎西才让"}, actor=office, version=person.version)

    person.refresh_from_db()
    assert (before, len(pairs())) == ([], 2)
    assert (person.sound_key, person.sound_start) == ("zha xi ci ren", "zha xi")


def test_corrected_number_is_looked_at_when_it_moves_the_birth(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    person = lives_in(FAR_VILLAGE_CODE, serial=23, name="扎西次仁", birth="19810101")

    amend_person(person.pk, {"document_number": document_number(25, birth=BIRTH)}, actor=office, version=person.version)

    assert len(pairs()) == 2


def test_pair_is_noted_once_when_it_is_found_again(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    person = lives_in(serial=23, name="扎西次仁")
    told()

    amend_person(person.pk, {"name": "扎西才让"}, actor=office, version=person.version)

    assert (len(pairs()), told()) == (2, [])


def test_keys_are_in_no_version_and_no_event(office: Actor) -> None:
    person = lives_in(serial=21, name="边巴")
    amend_person(person.pk, {"name": "扎西"}, actor=office, version=person.version)

    versions = RowVersion.objects.filter(owner_id=person.pk, table_name="households_person")
    assert versions.exists()
    assert not any("sound" in name for version in versions for name in version.content or {})
    Person.objects.filter(pk=person.pk).update(sound_key="", sound_start="")
    assert versions.count() == 1


def test_village_team_learns_nothing_but_the_village_of_the_hidden_side(office: Actor) -> None:
    hidden = lives_in(serial=21, name="扎西次仁")
    team = far_team()
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    with tenant_scope(team):
        own = lives_in(FAR_VILLAGE_CODE, serial=23, name="扎西才让")
        seen = vars(near_visible_to(team).get())
        said = told()

    assert (seen["person_id"], seen["other_id"], seen["other_name"]) == (own.pk, None, "")
    assert seen["other_village_code"] == VILLAGE_CODE
    assert not any(hidden.name in str(notice.sentence) for notice in said)
    assert len(said) == 1


def test_rows_move_with_their_own_person_alone(office: Actor) -> None:
    first = lives_in(serial=21, name="扎西次仁")
    second = lives_in(FAR_VILLAGE_CODE, serial=23, name="扎西次仁")
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    household = Membership.objects.get(person=second).household_id

    move_household(household, NEXT_VILLAGE_CODE, actor=office, on=date(2021, 3, 1), reason="搬迁")

    codes = dict(NearDuplicate.objects.values_list("person_id", "scope_code"))
    assert codes == {first.pk: VILLAGE_CODE, second.pk: NEXT_VILLAGE_CODE}


# --- settling -------------------------------------------------------------------------------------------------------


def test_different_settles_both_sides_and_is_never_asked_again(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    person = lives_in(FAR_VILLAGE_CODE, serial=23, name="扎西次仁")
    row = NearDuplicate.objects.first()
    assert row is not None

    settle_near(row.pk, "different", actor=office, reason=WHY, version=1)
    amend_person(person.pk, {"name": "扎西才让"}, actor=office, version=person.version)

    assert [state for _name, _why, state in pairs()] == ["different"] * 2
    assert {(row.reason, row.version) for row in NearDuplicate.objects.all()} == {(WHY, 2)}


def test_same_is_believed_only_when_one_of_them_is_put_right(office: Actor) -> None:
    person = lives_in(serial=21, name="扎西次仁")
    lives_in(serial=23, name="扎西次仁")
    row = NearDuplicate.objects.get(person=person)
    with pytest.raises(Conflict) as refused, savepoint():
        settle_near(row.pk, "same", actor=office, reason=WHY)
    _ends(person, office)

    settle_near(row.pk, "same", actor=office, reason=WHY)

    assert refused.value.code == "near.still_here"
    assert [state for _name, _why, state in pairs()] == ["same"] * 2


def test_pair_comes_up_anew_when_it_was_put_right_and_looks_alike_again(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    person = lives_in(serial=23, name="扎西次仁")
    amended = amend_person(person.pk, {"name": "边巴"}, actor=office, version=person.version)
    settle_near(NearDuplicate.objects.get(person=person).pk, "same", actor=office, reason=WHY)

    amend_person(person.pk, {"name": "扎西才让"}, actor=office, version=amended.version)

    assert sorted(state for _name, _why, state in pairs()) == ["new", "new", "same", "same"]


def test_settling_takes_somebody_who_sees_both_sides(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    own = lives_in(FAR_VILLAGE_CODE, serial=23, name="扎西次仁")
    row = NearDuplicate.objects.get(person=own)
    other = NearDuplicate.objects.exclude(person=own).get()
    clerk = actor_of(Role.TOWNSHIP_CLERK, tenant=county(), area="549901200000")

    with tenant_scope(clerk):
        with pytest.raises(NotAllowed) as hidden, savepoint():
            settle_near(row.pk, "different", actor=clerk, reason=WHY)
        with pytest.raises(NotFound), savepoint():
            settle_near(other.pk, "different", actor=clerk, reason=WHY)
    team = far_team()
    with tenant_scope(team), pytest.raises(NotAllowed), savepoint():
        settle_near(row.pk, "different", actor=team, reason=WHY)

    assert hidden.value.code == "near.other_side_hidden"
    assert [state for _name, _why, state in pairs()] == ["new"] * 2


def test_settling_is_refused_when_it_is_incomplete_stale_or_done(office: Actor) -> None:
    lives_in(serial=21, name="扎西次仁")
    lives_in(serial=23, name="扎西次仁")
    row = NearDuplicate.objects.first()
    assert row is not None
    codes = []
    for state, reason, version in (("different", " ", 1), ("new", WHY, 1), ("other", WHY, 1), ("different", WHY, 7)):
        with pytest.raises(DomainError) as refused, savepoint():
            settle_near(row.pk, state, actor=office, reason=reason, version=version)
        codes.append(refused.value.code)
    settle_near(row.pk, "different", actor=office, reason=WHY)
    with pytest.raises(Conflict) as again:
        settle_near(row.pk, "different", actor=office, reason=WHY)

    assert codes == ["reason.missing", "near.unknown_state", "near.unknown_state", "registry.stale_version"]
    assert again.value.code == "near.settled"


def test_noting_is_one_event_and_settling_one_for_each_side() -> None:
    with tenant_scope(county_office()) as office:
        lives_in(serial=21, name="扎西次仁")
        lives_in(serial=23, name="扎西次仁")
        settle_near(NearDuplicate.objects.all()[0].pk, "different", actor=office, reason=WHY)

    auditor = actor_of(Role.AUDIT_ADMINISTRATOR, tenant=county())
    with tenant_scope(auditor):
        found = AuditEvent.objects.filter(object_type="households.nearduplicate").order_by("seq")
        events = list(found.values_list("verb", "object_count", "reason"))

    assert events == [("households.note_near", 2, ""), (VERB, 1, WHY), (VERB, 1, WHY)]


def _ends(person: Person, actor: Actor, *, on: date = date(2021, 3, 1), reason_code: str = "23") -> None:
    household = Household.objects.get(memberships__person=person)
    end_membership(household.pk, person.pk, actor=actor, on=on, reason_code=reason_code)


def test_settling_is_told_on_the_timelines_of_both_sides() -> None:
    with tenant_scope(county_office()) as office:
        for serial in (21, 23):
            lives_in(serial=serial, name="扎西次仁")
        settle_near(NearDuplicate.objects.all()[0].pk, "different", actor=office, reason=WHY)

    with tenant_scope(office):
        homes = Household.objects.order_by("number")
        told = [[one.reason for one in timeline(home, actor=office) if one.verb == VERB] for home in homes]

    assert told == [[WHY], [WHY]]
