"""What anybody may read."""

from __future__ import annotations

from datetime import date, datetime
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


class NoticeLine(Schema):
    no: str
    title: str
    list: str
    number: str
    start: date
    end: date
    unit: Literal["workday", "day"]
    remaining: str
    objections: int
    suspended: bool


class Notices(Schema):
    items: list[NoticeLine]
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


class Effect(Schema):
    goal: str
    state: str
    reason: str


class Proof(Schema):
    """A place in the journal: `state` logged (not yet under a checkpoint), waiting (for a witness) or witnessed; `proof` the address of the file."""

    entry: int
    state: str
    witness: str
    proof: str


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
    """One task as its public page shows it. `plan` is null until one is approved for the public."""

    problem: str
    facts: list[Named]
    plan: Plan | None
    effects: list[Effect]
    shares: list[str]
    share_of: str
    notices: list[NoticeOfTask]
    watch: str
    returned: Return | None
    timeline: list[TimelineEntry]


class Window(Schema):
    """`counted` days of the unit by the working-day calendar, `days_left` with today; null where the calendar of a year is 待公布."""

    start: date
    end: date
    unit: Literal["workday", "day"]
    stated: int | None
    counted: int | None
    days_left: int | None
    words: str


class Goal(Schema):
    text: str
    result: str


class Measure(Schema):
    id: str
    number: int
    text: str
    owner: str
    answer: str
    records: list[str]


class Hand(Schema):
    role: str
    unit: str
    note: str


class Objection(Schema):
    """Never who objected; `said` only once it was answered in public."""

    number: int
    received: datetime
    state: str
    said: str
    answer: str
    answer_by: date | None


class Desk(Schema):
    unit: str
    phone: str
    address: str


class Notice(Schema):
    """A notice as it was published. `same` says whether the journal holds the digest of exactly this (null: not in the journal yet)."""

    no: str
    task: str
    title: str
    number: str
    issuer: str
    issued_on: date
    state: str
    is_open: bool
    withdrawn: bool
    newer: str
    source: str
    problem: str
    units: list[str]
    due: str
    window: Window | None
    goals: list[Goal]
    measures: list[Measure]
    hands: list[Hand]
    self_acceptance: str
    effects: list[Effect]
    desk: Desk
    objections: list[Objection]
    digest: str
    same: bool | None
    proof: Proof | None


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
