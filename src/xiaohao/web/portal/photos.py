"""Photos for everybody: before and after of the same point side by side, as copies without metadata, small enough for a telephone."""

from __future__ import annotations

from django.urls import reverse

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Place
from xiaohao.evidence.photo import BadPicture, size_as_seen
from xiaohao.kernel.geo import metres_between, position
from xiaohao.kernel.said import say, side_by_side
from xiaohao.web.parts.photos import Photo, PhotoPair

#: A notice shows at most this many pairs; all of them are in the case file.
MOST_PAIRS = 3
#: Pixels of the longer side of the copy in a page: sharp on a telephone's dense screen, near 60 kB (UX.md, section 9).
PAGE_SIDE = 800
_POINTS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")


def pairs_of(dossier: Dossier) -> tuple[PhotoPair, ...]:
    """The pairs of a notice as the page shows them."""
    pairs = [_pair(dossier, before, after) for before, after in file_pairs(dossier)]
    return tuple(pair for pair in pairs if pair)[:MOST_PAIRS]


def file_pairs(dossier: Dossier) -> tuple[tuple[File, File], ...]:
    """Pairs of the same place, the newest picture of each phase, in the order in which the first was recorded."""
    shots = [file for file in dossier.files_of(dossier.task.id) if file.kind == "photo" and file.place]
    before = {file.place: file for file in sorted(shots, key=_seen) if file.phase == "before"}
    after = {file.place: file for file in sorted(shots, key=_seen) if file.phase == "after"}
    return tuple((before[place], after[place]) for place in before if place in after)


def _seen(file: File) -> str:
    return file.recorded_at


def _pair(dossier: Dossier, before: File, after: File) -> PhotoPair | None:
    one, other = _photo(dossier, before, say("整改前")), _photo(dossier, after, say("整改后"))
    return PhotoPair(one, other, _apart(before, after)) if one and other else None


def _photo(dossier: Dossier, file: File, phase: str) -> Photo | None:
    size = _size_of(dossier.content_of(file.id))
    if size is None:
        return None
    place = dossier.find(Place, file.place)
    day = (file.captured_at or file.claimed_at or "")[:10]
    named = say("{phase}：{what}", phase=phase, what=file.caption or (place.name if place else ""))
    parts = [phase, day, place.name if place else "", _facing(file.bearing)]
    return Photo(reverse("evidence", args=[file.id]), *size, alt=named, caption=side_by_side(part for part in parts if part))


def _size_of(content: bytes | None) -> tuple[int, int] | None:
    """Width and height of the public copy, from the picture's head alone."""
    if content is None:
        return None
    try:
        width, height = size_as_seen(content)
    except BadPicture:
        return None
    shrink = min(1.0, PAGE_SIDE / max(width, height))
    return round(width * shrink), round(height * shrink)


def _facing(bearing: float | None) -> str:
    """朝向东北 48°."""
    if bearing is None:
        return ""
    return say("朝向{point} {degrees}°", point=_POINTS[round(bearing % 360 / 45) % 8], degrees=round(bearing))


def _apart(before: File, after: File) -> str:
    """How far apart the two stood and how differently they looked, where both files say so."""
    one, other = position(before.lat, before.lon), position(after.lat, after.lon)
    if one is None or other is None:
        return say("同一点位。照片没有记录坐标，距离没有核对。")
    metres = round(metres_between(one, other))
    if before.bearing is None or after.bearing is None:
        return say("同一点位，两次拍摄相距 {metres} 米。", metres=metres)
    turned = abs((after.bearing - before.bearing + 180) % 360 - 180)
    return say("同一点位，两次拍摄相距 {metres} 米，朝向相差 {degrees}°。", metres=metres, degrees=round(turned))
