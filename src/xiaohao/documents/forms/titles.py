"""Titles of official papers: broken where words end, in lines of like length (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

from math import ceil

from xiaohao.documents.notice_sheet import title_runs

#: Characters of 22 pt in a line of 156 mm.
_LINE = 20


def in_lines(title: str) -> str:
    """The title with line breaks between its runs where it is longer than a line; a run longer than a line breaks by itself."""
    lines = ceil(len(title) / _LINE)
    if lines < 2:
        return title
    wanted = ceil(len(title) / lines) + 2
    made, now = [], ""
    for run in title_runs(title):
        if now and len(now) + len(run) > min(_LINE, wanted):
            made.append(now)
            now = ""
        now += run
    return "\n".join((*made, now))
