"""Where a reminder leads, and whether it can wait for the next digest."""

from __future__ import annotations

from collections.abc import Mapping

from xiaohao.records.models import Message

#: Kind of a message up to its first underline → the page it is about, `{0}` and `{1}` being the halves of `about`.
_PAGES: Mapping[str, str] = {
    "call": "desk/calls/{0}",
    "rhythm": "desk/calls/rhythm",
    "task": "desk/t/{1}",
    "measure": "desk/t/{1}",
    "finding": "desk/t/{1}#findings",
    "question": "desk/t/{1}/questions",
    "objection": "desk/objections/{0}",
    "order": "desk/t/{1}/press",
    "visit": "desk/site/{0}",
    "countersign": "desk/countersigns/{0}",
}


def page_of(message: Message) -> str:
    """Its page, below the site's address and without a slash before it. Raises KeyError for a kind that nobody makes."""
    first, _, second = message.about.partition("/")
    return _PAGES[message.kind.partition("_")[0]].format(first, second)


def is_urgent(message: Message) -> bool:
    """What is overdue does not wait."""
    return message.kind.endswith("_overdue")
