"""Samples for the checks of photographs: one that trips each, and a near miss with an innocent explanation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from random import Random
from typing import Any

from tests.fakes.pictures import COPIES, painted_over, saved, shot
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


def pictured(*files: tuple[str, str, bytes], **changes: Any) -> Dossier:
    """Photographs of one task from (phase, day, bytes)."""
    photos = tuple(
        replace(photo(n, phase, claimed_at=day, captured_at=f"{day}T10:00:00"), sha256=sha256(content).hexdigest())
        for n, (phase, day, content) in enumerate(files)
    )
    contents = {file.path: content for file, (_, _, content) in zip(photos, files, strict=True)}
    return replace(honest(), files=photos, contents=contents, **changes)


def with_other_task(case: Dossier, *mine: int, **changes: Any) -> Dossier:
    """The same photographs, those of these numbers filed for a second task elsewhere."""
    other = replace(
        case.tasks[0], id="task-2", number=6, title="青阜镇堆场", problem="青阜镇堆场无遮盖。", places=("place-yard",), **changes
    )
    places = (*case.places, Place(id="place-yard", name="青阜堆场", kind="site"))
    files = tuple(replace(f, tasks=("task-2",)) if n in mine else f for n, f in enumerate(case.files))
    return replace(case, kind="ledger", tasks=(*case.tasks, other), places=places, files=files)


def reused(change: str) -> Dossier:
    """A photograph of one task, changed in this way, filed for another."""
    case = pictured(("after", "2023-09-12", saved(shot(3))), ("after", "2023-09-28", COPIES[change](shot(3), Random(7))))
    return with_other_task(case, 1)


PHOTO_TRIPS: Mapping[str, Make] = {
    "PHOTO-TIME": lambda: timed("2023-09-30", "2022-08-16T10:20:00"),
    "PHOTO-COVER": lambda: on_parcel(ROADSIDE),
    "PHOTO-DUP": lambda: reused("all of it"),
    "BEFORE-AFTER": lambda: pictured(
        ("before", "2023-03-12", saved(shot(5))), ("after", "2023-09-12", saved(painted_over(shot(5), Random(1)), 80))
    ),
}
PHOTO_NEAR_MISSES: Mapping[str, Make] = {
    "PHOTO-TIME": lambda: timed("2023-09-30", "2023-09-28T10:20:00"),
    "PHOTO-COVER": lambda: on_parcel(ALL_OVER),
    "PHOTO-DUP": lambda: with_other_task(
        pictured(("after", "2023-09-12", saved(shot(3))), ("after", "2023-09-28", saved(shot(3, visit=1)))), 1
    ),
    "BEFORE-AFTER": lambda: pictured(("before", "2023-03-12", saved(shot(5))), ("after", "2023-09-12", saved(shot(5, visit=1)))),
}
