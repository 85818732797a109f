"""The draw: by lots that anybody can check, in proportion, within the caps."""

import hashlib
from collections import Counter
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.lib.errors import DomainError
from sampling.definitions.drawing import Drawn, Stratum, Unit, draw, shares

FIRST, SECOND = "549901100000", "549901200000"


def units(counts: dict[tuple[str, str, str], int]) -> list[Unit]:
    """Make households by (township, group, village)."""
    made: list[Unit] = []
    for (township, group, village), count in counts.items():
        for _place in range(count):
            number = f"H{len(made):05}"
            made.append(Unit(UUID(int=len(made) + 1), number, village, Stratum(township, group)))
    return made


GROUND = {
    (FIRST, "lifted", "549901100201"): 60,
    (FIRST, "lifted", "549901100202"): 20,
    (FIRST, "monitored", "549901100201"): 10,
    (SECOND, "lifted", "549901200201"): 10,
}


def taken(drawn: list[Drawn]) -> list[str]:
    """Name the households taken."""
    return [unit.number for one in drawn for unit in one.units]


def test_the_lots_decide_as_anybody_can_reckon() -> None:
    frame = units({(FIRST, "lifted", "549901100201"): 50})

    drawn = draw(frame, seed="seed", size=5, cap=50)

    by_hand = sorted(frame, key=lambda unit: hashlib.sha256(f"seed|{unit.number}".encode()).hexdigest())
    assert taken(drawn) == [unit.number for unit in by_hand[:5]]


def test_the_same_seed_and_list_draw_the_same_in_any_order() -> None:
    frame = units(GROUND)

    assert taken(draw(frame, seed="a", size=20, cap=20)) == taken(draw(reversed(frame), seed="a", size=20, cap=20))


def test_another_seed_draws_others() -> None:
    frame = units(GROUND)

    assert taken(draw(frame, seed="a", size=20, cap=20)) != taken(draw(frame, seed="b", size=20, cap=20))


def test_each_stratum_has_its_part_and_two_at_least() -> None:
    drawn = draw(units(GROUND), seed="a", size=20, cap=20)

    assert {one.stratum: len(one.units) for one in drawn} == {
        Stratum(FIRST, "lifted"): 16,
        Stratum(FIRST, "monitored"): 2,
        Stratum(SECOND, "lifted"): 2,
    }


def test_a_village_gives_no_more_than_its_cap() -> None:
    frame = units({(FIRST, "lifted", "549901100201"): 60, (FIRST, "lifted", "549901100202"): 20})

    drawn = draw(frame, seed="a", size=20, cap=12)

    villages = Counter(unit.village_code for one in drawn for unit in one.units)
    assert villages == {"549901100201": 12, "549901100202": 8}
    assert drawn[0].capped_villages == {"549901100201"}


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 60), min_size=1),
    st.integers(0, 200),
    st.integers(0, 2),
)
@settings(max_examples=200, deadline=None)
def test_shares_add_up_and_stay_within_their_counts(counts: dict[str, int], total: int, least: int) -> None:
    given_out = shares(total, counts, least=least)

    at_least = sum(min(least, count) for count in counts.values())
    assert sum(given_out.values()) == min(max(total, at_least), sum(counts.values()))
    assert all(min(least, count) <= given_out[name] <= count for name, count in counts.items())


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(20, 60), min_size=2), st.integers(8, 100))
@settings(max_examples=200, deadline=None)
def test_shares_lie_within_one_of_their_proportion(counts: dict[str, int], total: int) -> None:
    total = min(total, sum(counts.values()))

    given_out = shares(total, counts, least=0)

    whole = sum(counts.values())
    assert all(abs(given_out[name] - total * count / whole) < 1 for name, count in counts.items())


def test_of_equal_remainders_the_first_township_goes_first() -> None:
    frame = units({(f"5499{place:02}100000", "lifted", f"5499{place:02}100201"): 10 for place in range(11, 23)})

    sizes = [len(one.units) for one in draw(frame, seed="a", size=30, cap=10)]

    # 2.5 of each of twelve townships.
    assert sizes == [3] * 6 + [2] * 6


def test_remainders_are_exact() -> None:
    # By floating point 0.1 + 0.2 of a part would put the last before the first.
    assert shares(10, {"a": 3, "b": 3, "c": 3, "d": 21}, least=0) == {"a": 1, "b": 1, "c": 1, "d": 7}


def test_small_strata_with_their_least_leave_the_others_in_proportion() -> None:
    counts = {"a": 1000, "b": 1000} | {f"small {place}": 10 for place in range(8)}

    given_out = shares(30, counts, least=2)

    assert (given_out["a"], given_out["b"], given_out["small 0"]) == (7, 7, 2)


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 500), min_size=2),
    st.integers(1, 400),
    st.integers(0, 3),
)
@settings(max_examples=200, deadline=None)
def test_who_has_more_than_the_least_is_in_proportion_to_the_others(
    counts: dict[str, int], total: int, least: int
) -> None:
    given_out = shares(total, counts, least=least)

    free = [name for name, count in counts.items() if min(least, count) < given_out[name] < count]
    per_household = [Fraction(given_out[one] - 1, counts[one]) for one in free]
    assert all(low < Fraction(given_out[one] + 1, counts[one]) for low in per_household for one in free)


def test_an_empty_list_gives_no_sample() -> None:
    with pytest.raises(DomainError) as refused:
        draw([], seed="a", size=0, cap=1)

    assert refused.value.code == "sample.too_small"


@pytest.mark.parametrize(
    ("size", "cap", "code"),
    [
        (101, 100, "sample.too_big"),
        (5, 100, "sample.too_small"),
        (20, 1, "sample.cap_too_small"),
        (40, 10, "sample.cap_in_the_way"),
    ],
)
def test_a_draw_that_cannot_be_is_refused(size: int, cap: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        draw(units(GROUND), seed="a", size=size, cap=cap)

    assert refused.value.code == code
