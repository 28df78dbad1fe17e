"""What anybody may read."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from xiaohao.web.api.shapes.common import Paged, Short


class TasksAsked(Paged):
    q: Short = Field("", description="词，用空格分开")  # type: ignore[valid-type]
    state: Literal["", "in_progress", "published", "closed", "confirmed", "reopened"] = ""


class PetitionsAsked(Paged):
    batch: int | None = Field(None, ge=0, lt=2**31)


class TaskLine(Schema):
    """`due` is as exact as the plan has it: a year, a month or a day; `notice` the number of its open notice."""

    no: str
    number: str
    title: str
    list: str
    owner: str
    state: str
    status: str
    due: str
    long_term: bool
    carried_in: bool
    notice: str
    open_objections: int


class Tasks(Schema):
    items: list[TaskLine]
    after: str


class Group(Schema):
    name: str
    by_status: dict[str, int]
    late: int
    objections: int


class Overview(Schema):
    """The figures of the first page (docs/api.md says what each counts)."""

    at: datetime
    total: int
    lists: int
    closed: int
    watched: int
    closed_long_ago: int
    held: int
    carried_in: int
    returned: int
    returned_this_year: int
    notices_open: int
    notices_ended: int
    overrides: int
    upheld_findings: int
    groups_are: Literal["regions", "lists"]
    groups: list[Group]


class Named(Schema):
    name: str
    value: str


class PlannedMeasure(Schema):
    number: int
    text: str
    due: str


class Plan(Schema):
    version: int
    goals: list[str]
    measures: list[PlannedMeasure]


class Reading(Schema):
    time: str
    value: str


class Effect(Schema):
    """What the readings say of one goal: `state` reached, not_reached, unmeasured or no_figure."""

    goal: str
    state: str
    reason: str
    caption: str
    readings: list[Reading]


class Stage(Schema):
    """One stage of the task's own route: `standing` done, at, ahead or tail (the watch, not begun)."""

    name: str
    standing: str
    note: str


class Version(Schema):
    """One version of the plan that was made public, with what it changed and in what it asks less than the plan above it."""

    number: int
    published: str
    author: str
    date: str
    note: str
    consent: str
    changes: list[str]
    weaker: list[str]


class Related(Schema):
    relation: str
    where: str
    title: str
    state: str
    no: str


class Batch(Schema):
    id: str
    title: str


class TimelineEntry(Schema):
    entry: int
    act: str
    words: str
    at: datetime
    unit: str
    refused: bool
    moved: bool
    outcome: str


class NoticeOfTask(Schema):
    no: str
    start: str
    end: str
    withdrawn: bool


class Return(Schema):
    at: datetime
    reason: str


class Task(TaskLine):
    """One task as its public page shows it. `plan` is null until one is approved for the public, `versions` is empty while there is one only."""

    problem: str
    facts: list[Named]
    stages: list[Stage]
    plan: Plan | None
    versions: list[Version]
    effects: list[Effect]
    shares: list[str]
    share_of: str
    related: list[Related]
    batches: list[Batch]
    notices: list[NoticeOfTask]
    watch: str
    returned: Return | None
    timeline: list[TimelineEntry]


class Petition(Schema):
    number: str
    batch: int | None
    received: str
    place: str
    pollution: list[str]
    summary: str
    truth: str
    status: str
    handling: str
    unit: str


class Petitions(Schema):
    """Rates over every petition on file, also of those without a public line."""

    items: list[Petition]
    after: str
    total: int
    done: int
    stage_done: int


class Journal(Schema):
    """The newest checkpoint: `size` entries under `root` (hex), and who has cosigned it. All empty before the first one."""

    origin: str
    size: int
    root: str
    witnesses: list[str]
    witnessed_at: datetime | None
    key: str
    checkpoint: str


class Entry(Schema):
    """One entry. `content` are its exact public bytes, given once a checkpoint covers it; `proof` then is the address of its .tlog-proof."""

    index: int
    at: datetime
    task: str
    act: str
    words: str
    unit: str
    state: str
    content: str | None
    proof: str | None
