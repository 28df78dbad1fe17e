"""P3: the whole life of a task, from the quoted problem to the end of its watch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xiaohao.acts.clock import now
from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Plan
from xiaohao.journal.entry import Outcome
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import When, parse_when
from xiaohao.procedure.countersigning import ACCEPT, APPLY, PLAN, acceptance_digest, application_digest, cosigners, plan_digest
from xiaohao.procedure.plan_changes import published_plan
from xiaohao.procedure.states import STAGE_ENDS, State, named_state
from xiaohao.records import queries
from xiaohao.records.batches import public_batches_of
from xiaohao.records.models import Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import dossier_of
from xiaohao.web.parts.acts import act_words
from xiaohao.web.parts.journal import EntryLine, LineKind
from xiaohao.web.parts.link import Pair
from xiaohao.web.parts.related import related_lines
from xiaohao.web.parts.shares import shares_in, whole_of
from xiaohao.web.parts.steps import Standing, StepMark
from xiaohao.web.parts.versions import versions_of
from xiaohao.web.parts.words import day_in_words
from xiaohao.web.portal.effect import effects_of
from xiaohao.web.portal.log import Log, public_log

#: Stages before every route, and those that a rulebook puts in order, as the public calls them.
_EARLY = {"open_task": say("交办"), "approve_plan": say("方案"), "start": say("整改"), "apply": say("申请验收")}
_LATER = {
    "accept": say("验收"),
    "review": say("审核"),
    "assess": say("评估"),
    "publish": say("公示"),
    "close": say("销号"),
    "confirm": say("观察"),
}
#: What goes on in these states; in the others it is what follows the stage that they end.
_WHILE = {
    State.GIVEN: "approve_plan",
    State.PLANNED: "approve_plan",
    State.APPROVED: "start",
    State.REOPENED: "start",
    State.IN_PROGRESS: "start",
    State.PUBLISHED: "publish",
}
#: How an objection or a finding was decided.
_OUTCOMES: dict[str, Said] = {
    Outcome.ADMITTED: say("受理"),
    Outcome.NOT_ADMITTED: say("不受理"),
    Outcome.UPHELD: say("成立"),
    Outcome.NOT_UPHELD: say("不成立"),
    Outcome.WITHDRAWN: say("撤回"),
    Outcome.ACCEPTED: say("采纳"),
    Outcome.REJECTED: say("不采纳"),
}
#: Acts that make no line of their own in the short timeline.
_COUNTERSIGNING = frozenset({"send_countersign", "countersign", "return_countersign", "withdraw_countersign"})
_QUIET = frozenset({"add_records", "confirm_receipt", "add_series", "report", "sign_pledge", "sign_confidentiality", "plan_watch"})


def task(request: HttpRequest, address: str) -> HttpResponse:
    """The page."""
    row = queries.public_task(address)
    if row is None:
        raise Http404
    return render(request, "portal/task.html", shown_of(row, now()))


def shown_of(row: Task, at: datetime) -> dict[str, Any]:
    """Everything that the page shows of a task; the API shows the same."""
    dossier = dossier_of(row, at=at)
    timeline, log = tuple(line for line in queries.public_timeline(row) if line.act not in _COUNTERSIGNING), public_log()
    plan = published_plan(dossier, row.pk)
    notices = queries.notices_of(row)
    return {
        "task": row,
        "line": queries.find_line(row),
        "dossier": dossier.task,
        "steps": step_marks(row, timeline),
        "pairs": (*_facts(dossier, row), *_cosigned(dossier, plan, published=bool(notices))),
        "plan": plan,
        "versions": versions if len(versions := versions_of(dossier, row.pk, public=True)) > 1 else (),
        "shares": shares_in(dossier, row, lambda share: reverse("task", args=[share.address])),
        "whole": whole_of(row),
        "batches": public_batches_of(row),
        "related": related_lines(row, lambda other: reverse("task", args=[other.address])),
        "effects": effects_of(dossier, _today(at)) if plan else (),
        "notices": [(notice, queries.number_of(notice.pk), queries.withdrawal_of(notice)) for notice in notices],
        "lines": tuple(_entry_line(line, log) for line in timeline if line.act not in _QUIET or line.refused),
        "all_lines": tuple(_entry_line(line, log) for line in timeline),
        "watch": _watch_words(dossier),
        "returned": queries.last_return(row) if row.status in ("reopened", "in_progress") else None,
    }


def step_marks(row: Task, timeline: tuple[queries.PublicLine, ...]) -> tuple[StepMark, ...]:
    """The stepper of a task under its own rulebook, with the day on which each stage behind it was last passed. Unlike the desk, which points at
    the step that is due, this points at what is going on: 整改 while it lasts, 公示 while the window runs."""
    rules = rulebook_of(row)
    order = (*_EARLY, *rules.route)
    at = _going_on(named_state(row.status), order)
    passed = {line.act: line.at for line in reversed(timeline) if not line.refused}
    return tuple(
        StepMark(
            number=place + 1,
            name=_EARLY.get(name) or rules.word(name, _LATER[name]),
            standing=Standing.DONE
            if place < at
            else Standing.AT
            if place == at
            else Standing.WATCH
            if name == "confirm"
            else Standing.AHEAD,
            note=_unparted(day_in_words(passed.get(name))) if place < at else "",
        )
        for place, name in enumerate(order)
    )


def _unparted(day: str) -> str:
    """The day with its signs held to their figures: a route of many stages has narrow columns, and 日 alone on a line reads badly."""
    return re.sub(" (?=[年月日])", "\N{NO-BREAK SPACE}", day)


def _going_on(state: State, order: tuple[str, ...]) -> int:
    """The place in the order of what is going on in that state; past the last one when all is over."""
    if state in _WHILE:
        return order.index(_WHILE[state])
    ends = {end: name for name, end in STAGE_ENDS.items()}
    before = "apply" if state is State.CLAIMED_DONE else ends[state]
    return order.index(before) + 1


def _facts(dossier: Dossier, row: Task) -> tuple[Pair, ...]:
    task = dossier.task
    hands = (
        (say("责任单位"), "、".join(dossier.org_name(unit) for unit in (task.owner, *task.co_owners))),
        (say("验收单位"), dossier.org_name(task.acceptor)),
        (say("审核单位"), dossier.org_name(task.reviewer)),
        (say("评估单位"), dossier.org_name(task.assessor)),
        (say("受理异议"), dossier.org_name(task.desk)),
    )
    due = Pair(say("期限"), task.due_words or day_in_words(task.due), official=bool(task.due_words))
    source = Pair(say("来源"), say("{list}第 {number} 项", list=row.list.name, number=row.number))
    return (source, due, *(Pair(name, value, official=True) for name, value in hands if value))


def _cosigned(dossier: Dossier, plan: Plan | None, *, published: bool) -> Iterator[Pair]:
    """Which units signed what is public beside the one whose document it is: the approved plan; once there is a notice, the application and the
    acceptance that it rests on. Who in the unit signed, and what it wrote, stays inside."""
    task = dossier.task
    said, opinion = dossier.last_statement(task.id, "completion"), dossier.last_record(task.id, "acceptance")
    signed = [(say("方案会签"), cosigners(dossier, PLAN, plan_digest(plan)) if plan else ())]
    if published:
        signed.append((say("验收申请会签"), cosigners(dossier, APPLY, application_digest(said, task.done_at)) if said else ()))
        signed.append((say("验收意见会签"), cosigners(dossier, ACCEPT, acceptance_digest(opinion)) if opinion else ()))
    for words, units in signed:
        if units:
            yield Pair(words, "、".join(dossier.org_name(unit) for unit in units), official=True)


def _entry_line(line: queries.PublicLine, log: Log) -> EntryLine:
    return EntryLine(
        what=act_words(line.act),
        at=line.at,
        kind=LineKind.REFUSED if line.refused else LineKind.STEP if line.moved else LineKind.OTHER,
        rest=say("被拒绝") if line.refused else _OUTCOMES.get(line.outcome, ""),
        who=line.unit,
        proof=log.badge(line.index),
    )


def _watch_words(dossier: Dossier) -> str:
    """How the task is watched after closing and what would bring it back; "" where it is not closed."""
    plan, task = dossier.watch_plan_of(dossier.task.id), dossier.task
    closed = parse_when(task.closed_at)
    if plan is None or closed is None or task.status == "reopened":
        return ""
    if plan.k and plan.n:
        return say(
            "{day}销号后观察 {months} 个月：任意 {n} 个月里有 {k} 个月达不到目标，就自动列入回头看，由上级决定是否退回。",
            day=day_in_words(closed.first),
            months=plan.months,
            n=plan.n,
            k=plan.k,
        )
    return say("{day}销号后观察 {months} 个月，问题重现的退回重改。", day=day_in_words(closed.first), months=plan.months)


def _today(at: datetime) -> When:
    return When(at.date(), at.date())
