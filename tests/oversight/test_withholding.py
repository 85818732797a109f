"""Which divisions withhold their causes: nobody can tell a household by subtracting what is shown."""

from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.definitions.withholding import SMALL_NUMBER, withheld

COUNTY: Final = "549901000000"
TOWNSHIPS: Final = ("549901100000", "549901200000", "549901300000")
PARENTS: Final = {
    **dict.fromkeys(TOWNSHIPS, COUNTY),
    **{f"{township[:9]}20{village}": township for township, village in product(TOWNSHIPS, range(3))},
}
VILLAGES: Final = tuple(code for code, parent in PARENTS.items() if parent != COUNTY)


def with_sums(villages: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Add what townships and the county have."""
    sums = {code: dict(numbers) for code, numbers in villages.items()}
    for code, numbers in villages.items():
        for above in (PARENTS[code], COUNTY):
            here = sums.setdefault(above, {})
            for name, value in numbers.items():
                here[name] = here.get(name, 0) + value
    return sums


def causes(**households: int) -> dict[str, int]:
    return {f"main_{cause}_households": count for cause, count in households.items()}


def test_nothing_is_withheld_when_every_cause_has_enough() -> None:
    villages = {code: causes(ill=SMALL_NUMBER, school=0) for code in VILLAGES}

    assert withheld(with_sums(villages), PARENTS) == set()


def test_a_village_is_joined_by_the_smallest_when_it_alone_would_be_told_by_subtraction() -> None:
    sizes = {VILLAGES[0]: 1, VILLAGES[1]: 9, VILLAGES[2]: 7}
    villages = {code: causes(ill=sizes.get(code, 5)) for code in VILLAGES}

    assert withheld(with_sums(villages), PARENTS) == {VILLAGES[0], VILLAGES[2]}


def test_a_township_is_withheld_with_its_neighbour_when_it_stands_for_one_village() -> None:
    villages = {VILLAGES[0]: causes(ill=1), **{code: causes(ill=6) for code in VILLAGES[3:]}}

    hidden = withheld(with_sums(villages), PARENTS)

    assert hidden == {VILLAGES[0], TOWNSHIPS[0], VILLAGES[1], VILLAGES[2], TOWNSHIPS[1], *VILLAGES[3:6]}


def test_the_county_is_withheld_when_it_stands_for_one_village() -> None:
    assert COUNTY in withheld(with_sums({VILLAGES[0]: causes(ill=1)}), PARENTS)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=9, max_size=9))
def test_no_small_cell_of_a_village_is_told_by_what_is_shown(cells: list[tuple[int, int]]) -> None:
    """What a shown division leaves over, less all that is shown below it, is never of one village alone."""
    villages = {code: causes(ill=ill, school=school) for code, (ill, school) in zip(VILLAGES, cells, strict=True)}
    sums = with_sums(villages)

    hidden = withheld(sums, PARENTS)

    small = {code for code in VILLAGES if any(0 < count < SMALL_NUMBER for count in sums[code].values())}
    left_over = [len(unshown_in(code, hidden, sums)) for code in {COUNTY, *TOWNSHIPS} - hidden]
    assert small <= hidden
    assert 1 not in left_over


def unshown_in(code: str, hidden: set[str], sums: dict[str, dict[str, int]]) -> list[str]:
    """Give the peopled villages below a division that neither they nor a township above them show."""
    children = [child for child, parent in PARENTS.items() if parent == code]
    if not children:
        return [code] if code in hidden and any(sums[code].values()) else []
    inner = [village for child in children for village in unshown_in(child, hidden, sums)]
    open_townships = {child for child in children if child in TOWNSHIPS and child not in hidden}
    return [village for village in inner if PARENTS[village] not in open_townships]


@pytest.mark.parametrize("count", [0, SMALL_NUMBER, SMALL_NUMBER + 1])
def test_a_village_shows_its_causes_when_each_has_none_or_enough(count: int) -> None:
    villages = {code: causes(ill=SMALL_NUMBER, school=count) for code in VILLAGES}

    assert withheld(with_sums(villages), PARENTS) == set()
