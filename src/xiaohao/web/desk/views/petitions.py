"""D15 转办件: batches in, answers out; the strict and the loose rate together; repeats and tasks linked; never who complained."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xiaohao.acts import petitions as acts
from xiaohao.acts.clock import now
from xiaohao.acts.receipt import Receipt
from xiaohao.evidence.petition_number import read_petition_number
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor
from xiaohao.records import petitions
from xiaohao.records.models import Petition
from xiaohao.records.petitions import PetitionFilters
from xiaohao.records.worklist import root_of, visible_to
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.keyed import DeskForm
from xiaohao.web.desk.forms.petitions import HandlingForm, LinkForm, PetitionForm
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.petitions import STATUS, TRUTH, rate_words
from xiaohao.web.parts.words import say_it


def room(request: HttpRequest) -> HttpResponse:
    """The petitions that this person may read, narrowed, a page at a time, with their rates."""
    actor = account_of(request).actor
    every = petitions.petitions_for(actor)
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "batch", "status", "truth")}
    filters = PetitionFilters(asked["q"], asked["batch"], asked["status"], asked["truth"])
    found = petitions.narrowed(every, filters)
    page = petitions.page_of(found, after=request.GET.get("after", ""))
    following = request.GET.copy()
    following["after"] = page.after
    context = {
        "filters": filters,
        "rows": [(row, STATUS.get(row.status, row.status), TRUTH.get(row.truth, "")) for row in page.rows],
        "next": f"?{following.urlencode()}" if page.after else "",
        "rates": rate_words(petitions.all_rates(found)),
        "batches": [(batch, rates) for batch, rates in petitions.rates_by_batch(every)],
        "statuses": STATUS.items(),
        "truths": TRUTH.items(),
        "may_enter": bool(actor.roles & acts.ENTER),
    }
    return show(request, "petitions", context)


def new(request: HttpRequest) -> HttpResponse:
    """Enter one petition by hand."""
    actor = account_of(request).actor
    if request.method != "POST":
        return show(request, "petition_new", {"form": PetitionForm(actor=actor)})
    form = PetitionForm(request.POST, actor=actor)
    if not form.is_valid():
        return show_again(request, "petition_new", {"form": form, "errors": errors_of(form)})
    made, org = form.petition()
    if Petition.objects.filter(pk=made.id).exists():
        form.add_error("number", _("这个编号已经登记过。"))
        return show_again(request, "petition_new", {"form": form, "errors": errors_of(form)})

    def act() -> Receipt:
        return acts.add_petitions(by=actor, at=now(), key=form.cleaned_data["key"], petitions=[(made, org)])

    return _try(request, form, act, "petition_new", {"form": form}, done=_("转办件已登记。"), to=made.id)


def one(request: HttpRequest, petition: str) -> HttpResponse:
    """One petition: the matter, what was done, the task, and others about the same."""
    actor, row = _opened(request, petition)
    return show(request, "petition", _context(actor, row))


def handle(request: HttpRequest, petition: str) -> HttpResponse:
    """Say what was done."""
    actor, row = _opened(request, petition)
    form = HandlingForm(request.POST)
    if not form.is_valid():
        return show_again(request, "petition", {**_context(actor, row, handling=form), "errors": errors_of(form)})

    def act() -> Receipt:
        return acts.handle_petition(by=actor, at=now(), key=form.cleaned_data["key"], petition=row.pk, handling=form.said())

    return _try(request, form, act, "petition", _context(actor, row, handling=form), done=_("办理情况已记下。"), to=row.pk)


def link(request: HttpRequest, petition: str) -> HttpResponse:
    """Link with a task and an earlier petition."""
    actor, row = _opened(request, petition)
    context = _context(actor, row)
    form = LinkForm(request.POST, same=_same_choices(_readable(actor, petitions.same_as(row))))
    context["linking"] = form
    if not form.is_valid():
        return show_again(request, "petition", {**context, "errors": errors_of(form)})
    no = form.cleaned_data["task"].strip().lower()
    task = visible_to(actor).filter(address=no).first() if no else None
    if no and task is None:
        form.add_error("task", _("没有编号是“%(no)s”的任务。") % {"no": no})
        return show_again(request, "petition", {**context, "errors": errors_of(form)})
    merged = form.cleaned_data["merged_into"] or None
    unseen = None if no or context["task"] else row.task_id  # a link with a task that this person may not read stays as it is

    def act() -> Receipt:
        return acts.link_petition(
            by=actor, at=now(), key=form.cleaned_data["key"], petition=row.pk, task=task.pk if task else unseen, merged_into=merged
        )

    return _try(request, form, act, "petition", context, done=_("已关联。"), to=row.pk)


def _try(
    request: HttpRequest, form: DeskForm, act: Callable[[], Receipt], template: str, context: dict[str, object], *, done: str, to: str
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        for unmet in refused.unmet:
            form.add_error(None, f"{say_it(unmet.fact)}。{say_it(unmet.way)}。")
        return show_again(request, template, {**context, "errors": errors_of(form)})
    messages.success(request, done)
    return redirect("desk_petition", to)


def _opened(request: HttpRequest, petition: str) -> tuple[Actor, Petition]:
    actor = account_of(request).actor
    row = petitions.petitions_for(actor).filter(pk=petition).first()
    if row is None:
        raise Http404
    return actor, row


def _context(actor: Actor, row: Petition, *, handling: HandlingForm | None = None) -> dict[str, object]:
    every = petitions.same_as(row)
    same = _readable(actor, every)
    said = {"truth": row.truth, "status": row.status, "done_at": row.more.get("done_at"), "handling": row.more.get("x-handling", "")}
    root = root_of(actor.org)
    below = root is not None and row.org.path.startswith(root)
    task = row.task if row.task_id and visible_to(actor).filter(pk=row.task_id).exists() else None
    linked = {"task": task.address if task else "", "merged_into": row.merged_into}
    seen = petitions.petitions_for(actor)
    return {
        "row": row,
        "number": read_petition_number(row.number),
        "status": STATUS.get(row.status, row.status),
        "truth": TRUTH.get(row.truth, ""),
        "pollution": "、".join(row.more.get("pollution", ())),
        "handled": row.more.get("x-handling", ""),
        "public": row.more.get("x-public", ""),
        "task": task,
        "same": [(other, STATUS.get(other.status, "")) for other in same],
        "elsewhere": len(every) - len(same),
        "first": seen.filter(pk=row.merged_into).first() if row.merged_into else None,
        "handling": handling or HandlingForm(initial={**said, "public": row.more.get("x-public", "")}),
        "linking": LinkForm(initial=linked, same=_same_choices(same)),
        "may_handle": below and bool(actor.roles & acts.HANDLE),
        "may_link": below and bool(actor.roles & acts.ENTER),
    }


def _readable(actor: Actor, same: tuple[Petition, ...]) -> tuple[Petition, ...]:
    """Those that this person may read; of the rest only the number is told."""
    readable = set(petitions.petitions_for(actor).filter(pk__in=[other.pk for other in same]).values_list("pk", flat=True))
    return tuple(other for other in same if other.pk in readable)


def _same_choices(same: tuple[Petition, ...]) -> list[tuple[str, str]]:
    return [(other.pk, f"{other.number} {other.received} {other.org.name}") for other in same if not other.merged_into]
