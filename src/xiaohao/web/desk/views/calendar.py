"""D12 日历: which years are announced, by which notice; the system administrator enters the next one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xiaohao.acts.calendar import enter_year
from xiaohao.acts.clock import now
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Role
from xiaohao.kernel.when import CST
from xiaohao.records.calendar import office_calendar
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.calendar import YearForm
from xiaohao.web.desk.pages import calendar as pages
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.errors import refused_json, wants_json
from xiaohao.web.parts.form_errors import FieldError, errors_of

#: Years before the first table and further ahead than any notice has ever looked.
_FIRST_YEAR, _AHEAD = 2008, 3


def calendar(request: HttpRequest) -> HttpResponse:
    """All years."""
    today = now().astimezone(CST).date()
    return show(request, "calendar", {"years": pages.years_of(office_calendar(), today), "may": _may(request)})


def year(request: HttpRequest, year: int) -> HttpResponse:
    """One year drawn month by month; the form stands below for whoever keeps the calendar."""
    if not _FIRST_YEAR <= year <= now().year + _AHEAD:
        raise Http404
    line = pages.year_of(year, office_calendar())
    if request.method != "POST":
        form = YearForm(year, initial={"notice": line.notice, "off": line.off, "on": line.on})
        return show(request, "calendar_year", _context(request, year, form))
    form = YearForm(year, request.POST)
    if not form.is_valid():
        return show_again(request, "calendar_year", {**_context(request, year, form), "errors": errors_of(form)})
    typed = form.cleaned_data
    try:
        enter_year(
            by=account_of(request).actor, at=now(), key=typed["key"], year=year, notice=typed["notice"], off=typed["off"], on=typed["on"]
        )
    except Refused as refused:
        if wants_json(request):
            return refused_json(refused)
        wrong = tuple(FieldError("id_off", f"{unmet.fact}。{unmet.way}") for unmet in refused.unmet)
        return show_again(request, "calendar_year", {**_context(request, year, form), "errors": wrong})
    messages.success(request, _("%(year)s 年的安排已录入，各处从现在起按它计算。") % {"year": year})
    return redirect("desk_calendar_year", year)


def _context(request: HttpRequest, year: int, form: YearForm) -> dict[str, Any]:
    calendar = office_calendar()
    return {
        "year": year,
        "line": pages.year_of(year, calendar),
        "months": pages.months_of(year, calendar) if calendar.knows(year) else (),
        "differs": pages.differs(year, calendar),
        "form": form,
        "may": _may(request),
    }


def _may(request: HttpRequest) -> bool:
    return Role.SYSTEM_ADMIN in account_of(request).actor.roles
