"""Queries of the public site: what anybody may see, and nothing that would need a sign-in.

Everything here is public already: the problem as quoted, the plan, what stands in a notice, and how many objections came. Never a contact,
never a draft, never a finding that no person has decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from xiaohao.journal.entry import Entry, EntryType
from xiaohao.journal.entry_format import parse_entry
from xiaohao.kernel.roles import Level
from xiaohao.kernel.when import CST, parse_when
from xiaohao.records import search
from xiaohao.records.models import Commitment, File, Finding, JournalEntry, Objection, Org, Record, Task

CLOSED = ("closed", "confirmed")
#: Struck off and not returned, in whatever order the place does it; what was closed before the system came is not judged.
_STRUCK_OFF = ~Q(closed_at="") & ~Q(more__carried_in=True)
#: The address of a notice is its record id without this.
_NOTICE = "notice-"


@dataclass(frozen=True, slots=True)
class PublicTask:
    """One line of a public list. `due` is an ISO date as exact as the plan has it, "" for none; `on_notice` the number of its open notice."""

    address: str
    number: str
    title: str
    list_name: str
    owner: str
    status: str
    due: str
    long_term: bool
    carried_in: bool
    on_notice: str
    open_objections: int

    @property
    def state(self) -> str:
        """The state as people should read it: suspended comes before the status, and so does what was closed before the system came."""
        if self.carried_in:
            return "carried_in"
        return "suspended" if self.open_objections and self.status not in CLOSED else self.status


@dataclass(frozen=True, slots=True)
class OpenNotice:
    """A notice whose window has not ended: its address, the task, the window's days and what came in."""

    no: str
    title: str
    list_name: str
    number: str
    start: date
    end: date
    unit: str
    objections: int
    suspended: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The tasks of one region or one list: how many by status, how many late, how many objections open."""

    name: str
    by_status: Mapping[str, int]
    late: int
    objections: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The counts of the first page. `carried_in` tasks are counted in `total` and nowhere else: this system has not judged them.
    `held` are those of the tasks `closed_long_ago` (first closed at least 12 months ago) that were never returned."""

    total: int
    lists: int
    closed: int
    watched: int
    closed_long_ago: int
    held: int
    carried_in: int
    returned: int
    returned_this_year: int
    notices: tuple[OpenNotice, ...]
    notices_ended: int
    returned_tasks: tuple[PublicTask, ...]
    groups: tuple[Group, ...]
    by_list: bool
    due: tuple[date, ...]
    overrides: int
    upheld_findings: int


def public_tasks() -> QuerySet[Task]:
    """Every task, with what a public line needs."""
    return Task.objects.select_related("list", "owner").order_by("list__code", "address")


def whole_tasks() -> QuerySet[Task]:
    """What is counted: every task once; a share of a task that was given to many is counted with its whole."""
    return public_tasks().exclude(link_rows__relation="share_of")


def public_task(address: str) -> Task | None:
    """The task under that address."""
    return public_tasks().filter(address=address).first()


def find_public(words: str, state: str = "") -> tuple[PublicTask, ...]:
    """Tasks that hold every one of the words in problem, title, number, list, inspection or responsible unit; in lists' own order. No words: all tasks.
    `state` is a status, or "closed" for both closed ones, "open" for a notice now open is not a status and finds nothing here."""
    return _lines(found_public(words, state))


def found_public(words: str, state: str = "") -> QuerySet[Task]:
    """The rows of `find_public`."""
    found = search.matching(public_tasks(), words, "task")
    if state:
        found = found.filter(_STRUCK_OFF) if state == "closed" else found.filter(status=state)
    return found


def lines_of(tasks: Iterable[Task]) -> tuple[PublicTask, ...]:
    """The public lines of these tasks."""
    return _lines(tasks)


def find_line(task: Task) -> PublicTask:
    """The public line of one task."""
    return _lines([task])[0]


def notice_by_number(no: str) -> Record | None:
    """The notice record under that address (`qh2025a-7-1`), with its task prefetched; also one that was withdrawn."""
    return Record.objects.filter(pk=_NOTICE + no, type="publicity").prefetch_related("on_tasks__list", "on_tasks__owner").first()


def number_of(notice_id: str) -> str:
    """The address of a notice from its record id."""
    return notice_id.removeprefix(_NOTICE)


def notices_of(task: Task) -> tuple[Record, ...]:
    """All notices of a task, newest first."""
    return tuple(task.records.filter(type="publicity").order_by("-recorded_at", "-pk"))


def last_return(task: Task) -> Record | None:
    """The record that last sent a task back to work."""
    return task.records.filter(type="return", more__stage__in=("return_to_work", "reopen")).order_by("-recorded_at", "-pk").first()


def withdrawal_of(notice: Record) -> Record | None:
    """The record that took a notice back, or None while it stands."""
    return Record.objects.filter(type="return", more__of=notice.pk, more__stage="withdraw_notice").order_by("recorded_at").first()


def open_notices(at: datetime) -> tuple[OpenNotice, ...]:
    """Notices on which one may object today, soonest end first; those not yet begun come last."""
    return open_notices_of(open_notice_rows(at))


def open_notice_rows(at: datetime) -> QuerySet[Record]:
    """The rows of `open_notices` in their order: `waits` is 1 for one that has not yet begun, `last_day` its last day."""
    return _in_order(_standing_notices(), at).filter(last_day__gte=_today(at)).order_by("waits", "last_day", "pk")


def place_of_notice(no: str, at: datetime) -> tuple[int, str, str] | None:
    """Where the notice of that number stands in that order, also when it has ended meanwhile; None for a number that nothing has."""
    row = _in_order(Record.objects.filter(type="publicity", pk=_NOTICE + no), at).first()
    return (row.waits, row.last_day, row.pk) if row else None  # type: ignore[attr-defined]


def _in_order(rows: QuerySet[Record], at: datetime) -> QuerySet[Record]:
    not_begun = Case(When(first_day__gt=_today(at), then=Value(1)), default=Value(0))
    return rows.annotate(first_day=_word("start"), last_day=_word("end")).annotate(waits=not_begun)


def _word(name: str) -> Coalesce:
    """What a row holds under that name as plain text, "" for nothing: it can be compared, sorted by and joined in the database."""
    return Coalesce(KT(f"more__{name}"), Value(""), output_field=CharField())


def _today(at: datetime) -> str:
    return at.astimezone(CST).date().isoformat()


def open_notices_of(rows: Iterable[Record]) -> tuple[OpenNotice, ...]:
    """What the public site says of these notices."""
    kept = list(rows)
    came = _objections_by_notice(kept)
    return tuple(one for row in kept if (one := _open_notice(row, came.get(row.pk, ()))))


def overview(at: datetime) -> Overview:
    """The first page's counts and lists as of `at`."""
    today = at.astimezone(CST).date()
    rows = list(whole_tasks())
    lines = _lines(rows)
    struck_off = [row for row in rows if row.closed_at and not row.more.get("carried_in")]
    own = [line for line in lines if not line.carried_in]
    notices = open_notices(at)
    returned = tuple(line for line in own if line.status == "reopened")
    groups, by_list = _groups(today)
    closed_long_ago, held = _held(at)
    return Overview(
        total=len(lines),
        lists=len({line.list_name for line in lines}),
        closed=len(struck_off),
        watched=sum(row.status != "confirmed" for row in struck_off),
        closed_long_ago=closed_long_ago,
        held=held,
        carried_in=len(lines) - len(own),
        returned=len(returned),
        returned_this_year=_returned_in(today.year),
        notices=notices,
        notices_ended=_standing_notices().count() - len(notices),
        returned_tasks=returned,
        groups=groups,
        by_list=by_list,
        due=tuple(_due_days(own)),
        overrides=Record.objects.filter(type="override").count(),
        upheld_findings=Finding.objects.filter(more__decision="upheld").count(),
    )


def _held(at: datetime) -> tuple[int, int]:
    """(tasks first closed at least 12 months ago, those of them never returned since); carried-in ones are not judged (DOSSIER.md, closings_held)."""
    long_ago = at - timedelta(days=365)
    closings = JournalEntry.objects.filter(step="close", state="closed", at__lte=long_ago, task__in=whole_tasks().order_by().values("pk"))
    closed = set(closings.values_list("task_id", flat=True))
    returned = set(JournalEntry.objects.filter(task_id__in=closed, state="reopened").values_list("task_id", flat=True))
    return len(closed), len(closed - returned)


def objections_on(notice: Record) -> tuple[Objection, ...]:
    """The objections to a notice in the order in which they came. Callers show number, state and published answer, never the person."""
    return tuple(Objection.objects.filter(notice=notice).defer("contact").order_by("received_at", "id"))


def _lines(found: Iterable[Task]) -> tuple[PublicTask, ...]:
    rows = list(found)
    suspended = Counter(Objection.objects.filter(OPEN_OBJECTION, task__in=rows).values_list("task_id", flat=True))
    notices = _standing_notices().filter(on_tasks__in=rows).distinct()
    standing = {task.pk: row for row in notices for task in row.on_tasks.all()}
    return tuple(_line(row, suspended[row.pk], standing.get(row.pk)) for row in rows)


#: In time and neither answered, refused, nor taken back: it holds the closing.
OPEN_OBJECTION = Q(late=False, answered_at=None, withdrawn_at=None) & ~Q(admissible=False)


def _line(task: Task, open_objections: int, notice: Record | None) -> PublicTask:
    return PublicTask(
        address=task.address,
        number=str(task.number),
        title=task.title or task.problem,
        list_name=task.list.name,
        owner=task.owner.name,
        status=task.status,
        due=task.due,
        long_term=task.kind == "long_term",
        carried_in=bool(task.more.get("carried_in")),
        on_notice=number_of(notice.pk) if notice and task.status == "published" else "",
        open_objections=open_objections,
    )


def _standing_notices() -> QuerySet[Record]:
    """Notices that nobody has taken back, oldest first."""
    taken_back = Record.objects.annotate(of_notice=_word("of")).filter(type="return", more__stage="withdraw_notice")
    rows = Record.objects.filter(~Exists(taken_back.filter(of_notice=OuterRef("pk"))), type="publicity")
    return rows.prefetch_related("on_tasks__list").order_by("recorded_at", "pk")


def _objections_by_notice(rows: list[Record]) -> dict[str, tuple[Objection, ...]]:
    held: dict[str, tuple[Objection, ...]] = {}
    for one in Objection.objects.filter(notice__in=rows, late=False).defer("contact"):
        held[str(one.notice_id)] = (*held.get(str(one.notice_id), ()), one)
    return held


def _open_notice(row: Record, came: tuple[Objection, ...]) -> OpenNotice | None:
    task = next(iter(row.on_tasks.all()), None)
    start, end = parse_when(row.more.get("start")), parse_when(row.more.get("end"))
    if not (task and start and end):
        return None
    waiting = [one for one in came if not (one.answered_at or one.withdrawn_at or one.admissible is False)]
    return OpenNotice(
        no=number_of(row.pk),
        title=task.title or task.problem,
        list_name=task.list.name,
        number=str(task.number),
        start=start.first,
        end=end.last,
        unit=row.more.get("stated_unit") or "workday",
        objections=sum(not one.withdrawn_at for one in came),
        suspended=bool(waiting),
    )


def _returned_in(year: int) -> int:
    found = Record.objects.filter(type="return", more__stage__in=("return_to_work", "reopen", "objection"), date__startswith=str(year))
    return int(found.aggregate(tasks=Count("on_tasks", distinct=True))["tasks"])


def _groups(today: date) -> tuple[tuple[Group, ...], bool]:
    """The tasks by region; where there is only one, by list (True)."""
    rows = list(whole_tasks())
    waiting = Counter(Objection.objects.filter(OPEN_OBJECTION).values_list("task_id", flat=True))
    regions = _by_region(rows)
    if len(regions) > 1:
        return tuple(_group(name, tasks, waiting, today) for name, tasks in regions.items()), False
    lists: dict[str, list[Task]] = {}
    for row in rows:
        lists.setdefault(row.list.name, []).append(row)
    return tuple(_group(name, tasks, waiting, today) for name, tasks in lists.items()), True


def _by_region(rows: list[Task]) -> dict[str, list[Task]]:
    """By the county (above counties: the city) in whose tree the responsible unit stands, in the tree's own order."""
    heads = list(Org.objects.filter(kind="government", level__in=(Level.COUNTY, Level.CITY)).order_by("path"))
    held: dict[str, list[Task]] = {head.path: [] for head in heads}
    for row in rows:
        above = [head.path for head in heads if row.owner.path.startswith(head.path)]
        held.setdefault(max(above, default=row.owner.path, key=len), []).append(row)
    names = {head.path: head.name.removesuffix("人民政府") for head in heads}
    return {names.get(path) or tasks[0].owner.name: tasks for path, tasks in held.items() if tasks}


def _group(name: str, tasks: list[Task], waiting: Counter[str], today: date) -> Group:
    return Group(
        name=name,
        by_status=Counter("carried_in" if task.more.get("carried_in") else task.status for task in tasks),
        late=sum(day < today for task in tasks for day in _due_days([task])),
        objections=sum(waiting[task.pk] for task in tasks),
    )


def _due_days(tasks: Iterable[Task | PublicTask]) -> Iterable[date]:
    for task in tasks:
        due = parse_when(task.due)
        if due and task.status not in CLOSED:
            yield due.last


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One journal entry as the public log tells it: `act` is the step or, without one, the type, `outcome` how an objection or finding was
    decided; the unit that acted, never a person."""

    index: int
    act: str
    at: datetime
    unit: str
    refused: bool
    moved: bool
    outcome: str


#: Acts about findings: a finding is a lead and no statement about anybody until it was upheld.
_COMPARING = frozenset({"screen", "answer_finding", "decide_finding", EntryType.FINDING_ANSWERED, EntryType.FINDING_DECIDED})


def public_timeline(task: Task) -> tuple[PublicLine, ...]:
    """The entries about the task, newest first, from the entries' own public bytes. What was asked about it by a comparison is told only once
    somebody else has decided that it is so."""
    upheld = frozenset(Finding.objects.filter(task=task, more__decision="upheld").values_list("pk", flat=True))
    rows = JournalEntry.objects.filter(task=task).order_by("-index")
    told = ((row, parse_entry(bytes(row.content))) for row in rows)
    return tuple(_public_line(row, entry) for row, entry in told if _act_of(entry) not in _COMPARING or entry.finding in upheld)


def entry_at(index: int) -> JournalEntry | None:
    """The journal's row under that index."""
    return JournalEntry.objects.select_related("task").filter(pk=index).first()


def entry_of_notice(notice: Record) -> JournalEntry | None:
    """The entry that published a notice: the one that committed to its record."""
    commitment = Commitment.objects.select_related("entry").filter(table="record", row=notice.pk).order_by("entry_id").first()
    return commitment.entry if commitment else None


def _act_of(entry: Entry) -> str:
    return entry.step or str(entry.type)


def _public_line(row: JournalEntry, entry: Entry) -> PublicLine:
    acted = entry.decided_by
    return PublicLine(
        index=row.index,
        act=_act_of(entry),
        at=row.at,
        unit=acted.unit if acted else "",
        refused=entry.type is EntryType.REFUSED,
        moved=entry.state is not None and entry.state != entry.prev_state,
        outcome=entry.outcome or "",
    )


def public_file(file_id: str) -> File | None:
    """A file that belongs to a task with a notice: what was put forward as evidence in public may be looked at in public."""
    return File.objects.filter(pk=file_id, on_tasks__records__type="publicity").distinct().first()
