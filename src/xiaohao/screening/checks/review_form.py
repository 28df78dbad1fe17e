"""审核走过场: a reviewer's or acceptor's decisions carry no sign of work: identical opinions over different tasks, seconds per item, no item
returned in a long run, many later overturned by objection, relapse or look-back.

Innocent explanations looked for first: a prepared batch of equal small tasks with site records each; a standard closing formula around a
specific opinion; a new reviewer with few cases. Source: the Taiyangshan notice itself (整改销号流于形式).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import median

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Person
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Task
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import np
from xiaohao.kernel.said import Said, say
from xiaohao.screening.belonging import only_task, sole
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.notice_text import plain

ID = "REVIEW-FORM"
STAGE = "after closure"
NEEDS = ("records(type=review,acceptance).text/seconds/people/passed", "records(type=look_back,objection)", "tasks.links")

#: Fewer decided tasks are no habit: a new reviewer.
FEWEST_TASKS = 6
#: Nothing returned says something only in a run of so many; with opinions alike, but no seconds known, of so many.
LONG_RUN, LONGER_RUN = 10, 15
#: Opinions alike: this share of them says the same, names and numbers aside, to this degree.
ALIKE_SHARE, ALIKE = 0.8, 0.92
#: Nobody opens the records of a task, reads them and writes an opinion in so many seconds.
FEWEST_SECONDS = 60
#: … and in so few not even the opinion is written; that speaks by itself in a run of so many tasks.
NO_SECONDS, HASTY_RUN = 30, 8
#: Overturned: at least so many, and this share.
FEWEST_OVERTURNED, OVERTURNED_SHARE = 3, 0.3

#: Links of equal small tasks that are rightly prepared and decided together.
_BATCH = frozenset({"share_of", "similar", "same_site", "same_firm", "duplicate"})

#: Where a ledger remembers which tasks others carry over or continue.
_CARRIED = "tasks listed again"

_FIGURES = re.compile(r"\d+(?:\.\d+)?(?:mg/L|ug/m3|%)?")


@dataclass(frozen=True, slots=True)
class _Habit:
    """What somebody's decisions show: opinions alike, the median of the seconds, how many were returned and how many later overturned."""

    who: tuple[str, ...]
    kind: str
    records: tuple[Record, ...]
    alike: int
    seconds: float | None
    returned: int
    overturned: int

    @property
    def tasks(self) -> int:
        return len({task for record in self.records for task in record.tasks})

    @property
    def is_alike(self) -> bool:
        return self.alike >= ALIKE_SHARE * len(self.records)

    @property
    def is_hasty(self) -> bool:
        return self.seconds is not None and self.seconds < FEWEST_SECONDS

    @property
    def is_overturned(self) -> bool:
        return self.overturned >= max(FEWEST_OVERTURNED, OVERTURNED_SHARE * self.tasks)

    @property
    def shows_no_work(self) -> bool:
        """Two signs together; one alone has too many innocent reasons, but for a run of decisions too fast to be written."""
        never = self.returned == 0 and self.tasks >= LONG_RUN
        if self.seconds is not None and self.seconds < NO_SECONDS and self.tasks >= HASTY_RUN:
            return True
        if self.is_hasty and (self.is_alike or never or self.is_overturned):
            return True
        if self.is_overturned and (self.is_alike or self.returned == 0):
            return True
        return self.is_alike and self.returned == 0 and self.tasks >= LONGER_RUN


def check_all(ledger: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per person, or team that always decides together, and kind of decision."""
    decided = _by_decider(ledger)
    if not any(len(records) >= FEWEST_TASKS for records in decided.values()):
        yield Skipped(ID, sole(ledger), say("没有一人审核或验收过 {fewest} 项以上任务", fewest=FEWEST_TASKS))
        return
    habits = [habit for (who, kind), records in sorted(decided.items()) if (habit := _habit(ledger, who, kind, tuple(records)))]
    for habit in _teams(habits):
        yield _finding(ledger, habit)


def _by_decider(ledger: Dossier) -> dict[tuple[str, str], list[Record]]:
    """Reviews and acceptances by person; by unit where no person is named."""
    carried = {task.id for task in ledger.tasks if task.carried_in}
    decided: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in ledger.standing_records:
        if record.type in ("review", "acceptance") and record.tasks and not carried & set(record.tasks):
            for who in dict.fromkeys(record.people) or ([record.org] if record.org else []):
                decided[(who, record.type)].append(record)
    return decided


def _habit(ledger: Dossier, who: str, kind: str, records: tuple[Record, ...]) -> _Habit | None:
    tasks = {task for record in records for task in record.tasks}
    if len(tasks) < FEWEST_TASKS:
        return None
    seconds = [record.seconds for record in records if record.seconds is not None]
    habit = _Habit(
        (who,),
        kind,
        records,
        _alike(ledger, records),
        median(seconds) if len(seconds) >= FEWEST_TASKS - 1 else None,
        sum(1 for record in records if record.passed is False) + sum(len(_returns(ledger, record)) for record in records),
        sum(1 for task in tasks if _overturned(ledger, task, records)),
    )
    if not habit.shows_no_work or (not habit.is_overturned and _is_batch(ledger, habit)):
        return None
    return habit


def _returns(ledger: Dossier, decision: Record) -> list[Record]:
    """Rows by which the decision's own unit sent the task back."""
    return [r for task in decision.tasks for r in ledger.records_of(task, "return") if r.org == decision.org]


def _alike(ledger: Dossier, records: tuple[Record, ...]) -> int:
    """Size of the largest group of opinions that say the same once the names of places, units and persons and the figures are taken out."""
    texts = sorted(masked for record in records if (masked := _masked(ledger, record)))
    groups = _Groups()
    for text in texts:
        groups.add(text)
    return max(groups.sizes, default=0)


class _Groups:
    """Texts, each put to the first group whose first text is like it. What two texts can share at most is known from how often each sign stands in
    them (64 bins), so that of very many groups only few are looked at closely."""

    _BINS = 64

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self._heads: list[str] = []
        self._counts = np.zeros((16, self._BINS), np.int32)
        self._last: tuple[str, int] = ("", -1)

    def add(self, text: str) -> None:
        if text != self._last[0]:
            self._last = (text, self._group_of(text))
        self.sizes[self._last[1]] += 1

    def _group_of(self, text: str) -> int:
        counts = np.bincount(np.fromiter(map(ord, text), np.int64) % self._BINS, minlength=self._BINS)
        count = len(self._heads)
        lengths = self._counts[:count].sum(axis=1) + len(text)
        shared = np.minimum(self._counts[:count], counts).sum(axis=1)
        matcher = SequenceMatcher(None, "", text, autojunk=False)
        for group in np.flatnonzero(2 * shared >= ALIKE * lengths - 1e-6).tolist():
            matcher.set_seq1(self._heads[group])
            if self._heads[group] == text or matcher.ratio() >= ALIKE:
                return int(group)
        if count == len(self._counts):
            self._counts = np.concatenate((self._counts, np.zeros_like(self._counts)))
        self._counts[count] = counts
        self._heads.append(text)
        self.sizes.append(0)
        return count


def _masked(ledger: Dossier, record: Record) -> str:
    text = plain(record.text or "")
    for name in _own_names(ledger, record):
        text = text.replace(name, "")
    return _FIGURES.sub("", text)


def _own_names(ledger: Dossier, record: Record) -> list[str]:
    """Longest first, so that a name within another does not leave its rest."""
    names: set[str] = set()
    for task in (task for one in record.tasks if (task := ledger.find(Task, one))):
        things = [ledger.by_id.get(one) for one in (*task.places, *task.firms, task.owner)]
        names |= {plain(name) for thing in things if thing for name in (thing.name, *thing.aliases)}
        names |= {plain(task.title or ""), plain(task.problem), plain(f"第{task.number}项")}
    return sorted((name for name in names if name), key=len, reverse=True)


def _overturned(ledger: Dossier, task_id: str, decisions: tuple[Record, ...]) -> bool:
    """Whether a later look-back, objection, return or listing took the decision back."""
    decided = min(record.recorded_at for record in decisions if task_id in record.tasks)
    for record in ledger.records_of(task_id, "look_back", "objection"):
        failed = record.passed is False if record.type == "look_back" else record.upheld is True
        if failed and record.recorded_at > decided:
            return True
    task = ledger.find(Task, task_id)
    return task is not None and (task.status == "reopened" or _listed_again(ledger, task))


def _listed_again(ledger: Dossier, task: Task) -> bool:
    if not task.closed_at:
        return False
    carried: frozenset[str] | None = ledger.memory.get(_CARRIED)
    if carried is None:
        links = (link for other in ledger.tasks for link in other.links)
        carried = frozenset(link.task for link in links if link.relation in ("carried_over", "continues"))
        ledger.memory[_CARRIED] = carried
    return task.id in carried


def _is_batch(ledger: Dossier, habit: _Habit) -> bool:
    """Equal small tasks that are linked with each other, each with a record of somebody having been there; or all seen by the decider."""
    ids = {task for record in habit.records for task in record.tasks}
    if all(any(set(habit.who) & set(r.people) for r in ledger.records_of(task, "site_visit")) for task in ids):
        return True
    linked = {t.id for t in ledger.tasks if any(link.relation in _BATCH for link in t.links)}
    linked |= {link.task for t in ledger.tasks for link in t.links if link.relation in _BATCH}
    return len(ids & linked) >= ALIKE_SHARE * len(ids) and all(_was_there(ledger, task) for task in ids)


def _was_there(ledger: Dossier, task: str) -> bool:
    rows = ledger.records_of(task, "site_visit", "acceptance")
    return any(row.people and (row.place or row.track or row.lat is not None) for row in rows)


def _teams(habits: list[_Habit]) -> list[_Habit]:
    """Persons who decided (nearly) the same tasks are one team."""
    teams: list[_Habit] = []
    for habit in sorted(habits, key=lambda one: (-len(one.records), one.who)):
        ids = {record.id for record in habit.records}
        team = next(
            (t for t in teams if t.kind == habit.kind and len(ids & {r.id for r in t.records}) >= ALIKE_SHARE * len(ids)),
            None,
        )
        if team is None:
            teams.append(habit)
        else:
            at = teams.index(team)
            teams[at] = _Habit((*team.who, *habit.who), team.kind, team.records, team.alike, team.seconds, team.returned, team.overturned)
    return teams


def _who(ledger: Dossier, habit: _Habit) -> Said:
    """Whose decisions, without a name: the rows that the finding points at tell it to those who may read them."""
    if not any(ledger.find(Person, one) for one in habit.who):
        return say("同一单位")
    if len(habit.who) > 1:
        return say("同一组审核人") if habit.kind == "review" else say("同一组验收人")
    return say("同一审核人") if habit.kind == "review" else say("同一验收人")


def _finding(ledger: Dossier, habit: _Habit) -> Finding:
    kind = say("审核") if habit.kind == "review" else say("验收")
    parts = []
    if habit.is_alike:
        parts.append(say("{count} 份意见除名称和数字外相同", count=habit.alike))
    if habit.is_hasty and habit.seconds is not None:
        parts.append(say("每项用时中位数 {seconds:g} 秒", seconds=habit.seconds))
    if habit.returned == 0:
        parts.append(say("无一退回"))
    if habit.is_overturned:
        parts.append(say("{count} 项后来被异议、回头看或再次列入推翻", count=habit.overturned))
    figures: dict[str, object] = {"tasks": habit.tasks, "alike": habit.alike, "returned": habit.returned, "overturned": habit.overturned}
    if habit.seconds is not None:
        figures["median_seconds"] = habit.seconds
    ids = tuple(sorted(record.id for record in habit.records))
    return Finding(
        ID,
        Severity.WARN,
        only_task(ledger, ids),
        tuple(Where(one) for one in ids),
        say(
            "{who}{kind}的 {tasks} 项任务：{parts}。请说明各项核对了哪些记录。",
            who=_who(ledger, habit),
            kind=kind,
            tasks=habit.tasks,
            parts="，".join(parts),
        ),
        say("审核和验收须逐项核对记录，意见写明所见"),
        figures,
    )
