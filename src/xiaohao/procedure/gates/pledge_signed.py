"""Gates: whoever applies, accepts or closes has signed for the truth of it, on screen or on paper (then with the scan and who entered it)."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words, units_of
from xiaohao.procedure.rounds import in_round
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("申请验收的单位对所报材料的真实性负责，由主要负责人签字承诺。"),
    met=say("责任单位已签真实性承诺"),
)
def application_pledged(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    return _unsigned(dossier, rules, "apply", TaskRole.OWNER)


@gate(
    basis=say("验收人员对验收结论的真实性负责，应当签字承诺。"),
    met=say("验收人员已签真实性承诺"),
)
def acceptance_pledged(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    return _unsigned(dossier, rules, "accept", TaskRole.ACCEPTOR)


@gate(
    basis=say("决定销号的单位对整改工作质量和验收销号真实性负责，由负责人签字承诺。"),
    met=say("销号单位已签真实性承诺"),
)
def closing_pledged(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    return _unsigned(dossier, rules, "close", TaskRole.CLOSER)


def _unsigned(dossier: Dossier, rules: Rulebook, stage: str, role: TaskRole) -> Gap | None:
    units, who = units_of(dossier.task, role, rules), unit_words(dossier, role, rules)
    pledges = [record for record in in_round(dossier, "pledge", stage=stage) if record.org in units and record.people]
    if any(_is_whole(dossier, record) for record in pledges):
        return None
    if pledges:
        return Gap(
            fact=say("承诺书为纸质签批，没有扫描件或录入人。"), way=say("补传签字页扫描件，并登记由谁录入。"), who=who, where=pledges[-1].id
        )
    return Gap(fact=say("没有签署真实性承诺。"), way=say("由负责人签署真实性承诺；在纸上签的，录入并附扫描件。"), who=who)


def _is_whole(dossier: Dossier, record: Record) -> bool:
    """A pledge on paper needs its scan and who entered it."""
    return not record.on_paper or (record.recorded_by is not None and any(dossier.find(File, file) for file in record.files))
