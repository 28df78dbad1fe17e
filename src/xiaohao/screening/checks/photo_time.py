"""时间地点不符: the picture's own date, place or light contradicts what is claimed.

Innocent explanations looked for first: a day or two between shooting and filing; no EXIF at all (nothing is said); a wide site whose
position is only its middle; a river; a region. Source: EXIF 2.32 (DateTimeOriginal, GPS); `recorded_at` is the journal's and trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import pi, sqrt

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Place
from xiaohao.dossier.task import Inspection, TaskList
from xiaohao.dossier.where import Where
from xiaohao.evidence.photo import BadPicture, told_by
from xiaohao.kernel.geo import Position, metres_to, position, positions
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_instant, parse_when
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "PHOTO-TIME"
STAGE = "application"
NEEDS = ("files.captured_at/claimed_at/lat/lon", "series(kind=weather)")

#: Days between the shot and the day it is filed under: a day or two, and one more for what was taken before midnight (FINDINGS.md).
FILING_DAYS = 3
#: Days by which a camera's clock may be ahead of the journal's: it was set to another zone.
CLOCK_DAYS = 1
#: Metres from the site's position or edge; positions of sites are the middle of something large. Of waters and roads: many kilometres long.
ON_SITE_M, ON_LONG_SITE_M = 1_500, 10_000

_LONG = frozenset({"water", "road"})

BASIS = say("照片须是所称时间、所称地点拍摄的")


@dataclass(frozen=True, slots=True)
class _Told:
    """A photograph with what it says of itself, from the register or, where that is silent, from the picture's own bytes."""

    file: File
    taken: When | None
    at: Position | None


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding for each way of disagreeing, pointing at every photograph that shows it."""
    photos = [_told(case, file) for file in case.files_of(case.task.id) if file.kind == "photo"]
    if not any(photo.taken or photo.at for photo in photos):
        yield Skipped(ID, case.task.id, say("照片没有自带的拍摄时间和位置，或案卷中没有照片"))
        return
    days = [(off, photo) for photo in photos if (off := _days_off(case, photo))]
    if days:
        yield _time_finding(case, days)
    away = [(metres, photo) for photo in photos if (metres := _metres_off(case, photo)) is not None]
    if away:
        yield _place_finding(case, away)


def _told(case: Dossier, file: File) -> _Told:
    taken, at = parse_when(file.captured_at), position(file.lat, file.lon)
    if (taken is None or at is None) and (content := case.content_of(file.id)):
        try:
            own = told_by(content)
        except BadPicture:
            return _Told(file, taken, at)
        taken = taken or parse_when(own.captured_at)
        at = at or position(own.lat, own.lon)
    return _Told(file, taken, at)


# Time ---------------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Off:
    """By how many days the shot lies before (−) or after (+) what is claimed, and that in words."""

    days: int
    words: str


def _days_off(case: Dossier, photo: _Told) -> _Off | None:
    """The plainest contradiction of a photograph's own date, or None."""
    ways: tuple[Callable[[Dossier, _Told, When], _Off | None], ...] = (_from_claimed, _from_first_seen, _from_phase)
    return next((off for way in ways if photo.taken and (off := way(case, photo, photo.taken))), None)


def _from_claimed(_: Dossier, photo: _Told, taken: When) -> _Off | None:
    claimed = parse_when(photo.file.claimed_at)
    if claimed is None:
        return None
    if (before := (claimed.first - taken.last).days) > FILING_DAYS:
        return _Off(
            -before, say("拍摄于 {taken}，早于所称日期 {claimed} {days} 天", taken=_day(taken), claimed=_claimed_words(photo), days=before)
        )
    if (after := (taken.first - claimed.last).days) > FILING_DAYS:
        return _Off(
            after, say("拍摄于 {taken}，晚于所称日期 {claimed} {days} 天", taken=_day(taken), claimed=_claimed_words(photo), days=after)
        )
    return None


def _claimed_words(photo: _Told) -> str:
    return str(photo.file.claimed_at)[:10]


def _from_first_seen(_: Dossier, photo: _Told, taken: When) -> _Off | None:
    """Nothing can be filed before it is taken."""
    seen = parse_instant(photo.file.recorded_at).date()
    after = (taken.first - seen).days
    if after <= CLOCK_DAYS:
        return None
    return _Off(after, say("自带的拍摄日期 {taken} 晚于入库日期 {seen} {days} 天", taken=_day(taken), seen=seen, days=after))


def _from_phase(case: Dossier, photo: _Told, taken: When) -> _Off | None:
    """Where no day is claimed, the phase is the claim: nothing after the works was seen before the inspection, nothing before them after."""
    if photo.file.claimed_at:
        return None
    named = case.find(TaskList, case.task.list)
    inspection = case.find(Inspection, named.inspection) if named else None
    began, done = parse_when(inspection.start) if inspection else None, parse_when(case.task.done_at)
    if photo.file.phase == "after" and began and (days := (began.first - taken.last).days) > FILING_DAYS:
        return _Off(-days, say("标为“整改后”，拍摄于 {taken}，早于督察开始 {days} 天", taken=_day(taken), days=days))
    if photo.file.phase == "before" and done and taken.first > done.last + timedelta(days=FILING_DAYS):
        days = (taken.first - done.last).days
        return _Off(days, say("标为“整改前”，拍摄于 {taken}，晚于自报完成 {days} 天", taken=_day(taken), days=days))
    return None


def _day(when: When) -> str:
    return when.first.isoformat() if when.is_a_day else f"{when.first} … {when.last}"


def _time_finding(case: Dossier, days: list[tuple[_Off, _Told]]) -> Finding:
    worst, _ = max(days, key=lambda one: (abs(one[0].days), one[1].file.id))
    words = (
        say("照片{words}。", words=worst.words)
        if len(days) == 1
        else say("{count} 张照片的拍摄时间与所称不一致，其中一张{words}。", count=len(days), words=worst.words)
    )
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        tuple(Where(photo.file.id) for _, photo in sorted(days, key=lambda one: one[1].file.id)),
        words + say("请提供所称日期拍摄的原始照片，或更正日期。"),
        BASIS,
        {"days": worst.days, "photos": len(days)},
    )


# Place --------------------------------------------------------------------------------------------------------------------------------


def _metres_off(case: Dossier, photo: _Told) -> float | None:
    """Metres by which the photograph lies outside every place it may speak of, where that is too far; None where it is near or unknown."""
    if photo.at is None:
        return None
    own = case.find(Place, photo.file.place)
    places = [own] if own else [place for one in case.task.places if (place := case.find(Place, one))]
    found = [(metres, place) for place in places if (metres := _from_place(photo.at, place)) is not None]
    if not found or len(found) < len(places):
        return None
    metres, place = min(found, key=lambda one: one[0])
    return metres if metres > (ON_LONG_SITE_M if place.kind in _LONG else ON_SITE_M) else None


def _from_place(at: Position, place: Place) -> float | None:
    """Metres from the place's edge; None for a region without outline and a place without position."""
    if outline := positions(place.outline):
        return metres_to(at, outline)
    middle = position(place.lat, place.lon)
    if middle is None or place.kind == "region":
        return None
    reach = max(place.radius_m or 0.0, sqrt((place.area_ha or 0.0) * 10_000 / pi))
    return max(0.0, metres_to(at, (middle,)) - reach)


def _place_finding(case: Dossier, away: list[tuple[float, _Told]]) -> Finding:
    km = round(max(metres for metres, _ in away) / 1000, 1)
    words = (
        say("照片自带的位置不在现场，相距 {km} 公里。", km=km)
        if len(away) == 1
        else say("{count} 张照片自带的位置不在现场，最远相距 {km} 公里。", count=len(away), km=km)
    )
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        tuple(Where(photo.file.id) for _, photo in sorted(away, key=lambda one: one[1].file.id)),
        words + say("请提供在现场拍摄的照片，或说明拍摄地点与本任务的关系。"),
        BASIS,
        {"km": km, "photos": len(away)},
    )
