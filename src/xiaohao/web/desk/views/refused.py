"""D3 被拒绝: why not, and how to get to yes; and the dry run that says the same beforehand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from xiaohao.acts.dry_run import look_at
from xiaohao.documents.refusal_pdf import refusal_pdf
from xiaohao.procedure.steps import STEPS
from xiaohao.records.models import Refusal
from xiaohao.web.desk.case import opened
from xiaohao.web.desk.pages import refusal as pages
from xiaohao.web.desk.pages.turn import page_of_step, verb_of
from xiaohao.web.desk.show import show
from xiaohao.web.errors import unmet_json, wants_json


def refused(request: HttpRequest, no: str, entry: int) -> HttpResponse:
    """The refusal under that journal entry, as it was: 409 for a person and for a program alike. Prints as 缺项单."""
    case = opened(request, no)
    row = get_object_or_404(Refusal, pk=entry, task=case.task)
    unmet = pages.unmet_of(row)
    if wants_json(request):
        body = {
            "status": 409,
            "step": row.step,
            "entry": row.pk,
            "unmet": [unmet_json(one) for one in unmet],
            "met": [str(one) for one in pages.met_by(row)],
        }
        return JsonResponse(body, status=409, headers={"Cache-Control": "no-store"})
    context = {
        "case": case,
        "title": pages.title_words(case, row),
        "gates": pages.gate_lines(unmet, case.no, step=row.step),
        "met": pages.met_by(row),
        "entry": row.pk,
        "at": row.entry.at,
        "kept": bool(row.draft),
        "again": page_of_step(row.step, case.no) if row.step in {step.name for step in STEPS} else "",
    }
    return show(request, "refused", context, status=409)


def sheet(request: HttpRequest, no: str, entry: int) -> HttpResponse:
    """The list of what is missing as a sheet of paper, to be taken along."""
    case = opened(request, no)
    row = get_object_or_404(Refusal, pk=entry, task=case.task)
    step = next((str(one.label) for one in STEPS if one.name == row.step), row.step)
    paper = refusal_pdf(
        task=case.name, unit=case.dossier.org_name(case.actor.org), step=step, unmet=pages.unmet_of(row), made_at=row.entry.at
    )
    headers = {"Content-Disposition": content_disposition_header(False, f"缺项单-{case.no}-{entry}.pdf") or "inline"}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def look_ahead(request: HttpRequest, no: str, step: str) -> HttpResponse:
    """The dry run of a step on the case as it is on file. Writes nothing, and only the reader sees it."""
    case = opened(request, no)
    wanted = next((one for one in STEPS if one.name == step and not one.opens), None)
    if wanted is None:
        raise Http404
    seen = look_at(wanted, case.dossier, task=case.task, by=case.actor, at=case.at)
    if wants_json(request):
        body = {
            "step": step,
            "granted": seen.granted,
            "unmet": [unmet_json(one) for one in seen.unmet],
            "met": [str(one.fact) for one in seen.met],
        }
        return JsonResponse(body, headers={"Cache-Control": "no-store"})
    context = {
        "case": case,
        "verb": verb_of(wanted, case.rules),
        "gates": pages.gate_lines(seen.unmet, case.no, step=step),
        "met": [one.fact for one in seen.met],
        "granted": seen.granted,
        "page_of_step": page_of_step(step, case.no),
    }
    return show(request, "look", context)
