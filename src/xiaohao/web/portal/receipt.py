"""P5: the receipt, which makes "we never got it" impossible, and what became of the objection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from xiaohao.acts.clock import now
from xiaohao.acts.objections import ask_recheck, find_by_code, withdraw
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.plan import Measure
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import WorkCalendar
from xiaohao.publicity.objections import ObjectionClock, clock_of, overdue_words
from xiaohao.publicity.receipt_code import parse_code, receipt_code
from xiaohao.publicity.why import why_deadline
from xiaohao.records import queries
from xiaohao.records.models import Objection
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import dossier_of
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.journal import ProofBadge
from xiaohao.web.portal.log import public_log
from xiaohao.web.portal.notice import objection_state

#: Signs of a code that name a downloaded receipt: enough to tell two apart, too few to use.
_NAMED_BY = 4


@dataclass(frozen=True, slots=True)
class NextStep:
    """One line of what happens: `done` when it has, with the moment; else the day by which it must (None: 待公布), and whether that is past."""

    words: str
    done: bool
    moment: datetime | date | None
    overdue: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """Everything on P5 about one objection."""

    code: str
    address: str
    row: Objection
    state: str
    steps: tuple[NextStep, ...]
    notice_no: str
    title: str
    measures: tuple[str, ...]
    suspends: bool
    answer_by: date | None
    why: tuple[str, ...]
    proof: ProofBadge | None
    may_withdraw: bool
    may_recheck: bool


class LookUpForm(forms.Form):
    """The receipt's code, however it is typed."""

    use_required_attribute = False

    code = forms.CharField(
        label=gettext_lazy("回执号"),
        max_length=200,
        help_text=gettext_lazy("26 个字母和数字，大小写、空格、横线都不要紧。"),
        error_messages={"required": gettext_lazy("请输入回执号")},
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        bits = parse_code(self.cleaned_data["code"])
        if bits is None:
            raise forms.ValidationError(gettext_lazy("回执号不对，请对照回执再看一遍"))
        code = receipt_code(bits)
        if find_by_code(code) is None:
            raise forms.ValidationError(gettext_lazy("没有这个回执号，请对照回执再看一遍"))
        return code


@csrf_exempt
def look_up(request: HttpRequest) -> HttpResponse:
    """Find a receipt by its code. Nothing is changed, so no token is asked and no cookie set."""
    form = LookUpForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect("receipt", code=form.cleaned_data["code"])
    errors = errors_of(form) if form.is_bound else ()
    return render(request, "portal/receipt_lookup.html", {"form": form, "errors": errors}, status=422 if errors else 200)


def receipt(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "portal/receipt.html", {"it": receipt_page(_found(code), code, now())})


def receipt_file(request: HttpRequest, code: str) -> HttpResponse:
    """The signed receipt as it was handed out: a note that anybody can check against the log's public key."""
    row = _found(code)
    headers = {"Content-Disposition": f'attachment; filename="receipt-{code[:_NAMED_BY]}.txt"'}
    return HttpResponse(row.receipt, content_type="text/plain; charset=utf-8", headers=headers)


def receipt_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Asks once more, then takes the objection back."""
    if request.method == "POST":
        withdraw(code=code, at=now())
        return redirect("receipt", code=code)
    return _confirm(request, code, "withdraw")


def receipt_recheck(request: HttpRequest, code: str) -> HttpResponse:
    """Asks once more, then asks somebody else to look again."""
    if request.method == "POST":
        ask_recheck(code=code, at=now())
        return redirect("receipt", code=code)
    return _confirm(request, code, "recheck")


def receipt_page(row: Objection, code: str, at: datetime) -> ReceiptPage:
    """The values of the page."""
    dossier = dossier_of(row.task, at=at)
    calendar = calendar_of(dossier)
    within = rulebook_of(row.task).objection.answer_within
    since = row.recheck_asked_at or row.received_at
    clock = clock_of(since.astimezone(CST).date(), calendar, answer_workdays=within)
    state = objection_state(row)
    is_open = state in ("received", "admitted")
    today = at.astimezone(CST).date()
    overdue = overdue_words(clock.answer_by, today, calendar) if is_open and clock.answer_by and today > clock.answer_by else ""
    named = {measure.id: measure for measure in dossier.measures_of(row.task_id)}
    return ReceiptPage(
        code=code,
        address=f"{settings.PUBLIC_URL.rstrip('/')}/r/{code}",
        row=row,
        state=state,
        steps=tuple(_steps(row, clock, overdue, _late_admission(row, clock, today, calendar))),
        notice_no=queries.number_of(row.notice_id or ""),
        title=row.task.title or row.task.problem,
        measures=tuple(_measure_words(named.get(measure)) for measure in row.measures),
        suspends=is_open and not row.late,
        answer_by=clock.answer_by,
        why=why_deadline(since.astimezone(CST).date(), within, calendar) if is_open else (),
        proof=public_log().badge(row.entry),
        may_withdraw=is_open,
        may_recheck=state == "not_upheld" and row.recheck_asked_at is None,
    )


def _late_admission(row: Objection, clock: ObjectionClock, today: date, calendar: WorkCalendar) -> str:
    """已超期 2 个工作日 where the office has decided, or still has to decide, too late whether it looks into it; "" otherwise."""
    decided = row.admitted_at.astimezone(CST).date() if row.admitted_at else today
    if clock.admit_by is None or row.recheck_asked_at or row.withdrawn_at or decided <= clock.admit_by:
        return ""
    return overdue_words(clock.admit_by, decided, calendar)


def _steps(row: Objection, clock: ObjectionClock, overdue: str, late: str) -> tuple[NextStep, ...]:
    if row.withdrawn_at:
        return (NextStep(say("已收到"), True, row.received_at), NextStep(say("您已撤回"), True, row.withdrawn_at))
    steps = [NextStep(say("已收到"), True, row.received_at)]
    if row.recheck_asked_at:
        steps.append(NextStep(say("您要求复核，由另一人重新核查"), True, row.recheck_asked_at))
    elif row.admitted_at:
        steps.append(NextStep(say("已受理") if row.admissible else say("不受理，理由见下"), True, row.admitted_at, late))
    else:
        steps.append(NextStep(say("决定是否受理，不受理要说理由"), False, clock.admit_by, late))
    if row.admissible is False:
        return tuple(steps)
    if row.answered_at:
        return (*steps, NextStep(say("已答复"), True, row.answered_at))
    steps.append(NextStep(say("现场或书面核查，核查人不是责任单位的人"), False, clock.answer_by))
    return (*steps, NextStep(say("答复，并在公示页公开"), False, clock.answer_by, overdue))


def _measure_words(measure: Measure | None) -> str:
    return f"{measure.number} {measure.text}" if measure else ""


def _confirm(request: HttpRequest, code: str, what: str) -> HttpResponse:
    it = receipt_page(_found(code), code, now())
    if not (it.may_withdraw if what == "withdraw" else it.may_recheck):
        return redirect("receipt", code=code)
    return render(request, "portal/receipt_confirm.html", {"it": it, "what": what})


def _found(code: str) -> Objection:
    row = find_by_code(code)
    if row is None:
        raise Http404
    return row
