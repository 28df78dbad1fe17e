"""Fakes and honest twins for the checks of photographs: drawn pictures filed in small dossiers, three grades, several ways each.

`make(check, seed, grade)` gives a fake of that grade, or with grade None an honest twin. The same seed gives the same dossier.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from zlib import crc32

from tests.fakes.pictures import COPIES, painted_over, saved, shot, toned
from tests.screening.trips_photo import on_parcel, pictured, timed, with_other_task
from xiaohao.dossier import Dossier
from xiaohao.dossier.task import Link

Grade = str | None
GRADES = ("obvious", "careful", "cunning")

_WAYS = {
    "obvious": ("recompressed", "resized", "stamped"),
    "careful": ("toned", "mirrored", "cropped 70", "framed", "turned"),
    "cunning": ("cropped 30", "screenshot", "all of it"),
}


def photo_dup(rng: Random, grade: Grade) -> Dossier:
    scene = rng.randrange(10**6)
    others = [("before", "2023-03-02", saved(shot(scene + 1))), ("during", "2023-06-09", saved(shot(scene + 2)))]
    first = ("after", "2023-09-12", saved(shot(scene), rng.randint(78, 92)))
    if grade:
        second = ("after", "2023-09-28", COPIES[rng.choice(_WAYS[grade])](shot(scene), rng))
        return with_other_task(pictured(first, second, *others), 1)
    way = rng.choice(("again", "linked", "burst"))
    if way == "again":
        return with_other_task(pictured(first, ("after", "2023-09-28", saved(shot(scene, 1))), *others), 1)
    if way == "linked":
        link = (Link(task="task-1", relation=rng.choice(("same_site", "same_firm"))),)
        return with_other_task(pictured(first, first, *others), 1, links=link)
    return pictured(first, ("after", "2023-09-12", saved(shot(scene), 70)), *others)


def before_after(rng: Random, grade: Grade) -> Dossier:
    scene = rng.randrange(10**6)
    before = shot(scene)
    quality = {"obvious": 92, "careful": 75, "cunning": 55}.get(grade or "", 85)
    after = painted_over(before, rng, rng.randint(2, 5)) if grade else shot(scene, 1)
    if grade == "cunning":
        after = toned(after, rng)
    return pictured(("before", "2023-03-12", saved(before)), ("after", "2023-09-12", saved(after, quality)))


def photo_time(rng: Random, grade: Grade) -> Dossier:
    off = {"obvious": rng.randint(150, 700), "careful": rng.randint(20, 90), "cunning": rng.randint(5, 14)}.get(
        grade or "", rng.randint(-2, 2)
    )
    claimed = date(2023, 9, 30)
    taken = claimed - timedelta(days=off)
    return timed(f"{claimed}", f"{taken}T{rng.randint(8, 17):02}:{rng.randint(0, 59):02}:00" if grade or rng.random() < 0.8 else None)


def photo_cover(rng: Random, grade: Grade) -> Dossier:
    width = {"obvious": 0.0001, "careful": 0.0002, "cunning": 0.0003}.get(grade or "", 0.0036)
    count = rng.randint(6, 11)
    spots = tuple((31.2001 + rng.uniform(0, width), 110.3002 + 0.0046 * n / (count - 1)) for n in range(count))
    if grade is None:
        spots = (*spots, (31.2036, 110.3004), (31.2037, 110.3045), (31.2003, 110.3046))
    return on_parcel(spots)


FAMILIES = {"PHOTO-DUP": photo_dup, "BEFORE-AFTER": before_after, "PHOTO-TIME": photo_time, "PHOTO-COVER": photo_cover}


def make(check: str, seed: int, grade: Grade) -> Dossier:
    return FAMILIES[check](Random(crc32(f"{check}/{seed}/{grade}".encode())), grade)
