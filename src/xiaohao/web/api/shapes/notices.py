"""What anybody may read of notices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema

from xiaohao.web.api.shapes.public import Effect


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


class Proof(Schema):
    """A place in the journal: `state` logged (not yet under a checkpoint), waiting (for a witness) or witnessed; `proof` the address of the file."""

    entry: int
    state: str
    witness: str
    proof: str


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
