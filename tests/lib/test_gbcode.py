"""Division codes: levels, parents, and subtrees as code ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.lib.errors import DomainError
from registry.lib.gbcode import CodeRange, Level, ancestor_at, ancestors, check_code, level_of, parent_of, subtree

COUNTY = "549901000000"
provinces = st.integers(10, 99).map(str)
codes = st.builds(
    lambda province, rest, kept: (province + rest[:kept]).ljust(12, "0"),
    provinces,
    st.text("0123456789", min_size=10, max_size=10),
    st.sampled_from([0, 2, 4, 7, 10]),
)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("540000000000", Level.PROVINCE),
        ("549900000000", Level.PREFECTURE),
        (COUNTY, Level.COUNTY),
        ("549901100000", Level.TOWNSHIP),
        ("549901100200", Level.VILLAGE),
    ],
)
def test_level_of_follows_the_trailing_zeros_when_asked(code: str, level: Level) -> None:
    assert level_of(code) == level


def test_ancestors_are_named_nearest_first_when_the_code_is_a_village() -> None:
    above = ancestors("549901100200")

    assert above == ("549901100000", COUNTY, "549900000000", "540000000000")


def test_parent_of_is_none_when_the_code_is_a_province() -> None:
    assert parent_of("540000000000") is None


def test_parent_of_skips_the_county_when_a_city_has_none() -> None:
    assert parent_of("441900003000") == "441900000000"


def test_subtree_of_county_holds_its_own_code_when_no_township_does() -> None:
    township = subtree("549901100000")
    county = subtree(COUNTY)

    assert county == CodeRange(COUNTY, "549902000000")
    assert county.contains(COUNTY)
    assert not township.contains(COUNTY)
    assert county.includes(township)


def test_subtree_of_county_leaves_the_neighbour_out_when_codes_touch() -> None:
    assert not subtree(COUNTY).contains("549902000000")


@pytest.mark.parametrize(
    "text", ["", "5499", "54990100000", "5499010000000", "54990100000a", "５４９９０１００００００", "019901000000"]
)
def test_check_code_refuses_when_the_text_is_no_code(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_code(text, field="village")

    assert (refused.value.code, refused.value.field) == ("division.malformed", "village")


def test_ancestor_at_refuses_when_the_level_is_below() -> None:
    assert ancestor_at("549901100200", Level.COUNTY) == COUNTY
    with pytest.raises(ValueError, match="below itself"):
        ancestor_at(COUNTY, Level.VILLAGE)


def test_code_range_refuses_when_it_is_empty() -> None:
    with pytest.raises(ValueError, match="begins before"):
        CodeRange(COUNTY, COUNTY)


@given(codes)
def test_subtree_lies_in_the_subtree_of_every_ancestor(code: str) -> None:
    inside = [subtree(above).includes(subtree(code)) for above in ancestors(code)]

    assert all(inside)
    assert subtree(code).contains(code)


@given(codes, codes)
def test_subtree_contains_a_code_exactly_when_it_is_the_root_or_an_ancestor(root: str, code: str) -> None:
    contained = subtree(root).contains(code)

    assert contained == (code == root or root in ancestors(code))


@given(codes)
def test_parent_of_is_the_nearest_ancestor(code: str) -> None:
    assert parent_of(code) == next(iter(ancestors(code)), None)
