"""The completion statement sentence by sentence, beside the register rows that bear it out or the gap where there are none."""

from __future__ import annotations

from collections import Counter

from django.urls import reverse

from xiaohao.dossier import Dossier
from xiaohao.dossier.statement import Statement
from xiaohao.evidence.backing import Backed, backing
from xiaohao.kernel.said import Said, say
from xiaohao.web.desk.pages.evidence import words_of
from xiaohao.web.parts.claims import ClaimLine
from xiaohao.web.parts.link import Link
from xiaohao.web.parts.words import amount

#: Records named beside one claim; the register page has them all.
_MOST_LINKS = 3
_ENDS = "。；！？\n"


def claims_of(dossier: Dossier, statement: Statement, no: str, *, may_edit: bool) -> tuple[ClaimLine, ...]:
    """Every claim of the statement in its sentence; claims that share one stand in a line each."""
    return tuple(_line(dossier, statement, backed, no, may_edit) for backed in backing(dossier, statement))


def count_words(claims: tuple[ClaimLine, ...]) -> Said:
    """6 句：3 句有据，1 句不足 …"""
    by_state = Counter(claim.state for claim in claims)
    return say(
        "{all} 处：{backed} 处有据，{thin} 处证据不足，{unbacked} 处无据，{vague} 处无法核验",
        all=len(claims),
        backed=by_state["backed"],
        thin=by_state["thin"],
        unbacked=by_state["unbacked"],
        vague=by_state["not_checkable"],
    )


def _line(dossier: Dossier, statement: Statement, backed: Backed, no: str, may_edit: bool) -> ClaimLine:
    claim = backed.claim
    start, end = _sentence(statement.text, claim.start, claim.end)
    return ClaimLine(
        marked=statement.text[claim.start : claim.end],
        before=statement.text[start : claim.start],
        after=statement.text[claim.end : end],
        state=backed.state,
        words=_words(backed),
        facts=(backed.lacking,) if backed.lacking else (),
        records=_records(dossier, backed, no),
        ways=_ways(backed, no) if may_edit else (),
    )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around the claim: to the next full stop, semicolon or line on either side."""
    first = max((text.rfind(mark, 0, start) + 1 for mark in _ENDS), default=0)
    last = min((found for mark in _ENDS if (found := text.find(mark, end)) >= 0), default=len(text) - 1)
    return first, last + 1


def _words(backed: Backed) -> str:
    if not backed.counts_rows or backed.state == "backed":
        return ""
    return say(
        "说 {claimed} {unit}，记录 {found} {unit}",
        claimed=amount(backed.claim.value),
        unit=backed.claim.unit or "",
        found=amount(backed.found),
    )


def _records(dossier: Dossier, backed: Backed, no: str) -> tuple[Link, ...]:
    links = tuple(Link(words_of(dossier, one), reverse("desk_record", args=[no, one])) for one in backed.records[:_MOST_LINKS])
    more = len(backed.records) - _MOST_LINKS
    return (
        links
        if more <= 0
        else (*links, Link(say("共 {count} 条", count=len(backed.records)), f"{reverse('desk_task', args=[no])}#records"))
    )


def _ways(backed: Backed, no: str) -> tuple[Link, ...]:
    if backed.state == "backed":
        return ()
    kind = backed.claim.record_types[0] if backed.claim.record_types else ""
    add = reverse("desk_register", args=[no]) + (f"?type={kind}" if kind else "")
    return (Link(say("补记录"), add), Link(say("改文字"), reverse("desk_apply", args=[no])))
