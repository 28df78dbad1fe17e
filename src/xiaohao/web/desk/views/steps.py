"""Steps that need only the click or a few words: approve, start, close, confirm, return, reopen, withdraw; and the plan of the watch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaohao.acts import closing, notices, plans
from xiaohao.acts.dry_run import look_at
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.oversight import WatchPlan
from xiaohao.procedure.steps import Step, step_named
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.keyed import StepForm
from xiaohao.web.desk.forms.verdicts import BareForm, ConsentForm, WatchForm, WordsForm
from xiaohao.web.desk.pages.dossier import goals_of
from xiaohao.web.desk.pages.refusal import gate_lines
from xiaohao.web.desk.pages.turn import page_of_step, verb_of
from xiaohao.web.desk.pledged import sign_and
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.versions import ChangeLine, changes_in


@dataclass(frozen=True, slots=True)
class Page:
    """How a step is taken here: the `label` of the words it asks for ("" for none), what the act is called with, what is said when it is
    done; `pledge` is the stage for which whoever decides signs in the same breath."""

    act: Callable[..., Receipt]
    done: Any
    label: Any = ""
    words: str = ""
    pledge: str = ""


_PAGES = {
    "approve_plan": Page(plans.approve_plan, _("方案已批准，目标和时限从此锁定。")),
    "return_plan": Page(plans.return_plan, _("方案已退回。"), _("退回的理由"), "reason"),
    "start": Page(plans.start, _("已开始整改。")),
    "resume": Page(closing.resume, _("已继续整改。")),
    "close": Page(closing.close, _("已销号，开始观察。"), _("销号意见"), "statement", pledge="close"),
    "confirm": Page(closing.confirm, _("已确认观察期满。"), _("确认意见（看到了什么）"), "statement"),
    "reopen": Page(closing.reopen, _("任务已重新打开。"), _("重新打开的理由（会公开）"), "reason"),
    "withdraw_notice": Page(notices.withdraw_notice, _("公示已撤回，旧文保留。"), _("撤回的理由（会公开）"), "reason"),
}


def step(request: HttpRequest, no: str, step: str) -> HttpResponse:
    """Take the step, or show what it would find and ask for its words."""
    case = opened(request, no)
    if step not in _PAGES:
        raise Http404
    row, page = step_named(step), _PAGES[step]
    form = _form(request, case, step, page)
    if request.method != "POST":
        return show(request, "step", _context(case, row, page, form))
    if not form.is_valid():
        return show_again(request, "step", _context(case, row, page, form))
    return attempt(
        request,
        case,
        lambda: _act(case, page, form.cleaned_data),
        done=str(page.done),
        to=reverse("desk_task", args=[case.no]),
        step=step,
        typed=drafts.typed_in(form),
    )


def _act(case: Case, page: Page, typed: dict[str, Any]) -> Receipt:
    words = {page.words: typed["words"]} if page.words else {}
    if typed.get("number"):
        words["consent"] = plans.Paper(typed["number"], typed["date"].isoformat())

    def act(version: int) -> Receipt:
        return page.act(task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], version=version, **words)

    if page.pledge and typed.get("pledged"):
        return sign_and(case, act, key=typed["key"], version=typed["version"], stage=page.pledge)
    return act(typed["version"])


def _form(request: HttpRequest, case: Case, step: str, page: Page) -> StepForm:
    data = request.POST if request.method == "POST" else None
    draft = drafts.kept(request, case.task, step) if data is None else None
    initial = {**(draft.values if draft else {}), "version": case.task.version}
    if step == "approve_plan" and _changed(case):
        return ConsentForm(data, initial=initial)
    if page.label:
        return WordsForm(data, initial=initial, label=page.label, pledge=bool(page.pledge))
    return BareForm(data, initial=initial)


def _context(case: Case, row: Step, page: Page, form: StepForm) -> dict[str, Any]:
    seen = look_at(row, case.dossier, task=case.task, by=case.actor, at=case.at)
    handed_in = {"public_return_reasoned", "return_reasoned", "change_consented"} | ({"closing_pledged"} if page.pledge else set())
    unmet = tuple(one for one in seen.unmet if one.gate not in handed_in)
    return {
        "case": case,
        "step": row,
        "verb": verb_of(row, case.rules),
        "form": form,
        "changes": _changed(case) if row.name in ("approve_plan", "return_plan") else (),
        "errors": errors_of(form) if form.is_bound else (),
        "gates": gate_lines(unmet, case.no),
        "met": [one.fact for one in seen.met],
        "goals": goals_of(case) if row.name in ("approve_plan", "close", "confirm") else (),
        "grave": row.name in ("return_plan", "reopen", "withdraw_notice"),
    }


def _changed(case: Case) -> tuple[ChangeLine, ...]:
    """What the version that waits for approval changes against the last approved one."""
    return changes_in(case.dossier, case.dossier.plan_in_force(case.task.pk))


def watch(request: HttpRequest, no: str) -> HttpResponse:
    """How long the task is watched after its closing; the rulebook's figures stand there to begin with."""
    case = opened(request, no)
    usual = case.rules.watch
    initial = {"months": usual.months, "k": usual.k, "n": usual.n, "version": case.task.version}
    form = WatchForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"case": case, "form": form, "usual": usual, "now": case.dossier.watch_plan_of(case.task.pk)}
    if request.method != "POST":
        return show(request, "watch", context)
    if not form.is_valid():
        return show_again(request, "watch", {**context, "errors": errors_of(form)})
    typed = form.cleaned_data
    made = WatchPlan(id=id_from("watch", typed["key"]), task=case.task.pk, months=typed["months"], k=typed["k"], n=typed["n"])
    return attempt(
        request,
        case,
        lambda: closing.plan_watch(task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], watch=made),
        done=str(_("观察计划已定。")),
        to=page_of_step("close", case.no),
    )
