"""督查: plans with what they cover, draws weighted by risk, and the visits that a person may know of; guidance is counted apart."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import supervision as acts
from xiaohao.acts.clock import now
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.when import CST
from xiaohao.records import supervision
from xiaohao.records.in_post import in_office
from xiaohao.records.models import Person, SupervisionDraw, SupervisionPlan
from xiaohao.records.risks import risks_of
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.supervision import DrawForm, PlanForm
from xiaohao.web.desk.pages.site import KINDS, visit_state, why_words
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it

#: Plans and visits on the page; older ones are reached by their tasks.
_MOST = 50


def room(request: HttpRequest) -> HttpResponse:
    """Plans of one's own office with how far they are, visits to come and made, guidance apart."""
    actor = account_of(request).actor
    plans = list(supervision.plans_for(actor)[:_MOST])
    counts = supervision.covered_counts(plans)
    known = supervision.visits_known_to(actor)
    made = known.exclude(kind=supervision.GUIDANCE)
    guided = known.filter(kind=supervision.GUIDANCE).order_by("-date", "pk")
    context = {
        "plans": [(plan, KINDS[plan.kind], *counts[plan.pk]) for plan in plans],
        "coming": [(row, visit_state(row)) for row in made.filter(reported_at=None).order_by("date", "pk")[:_MOST]],
        "made": [
            (row, visit_state(row), bool(row.more.get("problems")))
            for row in made.exclude(reported_at=None).order_by("-reported_at", "pk")[:_MOST]
        ],
        "guided": [(row, visit_state(row)) for row in guided[:_MOST]],
        "numbers": (made.exclude(reported_at=None).count(), guided.count()),
        "may_plan": bool(actor.roles & supervision.PLANNERS),
        "may_visit": bool(actor.roles & supervision.VISITORS),
    }
    return show(request, "supervision", context)


def new(request: HttpRequest) -> HttpResponse:
    """Make a plan; every task below the office is in it unless taken out."""
    actor, at = account_of(request).actor, now()
    today = at.astimezone(CST).date()
    tasks = list(supervision.may_be_supervised(actor))
    initial = {"kind": "regular", "start": today, "tasks": [task.pk for task in tasks], "team": [actor.person]}
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, tasks=tasks, people=_own_people(actor), today=today, initial=initial)
    if request.method != "POST":
        return show(request, "supervision_new", {"form": form})
    if form.is_valid():
        typed = form.cleaned_data
        planned = acts.Planned(
            kind=typed["kind"],
            title=typed["title"],
            start=typed["start"],
            end=typed["end"],
            team=tuple(typed["team"]),
            tasks=tuple(typed["tasks"]),
            number=typed["number"],
            note=typed["note"],
        )
        try:
            receipt = acts.make_plan(by=actor, at=at, key=typed["key"], planned=planned)
        except Refused as refused:
            _say_why(form, refused)
        else:
            messages.success(request, _("督查计划已安排。"))
            return redirect("desk_supervision_plan", receipt.result["plan"])
    return show_again(request, "supervision_new", {"form": form, "errors": errors_of(form)})


def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """One plan: covered and not yet, why a task weighs what it weighs, the draw."""
    row = _opened(request, plan)
    return show(request, "supervision_plan", _context(request, row, DrawForm(initial={"count": 3})))


def draw(request: HttpRequest, plan: str) -> HttpResponse:
    """Draw, once for each plan."""
    row = _opened(request, plan)
    form = DrawForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            acts.draw_tasks(plan=row.pk, by=account_of(request).actor, at=now(), key=typed["key"], count=typed["count"])
        except Refused as refused:
            _say_why(form, refused)
        else:
            messages.success(request, _("抽取范围已记入日志，抽中哪些由下一个检查点产生。"))
            return redirect("desk_supervision_plan", row.pk)
    return show_again(request, "supervision_plan", {**_context(request, row, form), "errors": errors_of(form)})


def draw_file(request: HttpRequest, plan: str) -> HttpResponse:
    """The draw as the file that `xiaohao sample` repeats. Raises Http404 before its checkpoint is out."""
    row = _opened(request, plan)
    drawn = _drawn(row)
    if drawn is None:
        raise Http404
    answer = JsonResponse(supervision.as_json(drawn), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{row.pk}.json"'
    return answer


def _context(request: HttpRequest, row: SupervisionPlan, form: DrawForm) -> dict[str, object]:
    held = SupervisionDraw.objects.filter(plan=row).first()
    drawn = supervision.result_of(held) if held else None
    lines = supervision.coverage_of(row, drawn)
    today = now().astimezone(CST).date()
    at_draw = held.thing().population if held else ()
    weighed = {risk.task: risk for risk in (at_draw or risks_of([one.task for one in lines], today))}
    thing = row.thing()
    return {
        "plan": row,
        "told": thing,
        "kind": KINDS[row.kind],
        "team": _names(thing.team),
        "lines": [(one, weighed.get(one.task.pk), why_words(weighed[one.task.pk]) if one.task.pk in weighed else "") for one in lines],
        "covered": sum(one.is_covered for one in lines),
        "held": held,
        "drawn": drawn,
        "root": drawn.root.hex() if drawn else "",
        "total": sum(risk.weight for risk in weighed.values()),
        "form": form,
        "is_over": row.end < _iso(today),
        "may_plan": bool(account_of(request).actor.roles & supervision.PLANNERS),
        "visit_new": reverse("desk_site_new"),
    }


def _iso(day: date) -> str:
    return day.isoformat()


def _drawn(row: SupervisionPlan) -> supervision.Drawn | None:
    held = SupervisionDraw.objects.filter(plan=row).first()
    return supervision.result_of(held) if held else None


def _opened(request: HttpRequest, plan: str) -> SupervisionPlan:
    """Raises Http404 for a plan of another office, with the same words as for none."""
    row = supervision.plans_for(account_of(request).actor).filter(pk=plan).first()
    if row is None:
        raise Http404
    return row


def _own_people(actor: Actor) -> list[Person]:
    return list(in_office(Person.objects.filter(org=actor.org)).order_by("pk"))


def _names(people: tuple[str, ...]) -> list[str]:
    return list(Person.objects.filter(pk__in=people).order_by("pk").values_list("name", flat=True))


def _say_why(form: PlanForm | DrawForm, refused: Refused) -> None:
    for unmet in refused.unmet:
        form.add_error(None, f"{say_it(unmet.fact)}：{say_it(unmet.way)}")
