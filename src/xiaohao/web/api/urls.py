"""Addresses of the API, below /api/v1/. They are named here, and not by django-ninja, so that neither it nor pydantic is loaded before somebody
asks (docs/adr/0020-api.md); a test holds these against what it serves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from xiaohao.web.api import gate
from xiaohao.web.permissions import Who


def served(name: str) -> Callable[..., HttpResponse]:
    """The view of a route: the API is built when the first of them is asked for."""

    @csrf_exempt
    def view(request: HttpRequest, **given: Any) -> HttpResponse:
        if request.rule.who is Who.ANYONE and (refused := gate.too_fast(request)):  # type: ignore[attr-defined]
            return refused
        from xiaohao.web.api.build import views

        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        try:
            return views()[name](request, **given)
        finally:
            request.method = asked  # of HEAD the body is cut off on the way out

    return view


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API for programs."""
    if refused := gate.too_fast(request):
        return refused
    from xiaohao.web.api.build import description

    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


urlpatterns = [
    path("openapi.json", openapi, name="api_openapi"),
    path("overview", served("api_overview"), name="api_overview"),
    path("tasks", served("api_tasks"), name="api_tasks"),
    path("tasks/<slug:address>", served("api_task"), name="api_task"),
    path("notices", served("api_notices"), name="api_notices"),
    path("notices/<slug:notice>", served("api_notice"), name="api_notice"),
    path("notices/<slug:notice>/objections", served("api_objections"), name="api_objections"),
    path("petitions", served("api_petitions"), name="api_petitions"),
    path("journal", served("api_journal"), name="api_journal"),
    path("journal/entries/<int:index>", served("api_entry"), name="api_entry"),
    path("desk/worklist", served("api_worklist"), name="api_worklist"),
    path("desk/tasks", served("api_desk_tasks"), name="api_desk_tasks"),
    path("desk/tasks/<slug:no>", served("api_case"), name="api_case"),
    path("desk/findings", served("api_findings"), name="api_findings"),
    path("desk/registers", served("api_registers"), name="api_registers"),
    path("desk/calls", served("api_calls"), name="api_calls"),
    path("desk/tasks/<slug:no>/records", served("api_records"), name="api_records"),
    path("desk/tasks/<slug:no>/documents", served("api_documents"), name="api_documents"),
    path("desk/tasks/<slug:no>/files", served("api_files"), name="api_files"),
    path("desk/tasks/<slug:no>/progress", served("api_progress"), name="api_progress"),
    path("desk/tasks/<slug:no>/draft", served("api_draft"), name="api_draft"),
    path("desk/tasks/<slug:no>/application", served("api_application"), name="api_application"),
    path("desk/tasks/<slug:no>/findings/<slug:finding>/answer", served("api_finding_answer"), name="api_finding_answer"),
    path("desk/calls/<slug:call>/tasks/<slug:no>", served("api_call_answer"), name="api_call_answer"),
]
