"""D13 登记册: behind every number in a statement stands a register. Rows by kind, document numbers in order, rhythms claimed and kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from xiaohao.acts.clock import now
from xiaohao.evidence.register_fields import KEPT_BY_HAND
from xiaohao.kernel.when import parse_when
from xiaohao.records import registers
from xiaohao.records.registers import Filters
from xiaohao.records.worklist import visible_to
from xiaohao.screening.number_series import number_series
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.pages import papers as paper_pages
from xiaohao.web.desk.pages.registers import lines_of, rhythms_of, tabs_of
from xiaohao.web.desk.pages.words import REGISTERS
from xiaohao.web.desk.show import show

#: Tasks among which one is chosen by hand; words narrow them.
_MOST_TASKS = 50


def room(request: HttpRequest) -> HttpResponse:
    """The rows that this person may read, by kind, narrowed, a page at a time."""
    actor, filters = account_of(request).actor, _filters(request)
    page = registers.page_of(actor, filters, after=request.GET.get("after", ""))
    asked = request.GET.copy()
    asked["after"] = page.after
    context = {
        "filters": filters,
        "tabs": tabs_of(registers.counts_by_kind(actor, filters), filters, request.GET),
        "lines": lines_of(page),
        "next": f"?{asked.urlencode()}" if page.after else "",
        "by_task": registers.counts_by_task(actor, filters)[:_MOST_TASKS],
        "task": visible_to(actor).filter(address=filters.task).first() if filters.task else None,
        "kind_words": REGISTERS.get(filters.kind, ""),
        "entered": filters.kind in KEPT_BY_HAND or not filters.kind,
    }
    return show(request, "registers", context)


def _filters(request: HttpRequest) -> Filters:
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("kind", "q", "task", "since", "until")}
    since, until = (asked[name] if parse_when(asked[name]) else "" for name in ("since", "until"))
    kind = asked["kind"] if asked["kind"] in REGISTERS else ""
    return Filters(kind, asked["q"], asked["task"], since, until, mine=request.GET.get("mine") == "1")


def choose_task(request: HttpRequest) -> HttpResponse:
    """Which task a new row is for: a row always serves one."""
    actor, words = account_of(request).actor, request.GET.get("q", "").strip()[:60]
    kind = request.GET.get("type", "")
    tasks = visible_to(actor).order_by("list__code", "address")
    for word in words.split()[:5]:
        tasks = tasks.filter(title__icontains=word) | tasks.filter(problem__icontains=word)
    way = "desk_paper" if kind == "paper" else "desk_register"
    ask = f"?type={kind}" if kind in KEPT_BY_HAND else ""
    found = [(task, reverse(way, args=[task.address]) + ask) for task in tasks[:_MOST_TASKS]]
    return show(request, "register_for", {"tasks": found, "words": words, "kind": kind, "kind_words": REGISTERS.get(kind, "")})


def numbers(request: HttpRequest) -> HttpResponse:
    """The register of document numbers of one year: serials in order, gaps, doubles, and who has booked them in."""
    actor = account_of(request).actor
    years = registers.number_years(actor)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else next(iter(years), 0)
    series = number_series(registers.papers_of_year(actor, year)) if year else ()
    context = {
        "years": years,
        "year": year,
        "series": paper_pages.series_of(actor, series),
        "waiting": paper_pages.waiting_of(actor, registers.to_book_in(actor)),
    }
    return show(request, "numbers", context)


def rhythms(request: HttpRequest) -> HttpResponse:
    """Claimed rhythms beside the sessions that were held."""
    actor = account_of(request).actor
    rows = registers.rows_for(actor, Filters()).filter(more__has_key="schedule").select_related("org")
    return show(request, "rhythms", {"lines": rhythms_of(rows, now())})
