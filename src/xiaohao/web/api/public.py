"""Reading for anybody: the same queries, the same values as the public pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Path, Query, Router

from xiaohao.acts.clock import now
from xiaohao.journal.entry_format import parse_entry
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.publicity.window import DayUnit, Window, remaining_words
from xiaohao.records import queries
from xiaohao.records.calendar import office_calendar
from xiaohao.records.petitions import public_petitions, public_rates
from xiaohao.records.public_pages import page_in, page_of_tasks
from xiaohao.records.to_dossier import shares_of
from xiaohao.web.api.shapes import public as shapes
from xiaohao.web.api.shapes.common import Index, Paged, Slug, answers
from xiaohao.web.parts.acts import act_words
from xiaohao.web.parts.journal import ProofBadge
from xiaohao.web.parts.words import say_it
from xiaohao.web.portal.log import public_log, vkey
from xiaohao.web.portal.notice import NoticePage, notice_page, notice_record
from xiaohao.web.portal.task import shown_of

router = Router(tags=["公开"])


@router.get("/overview", url_name="api_overview", operation_id="overview", response=answers(shapes.Overview), summary="总数")
def overview(request: HttpRequest) -> dict[str, Any]:
    at = now()
    found = queries.overview(at)
    same = ("total", "lists", "closed", "watched", "closed_long_ago", "held", "carried_in", "returned", "returned_this_year", "notices_ended",
            "overrides", "upheld_findings")  # fmt: skip
    groups = [{"name": one.name, "by_status": dict(one.by_status), "late": one.late, "objections": one.objections} for one in found.groups]
    return {
        **{name: getattr(found, name) for name in same},
        "at": at,
        "notices_open": len(found.notices),
        "groups_are": "lists" if found.by_list else "regions",
        "groups": groups,
    }


@router.get("/tasks", url_name="api_tasks", operation_id="tasks", response=answers(shapes.Tasks), summary="任务")
def tasks(request: HttpRequest, asked: Query[shapes.TasksAsked]) -> dict[str, Any]:
    page = page_of_tasks(asked.q.strip(), asked.state, after=asked.after, size=asked.limit)
    return {"items": [_line(line) for line in page.lines], "after": page.after}


@router.get("/tasks/{slug:address}", url_name="api_task", operation_id="task", response=answers(shapes.Task, 404), summary="一项任务")
def task(request: HttpRequest, address: Path[Slug]) -> dict[str, Any]:
    row = queries.public_task(address)
    if row is None:
        raise Http404
    shown = shown_of(row, now())
    plan, returned, whole = shown["plan"], shown["returned"], shown["whole"]
    return {
        **_line(shown["line"]),
        "problem": row.problem,
        "facts": [{"name": say_it(pair.name), "value": say_it(pair.value)} for pair in shown["pairs"]],
        "plan": {
            "version": plan.version,
            "goals": [goal.text for goal in plan.goals],
            "measures": [{"number": m.number, "text": m.text, "due": m.due or ""} for m in plan.measures],
        }
        if plan
        else None,
        "effects": [_effect(one) for one in shown["effects"]],
        "shares": [share.address for share in shares_of(row)],
        "share_of": whole.address if whole else "",
        "notices": [
            {"no": no, "start": notice.more.get("start", ""), "end": notice.more.get("end", ""), "withdrawn": withdrawn is not None}
            for notice, no, withdrawn in shown["notices"]
        ],
        "watch": say_it(shown["watch"]),
        "returned": {"at": returned.recorded_at, "reason": returned.more.get("public_reason") or ""} if returned else None,
        "timeline": [_entry_of(line) for line in queries.public_timeline(row)],
    }


@router.get("/notices", url_name="api_notices", operation_id="notices", response=answers(shapes.Notices), summary="正在公示的")
def notices(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    at, calendar = now(), office_calendar()
    page = page_in(queries.open_notices(at), lambda one: one.no, after=asked.after, size=asked.limit)
    items = []
    for one in page.lines:
        window = Window(one.start, one.end, unit=DayUnit(one.unit))
        same = ("no", "title", "number", "start", "end", "unit", "objections", "suspended")
        items.append(
            {
                **{name: getattr(one, name) for name in same},
                "list": one.list_name,
                "remaining": say_it(remaining_words(window, at.date(), calendar)),
            }
        )
    return {"items": items, "after": page.after}


@router.get(
    "/notices/{slug:notice}", url_name="api_notice", operation_id="notice", response=answers(shapes.Notice, 404), summary="一份公示"
)
def notice(request: HttpRequest, notice: Path[Slug]) -> dict[str, Any]:
    page = notice_page(notice_record(notice), now())
    held = page.notice
    same = ("title", "number", "issuer", "issued_on", "source", "problem", "due", "self_acceptance")
    return {
        **{name: getattr(held, name) for name in same},
        **{name: getattr(page, name) for name in ("no", "state", "is_open", "newer", "digest", "same")},
        "task": page.address,
        "withdrawn": page.withdrawn is not None,
        "units": list(held.units),
        "window": _window(held.window, page) if held.window else None,
        "goals": [{"text": goal.text, "result": goal.result} for goal in held.goals],
        "measures": [
            {"id": m.id, "number": m.number, "text": m.text, "owner": m.owner, "answer": m.answer, "records": list(m.records)}
            for m in held.measures
        ],
        "hands": [{"role": say_it(hand.role), "unit": hand.unit, "note": hand.note} for hand in held.hands],
        "effects": [_effect(one) for one in page.effects],
        "desk": {"unit": held.desk.unit, "phone": held.desk.phone, "address": held.desk.address},
        "objections": [
            {name: getattr(line, name) for name in ("number", "received", "state", "said", "answer", "answer_by")}
            for line in page.objections
        ],
        "proof": _proof(page.proof) if page.proof else None,
    }


@router.get("/petitions", url_name="api_petitions", operation_id="petitions", response=answers(shapes.Petitions), summary="转办件公开表")
def petitions(request: HttpRequest, asked: Query[shapes.PetitionsAsked]) -> dict[str, Any]:
    batch = "" if asked.batch is None else str(asked.batch)
    rates = public_rates(batch)
    page = page_in(public_petitions(batch), lambda one: f"{one.received}~{one.number}", after=asked.after, size=asked.limit)
    names = ("number", "batch", "received", "place", "summary", "truth", "status", "handling", "unit")
    items = [{**{name: getattr(one, name) for name in names}, "pollution": list(one.pollution)} for one in page.lines]
    return {"items": items, "after": page.after, "total": rates.total, "done": rates.done, "stage_done": rates.stage_done}


@router.get("/journal", url_name="api_journal", operation_id="journal", response=answers(shapes.Journal), summary="日志的检查点")
def journal(request: HttpRequest) -> dict[str, Any]:
    log = public_log()
    return {
        "origin": settings.JOURNAL_ORIGIN,
        "size": log.size,
        "root": log.attested.checkpoint.root.hex() if log.attested else "",
        "witnesses": list(log.witnesses),
        "witnessed_at": log.witnessed_at,
        "key": vkey() or "",
        "checkpoint": reverse("journal_checkpoint"),
    }


@router.get(
    "/journal/entries/{int:index}", url_name="api_entry", operation_id="entry", response=answers(shapes.Entry, 404), summary="日志一条"
)
def entry(request: HttpRequest, index: Path[Index]) -> dict[str, Any]:
    row = queries.entry_at(index)
    if row is None:
        raise Http404
    content = bytes(row.content)
    said = parse_entry(content)
    badge = public_log().badge(index)
    covered = badge is not None and badge.state != "logged"
    return {
        "index": index,
        "at": said.at,
        "task": said.task or "",
        "act": said.step or str(said.type),
        "words": say_it(act_words(said.step or str(said.type))),
        "unit": said.decided_by.unit if said.decided_by else "",
        "state": badge.state if badge else "logged",
        "content": content.decode() if covered else None,
        "proof": reverse("journal_proof", args=[index]) if covered else None,
    }


def _line(line: queries.PublicTask) -> dict[str, Any]:
    same = ("number", "title", "owner", "state", "status", "due", "long_term", "carried_in", "open_objections")
    return {
        **{name: getattr(line, name) for name in same},
        "no": line.address,
        "list": line.list_name,
        "notice": line.on_notice,
    }


def _effect(one: Any) -> dict[str, Any]:
    return {"goal": one.goal, "state": one.state, "reason": say_it(one.reason)}


def _entry_of(line: queries.PublicLine) -> dict[str, Any]:
    same = ("act", "at", "unit", "refused", "moved")
    return {
        **{name: getattr(line, name) for name in same},
        "entry": line.index,
        "words": say_it(act_words(line.act)),
        "outcome": str(line.outcome),
    }


def _proof(badge: ProofBadge) -> dict[str, Any]:
    return {
        "entry": badge.number,
        "state": badge.state,
        "witness": badge.witness,
        "proof": reverse("journal_proof", args=[badge.number]),
    }


def _window(window: Window, page: NoticePage) -> dict[str, Any]:
    try:
        counted: int | None = window.counted(office_calendar())
    except CalendarUnknown:
        counted = None
    return {
        "start": window.start,
        "end": window.end,
        "unit": window.unit.value,
        "stated": window.days,
        "counted": counted,
        "days_left": page.clock.days_left if page.clock else None,
        "words": say_it(page.clock.sentence) if page.clock else "",
    }
