"""A batch of notices compared with each other: accounts used twice (TXT-DUP), problems that come back (RECUR). Nothing but the notices is needed.

Kept of each text are its sampled grams and, packed, the few things that are compared; a batch of ten thousand stays in tens of megabytes.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import TYPE_CHECKING

from xiaohao.dossier import Dossier
from xiaohao.dossier.codec import dossier_from_json, dossier_to_json
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import Task
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import np
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.screening.checks import recur, txt_dup
from xiaohao.screening.copied.grams import Hashes, among, grams, sampled
from xiaohao.screening.copied.masked import counts, masked
from xiaohao.screening.copied.own_text import read_statement
from xiaohao.screening.copied.spread import Phrases, pairs_within, phrases_of
from xiaohao.screening.finding import Finding, Severity
from xiaohao.screening.notice_text import plain

if TYPE_CHECKING:
    import numpy.typing as npt

#: Problems in words: one problem of one unit to this degree, figures aside.
ONE_PROBLEM = 0.8
#: Two accounts, or two problems, that share fewer sampled grams are not held side by side.
FEWEST_GRAMS = 3
#: What a text is told apart by in a pointer into another one: text-0123456789ab:completion-1.
BETWEEN = ":"


_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}?(?:镇|乡|街道|村|河|湖|江|水库|断面|大桥|公司|厂|矿|园区|开发区|填埋场|采石场|山|沟)")


@dataclass(frozen=True, slots=True)
class _Kept:
    """One text: its input's name, its bundle id, the day it bears, where its problem came from (`source`) and whose it is; the grams of its
    account with the sentence of each, those of its problem, and the rest packed."""

    name: str
    bundle: str
    day: str
    source: str
    owner: str
    account: Hashes
    sentence: npt.NDArray[np.int16]
    problem: Hashes
    packed: bytes

    def dossier(self) -> Dossier:
        return dossier_from_json(json.loads(zlib.decompress(self.packed)))


class Batch:
    """The texts of one call, in the order in which they were read."""

    def __init__(self) -> None:
        self._kept: dict[int, _Kept] = {}

    def add(self, number: int, name: str, dossier: Dossier) -> None:
        """Keep what is compared of a text under the number of its input, and its name without the folder it happens to lie in; one that lists no task or gives no account has nothing to compare."""
        said = _account(dossier)
        if not dossier.is_text or len(dossier.tasks) != 1 or said is None:
            return
        slim = Dossier(
            id=dossier.id, kind="dossier", made_at=dossier.made_at, orgs=dossier.orgs, tasks=dossier.tasks, plans=dossier.plans, statements=(said,),
            lists=dossier.lists, inspections=dossier.inspections,
        )  # fmt: skip
        packed = zlib.compress(json.dumps(dossier_to_json(slim), ensure_ascii=False, separators=(",", ":")).encode())
        problem = np.unique(grams(masked(dossier.tasks[0].problem)).hashes)
        account = sampled(read_statement(slim, said).grams)
        self._kept[number] = _Kept(
            PurePath(name).name,
            dossier.id,
            said.date,
            _source(slim),
            plain(slim.org_name(slim.tasks[0].owner)),
            account.hashes,
            account.sentence.astype(np.int16),
            problem,
            packed,
        )

    def compared(self) -> Mapping[int, frozenset[str]]:
        """Which checks held a text against others, by the number of its input: RECUR only where the text names its unit and its inspection."""
        if len(self._kept) < 2:
            return {}
        return {
            number: frozenset({txt_dup.ID, recur.ID} if kept.owner and kept.source else {txt_dup.ID}) for number, kept in self._kept.items()
        }

    def findings(self) -> Mapping[int, tuple[Finding, ...]]:
        """What the texts say together, by the number of the input that it is said of: the later one of two."""
        found: dict[int, tuple[Finding, ...]] = {}
        for number, finding in (*self._used_twice(), *self._come_back()):
            found[number] = (*found.get(number, ()), finding)
        return found

    def _used_twice(self) -> list[tuple[int, Finding]]:
        numbers = list(self._kept)
        accounts = [self._kept[number].account for number in numbers]
        phrases = phrases_of(accounts)
        best: dict[int, Finding] = {}
        for i, j in pairs_within(accounts, phrases.everybodys, FEWEST_GRAMS):
            later, earlier = self._in_order(numbers[i], numbers[j])
            finding = self._one_account(later, earlier, phrases)
            if finding and (later not in best or finding.figures["shared_chars"] > best[later].figures["shared_chars"]):
                best[later] = finding
        return sorted(best.items(), key=lambda one: one[0])

    def _one_account(self, later: int, earlier: int, phrases: Phrases) -> Finding | None:
        one, other = self._kept[later], self._kept[earlier]
        mine, theirs = one.dossier(), other.dossier()
        if one.bundle == other.bundle or _one_task(mine, theirs):
            return None
        both = _beside(mine, theirs)
        everybodys, much_used = (
            np.union1d(_everybodys(mine, one, common), _everybodys(theirs, other, common))
            for common in (phrases.everybodys, phrases.much_used)
        )
        twice = [
            pair
            for pair in txt_dup.used_twice(both, both.statements, Phrases(everybodys, much_used))
            if pair.later.task == mine.tasks[0].id
        ]
        names = {mine.tasks[0].id: _this(mine.tasks[0]), both.tasks[1].id: _that(other.name, theirs.tasks[0])}
        return next(iter(txt_dup.findings(both, twice, names)), None)

    def _come_back(self) -> list[tuple[int, Finding]]:
        best: dict[int, tuple[int, Finding]] = {}
        for one, other in self._of_one_unit():
            later, earlier = self._in_order(one, other)
            finding = _again(self._kept[later].dossier(), self._kept[earlier].dossier(), self._kept[earlier].name)
            if finding and (later not in best or finding.figures["months"] < best[later][0]):
                best[later] = (int(finding.figures["months"]), finding)
        return [(number, finding) for number, (_, finding) in sorted(best.items())]

    def _of_one_unit(self) -> Iterator[tuple[int, int]]:
        """Pairs of texts of one unit and of two inspections, on different days, whose problems share words."""
        units: dict[str, list[int]] = {}
        for number, kept in self._kept.items():
            if kept.owner and kept.source:
                units.setdefault(kept.owner, []).append(number)
        for numbers in units.values():
            for i, j in pairs_within([self._kept[number].problem for number in numbers], np.zeros(0, dtype=np.uint64), FEWEST_GRAMS):
                one, other = self._kept[numbers[i]], self._kept[numbers[j]]
                if one.source != other.source and one.day != other.day:
                    yield numbers[i], numbers[j]

    def _in_order(self, one: int, other: int) -> tuple[int, int]:
        """(later, earlier) by the days that the texts bear; by their content where they bear one day."""
        days = {number: (self._kept[number].day, self._kept[number].bundle) for number in (one, other)}
        return (one, other) if days[one] > days[other] else (other, one)


def _account(dossier: Dossier) -> Statement | None:
    return next((one for one in dossier.statements if one.kind == "completion" and one.text.strip()), None)


def _day(dossier: Dossier) -> str:
    return dossier.statements[0].date


def _one_task(one: Dossier, other: Dossier) -> bool:
    """Whether two notices are about one task: a draft and its final, or the shares of many units. They state the same problem of one list."""
    return plain(one.tasks[0].problem) == plain(other.tasks[0].problem) and _source(one) == _source(other)


def _source(dossier: Dossier) -> str:
    """Which inspection the problem came of, as the text names it."""
    return plain(dossier.inspections[0].name) if dossier.inspections else ""


def _beside(mine: Dossier, theirs: Dossier) -> Dossier:
    """Two texts as one ledger; what belongs to the other one bears its bundle's id before its own. The later one comes second in time."""
    mark = f"{theirs.id}{BETWEEN}"
    task = replace(theirs.tasks[0], id=mark + theirs.tasks[0].id, links=())
    plans = tuple(replace(plan, id=mark + plan.id, task=task.id) for plan in theirs.plans)
    said = tuple(replace(one, id=mark + one.id, task=task.id, recorded_at="1") for one in theirs.statements)
    orgs = tuple(replace(org, id=mark + org.id, parent=None, leaders=()) for org in theirs.orgs)
    ours = tuple(replace(one, recorded_at="2") for one in mine.statements)
    return replace(
        mine,
        kind="ledger",
        tasks=(*mine.tasks, task),
        plans=(*mine.plans, *plans),
        statements=(*ours, *said),
        orgs=(*mine.orgs, *orgs),
        inspections=(),
        lists=(),
    )


def _everybodys(dossier: Dossier, kept: _Kept, common: Hashes) -> Hashes:
    """Every gram of the sentences of an account of whose sampled grams at least half are everybody's."""
    every = grams(masked(_said(dossier)))
    often = among(kept.account, common)
    size = int(kept.sentence.max(initial=0)) + 1
    times, of_all = counts(kept.sentence, size), counts(kept.sentence[often], size)
    phrases = np.flatnonzero((times > 0) & (2 * of_all >= times))
    return np.unique(np.concatenate((common, every.hashes[np.isin(every.sentence, phrases)])))


def _said(dossier: Dossier) -> str:
    return dossier.statements[0].text


def _again(later: Dossier, earlier: Dossier, name: str) -> Finding | None:
    """The later notice lists, from another inspection or round, what the earlier one has already published as done."""
    task, before = later.tasks[0], earlier.tasks[0]
    listed, closed = parse_when(_day(later)), parse_when(_day(earlier))
    if not listed or not closed or not closed.surely_before(listed) or not _one_problem(later, earlier):
        return None
    months = max(0, closed.months_until(listed))
    return Finding(
        recur.ID,
        Severity.WARN,
        task.id,
        (Where(task.id), Where(f"{earlier.id}{BETWEEN}{before.id}")),
        say(
            "{this}与 {closed} 已公示完成的{that}为同一问题，相隔 {months} 个月，反馈来源不同。请一并复核上次的验收和审核。",
            this=_this(task),
            closed=closed.first,
            that=_that(name, before),
            months=months,
        ),
        say("已销号的问题再次列入，须复核上次的验收和审核"),
        {"months": months, "closed": closed.first.isoformat(), "other": f"{earlier.id}{BETWEEN}{before.id}"},
    )


#: What a text without a number for its task has in its place.
_NO_NUMBER = ("", "-")


def _this(task: Task) -> str:
    return say("本文") if task.number in _NO_NUMBER else say("本文第 {number} 项", number=task.number)


def _that(name: str, task: Task) -> str:
    return say("“{name}”", name=name) if task.number in _NO_NUMBER else say("“{name}”第 {number} 项", name=name, number=task.number)


def _one_problem(one: Dossier, other: Dossier) -> bool:
    """Problems alike in words, and no place named in both of which the other knows nothing."""
    ours, theirs = one.tasks[0], other.tasks[0]
    places = set(_PLACE.findall(ours.problem)), set(_PLACE.findall(theirs.problem))
    if all(places) and not places[0] & places[1]:
        return False
    return SequenceMatcher(None, _words(ours), _words(theirs), autojunk=False).ratio() >= ONE_PROBLEM


def _words(task: Task) -> str:
    return "".join(map(chr, masked(task.problem).codes))
