"""Rows → Dossier: the whole file of one task, or a ledger of many, as the value that every rule reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from xiaohao.dossier import Dossier
from xiaohao.dossier import file as dossier_file
from xiaohao.dossier.as_of import of_the_day
from xiaohao.dossier.oversight import ScreeningRun, Visit
from xiaohao.dossier.posts import as_record
from xiaohao.dossier.record import Record as RecordThing
from xiaohao.dossier.rules import Rules
from xiaohao.dossier.series import Series as SeriesThing
from xiaohao.dossier.supervision import GUIDANCE
from xiaohao.dossier.supervision import SiteVisit as SiteVisitThing
from xiaohao.dossier.task import Task as TaskThing
from xiaohao.kernel.when import parse_when
from xiaohao.outcomes.derived import DERIVED, derived_series
from xiaohao.records.calendar import entered_calendar
from xiaohao.records.content import ContentStore, StoredContents
from xiaohao.records.everybody import everybody
from xiaohao.records.models import (
    Document,
    File,
    Finding,
    Inspection,
    JournalEntry,
    Objection,
    Petition,
    Plan,
    Record,
    Screening,
    Series,
    SiteVisit,
    Statement,
    Task,
    TaskLink,
    TaskList,
    Term,
    WatchPlan,
)
from xiaohao.records.models.filed import instant
from xiaohao.records.rows_of import rows_of, things_of


def dossier_of(task: Task, *, at: datetime, rules: Rules | None = None) -> Dossier:
    """The file of one task as of now. A task that was given to many comes with its shares, and a share with the whole that it is of, as a ledger
    `about` the task. So does one whose target is measured from the ledger itself: with the other tasks of its unit, which its sentences speak
    of, and the computed series up to `at`."""
    indicators = _derived_indicators(task)
    kin = [*TaskLink.objects.filter(other=task.pk, relation="share_of").values_list("task", flat=True), *_whole_ids(task)]
    if not kin and not indicators:
        return _dossier([task], kind="dossier", title=task.title, at=at, rules=rules)
    beside = Q(pk__in=kin)
    if indicators:
        beside |= Q(owner__path__startswith=task.owner.path)
    others = list(Task.objects.filter(beside).exclude(pk=task.pk).order_by("pk"))
    if not others and not indicators:
        return _dossier([task], kind="dossier", title=task.title, at=at, rules=rules)
    ledger = _dossier([task, *others], kind="ledger", title=task.title, at=at, rules=rules, about=task.id)
    return _with_derived_series(ledger, task, indicators, at) if indicators else ledger


def shares_of(task: Task) -> QuerySet[Task]:
    """The shares of a task that was given to many, in the order in which they were given out."""
    shares = Task.objects.filter(link_rows__other=task.pk, link_rows__relation="share_of")
    return shares.select_related("owner", "list", "list__inspection").order_by("link_rows__pk")


def wholes_of(task: Task) -> QuerySet[Task]:
    """The task that this one is a share of, where it is one."""
    return Task.objects.filter(pk__in=_whole_ids(task)).select_related("owner", "list", "list__inspection")


def _whole_ids(task: Task) -> list[str]:
    return [link["task"] for link in task.more.get("links", ()) if link["relation"] == "share_of"]


def ledger_of(tasks: Iterable[Task], *, title: str, at: datetime) -> Dossier:
    """The files of many tasks, with the registers they share."""
    return _dossier(list(tasks), kind="ledger", title=title, at=at, rules=None)


def new_dossier(task: TaskThing, *, at: datetime, rules: Rules | None = None) -> Dossier:
    """The file of a task that is not on file yet: the task itself, its list, and the registers that everybody shares."""
    lists = TaskList.objects.filter(pk=task.list)
    return Dossier(
        id=task.id,
        kind="dossier",
        made_at=instant(at),
        rules=rules,
        calendar=entered_calendar(),
        **everybody()._asdict(),
        inspections=_things(Inspection.objects.filter(lists__in=lists)),
        lists=_things(lists),
        tasks=(task,),
    )


def last_entry() -> int:
    """Index of the newest journal entry, -1 before there is one."""
    newest = JournalEntry.objects.order_by("-index").values_list("index", flat=True).first()
    return -1 if newest is None else newest


def registers() -> dict[str, Any]:
    """What all cases share: the calendar, units, people, places, lists and inspections."""
    return {
        "calendar": entered_calendar(),
        **everybody()._asdict(),
        "lists": _things(TaskList.objects.all()),
        "inspections": _things(Inspection.objects.all()),
    }


def content_store() -> ContentStore:
    """This installation's content store."""
    return ContentStore(settings.CONTENT_HOME)


def _dossier(tasks: list[Task], *, kind: Any, title: str, at: datetime, rules: Rules | None, about: str | None = None) -> Dossier:
    ids = tuple(task.pk for task in tasks)
    files = things_of(File, "on_tasks", ids)
    records = things_of(Record, "on_tasks", ids)
    return Dossier(
        id=about or (tasks[0].id if kind == "dossier" else "ledger"),
        kind=kind,
        about=about,
        title=title or None,
        made_at=instant(at),
        rules=rules,
        calendar=entered_calendar(),
        **_everybody_then(tasks),
        inspections=things_of(Inspection, "lists__tasks", ids),
        lists=things_of(TaskList, "tasks", ids),
        tasks=tuple(task.thing() for task in tasks),
        plans=things_of(Plan, "task", ids),
        statements=things_of(Statement, "task", ids),
        documents=things_of(Document, "on_tasks", ids),
        records=records + _objection_records(ids) + _personnel_records(tasks),
        files=files,
        series=things_of(Series, "on_tasks", ids),
        petitions=things_of(Petition, "task", ids),
        dispositions=tuple(row.thing() for row in rows_of(Finding, "task", ids) if row.standing),
        awaited=_awaited(tasks[0]) if kind == "dossier" or about else None,
        watch_plans=things_of(WatchPlan, "task", ids),
        visits=tuple(_visit(row.thing()) for row in rows_of(SiteVisit, "task", ids) if row.reported_at and row.kind != GUIDANCE),
        contents=StoredContents(content_store(), {file.path: file.sha256 for file in files}, {}),
    )


def _everybody_then(tasks: list[Task]) -> dict[str, Any]:
    """Units, people and places; in the file of one task that is closed, the units under the names of the day on which it was."""
    everyone = everybody()._asdict()
    closed = parse_when(tasks[0].thing().closed_at) if len(tasks) == 1 else None
    return everyone | {"orgs": of_the_day(everyone["orgs"], closed.last.isoformat())} if closed else everyone


def _visit(seen: SiteVisitThing) -> Visit:
    """A visit of a supervising office as the dossier's calendar of visits knows it, once it was reported: the unit does not learn here what is
    planned. It was announced when it was planned, where it was not to come unannounced."""
    told = seen.planned_at if seen.unannounced is False else None
    return Visit(id=seen.id, org=seen.org, start=seen.date, end=seen.date, announced_at=told, places=(seen.place,) if seen.place else ())


def _awaited(task: Task) -> ScreeningRun | None:
    run = next(iter(rows_of(Screening, "task", (task.pk,))), None)
    return ScreeningRun(asked_at=instant(run.asked_at), done=run.checks_done, of=run.checks_all) if run and run.is_awaited else None


def _things(rows: Any) -> tuple[Any, ...]:
    return tuple(row.thing() for row in rows.order_by("pk"))


def _objection_records(tasks: tuple[str, ...]) -> tuple[RecordThing, ...]:
    """Objections as the dossier knows them: that one came, when, how it ended; never who, and their words only once made public.
    One that was found inadmissible, or was withdrawn, counts as answered and not upheld."""
    return tuple(objection_record(row) for row in Objection.objects.filter(task__in=tasks, late=False))


def objection_record(row: Objection) -> RecordThing:
    ended = row.withdrawn_at or row.answered_at or (row.admitted_at if row.admissible is False else None)
    return RecordThing(
        id=row.id,
        type="objection",
        tasks=(row.task_id,),
        measures=tuple(row.measures),
        text=row.public_text or None,
        date=instant(row.received_at)[:10],
        recorded_at=instant(row.received_at),
        answered_at=instant(ended) if ended else None,
        upheld=bool(row.upheld) if ended else None,
        public_reason=row.answer or row.admission_reason or None,
        of=row.notice_id,
    )


def _personnel_records(tasks: list[Task]) -> tuple[RecordThing, ...]:
    """Who held which post of the responsible and leading units since when, and the posts of the first responsible persons wherever they are."""
    units = {unit for task in tasks for unit in (task.owner_id, task.lead_id, *task.more.get("co_owners", ())) if unit}
    heads = {person for task in tasks for person in task.more.get("first_responsible", ())}
    terms = Term.objects.filter(Q(post__org__in=units) | Q(post__terms__person__in=heads)).select_related("post").order_by("pk").distinct()
    return tuple(as_record(term.post.thing(), term.thing()) for term in terms)


def _derived_indicators(task: Task) -> frozenset[str]:
    plans = things_of(Plan, "task", (task.pk,))
    return frozenset(goal.target.indicator for plan in plans for goal in plan.goals if goal.target) & frozenset(DERIVED)


def _with_derived_series(ledger: Dossier, task: Task, indicators: frozenset[str], at: datetime) -> Dossier:
    made = [_as_file(task, *derived_series(ledger, indicator, task.owner_id, at.date()), at=at) for indicator in sorted(indicators)]
    return replace(
        ledger,
        series=ledger.series + tuple(series for series, _, _ in made),
        files=ledger.files + tuple(file for _, file, _ in made),
        contents=_with_computed(ledger.contents, {file.path: content for _, file, content in made}),
    )


def _as_file(task: Task, series: SeriesThing, content: bytes, *, at: datetime) -> tuple[SeriesThing, dossier_file.File, bytes]:
    file = dossier_file.File(
        id=series.file,
        path=f"series/{series.id}.csv",
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        media="text/csv",
        kind="series",
        tasks=(task.id,),
        recorded_at=instant(at),
    )
    return replace(series, tasks=(task.id,)), file, content


def _with_computed(contents: Mapping[str, bytes], computed: dict[str, bytes]) -> Mapping[str, bytes]:
    return replace(contents, computed=computed) if isinstance(contents, StoredContents) else {**contents, **computed}
