"""D8 现场核查: planning a visit, the page that is open at the site, and the unit's answer; guidance visits of departments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import site_visits as acts
from xiaohao.acts import visit_results as results
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.file import File
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.supervision import GUIDANCE
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.when import CST
from xiaohao.procedure.guidance import may_guide
from xiaohao.procedure.pressure import may_answer, may_press
from xiaohao.records.in_post import in_office
from xiaohao.records.models import Person, SiteVisit
from xiaohao.records.supervision import VISITORS, may_be_supervised, plans_for, visits_known_to
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, account_of, opened
from xiaohao.web.desk.forms.keyed import KeyedForm
from xiaohao.web.desk.forms.supervision import GuidanceForm, ReportForm, TaskForm, VisitForm, VisitWordsForm
from xiaohao.web.desk.intake import about, take_in
from xiaohao.web.desk.pages.site import KINDS, claimed_of, names_of, photos_of, seen_lines, visit_state
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.desk.views.evidence import held_files
from xiaohao.web.errors import refused_json, wants_json
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it


def new(request: HttpRequest) -> HttpResponse:
    """Plan a visit: first to which task, then the rest."""
    actor = account_of(request).actor
    tasks = may_be_supervised(actor)
    if not request.GET.get("task"):
        return show(request, "visit_task", {"form": TaskForm(tasks=list(tasks))})
    if not tasks.filter(address=request.GET["task"]).exists():
        raise Http404
    case = opened(request, request.GET["task"])
    plan = plans_for(actor).filter(pk=request.GET.get("plan", ""), on_tasks=case.task).first()
    people = list(in_office(Person.objects.filter(org=actor.org)).order_by("pk"))
    today = case.at.astimezone(CST).date()
    measures = case.dossier.measures_of(case.task.pk)
    initial = {
        "kind": plan.kind if plan else "targeted",
        "date": today,
        "team": list(plan.thing().team) if plan else [actor.person],
        "look_at": [one.id for one in measures],
    }
    form = VisitForm(request.POST if request.method == "POST" else None, people=people, measures=measures, today=today, initial=initial)
    context = {"case": case, "plan": plan, "form": form}
    if request.method != "POST":
        return show(request, "visit_new", context)
    if form.is_valid():
        typed = form.cleaned_data
        going = acts.Going(
            task=case.task.pk,
            kind=typed["kind"],
            date=typed["date"],
            team=tuple(typed["team"]),
            unannounced=typed["unannounced"],
            place=typed["place"],
            look_at=tuple(typed["look_at"]),
            look_for=typed["look_for"],
            plan=plan.pk if plan else "",
        )
        try:
            receipt = acts.plan_visit(by=actor, at=case.at, key=typed["key"], going=going)
        except Refused as refused:
            for unmet in refused.unmet:
                form.add_error(None, f"{say_it(unmet.fact)}：{say_it(unmet.way)}")
        else:
            messages.success(request, _("现场核查已安排。出发前请在有信号的地方打开这一页，取现场核查码。"))
            return redirect("desk_site", receipt.result["visit"])
    return show_again(request, "visit_new", {**context, "errors": errors_of(form)})


def visit(request: HttpRequest, visit: str) -> HttpResponse:
    """The page at the site until the result is in, then what was found. POST files the result; a script asks for JSON and keeps what was not taken."""
    row, case = _opened(request, visit)
    if request.method != "POST":
        return show(request, "site", _context(request, row, case, _form(row, case)))
    form = ReportForm(request.POST, request.FILES, measures=_measures(row, case), asked=row.thing().look_at)
    files = _files(case, form) if form.is_valid() else ()
    if form.errors:
        return _again(request, row, case, form)
    ago = form.cleaned_data["arrived_ago"]
    told = results.Told(
        seen=form.seen(),
        text=form.cleaned_data["text"],
        passed=form.cleaned_data["passed"] == "yes",
        problems=form.cleaned_data["problems"],
        files=files,
        arrived_at=case.at - timedelta(seconds=ago) if ago is not None else None,
    )
    return _do(
        request,
        row,
        case,
        lambda: results.report_visit(visit=row.pk, by=case.actor, at=case.at, key=form.cleaned_data["key"], told=told),
        _("核查结果已收到，责任单位可以看到并答复。"),
    )


def code(request: HttpRequest, visit: str) -> HttpResponse:
    """Fetch the site code of today."""
    row, case = _opened(request, visit)
    form = KeyedForm(request.POST)
    if not form.is_valid():
        return show_again(request, "site", {**_context(request, row, case, _form(row, case)), "errors": errors_of(form)})
    key = form.cleaned_data["key"]
    try:
        receipt = acts.fetch_code(visit=row.pk, by=case.actor, at=case.at, key=key)
    except Refused as refused:
        return _refused(request, row, case, refused)
    messages.success(request, _("现场核查码：%(code)s，今天有效。") % {"code": receipt.result["code"]})
    return redirect("desk_site", row.pk)


def arrive(request: HttpRequest, visit: str) -> HttpResponse:
    """The team is there."""
    row, case = _opened(request, visit)
    form = KeyedForm(request.POST)
    if not form.is_valid():
        return show_again(request, "site", {**_context(request, row, case, _form(row, case)), "errors": errors_of(form)})
    return _do(
        request,
        row,
        case,
        lambda: acts.arrive(visit=row.pk, by=case.actor, at=case.at, key=form.cleaned_data["key"]),
        _("到达时间已记下，责任单位现在可以看到这次核查。"),
    )


def answer(request: HttpRequest, visit: str) -> HttpResponse:
    """The responsible unit answers."""
    row, case = _opened(request, visit)
    form = VisitWordsForm(request.POST)
    if not form.is_valid():
        return show_again(request, "site", {**_context(request, row, case, _form(row, case)), "words": form, "errors": errors_of(form)})
    typed = form.cleaned_data
    return _do(
        request,
        row,
        case,
        lambda: results.answer_visit(visit=row.pk, by=case.actor, at=case.at, key=typed["key"], text=typed["words"]),
        _("已答复。"),
    )


def guidance(request: HttpRequest, no: str) -> HttpResponse:
    """Enter a guidance visit of the department in charge of the industry."""
    case = opened(request, no)
    people = list(Person.objects.filter(org=case.actor.org).order_by("pk"))
    today = case.at.astimezone(CST).date()
    initial = {"date": today, "team": [case.actor.person]}
    form = GuidanceForm(request.POST if request.method == "POST" else None, people=people, today=today, initial=initial)
    context = {"case": case, "form": form, "may": may_guide(case.dossier, case.actor)}
    if request.method != "POST":
        return show(request, "guidance", context)
    if not form.is_valid():
        return show_again(request, "guidance", {**context, "errors": errors_of(form)})
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: results.guide_visit(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            day=typed["date"],
            advice=typed["advice"],
            people=tuple(typed["team"]),
            place=typed["place"],
        ),
        done=_("指导帮扶已登记，责任单位可以看到并答复。"),
        to=reverse("desk_task", args=[case.no]) + "#visits",
    )


def _opened(request: HttpRequest, visit: str) -> tuple[SiteVisit, Case]:
    """Raises Http404 for a visit that this person does not know of, with the same words as for none."""
    row = visits_known_to(account_of(request).actor).filter(pk=visit).first()
    if row is None:
        raise Http404
    return row, opened(request, row.task.address)


def _measures(row: SiteVisit, case: Case) -> tuple[Measure, ...]:
    """Those to be looked at, or all of the plan where none was named."""
    measures = case.dossier.measures_of(case.task.pk)
    asked = row.thing().look_at
    return tuple(one for one in measures if one.id in asked) if asked else tuple(measures)


def _form(row: SiteVisit, case: Case) -> ReportForm:
    return ReportForm(measures=_measures(row, case), asked=row.thing().look_at)


def _files(case: Case, form: ReportForm) -> tuple[File, ...]:
    """Photographs that came with the form, and those sent in pieces before; one that cannot be taken is an error of its field."""
    typed = form.cleaned_data
    held = held_files(typed["held"] or "")
    if len(held) != (typed["pieces"] or 0):
        form.add_error("held", _("有照片要重新传一遍。"))
    found = []
    for number, sent in enumerate(typed["uploads"]):
        try:
            found.append(take_in(case, sent, key=typed["key"], number=number).file)
        except Unacceptable as refused:
            form.add_error("uploads", about(sent.name or "", refused))
    return (*held, *found)


def _again(request: HttpRequest, row: SiteVisit, case: Case, form: ReportForm) -> HttpResponse:
    errors = errors_of(form)
    if wants_json(request):
        body = {"errors": [{"target": one.target, "words": one.words} for one in errors], "again": "held" in form.errors}
        return JsonResponse(body, status=422)
    return show_again(request, "site", {**_context(request, row, case, form), "errors": errors})


def _do(request: HttpRequest, row: SiteVisit, case: Case, act: Callable[[], Receipt], done: str) -> HttpResponse:
    return attempt(request, case, act, done=done, to=reverse("desk_site", args=[row.pk]))


def _refused(request: HttpRequest, row: SiteVisit, case: Case, refused: Refused) -> HttpResponse:
    if wants_json(request):
        return refused_json(refused)
    context = _context(request, row, case, _form(row, case))
    return show(request, "site", {**context, "refused": refused.unmet}, status=409)


def _context(request: HttpRequest, row: SiteVisit, case: Case, form: ReportForm) -> dict[str, object]:
    told = row.thing()
    actor = case.actor
    is_team = actor.person in told.team or (row.org_id == actor.org and bool(actor.roles & VISITORS))
    working = is_team and row.reported_at is None
    today = case.at.astimezone(CST).date().isoformat()
    answering = row.reported_at is not None and row.answered_at is None and may_answer(case.dossier, actor)
    return {
        "case": case,
        "visit": row,
        "told": told,
        "kind": KINDS[row.kind],
        "state": visit_state(row),
        "is_guidance": row.kind == GUIDANCE,
        "team": names_of(case.dossier, told.team),
        "place": told.place,
        "working": working,
        "code_today": told.code if told.code_on == today else "",
        "form": form if working else None,
        "rows": [(one, *claimed_of(case.dossier, one.id), verdict, text) for one, verdict, text in form.rows] if working else [],
        "code_form": KeyedForm(auto_id="id_code_%s"),
        "arrive_form": KeyedForm(auto_id="id_arrive_%s"),
        "seen": seen_lines(case, told),
        "photos": photos_of(case, told),
        "words": VisitWordsForm() if answering else None,
        "may_press": bool(told.problems) and may_press(case.dossier, actor),
        "pieces": reverse("desk_pieces", args=[case.no, "0" * 32]).removesuffix("0" * 32),
    }
