"""Reading with a token: the desk's own queries, under the account's own eyes."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from xiaohao.acts.clock import now
from xiaohao.dossier.codec import dossier_to_json
from xiaohao.kernel.said import said_from_json
from xiaohao.kernel.when import CST
from xiaohao.records import calls, findings, registers, seeking, worklist
from xiaohao.records.models import Task, TaskList
from xiaohao.records.parcels_out import alone
from xiaohao.records.tokens import Scope
from xiaohao.screening.catalogue import catalogue
from xiaohao.web.api.shapes import desk as shapes
from xiaohao.web.api.shapes.common import BY_TOKEN, Paged, Slug, answers, needs
from xiaohao.web.desk.case import account_of, opened
from xiaohao.web.desk.pages.findings_list import outcome_words
from xiaohao.web.desk.pages.registers import lines_of
from xiaohao.web.desk.views.today import matching, sets_of
from xiaohao.web.parts.words import say_it

router = Router(tags=["办理：读"])
_READ = needs(Scope.READ_CASES)


@router.get(
    "/desk/worklist", url_name="api_worklist", operation_id="worklist", response=answers(shapes.TaskRows, *BY_TOKEN), openapi_extra=_READ, summary="轮到我的任务"
)  # fmt: skip
def mine(request: HttpRequest, asked: Query[shapes.WorklistAsked]) -> dict[str, Any]:
    actor = account_of(request).actor
    visible = worklist.visible_to(actor)
    if asked.list:
        visible = visible.filter(list__in=TaskList.objects.filter(code=asked.list))
    found = sets_of(visible, actor, now().astimezone(CST).date().isoformat())[asked.view]
    return _page(worklist.page_of(matching(found, asked.q.strip()), after=asked.after, size=asked.limit))


@router.get(
    "/desk/tasks", url_name="api_desk_tasks", operation_id="deskTasks", response=answers(shapes.TaskRows, *BY_TOKEN), openapi_extra=_READ, summary="看得到的任务"
)  # fmt: skip
def tasks(request: HttpRequest, asked: Query[shapes.TasksAsked]) -> dict[str, Any]:
    filters = seeking.filters_from({field.name: getattr(asked, field.name) for field in fields(seeking.Filters)})
    found = seeking.narrowed(worklist.visible_to(account_of(request).actor), filters, now().astimezone(CST).date())
    return _page(worklist.page_of(found, after=asked.after, size=asked.limit))


@router.get(
    "/desk/tasks/{slug:no}", url_name="api_case", operation_id="case", response=answers(shapes.Case, *BY_TOKEN, 404), openapi_extra=_READ, summary="一项任务的案卷"
)  # fmt: skip
def case(request: HttpRequest, no: Path[Slug]) -> dict[str, Any]:
    held = opened(request, no)
    dossier = dossier_to_json(alone(replace(held.dossier, rules=None), held.task))  # the rulebook stays at home, as in the bundle
    return {"no": held.no, "version": held.task.version, "status": held.task.status, "dossier": dossier}


@router.get(
    "/desk/findings", url_name="api_findings", operation_id="findings", response=answers(shapes.Findings, *BY_TOKEN), openapi_extra=_READ, summary="疑点"
)  # fmt: skip
def found(request: HttpRequest, asked: Query[shapes.FindingsAsked]) -> dict[str, Any]:
    rows = findings.findings_seen_by(account_of(request).actor)
    if asked.check:
        rows = rows.filter(check_id=asked.check)
    if asked.unit:
        rows = rows.filter(must_answer=asked.unit)
    day = now().astimezone(CST).date().isoformat()
    page = findings.page_of(findings.view_of(rows, asked.view, day), after=asked.after, size=asked.limit)
    same = ("severity", "raised_at", "answer_due", "answered_at", "decided_at", "standing")
    items = [
        {
            **{name: getattr(row, name) for name in same},
            "id": row.pk,
            "task": row.task.address,
            "check": row.check_id if row.check_id in catalogue() else "",
            "message": say_it(said_from_json(row.sentence) if row.sentence else row.message),
            "asked": row.must_answer.name if row.must_answer else "",
            "outcome": say_it(outcome_words(row)),
        }
        for row in page.rows
    ]
    return {"items": items, "after": page.after}


@router.get(
    "/desk/registers", url_name="api_registers", operation_id="registers", response=answers(shapes.Registers, *BY_TOKEN), openapi_extra=_READ, summary="登记册"
)  # fmt: skip
def rows(request: HttpRequest, asked: Query[shapes.RegistersAsked]) -> dict[str, Any]:
    filters = registers.Filters(asked.kind, asked.q.strip(), asked.task, asked.since, asked.until, mine=asked.mine)
    page = registers.page_of(account_of(request).actor, filters, after=asked.after, size=asked.limit)
    same = ("date", "hours", "title", "unit", "people", "corrected")
    items = [
        {
            **{name: getattr(line, name) for name in same},
            "id": row.pk,
            "task": no,
            "kind": row.type,
            "document": line.paper,
            "files": list(row.more.get("files", ())),
            "measures": list(row.more.get("measures", ())),
            "recorded_at": row.recorded_at,
        }
        for (row, no), line in zip(page.rows, lines_of(page), strict=True)
    ]
    return {"items": items, "after": page.after}


@router.get(
    "/desk/calls", url_name="api_calls", operation_id="calls", response=answers(shapes.Calls, *BY_TOKEN), openapi_extra=_READ, summary="调度"
)  # fmt: skip
def asked_for(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    actor = account_of(request).actor
    page = calls.page_of(actor, after=asked.after, size=asked.limit)
    owed = {(call.pk, task.pk) for call, task in calls.owed_by(actor, page.lines)}
    visible, today = worklist.visible_to(actor), now().astimezone(CST).date()
    items = []
    for row in page.lines:
        call = row.thing()
        items.append(
            {
                **{name: getattr(call, name) or "" for name in ("id", "kind", "title", "number", "start", "end", "due")},
                "issuer": row.org.name,
                "tasks": [
                    {"no": one.task.address, "standing": one.standing.value, "owed_by_you": (row.pk, one.task.pk) in owed}
                    for one in calls.asked_by(row, visible, today)
                ],
            }
        )
    return {"items": items, "after": page.after}


def _page(page: worklist.Page) -> dict[str, Any]:
    waiting = worklist.waiting_on(page.tasks)
    return {"items": [_row(task, waiting[task.pk]) for task in page.tasks], "after": page.after}


def _row(task: Task, waiting: worklist.Waiting) -> dict[str, Any]:
    return {
        **{name: getattr(task, name) for name in ("id", "version", "title", "problem", "status", "due")},
        "no": task.address,
        "number": str(task.number),
        "list": task.list.name,
        "list_code": task.list.code,
        "inspection": task.list.inspection.name,
        "inspection_id": task.list.inspection_id,
        "owner": task.owner.name,
        "owner_id": task.owner_id,
        "long_term": task.kind == "long_term",
        "carried_in": bool(task.more.get("carried_in")),
        "waiting": {name: getattr(waiting, name) for name in ("unanswered", "undecided", "objections", "refused_at")},
    }
