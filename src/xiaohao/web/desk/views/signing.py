"""D9 签批: the head of the unit signs knowingly, or sends the application back with a reason."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import statements
from xiaohao.acts.dry_run import look_at
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.evidence.backing import backing
from xiaohao.evidence.coverage import coverage
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.target import judge
from xiaohao.procedure import steps
from xiaohao.procedure.countersigning import APPLY
from xiaohao.records import worklist
from xiaohao.records.models import Account, Draft
from xiaohao.records.worklist import SIGNING
from xiaohao.screening.pace import AT_THE_ACT
from xiaohao.screening.run import screen
from xiaohao.web.desk import drafts, reading
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, account_of, opened
from xiaohao.web.desk.forms.application import ApplicationForm
from xiaohao.web.desk.forms.keyed import fresh_key
from xiaohao.web.desk.pages.countersigning import panels_for
from xiaohao.web.desk.pages.evidence import words_of
from xiaohao.web.desk.pages.refusal import gate_lines
from xiaohao.web.desk.pledged import sign_and
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.desk.views.application import with_statement
from xiaohao.web.parts.form_errors import FieldError

#: Name in the address of the page after a signature that was not taken.
_AFTER = "unread"
#: Records that the head must have opened: two, drawn from all of them (UX.md, D9).
SAMPLED = 2


def waiting(request: HttpRequest) -> HttpResponse:
    """Applications that wait for this person's signature."""
    return show(request, "sign_list", {"drafts": list(worklist.to_sign(account_of(request)).order_by("saved_at"))})


def sign(request: HttpRequest, no: str) -> HttpResponse:
    """Four facts, two sampled records, a tick and a signature. Changed since it was handed over: it must be read again."""
    case = opened(request, no)
    draft = drafts.kept(request, case.task, SIGNING)
    if draft is None:
        return show(request, "sign_none", {"case": case})
    form = _application(case, draft, request)
    if not form.is_valid():
        return show(request, "sign_none", {"case": case})
    wanted = with_statement(case, form)
    sampled = sampled_from(case, wanted)
    context = _context(request, case, draft, wanted, sampled)
    if request.method != "POST":
        wrong = _unread(request, case, sampled) if _AFTER in request.GET else ()
        return show_again(request, "sign", {**context, "errors": wrong}) if wrong else show(request, "sign", context)
    if "send_back" in request.POST:
        return _send_back(request, case, draft)
    if _unread(request, case, sampled):
        # 抽查件要打开看，看完按“后退”回来：答在一个可以退回的页面上，不答在提交的结果上
        ticked = "&read=on" if request.POST.get("read") == "on" else ""
        return redirect(f"{reverse('desk_sign_task', args=[case.no])}?{_AFTER}=1{ticked}")
    key = form.cleaned_data["key"]

    def act(version: int) -> Receipt:
        return statements.apply_for_acceptance(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=key,
            answers=form.answers(),
            done_on=form.cleaned_data["done_on"].isoformat(),
            version=version,
        )

    return attempt(
        request,
        case,
        lambda: sign_and(case, act, key=key, version=form.cleaned_data["version"], stage="apply"),
        done=_("已签批，申请验收。"),
        to=reverse("desk_task", args=[case.no]),
        step=SIGNING,
        typed=draft.values,
    )


def _application(case: Case, draft: Draft, request: HttpRequest) -> ApplicationForm:
    """The handed-over application as the form it was, bound with the key and version of the page that is signed."""
    sent = request.POST if request.method == "POST" else {}
    held = {name: value for name, value in draft.values.items() if name not in ("clerk", "returned_with")}
    return ApplicationForm(
        {**held, "key": sent.get("key", fresh_key()), "version": sent.get("version", case.task.version)}, dossier=case.dossier
    )


def sampled_from(case: Case, wanted: Dossier) -> tuple[str, ...]:
    """Two of the records that stand behind the measures, ticked or entered for them, drawn by the hash of the task's version and the record:
    nobody chooses which."""
    named = {one for answer in coverage(wanted, wanted.task.id) for one in answer.evidence}
    drawn = sorted(named, key=lambda one: hashlib.sha256(f"{case.task.pk}|{case.task.version}|{one}".encode()).hexdigest())
    records = {record.id for record in case.dossier.records_of(case.task.pk)} | {file.id for file in case.dossier.files_of(case.task.pk)}
    return tuple(one for one in drawn if one in records)[:SAMPLED]


def _unread(request: HttpRequest, case: Case, sampled: tuple[str, ...]) -> tuple[FieldError, ...]:
    wrong = []
    if any(not reading.has_opened(request, case.no, one) for one in sampled):
        wrong.append(FieldError("samples", _("抽查件还没有打开看过。请逐件打开后再签。")))
    if (request.POST if request.method == "POST" else request.GET).get("read") != "on":
        wrong.append(FieldError("id_read", _("请勾选“我看过”后再签。")))
    return tuple(wrong)


def _send_back(request: HttpRequest, case: Case, draft: Draft) -> HttpResponse:
    """Back to the clerk, with the reason at the head of the draft. Nothing is journaled: nothing was submitted."""
    reason = request.POST.get("reason", "").strip()[:500] or _("请再核对。")
    clerk = Account.objects.filter(username=draft.values.get("clerk", "")).first()
    if clerk is None:
        raise Http404
    held = {name: value for name, value in draft.values.items() if name != "clerk"}
    drafts.hand_to(clerk, case.task, "apply", {**held, "returned_with": reason}, at=case.at)
    drafts.forget(request, case.task, SIGNING)
    messages.success(request, _("已退回经办人。"))
    return redirect("desk_sign")


def _context(request: HttpRequest, case: Case, draft: Draft, wanted: Dossier, sampled: tuple[str, ...]) -> dict[str, Any]:
    seen = look_at(steps.APPLY, wanted, task=case.task, by=case.actor, at=case.at)
    pledged_here = tuple(one for one in seen.unmet if one.gate != "application_pledged")
    return {
        "case": case,
        "draft": draft,
        "key": fresh_key(),
        "version": case.task.version,
        "changed": draft.values.get("version") not in (None, case.task.version),
        "facts": facts_of(case, wanted),
        "samples": [(words_of(case.dossier, one), _address(case, one), reading.has_opened(request, case.no, one)) for one in sampled],
        "gates": gate_lines(pledged_here, case.no),
        "statement": wanted.statements[-1].text,
        "panels": panels_for(case, APPLY),
    }


def _address(case: Case, thing: str) -> str:
    is_file = any(file.id == thing for file in case.dossier.files)
    return reverse("desk_file" if is_file else "desk_record", args=[case.no, thing])


def facts_of(case: Case, wanted: Dossier) -> tuple[tuple[str, Said, Said], ...]:
    """(glyph, fact, detail) of the four things to know: measures, goals, claims, findings."""
    return (_measures(wanted), _goals(case, wanted), _claims(wanted), _findings(wanted))


def _measures(wanted: Dossier) -> tuple[str, Said, Said]:
    answers = coverage(wanted, wanted.task.id)
    done = [answer for answer in answers if answer.answered in ("yes", "withdrawn", "elsewhere")]
    evidence = {one for answer in answers for one in answer.evidence}
    glyph = "check" if len(done) == len(answers) else "gap"
    return glyph, say("{all} 项措施，{done} 项已答", all=len(answers), done=len(done)), say("{count} 份记录", count=len(evidence))


def _goals(case: Case, wanted: Dossier) -> tuple[str, Said, Said]:
    until, done = When(case.at.date(), case.at.date()), parse_when(wanted.task.done_at)
    verdicts = [judge(wanted, goal, done_at=done, until=until) for goal in wanted.goals_of(wanted.task.id) if goal.target]
    met = sum(verdict.met is True for verdict in verdicts)
    glyph = "check" if met == len(verdicts) else "half"
    return (
        glyph,
        say("{all} 个数值目标，{met} 个按数据达到", all=len(verdicts), met=met),
        say("{reasons}", reasons=" ".join(v.reason for v in verdicts)),
    )


def _claims(wanted: Dossier) -> tuple[str, Said, Said]:
    states = [one.state for one in backing(wanted, wanted.statements[-1])]
    weak = [state for state in states if state != "backed"]
    detail = say(
        "证据不足 {thin}，无据 {unbacked}，无法核验 {vague}",
        thin=states.count("thin"),  # type: ignore[arg-type]
        unbacked=states.count("unbacked"),  # type: ignore[arg-type]
        vague=states.count("not_checkable"),  # type: ignore[arg-type]
    )
    return "half" if weak else "check", say("完成说明 {all} 处可核对，{weak} 处站不住", all=len(states), weak=len(weak)), detail


def _findings(wanted: Dossier) -> tuple[str, Said, Said]:
    leads = [lead for lead in screen(wanted, only=AT_THE_ACT).findings if lead.severity != "note"]
    settled = {d.key for d in wanted.dispositions if d.decision in ("explained", "withdrawn")}
    waiting = [lead for lead in leads if lead.key not in settled]
    detail = say("{words}", words=" ".join(str(lead.message) for lead in waiting[:2]))
    return "flag" if waiting else "check", say("{all} 条疑点，{waiting} 条还没有了结", all=len(leads), waiting=len(waiting)), detail
