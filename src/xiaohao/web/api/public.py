"""Reading for anybody: the same queries, the same values as the public pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Path, Query, Router

from xiaohao.acts.clock import now
from xiaohao.journal.entry_format import parse_entry
from xiaohao.records import queries
from xiaohao.records.petitions import public_petitions, public_rates
from xiaohao.records.public_pages import page_in, page_of_tasks
from xiaohao.records.to_dossier import shares_of
from xiaohao.web.api.shapes import public as shapes
from xiaohao.web.api.shapes.common import Index, Slug, answers
from xiaohao.web.parts.acts import act_words
from xiaohao.web.parts.related import RelatedLine, related_lines
from xiaohao.web.parts.steps import StepMark
from xiaohao.web.parts.versions import Version
from xiaohao.web.parts.words import say_it
from xiaohao.web.portal.effect import Effect
from xiaohao.web.portal.log import public_log, vkey
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
        "stages": [] if shown["line"].carried_in else [_stage(mark) for mark in shown["steps"]],
        "versions": [_version(one) for one in shown["versions"]],
        "related": [_related(line) for line in related_lines(row, lambda other: other.address).lines],
        "batches": [{"id": paper.pk, "title": paper.title} for paper in shown["batches"]],
        "effects": [effect_of(one) for one in shown["effects"]],
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


def effect_of(one: Effect) -> dict[str, Any]:
    """What the readings say of one goal."""
    readings = [{"time": name, "value": value} for name, value in one.rows]
    return {"goal": one.goal, "state": one.state, "reason": say_it(one.reason), "caption": say_it(one.caption), "readings": readings}


def _stage(mark: StepMark) -> dict[str, Any]:
    return {"name": say_it(mark.name), "standing": mark.standing.value, "note": say_it(mark.note)}


def _version(one: Version) -> dict[str, Any]:
    same = ("number", "published", "author", "date", "note")
    return {
        **{name: getattr(one, name) for name in same},
        "consent": say_it(one.consent),
        "changes": [say_it(line.words) for line in one.changes],
        "weaker": [say_it(words) for words in one.weaker],
    }


def _related(line: RelatedLine) -> dict[str, Any]:
    same = {name: getattr(line, name) for name in ("where", "title", "state")}
    return {**same, "relation": say_it(line.relation), "no": line.href}


def _entry_of(line: queries.PublicLine) -> dict[str, Any]:
    same = ("act", "at", "unit", "refused", "moved")
    return {
        **{name: getattr(line, name) for name in same},
        "entry": line.index,
        "words": say_it(act_words(line.act)),
        "outcome": str(line.outcome),
    }
