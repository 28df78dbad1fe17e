"""Findings across all cases that a person may read: a page of them at a time, how many wait for what, and how each check has fared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from xiaohao.kernel.roles import Actor
from xiaohao.records.models import Finding, Org
from xiaohao.records.worklist import visible_to

#: Rows of one page of the list.
PAGE_SIZE = 50
#: Sorts after every ISO date: what is not due for an answer comes last.
_NOT_DUE = "9999"
_BETWEEN = "~"
#: A finding that only informs the decider waits for nobody.
_ASKS = ~Q(severity="note")
#: What each view of the list holds; `late` also needs the day.
_VIEWS: dict[str, Q] = {
    "answer": Q(standing=True, answered_at=None) & _ASKS,
    "decide": Q(standing=True, decided_at=None) & ~Q(answered_at=None),
    "decided": ~Q(decided_at=None),
    "gone": Q(standing=False, decided_at=None),
    "all": Q(),
}
VIEWS = ("answer", "late", "decide", "decided", "gone", "all")


def findings_seen_by(actor: Actor) -> QuerySet[Finding]:
    """Every finding in a case that this person may read, with its case and the unit it asks."""
    rows = Finding.objects.filter(task__in=visible_to(actor).order_by().values("pk"))
    return rows.select_related("task", "task__owner", "task__list", "must_answer")


def view_of(rows: QuerySet[Finding], view: str, day: str) -> QuerySet[Finding]:
    """Those of one of VIEWS, on that ISO day."""
    if view == "late":
        return rows.filter(_VIEWS["answer"], answer_due__lt=day).exclude(answer_due="")
    return rows.filter(_VIEWS[view])


@dataclass(frozen=True, slots=True)
class Page:
    """One page and the cursor of the next ("" for the last)."""

    rows: tuple[Finding, ...]
    after: str


def page_of(rows: QuerySet[Finding], *, after: str = "", size: int = PAGE_SIZE) -> Page:
    """The page that begins after the cursor: what is due for an answer first, soonest first. A malformed cursor begins at the beginning."""
    due = Case(When(_VIEWS["answer"] & ~Q(answer_due=""), then=F("answer_due")), default=Value(_NOT_DUE), output_field=CharField())
    ordered = rows.annotate(due_key=due).order_by("due_key", "pk")
    day, between, last = after.partition(_BETWEEN)
    if between:
        ordered = ordered.filter(Q(due_key__gt=day) | Q(due_key=day, pk__gt=last))
    found = list(ordered[: size + 1])
    more = found[size - 1] if len(found) > size else None
    return Page(tuple(found[:size]), f"{more.due_key}{_BETWEEN}{more.pk}" if more else "")


def units_asked(rows: QuerySet[Finding]) -> list[tuple[str, str]]:
    """(id, name) of every unit that a finding asks."""
    asked = rows.order_by().values_list("must_answer").distinct()
    return list(Org.objects.filter(pk__in=asked).order_by("pk").values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class Fared:
    """How the findings of one check have ended: upheld (属实须改), explained (采纳), withdrawn (不构成疑点), gone before anybody decided, and those
    still open."""

    check: str
    upheld: int
    explained: int
    withdrawn: int
    gone: int
    open: int

    @property
    def raised(self) -> int:
        return self.decided + self.gone + self.open

    @property
    def decided(self) -> int:
        return self.upheld + self.explained + self.withdrawn


def fared(rows: QuerySet[Finding]) -> tuple[Fared, ...]:
    """By check, in the order of their ids, from what people decided."""
    counts: dict[str, Counter[str]] = {}
    for check, decision, standing in rows.order_by().values_list("check_id", "more__decision", "standing"):
        ended = decision or ("open" if standing else "gone")
        counts.setdefault(check, Counter())[ended] += 1
    names = ("upheld", "explained", "withdrawn", "gone", "open")
    return tuple(Fared(check, **{name: found[name] for name in names}) for check, found in sorted(counts.items()))
