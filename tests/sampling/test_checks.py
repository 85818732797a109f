"""A sample check from its announcement to its end; what was drawn stays drawn."""

import hashlib
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection
from pytest_django import DjangoAssertNumQueries

from households.domain.move import move_household
from households.models import Household
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from sampling.definitions.drawing import draw
from sampling.domain.checks import (
    SampleDraft,
    announce_sample,
    cancel_sample,
    close_sample,
    draw_sample,
    frame_digest,
    hand_out_frame,
    note_result,
)
from sampling.models import SampleCheck, SampledHousehold
from sampling.queries.samples import find_sample, frame_of, households_drawn, lines_of, sections_found
from tests.factories.households import registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.sampling.ground import picture

# A cell that nobody drew.
ADDED = (
    'INSERT INTO sampling_samplecell (id, tenant_id, scope_code, sample_id, township_code, "group", village_code,'
    " households, drawn) SELECT gen_random_uuid(), tenant_id, scope_code, sample_id, township_code, 'lifted',"
    " village_code, households, drawn FROM sampling_samplecell"
)


def homes(count: int = 8) -> list[Household]:
    """Register households in two townships, half of them in each."""
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    return [
        registered(number=f"S{place:03}", village_code=FAR_VILLAGE_CODE if place % 2 else VILLAGE_CODE)
        for place in range(count)
    ]


def announced(actor: Actor, *, size: int = 4, cap: int = 4, name: str = "一季度") -> SampleCheck:
    """Announce a check of eight households of two townships."""
    return announce_sample(SampleDraft(name, picture(homes(), actor=actor).pk, size, cap), actor=actor)


def drawn(actor: Actor) -> SampleCheck:
    """Draw that check."""
    return draw_sample(announced(actor).pk, actor=actor)


def test_sample_is_what_anybody_draws_from_seed_and_list(office: Actor) -> None:
    sample = drawn(office)

    units = list(frame_of(sample.snapshot))
    again = {unit.number for one in draw(units, seed=sample.seed, size=4, cap=4) for unit in one.units}
    lines = "".join(sorted(f"{one.number}|{one.village_code}|{one.village_code[:9]}000|not_lifted\n" for one in units))
    assert {row.household.number for row in households_drawn(sample)} == again
    assert sample.frame_digest == frame_digest(units) == hashlib.sha256(lines.encode()).hexdigest()
    assert len(sample.seed) == 32


def test_the_list_is_handed_out_as_its_digest_says(office: Actor) -> None:
    sample = drawn(office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=f"{VILLAGE_CODE[:9]}000")

    text = hand_out_frame(sample.pk, actor=office)

    assert (hashlib.sha256(text).hexdigest(), text.count(b"\n")) == (sample.frame_digest, 8)
    with tenant_scope(clerk), pytest.raises(NotAllowed):
        hand_out_frame(sample.pk, actor=clerk)


def test_each_township_has_its_part_of_the_sample(office: Actor) -> None:
    sample = drawn(office)

    assert Counter(row.village_code for row in households_drawn(sample)) == {VILLAGE_CODE: 2, FAR_VILLAGE_CODE: 2}


def test_nothing_is_drawn_by_announcing(office: Actor) -> None:
    sample = announced(office)

    assert (sample.state, SampledHousehold.objects.count(), sample.frame_digest) == ("announced", 0, "")


def test_a_second_draw_is_refused(office: Actor) -> None:
    sample = drawn(office)

    with pytest.raises(Conflict) as refused:
        draw_sample(sample.pk, actor=office)

    assert refused.value.code == "sample.state"


def test_a_drawn_check_cannot_be_cancelled(office: Actor) -> None:
    sample = drawn(office)

    with pytest.raises(Conflict):
        cancel_sample(sample.pk, reason="不合意", actor=office)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sampling_samplecheck SET seed = repeat('a', 32)",
        "UPDATE sampling_sampledhousehold SET place = 9",
        "UPDATE sampling_samplecell SET households = 9",
        "DELETE FROM sampling_sampledhousehold",
        "UPDATE sampling_samplecheck SET state = 'announced'",
        ADDED,
    ],
)
def test_the_database_keeps_what_was_drawn(office: Actor, statement: str) -> None:
    drawn(office)

    with pytest.raises((DatabaseError, IntegrityError)), savepoint(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_household_that_is_in_no_stock_is_not_on_the_list(office: Actor) -> None:
    snapshot = picture([*homes(4), registered(number="S900", status="ordinary")], actor=office)

    assert {unit.number for unit in frame_of(snapshot)} == {"S000", "S001", "S002", "S003"}


def test_results_give_rate_and_interval_by_stratum(office: Actor) -> None:
    sample = drawn(office)
    first, *others = households_drawn(sample)

    note_result(first.pk, "wrong", wrong_codes=["income", "members"], on=today(), actor=office)
    for row in others:
        note_result(row.pk, "correct", wrong_codes=[], on=today(), actor=office)

    *strata, whole = lines_of(sample)
    assert [(line.shown.households, line.shown.drawn, line.shown.checked, line.shown.wrong) for line in strata] == [
        (4, 2, 2, 1),
        (4, 2, 2, 0),
    ]
    assert (whole.shown.rate, whole.shown.checked, whole.shown.households) == (0.25, 4, 8)
    assert sections_found(sample) == {"income": 1, "members": 1}


def test_who_was_not_met_counts_as_drawn_alone(office: Actor) -> None:
    sample = drawn(office)
    for row in households_drawn(sample):
        note_result(row.pk, "not_reached", wrong_codes=[], on=today(), actor=office)

    whole = lines_of(sample)[-1].shown
    assert (whole.drawn, whole.checked, whole.rate) == (4, 0, None)


def test_a_result_is_corrected_until_the_check_is_closed(office: Actor) -> None:
    sample = drawn(office)
    rows = list(households_drawn(sample))
    for row in rows:
        note_result(row.pk, "wrong", wrong_codes=["living"], on=today(), actor=office)
    note_result(rows[0].pk, "correct", wrong_codes=[], on=today(), actor=office)

    close_sample(sample.pk, actor=office)

    with pytest.raises(Conflict) as refused:
        note_result(rows[0].pk, "wrong", wrong_codes=["living"], on=today(), actor=office)
    assert (refused.value.code, lines_of(sample)[-1].shown.wrong) == ("sample.closed", 3)


def test_a_check_with_open_households_is_not_closed(office: Actor) -> None:
    sample = drawn(office)

    with pytest.raises(Conflict) as refused:
        close_sample(sample.pk, actor=office)

    assert refused.value.code == "sample.open"


@pytest.mark.parametrize(
    ("outcome", "codes", "days", "code"),
    [
        ("", [], 0, "sample.outcome"),
        ("perfect", [], 0, "sample.outcome"),
        ("wrong", [], 0, "sample.what_is_wrong"),
        ("correct", ["income"], 0, "sample.what_is_wrong"),
        ("wrong", ["religion"], 0, "sample.section"),
        ("correct", [], 1, "sample.day"),
        ("correct", [], -1, "sample.day"),
    ],
)
def test_a_result_that_cannot_be_is_refused(
    office: Actor, outcome: str, codes: list[str], days: int, code: str
) -> None:
    row = households_drawn(drawn(office))[0]

    with pytest.raises(DomainError) as refused:
        note_result(row.pk, outcome, wrong_codes=codes, on=today() + timedelta(days=days), actor=office)

    assert refused.value.code == code


def test_a_stale_result_is_refused(office: Actor) -> None:
    row = households_drawn(drawn(office))[0]
    note_result(row.pk, "correct", wrong_codes=[], on=today(), actor=office, version=1)

    with pytest.raises(StaleVersion):
        note_result(row.pk, "not_reached", wrong_codes=[], on=today(), actor=office, version=1)


def test_a_cap_that_leaves_too_few_is_refused_before_anything_is_kept(office: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        announced(office, size=8, cap=2)

    assert (refused.value.code, refused.value.field) == ("sample.cap_in_the_way", "cap_per_village")
    assert not SampleCheck.objects.exists()


def test_a_name_is_taken_once(office: Actor) -> None:
    sample = announced(office)

    with pytest.raises(Conflict) as refused:
        announce_sample(SampleDraft(sample.name, sample.snapshot_id, 4, 4), actor=office)

    assert refused.value.field == "name"


def test_a_township_sees_and_checks_its_own_households(office: Actor) -> None:
    sample = drawn(office)
    township = actor_of(Role.TOWNSHIP_CLERK, area=f"{VILLAGE_CODE[:9]}000")
    far = next(row for row in households_drawn(sample) if row.village_code == FAR_VILLAGE_CODE)

    with tenant_scope(township):
        seen = {row.village_code for row in households_drawn(find_sample(sample.pk, actor=township))}
        strata = [line.township_code for line in lines_of(sample)]
        with pytest.raises(NotFound):
            note_result(far.pk, "correct", wrong_codes=[], on=today(), actor=township)

    assert (seen, strata) == ({VILLAGE_CODE}, [f"{VILLAGE_CODE[:9]}000", ""])


def test_a_village_team_does_not_check_its_own_households(office: Actor) -> None:
    sample = drawn(office)
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    with tenant_scope(team), pytest.raises(NotAllowed):
        find_sample(sample.pk, actor=team)


def test_another_county_sees_no_sample(office: Actor) -> None:
    sample = drawn(office)
    other = county_office(county(OTHER_COUNTY_CODE))

    with tenant_scope(other), pytest.raises(NotFound):
        find_sample(sample.pk, actor=other)


@pytest.mark.parametrize("count", [4, 12])
def test_results_cost_the_same_for_few_and_for_many(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    snapshot = picture(homes(count), actor=office)
    sample = announce_sample(SampleDraft("查", snapshot.pk, count, count), actor=office)
    draw_sample(sample.pk, actor=office)

    with django_assert_num_queries(1):
        lines_of(sample)


def test_picture_of_a_part_of_the_county_is_refused(office: Actor) -> None:
    snapshot = picture(homes(4), actor=office)
    township = actor_of(Role.COUNTY_OFFICE, area=f"{VILLAGE_CODE[:9]}000")

    with tenant_scope(township), pytest.raises(NotFound):
        announce_sample(SampleDraft("查", snapshot.pk, 2, 4), actor=township)

    assert subtree(office.tenant_code).contains(VILLAGE_CODE)
    assert snapshot.as_of == date(2021, 1, 31)


def test_a_household_that_moved_counts_where_it_was_drawn(office: Actor) -> None:
    sample = drawn(office)
    near, far = (
        actor_of(Role.TOWNSHIP_CLERK, area=f"{village[:9]}000") for village in (VILLAGE_CODE, FAR_VILLAGE_CODE)
    )
    moved, _stays = households_drawn(sample).filter(village_code=VILLAGE_CODE)
    move_household(moved.household_id, FAR_VILLAGE_CODE, actor=office, on=today(), reason="搬迁")
    note_result(moved.pk, "correct", wrong_codes=[], on=today(), actor=office)

    with tenant_scope(far):
        assert moved.pk in {row.pk for row in households_drawn(sample)}
        note_result(moved.pk, "wrong", wrong_codes=["income"], on=today(), actor=far)
        of_far = lines_of(sample)[-1].shown
    with tenant_scope(near):
        assert moved.pk not in {row.pk for row in households_drawn(sample)}
        of_near = lines_of(sample)[-1].shown

    assert (of_near.drawn, of_near.checked, of_near.wrong) == (2, 1, 1)
    assert (of_far.drawn, of_far.checked, of_far.wrong) == (2, 0, 0)
    assert [line.shown.checked for line in lines_of(sample)] == [1, 0, 1]
