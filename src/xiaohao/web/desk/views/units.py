"""Units, kept by the system administrator: set up, put right, dissolved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaohao.acts import units as acts
from xiaohao.acts.clock import now
from xiaohao.acts.receipt import Receipt
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.when import CST
from xiaohao.records.models import Org, Term
from xiaohao.records.offices import held_by_unit, near_first
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.keyed import KeyedForm
from xiaohao.web.desk.forms.units import FIELD_OF, DissolveForm, UnitForm, as_typed
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it


def new(request: HttpRequest) -> HttpResponse:
    """A new unit, under the one that the address names."""
    form = UnitForm(request.POST or None, units=near_first(""), renames=False, initial={"parent": request.GET.get("under", "")})

    def act() -> Receipt:
        return acts.add_unit(**_by(request), key=form.cleaned_data["key"], facts=form.facts())

    return _page(request, "unit_edit", {"unit": None}, form, act, lambda _receipt: _("单位已登记。"))


def edit(request: HttpRequest, org: str) -> HttpResponse:
    """Name, codes, parent, contact of a unit."""
    row = get_object_or_404(Org, pk=org)
    form = UnitForm(request.POST or None, units=near_first(org), renames=True, initial=as_typed(row))

    def act() -> Receipt:
        typed = form.cleaned_data
        since = (typed["since"] or now().astimezone(CST).date()).isoformat()
        return acts.amend_unit(**_by(request), key=typed["key"], org=org, facts=form.facts(), since=since, reason=typed["reason"])

    return _page(request, "unit_edit", {"unit": row}, form, act, lambda _receipt: _("单位已更正。"))


def dissolve(request: HttpRequest, org: str) -> HttpResponse:
    """A unit that is no more; what it leaves open stands above the form."""
    row = get_object_or_404(Org, pk=org)
    form = DissolveForm(request.POST or None, units=near_first(org), initial={"on": now().astimezone(CST).date().isoformat()})
    context = {"unit": row, "open": len(held_by_unit(org)), "terms": Term.objects.filter(post__org=row, end="").count()}

    def act() -> Receipt:
        typed = form.cleaned_data
        told = {name: typed[name] for name in ("key", "into", "document", "reason")}
        return acts.dissolve_unit(**_by(request), org=org, on=typed["on"].isoformat(), **told)

    def said(receipt: Receipt) -> str:
        count = len(receipt.result["tasks"])
        return ngettext("单位已撤销，{count} 项未了任务由承接单位接手。", "单位已撤销，{count} 项未了任务由承接单位接手。", count).format(
            count=count
        )

    return _page(request, "unit_dissolve", context, form, act, said)


def _page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    form: KeyedForm,
    act: Callable[[], Receipt],
    said: Callable[[Receipt], str],
) -> HttpResponse:
    if request.method != "POST":
        return show(request, template, {**context, "form": form})
    if form.is_valid():
        try:
            receipt = act()
        except Refused as refused:
            for unmet in refused.unmet:
                field = FIELD_OF.get(unmet.gate, "")
                form.add_error(field if field in form.fields else None, f"{say_it(unmet.fact)}。{say_it(unmet.way)}。")
        else:
            messages.success(request, said(receipt))
            return redirect("desk_unit", receipt.result["org"])
    return show_again(request, template, {**context, "form": form, "errors": errors_of(form)})


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": account_of(request).actor, "at": now()}
