"""What is done at each step of the procedure: which act, and what it hands in where the story does not say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from xiaohao.acts import closing, notices, plans, sampling, statements, tasks, verdicts
from xiaohao.acts.drawn_rows import rows_drawn
from xiaohao.acts.publishing import publish_journal
from xiaohao.dossier.plan import Measure, Plan
from xiaohao.dossier.record import Assessed, Member, Opinion, Record
from xiaohao.dossier.statement import Statement
from xiaohao.records import models
from xiaohao.records.to_dossier import dossier_of
from xiaohao.seeds.story import Taken, Walk, hand_of, handed_in


def _open_task(story: Walk, one: Taken) -> None:
    bare = replace(story.case.task, status=None, done_at=None, closed_at=None, watch_until=None)
    tasks.open_task(by=hand_of(one), at=one.at, key=story.key("open_task"), task=bare, rulebook_name=story.rulebook)


def _carry_in(story: Walk, one: Taken) -> None:
    tasks.carry_in(by=hand_of(one), at=one.at, key=story.key("carry_in"), task=story.case.task, rulebook_name=story.rulebook)


def _file_plan(story: Walk, one: Taken) -> None:
    plan = handed_in(one, Plan, story.case.plan_in_force(story.task))
    filed = replace(plan, published_at=None)
    plans.file_plan(task=story.task, by=hand_of(one), at=one.at, key=story.key("file_plan", plan.id), plan=filed)


def _approve_plan(story: Walk, one: Taken) -> None:
    plans.approve_plan(task=story.task, by=hand_of(one), at=one.at, key=story.key("approve_plan", one.at))


def _return_plan(story: Walk, one: Taken) -> None:
    plans.return_plan(task=story.task, by=hand_of(one), at=one.at, key=story.key("return_plan", one.at), reason=handed_in(one, str))


def _start(story: Walk, one: Taken) -> None:
    plans.start(task=story.task, by=hand_of(one), at=one.at, key=story.key("start", one.at))


def _report(story: Walk, one: Taken) -> None:
    said = handed_in(one, Statement)
    statements.report_progress(
        task=story.task,
        by=hand_of(one),
        at=one.at,
        key=story.key("report", one.at),
        answers=answers_of(said),
        expects_done=said.expects_done,
    )


def _apply(story: Walk, one: Taken) -> None:
    said = handed_in(one, Statement, story.case.last_statement(story.task, "completion"))
    statements.apply_for_acceptance(
        task=story.task,
        by=hand_of(one),
        at=one.at,
        key=story.key("apply", one.at),
        answers=answers_of(said),
        done_on=story.case.task.done_at or "",
    )


def answers_of(said: Statement) -> tuple[statements.Answer, ...]:
    """The statement cut up again: its spans, and what stands between them."""
    parts, position = [], 0
    for span in sorted(said.spans, key=lambda span: span.start):
        parts.append(statements.Answer(said.text[position : span.start]))
        parts.append(statements.Answer(said.text[span.start : span.end], span.measures, span.evidence))
        position = max(position, span.end)
    parts.append(statements.Answer(said.text[position:]))
    return tuple(part for part in parts if part.text.strip("\n 。；;"))


def _accept(story: Walk, one: Taken) -> None:
    found = handed_in(one, Record, story.case.last_record(story.task, "acceptance"))
    whole = replace(found, group=found.group or _group(found), opinions=found.opinions or _opinions(story, found))
    verdicts.accept(task=story.task, by=hand_of(one), at=one.at, key=story.key("accept", one.at), acceptance=whole)


def _group(found: Record) -> tuple[Member, ...]:
    """Where the story does not say otherwise, whoever is named first leads."""
    return tuple(Member(person=person, part="member" if place else "leader") for place, person in enumerate(found.people))


def _opinions(story: Walk, found: Record) -> tuple[Opinion, ...]:
    """Where the story does not say otherwise, every measure was found done, from what was measured and what is on file."""
    return tuple(_opinion(story, found, measure) for measure in story.case.measures_of(story.task))


def _opinion(story: Walk, found: Record, measure: Measure) -> Opinion:
    rows = [row for row in story.case.records_of(story.task) if measure.id in row.measures and row.recorded_at <= found.recorded_at]
    seen = "，".join(f"实测{one.name}{one.value:g}{one.unit}" for one in found.measured if one.measure == measure.id)
    looked_at = "、".join(dict.fromkeys(row.title or row.text or "" for row in rows if row.title or row.text))[:60]
    reason = f"第{measure.number}项与方案一致：{seen}。" if seen else f"第{measure.number}项有{len(rows)}条登记，与完成说明一致。"
    return Opinion(measure=measure.id, verdict="done", reason=reason, looked_at=looked_at or "完成说明和所附文件")


def _review(story: Walk, one: Taken) -> None:
    found = handed_in(one, Record, story.case.last_record(story.task, "review"))
    verdicts.review(
        task=story.task, by=hand_of(one), at=one.at, key=story.key("review", one.at), text=found.text or "", seconds=found.seconds
    )


def _assess(story: Walk, one: Taken) -> None:
    """The sample first: what the log draws is looked at row by row, and found as it was entered where the story does not say otherwise."""
    found, by = handed_in(one, Record, story.case.last_record(story.task, "closing_assessment")), hand_of(one)
    sampling.draw_sample(task=story.task, by=by, at=one.at, key=story.key("draw", one.at))
    publish_journal()
    dossier = dossier_of(models.Task.objects.get(pk=story.task), at=one.at)
    given = {row.row: row for row in found.assessed if row.row}
    drawn = tuple(given.get(row) or _as_entered(dossier.by_id[row]) for row in rows_drawn(dossier, by.org))
    whole = replace(found, assessed=(*(row for row in found.assessed if row.row is None), *drawn))
    verdicts.assess(task=story.task, by=by, at=one.at, key=story.key("assess", one.at), assessment=whole)


def _as_entered(row: Record) -> Assessed:
    return Assessed(name=row.title or row.text or row.id, row=row.id, verdict="met", reason=f"{row.date or ''}的登记与原件一致。")


@dataclass(frozen=True, slots=True)
class Returning:
    """A letter of return: the reason in all, measure by measure what is lacking and to be done, the day, and the group where it was on site."""

    reason: str
    opinions: tuple[Opinion, ...] = ()
    due: str = ""
    found: Record | None = None


def _return_to_work(story: Walk, one: Taken) -> None:
    if isinstance(one.what, Returning):
        said, key = one.what, story.key("return", one.at)
        more: dict[str, Any] = {"opinions": said.opinions, "due": said.due, "found": said.found}
        verdicts.return_to_work(task=story.task, by=hand_of(one), at=one.at, key=key, reason=said.reason, **more)
        return
    verdicts.return_to_work(task=story.task, by=hand_of(one), at=one.at, key=story.key("return", one.at), reason=handed_in(one, str))


def _publish(story: Walk, one: Taken) -> None:
    paper = next((d for d in story.case.documents if d.kind == "notice"), None)
    usual = (paper.number if paper else None) or f"青整办公示〔{one.at.year}〕{story.case.task.number}号"
    number = handed_in(one, str, usual)
    notices.publish(task=story.task, by=hand_of(one), at=one.at, key=story.key("publish", one.at), number=number, starts_on=one.at.date())


def _withdraw_notice(story: Walk, one: Taken) -> None:
    notices.withdraw_notice(task=story.task, by=hand_of(one), at=one.at, key=story.key("withdraw", one.at), reason=handed_in(one, str))


def _close(story: Walk, one: Taken) -> None:
    by = hand_of(one)
    if watch := story.case.watch_plan_of(story.task):
        closing.plan_watch(task=story.task, by=by, at=one.at, key=story.key("watch", one.at), watch=watch)
    found = story.case.last_record(story.task, "closure")
    usual = (found.text or found.title if found else None) or "公示期满，无未答复的异议，予以销号。"
    closing.close(task=story.task, by=by, at=one.at, key=story.key("close", one.at), statement=handed_in(one, str, usual))


def _confirm(story: Walk, one: Taken) -> None:
    text = handed_in(one, str, "观察期满，未见反弹。")
    closing.confirm(task=story.task, by=hand_of(one), at=one.at, key=story.key("confirm"), statement=text)


def _reopen(story: Walk, one: Taken) -> None:
    closing.reopen(task=story.task, by=hand_of(one), at=one.at, key=story.key("reopen", one.at), reason=handed_in(one, str))


def _resume(story: Walk, one: Taken) -> None:
    closing.resume(task=story.task, by=hand_of(one), at=one.at, key=story.key("resume", one.at))


STEPS: Mapping[str, Callable[[Walk, Taken], None]] = {
    "open_task": _open_task,
    "carry_in": _carry_in,
    "file_plan": _file_plan,
    "approve_plan": _approve_plan,
    "return_plan": _return_plan,
    "start": _start,
    "report": _report,
    "apply": _apply,
    "accept": _accept,
    "review": _review,
    "assess": _assess,
    "return_to_work": _return_to_work,
    "publish": _publish,
    "withdraw_notice": _withdraw_notice,
    "close": _close,
    "confirm": _confirm,
    "reopen": _reopen,
    "resume": _resume,
}
