"""A line of progress on standard error: in place on a terminal, every tenth part elsewhere."""

from __future__ import annotations

import sys


class Told:
    """Called with the bytes that are done and the bytes in all."""

    def __init__(self, what: str) -> None:
        self._what, self._said = what, -1

    def __call__(self, done: int, of: int) -> None:
        percent = 100 if of == 0 else done * 100 // of
        on_terminal = sys.stderr.isatty()
        if percent // (1 if on_terminal else 10) == self._said:
            return
        self._said = percent // (1 if on_terminal else 10)
        line = f"{self._what} {percent}%"
        print(f"\r{line}" if on_terminal else line, end="\n" if not on_terminal or done >= of else "", file=sys.stderr, flush=True)
