"""Rhythms: "every Monday and Thursday since 2018", read into the spelling of Record.schedule.

A rhythm is a claim of many sessions whose number the text does not give; the calendar does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DAYS = {"一": "mon", "二": "tue", "三": "wed", "四": "thu", "五": "fri", "六": "sat", "日": "sun", "天": "sun", "末": "sat,sun"}
_ORDER = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {
    "周": "weekly",
    "星期": "weekly",
    "月": "monthly",
    "个月": "monthly",
    "季": "quarterly",
    "季度": "quarterly",
    "年": "yearly",
    "日": "daily",
    "天": "daily",
    "半年": "half_yearly",
    "旬": "ten_daily",
    "半月": "half_monthly",
}
_TIMES = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5"}

_WEEKDAYS = r"(?:周|星期|礼拜)?[一二三四五六日天末](?![次个回场轮])"
_RHYTHM = re.compile(
    rf"(?:每|逢)(?:逢|个)?(?P<week>周|星期|礼拜)(?P<days>[一二三四五六日天末](?![次个回场轮项家])(?:(?:、|和|及|与|，)?{_WEEKDAYS})*)"
    r"|每(?:个)?(?P<unit>星期|周|季度|季|半年|半月|月|年|旬|日|天)(?P<at>初|底|末|中旬|上旬|下旬)?(?:至少|不少于)?(?:(?P<verb>[^，。；、\d\n]{0,6}?)(?P<times>[一二两三四五\d])(?P<what>次|场|轮|回|期))?"
    r"|(?P<every>周|月|季)(?:例会|调度|通报|研判|会商)"
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A claimed rhythm at folded offsets; `schedule` as in Record.schedule: weekly:mon,thu, monthly, quarterly:2."""

    schedule: str
    start: int
    end: int


def rhythms(text: str, start: int = 0, end: int | None = None) -> list[Rhythm]:
    """The rhythms of a folded text, in order."""
    return [Rhythm(_schedule(found), *found.span()) for found in _RHYTHM.finditer(text, start, len(text) if end is None else end)]


def _schedule(found: re.Match[str]) -> str:
    if found["days"]:
        named = {day for sign in found["days"] if sign in _DAYS for day in _DAYS[sign].split(",")}
        return "weekly:" + ",".join(day for day in _ORDER if day in named)
    if found["every"]:
        return _UNITS[found["every"]]
    times = found["times"]
    count = _TIMES.get(times, times) if times else None
    return _UNITS[found["unit"]] + (f":{count}" if count and count != "1" else "")
