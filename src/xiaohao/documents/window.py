"""The publicity window of a notice: first and last day, the number of days it claims, and whether those are working days.

What is not said stays None: "自公示之日起5个工作日" claims five working days and names no first day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from xiaohao.evidence.dates import Dated, dates
from xiaohao.evidence.numerals import NUMBER, number
from xiaohao.evidence.ranges import DayRange, ranges


@dataclass(frozen=True, slots=True)
class Window:
    """`start`, `end`: the days as printed; `days` as claimed; `working` True for 工作日, False for 天, 日, 自然日. `from_today`: it opens on the day of the notice (即日起). Spans are folded offsets."""

    start: date | None = None
    end: date | None = None
    days: int | None = None
    working: bool | None = None
    span: tuple[int, int] | None = None
    days_span: tuple[int, int] | None = None
    from_today: bool = False


_NEAR = re.compile(r"公示|公告期|异议|监督")
_DAYS = re.compile(
    rf"(?P<count>{NUMBER})(?:个?（\d{{1,2}}）个?|个)? ?(?P<unit>天（工作日）|日（工作日）|法定工作日|工作日|自然日|日历日|日历天|天(?!然)|日(?![常均报内前后起]|\d))(?=(?P<behind>.{{0,12}}))"
)
_ANSWERED = re.compile(r"(?:之?内)?[^，。]{0,6}(?:答复|回复|办理|处理|核实|调查|受理|反馈(?:处理|结果)|告知|整改|上报|报送|完成)")
_PROMISED = re.compile(r"(?:收到|接到|受理|交办|转办|逾期|每|连续|监测|提前|第|约谈|印发|停产)[^，。；]{0,16}$")
_DECLARED = re.compile(
    r"公[示告](?:时间|期限|期间|日期|期|时限|天数|)?(?:（)?(?:为期|共计|共|为|：|是|一般)?[^，。；\d]{0,6}$|（?共计?(?:公示)?$|为期$|，?公示$|公示之日起|发布之日起|\d日?起，?(?:公示)?$|即日起|（$|^$|[，；（日止 ]共?$"
)


def read_window(text: str, stretches: list[tuple[int, int]], year: int | None) -> Window:
    """The window told in one of the `stretches` of the folded `text`, the most likely stretch first; `year` for a date without one."""
    best, best_score = Window(), 0
    for start, end in stretches:
        if best_score >= _TOLD:
            break
        for window, score in _windows(text, start, end, year):
            if score > best_score:
                best, best_score = window, score
    return _with_count_elsewhere(best, text, stretches[:-1], year) if best.end and best.days is None else best


def _with_count_elsewhere(window: Window, text: str, stretches: list[tuple[int, int]], year: int | None) -> Window:
    """The days and their count under labels of their own: 公示时间：2023年4月10日至14日, 公示期限：5个工作日."""
    for start, end in stretches:
        for other, _ in _without_range(text, start, end, year):
            if other.days is not None and other.start is None and not _holds(window.span, start, end):
                return replace(window, days=other.days, working=other.working, days_span=other.days_span)
    return window


def _holds(span: tuple[int, int] | None, start: int, end: int) -> bool:
    return span is not None and start <= span[0] < end


#: A window with its first and last day scores at least this; a count of days alone scores less and gives way to one.
_TOLD = 10


def _windows(text: str, start: int, end: int, year: int | None) -> list[tuple[Window, int]]:
    found: list[tuple[Window, int]] = []
    for each in ranges(text, start, end, year):
        before, behind = text[max(start, each.start - 40) : each.start], text[each.end : min(end, each.end + 40)]
        claimed = _claimed_behind(text, each, end)
        score = (
            2 * bool(re.search(r"公[示告]", _clause(before)))
            + 2 * bool(_NEAR.search(before[-30:]))
            + bool(re.match(r"[^，。]{0,12}公[示告]", behind))
            + 3 * (claimed is not None)
        )
        if score:
            found.append((_window(each, claimed or _claimed_before(text, start, each.start)), score + _TOLD))
    if not found:
        found += _without_range(text, start, end, year)
    return found


def _clause(before: str) -> str:
    return re.split(r"[。；\n]", before)[-1]


def _window(each: DayRange, claimed: re.Match[str] | None) -> Window:
    if each.glued_days is not None:
        in_workdays = claimed is not None and "工作日" in claimed["unit"]
        return Window(each.first, each.last, each.glued_days, in_workdays, (each.start, each.end), (each.start, each.end))
    days, working, span = _days(claimed)
    return Window(each.first, each.last, days, working, (each.start, each.end), span)


def _days(claimed: re.Match[str] | None) -> tuple[int | None, bool | None, tuple[int, int] | None]:
    if claimed is None:
        return None, None, None
    value = number(claimed["count"])
    return (int(value) if value else None), "工作日" in claimed["unit"], (claimed.start(), claimed.end("unit"))


def _claimed_behind(text: str, each: DayRange, end: int) -> re.Match[str] | None:
    """The count of days that follows the range: "，共5个工作日", "（5个工作日）", "止，公示期10天"."""
    if each.glued_days is not None:
        return re.compile(r"(?P<count>)个?(?P<unit>工作日|自然日|天|日)(?P<behind>)").match(text, each.end, end)
    stop = min(end, each.end + 40)
    for count in _DAYS.finditer(text, each.end, stop):
        between = text[each.end : count.start()]
        if not re.search(r"[。；\n]", re.sub(r"\n ?共?$", "", between)) and _counts_days(text, count) and len(between) <= 22:
            return count
    return None


def _claimed_before(text: str, start: int, at: int) -> re.Match[str] | None:
    """The count that stands before the range: "公示期为5个工作日（2021年1月6日至12日）", or in the sentence before."""
    counts = [
        count
        for count in _DAYS.finditer(text, max(start, at - 60), at)
        if _counts_days(text, count) and re.search("公[示告]", text[max(start, count.start() - 24) : count.end() + 8])
    ]
    return counts[-1] if counts else None


def _counts_days(text: str, count: re.Match[str]) -> bool:
    """Whether the days counted are those of the publicity, not of an answer or a task."""
    before = text[max(0, count.start() - 20) : count.start()]
    if before.endswith(("月", "年", "第")) or (before[-1:].isdigit() and count["count"][0].isdigit()):
        return False
    if _ANSWERED.match(count["behind"]) and not re.search(r"(?:公示|发布|公告)[^，。]{0,6}起$|公示期[^，。；]{0,8}$|公示$", before):
        return False
    if _PROMISED.search(before):
        return False
    value = number(count["count"])
    return bool(value) and value == int(value or 0) and 1 <= (value or 0) <= 365 and bool(_DECLARED.search(before))


def _without_range(text: str, start: int, end: int, year: int | None) -> list[tuple[Window, int]]:
    """A window told by a count alone, by its first day and a count, or by its last day alone."""
    for count in _DAYS.finditer(text, start, end):
        near = text[max(start, count.start() - 40) : count.start()]
        if not re.search(r"公示|公告之日|发布之日", near + text[count.end("unit") : count.end("unit") + 6]) or not _counts_days(
            text, count
        ):
            continue
        opening = _opening(text, start, count.start(), year)
        days, working, span = _days(count)
        placed = (opening.start, opening.end) if opening else span
        today = opening is None and bool(re.search(r"即日起[^。；\n]{0,12}$", near))
        return [(Window(opening.first if opening else None, None, days, working, placed, span, today), 5)]
    for last in dates(text, start, end, year):
        before = text[max(start, last.start - 16) : last.start]
        if last.first == last.last and re.search(r"公示[^。；]{0,10}(?:截?止至?|至|到)$|即日起至$|之日起至$", before):
            return [(Window(None, last.first, None, None, (last.start, last.end), from_today="即日起" in before), 4)]
    return []


def _opening(text: str, start: int, at: int, year: int | None) -> Dated | None:
    """The first day, where it is said: "自2021年1月6日起公示5个工作日"."""
    for day in dates(text, max(start, at - 40), at, year):
        if day.first == day.last and re.match(r" ?(?:起|开始)", text[day.end :]):
            return day
    return None
