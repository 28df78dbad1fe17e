"""Positions: distances, lengths, areas, inside or not."""

from __future__ import annotations

import pytest

from xiaohao.kernel.geo import Position, area_m2, inside, length_m, metres_between, metres_to, position, positions

SQUARE = positions([[30.0, 110.0], [30.0, 110.01], [30.01, 110.01], [30.01, 110.0]])


def test_a_degree_of_latitude_is_111_kilometres():
    assert metres_between(Position(30, 110), Position(31, 110)) == pytest.approx(111_195, rel=1e-3)


def test_a_degree_of_longitude_shrinks_with_latitude():
    assert metres_between(Position(60, 110), Position(60, 111)) == pytest.approx(111_195 / 2, rel=1e-3)


def test_length_and_area_of_an_outline():
    assert length_m(SQUARE[:3]) == pytest.approx(963 + 1112, abs=3)
    assert area_m2(SQUARE) == pytest.approx(963 * 1112, rel=0.01)
    assert area_m2(SQUARE[:2]) == 0


def test_inside_an_outline_the_distance_is_nothing():
    assert inside(Position(30.005, 110.005), SQUARE)
    assert metres_to(Position(30.005, 110.005), SQUARE) == 0
    assert not inside(Position(30.02, 110.005), SQUARE)
    assert metres_to(Position(30.02, 110.005), SQUARE) == pytest.approx(1112, abs=2)


def test_distance_to_a_line_is_to_its_nearest_stretch():
    line = positions([[30.0, 110.0], [30.01, 110.0]])
    assert metres_to(Position(30.005, 110.001), line) == pytest.approx(96.3, abs=0.5)
    with pytest.raises(ValueError, match="corner"):
        metres_to(Position(30, 110), ())


def test_half_a_position_is_none():
    assert position(30.0, None) is None
    assert positions([[30.0], [30.0, 110.0]]) == (Position(30.0, 110.0),)
