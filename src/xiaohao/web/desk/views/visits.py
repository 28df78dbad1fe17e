"""Acceptance and review of several tasks at once: one visit day, one group, and for each task an opinion of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts.clock import now
from xiaohao.acts.visits import arrange_visit
from xiaohao.dossier.record import Record
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.gates.group_impartial import EXPERT_BODIES
from xiaohao.procedure.states import State, named_state, next_stage
from xiaohao.records import models
from xiaohao.records.in_post import in_office
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.worklist import to_accept, visible_to
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.acceptance import Candidate
from xiaohao.web.desk.forms.choices import with_unit
from xiaohao.web.desk.forms.visits import VisitForm
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.errors import refused_json, wants_json
from xiaohao.web.parts.form_errors import FieldError, errors_of
from xiaohao.web.parts.link import Link


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One task of a visit: how it stands, the group's own words on it, and what this person does next with it."""

    task: models.Task
    state: str
    outcome: Said | str
    dissents: int
    verb: Link


def visits(request: HttpRequest) -> HttpResponse:
    """The visits that hold a task this person may read; an acceptor arranges another."""
    actor = account_of(request).actor
    if request.method != "POST":
        form = _form(actor, initial={"date": now().astimezone(CST).date().isoformat()})
        return show(request, "visits", _context(actor, form))
    form = _form(actor, request.POST)
    if not form.is_valid():
        return show_again(request, "visits", {**_context(actor, form), "errors": errors_of(form)})
    typed = form.cleaned_data
    try:
        receipt = arrange_visit(
            by=actor,
            at=now(),
            key=typed["key"],
            tasks=typed["tasks"],
            day=typed["date"].isoformat(),
            group=form.group(),
            text=typed["text"],
        )
    except Refused as refused:
        if wants_json(request):
            return refused_json(refused)
        wrong = tuple(FieldError("id_tasks", f"{unmet.fact}。{unmet.way}") for unmet in refused.unmet)
        return show_again(request, "visits", {**_context(actor, form), "errors": wrong})
    messages.success(request, _("验收已安排。每项任务分别写意见。"))
    return redirect("desk_visit", receipt.result["visit"])


def visit(request: HttpRequest, visit: str) -> HttpResponse:
    """One visit: its group, and its tasks one by one."""
    actor = account_of(request).actor
    row = models.Record.objects.filter(pk=visit, type="arrangement").select_related("org").first()
    mine = visible_to(actor).filter(records=row).order_by("list__code", "address") if row else models.Task.objects.none()
    tasks = tuple(mine)
    if row is None or not tasks:
        raise Http404
    found = row.thing()
    lines = tuple(_line(task, actor, row) for task in tasks)
    names = dict(models.Person.objects.filter(pk__in=found.people).values_list("pk", "name"))
    group = [(names.get(one.person, one.person), _PARTS[one.part], one.declares == "none") for one in found.group]
    waiting = sum(line.state == State.CLAIMED_DONE.value for line in lines)
    return show(request, "visit", {"visit": row, "record": found, "lines": lines, "group": group, "waiting": waiting})


_PARTS: dict[str, Said] = {"leader": say("组长"), "member": say("成员"), "expert": say("专家")}


def _line(task: models.Task, actor: Actor, row: models.Record) -> VisitLine:
    stage = next_stage(named_state(task.status), rulebook_of(task).route)
    since = task.records.filter(recorded_at__gte=row.recorded_at, type__in=("acceptance", "return")).order_by("recorded_at").last()
    verb = Link(say("看任务"), reverse("desk_task", args=[task.address]))
    if stage == "accept" and task.acceptor_id == actor.org and Role.ACCEPTOR in actor.roles:
        verb = Link(say("写这一项的意见"), reverse("desk_accept", args=[task.address]))
    elif stage == "review" and task.reviewer_id == actor.org and Role.REVIEWER in actor.roles:
        verb = Link(say("逐条审核"), reverse("desk_review", args=[task.address]))
    elif since is not None and since.type == "return" and since.more.get("stage") == "return_to_work":
        verb = Link(say("看退回函"), reverse("desk_letter", args=[task.address, since.pk]))
    return VisitLine(
        task, task.status, _outcome(since.thing() if since else None), len(since.more.get("dissents", ())) if since else 0, verb
    )


def _outcome(record: Record | None) -> Said | str:
    if record is None:
        return say("还没有意见")
    if record.type == "return":
        return say("{day} 退回", day=record.date or "")
    counted = [one.verdict for one in record.opinions]
    return say(
        "{day} 通过：完成 {done} 项，基本完成 {mostly} 项",
        day=record.date or "",
        done=counted.count("done"),
        mostly=counted.count("mostly_done"),
    )


def _context(actor: Actor, form: VisitForm) -> dict[str, Any]:
    seen = visible_to(actor).order_by().values("pk")
    rows = models.Record.objects.filter(type="arrangement", on_tasks__in=seen).distinct().select_related("org").order_by("-date", "-pk")
    may = Role.ACCEPTOR in actor.roles
    return {
        "rows": [(row, row.on_tasks.count()) for row in rows],
        "form": form,
        "may": may,
        "waiting": to_accept(actor).count() if may else 0,
    }


def _form(actor: Actor, data: object = None, **more: Any) -> VisitForm:
    tasks = [
        (row.pk, f"{row.owner.name} · 第 {row.number} 项 {row.title or row.problem[:20]}") for row in to_accept(actor).order_by("address")
    ]
    return VisitForm(data, tasks=tasks, candidates=_candidates(actor), **more)


def _candidates(actor: Actor) -> list[Candidate]:
    """People of this unit, of others of its level that still stand, and experts. Whether somebody must stand back from one of the tasks, its own opinion asks."""
    own = models.Org.objects.filter(pk=actor.org).first()
    levels = models.Org.objects.filter(level=own.level if own else "").exclude(kind="contractor")
    units = {org.pk: org for org in (*levels, *models.Org.objects.filter(kind__in=EXPERT_BODIES)) if not org.dissolved}
    people = in_office(models.Person.objects.filter(org__in=units)).order_by("pk")
    found = [
        Candidate(one.pk, with_unit(one.name, units[one.org_id].name, one.post), units[one.org_id].kind in EXPERT_BODIES)
        for one in people
        if one.org_id
    ]
    unit = dict(people.values_list("pk", "org"))
    return sorted(found, key=lambda one: (unit[one.person] != actor.org, one.expert))
