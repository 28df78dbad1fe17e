"""Trying an act: done, refused with every reason, or overtaken by somebody who was faster. Whatever happens, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from xiaohao.acts.receipt import Overtaken, Receipt
from xiaohao.kernel.refused import Refused
from xiaohao.records.timeline import line_of
from xiaohao.web.desk import drafts
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.show import show
from xiaohao.web.errors import refused_json, wants_json


def attempt(
    request: HttpRequest,
    case: Case,
    act: Callable[[], Receipt],
    *,
    done: str,
    to: str,
    step: str = "",
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Run `act` and answer: to the address `to` with the words `done`; to the page of the refusal; or with the page that says who was first.
    With a `step`, what was `typed` is kept as this person's draft until the step is done."""
    try:
        receipt = act()
    except Refused as refused:
        _keep(request, case, step, typed)
        return refused_json(refused) if wants_json(request) or refused.entry is None else redirect("desk_refused", case.no, refused.entry)
    except Overtaken as overtaken:
        _keep(request, case, step, typed)
        return overtaken_page(request, case, overtaken)
    if step:
        drafts.forget(request, case.task, step)
    if wants_json(request):
        return JsonResponse({"act": receipt.act, "task": receipt.task, "entry": receipt.entry, **receipt.result}, status=201)
    messages.success(request, done)
    return redirect(to)


def overtaken_page(request: HttpRequest, case: Case, overtaken: Overtaken) -> HttpResponse:
    """Who was first, and with what; the draft waits."""
    return show(request, "overtaken", {"case": case, "first": line_of(overtaken.by_entry)}, status=409)


def _keep(request: HttpRequest, case: Case, step: str, typed: Mapping[str, Any] | None) -> None:
    if step and typed is not None:
        drafts.keep(request, case.task, step, dict(typed), at=case.at)
