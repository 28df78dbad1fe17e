"""What a story is: a case as it ends up, and everything that was done to it, when and by whose hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing that was done: a step of the procedure or another act, when, and by whose hands (None: by a resident).

    `what` is what it hands in where that is not simply the last of its kind in the case (see steps.py); `refused` names the gates that say
    no to it, in their order, where the story is that it was refused."""

    step: str
    at: datetime
    by: Actor | None
    what: object = None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Walk:
    """A case on its way: `case` is the file as it ends up, `rulebook` names the procedure it runs under. `clerk` enters the rows, those of
    another unit the one of `hands` who is of that unit; whoever signs and is among `hands` signs in their own role."""

    case: Dossier
    clerk: Actor
    rulebook: str
    hands: tuple[Actor, ...] = ()

    @property
    def task(self) -> str:
        return self.case.task.id

    def key(self, *parts: object) -> str:
        return "|".join(("walk", self.task, *map(str, parts)))


@dataclass(frozen=True, slots=True)
class Story:
    """A case and everything that was done to it, in order."""

    walk: Walk
    taken: tuple[Taken, ...]


def hand_of(taken: Taken) -> Actor:
    """Who did it. Raises ValueError where the story names nobody."""
    if taken.by is None:
        raise ValueError(f"{taken.step} at {taken.at} has nobody who takes it")
    return taken.by


def handed_in(taken: Taken, kind: type[Thing], usual: Thing | None = None) -> Thing:
    """What the story hands in, else what is usual. Raises ValueError where there is neither."""
    found = usual if taken.what is None else taken.what
    if not isinstance(found, kind):
        raise ValueError(f"{taken.step} at {taken.at} hands in no {kind.__name__}")
    return found
