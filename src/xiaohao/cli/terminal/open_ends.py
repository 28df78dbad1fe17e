"""What stays open: claims that wait for a register, checks that could not run, defects of the bundle itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xiaohao.cli.columns import padded
from xiaohao.cli.terminal.page import Page, cut_long
from xiaohao.dossier.bundle import Problem
from xiaohao.kernel.said import say
from xiaohao.screening.catalogue import catalogue
from xiaohao.screening.run import NO_REGISTERS, Screening

#: A claim is shown with the words of its clause before it, at most so many.
_BEFORE = 30


def _in_words(text: str, claim: Mapping[str, Any]) -> str:
    """The claim with the words of its clause before it: 研究环境保护工作23次, not 23次."""
    start = claim["start"]
    before = text[max(0, start - _BEFORE) : start]
    for mark in "。；，,;:：、）)\n":
        before = before.rpartition(mark)[2]
    return cut_long(_MARK.sub("", before + claim["text"]))


#: The number of an item or the heading before it is no word of the claim: ③行政立案46起, 【整改成效】一是….
_MARK = re.compile(
    r"^\s*(?:【[^】]*】)?\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、]|\d{1,2}[.．](?!\d)|[①-⑳]|[一二三四五六七八九十]是)?\s*"
)


def claims(page: Page, text: str, reading: Mapping[str, Any]) -> Iterator[str]:
    said = reading["claims"]
    if not said:
        return
    yield ""
    yield page.strong(say("要有登记才算数的话  {count} 句", count=len(said)))
    for settled_by, group in _by_register(said):
        for claim in group:
            yield from page.labelled("·", f"“{_in_words(text, claim)}”{_claimed(claim)}", indent=2)
        yield from page.labelled(say("须有"), settled_by)


def _by_register(claims: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The claims by the register that settles them, in order of first appearance."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for claim in claims:
        groups.setdefault(claim["settled_by"], []).append(claim)
    yield from groups.items()


def _claimed(claim: Mapping[str, Any]) -> str:
    """What the words leave open: a number that is not given."""
    return "" if claim.get("value") is not None or claim.get("kind") in _NOT_COUNTED else say("（没有写次数）")


_NOT_COUNTED = frozenset({"document", "organisation", "rhythm", "personal_act"})


def skipped_checks(page: Page, screening: Screening) -> Iterator[str]:
    reasons: dict[tuple[str, str], int] = {}
    for skipped in screening.skipped:
        if skipped.reason == NO_REGISTERS:
            continue
        reasons[(skipped.check, str(skipped.reason))] = reasons.get((skipped.check, str(skipped.reason)), 0) + 1
    if not reasons:
        return
    yield ""
    yield page.strong(say("没有核对的  {count} 项", count=len(reasons)))
    for (check, reason), count in reasons.items():
        times = say("（{count} 项任务）", count=count) if count > 1 else ""
        yield from page.labelled(f"{padded(catalogue()[check].title, 14)}", reason + times, indent=2)
    if any(skipped.reason == NO_REGISTERS for skipped in screening.skipped):
        yield from page.labelled(padded(say("其余核对"), 14), NO_REGISTERS, indent=2)


def defects(page: Page, problems: Sequence[Problem]) -> Iterator[str]:
    if not problems:
        return
    yield ""
    yield page.strong(say("案卷包本身的缺陷  {count} 处", count=len(problems)))
    for problem in problems:
        yield from page.labelled("·", f"{problem.message}" + (f"（{problem.where}）" if problem.where else ""), indent=2)
