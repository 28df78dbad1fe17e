"""What photographs say of their day and place, set beside what is claimed: each contradiction, and each innocent explanation."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests.screening.samples import said
from tests.screening.trips_photo import ALL_OVER, ROADSIDE, on_parcel, photo, timed
from xiaohao.dossier import Dossier
from xiaohao.dossier.series import Series
from xiaohao.screening.checks import photo_time
from xiaohao.screening.finding import Skipped
from xiaohao.seeds.photos import Shot
from xiaohao.seeds.photos import photo as drawn


def test_the_days_between_shot_and_claim_are_counted():
    (found,) = said(timed("2023-09-30", "2022-08-16T10:20:00"), "PHOTO-TIME")
    assert found.figures == {"days": -410, "photos": 1}
    assert [pointer.id for pointer in found.where] == ["file-p1"]


@pytest.mark.parametrize(
    ("claimed", "captured"),
    [("2023-09-30", "2023-09-27"), ("2023-09-30", "2023-10-03"), ("2023-09", "2023-09-02"), ("2023", "2023-01-01"), (None, None)],
)
def test_a_few_days_and_dates_less_exact_are_no_contradiction(claimed, captured):
    assert said(timed(claimed, captured), "PHOTO-TIME") == []


def test_a_photograph_cannot_be_taken_after_it_was_first_seen():
    (found,) = said(timed("2023-10-09", "2023-10-09T09:00:00"), "PHOTO-TIME")
    assert found.figures["days"] == 3


@pytest.mark.parametrize(
    ("lat", "lon", "found"), [(31.2041, 110.3312, 0), (31.2131, 110.3312, 0), (31.2841, 110.3312, 1)], ids=["there", "1 km", "9 km"]
)
def test_a_photograph_far_from_its_site(lat, lon, found):
    case = timed("2023-09-30", "2023-09-30T10:00:00", lat=lat, lon=lon)
    here = replace(case.places[-1], id="place-p", lat=31.2041, lon=110.3312, kind="site", outline=(), radius_m=None, area_ha=None)
    case = replace(case, places=(*case.places, here), files=(replace(case.files[0], place="place-p"),))
    assert len(said(case, "PHOTO-TIME")) == found


def test_what_the_register_leaves_out_is_read_from_the_picture():
    shot = Shot("quarry" if "quarry" in _scenes() else _scenes()[0], "after", datetime(2021, 5, 4, 9, 30), "1", 31.2, 110.3, 90.0)  # noqa: DTZ001
    case = timed("2023-09-30", None)
    case = replace(case, contents={"photos/p1.jpg": drawn(shot)})
    (found,) = said(case, "PHOTO-TIME")
    assert found.figures["days"] == -879


def test_a_broken_picture_says_nothing_and_harms_nothing():
    case = replace(timed("2023-09-30", None), contents={"photos/p1.jpg": b"\xff\xd8\xff\xe1broken"})
    assert [type(one) for one in photo_time.check(case)] == [Skipped]


def test_where_no_day_is_claimed_the_phase_is_the_claim():
    def told(captured: str, phase: str) -> list[object]:
        case = timed(None, captured)
        inspection = replace(case.inspections[0], start="2022-09-01")
        return said(replace(case, inspections=(inspection,), files=(replace(case.files[0], phase=phase),)), "PHOTO-TIME")

    assert len(told("2019-03-01T09:00:00", "after")) == 1
    assert told("2023-09-20T09:00:00", "after") == []
    assert told("2022-09-02T09:00:00", "before") == []


def test_one_contradiction_is_said_once_and_points_at_every_photograph():
    case = timed("2023-09-30", "2022-08-16T10:20:00")
    case = replace(case, files=(*case.files, photo(2, claimed_at="2023-09-30", captured_at="2022-08-20")))
    (found,) = said(case, "PHOTO-TIME")
    assert [pointer.id for pointer in found.where] == ["file-p1", "file-p2"]


def test_roadside_photographs_cover_little_and_three_show_no_pattern():
    (found,) = said(on_parcel(ROADSIDE), "PHOTO-COVER")
    assert found.figures["covered"] < 0.2
    assert said(on_parcel(ROADSIDE[:3]), "PHOTO-COVER") == []


#: One road, 30 m inside the outline at most; and a walk through the middle that sees no more of the parcel.
ROAD = tuple((31.2002 + 0.00004 * (n % 2), 110.3003 + 0.0006 * n) for n in range(8))
THROUGH = tuple((31.202, 110.3003 + 0.0006 * n) for n in range(8))
LOOKING_IN = tuple((31.20005, 110.3003 + 0.0006 * n) for n in range(8))


def test_along_the_edge_more_must_be_seen_than_on_a_walk_through_the_middle():
    (found,) = said(on_parcel(ROAD), "PHOTO-COVER")
    assert found.figures["covered"] < 0.35
    assert said(on_parcel(THROUGH), "PHOTO-COVER") == []


def test_a_look_ahead_counts_once():
    case = on_parcel(LOOKING_IN)
    case = replace(case, files=tuple(replace(file, bearing=0.0) for file in case.files))
    assert len(said(case, "PHOTO-COVER")) == 1


def _green(values: dict[str, float]) -> tuple[Series, bytes]:
    csv = "time,value,mark\n" + "".join(f"{month}-15,{value},\n" for month, value in values.items())
    series = Series(
        id="series-g",
        indicator="植被覆盖度",
        place="place-hill",
        unit="%",
        kind="satellite",
        interval="month",
        file="file-g",
        tasks=("task-1",),
    )
    return series, csv.encode()


def _one_day(after: float) -> Dossier:
    case = on_parcel(ALL_OVER[:2], days=("2023-09-20",))
    values = {f"2022-{month:02}": 20.0 + month for month in range(1, 13)} | {f"2023-{month:02}": after + month for month in range(1, 10)}
    series, csv = _green(values)
    file = replace(photo(9), id="file-g", path="series/g.csv", kind="series", phase=None, tasks=())
    return replace(case, files=(*case.files, file), series=(series,), contents={"series/g.csv": csv})


def test_one_day_of_photographs_stands_against_an_index_that_does_not_rise():
    (found,) = said(_one_day(19.5), "PHOTO-COVER")
    assert found.where[-1].id == "series-g"
    assert said(_one_day(40.0), "PHOTO-COVER") == []


def _scenes() -> list[str]:
    from xiaohao.seeds.scenes import SCENES

    return list(SCENES)
