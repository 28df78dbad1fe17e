"""How an upload is refused: one exception whose message is a sentence for the person who sent the file."""

from __future__ import annotations


class Unacceptable(ValueError):  # noqa: N818 - an answer, not a fault
    """The file cannot be taken; the message says why and what to send instead."""
