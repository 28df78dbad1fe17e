"""Claimed, found, sampled: asking for a sample, looking at what was drawn, and taking the draw away to repeat it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import sampling
from xiaohao.evidence.coverage import claiming_statement
from xiaohao.records.drawings import as_json, drawn_now
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.keyed import KeyedForm
from xiaohao.web.desk.pages.sample import sample_lines
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of


def sample(request: HttpRequest, no: str) -> HttpResponse:
    """The claims with their rows and the drawn ones; POST asks for the draw."""
    case = opened(request, no)
    if request.method != "POST":
        return show(request, "sample", _context(case, KeyedForm(), request.GET.get("draw", "")))
    form = KeyedForm(request.POST)
    if not form.is_valid():
        return show_again(request, "sample", {**_context(case, form, ""), "errors": errors_of(form)})
    return attempt(
        request,
        case,
        lambda: sampling.draw_sample(task=case.task.pk, by=case.actor, at=case.at, key=form.cleaned_data["key"]),
        done=_("抽样范围已记入日志，种子由下一个检查点产生。"),
        to=reverse("desk_sample", args=[case.no]),
    )


def as_file(request: HttpRequest, no: str, drawing: str) -> HttpResponse:
    """A draw as the file that `xiaohao sample` repeats. Raises Http404 before its checkpoint is out."""
    case = opened(request, no)
    row = case.task.drawings.filter(pk=drawing).first()
    draw = drawn_now(row) if row else None
    if draw is None:
        raise Http404
    answer = JsonResponse(as_json(draw), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{case.no}-sample.json"'
    return answer


def _context(case: Case, form: KeyedForm, asked: str) -> dict[str, object]:
    statement = claiming_statement(case.dossier, case.task.pk)
    drawings = list(case.task.drawings.filter(statement=statement.id).select_related("org").order_by("at", "pk")) if statement else []
    shown = next((one for one in drawings if one.pk == asked), drawings[-1] if drawings else None)
    draw = drawn_now(shown) if shown else None
    theirs = case.actor.org in (case.task.owner_id, *case.dossier.task.co_owners)
    mine = any(one.org_id == case.actor.org for one in drawings)
    return {
        "case": case,
        "form": form,
        "statement": statement,
        "lines": sample_lines(case, statement, draw) if statement else (),
        "drawings": drawings,
        "shown": shown,
        "draw": draw,
        "root": draw.root.hex() if draw else "",
        "size": draw.entry + 1 if draw else 0,
        "may_draw": bool(statement) and not theirs and not mine and bool(case.actor.roles & sampling.SAMPLERS),
    }
