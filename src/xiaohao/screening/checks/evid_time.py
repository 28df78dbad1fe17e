"""证据不在期内: between plan and claimed completion there is no trace of the works, or the contract, invoices, weighbridge, photographs fall
after it.

Innocent explanations looked for first: retention money and final settlement; operation, maintenance, tending after completion; later
monitoring; works begun at once, between the inspection and the plan; rows of a unit that joined the system late.
Source: INSTITUTION.md, fact 10; recorded_at is the journal's and trusted, the other dates are claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Org
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Inspection, TaskList
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_instant, parse_when
from xiaohao.publicity.words import RECORD_WORDS
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import listed, measure_name

ID = "EVID-TIME"
STAGE = "application"
NEEDS = ("records.date/recorded_at", "tasks.done_at", "plans.date", "files.captured_at")

#: Rows that works leave behind.
WORKS = ("contract", "work_log", "weighbridge", "transfer", "dosing", "invoice")
#: Handing over and filing take so many days after the last spade.
GRACE_DAYS = 15
#: A row that the system first saw so many days after the claimed completion was not there when completion was claimed.
FIRST_SEEN_DAYS = 45
#: Rows that a unit enters within so many days of joining are its old book carried in.
JOINING_DAYS = 45

_SETTLEMENT = re.compile(r"质保|保修|保证金|结算|决算|尾款|余款|审计|清算")
_OPERATION = re.compile(r"运行|运营|运维|维护|维保|养护|管护|抚育|补植|补种|巡护|保洁|看护|监测|检测|物业|档案|归档|验收|整理")

BASIS = say("工程的合同、施工、过磅和照片应在方案之后、自报完成之前")


@dataclass(frozen=True, slots=True)
class _Period:
    """The days in which the works can have been done: from the inspection (or the plan) to the claimed completion."""

    first: date
    done: When

    def holds(self, when: When) -> bool:
        return when.last >= self.first and when.first <= self.done.last + timedelta(days=GRACE_DAYS)

    def is_past(self, when: When) -> bool:
        return when.first > self.done.last + timedelta(days=GRACE_DAYS)


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding for all measures of works whose traces lie outside the period; at most one on photographs of the works going on."""
    task = case.task
    period = _period(case)
    works = tuple(measure for measure in case.measures_of(task.id) if measure.kind == "works")
    rows = case.records_of(task.id, *WORKS)
    if period is None or not works or not rows:
        yield Skipped(ID, task.id, say("没有自报的完成日期和方案日期，或没有工程类措施和工程记录"))
        return
    outside = tuple(found for measure in works if (found := _outside(case, measure, rows, period, only=len(works) == 1)))
    if outside:
        yield _finding(case, outside)
    photos = tuple(_late_photos(case, period))
    if photos and not outside:
        yield _photo_finding(case, photos)


def _period(case: Dossier) -> _Period | None:
    done = parse_when(case.task.done_at)
    own = [when.first for plan in case.plans_of(case.task.id) if (when := parse_when(plan.date))]
    named = case.find(TaskList, case.task.list)
    inspection = case.find(Inspection, named.inspection) if named else None
    began = parse_when(inspection.start) if inspection else None
    carried = any(link.relation in ("carried_over", "continues", "duplicate") for link in case.task.links)
    if done is None or not own or case.task.carried_in or carried:
        return None
    return _Period(min([*own, *([began.first] if began else [])]), done)


@dataclass(frozen=True, slots=True)
class _Outside:
    """A measure without a trace in the period; `rows` are those that lie after it, `before` counts those that lie before."""

    measure: Measure
    rows: tuple[Record, ...]
    before: int
    inside: int
    seen_late: bool = False


def _outside(case: Dossier, measure: Measure, rows: tuple[Record, ...], period: _Period, *, only: bool) -> _Outside | None:
    ids = case.versions_of({measure.id})
    own = [row for row in rows if ids & set(row.measures) or (only and not row.measures)]
    dated = [(row, when) for row in own if (when := parse_when(row.date) or parse_when(row.start)) and not _is_settlement(row)]
    traces = [row for row, when in dated if period.holds(when)]
    inside = [row for row in traces if not _is_operation(row)]
    after = [row for row, when in dated if period.is_past(when) and not _is_operation(row)]
    before = sum(1 for _, when in dated if when.last < period.first)
    if not inside and (after or (before and not traces)):
        return _Outside(measure, tuple(after) or tuple(row for row, _ in dated), before, 0)
    late = [row for row in inside if _seen_late(case, row, period)]
    if inside and len(late) == len(inside):
        return _Outside(measure, tuple(late), before, 0, seen_late=True)
    for kind in ("contract", "weighbridge"):  # a contract signed, or material weighed, only after the works were called done
        ours = [row for row, _ in dated if row.type == kind]
        if ours and all(row in after for row in ours):
            return _Outside(measure, tuple(ours), before, len(inside))
    logs = [row for row, _ in dated if row.type == "work_log" and not _is_operation(row)]
    if logs and all(row in after for row in logs):
        return _Outside(measure, tuple(logs), before, len(inside))
    return None


def _words(row: Record) -> str:
    return f"{row.title or ''}{row.text or ''}"


def _is_settlement(row: Record) -> bool:
    return bool(_SETTLEMENT.search(_words(row)))


def _is_operation(row: Record) -> bool:
    return bool(_OPERATION.search(_words(row)))


def _seen_late(case: Dossier, row: Record, period: _Period) -> bool:
    seen = parse_instant(row.recorded_at).date()
    if seen <= period.done.last + timedelta(days=FIRST_SEEN_DAYS):
        return False
    joined = [parse_instant(org.joined_at).date() for one in (row.org, case.task.owner) if (org := case.find(Org, one)) and org.joined_at]
    return not any(day > period.done.last or day <= seen <= day + timedelta(days=JOINING_DAYS) for day in joined)


def _finding(case: Dossier, outside: tuple[_Outside, ...]) -> Finding:
    rows = tuple(dict.fromkeys(row for found in outside for row in found.rows))
    kinds = listed([str(RECORD_WORDS[kind]) for kind in dict.fromkeys(row.type for row in rows)])
    inside, before = sum(found.inside for found in outside), sum(found.before for found in outside)
    dates = sorted(filter(None, (row.date or row.start for row in rows)))
    done = case.task.done_at
    if all(found.seen_late for found in outside):
        fact = say(
            "自报 {done} 完成，{kinds} {count} 条虽写完成之前，首次入库都在 {days} 天以后（最早 {seen}）",
            done=done,
            kinds=kinds,
            count=len(rows),
            days=FIRST_SEEN_DAYS,
            seen=min(row.recorded_at for row in rows)[:10],
        )
    elif dates and done and dates[0] > done:
        fact = say("自报 {done} 完成，{kinds} {count} 条都在其后（最早 {first}）", done=done, kinds=kinds, count=len(rows), first=dates[0])
    else:
        fact = say("自报 {done} 完成，{kinds} {count} 条都不在方案与完成之间", done=done, kinds=kinds, count=len(rows))
    return Finding(
        ID,
        Severity.BLOCK,
        case.task.id,
        (*(Where(row.id) for row in rows), *(Where(found.measure.id) for found in outside), Where(case.task.id)),
        say(
            "{fact}（{measures}）。请提供完成之前的合同、日志或票据，或更正完成日期。",
            fact=fact,
            measures=listed([measure_name(found.measure) for found in outside], 3),
        ),
        BASIS,
        {"inside": inside, "after": len(rows), "before": before, "done_at": done},
    )


def _late_photos(case: Dossier, period: _Period) -> Iterator[File]:
    """Photographs filed as taken during the works, when all of them were taken after the works were called done."""
    during = [f for f in case.files_of(case.task.id) if f.kind == "photo" and f.phase == "during" and parse_when(f.captured_at)]
    late = [file for file in during if (when := parse_when(file.captured_at)) and period.is_past(when)]
    if during and len(late) == len(during):
        yield from late


def _photo_finding(case: Dossier, photos: tuple[File, ...]) -> Finding:
    first = min(str(photo.captured_at) for photo in photos)[:10]
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (*(Where(photo.id) for photo in photos), Where(case.task.id)),
        say(
            "自报 {done} 完成，“整改中”的照片 {count} 张都拍摄于其后（最早 {first}）。请提供施工期间的照片，或更正完成日期。",
            done=case.task.done_at,
            count=len(photos),
            first=first,
        ),
        BASIS,
        {"inside": 0, "after": len(photos), "done_at": case.task.done_at},
    )
