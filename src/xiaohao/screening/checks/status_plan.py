"""口径打架: reported progress jumps or goes back, a forecast contradicts the plan, or a task is called done although its own words say
unfinished (达到总量的61%, 主体已完工, 初见成效).

Innocent explanations looked for first: immediate tasks; early completion with records of the works; one report left out; a return or a new
version of the plan between two reports; words of the goal itself. Source: progress tables that stay at 15% and jump to 100%.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.where import Where
from xiaohao.evidence.coverage import claiming_statement, coverage
from xiaohao.evidence.unfinished import Unfinished, unfinished_in
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "STATUS-PLAN"
STAGE = "progress"
NEEDS = ("statements.percent/expects_done", "plans", "tasks.due")

#: A jump is at least this many points of progress between two reports …
JUMP_POINTS = 40.0
#: … at more than this many points a day. Regular works in the sample cases move half a point a day; a report left out halves nothing.
JUMP_POINTS_A_DAY = 1.0
#: A jump is explained when at least this share of the task's rows of works falls between the two reports (early completion).
EXPLAINED_SHARE = 0.5

_WORKS = ("work_log", "weighbridge", "transfer", "invoice", "dosing")

#: What may honestly set progress back or move a date.
_RESETS = ("return", "look_back", "objection", "override")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """Findings on the series of progress reports, then one on a claim of completion that its own words contradict."""
    task = case.task
    reports = tuple(s for s in case.statements_of(task.id) if s.percent is not None)
    forecasts = any(s.expects_done for s in case.statements_of(task.id))
    if not reports and not forecasts and claiming_statement(case, task.id) is None:
        yield Skipped(ID, task.id, say("没有进展数字，也没有完成情况"))
        return
    if task.kind != "immediate":
        for before, after in pairwise(sorted(reports, key=lambda s: (s.date, s.recorded_at))):
            yield from _between(case, before, after)
        yield from _forecasts(case)
    yield from _own_words(case)


def _between(case: Dossier, before: Statement, after: Statement) -> Iterator[Finding]:
    first, last = parse_when(before.date), parse_when(after.date)
    if before.percent is None or after.percent is None or first is None or last is None or _reset_between(case, before, after):
        return
    days = (last.first - first.last).days
    points = after.percent - before.percent
    figures = {"before": before.percent, "after": after.percent, "days": days}
    where = (Where(before.id), Where(after.id))
    if points < 0:
        message = say(
            "上期报 {before:g}%，{days} 天后报 {after:g}%，进度倒退。请说明哪一期有误。",
            before=before.percent,
            days=days,
            after=after.percent,
        )
        yield Finding(ID, Severity.WARN, case.task.id, where, message, say("前后两期进度须一致"), figures)
    elif points >= JUMP_POINTS and points > JUMP_POINTS_A_DAY * max(days, 1) and not _explained(case, before, after):
        message = say(
            "上期报 {before:g}%，{days} 天后报 {after:g}%，期间施工、运输、开票等记录不足以说明。请补这段时间的记录。",
            before=before.percent,
            days=days,
            after=after.percent,
        )
        yield Finding(ID, Severity.WARN, case.task.id, where, message, say("进度须有同期记录支持"), figures)


def _reset_between(case: Dossier, before: Statement, after: Statement) -> bool:
    seen = [r.recorded_at for r in case.records_of(case.task.id, *_RESETS)] + [p.recorded_at for p in case.plans_of(case.task.id)]
    return any(before.recorded_at <= at <= after.recorded_at for at in seen)


def _explained(case: Dossier, before: Statement, after: Statement) -> bool:
    """Whether half of the works, or more, are on record between the two reports."""
    works = case.records_of(case.task.id, *_WORKS)
    inside = [row for row in works if _dated_between(row, before, after)]
    return bool(works) and len(inside) >= EXPLAINED_SHARE * len(works)


def _dated_between(row: Record, before: Statement, after: Statement) -> bool:
    when, first, last = parse_when(row.date), parse_when(before.date), parse_when(after.date)
    return bool(when and first and last and not when.surely_before(first) and not last.surely_before(when))


def _forecasts(case: Dossier) -> Iterator[Finding]:
    """The first statement of each kind that expects completion surely after the due date."""
    due = parse_when(case.task.due)
    said: set[str] = set()
    for statement in case.statements_of(case.task.id):
        expects = parse_when(statement.expects_done)
        if due and expects and due.surely_before(expects) and statement.kind not in said:
            said.add(statement.kind)
            yield Finding(
                ID,
                Severity.WARN,
                case.task.id,
                (Where(statement.id), Where(case.task.id)),
                say(
                    "整改时限为 {due}，本期预计 {expects} 完成，未见调整时限的方案。请说明按哪个时限办理。",
                    due=case.task.due,
                    expects=statement.expects_done,
                ),
                say("预计完成时间须与方案时限一致"),
                {"due": case.task.due, "expects": statement.expects_done},
            )


def _own_words(case: Dossier) -> Iterator[Finding]:
    """Words about how far it got, and, outside the answers that COVER judges, any word of being unfinished."""
    task = case.task
    statement = claiming_statement(case, task.id)
    if statement is None or (case.is_text and not statement.spans):
        return  # a text whose answers the reader did not find prints problems, goals and answers in one breath
    judged = [pointer for answer in coverage(case, task.id) for pointer in answer.unfinished]
    stretches = [stretch for stretch in _spoken(case, statement) if stretch.degree or not _is_judged(stretch, judged)]
    if not stretches:
        return
    yield Finding(
        ID,
        Severity.WARN,
        task.id,
        tuple(Where(statement.id, stretch.start, stretch.end) for stretch in stretches),
        say("报整改完成，文中却写“{words}”。请写明未完部分何时完成，或按实际进度填报。", words="”“".join([s.text for s in stretches][:4])),
        say("报完成的任务，文字须与完成一致"),
        {"words": [stretch.text for stretch in stretches], "share": next((s.share for s in stretches if s.share is not None), None)},
    )


def _is_judged(stretch: Unfinished, judged: list[Where]) -> bool:
    return any((pointer.start or 0) <= stretch.start < (pointer.end or 0) for pointer in judged)


def _spoken(case: Dossier, statement: Statement) -> tuple[Unfinished, ...]:
    """What the unit says of its own work: a completion statement whole, of a notice only the answers (it prints problem and goals as well)."""
    promised = "".join(
        [case.task.problem, *(goal.text for goal in case.goals_of(case.task.id)), *(m.text for m in case.measures_of(case.task.id))]
    )
    goes_on = case.task.kind == "long_term"
    whole = statement.kind == "completion" or not statement.spans
    return tuple(
        stretch
        for stretch in unfinished_in(statement.text)
        if not (stretch.soft or (goes_on and not stretch.degree))
        and stretch.text.removeprefix("已") not in promised
        and (whole or any(span.start <= stretch.start and stretch.end <= span.end for span in statement.spans))
    )
