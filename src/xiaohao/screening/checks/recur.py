"""原地打转: a newly listed problem is one that was closed before: same place, firm or subject, in a later list or round, linked or not.

Innocent explanations looked for first: another problem of the same firm; the same words used for different places; a task handed on before
its closing (carried_over, continues). Source: the Taiyangshan notice itself (原地打转); INSTITUTION.md, fact 11.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org, Place
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import cells_around, metres_between, position
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_instant, parse_when
from xiaohao.screening.belonging import sole
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.notice_text import plain

ID = "RECUR"
STAGE = "intake"
NEEDS = ("tasks.problem/places/firms/links/closed_at", "lists", "inspections", "petitions")

#: Positions no further apart are one site, however its name is written.
ONE_SITE_M = 500
#: Problems in words: alike to this degree at one site; where no site is known, to that degree and of one unit.
ALIKE_HERE, ALIKE_ANYWHERE = 0.6, 0.8

#: What a problem is about; two problems at one site that share one of these are one problem. Source: vocabulary of inspection feedback.
_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("氨氮", r"氨氮"),
        ("总磷", r"总磷"),
        ("化学需氧量", r"化学需氧量|COD|高锰酸盐"),
        ("二氧化硫", r"二氧化硫|SO2|脱硫"),
        ("氮氧化物", r"氮氧化物|NOx|脱硝"),
        ("扬尘", r"扬尘|粉尘|颗粒物|PM10|PM2\.?5|抑尘|烟尘"),
        ("异味", r"异味|恶臭|臭气|臭味|挥发性有机|VOC"),
        ("噪声", r"噪声|噪音|扰民"),
        ("粪污", r"粪污|粪便|畜禽"),
        ("污水", r"污水|废水|直排|混排|溢流|雨污|黑臭|发黑|发臭|排污口"),
        ("垃圾", r"垃圾|渗滤液|填埋"),
        ("固废", r"固废|固体废物|危废|危险废物|污泥|废渣|尾矿"),
        ("油烟", r"油烟"),
        ("植被", r"复绿|植被|裸露|生态修复|毁林|林地"),
        ("湿地", r"围垦|湿地|侵占岸线|河道"),
        ("监测数据", r"监测数据|在线监测|数据造假|监控设备"),
        ("销号", r"销号|整改不力|弄虚作假|敷衍"),
    )
)

#: Sewage is the carrier of many substances; by itself it names none of them.
_SEWAGE = {"污水"}


@dataclass(frozen=True, slots=True)
class _Recurrence:
    """`later` lists again, on the day `listed`, what `earlier` had closed on `closed`."""

    later: Task
    earlier: Task
    listed: When
    closed: When

    @property
    def months(self) -> int:
        return max(0, self.closed.months_until(self.listed))


def check_all(ledger: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per newly listed task, with the last closed one that it repeats."""
    closed = [(task, when) for task in ledger.tasks if (when := _closed(ledger, task))]
    if len(ledger.tasks) < 2 or not closed:
        yield Skipped(ID, sole(ledger), say("案卷中没有以前销号的任务可以对照"))
        return
    near = _Near(ledger, closed)
    for task in ledger.tasks:
        found = list(_recurrences(ledger, task, near.of(task)))
        if found:
            yield _finding(ledger, max(found, key=lambda each: (each.closed.last, each.earlier.id)))


class _Near:
    """Which closed tasks can be one problem with a task at all: they share a site's name or lie near one, share a firm, or have one owner. All
    others need not be held side by side, however many there are."""

    def __init__(self, ledger: Dossier, closed: list[tuple[Task, When]]) -> None:
        self._ledger, self._closed = ledger, closed
        self._by: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, (task, _) in enumerate(closed):
            for key in self._keys(task, around=False):
                self._by[key].append(number)

    def of(self, task: Task) -> list[tuple[Task, When]]:
        """In the order in which they came."""
        found = {number for key in self._keys(task, around=True) for number in self._by.get(key, ())}
        return [self._closed[number] for number in sorted(found)]

    def _keys(self, task: Task, *, around: bool) -> set[tuple[object, ...]]:
        keys: set[tuple[object, ...]] = {("owner", task.owner)}
        keys |= {("firm", name) for name in _firms(self._ledger, task)}
        for place in _sites(self._ledger, task):
            keys |= {("site", name) for name in (place.id, place.name, *place.aliases)}
            if at := position(place.lat, place.lon):
                keys |= {("cell", *cell) for cell in cells_around(at, ONE_SITE_M, itself=not around)}
        return keys


def _closed(ledger: Dossier, task: Task) -> When | None:
    """The first day on which it was closed; a later return does not undo that it had been."""
    days = [when for r in ledger.records_of(task.id, "closure") if (when := parse_when(r.date))]
    said = parse_when(task.closed_at)
    return min([*days, *([said] if said else [])], key=lambda when: when.last, default=None)


def _recurrences(ledger: Dossier, task: Task, closed: list[tuple[Task, When]]) -> Iterator[_Recurrence]:
    listed = _listed(ledger, task)
    if listed is None:
        return
    for earlier, when in closed:
        is_later = earlier.id != task.id and earlier.list != task.list and when.surely_before(listed)
        if is_later and not _is_part(task, earlier) and _one_problem(ledger, task, earlier):
            yield _Recurrence(task, earlier, listed, when)


def _listed(ledger: Dossier, task: Task) -> When | None:
    """When the problem was put on its list: the feedback, else the inspection, else the first plan that the system saw."""
    named = ledger.find(TaskList, task.list)
    inspection = ledger.find(Inspection, named.inspection) if named else None
    days = (inspection.feedback_date, inspection.start) if inspection else ()
    plans = sorted(plan.recorded_at for plan in ledger.plans_of(task.id))
    said = next((when for day in days if (when := parse_when(day))), None)
    return said or (_as_when(parse_instant(plans[0]).date()) if plans else None)


def _as_when(day: date) -> When:
    return When(day, day)


def _is_part(task: Task, other: Task) -> bool:
    """A share of a task repeats nothing of it."""
    return any(
        link.task == there.id and link.relation == "share_of" for here, there in ((task, other), (other, task)) for link in here.links
    )


def _one_problem(ledger: Dossier, task: Task, earlier: Task) -> bool:
    here = _one_site(ledger, task, earlier)
    if here is False:
        return False
    alike = _alike(ledger, task, earlier)
    if here is None:
        return task.owner == earlier.owner and alike >= ALIKE_ANYWHERE
    ours, theirs = _subjects(ledger, task), _subjects(ledger, earlier)
    if _SEWAGE in (ours, theirs) and _shared_place(ledger, task, earlier):  # what one calls sewage is the substance of the other
        ours, theirs = _subjects(ledger, task, named=False), _subjects(ledger, earlier, named=False)
    if not ours or not theirs:  # the words name no subject: the goals do
        ours, theirs = ours | _indicators(ledger, task), theirs | _indicators(ledger, earlier)
    return alike >= ALIKE_HERE or bool(ours & theirs)


def _one_site(ledger: Dossier, task: Task, earlier: Task) -> bool | None:
    """Whether they share a site or, at no other sites, a firm; None where one of them names neither."""
    ours, theirs = _sites(ledger, task), _sites(ledger, earlier)
    if ours and theirs:
        found = [_same_site(one, other) for one in ours for other in theirs]
        if True in found or None not in found:
            return True in found
    firms = _firms(ledger, task), _firms(ledger, earlier)
    if all(firms):
        return bool(firms[0] & firms[1])
    return None


def _sites(ledger: Dossier, task: Task) -> tuple[Place, ...]:
    return tuple(place for one in task.places if (place := ledger.find(Place, one)) and place.kind != "region")


def _shared_place(ledger: Dossier, task: Task, earlier: Task) -> bool:
    """One and the same place, not a neighbour: within a park stand many drains."""
    theirs = {name for place in _sites(ledger, earlier) for name in (place.id, place.name, *place.aliases)}
    return any(theirs & {place.id, place.name, *place.aliases} for place in _sites(ledger, task))


def _same_site(one: Place, other: Place) -> bool | None:
    """None where the names differ and a position is missing."""
    if one.id == other.id or {one.name, *one.aliases} & {other.name, *other.aliases}:
        return True
    here, there = position(one.lat, one.lon), position(other.lat, other.lon)
    return metres_between(here, there) <= ONE_SITE_M if here and there else None


def _firms(ledger: Dossier, task: Task) -> set[str]:
    firms = [ledger.find(Org, one) for one in task.firms]
    return {name for firm in firms if firm for name in (firm.id, firm.name, *firm.aliases)}


def _alike(ledger: Dossier, task: Task, earlier: Task) -> float:
    a, b = (plain(_without_names(ledger, one, one.problem)) for one in (task, earlier))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _subjects(ledger: Dossier, task: Task, *, named: bool = True) -> set[str]:
    """What the problem's words are about. The plain 污水 counts only where no substance is `named`, or where the other names none."""
    words = _without_names(ledger, task, task.problem)
    found = {name for name, pattern in _SUBJECTS if pattern.search(words)}
    return found - _SEWAGE if named and found - _SEWAGE else found


def _indicators(ledger: Dossier, task: Task) -> set[str]:
    """What the figures of its goals are about."""
    words = "".join(goal.target.indicator for goal in ledger.goals_of(task.id) if goal.target)
    return {name for name, pattern in _SUBJECTS if pattern.search(words)}


def _without_names(ledger: Dossier, task: Task, text: str) -> str:
    """The words without the names of the task's sites and firms, which stand in every problem of theirs."""
    things = [ledger.find(Place, one) for one in task.places] + [ledger.find(Org, one) for one in task.firms]
    names = {name for thing in things if thing for name in (thing.name, *thing.aliases)}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def _finding(ledger: Dossier, again: _Recurrence) -> Finding:
    later, earlier = again.later, again.earlier
    where = "、".join(place.name for place in _sites(ledger, later))
    at = say("同一地点（{place}）", place=where) if where else say("同一对象")
    linked = any(link.task == earlier.id for link in later.links) or any(link.task == later.id for link in earlier.links)
    acceptance, review = ledger.last_record(earlier.id, "acceptance"), ledger.last_record(earlier.id, "review")
    handlers = "、".join(
        say("{role}“{org}”", role=role, org=ledger.org_name(record.org))
        for role, record in ((say("验收"), acceptance), (say("审核"), review))
        if record and record.org
    )
    named = say("（{handlers}）", handlers=handlers) if handlers else ""
    return Finding(
        ID,
        Severity.BLOCK,
        later.id,
        (Where(later.id), Where(earlier.id)),
        say(
            "本次第 {number} 项与 {closed} 已销号的第 {earlier} 项为{at}同一问题，相隔 {months} 个月。请一并复核上次的验收和审核{named}。",
            number=later.number,
            closed=again.closed.first,
            earlier=earlier.number,
            at=at,
            months=again.months,
            named=named,
        ),
        say("已销号的问题再次列入，须复核上次的验收和审核"),
        {"months": again.months, "closed": again.closed.first.isoformat(), "linked": linked},
    )
