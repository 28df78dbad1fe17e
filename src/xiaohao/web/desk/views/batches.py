"""Closing batches: what a superior asked to be closed, and one board of tasks and units with what each still lacks."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts.batches import CHANGES, change_batch, made_by, start_batch
from xiaohao.acts.clock import now
from xiaohao.dossier import Dossier
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.when import CST
from xiaohao.procedure.states import State
from xiaohao.records import batches as query
from xiaohao.records.models import Document, Org, Person, Task
from xiaohao.records.offices import may_instruct
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import dossier_of
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.batch import BatchForm, ChangeForm
from xiaohao.web.desk.forms.choices import units_near_first
from xiaohao.web.desk.pages.deadline import deadline
from xiaohao.web.desk.pages.gaps import gaps_of
from xiaohao.web.desk.pages.refusal import with_titles
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.errors import refused_json, wants_json
from xiaohao.web.parts.board import board_of
from xiaohao.web.parts.form_errors import FieldError, errors_of

#: Boxes on one form: more open tasks than any county has had.
_MOST_OFFERED = 400


def batches(request: HttpRequest) -> HttpResponse:
    """All batches that hold a task this person may read."""
    actor, today = account_of(request).actor, now().astimezone(CST).date()
    seen = visible_to(actor).order_by()
    rows = query.batches().filter(on_tasks__in=seen.values("pk")).distinct()
    lines = [(row, row.on_tasks.count(), deadline(row.more["due"], today)) for row in rows]
    return show(request, "batches", {"lines": lines, "may": Role.CLERK in actor.roles})


def batch(request: HttpRequest, batch: str) -> HttpResponse:
    """The board. Tasks that this person may not read are left out; a batch without any that they may is not found."""
    actor, at = account_of(request).actor, now()
    paper = query.batch(batch)
    mine = set(visible_to(actor).order_by().values_list("pk", flat=True)) if paper else set()
    tasks = tuple(task for task in query.tasks_of(paper) if task.pk in mine) if paper else ()
    if paper is None or not tasks:
        raise Http404

    def file(task: Task) -> Dossier:
        return dossier_of(task, at=at, rules=rulebook_of(task).as_rules())

    def gaps(task: Task, case: Dossier) -> tuple[Unmet, ...]:
        return tuple(with_titles(one) for one in gaps_of(task, case, actor, at)[1])

    def address(task: Task) -> str:
        return reverse("desk_task", args=[task.address]) if task.pk in mine else ""

    due = deadline(paper.more["due"], at.astimezone(CST).date())
    context = {"paper": paper, "board": board_of(tasks, file, address, gaps), "due": due, "public": query.public_batch(batch)}
    may_change = Role.CLERK in actor.roles and actor.org == made_by(paper)
    return show(request, "batch", {**context, "may_change": may_change, "changes": _changes(paper)})


def change(request: HttpRequest, batch: str) -> HttpResponse:
    """Add or take out tasks, or move the deadline: by whoever entered the batch, with a reason. Everybody else does not find it."""
    actor, paper = account_of(request).actor, query.batch(batch)
    if paper is None or actor.org != made_by(paper):
        raise Http404
    held = list(paper.on_tasks.values_list("pk", flat=True))
    rows = _offered(actor, held)
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, tasks=rows, initial={"due": paper.more["due"], "tasks": held})
    if request.method != "POST":
        return show(request, "batch_change", {"paper": paper, "form": form})
    if not form.is_valid():
        return show_again(request, "batch_change", {"paper": paper, "form": form, "errors": errors_of(form)})
    typed = form.cleaned_data
    said = {"due": typed["due"].isoformat(), "tasks": typed["tasks"], "reason": typed["reason"], "number": typed["number"]}
    try:
        change_batch(by=actor, at=now(), key=typed["key"], batch=batch, **said)
    except Refused as refused:
        if wants_json(request):
            return refused_json(refused)
        wrong = tuple(FieldError("id_tasks", f"{unmet.fact}。{unmet.way}") for unmet in refused.unmet)
        return show_again(request, "batch_change", {"paper": paper, "form": form, "errors": wrong})
    messages.success(request, _("批次已改，理由和改动留在批次页上。"))
    return redirect("desk_batch", batch)


def _changes(paper: Document) -> list[dict[str, object]]:
    """Every change of the batch, newest first, with names for ids."""
    found = paper.more.get(CHANGES, [])
    named = {pk for one in found for pk in (*one.get("added", ()), *one.get("dropped", ()))}
    tasks = {row.pk: f"第 {row.number} 项" for row in Task.objects.filter(pk__in=named)}
    people = dict(Person.objects.filter(pk__in={one["by"] for one in found}).values_list("pk", "name"))
    lines = [
        {
            **one,
            "by": people.get(one["by"], one["by"]),
            "day": one["at"][:10],
            "added": "、".join(tasks.get(pk, pk) for pk in one.get("added", ())),
            "dropped": "、".join(tasks.get(pk, pk) for pk in one.get("dropped", ())),
        }
        for one in found
    ]
    return list(reversed(lines))


def new(request: HttpRequest) -> HttpResponse:
    """Enter an instruction and choose its tasks."""
    actor = account_of(request).actor
    if request.method != "POST":
        return show(request, "batch_new", {"form": _form(actor)})
    form = _form(actor, request.POST)
    if not form.is_valid():
        return show_again(request, "batch_new", {"form": form, "errors": errors_of(form)})
    typed = form.cleaned_data
    try:
        receipt = start_batch(by=actor, at=now(), key=typed["key"], document=form.document(), tasks=typed["tasks"])
    except Refused as refused:
        if wants_json(request):
            return refused_json(refused)
        wrong = tuple(FieldError("id_number", f"{unmet.fact}。{unmet.way}") for unmet in refused.unmet)
        return show_again(request, "batch_new", {"form": form, "errors": wrong})
    messages.success(request, _("来文已录入，各单位的缺项列在下面。"))
    return redirect("desk_batch", receipt.result["batch"])


def _form(actor: Actor, data: object = None) -> BatchForm:
    tasks = _offered(actor, ())
    own = Org.objects.filter(pk=actor.org).first()
    orgs = units_near_first((row.thing() for row in Org.objects.order_by("path") if own and may_instruct(row, own)), actor.org)
    return BatchForm(data, orgs=orgs, tasks=tasks)


def _offered(actor: Actor, held: Sequence[str]) -> list[tuple[str, str]]:
    """Tasks that may be in a batch: those that are not ended, and whatever it holds already."""
    ended = (State.CLOSED.value, State.CONFIRMED.value)
    whole = visible_to(actor).exclude(link_rows__relation="share_of")
    rows = whole.filter(~Q(status__in=ended) | Q(pk__in=held)).order_by("list__code", "address")
    return [(row.pk, f"{row.list.name} 第 {row.number} 项 {row.title or row.problem[:20]}") for row in rows[:_MOST_OFFERED]]
