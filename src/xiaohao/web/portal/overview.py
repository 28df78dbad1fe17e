"""P1: whether the problems were fixed, in ten seconds; and the list behind every number on that page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.acts.clock import now
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.workdays import WorkCalendar
from xiaohao.publicity.window import DayUnit, Window, remaining_words
from xiaohao.records import queries
from xiaohao.records.calendar import office_calendar
from xiaohao.web.parts.bars import BarRow, Stretch
from xiaohao.web.parts.heat import weeks_of

#: Statuses of a district's tasks, gathered into the six stretches of its bar.
_STRETCHES = (
    ("done", say("销号且观察期满"), ("confirmed",)),
    ("watch", say("销号，观察期内"), ("closed",)),
    ("old", say("原已销号，本系统未核"), ("carried_in",)),
    ("notice", say("验收、审核与公示"), ("accepted", "reviewed", "assessed", "published")),
    ("work", say("整改中"), ("", "planned", "approved", "in_progress", "claimed_done")),
    ("back", say("退回"), ("reopened",)),
)

#: What a reader may narrow the list to; the value is a status or a group of them.
_STATES = (
    ("", gettext_lazy("全部状态")),
    ("in_progress", gettext_lazy("整改中")),
    ("published", gettext_lazy("公示中")),
    ("closed", gettext_lazy("已销号")),
    ("confirmed", gettext_lazy("观察期满")),
    ("reopened", gettext_lazy("重新整改")),
)


#: Cells of the strip on the first page: three rows of seven.
_CELLS = 21


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One open notice on the first page."""

    notice: queries.OpenNotice
    remaining: str
    state: str


def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    at = now()
    found, calendar = queries.overview(at), office_calendar()
    shown = {
        "overview": found,
        "closure_rate": percent(found.closed, found.total),
        "held_rate": percent(found.held, found.closed_long_ago),
        "notices": [_line(notice, calendar) for notice in found.notices],
        "bars": [_bar(group) for group in found.groups],
        "weeks": weeks_of(found.due, at.date())[:_CELLS],
    }
    return render(request, "portal/home.html", shown)


def tasks(request: HttpRequest) -> HttpResponse:
    """The list with search."""
    words, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    known = dict(_STATES)
    state = state if state in known else ""
    found = queries.find_public(words, state)
    shown = {"q": words, "state": state, "states": _STATES, "found": found, "headline": _headline(words, state, len(found))}
    return render(request, "portal/tasks.html", shown)


def percent(part: int, whole: int) -> str:
    """A share in whole per cent, or a dash where there is nothing to be a share of."""
    return f"{round(100 * part / whole)}%" if whole else "—"


def _headline(words: str, state: str, number: int) -> Said | str:
    if not number:
        return _("没有找到。换一个词试试，例如河名、村名或单位名")
    return say("找到 {number} 项", number=number) if words or state else say("共 {number} 项任务", number=number)


def _line(notice: queries.OpenNotice, calendar: WorkCalendar) -> NoticeLine:
    window = Window(notice.start, notice.end, unit=DayUnit(notice.unit))
    return NoticeLine(notice, remaining_words(window, now().date(), calendar), "suspended" if notice.suspended else "published")


def _bar(group: queries.Group) -> BarRow:
    stretches = tuple(
        Stretch(kind, words, sum(group.by_status.get(status, 0) for status in statuses)) for kind, words, statuses in _STRETCHES
    )
    return BarRow(group.name, f"{reverse('tasks')}?{urlencode({'q': group.name})}", stretches, group.late, group.objections)
