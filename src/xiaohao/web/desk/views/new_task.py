"""Opening a task from a notice's text, from a file, or by hand: the draft stands beside its source until a person confirms it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xiaohao.acts import plans, tasks
from xiaohao.acts.clock import now
from xiaohao.acts.receipt import Receipt
from xiaohao.documents.notice import read_notice
from xiaohao.documents.text import Unreadable, read_text
from xiaohao.dossier.parties import Org
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.said import Said
from xiaohao.kernel.when import CST
from xiaohao.procedure import steps
from xiaohao.procedure.decide import steps_open_to
from xiaohao.procedure.diagram import diagram
from xiaohao.procedure.gates.separate_hands import separate_hands
from xiaohao.procedure.rulebook import PACKAGED
from xiaohao.records import models
from xiaohao.records.models.filed import instant
from xiaohao.records.rulebooks import rulebook, rulebook_of
from xiaohao.records.to_dossier import dossier_of, new_dossier
from xiaohao.web.desk import drafts
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.choices import offered
from xiaohao.web.desk.forms.new_task import SourceForm, TaskForm
from xiaohao.web.desk.forms.plan import PlanForms
from xiaohao.web.desk.pages import source as pages
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.desk.views.plan import HANDED_ON
from xiaohao.web.errors import refused_json, wants_json
from xiaohao.web.parts.form_errors import FieldError, errors_of

_DRAFT = "open_task"


def source(request: HttpRequest) -> HttpResponse:
    """Paste a text, choose a file, or begin with nothing."""
    form = SourceForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return show(request, "new", {"form": SourceForm(), "draft": drafts.kept(request, None, _DRAFT)})
    text = _text_in(form) if form.is_valid() else None
    if text is None:
        return show_again(request, "new", {"form": form, "errors": errors_of(form)})
    drafts.keep(request, None, _DRAFT, _read(text, form) if text else {"text": ""}, at=now())
    return redirect("desk_new_draft")


def _text_in(form: SourceForm) -> str | None:
    """The text that was pasted or lies in the file, "" for a task typed by hand, None where the file cannot be read."""
    sent = form.cleaned_data["file"]
    if not sent:
        return str(form.cleaned_data["text"]).replace("\r\n", "\n").strip()
    try:
        return read_text(sent.read(), sent.name or "").text
    except Unreadable as wrong:
        form.add_error("file", str(wrong.said))
        return None


def _read(text: str, form: SourceForm) -> dict[str, Any]:
    orgs = _orgs()
    sent = form.cleaned_data["file"]
    reading = read_notice(text, sent.name if sent else "pasted", at=instant(now()))
    return {
        "text": reading.text,
        "marks": [list(mark) for mark in pages.marks_of(reading.fields)],
        "unknown": list(pages.unknown_units(reading, orgs)),
        "task": pages.task_as_typed(reading, orgs),
        "plan": pages.plan_as_typed(reading, orgs),
    }


def draft(request: HttpRequest) -> HttpResponse:
    """The draft beside its source. Confirming opens the task and files or hands on its plan; nothing typed is lost on the way."""
    kept = drafts.kept(request, None, _DRAFT)
    if kept is None:
        return redirect("desk_new")
    if request.method != "POST":
        return show(request, "new_draft", _context(kept, *_begun(kept)))
    form, plan = _bound(request)
    typed = {**kept.values, "task": drafts.typed_in(form), "plan": plan.typed()}
    drafts.keep(request, None, _DRAFT, typed, at=now())
    if "add" in request.POST or "save" in request.POST:
        return show(
            request, "new_draft", {**_context(kept, *_begun_with(typed, kept.account.person.org_id or "")), "saved": "save" in request.POST}
        )
    has_plan = bool(plan.goals.forms and any(row.has_changed() for row in (*plan.goals.forms, *plan.measures.forms)))
    if not form.is_valid() or (has_plan and not plan.is_valid()):
        return show_again(
            request, "new_draft", {**_context(kept, form, plan), "errors": (*errors_of(form), *(plan.errors if has_plan else ()))}
        )
    if (warning := _hands_warning(request, form)) and not form.cleaned_data["hands_seen"]:
        return show_again(request, "new_draft", {**_context(kept, form, plan), "warning": warning})
    return _open(request, kept, form, plan if has_plan else None)


def _open(request: HttpRequest, kept: models.Draft, form: TaskForm, plan: PlanForms | None) -> HttpResponse:
    actor, at, key = account_of(request).actor, now(), form.cleaned_data["key"]
    try:
        if made := form.new_list():
            inspection, listing, code = made
            if not models.TaskList.objects.filter(code=code).exists():
                tasks.open_list(by=actor, at=at, key=f"{key}-list", inspection=inspection, task_list=listing, code=code)
        receipt = tasks.open_task(by=actor, at=at, key=key, task=form.task(), rulebook_name=form.cleaned_data["rulebook"])
    except Refused as refused:
        if wants_json(request):
            return refused_json(refused)
        wrong = tuple(FieldError("id_number", f"{unmet.fact}。{unmet.way}") for unmet in refused.unmet)
        return show_again(request, "new_draft", {**_context(kept, form, plan or _begun(kept)[1]), "errors": wrong})
    drafts.forget(request, None, _DRAFT)
    messages.success(request, _("任务已交办。") + (_file_plan(request, receipt, plan) if plan else ""))
    return redirect("desk_task", receipt.task)


def _file_plan(request: HttpRequest, receipt: Receipt, plan: PlanForms) -> str:
    """File the plan where it is this person's to file; else leave it on the plan's page for whoever files it."""
    account, at = account_of(request), now()
    task = models.Task.objects.select_related("owner").get(address=receipt.task)
    rules = rulebook_of(task)
    if steps.FILE_PLAN in steps_open_to(dossier_of(task, at=at, rules=rules.as_rules()), account.actor, rules):
        key = plan.head.cleaned_data["key"]
        try:
            plans.file_plan(task=task.pk, by=account.actor, at=at, key=f"{key}-plan", plan=plan.plan(task.pk))
            return _("方案已报送，等上一级批准。")
        except Refused:
            drafts.keep(request, task, "file_plan", plan.typed(), at=at)
            return _("方案还缺内容，已存为草稿，请补齐后报送。")
    drafts.hand_to(account, task, HANDED_ON, plan.typed(), at=at)
    return _("方案已放在方案页，由责任单位或牵头单位核对后报送。")


def route(request: HttpRequest, name: str) -> HttpResponse:
    """The drawing of a rulebook's route."""
    if name not in {found for found, _title in _rulebooks()}:
        raise Http404
    return HttpResponse(diagram(rulebook(name)), content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


def _hands_warning(request: HttpRequest, form: TaskForm) -> Said | str:
    """What is not separate in the chosen units, in the words of the gate that will ask the same later; "" where all is."""
    rules = rulebook(form.cleaned_data["rulebook"])
    gap = separate_hands(new_dossier(form.task(), at=now(), rules=rules.as_rules()), account_of(request).actor, rules, now())
    return gap.fact if gap else ""


# Beginning the forms ------------------------------------------------------------------------------------------------------------


def _orgs(own: str = "") -> tuple[Org, ...]:
    """Units to choose from, those near the unit `own` first."""
    return offered((row.thing() for row in models.Org.objects.order_by("path")), own)


def _choices(own: str) -> dict[str, Any]:
    people = [
        (row.thing(), row.org.name if row.org else "") for row in models.Person.objects.select_related("org").order_by("org__path", "pk")
    ]
    return {
        "lists": [(row.pk, f"{row.name}（{row.code}）") for row in models.TaskList.objects.order_by("code")],
        "orgs": _orgs(own),
        "people": [(person, unit) for person, unit in people if person.post],
        "rulebooks": _rulebooks(),
    }


def _rulebooks() -> list[tuple[str, str]]:
    """Every rulebook that can be used: the packaged ones and the office's own."""
    own = [path.stem for path in sorted((settings.HOME / "rulebooks").glob("*.toml"))]
    return [(name, rulebook(name).title) for name in dict.fromkeys((*PACKAGED, *own))]


def _begun(kept: models.Draft) -> tuple[TaskForm, PlanForms]:
    return _begun_with(kept.values, kept.account.person.org_id or "")


def _begun_with(typed: dict[str, Any], own: str) -> tuple[TaskForm, PlanForms]:
    held = typed.get("plan", {})
    begun = typed.get("task", {})
    head = {"version": 0, "date": now().astimezone(CST).date().isoformat(), **held.get("head", {})}
    plan = PlanForms(head=head, goals=held.get("goals", ()), measures=held.get("measures", ()), orgs=_orgs(own), places=_places())
    return TaskForm(initial=begun, **_choices(own)), plan


def _bound(request: HttpRequest) -> tuple[TaskForm, PlanForms]:
    own = account_of(request).actor.org
    return TaskForm(request.POST, **_choices(own)), PlanForms(request.POST, orgs=_orgs(own), places=_places())


def _places() -> tuple[Any, ...]:
    return tuple(row.thing() for row in models.Place.objects.order_by("pk"))


def _context(kept: models.Draft, form: TaskForm, plan: PlanForms) -> dict[str, Any]:
    values = kept.values
    return {
        "form": form,
        "plan": plan,
        "pieces": pages.pieces_of(values.get("text", ""), [(a, b, name) for a, b, name in values.get("marks", ())]),
        "unknown": values.get("unknown", ()),
        "rulebooks": _rulebooks(),
    }
