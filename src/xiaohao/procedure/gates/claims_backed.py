"""Gate: what the statement counts is on file. A claim without its rows, or one that nobody could check, stops the step; a thin one does not."""

from __future__ import annotations

import re
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.evidence.backing import Backed, backing
from xiaohao.evidence.claims import Claim
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rules import Rulebook

#: A refusal quotes at most this many claims; the page beside it shows all of them.
MOST_QUOTED = 5
_STOP = re.compile(r"[。；，：！？（）()\n]")


@gate(
    basis=say("说明中的次数、数量和结果应当有登记可查，无据的应当删去。"),
    met=say("说明中的数字都有登记可查"),
)
def claims_backed(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    said = dossier.last_statement(dossier.task.id, "completion")
    if said is None:
        return None  # measures_answered says so
    weak = [claim for claim in backing(dossier, said) if claim.state in ("unbacked", "not_checkable")]
    if not weak:
        return None
    quoted = "、".join(dict.fromkeys(_shown(said.text, each) for each in weak[:MOST_QUOTED]))
    unbacked = sum(1 for each in weak if each.state == "unbacked")
    return Gap(
        fact=say("无据 {unbacked} 处，无法核验 {vague} 处：{quoted}。", unbacked=unbacked, vague=len(weak) - unbacked, quoted=quoted),
        way=say("补上对应的登记，或把没有登记的说法改掉、删去。"),
        who=unit_words(dossier, TaskRole.OWNER, rules),
        where=said.id,
    )


def _shown(text: str, weak: Backed) -> str:
    """“召开专题会议12次”（登记9）: the words, and how many rows there are where rows are counted."""
    words = f"“{_clause(text, weak.claim)}”"
    return (
        say("{words}（登记{found}）", words=words, found=f"{weak.found:g}") if weak.claim.value is not None and weak.counts_rows else words
    )


def _clause(text: str, claim: Claim) -> str:
    """The words between two stops around the claim: 开展排水执法检查2次, not only 2次."""
    before, after = _STOP.split(text[: claim.start])[-1], _STOP.split(text[claim.end :])[0]
    return f"{before}{text[claim.start : claim.end]}{after}".strip()
