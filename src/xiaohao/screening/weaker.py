"""Whether one goal asks less than another: a wider limit, a longer mean, fewer months, fewer seasons, another place, a later day.

Used by the check on new versions of a plan and by the one on plans that stand under a superior's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.plan import Goal, Target
from xiaohao.evidence.dates import dates_in
from xiaohao.kernel.said import say
from xiaohao.kernel.units import UnitsDiffer, convert
from xiaohao.outcomes.words import demand, window_words

#: Two figures that differ by less than this share are one figure, written or converted with rounding.
ROUNDING = 0.005

#: From the strictest: one reading, one hour, … A limit for each day is harder to keep than the same limit for the year.
_WINDOWS = ("instant", "hour", "day", "month", "quarter", "year")
_UPPER, _LOWER = frozenset({"<", "<="}), frozenset({">", ">="})
_UNTIL = re.compile(r"前|底|末|之前|内")


@dataclass(frozen=True, slots=True)
class Weaker:
    """One respect in which the later or lower goal asks less: what it is, and the two values in words."""

    what: str
    words: str
    before: str | float
    after: str | float
    unit: str | None = None


def weaker(case: Dossier, before: Goal, after: Goal, *, same_place: bool = True) -> Iterator[Weaker]:
    """The respects in which `after` asks less than `before`; `same_place`: whether another place is one of them."""
    old, new = before.target, after.target
    if old is not None and new is None:
        yield Weaker("target", say("“{goal}”不再有可以核对的目标值", goal=demand(old)), demand(old), "")
    elif old is not None and new is not None:
        yield from _value(old, new)
        yield from _window(old, new)
        yield from _keeping(old, new)
        if same_place and old.place and new.place and old.place != new.place and not _holds(case, old.place, new.place):
            names = [_place(case, one) for one in (old.place, new.place)]
            yield Weaker("place", say("考核点位由“{before}”改为“{after}”", before=names[0], after=names[1]), old.place, new.place)
    deadline, later = _deadline(before.text), _deadline(after.text)
    if deadline and later and later > deadline:
        yield Weaker(
            "due", say("完成时限由 {before} 推迟到 {after}", before=deadline, after=later), deadline.isoformat(), later.isoformat()
        )


def _value(old: Target, new: Target) -> Iterator[Weaker]:
    if old.indicator != new.indicator:
        words = say("考核指标由“{before}”改为“{after}”", before=old.indicator, after=new.indicator)
        yield Weaker("indicator", words, old.indicator, new.indicator)
        return
    try:
        value = convert(new.value, new.unit, old.unit)
    except UnitsDiffer:
        return
    room = ROUNDING * abs(old.value)
    wider = (
        (old.operator in _UPPER and new.operator in _UPPER and value > old.value + room)
        or (old.operator in _LOWER and new.operator in _LOWER and value < old.value - room)
        or (old.operator in _UPPER and new.operator in _LOWER)
        or (old.operator in _LOWER and new.operator in _UPPER)
    )
    if wider:
        words = say("{indicator}目标由{before}放宽到{after}", indicator=old.indicator, before=demand(old), after=demand(new))
        yield Weaker("value", words, old.value, round(value, 6), old.unit)


def _window(old: Target, new: Target) -> Iterator[Weaker]:
    if old.window in _WINDOWS and new.window in _WINDOWS and _WINDOWS.index(new.window) > _WINDOWS.index(old.window):
        words = say("考核口径由{before}改为{after}", before=window_words(old.window), after=window_words(new.window))
        yield Weaker("window", words, old.window, new.window)


def _keeping(old: Target, new: Target) -> Iterator[Weaker]:
    before, after = old.min_months or 0, new.min_months or 0
    if after < before:
        yield Weaker("min_months", say("保持时间由 {before} 个月改为 {after} 个月", before=before, after=after), before, after)
    dropped = sorted(set(old.seasons) - set(new.seasons))
    if dropped:
        yield Weaker("seasons", say("不再要求经过原定的季节"), "、".join(old.seasons), "、".join(new.seasons))


def _holds(case: Dossier, outer: str, inner: str) -> bool:
    """Whether the place `inner` lies in `outer` by the tree of places."""
    seen: set[str] = set()
    place = case.find(Place, inner)
    while place and place.id not in seen:
        if place.id == outer:
            return True
        seen.add(place.id)
        place = case.find(Place, place.parent)
    return False


def _place(case: Dossier, place_id: str) -> str:
    place = case.find(Place, place_id)
    return place.name if place else place_id


def _deadline(text: str) -> date | None:
    """The only day by which a goal's words ask for it (2022年8月底前); None where they name none, or several days."""
    days = [dated.last for dated in dates_in(text) if _UNTIL.match(text[dated.end : dated.end + 2]) or dated.text.endswith(("底", "末"))]
    return days[0] if len(days) == 1 else None
