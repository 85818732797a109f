"""The geometry of charts, compared with figures worked out by hand."""

from math import hypot

import pytest

from registry.lib.plots import (
    Spot,
    clusters,
    every,
    hull,
    labels_with_room,
    nice_length,
    scale_of,
    spread,
    stacked,
)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([], (0, 1)),
        ([0, 0], (0, 1)),
        ([7], (0, 2, 4, 6, 8)),
        ([12, 100], (0, 50, 100)),
        ([-3, 9], (-5, 0, 5, 10)),
        ([0.3], (0, 0.1, 0.2, 0.3)),
        ([-8], (-8, -6, -4, -2, 0)),
        ([1_000_001], (0, 500_000, 1_000_000, 1_500_000)),
    ],
)
def test_scale_holds_zero_and_all_values_in_round_steps(values: list[float], ticks: tuple[float, ...]) -> None:
    assert scale_of(values).ticks == ticks


def test_share_is_the_place_between_low_and_high() -> None:
    scale = scale_of([-5, 10])

    assert [scale.share(value) for value in (-5, 0, 10)] == [0, pytest.approx(1 / 3), 1]


def test_stack_goes_up_with_what_is_added_and_down_with_what_is_taken() -> None:
    assert stacked([[3, -2, 4, None, -1]]) == [[(0, 3), (0, -2), (3, 7), (7, 7), (-2, -3)]]


def test_labels_are_left_out_when_they_have_no_room() -> None:
    assert every(["1月"] * 12) == 1
    assert every(["2026-01"] * 12) == 2
    assert every([]) == 1


def test_places_are_laid_out_north_above_in_one_scale() -> None:
    laid = spread([(100.0, 30.0), (101.0, 30.0), (100.0, 31.0)])
    (west, south), (east, _), (_, north) = laid.points

    assert west < east
    assert north < south
    # A degree of longitude at 30.5 degrees is 0.8616 of one of latitude.
    assert (east - west) / (south - north) == pytest.approx(0.8616, abs=1e-4)
    assert (south - north) * laid.km_per_px == pytest.approx(111.13)


def test_place_alone_lies_in_the_middle() -> None:
    laid = spread([(91.1, 29.6)])

    assert [*laid.points[0]] == pytest.approx([laid.width / 2, laid.height / 2])
    assert len(laid.points) == 1


def test_points_stay_inside_when_places_lie_in_a_row() -> None:
    laid = spread([(100.0, 25.0 + step / 10) for step in range(20)] + [(100.01, 27.0)])

    assert all(0 < x < laid.width and 0 < y < laid.height for x, y in laid.points)


def test_clusters_join_what_lies_close_to_their_first() -> None:
    assert clusters([(0, 0), (50, 0), (9, 0), (18, 0), (52, 3)], apart=10) == [[0, 2], [1, 4], [3]]


def test_hull_has_no_dent_and_leaves_inner_points_out() -> None:
    corners = hull([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2), (2, 0)])

    assert sorted(corners) == [(0, 0), (0, 4), (4, 0), (4, 4)]


def test_labels_cover_neither_each_other_nor_a_dot() -> None:
    spots = [Spot(50, 50, 6, "甲村"), Spot(70, 50, 6, "乙村"), Spot(60, 62, 6, "丙村"), Spot(300, 50, 6, "丁村")]

    chosen = labels_with_room(spots, width=320, height=100)

    assert chosen[0][0] == "end"  # the next dot lies to its right
    assert chosen[3][0] == "end"  # the edge lies to its right
    assert all(hypot(*offset) < 20 for _anchor, offset in chosen.values())


def test_length_is_the_longest_round_one_that_fits() -> None:
    assert [nice_length(most) for most in (0.7, 1, 4.9, 19, 260)] == [0.5, 1, 2, 10, 200]
