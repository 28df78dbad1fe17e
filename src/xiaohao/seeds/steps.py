"""What is done at each thing a story tells: which act, and what it hands in when the story does not say.

Beside the steps of the procedure these are what people do about a case in between: answer a finding, decide on it, object, take an objection in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings

from xiaohao.acts import closing, findings, notices, objections, plans, statements, tasks, verdicts
from xiaohao.acts.ids import id_from
from xiaohao.dossier.plan import Plan
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.kernel.roles import Actor
from xiaohao.records.models import Finding

if TYPE_CHECKING:
    from xiaohao.seeds.walk import Taken, Walk

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Reply:
    """A unit's answer to what the check of that id found."""

    check: str
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision (upheld, explained, withdrawn) on an answered finding of that check."""

    check: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class Voice:
    """An objection to the standing notice; `name` tells it from the others of the same story."""

    name: str
    text: str
    channel: str = "web"
    measures: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether the objection of that name is looked into, and why."""

    name: str
    admissible: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The public answer to the objection of that name; `said` is what it said, without anything that could tell who said it."""

    name: str
    said: str
    answer: str
    upheld: bool


@dataclass(frozen=True, slots=True)
class Later:
    """Something that follows by itself."""

    at: datetime
    do: Callable[[], object]


def afterwards(taken: Taken) -> Later | None:
    """An objection goes into the journal at the office's next fixed hour."""
    if taken.step != "object":
        return None
    at = taken.at
    hours = [at.replace(hour=hour, minute=0, second=0, microsecond=0) for hour in settings.OBJECTION_HOURS]
    following = next((hour for hour in hours if hour > at), hours[0] + timedelta(days=1))
    return Later(following, lambda: objections.journal_batch(at=following))


def _hand(taken: Taken) -> Actor:
    if taken.by is None:
        raise ValueError(f"{taken.step} at {taken.at} has nobody who takes it")
    return taken.by


def _handed_in(taken: Taken, kind: type[Thing], usual: Thing | None = None) -> Thing:
    """What the story hands in, else what is usual. Raises ValueError where there is neither."""
    found = usual if taken.what is None else taken.what
    if not isinstance(found, kind):
        raise ValueError(f"{taken.step} at {taken.at} hands in no {kind.__name__}")
    return found


# The steps of the procedure -----------------------------------------------------------------------------------------------------------


def _open_task(story: Walk, one: Taken) -> None:
    bare = replace(story.case.task, status=None, done_at=None, closed_at=None, watch_until=None)
    tasks.open_task(by=_hand(one), at=one.at, key=story.key("open_task"), task=bare, rulebook_name=story.rulebook)


def _carry_in(story: Walk, one: Taken) -> None:
    tasks.carry_in(by=_hand(one), at=one.at, key=story.key("carry_in"), task=story.case.task, rulebook_name=story.rulebook)


def _file_plan(story: Walk, one: Taken) -> None:
    plan = _handed_in(one, Plan, story.case.plan_in_force(story.task))
    filed = replace(plan, published_at=None)
    plans.file_plan(task=story.task, by=_hand(one), at=one.at, key=story.key("file_plan", plan.id), plan=filed)


def _approve_plan(story: Walk, one: Taken) -> None:
    plans.approve_plan(task=story.task, by=_hand(one), at=one.at, key=story.key("approve_plan", one.at))


def _return_plan(story: Walk, one: Taken) -> None:
    plans.return_plan(task=story.task, by=_hand(one), at=one.at, key=story.key("return_plan", one.at), reason=_handed_in(one, str))


def _start(story: Walk, one: Taken) -> None:
    plans.start(task=story.task, by=_hand(one), at=one.at, key=story.key("start", one.at))


def _report(story: Walk, one: Taken) -> None:
    said = _handed_in(one, Statement)
    statements.report_progress(
        task=story.task,
        by=_hand(one),
        at=one.at,
        key=story.key("report", one.at),
        answers=answers_of(said),
        expects_done=said.expects_done,
    )


def _apply(story: Walk, one: Taken) -> None:
    said = _handed_in(one, Statement, story.case.last_statement(story.task, "completion"))
    statements.apply_for_acceptance(
        task=story.task,
        by=_hand(one),
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
    found = _handed_in(one, Record, story.case.last_record(story.task, "acceptance"))
    verdicts.accept(task=story.task, by=_hand(one), at=one.at, key=story.key("accept", one.at), acceptance=found)


def _review(story: Walk, one: Taken) -> None:
    found = _handed_in(one, Record, story.case.last_record(story.task, "review"))
    verdicts.review(
        task=story.task, by=_hand(one), at=one.at, key=story.key("review", one.at), text=found.text or "", seconds=found.seconds
    )


def _return_to_work(story: Walk, one: Taken) -> None:
    verdicts.return_to_work(task=story.task, by=_hand(one), at=one.at, key=story.key("return", one.at), reason=_handed_in(one, str))


def _publish(story: Walk, one: Taken) -> None:
    paper = next((d for d in story.case.documents if d.kind == "notice"), None)
    usual = (paper.number if paper else None) or f"青整办公示〔{one.at.year}〕{story.case.task.number}号"
    number = _handed_in(one, str, usual)
    notices.publish(task=story.task, by=_hand(one), at=one.at, key=story.key("publish", one.at), number=number, starts_on=one.at.date())


def _withdraw_notice(story: Walk, one: Taken) -> None:
    notices.withdraw_notice(task=story.task, by=_hand(one), at=one.at, key=story.key("withdraw", one.at), reason=_handed_in(one, str))


def _close(story: Walk, one: Taken) -> None:
    by = _hand(one)
    if watch := story.case.watch_plan_of(story.task):
        closing.plan_watch(task=story.task, by=by, at=one.at, key=story.key("watch", one.at), watch=watch)
    found = story.case.last_record(story.task, "closure")
    usual = (found.text or found.title if found else None) or "公示期满，无未答复的异议，予以销号。"
    closing.close(task=story.task, by=by, at=one.at, key=story.key("close", one.at), statement=_handed_in(one, str, usual))


def _confirm(story: Walk, one: Taken) -> None:
    text = _handed_in(one, str, "观察期满，未见反弹。")
    closing.confirm(task=story.task, by=_hand(one), at=one.at, key=story.key("confirm"), statement=text)


def _reopen(story: Walk, one: Taken) -> None:
    closing.reopen(task=story.task, by=_hand(one), at=one.at, key=story.key("reopen", one.at), reason=_handed_in(one, str))


def _resume(story: Walk, one: Taken) -> None:
    closing.resume(task=story.task, by=_hand(one), at=one.at, key=story.key("resume", one.at))


# In between ---------------------------------------------------------------------------------------------------------------------------


def _answer_finding(story: Walk, one: Taken) -> None:
    reply = _handed_in(one, Reply)
    found = Finding.objects.filter(task=story.task, check=reply.check, standing=True, answered_at=None).order_by("id")[:1].get()
    findings.answer_finding(
        finding=found.id,
        by=_hand(one),
        at=one.at,
        key=story.key("answer", found.id),
        answer=reply.text,
        evidence=reply.evidence,
    )


def _decide_finding(story: Walk, one: Taken) -> None:
    ruling = _handed_in(one, Ruling)
    waiting = Finding.objects.filter(task=story.task, check=ruling.check, standing=True, decided_at=None).exclude(answered_at=None)
    found = waiting.order_by("id")[:1].get()
    findings.decide_finding(
        finding=found.id,
        by=_hand(one),
        at=one.at,
        key=story.key("decide", found.id),
        decision=ruling.decision,
        reason=ruling.reason,
    )


def _object(story: Walk, one: Taken) -> None:
    from xiaohao.records.models import Record as RecordRow

    voice = _handed_in(one, Voice)
    notice = RecordRow.objects.filter(on_tasks=story.task, type="publicity").order_by("-recorded_at")[:1].get()
    objections.object_to(
        notice=notice.pk,
        channel=voice.channel,
        text=voice.text,
        at=one.at,
        key=story.key("object", voice.name),
        measures=voice.measures,
        contact=voice.contact,
        entered_by=one.by,
    )


def _admit(story: Walk, one: Taken) -> None:
    said = _handed_in(one, Admission)
    objections.admit(
        objection=_objection(story, said.name),
        by=_hand(one),
        at=one.at,
        key=story.key("admit", said.name),
        admissible=said.admissible,
        reason=said.reason,
    )


def _answer_objection(story: Walk, one: Taken) -> None:
    said = _handed_in(one, Verdict)
    objections.answer(
        objection=_objection(story, said.name),
        by=_hand(one),
        at=one.at,
        key=story.key("answer", said.name),
        answer=said.answer,
        upheld=said.upheld,
        public_text=said.said,
    )


def _objection(story: Walk, name: str) -> str:
    return id_from("obj", story.key("object", name))


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
    "return_to_work": _return_to_work,
    "publish": _publish,
    "withdraw_notice": _withdraw_notice,
    "close": _close,
    "confirm": _confirm,
    "reopen": _reopen,
    "resume": _resume,
    "answer_finding": _answer_finding,
    "decide_finding": _decide_finding,
    "object": _object,
    "admit": _admit,
    "answer_objection": _answer_objection,
}
