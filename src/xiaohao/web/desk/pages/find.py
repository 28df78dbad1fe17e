"""The list under filters, put into words: each filter with its values and counts, what was found with the words marked, columns to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from xiaohao.documents.finding import Piece, snippet, words_of
from xiaohao.kernel.roles import TaskRole
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.hands import UNIT_WORDS
from xiaohao.procedure.standards import packaged_standards
from xiaohao.records.models import Org, Task
from xiaohao.records.seeking import ELSEWHERE, Counted, Filters, names_of
from xiaohao.web.parts.state import look

#: Values of one filter that are offered; the rest is found by words.
_MOST_VALUES = 40
DUE_WORDS: Mapping[str, Said] = {
    "over": say("已逾期"),
    "week": say("本周内到期"),
    "month": say("30 天内到期"),
    "later": say("30 天后到期"),
    "none": say("没有期限"),
    "ended": say("已销号，不再计期限"),
    "open": say("没有销号的"),
}
FACET_WORDS: Mapping[str, Said] = {
    "state": say("状态"),
    "unit": say("责任单位"),
    "round": say("督察"),
    "sort": say("问题类别"),
    "due": say("期限"),
}
ORDER_WORDS: Mapping[str, Said] = {
    "best": say("最相关的在前"),
    "due": say("最早到期的在前"),
    "recent": say("最近办理的在前"),
    "number": say("按序号"),
}
#: Columns that can be chosen beside the task itself.
COLUMN_WORDS: Mapping[str, Said] = {
    **{name: words for name, words in FACET_WORDS.items() if name != "due"},
    "list": say("清单"),
    "due": say("期限"),
}
USUAL_COLUMNS = ("state", "unit", "round", "due")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a filter with the number of tasks it would give."""

    value: str
    words: str | Said
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    words: Said
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One task of the list: its name and, where only the text holds what was asked, the stretch around it; a cell for each column."""

    task: Task
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    cells: tuple[tuple[str, Any], ...]


def facets_of(counts: Counted, filters: Filters) -> tuple[Facet, ...]:
    """Every filter with its values, a chosen value always among them."""
    names = names_of(counts)
    found = []
    for name, words in FACET_WORDS.items():
        chosen, values = getattr(filters, name), list(counts.by[name])
        if chosen and chosen not in dict(values):
            values.append((chosen, counts.total))
        shown = [
            Value(value, value_words(name, value, names), count, value == chosen) for value, count in values if value or name == "round"
        ]
        found.append(Facet(name, words, tuple(sorted(shown[:_MOST_VALUES] if not chosen else shown, key=lambda one: not one.chosen))))
    return tuple(found)


def value_words(name: str, value: str, names: Mapping[str, Mapping[str, str]]) -> Any:
    """What a value of a filter is called."""
    if name == "state":
        return look("" if value == "given" else value).word
    if name == "due":
        return DUE_WORDS.get(value) or say("{first} 至 {last} 到期", **dict(zip(("first", "last"), value.split("..", 1), strict=False)))
    if name == "sort":
        kind = packaged_standards().classes.get(value)
        return kind.title if kind else value
    return names.get(name, {}).get(value, value)


def chips_of(filters: Filters) -> tuple[tuple[Any, str], ...]:
    """Filters that boards set and that no menu shows, each with the address without it."""
    chips: list[tuple[Any, str]] = []
    if filters.below:
        name = Org.objects.filter(pk=filters.below).values_list("name", flat=True).first()
        chips.append((say("不在县区的单位") if filters.below == ELSEWHERE else say("{place}及以下", place=name or filters.below), "below"))
    if filters.turn:
        chips.append((say("等{unit}办理", unit=UNIT_WORDS[TaskRole(filters.turn)]), "turn"))
    if filters.quiet:
        chips.append((say("{days} 天以上没有动静", days=int(filters.quiet)), "quiet"))
    if filters.stopped:
        chips.append((say("上一次办理被拒绝"), "stopped"))
    return tuple((words, address(replace(filters, **{name: ""}))) for words, name in chips)


def address(filters: Filters, **more: str) -> str:
    """The list under these filters."""
    asked = filters.asked | {name: value for name, value in more.items() if value}
    return f"{reverse('desk_find')}?{urlencode(asked or {'view': 'all'})}"


def hits_of(rows: Sequence[Task], filters: Filters, columns: Sequence[str]) -> tuple[Hit, ...]:
    """The found tasks in words."""
    words = words_of(filters.q)
    return tuple(_hit(row, words, columns) for row in rows)


def _hit(row: Task, words: tuple[str, ...], columns: Sequence[str]) -> Hit:
    title = marked(row.title or row.problem[:28], words)
    text = snippet(row.problem, words) if words else ()
    return Hit(row, title, text if any(piece.hit for piece in text) else (), tuple((name, cell_of(row, name)) for name in columns))


def marked(text: str, words: tuple[str, ...]) -> tuple[Piece, ...]:
    """The whole of a short text with the words marked."""
    return snippet(text[:60], words) if words else (Piece(text),)


def cell_of(row: Task, name: str) -> Any:
    """What a column says of a task."""
    if name == "state":
        return "carried_in" if row.more.get("carried_in") else row.status
    if name == "unit":
        return row.owner.name
    if name == "round":
        return row.list.inspection.name
    if name == "list":
        return row.list.name
    if name == "sort":
        return value_words("sort", row.more.get("class") or "", {}) or "—"
    return row.due or "—"
