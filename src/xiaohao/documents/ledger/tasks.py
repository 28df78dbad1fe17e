"""Rows to tasks: the rows of one task taken together, cells with many numbered measures taken apart, and what is not right named by its cell.

A word such as 已完成 is kept as the ledger says it and never becomes a state. A task that the ledger calls closed (已销号, with a day) may be carried
in as found; that is for a person to choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from xiaohao.documents.bodies import bodies_in_list
from xiaohao.documents.items import numbered_parts
from xiaohao.documents.ledger.columns import Column, Meaning
from xiaohao.documents.ledger.deadline import Deadline, deadline_of
from xiaohao.documents.ledger.table import Row, Table, as_text
from xiaohao.documents.ledger.workbook import Value, cell_name
from xiaohao.evidence.numerals import ordinal
from xiaohao.kernel.said import Said, say

#: Characters that a problem, a goal or a measure may have; a cell of Excel holds 32,767.
_LONGEST = 20_000
_CLOSED = re.compile(r"已(?:经)?销号|完成销号|销号完成|同意销号|予以销号")
_NOT_CLOSED = re.compile(r"未销号|尚未|申请销号|拟销号|待销号|正在")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to be put right or looked at, by its cell. `stops` says that the task cannot go in like this."""

    cell: str
    row: int
    said: Said
    stops: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """A goal or a measure: its number as printed (or counted), its words, and for a measure of a row of its own who does it by when."""

    number: str
    text: str
    cell: str
    owner: str = ""
    due: str | None = None
    due_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTask:
    """One task of a ledger. `owners` are names as written, the first of them responsible; `values` is every column's text by its header, row by
    row (the ledger as it stands), `rows` their numbers in the sheet."""

    number: str
    title: str = ""
    problem: str = ""
    kind: str = "deadline"
    due: str | None = None
    due_words: str = ""
    owners: tuple[str, ...] = ()
    lead: str = ""
    supervisor: str = ""
    acceptor: str = ""
    person: str = ""
    goals: tuple[Promise, ...] = ()
    measures: tuple[Promise, ...] = ()
    progress: str = ""
    status: str = ""
    closed_on: str | None = None
    says_closed: bool = False
    rows: tuple[int, ...] = ()
    values: tuple[tuple[str, ...], ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def stops(self) -> bool:
        return any(problem.stops for problem in self.problems)


def tasks_in(table: Table, *, year: int, fixes: Mapping[str, str] | None = None) -> tuple[LedgerTask, ...]:
    """The tasks of a table. `year` is that of dates written without one; `fixes` are cells as a person corrected them (F12 → words)."""
    reader = _Reader(table, year, fixes or {})
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        groups.setdefault(reader.key(row), []).append(row)
    return tuple(reader.task(rows) for rows in groups.values())


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, year: int, fixes: Mapping[str, str]) -> None:
        self.table, self.year, self.fixes = table, year, fixes
        self.by = {meaning: [c.index for c in table.columns if c.meaning is meaning] for meaning in Meaning}
        self.fixed_rows = {int(digits[0]) for cell in fixes if (digits := re.findall(r"\d+", cell))}

    def key(self, row: Row) -> str:
        """What the rows of one task share: its number; a row without one stands alone."""
        number = self.text(row, Meaning.NUMBER)
        return f"n{_plain_number(number)}" if number else f"r{row.number}"

    def value(self, row: Row, index: int) -> Value:
        if row.number in self.fixed_rows and (fixed := self.fixes.get(self.cell(row, index))) is not None:
            return fixed
        return row.values[index]

    def text(self, row: Row, meaning: Meaning) -> str:
        return "、".join(dict.fromkeys(text for index in self.by[meaning] if (text := as_text(self.value(row, index)))))

    def as_it_stands(self, row: Row, column: Column) -> str:
        """The text of a cell; a deadline that is a bare number is the day it stands for."""
        value = self.value(row, column.index)
        if isinstance(value, int | float) and column.meaning in (Meaning.DUE, Meaning.CLOSED_ON):
            return deadline_of(value, year=self.year).words
        return as_text(value)

    def cell(self, row: Row, index: int) -> str:
        """The cell that holds the value: of a merged range, its first."""
        return cell_name(row.merged_from.get(index, row.number) - 1, index + self.table.left)

    def cell_of(self, row: Row, meaning: Meaning) -> str:
        return self.cell(row, self.by[meaning][0]) if self.by[meaning] else f"{row.number}"

    def task(self, rows: Sequence[Row]) -> LedgerTask:
        first = rows[0]
        deadlines = [self.deadline(row) for row in rows]
        measures = self.promises(rows, Meaning.MEASURE, deadlines)
        whole = _whole(deadlines)
        status = self.first(rows, Meaning.STATUS)
        progress = "\n".join(self.distinct(rows, Meaning.PROGRESS))
        closed, closed_wrong = self.closed_on(rows)
        task = LedgerTask(
            number=_plain_number(self.text(first, Meaning.NUMBER)),
            title=self.first(rows, Meaning.TITLE),
            problem="\n".join(self.distinct(rows, Meaning.PROBLEM)) or self.first(rows, Meaning.TITLE),
            kind=whole.kind,
            due=whole.due,
            due_words=whole.words,
            owners=tuple(
                dict.fromkeys(
                    name
                    for meaning in (Meaning.OWNER, Meaning.CO_OWNER)
                    for words in self.distinct(rows, meaning)
                    for name in _names(words)
                )
            ),
            lead=self.first(rows, Meaning.LEAD),
            supervisor=self.first(rows, Meaning.SUPERVISOR),
            acceptor=self.first(rows, Meaning.ACCEPTOR),
            person=self.first(rows, Meaning.PERSON),
            goals=self.promises(rows, Meaning.GOAL, ()),
            measures=measures,
            progress=progress,
            status=status,
            closed_on=closed,
            says_closed=_says_closed(status) or _says_closed(progress),
            rows=tuple(row.number for row in rows),
            values=tuple(tuple(self.as_it_stands(row, c) for c in self.table.columns) for row in rows),
        )
        return replace(task, problems=tuple(self.problems(task, rows, deadlines, closed_wrong)))

    def distinct(self, rows: Sequence[Row], meaning: Meaning) -> list[str]:
        return [text for text in dict.fromkeys(self.text(row, meaning) for row in rows) if text]

    def first(self, rows: Sequence[Row], meaning: Meaning) -> str:
        return next(iter(self.distinct(rows, meaning)), "")

    def deadline(self, row: Row) -> Deadline:
        if not self.by[Meaning.DUE]:
            return Deadline(None, "deadline", "")
        return deadline_of(self.value(row, self.by[Meaning.DUE][0]), year=self.year)

    def promises(self, rows: Sequence[Row], meaning: Meaning, deadlines: Sequence[Deadline]) -> tuple[Promise, ...]:
        """The goals or measures of the rows: one cell may hold many, a merged cell counts once."""
        if not self.by[meaning]:
            return ()
        index = self.by[meaning][0]
        found: list[Promise] = []
        seen: set[str] = set()
        for n, row in enumerate(rows):
            cell, text = self.cell(row, index), as_text(self.value(row, index))
            if not text or cell in seen:
                continue
            seen.add(cell)
            parts = _parts(text)
            own = deadlines[n] if deadlines else None
            alone = len(rows) > 1
            for number, words in parts:
                found.append(
                    Promise(
                        number=number or str(len(found) + 1),
                        text=words,
                        cell=cell,
                        owner=(self.text(row, Meaning.OWNER) if alone else ""),
                        due=own.due if own and alone else None,
                        due_words=own.words if own and alone else "",
                    )
                )
        numbers = [one.number for one in found]
        if len(set(numbers)) < len(numbers):
            found = [replace(one, number=str(n)) for n, one in enumerate(found, 1)]
        return tuple(found)

    def closed_on(self, rows: Sequence[Row]) -> tuple[str | None, Deadline | None]:
        for row in rows:
            for index in self.by[Meaning.CLOSED_ON]:
                if as_text(self.value(row, index)):
                    read = deadline_of(self.value(row, index), year=self.year)
                    return read.due, read if read.wrong or not read.due else None
        return None, None

    # What is not right

    def problems(self, task: LedgerTask, rows: Sequence[Row], deadlines: Sequence[Deadline], closed: Deadline | None) -> Iterable[Problem]:
        first = rows[0]
        if not task.number:
            yield self.problem(first, Meaning.NUMBER, say("缺任务编号"), stops=True)
        elif not re.fullmatch(r"[0-9A-Za-z_-]{1,40}", task.number):
            yield self.problem(
                first, Meaning.NUMBER, say("“{number}”不能作任务编号，只用数字、字母和短横", number=task.number[:20]), stops=True
            )
        if not task.problem:
            yield self.problem(first, Meaning.PROBLEM, say("缺问题"), stops=True)
        elif len(task.problem) > _LONGEST:
            yield self.problem(first, Meaning.PROBLEM, say("文字超过 {limit} 字", limit=_LONGEST), stops=True)
        if not task.owners:
            yield self.problem(first, Meaning.OWNER, say("缺责任单位"), stops=True)
        seen: set[str] = set()
        for row, deadline in zip(rows, deadlines, strict=True):
            if deadline.wrong and self.cell_of(row, Meaning.DUE) not in seen:
                seen.add(self.cell_of(row, Meaning.DUE))
                yield self.problem(row, Meaning.DUE, deadline.wrong, stops=True)
        if not task.due and task.kind == "deadline" and not any(d.wrong for d in deadlines):
            yield self.problem(first, Meaning.DUE, say("没有时限"), stops=False)
        if len(self.distinct(rows, Meaning.PROBLEM)) > 1:
            yield self.problem(first, Meaning.PROBLEM, say("第 {number} 项有几种问题表述，已合在一起", number=task.number), stops=False)
        if closed:
            yield self.problem(first, Meaning.CLOSED_ON, closed.wrong or say("没有读出日期"), stops=True)
        elif task.says_closed and not task.closed_on:
            yield self.problem(first, Meaning.STATUS, say("表中写已销号，没有销号日期：按未销号交办，或补上日期照录"), stops=False)

    def problem(self, row: Row, meaning: Meaning, said: Said, *, stops: bool) -> Problem:
        cell = self.cell_of(row, meaning)
        return Problem(cell, row.number, say("工作表“{sheet}”单元格 {cell}：{what}", sheet=self.table.sheet, cell=cell, what=said), stops)


def _whole(deadlines: Sequence[Deadline]) -> Deadline:
    """The deadline of the task: the latest of its rows; long-term wins as its kind."""
    read = [d for d in deadlines if d.words]
    if not read:
        return Deadline(None, "deadline", "")
    kind = "long_term" if any(d.kind == "long_term" for d in read) else read[0].kind
    latest = max(read, key=lambda d: d.due or "")
    words = "；".join(dict.fromkeys(d.words for d in read))
    return Deadline(latest.due, kind, words if len(words) <= 100 else latest.words[:100])


def _says_closed(words: str) -> bool:
    return bool(_CLOSED.search(words)) and not _NOT_CLOSED.search(words)


@lru_cache(maxsize=4096)
def _names(words: str) -> tuple[str, ...]:
    return tuple(name for name in bodies_in_list(words) if name)


@lru_cache(maxsize=8192)
def _parts(words: str) -> tuple[tuple[str | None, str], ...]:
    return tuple((number, part) for number, part in numbered_parts(words) if part)


@lru_cache(maxsize=8192)
def _plain_number(words: str) -> str:
    """7 for 第七项, 7. and 07; other numbers (D3QH202505280018, 二-3) as they stand."""
    bare = re.sub(r"\s", "", words)
    found = re.fullmatch(r"(?:第|问题|任务|整改任务)?([0-9一二三四五六七八九十百]{1,6})(?:项|个|条|号)?[.、．]?", bare)
    return str(int(ordinal(found[1]) or found[1])) if found and (ordinal(found[1]) or found[1].isdigit()) else bare
