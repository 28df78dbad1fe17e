"""The boards: an office by units, a city by districts. Every number leads to the list that it counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from xiaohao.acts.clock import now
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.hands import UNIT_WORDS
from xiaohao.records import boards, seeking
from xiaohao.records.boards import Board, Line
from xiaohao.records.seeking import turns
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.pages.find import address
from xiaohao.web.desk.show import show
from xiaohao.web.parts.bars import BarRow, Stretch
from xiaohao.web.parts.heat import Week, weeks_of

COLUMN_WORDS = (
    say("全部"),
    say("没有销号"),
    say("逾期"),
    say("本周到期"),
    say("被拒绝，待补"),
    say("90 天没有动静"),
    say("已销号"),
)
_OTHERS = say("不在县区的单位")


def office(request: HttpRequest) -> HttpResponse:
    """The office's board."""
    actor, at = account_of(request).actor, now()
    today, seen, turn = at.astimezone(CST).date(), visible_to(actor), turns()
    rows = [
        (
            row,
            (today - row.f_last.astimezone(CST).date()).days,
            UNIT_WORDS[role] if (role := turn.get((row.rulebook, row.status))) else say("整改办"),
        )
        for row in seeking.longest_silent(seen)  # type: ignore[attr-defined]
    ]
    context = {
        "waiting": [(UNIT_WORDS[role], figure.count, address(figure.filters)) for role, figure in boards.waiting(seen)],
        "silent": [(days, figure.count, address(figure.filters)) for days, figure in boards.silent(seen, today)],
        "longest": rows,
    }
    return show(request, "board", {**_drawn(boards.by_unit(seen, today)), **context, "weeks": _weeks(seen, today), "whose": "office"})


def city(request: HttpRequest) -> HttpResponse:
    """The city's board, a line for each district."""
    actor, today = account_of(request).actor, now().astimezone(CST).date()
    seen = visible_to(actor)
    return show(request, "board", {**_drawn(boards.by_district(seen, today)), "weeks": _weeks(seen, today), "whose": "city"})


def _weeks(seen: Any, today: date) -> tuple[Week, ...]:
    return linked_weeks(seeking.due_days(seen, today).elements(), today)


def linked_weeks(days: Any, today: date) -> tuple[Week, ...]:
    """The strip with each week leading to its tasks."""
    return weeks_of(days, today, href=lambda first, last: address(seeking.Filters(due=f"{first}..{last}" if first else "over")))


def _drawn(board: Board) -> dict[str, Any]:
    lines = [(line, _name(line), _cells(line)) for line in board.lines]
    return {"lines": lines, "whole": _cells(board.whole), "heads": COLUMN_WORDS, "bars": [_bar(line) for line in board.lines]}


def _name(line: Line) -> str | Said:
    return line.name or _OTHERS


def _cells(line: Line) -> list[tuple[int, str, Said]]:
    """(count, where it leads, the words above its column, which a phone shows beside it)."""
    return [(figure.count, address(figure.filters), head) for figure, head in zip(line.figures, COLUMN_WORDS, strict=True)]


def _bar(line: Line) -> BarRow:
    _all, still_open, over, _week, _stopped, _quiet, closed = (figure.count for figure in line.figures)
    stretches = (
        Stretch("done", say("已销号"), closed),
        Stretch("work", say("没有销号，没有逾期"), still_open - over),
        Stretch("back", say("逾期"), over),
    )
    return BarRow(_name(line), address(line.figures[0].filters), stretches, over, line.objections)
