"""质询: what acceptors and reviewers ask back, and what the unit answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import questions as acts
from xiaohao.kernel.roles import Role
from xiaohao.kernel.when import CST
from xiaohao.procedure.questions import questions_of
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.questions import QuestionForm, ReplyForm
from xiaohao.web.desk.pages.evidence import evidence_groups
from xiaohao.web.desk.pages.questions import lines_of, matters_of
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of

#: Days until the answer, as the form proposes. Ours; the person types their own.
_DAYS_TO_ANSWER = 5
_UNIT = frozenset({Role.REPORTER, Role.HEAD, Role.CLERK})


def questions(request: HttpRequest, no: str) -> HttpResponse:
    """All questions of the task with their answers; who may, asks another."""
    case = opened(request, no)
    today = case.at.astimezone(CST).date()
    data = request.POST if request.method == "POST" else None
    initial = {"about": request.GET.get("about", ""), "due": today + timedelta(days=_DAYS_TO_ANSWER)}
    form = QuestionForm(data, matters=matters_of(case), today=today.isoformat(), initial=initial)
    if request.method != "POST":
        return show(request, "questions", _context(case, form))
    if not form.is_valid():
        return show_again(request, "questions", {**_context(case, form), "errors": errors_of(form)})
    typed = form.cleaned_data
    thing, _between, quote = typed["about"].partition("|")
    return attempt(
        request,
        case,
        lambda: acts.ask_question(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            about=acts.About(thing, quote),
            text=typed["text"],
            due=typed["due"].isoformat(),
        ),
        done=_("质询已发给责任单位，答复前不出结论。"),
        to=reverse("desk_questions", args=[case.no]),
    )


def answer(request: HttpRequest, no: str, question: str) -> HttpResponse:
    """One question; the responsible unit answers it here."""
    case = opened(request, no)
    one = next((one for one in questions_of(case.dossier) if one.asked.id == question), None)
    if one is None:
        raise Http404
    pairs = [pair for _register, found in evidence_groups(case.dossier) for pair in found]
    form = ReplyForm(request.POST if request.method == "POST" else None, evidence=pairs)
    context = {"case": case, "line": lines_of(case, (one,))[0], "form": form, "may": _answers(case) and one.reply is None}
    if request.method != "POST":
        return show(request, "question", context)
    if not form.is_valid():
        return show_again(request, "question", {**context, "errors": errors_of(form)})
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: acts.answer_question(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            question=question,
            text=typed["text"],
            evidence=typed["evidence"],
        ),
        done=_("质询已答复。"),
        to=reverse("desk_questions", args=[case.no]),
    )


def _answers(case: Case) -> bool:
    task = case.dossier.task
    return case.actor.org in (task.owner, task.lead, *task.co_owners) and bool(case.actor.roles & _UNIT)


def _context(case: Case, form: QuestionForm) -> dict[str, Any]:
    return {
        "case": case,
        "lines": lines_of(case, questions_of(case.dossier)),
        "form": form,
        "may_ask": acts.may_ask(case.dossier, case.actor, case.rules.route),
        "answers": _answers(case),
    }
