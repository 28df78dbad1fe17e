"""D1 今天: what a person has to do now."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.clock import now
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import said_from_json
from xiaohao.kernel.when import CST, parse_when
from xiaohao.records import calls, seeking, worklist
from xiaohao.records.countersigns import to_countersign
from xiaohao.records.models import Task, TaskList
from xiaohao.records.reminded import page_of
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.pages.deadline import day_words
from xiaohao.web.desk.pages.office import offices_of
from xiaohao.web.desk.pages.today import groups_of
from xiaohao.web.desk.permissions import STAFF
from xiaohao.web.desk.show import show
from xiaohao.web.desk.views.boards import linked_weeks

#: Reminders on the page, the newest three of them open; the rest come up as these are put away.
_MOST_REMINDERS = 50
#: The views of the list, in order; the last one is reached from the menu only.
VIEWS = {"mine": _("轮到我"), "others": _("等别人"), "all": _("全部"), "late": _("逾期"), "findings": _("有疑点")}


def today(request: HttpRequest) -> HttpResponse:
    """The list in one of its views, filtered by words, from a cursor on. Only the list is sent where a script asks for it."""
    actor, at = account_of(request).actor, now()
    if not actor.roles & set(STAFF):
        return show(request, "office", {"offices": offices_of(actor.roles)})
    visible = worklist.visible_to(actor)
    view = request.GET.get("view", "mine")
    view = view if view in VIEWS else "mine"
    words, listing = request.GET.get("q", "").strip()[:60], _listing(request)
    sets = sets_of(visible.filter(list=listing) if listing else visible, actor, at.astimezone(CST).date().isoformat())
    page = worklist.page_of(matching(sets[view], words), after=request.GET.get("after", ""))
    context = {
        "groups": groups_of(page.tasks, actor, at),
        "after": page.after,
        "view": view,
        "words": words,
        "listing": listing,
        "lists": TaskList.objects.filter(tasks__in=visible.order_by()).distinct().select_related("inspection").order_by("code"),
        "tabs": [(name, label, sets[name].order_by().count()) for name, label in VIEWS.items() if name != "findings" or view == "findings"],
    }
    if getattr(request, "htmx", False):
        answer = render(request, "desk/_list.html", context)
        patch_vary_headers(answer, ["HX-Request"])
        return answer
    day = at.astimezone(CST).date()
    ahead = {
        "weeks": linked_weeks(seeking.due_days(visible, day).elements(), day),
        "next_due": _next_due(visible, day),
        "day_words": day_words(day),
        "reminders": _reminders(actor.person),
        "to_countersign": [(one, one.late(day.isoformat())) for one in to_countersign(actor, day.isoformat())],
    }
    return show(request, "today", context | ahead)


def _listing(request: HttpRequest) -> TaskList | None:
    """The list that the page is narrowed to, by its code; None for all."""
    return TaskList.objects.select_related("inspection").filter(code=request.GET.get("list", "")[:40]).first()


def _reminders(person: str) -> list[tuple[str, str, str]]:
    """Those not yet put away: id, the sentence, the page it is about."""
    newest = calls.unseen(person)[:_MOST_REMINDERS]
    return [(row.pk, said_from_json(row.sentence), f"/{page_of(row)}") for row in newest]


def sets_of(visible: QuerySet[Task], actor: Actor, day: str) -> dict[str, QuerySet[Task]]:
    """The tasks of each view, on that ISO day."""
    mine = worklist.my_turn(actor)
    late = visible.exclude(status__in=worklist.ENDED).exclude(due="").filter(due__lt=day).exclude(due=day[:7]).exclude(due=day[:4])
    findings = Q(pk__in=worklist.to_answer(actor).values("task")) | Q(pk__in=worklist.to_decide(actor).values("task"))
    return {
        "mine": visible.filter(mine),
        "others": visible.exclude(mine).exclude(status__in=worklist.ENDED),
        "all": visible,
        "late": late,
        "findings": visible.filter(findings),
    }


def matching(tasks: QuerySet[Task], words: str) -> QuerySet[Task]:
    """Those whose title, problem, unit or number hold every word."""
    for word in words.split()[:5]:
        number = word.removeprefix("第").removesuffix("项").strip()
        found = Q(title__icontains=word) | Q(problem__icontains=word) | Q(owner__name__icontains=word) | Q(address__iendswith=f"-{number}")
        tasks = tasks.filter(found)
    return tasks


def _next_due(visible: QuerySet[Task], day: date) -> str:
    """The soonest due date still ahead (a month is due on its last day), for the page of a person with nothing to do."""
    ahead = [when.last for due in worklist.due_texts(visible) if (when := parse_when(due)) and when.last >= day]
    return min(ahead).isoformat() if ahead else ""
