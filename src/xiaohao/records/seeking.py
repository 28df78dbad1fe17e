"""The list of tasks under filters, and how many there are under each: one set of conditions for lists, counts, boards and the API.

Every figure that a board shows is a `Filters`; its count and the list that it leads to come from `narrowed`, so they cannot disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, DateTimeField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Concat, Length, Substr

from xiaohao.documents.finding import words_of
from xiaohao.kernel.roles import Actor, Level, TaskRole
from xiaohao.kernel.when import CST, parse_when
from xiaohao.procedure.states import State
from xiaohao.records import search
from xiaohao.records.models import Inspection, JournalEntry, Org, Refusal, Task
from xiaohao.records.rulebooks import rulebook
from xiaohao.records.worklist import ENDED, WORKED_ON, next_step, visible_to

#: Buckets of the due date: over, until Sunday, within 30 days, later, no date, nothing due any more.
DUE = ("over", "week", "month", "later", "none", "ended")
#: A due filter of the boards: whatever is not closed. And a place filter: units that stand in no county.
OPEN, ELSEWHERE = "open", "none"
#: Days without any act after which a task counts as silent. Ours: a month, a quarter, half a year.
QUIET = (30, 90, 180)
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; "" is everything. `unit` is the responsible unit, `below` the head of a district, `round` an inspection,
    `sort` the class of the problem, `due` one of DUE or a span of days `2026-03-02..2026-03-08`, `turn` the role of the unit that the next
    step waits for, `quiet` one of QUIET, `stopped` "1" for tasks whose last attempt was refused."""

    q: str = ""
    state: str = ""
    unit: str = ""
    below: str = ""
    round: str = ""
    sort: str = ""
    due: str = ""
    turn: str = ""
    quiet: str = ""
    stopped: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """Those that are set, by name: what an address carries."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}


def filters_from(given: Mapping[str, str]) -> Filters:
    """The filters that an address asks for; what means nothing is left out."""
    asked = {field.name: str(given.get(field.name, "")).strip()[:80] for field in fields(Filters)}
    if asked["due"] not in (*DUE, OPEN) and not _span(asked["due"]):
        asked["due"] = ""
    if asked["turn"] not in {role.value for role in TaskRole}:
        asked["turn"] = ""
    if asked["quiet"] not in {str(days) for days in QUIET}:
        asked["quiet"] = ""
    if asked["state"] not in {*(state.value for state in State), "given", "carried_in"}:
        asked["state"] = ""
    asked["stopped"] = "1" if asked["stopped"] == "1" else ""
    return Filters(**asked)


# Conditions ---------------------------------------------------------------------------------------------------------------------


def described(tasks: QuerySet[Task], today: date) -> QuerySet[Task]:
    """The tasks with what they are filtered and counted by: `f_state`, `f_sort`, `f_day` (last day of the due date), `f_due`."""
    day = Case(
        When(due="", then=Value("")),
        When(Q(f_long=4), then=Concat("due", Value("-12-31"))),
        When(Q(f_long=7), then=Concat("due", Value("-31"))),
        default=Substr("due", 1, 10),
        output_field=CharField(),
    )
    sunday = today + timedelta(days=6 - today.weekday())
    bucket = Case(
        When(status__in=ENDED, then=Value("ended")),
        When(f_day="", then=Value("none")),
        When(f_day__lt=today.isoformat(), then=Value("over")),
        When(f_day__lte=sunday.isoformat(), then=Value("week")),
        When(f_day__lte=(today + timedelta(days=30)).isoformat(), then=Value("month")),
        default=Value("later"),
        output_field=CharField(),
    )
    state = Case(
        When(~WORKED_ON, then=Value("carried_in")), When(status="", then=Value("given")), default="status", output_field=CharField()
    )
    return (
        tasks.alias(f_long=Length("due"))
        .alias(f_day=day)
        .alias(f_due=bucket, f_state=state, f_sort=Coalesce(KT("more__class"), Value(""), output_field=CharField()))
    )


def narrowed(tasks: QuerySet[Task], filters: Filters, today: date) -> QuerySet[Task]:
    """The tasks under the filters; `tasks` are those that the reader may see."""
    found = search.matching(described(tasks, today), filters.q, "task")
    plain = {"f_state": filters.state, "owner": filters.unit, "list__inspection": filters.round, "f_sort": filters.sort}
    found = found.filter(**{name: value for name, value in plain.items() if value})
    if filters.below:
        found = found.filter(_below(filters.below))
    if span := _span(filters.due):
        found = found.exclude(f_due="ended").filter(f_day__gte=span[0], f_day__lte=span[1])
    elif filters.due == OPEN:
        found = found.exclude(f_due="ended")
    elif filters.due:
        found = found.filter(f_due=filters.due)
    if filters.turn:
        found = found.filter(_waits_for(TaskRole(filters.turn)))
    if filters.quiet:
        found = quiet_since(found).filter(f_last__lt=days_ago(today, int(filters.quiet)))
    if filters.stopped:
        found = found.filter(pk__in=_stopped())
    return found


def _below(place: str) -> Q:
    """Units of a district, or those of none."""
    if place != ELSEWHERE:
        head = Org.objects.filter(pk=place).values_list("path", flat=True).first()
        return Q(owner__path__startswith=head) if head else Q(pk__in=())
    nowhere = Q()
    for head in Org.objects.filter(kind="government", level=Level.COUNTY).values_list("path", flat=True):
        nowhere &= ~Q(owner__path__startswith=head)
    return nowhere


def quiet_since(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks that are not ended, with `f_last`: when anybody last acted on them."""
    last = JournalEntry.objects.filter(index=OuterRef("last_entry")).order_by().values("at")
    worked_on = tasks.exclude(status__in=ENDED).filter(WORKED_ON)
    return worked_on.alias(f_last=Subquery(last, output_field=DateTimeField()))


def turns() -> dict[tuple[str, str], TaskRole | None]:
    """(rulebook, status) → the role of the unit that the next step waits for, None where the route has ended or an office decides."""
    names = Task.objects.order_by().values_list("rulebook", flat=True).distinct()
    return {(name, state.value): _first_hand(name, state) for name in names for state in State}


def _first_hand(name: str, state: State) -> TaskRole | None:
    step = next_step(state, rulebook(name))
    unit = step.by[0].unit if step and step.by else None
    return unit if isinstance(unit, TaskRole) else None


def _waits_for(role: TaskRole) -> Q:
    found = Q(pk__in=())
    for (name, status), turn in turns().items():
        if turn is role:
            found |= Q(rulebook=name, status=status)
    return found & WORKED_ON


def _stopped() -> QuerySet[Any]:
    return Refusal.objects.filter(entry__gt=F("task__last_entry")).order_by().values("task")


def days_ago(today: date, days: int) -> datetime:
    """The beginning of the day so many days before."""
    return datetime.combine(today - timedelta(days=days), time.min, CST)


def _span(text: str) -> tuple[str, str] | None:
    first, between, last = text.partition("..")
    whole = between and all(len(part) == 10 and parse_when(part) for part in (first, last))
    if not whole:
        return None
    # a month is due on its last day, and stands as its 31st in `f_day`
    ends_month = last[8:] >= "28" and (date.fromisoformat(last) + timedelta(days=1)).day == 1
    return first, f"{last[:8]}31" if ends_month else last


# Counts -------------------------------------------------------------------------------------------------------------------------

#: Filters that are offered with counts, and the column each stands for.
FACETS = {"state": "f_state", "unit": "owner_id", "round": "list__inspection_id", "sort": "f_sort", "due": "f_due"}


@dataclass(frozen=True, slots=True)
class Counted:
    """`total` tasks under all filters; `by` facet → (value, tasks it would give beside the other filters), most first."""

    total: int
    by: Mapping[str, tuple[tuple[str, int], ...]]


def counted(tasks: QuerySet[Task], filters: Filters, today: date) -> Counted:
    """Total and facets in one question to the database: the tasks under the other filters, grouped by all facets at once."""
    free = _freed(filters)
    columns = tuple(FACETS.values())
    cells = narrowed(tasks, free, today).order_by().annotate(**{c: F(c) for c in columns if c.startswith("f_")})
    rows = list(cells.values_list(*columns).annotate(number=Count("pk")))
    wanted = tuple(getattr(filters, name) if getattr(free, name) == "" else "" for name in FACETS)
    by: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    total = 0
    for *values, number in rows:
        off = [at for at, (value, want) in enumerate(zip(values, wanted, strict=True)) if want and value != want]
        total += 0 if off else number
        for at, name in enumerate(FACETS):
            if not off or off == [at]:
                by[name][values[at]] += number
    return Counted(total, {name: tuple(sorted(found.items(), key=lambda one: (-one[1], one[0]))) for name, found in by.items()})


def _freed(filters: Filters) -> Filters:
    """Without the filters that facets stand for."""
    return replace(filters, **{name: "" for name in FACETS if name != "due" or filters.due in DUE})


def names_of(counts: Counted) -> dict[str, dict[str, str]]:
    """Names of the units and the inspections that are counted."""
    units = Org.objects.filter(pk__in=[pk for pk, _ in counts.by["unit"]]).values_list("pk", "name")
    rounds = Inspection.objects.filter(pk__in=[pk for pk, _ in counts.by["round"]]).values_list("pk", "name")
    return {"unit": dict(units), "round": dict(rounds)}


# The page -----------------------------------------------------------------------------------------------------------------------

#: Orders of the list: best first (where something is asked), soonest due, last acted on, by number.
ORDERS = ("best", "due", "recent", "number")


def ordered(found: QuerySet[Task], filters: Filters, order: str) -> QuerySet[Task]:
    """The found tasks in their order, with `f_day` and `f_sort` as attributes."""
    rows = found.annotate(f_day=F("f_day"), f_sort=F("f_sort"), f_due=F("f_due"))
    if order == "recent":
        return rows.order_by(F("last_entry").desc(nulls_last=True), "address")
    if order == "number":
        return rows.order_by("list__code", Length("address"), "address")
    due = Case(When(f_due="ended", then=Value("9998")), When(f_day="", then=Value("9999")), default=F("f_day"), output_field=CharField())
    if order == "best" and (words := words_of(filters.q)):
        return rows.order_by(_hits_in_title(words).desc(), due, "address")
    return rows.order_by(due, "address")


def _hits_in_title(words: tuple[str, ...]) -> Any:
    """How many of the words the title holds; a hit there says more than one in the text."""
    total: Any = Value(0)
    for word in words:
        total = total + Case(When(Q(title__icontains=word), then=Value(1)), default=Value(0), output_field=IntegerField())
    return total


def seen_by(actor: Actor) -> QuerySet[Task]:
    """The tasks this person may read: the desk's one policy."""
    return visible_to(actor)


def page(found: QuerySet[Task], number: int, size: int = PAGE_SIZE) -> list[Task]:
    """Page `number`, from 1."""
    return list(found[(number - 1) * size : number * size])


def longest_silent(tasks: QuerySet[Task], most: int = 5) -> list[Task]:
    """Those on which nobody has acted for the longest time, with `f_last`."""
    return list(quiet_since(tasks).annotate(f_last=F("f_last")).order_by("f_last", "address")[:most])


def due_days(tasks: QuerySet[Task], today: date) -> Counter[date]:
    """Day → tasks that are due on it and not ended; a month is due on its last day."""
    rows = described(tasks, today).exclude(f_due="ended").exclude(f_day="").order_by()
    found: Counter[date] = Counter()
    for day, count in rows.annotate(f_day=F("f_day")).values_list("f_day").annotate(Count("pk")):
        if when := parse_when(day) or parse_when(day[:7]):
            found[when.last] += count
    return found


#: Tasks up to which a question of common words is ranked and counted exactly. Ours, measured by bench/search.py.
MOST_COUNTED = 2_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of what was asked for, and how many there are under each filter. `more` says that the words are so common that only the first
    MOST_COUNTED tasks, by address, were looked at: rows and counts are of these."""

    rows: tuple[Task, ...]
    counts: Counted
    more: bool = False


def answer(actor: Actor, filters: Filters, today: date, *, order: str = "best", number: int = 1) -> Answer:
    """What this person may see of what they ask for: rows and counts under the same conditions."""
    seen, more = visible_to(actor), False
    if search.is_common(filters.q):
        first = list(narrowed(seen, _freed(filters), today).order_by("address").values_list("pk", flat=True)[: MOST_COUNTED + 1])
        more = len(first) > MOST_COUNTED
        seen, asked = (
            Task.objects.filter(pk__in=first[:MOST_COUNTED]).select_related("owner", "list", "list__inspection"),
            replace(filters, q=""),
        )
    else:
        asked = filters
    rows = page(ordered(narrowed(seen, asked, today), filters, order), number)
    return Answer(tuple(rows), counted(seen, asked, today), more)
