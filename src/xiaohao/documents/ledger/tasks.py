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
from xiaohao.documents.ledger.columns import Meaning
from xiaohao.documents.ledger.deadline import Deadline, deadline_of
from xiaohao.documents.ledger.table import Row, Table, as_text
from xiaohao.documents.ledger.workbook import cell_name
from xiaohao.evidence.numerals import ordinal
from xiaohao.kernel.said import Said, say

#: Characters that a problem, a goal or a measure may have; a cell of Excel holds 32,767.
_LONGEST = 20_000
#: A number becomes half of the task's address.
_NUMBER = re.compile(r"[0-9A-Za-z_-]{1,40}")
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
    reviewer: str = ""
    assessor: str = ""
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
    return tuple(reader.task(rows) for rows in reader.groups())


@dataclass(frozen=True, slots=True)
class _Read:
    """A row and its cells in words."""

    row: Row
    texts: tuple[str, ...]


_NO_DEADLINE = Deadline(None, "deadline", "")


class _Reader:
    """Reads the rows of one table. The texts of a row are made once; everything else looks them up."""

    def __init__(self, table: Table, year: int, fixes: Mapping[str, str]) -> None:
        self.table, self.year, self.fixes = table, year, fixes
        self.by = {meaning: tuple(c.index for c in table.columns if c.meaning is meaning) for meaning in Meaning}
        self.fixed_rows = {int(digits[0]) for cell in fixes if (digits := re.findall(r"\d+", cell))}
        self.dated = (*self.by[Meaning.DUE], *self.by[Meaning.CLOSED_ON])
        self.shown = tuple(c.index for c in table.columns)
        self.whole = self.shown == tuple(range(len(table.rows[0].values))) if table.rows else False

    def groups(self) -> Iterable[list[_Read]]:
        """The rows of one task each: those that share its number; a row without one stands alone."""
        found: dict[str, list[_Read]] = {}
        numbers = self.by[Meaning.NUMBER]
        for row in self.table.rows:
            read = _Read(row, self.texts(row))
            number = read.texts[numbers[0]] if numbers else ""
            key = _plain_number(number) if number else f"row {row.number}"  # no number holds a space
            if key in found:
                found[key].append(read)
            else:
                found[key] = [read]
        return found.values()

    def texts(self, row: Row) -> tuple[str, ...]:
        """Every cell in words, corrected ones as corrected; a deadline that is a bare number is the day it stands for."""
        texts = [value.strip() if type(value) is str else as_text(value) for value in row.values]
        for index in self.dated:
            value = row.values[index]
            if isinstance(value, int | float):
                texts[index] = deadline_of(value, year=self.year).words
        if row.number in self.fixed_rows:
            for index in self.shown:
                if (fixed := self.fixes.get(self.cell(row, index))) is not None:
                    texts[index] = fixed
        return tuple(texts)

    def cell(self, row: Row, index: int) -> str:
        """The cell that holds the value: of a merged range, its first."""
        return cell_name(row.merged_from.get(index, row.number) - 1, index + self.table.left)

    def cell_of(self, row: Row, meaning: Meaning) -> str:
        return self.cell(row, self.by[meaning][0]) if self.by[meaning] else f"{row.number}"

    def task(self, rows: Sequence[_Read]) -> LedgerTask:
        deadlines = [self.deadline(one) for one in rows]
        whole = deadlines[0] if len(rows) == 1 else _whole(deadlines)
        status = self.first(rows, Meaning.STATUS)
        progress = "\n".join(self.distinct(rows, Meaning.PROGRESS))
        closed, closed_wrong = self.closed_on(rows) if self.by[Meaning.CLOSED_ON] else (None, None)
        number = self.first(rows, Meaning.NUMBER)
        title = self.first(rows, Meaning.TITLE)
        problems = self.distinct(rows, Meaning.PROBLEM)
        owners = [name for words in self.distinct(rows, Meaning.OWNER) for name in _names(words)]
        owners += [name for words in self.distinct(rows, Meaning.CO_OWNER) for name in _names(words)]
        task = LedgerTask(
            number=_plain_number(number),
            title=title,
            problem=problems[0] if len(problems) == 1 else "\n".join(problems) or title,
            kind=whole.kind,
            due=whole.due,
            due_words=whole.words,
            owners=tuple(owners) if len(owners) == 1 else tuple(dict.fromkeys(owners)),
            lead=self.first(rows, Meaning.LEAD),
            supervisor=self.first(rows, Meaning.SUPERVISOR),
            acceptor=self.first(rows, Meaning.ACCEPTOR),
            reviewer=self.first(rows, Meaning.REVIEWER),
            assessor=self.first(rows, Meaning.ASSESSOR),
            person=self.first(rows, Meaning.PERSON),
            goals=self.promises(rows, Meaning.GOAL, ()),
            measures=self.promises(rows, Meaning.MEASURE, deadlines),
            progress=progress,
            status=status,
            closed_on=closed,
            says_closed=_says_closed(status) or _says_closed(progress),
            rows=tuple(one.row.number for one in rows),
            values=tuple(one.texts if self.whole else tuple(one.texts[index] for index in self.shown) for one in rows),
        )
        found = tuple(self.problems(task, rows, deadlines, closed_wrong, len(problems)))
        return replace(task, problems=found) if found else task

    def distinct(self, rows: Sequence[_Read], meaning: Meaning) -> list[str]:
        """The different texts of these columns, empty ones left out."""
        indexes = self.by[meaning]
        if len(indexes) == 1 and len(rows) == 1:
            text = rows[0].texts[indexes[0]]
            return [text] if text else []
        joined = ("、".join(dict.fromkeys(text for index in indexes if (text := one.texts[index]))) for one in rows)
        return [text for text in dict.fromkeys(joined) if text]

    def first(self, rows: Sequence[_Read], meaning: Meaning) -> str:
        indexes = self.by[meaning]
        if not indexes:
            return ""
        if len(indexes) == 1 and (text := rows[0].texts[indexes[0]]):
            return text
        return next(iter(self.distinct(rows, meaning)), "")

    def deadline(self, one: _Read) -> Deadline:
        indexes = self.by[Meaning.DUE]
        if not indexes:
            return _NO_DEADLINE
        value = one.row.values[indexes[0]]
        plain = isinstance(value, str) or one.row.number in self.fixed_rows
        return deadline_of(one.texts[indexes[0]] if plain else value, year=self.year)

    def promises(self, rows: Sequence[_Read], meaning: Meaning, deadlines: Sequence[Deadline]) -> tuple[Promise, ...]:
        """The goals or measures of the rows: one cell may hold many, a merged cell counts once."""
        if not self.by[meaning]:
            return ()
        index = self.by[meaning][0]
        found: list[Promise] = []
        seen: set[str] = set()
        several = len(rows) > 1
        for n, one in enumerate(rows):
            text = one.texts[index]
            if not text:
                continue
            cell = self.cell(one.row, index)
            if cell in seen:
                continue
            seen.add(cell)
            own = deadlines[n] if deadlines and several else _NO_DEADLINE
            owner = "、".join(self.distinct([one], Meaning.OWNER)) if several else ""
            for number, words in _parts(text):
                found.append(Promise(number or str(len(found) + 1), words, cell, owner, own.due, own.words))
        if len({promise.number for promise in found}) < len(found):
            return tuple(replace(promise, number=str(n)) for n, promise in enumerate(found, 1))
        return tuple(found)

    def closed_on(self, rows: Sequence[_Read]) -> tuple[str | None, Deadline | None]:
        for one in rows:
            for index in self.by[Meaning.CLOSED_ON]:
                if one.texts[index]:
                    read = deadline_of(one.texts[index], year=self.year)
                    return read.due, read if read.wrong or not read.due else None
        return None, None

    # What is not right

    def problems(
        self, task: LedgerTask, rows: Sequence[_Read], deadlines: Sequence[Deadline], closed: Deadline | None, wordings: int
    ) -> Iterable[Problem]:
        first = rows[0].row
        if not task.number:
            yield self.problem(first, Meaning.NUMBER, say("缺任务编号"), stops=True)
        elif not (task.number.isalnum() and task.number.isascii() and len(task.number) <= 40) and not _NUMBER.fullmatch(task.number):
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
        for one, deadline in zip(rows, deadlines, strict=True):
            if deadline.wrong and self.cell_of(one.row, Meaning.DUE) not in seen:
                seen.add(self.cell_of(one.row, Meaning.DUE))
                yield self.problem(one.row, Meaning.DUE, deadline.wrong, stops=True)
        if not task.due and task.kind == "deadline" and not any(d.wrong for d in deadlines):
            yield self.problem(first, Meaning.DUE, say("没有时限"), stops=False)
        if wordings > 1:
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
    if "销号" not in words:
        return False
    return bool(_CLOSED.search(words)) and not _NOT_CLOSED.search(words)


@lru_cache(maxsize=4096)
def _names(words: str) -> tuple[str, ...]:
    return tuple(name for name in bodies_in_list(words) if name)


@lru_cache(maxsize=8192)
def _parts(words: str) -> tuple[tuple[str | None, str], ...]:
    return tuple((number, part) for number, part in numbered_parts(words) if part)


def _plain_number(words: str) -> str:
    """7 for 第七项, 7. and 07; other numbers (D3QH202505280018, 二-3) as they stand."""
    if words.isdecimal() and words.isascii() and words[0] != "0":
        return words
    return _number_in_words(words)


@lru_cache(maxsize=8192)
def _number_in_words(words: str) -> str:
    bare = re.sub(r"\s", "", words)
    found = re.fullmatch(r"(?:第|问题|任务|整改任务)?([0-9一二三四五六七八九十百]{1,6})(?:项|个|条|号)?[.、．]?", bare)
    return str(int(ordinal(found[1]) or found[1])) if found and (ordinal(found[1]) or found[1].isdigit()) else bare
