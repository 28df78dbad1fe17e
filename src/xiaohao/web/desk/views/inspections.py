"""D16 督察: each inspection with its round, dates and feedback, the lists that came of it, and the tasks of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from xiaohao.acts import inspections as acts
from xiaohao.acts.clock import now
from xiaohao.acts.receipt import Receipt
from xiaohao.acts.tasks import open_list
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Role
from xiaohao.records.inspections import HISTORY, inspections, lists_of
from xiaohao.records.models import Document, Inspection, TaskList
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.choices import every_unit
from xiaohao.web.desk.forms.inspections import KINDS, LEVELS, InspectionForm, ListForm, kind_of
from xiaohao.web.desk.forms.keyed import KeyedForm
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.errors import refused_json, wants_json
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it


def room(request: HttpRequest) -> HttpResponse:
    """All inspections."""
    rows = [(row, LEVELS.get(row.level, row.level), KINDS.get(kind_of(row), row.kind)) for row in inspections()]
    return show(request, "inspections", {"rows": rows, "may": _may(request)})


def new(request: HttpRequest) -> HttpResponse:
    """Enter an inspection."""
    form = InspectionForm(request.POST or None, orgs=_orgs(request))

    def act() -> Receipt:
        made, feedback = form.inspection(), form.feedback()
        return acts.open_inspection(
            by=account_of(request).actor, at=now(), key=form.cleaned_data["key"], inspection=made, feedback=feedback
        )

    return _form_page(request, "inspection_form", {"row": None}, form, act, _("督察已录入。"))


def one(request: HttpRequest, inspection: str) -> HttpResponse:
    """One inspection with its lists; a clerk adds a list below."""
    row = get_object_or_404(Inspection, pk=inspection)
    form = ListForm(request.POST or None, orgs=_orgs(request))
    if request.method == "POST" and form.is_valid():
        if TaskList.objects.filter(code=form.cleaned_data["code"]).exists():
            form.add_error("code", _("这个代号已经用过。"))
        else:
            open_list(
                by=account_of(request).actor, at=now(), key=form.cleaned_data["key"], inspection=row.thing(), task_list=form.listing(row.pk),
                code=form.cleaned_data["code"],
            )  # fmt: skip
            messages.success(request, _("清单已登记，可以往里建任务、导台账。"))
            return redirect("desk_inspection", row.pk)
    context = {**_context(request, row), "form": form}
    return (
        show_again(request, "inspection", {**context, "errors": errors_of(form)}) if form.is_bound else show(request, "inspection", context)
    )


def amend(request: HttpRequest, inspection: str) -> HttpResponse:
    """Put an inspection right, or enter the feedback that has come."""
    row = get_object_or_404(Inspection, pk=inspection)
    said = row.thing()
    initial = {name: getattr(said, name) for name in ("name", "level", "round", "start", "end", "feedback_date")} | {"kind": kind_of(row)}
    form = InspectionForm(request.POST or None, orgs=_orgs(request), initial=initial)

    def act() -> Receipt:
        made, feedback = form.inspection(row.pk), form.feedback()
        return acts.amend_inspection(
            by=account_of(request).actor, at=now(), key=form.cleaned_data["key"], inspection=made, feedback=feedback
        )

    return _form_page(
        request, "inspection_form", {"row": row, "feedback": _feedback(row)}, form, act, _("督察已更正，原来的写法留在下面。")
    )


def _form_page(
    request: HttpRequest, template: str, context: dict[str, Any], form: KeyedForm, act: Callable[[], Receipt], done: str
) -> HttpResponse:
    if request.method != "POST":
        return show(request, template, {**context, "form": form})
    if not form.is_valid():
        return show_again(request, template, {**context, "form": form, "errors": errors_of(form)})
    try:
        receipt = act()
    except Refused as refused:
        if wants_json(request):
            return refused_json(refused)
        for unmet in refused.unmet:
            form.add_error("name", f"{say_it(unmet.fact)}。{say_it(unmet.way)}。")
        return show_again(request, template, {**context, "form": form, "errors": errors_of(form)})
    messages.success(request, done)
    return redirect("desk_inspection", receipt.result["inspection"])


def _context(request: HttpRequest, row: Inspection) -> dict[str, Any]:
    mine = visible_to(account_of(request).actor).order_by()
    lists = [(listing, mine.filter(list=listing).count()) for listing in lists_of(row)]
    return {
        "row": row,
        "level": LEVELS.get(row.level, row.level),
        "kind": KINDS.get(kind_of(row), row.kind),
        "feedback": _feedback(row),
        "lists": lists,
        "history": list(reversed(row.more.get(HISTORY, ()))),
        "may": _may(request),
    }


def _feedback(row: Inspection) -> Document | None:
    return Document.objects.filter(pk=row.more.get("feedback", "")).select_related("issuer").first()


def _may(request: HttpRequest) -> bool:
    return Role.CLERK in account_of(request).actor.roles


def _orgs(request: HttpRequest) -> list[tuple[str, str]]:
    return every_unit(account_of(request).actor.org, organs=True)
