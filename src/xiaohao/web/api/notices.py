"""Reading notices, for anybody: the same values as their pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path, Query, Router

from xiaohao.acts.clock import now
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.publicity.window import DayUnit, Window, remaining_words
from xiaohao.records.calendar import office_calendar
from xiaohao.records.public_pages import page_of_notices
from xiaohao.web.api.public import effect_of
from xiaohao.web.api.shapes import notices as shapes
from xiaohao.web.api.shapes.common import Paged, Slug, answers
from xiaohao.web.parts.journal import ProofBadge
from xiaohao.web.parts.words import say_it
from xiaohao.web.portal.notice import NoticePage, notice_page, notice_record

router = Router(tags=["公开"])


@router.get("/notices", url_name="api_notices", operation_id="notices", response=answers(shapes.Notices), summary="正在公示的")
def notices(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    at, calendar = now(), office_calendar()
    page = page_of_notices(at, after=asked.after, size=asked.limit)
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
        "effects": [effect_of(one) for one in page.effects],
        "desk": {"unit": held.desk.unit, "phone": held.desk.phone, "address": held.desk.address},
        "objections": [
            {name: getattr(line, name) for name in ("number", "received", "state", "said", "answer", "answer_by")}
            for line in page.objections
        ],
        "proof": _proof(page.proof) if page.proof else None,
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
