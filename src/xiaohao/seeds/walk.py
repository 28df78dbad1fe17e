"""Walking a case: the file as it is meant to end up is made again, row by row and step by step, through the same acts that people use.

So a fictional case cannot be in a state that the procedure would have refused, and its journal reads like anybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from xiaohao.acts import screening
from xiaohao.kernel.refused import Refused
from xiaohao.seeds import rows
from xiaohao.seeds.between import BETWEEN, afterwards
from xiaohao.seeds.steps import STEPS
from xiaohao.seeds.story import Story, Taken, Walk

__all__ = ["Event", "NotAsTold", "Story", "Taken", "Walk", "walk", "walk_together"]


#: Everything that a story may tell, by its name.
_DONE = {**STEPS, **BETWEEN}


class NotAsTold(AssertionError):  # noqa: N818 - says what is the case
    """The procedure granted what the story says it refused, or refused it for other reasons."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at a moment; what is entered comes before what is decided on it."""

    at: datetime
    decides: bool
    do: Callable[[], object]


def walk(story: Walk, taken: Sequence[Taken]) -> None:
    """Take the steps in order, entering before each one every row that was seen by then. Raises Refused where the procedure says no."""
    walk_together([Story(story, tuple(taken))])


def walk_together(stories: Iterable[Story], *, until: datetime | None = None, others: Iterable[Event] = ()) -> None:
    """Walk all stories at once, and whatever `others` happened meanwhile, what came first first, so that the times of the journal never go
    back. Rows are entered up to `until`, or up to the last step of their story. Raises Refused, or NotAsTold for a refusal that did not come as told."""
    events = [*others, *(event for story in stories for event in _events(story, until))]
    for event in sorted(events, key=lambda event: (event.at, event.decides)):
        event.do()
    screening.screen_due()  # what the last acts filed, dated with their own moment


def _events(story: Story, until: datetime | None) -> Iterable[Event]:
    last = until or max(taken.at for taken in story.taken)
    for group in rows.groups(story.walk.case, last):
        yield Event(group.at, False, partial(rows.enter, story.walk, group))
    for taken in story.taken:
        yield Event(taken.at, True, partial(_take, story.walk, taken))
        if later := afterwards(taken):
            yield Event(later.at, True, later.do)


def _take(story: Walk, taken: Taken) -> None:
    screening.screen_due(at=taken.at, task=story.task)
    try:
        _DONE[taken.step](story, taken)
    except Refused as refusal:
        if tuple(dict.fromkeys(unmet.gate for unmet in refusal.unmet)) != taken.refused:
            refusal.add_note(f"{story.task}: {taken.step} at {taken.at}")
            raise
        return
    if taken.refused:
        raise NotAsTold(f"{story.task}: {taken.step} at {taken.at} was granted")
