"""D10 异议台: every objection gets a timely, real answer; those by phone or letter get the same receipt."""

from __future__ import annotations

import logging
from typing import Any

from cryptography.exceptions import InvalidTag
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import objections
from xiaohao.acts._seal import unseal
from xiaohao.acts.clock import now
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor
from xiaohao.records import worklist
from xiaohao.records.models import Objection, Record, Task
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, account_of, opened
from xiaohao.web.desk.forms.objections import AdmissionForm, ReplyForm, TakenForm
from xiaohao.web.desk.pages import objections as pages
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.errors import refused_json, wants_json
from xiaohao.web.parts.form_errors import errors_of

_log = logging.getLogger("xiaohao.contacts")


def queue(request: HttpRequest) -> HttpResponse:
    """Every objection of this person's desk, the least time left first."""
    rows = worklist.desk_objections(account_of(request).actor)
    return show(request, "objections", {"lines": pages.queue_of(rows, now())})


def take(request: HttpRequest) -> HttpResponse:
    """Type in a phone call or a letter. The receipt is the same as on the web, and is shown at once to be read out or posted."""
    actor, at = account_of(request).actor, now()
    task = _chosen(request, actor)
    form = _taken_form(request, actor, task)
    if request.method != "POST":
        return show(request, "objection_new", {"form": form, "task": task})
    if not form.is_valid():
        return show_again(request, "objection_new", {"form": form, "task": task, "errors": errors_of(form)})
    typed = form.cleaned_data
    try:
        receipt = objections.object_to(
            notice=typed["notice"],
            channel=typed["channel"],
            text=typed["text"],
            contact=typed["contact"],
            measures=typed["measures"],
            at=at,
            key=typed["key"],
            entered_by=actor,
        )
    except Refused as refused:
        return refused_json(refused) if wants_json(request) else _refused_here(request, form, task, refused)
    return redirect("receipt", code=receipt.result["code"])


def _refused_here(request: HttpRequest, form: TakenForm, task: Task | None, refused: Refused) -> HttpResponse:
    for unmet in refused.unmet:
        form.add_error(None, f"{unmet.fact}{unmet.way}")
    return show_again(request, "objection_new", {"form": form, "task": task, "errors": errors_of(form)})


def _notices(actor: Actor) -> list[tuple[str, Any]]:
    """Notices of the tasks that this desk serves, newest first."""
    rows = (
        Record.objects.filter(type="publicity", on_tasks__desk=actor.org).prefetch_related("on_tasks").order_by("-recorded_at").distinct()
    )
    return [(row.pk, _notice_words(row)) for row in rows]


def _notice_words(row: Record) -> str:
    task = next(iter(row.on_tasks.all()))
    return f"第 {task.number} 项 {task.title or task.problem[:20]}（{row.more.get('start', '')} 至 {row.more.get('end', '')}）"


def _chosen(request: HttpRequest, actor: Actor) -> Task | None:
    """The task of the notice that was chosen, so that its measures can be ticked."""
    notice = request.POST.get("notice") or request.GET.get("notice", "")
    return Task.objects.filter(desk=actor.org, records__pk=notice, records__type="publicity").first()


def _taken_form(request: HttpRequest, actor: Actor, task: Task | None) -> TakenForm:
    plan = task.plans.order_by("-version").first() if task else None
    measures = [(m["id"], f"{m['number']} {m['text']}") for m in plan.more.get("measures", [])] if plan else []
    data = request.POST if request.method == "POST" else None
    return TakenForm(data, notices=_notices(actor), measures=measures, initial={"notice": request.GET.get("notice", "")})


def _own(request: HttpRequest, objection: str) -> tuple[Objection, Case]:
    """The objection and its case. Raises Http404 for one of another desk."""
    actor = account_of(request).actor
    row = worklist.desk_objections(actor).filter(pk=objection).first()
    if row is None:
        raise Http404
    return row, opened(request, row.task.address)


def one(request: HttpRequest, objection: str) -> HttpResponse:
    """One objection with what is to be done about it now."""
    row, case = _own(request, objection)
    return show(request, "objection", _context(row, case))


def _context(row: Objection, case: Case, **forms: Any) -> dict[str, Any]:
    statement = case.dossier.last_statement(case.task.pk, "completion")
    return {
        "row": row,
        "case": case,
        "state": pages.state_of(row),
        "clock": pages.clock_for(row),
        "why": pages.why_due(row),
        "line": pages.queue_of([row], case.at)[0],
        "similar": pages.similar_to(row),
        "checkers": pages.checkers_of(case.task),
        "measures": [words for one, words in _measures(row, case)],
        "is_handler": _is_handler(row, case.actor),
        "has_contact": Objection.objects.filter(pk=row.pk).exclude(contact=b"").exists(),
        "statement": statement,
        "admission": AdmissionForm(prefix="admission"),
        "reply": ReplyForm(prefix="reply", measures=_measures(row, case)),
        **forms,
    }


def _measures(row: Objection, case: Case) -> list[tuple[str, str]]:
    named = [measure for measure in case.dossier.measures_of(case.task.pk) if measure.id in row.measures]
    return [(measure.id, _("措施 %(number)s") % {"number": measure.number}) for measure in named]


def admit(request: HttpRequest, objection: str) -> HttpResponse:
    """Looked into or not, with a reason that is public."""
    row, case = _own(request, objection)
    form = AdmissionForm(request.POST, prefix="admission")
    if not form.is_valid():
        return show_again(request, "objection", {**_context(row, case, admission=form), "errors": errors_of(form)})
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: objections.admit(
            objection=row.pk, by=case.actor, at=case.at, key=typed["key"], admissible=typed["admissible"], reason=typed["reason"]
        ),
        done=_("已受理，理由已公开。") if typed["admissible"] else _("不受理，理由已公开。"),
        to=reverse("desk_objection", args=[row.pk]),
    )


def answer(request: HttpRequest, objection: str) -> HttpResponse:
    """The public answer. One that repeats the unit's own statement has to be confirmed; one upheld returns the task in the same act."""
    row, case = _own(request, objection)
    form = ReplyForm(request.POST, prefix="reply", measures=_measures(row, case))
    share = _copied(form, case) if form.is_valid() else 0.0
    if share >= pages.MOST_COPIED and not form.cleaned_data["confirmed"]:
        form.add_error(
            "answer",
            _("答复有 %(share)d%% 与完成情况说明逐字相同。请写核查到的情况；确实不用改的，勾选下面一项。") % {"share": round(share * 100)},
        )
    if form.errors:
        return show_again(
            request, "objection", {**_context(row, case, reply=form), "errors": errors_of(form), "copied": share >= pages.MOST_COPIED}
        )
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: objections.answer(
            objection=row.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            answer=form.whole_answer(),
            upheld=typed["upheld"],
            public_text=typed["public_text"],
        ),
        done=_("异议成立，任务已退回整改，答复已公开。") if typed["upheld"] else _("答复已公开。"),
        to=reverse("desk_objection", args=[row.pk]),
    )


def _copied(form: ReplyForm, case: Case) -> float:
    said = case.dossier.last_statement(case.task.pk, "completion")
    return pages.copied_share(form.whole_answer(), said.text) if said else 0.0


def contact(request: HttpRequest, objection: str) -> HttpResponse:
    """How to reach the objector, for the named handler only. That it was looked at is logged; what was seen is not."""
    row, case = _own(request, objection)
    if not _is_handler(row, case.actor):
        messages.error(request, _("联系方式只有承办人能看。"))
        return redirect("desk_objection", objection)
    sealed = bytes(Objection.objects.values_list("contact", flat=True).get(pk=row.pk))
    try:
        reach = unseal(sealed, bound_to=row.pk) if sealed else ""
    except InvalidTag:
        _log.error("contact of %s cannot be opened with this office's key", row.pk)
        reach = _("打不开：不是用本机构的密钥封存的。")
    _log.warning("contact of %s was opened by %s", row.pk, case.actor.person)
    return show(request, "objection", _context(row, case, contact=reach or _("没有留联系方式。")))


def _is_handler(row: Objection, actor: Actor) -> bool:
    """The named handler: whoever admitted it, or typed it in; before that nobody needs to know."""
    return actor.person in (row.admitted_by_id, row.entered_by_id)
