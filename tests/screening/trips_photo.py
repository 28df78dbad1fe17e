"""Samples for the checks of photographs: one that trips each, and a near miss with an innocent explanation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tests.screening.samples import honest
from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Place

Make = Callable[[], Dossier]


def photo(number: int, phase: str = "after", **more: Any) -> File:
    """A photograph that says nothing of itself but what is given."""
    return File(
        id=f"file-p{number}",
        path=f"photos/p{number}.jpg",
        sha256=f"{number:064x}",
        bytes=20_000,
        media="image/jpeg",
        kind="photo",
        phase=phase,
        tasks=("task-1",),
        recorded_at="2023-10-06T09:00:00+08:00",
        **more,
    )


def timed(claimed: str | None, captured: str | None, **more: Any) -> Dossier:
    return honest(files=(photo(1, claimed_at=claimed, captured_at=captured, **more),))


#: About 400 m by 500 m.
PARCEL = Place(
    id="place-hill", name="青石坡", kind="parcel", outline=((31.200, 110.300), (31.200, 110.305), (31.204, 110.305), (31.204, 110.300))
)


def on_parcel(spots: tuple[tuple[float, float], ...], days: tuple[str, ...] = ("2023-09-02", "2023-09-20")) -> Dossier:
    """Photographs of the parcel from these spots, taken on these days in turn."""
    case = honest()
    files = tuple(
        photo(n, place="place-hill", lat=lat, lon=lon, captured_at=f"{days[n % len(days)]}T10:{n:02}:00", claimed_at=days[n % len(days)])
        for n, (lat, lon) in enumerate(spots)
    )
    return replace(case, places=(*case.places, PARCEL), tasks=(replace(case.tasks[0], places=("place-hill",)),), files=files)


ROADSIDE = tuple((31.2001, 110.3003 + 0.0005 * n) for n in range(9))
ALL_OVER = ((31.2005, 110.3005), (31.2035, 110.3008), (31.2033, 110.3046), (31.2004, 110.3044), (31.202, 110.3025))

PHOTO_TRIPS: Mapping[str, Make] = {
    "PHOTO-TIME": lambda: timed("2023-09-30", "2022-08-16T10:20:00"),
    "PHOTO-COVER": lambda: on_parcel(ROADSIDE),
}
PHOTO_NEAR_MISSES: Mapping[str, Make] = {
    "PHOTO-TIME": lambda: timed("2023-09-30", "2023-09-28T10:20:00"),
    "PHOTO-COVER": lambda: on_parcel(ALL_OVER),
}
