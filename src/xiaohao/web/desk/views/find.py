"""查找: tasks, register rows, petitions and documents by their words, under filters with counts; views to keep; the same list as a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import saved_views
from xiaohao.acts.clock import now
from xiaohao.documents.finding import snippet, words_of
from xiaohao.documents.ledger.write import write_ledger
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.records import petitions, registers, search, seeking
from xiaohao.records.models import SavedView
from xiaohao.records.seeking import ORDERS, PAGE_SIZE, Filters, filters_from
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.pages import find as pages
from xiaohao.web.desk.pages.words import REGISTERS
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.words import say_it

#: Rows of one sheet and of the other kinds' lists. Ours: who needs more narrows the list.
_MOST_ROWS, _MOST_OTHERS = 10_000, 50
KIND_WORDS = {"task": say("任务"), "record": say("登记"), "petition": say("转办件"), "document": say("文件")}
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of the list asks for."""

    filters: Filters
    kind: str
    order: str
    columns: tuple[str, ...]
    page: int

    @property
    def kept(self) -> str:
        """The same as an address, without the page: what a saved view holds."""
        more = [("kind", self.kind)] if self.kind != "task" else []
        more += [("order", self.order)] if self.order != "best" else []
        more += [("col", name) for name in self.columns] if self.columns != pages.USUAL_COLUMNS else []
        return urlencode([*self.filters.asked.items(), *more])


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    columns = tuple(name for name in pages.COLUMN_WORDS if name in given.getlist("col"))
    page = given.get("p", "1")
    return Asked(
        filters_from(given),
        kind if (kind := given.get("kind", "task")) in KIND_WORDS else "task",
        order if (order := given.get("order", "best")) in ORDERS else "best",
        columns or pages.USUAL_COLUMNS,
        int(page) if page.isdecimal() and 0 < int(page) < 10_000 else 1,
    )


def find(request: HttpRequest) -> HttpResponse:
    """The list. Without a question it opens with the view that the person chose for that."""
    account = account_of(request)
    views = list(SavedView.objects.filter(account=account))
    if not request.GET and (first := next((view for view in views if view.opens), None)):
        return redirect(f"{reverse('desk_find')}?{first.asked}")
    return show(request, "find", _context(request, _asked(request), views))


def _context(request: HttpRequest, asked: Asked, views: list[SavedView]) -> dict[str, Any]:
    actor, today = account_of(request).actor, now().astimezone(CST).date()
    context: dict[str, Any] = {"asked": asked, "filters": asked.filters, "views": views, "kept": asked.kept}
    context["kinds"] = _kinds(actor, asked)
    if asked.kind != "task":
        return context | {"lines": _others(actor, asked)}
    found = seeking.answer(actor, asked.filters, today, order=asked.order, number=asked.page)
    last = max(1, -(-found.counts.total // PAGE_SIZE))
    return context | {
        "total": found.counts.total,
        "more": found.more,
        "facets": pages.facets_of(found.counts, asked.filters),
        "chips": pages.chips_of(asked.filters),
        "hits": pages.hits_of(found.rows, asked.filters, asked.columns),
        "heads": [pages.COLUMN_WORDS[name] for name in asked.columns],
        "columns": [(name, words, name in asked.columns) for name, words in pages.COLUMN_WORDS.items()],
        "orders": [(name, words, name == asked.order) for name, words in pages.ORDER_WORDS.items()],
        "before": f"?{asked.kept}&p={asked.page - 1}" if asked.page > 1 else "",
        "after": f"?{asked.kept}&p={asked.page + 1}" if asked.page < last else "",
        "first": (asked.page - 1) * PAGE_SIZE + 1,
        "last_row": (asked.page - 1) * PAGE_SIZE + len(found.rows),
    }


def _rows(actor: Actor, kind: str, question: str) -> QuerySet[Any]:
    """What this person may see of a kind that holds the words: the rooms' own queries, narrowed."""
    seen: dict[str, QuerySet[Any]] = {
        "record": registers.rows_for(actor, registers.Filters()).select_related("org"),
        "petition": petitions.petitions_for(actor),
        "document": registers.papers_for(actor),
    }
    return search.matching(seen[kind], question, kind)


def _kinds(actor: Actor, asked: Asked) -> list[tuple[str, Said, str, int | None, bool]]:
    """The kinds with how many of each hold the words; nothing is counted where nothing was asked."""
    found = []
    for kind, words in KIND_WORDS.items():
        count = None
        if asked.filters.q and kind != "task":
            count = _rows(actor, kind, asked.filters.q).order_by().count()
        href = pages.address(Filters(q=asked.filters.q) if kind != "task" else asked.filters, kind="" if kind == "task" else kind)
        found.append((kind, words, href, count, kind == asked.kind))
    return found


def _others(actor: Actor, asked: Asked) -> list[tuple[str, Any, Any, str]]:
    """(address, pieces of the text, what it is, day) of rows of the other kinds."""
    words = words_of(asked.filters.q)
    rows = list(_rows(actor, asked.kind, asked.filters.q)[:_MOST_OTHERS])
    if asked.kind == "petition":
        return [(reverse("desk_petition", args=[row.pk]), snippet(search.text_of(row), words), row.org.name, row.received) for row in rows]
    through = registers.readable_through(actor, rows)
    lines: list[tuple[str, Any, Any, str]] = []
    for row in rows:
        no = through.get(row.pk, "")
        if asked.kind == "record":
            lines.append((reverse("desk_record", args=[no, row.pk]), _pieces(row, words), REGISTERS.get(row.type, row.type), row.date))
        else:
            href = reverse("desk_task", args=[no]) + "#records" if no else reverse("desk_numbers")
            lines.append((href, _pieces(row, words), row.number, row.date))
    return lines


def _pieces(row: Any, words: tuple[str, ...]) -> Any:
    return snippet(search.text_of(row).replace("\n", " · "), words)


def sheet(request: HttpRequest) -> HttpResponse:
    """The tasks of the list as .xlsx: what the page shows under the same filters, in the same columns and order."""
    asked, actor, today = _asked(request), account_of(request).actor, now().astimezone(CST).date()
    found = seeking.ordered(seeking.narrowed(visible_to(actor), asked.filters, today), asked.filters, asked.order)[:_MOST_ROWS]
    headers = [
        say_it(words) for words in (say("序号"), say("任务"), say("反馈问题"), *(pages.COLUMN_WORDS[name] for name in asked.columns))
    ]
    rows = [[str(row.number), row.title, row.problem, *(_printed(row, name) for name in asked.columns)] for row in found]
    content = write_ledger(headers, rows, title=str(_("任务清单")), sheet=str(_("任务清单")))
    name = f"tasks-{today.isoformat()}.xlsx"
    return HttpResponse(content, content_type=_SHEET, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _printed(row: Any, name: str) -> str:
    cell = pages.cell_of(row, name)
    return str(pages.value_words("state", cell or "given", {})) if name == "state" else say_it(cell)


def views(request: HttpRequest) -> HttpResponse:
    """Keep the list as a view, or forget one."""
    account, given = account_of(request), request.POST
    if given.get("forget", "").isdecimal():
        saved_views.remove_view(account=account, view=int(given["forget"]))
        messages.success(request, _("视图已删除。"))
        return redirect(f"{reverse('desk_find')}?view=all")
    name, asked = given.get("name", "").strip(), given.get("asked", "")[:600]
    wrong = "" if 0 < len(name) <= 40 else _("请给视图起个名字，不超过 40 个字。")
    if not wrong:
        try:
            saved_views.save_view(account=account, name=name, asked=asked or "view=all", opens=given.get("opens") == "1")
        except saved_views.TooManyViews:
            wrong = _("一个人最多留 20 个视图。请先删去不用的。")
    if wrong:
        request.GET = request.GET.copy()  # type: ignore[assignment]
        for key, value in parse_qsl(asked):
            request.GET.appendlist(key, value)  # type: ignore[attr-defined]
        context = _context(request, _asked(request), list(SavedView.objects.filter(account=account)))
        return show_again(request, "find", context | {"wrong": wrong, "typed": name})
    messages.success(request, _("视图已保存。"))
    return redirect(f"{reverse('desk_find')}?{asked or 'view=all'}")
