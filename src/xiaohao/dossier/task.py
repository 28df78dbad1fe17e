"""What is to be rectified: the inspection, its numbered list, and the task with the roles around it."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """One inspection 督察: who came, when, and when its feedback was given."""

    id: str
    name: str
    level: str
    kind: str
    round: int | None = None
    start: str | None = None
    end: str | None = None
    feedback: str | None = None
    feedback_date: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """A numbered list of tasks that came of an inspection."""

    id: str
    inspection: str
    name: str
    org: str | None = None
    document: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How this task hangs together with another one: same site, carried over, one share of it, …"""

    task: str
    relation: str
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One problem to be rectified, with the roles of everybody who handles it."""

    id: str
    list: str
    number: int | str
    title: str | None = None
    problem: str
    kind: str
    nature: str | None = None
    class_: str | None = None
    places: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    owner: str
    co_owners: tuple[str, ...] = ()
    lead: str | None = None
    supervisor: str | None = None
    acceptor: str | None = None
    reviewer: str | None = None
    publisher: str | None = None
    desk: str | None = None
    due: str | None = None
    due_words: str | None = None
    status: str | None = None
    done_at: str | None = None
    closed_at: str | None = None
    watch_until: str | None = None
    links: tuple[Link, ...] = ()
    closer: str | None = None
    assessor: str | None = None
    first_responsible: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    carried_in: bool | None = None
    unknown: Unknown = ()
