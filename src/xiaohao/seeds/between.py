"""What people do about a case between the steps of the procedure: answer a finding, decide on it, object, take an objection in and answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from xiaohao.acts import findings, objections, questions
from xiaohao.acts.ids import id_from
from xiaohao.records.models import Finding, Record
from xiaohao.seeds.story import Taken, Walk, hand_of, handed_in


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
class Asking:
    """A question back to the unit about a measure, a record or `quote` of its statement; `name` tells it from the others of the same story."""

    name: str
    about: str
    text: str
    due: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Replying:
    """The unit's answer to the question of that name."""

    name: str
    text: str
    evidence: tuple[str, ...]


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


def _answer_finding(story: Walk, one: Taken) -> None:
    reply = handed_in(one, Reply)
    found = Finding.objects.filter(task=story.task, check_id=reply.check, standing=True, answered_at=None).order_by("id")[:1].get()
    findings.answer_finding(
        finding=found.id,
        by=hand_of(one),
        at=one.at,
        key=story.key("answer", found.id),
        answer=reply.text,
        evidence=reply.evidence,
    )


def _decide_finding(story: Walk, one: Taken) -> None:
    ruling = handed_in(one, Ruling)
    waiting = Finding.objects.filter(task=story.task, check_id=ruling.check, standing=True, decided_at=None).exclude(answered_at=None)
    found = waiting.order_by("id")[:1].get()
    findings.decide_finding(
        finding=found.id,
        by=hand_of(one),
        at=one.at,
        key=story.key("decide", found.id),
        decision=ruling.decision,
        reason=ruling.reason,
    )


def _object(story: Walk, one: Taken) -> None:
    voice = handed_in(one, Voice)
    notice = Record.objects.filter(on_tasks=story.task, type="publicity").order_by("-recorded_at")[:1].get()
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
    said = handed_in(one, Admission)
    objections.admit(
        objection=_objection(story, said.name),
        by=hand_of(one),
        at=one.at,
        key=story.key("admit", said.name),
        admissible=said.admissible,
        reason=said.reason,
    )


def _answer_objection(story: Walk, one: Taken) -> None:
    said = handed_in(one, Verdict)
    objections.answer(
        objection=_objection(story, said.name),
        by=hand_of(one),
        at=one.at,
        key=story.key("answer", said.name),
        answer=said.answer,
        upheld=said.upheld,
        public_text=said.said,
    )


def _objection(story: Walk, name: str) -> str:
    return id_from("obj", story.key("object", name))


def _ask(story: Walk, one: Taken) -> None:
    asked = handed_in(one, Asking)
    about = questions.About(asked.about, asked.quote)
    questions.ask_question(
        task=story.task, by=hand_of(one), at=one.at, key=story.key("ask", asked.name), about=about, text=asked.text, due=asked.due
    )


def _reply(story: Walk, one: Taken) -> None:
    said = handed_in(one, Replying)
    question = id_from("rec", story.key("ask", said.name), "question")
    questions.answer_question(
        task=story.task,
        by=hand_of(one),
        at=one.at,
        key=story.key("reply", said.name),
        question=question,
        text=said.text,
        evidence=said.evidence,
    )


BETWEEN: Mapping[str, Callable[[Walk, Taken], None]] = {
    "answer_finding": _answer_finding,
    "decide_finding": _decide_finding,
    "object": _object,
    "admit": _admit,
    "answer_objection": _answer_objection,
    "ask": _ask,
    "reply": _reply,
}
