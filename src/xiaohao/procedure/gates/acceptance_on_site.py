"""Gate: the acceptance was made by enough people, at the place, and says what was measured and seen; papers alone do for duty tasks only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import Said, one_after_another, say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words, units_of
from xiaohao.procedure.rounds import last_in_round
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("验收应当由验收组到现场进行，记明人员、地点、实测结果和结论。"),
    met=say("验收组到了现场，人员、地点、实测和结论齐全"),
)
def acceptance_on_site(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    who = unit_words(dossier, TaskRole.ACCEPTOR, rules)
    record = last_in_round(dossier, "acceptance")
    if record is None:
        return Gap(fact=say("没有验收意见。"), way=say("到现场验收，填写验收意见。"), who=who)
    lacking = tuple(_lacking(dossier, record, rules))
    if not lacking:
        return None
    return Gap(
        fact=say("{facts}。", facts=one_after_another(lacking)),
        way=say("补齐验收意见；没有到现场的，重新到现场验收。"),
        who=who,
        where=record.id,
    )


def _lacking(dossier: Dossier, record: Record, rules: Rulebook) -> Iterator[Said]:
    task, wanted = dossier.task, rules.acceptance
    if record.org not in units_of(task, TaskRole.ACCEPTOR, rules):
        yield say("验收意见由{org}出具，不是指定的验收单位", org=dossier.org_name(record.org) or say("未写明的单位"))
    if record.passed is not True:
        yield say("验收结论不是通过")
    if len(set(record.people)) < wanted.min_people:
        yield say("验收组 {found} 人，规定不少于 {needed} 人", found=len(set(record.people)), needed=wanted.min_people)
    if wanted.site_visit == "always" or (wanted.site_visit == "works" and task.nature != "non_works"):
        if record.method not in ("site", "site_and_paper"):
            yield say("没有到现场")
        elif not (record.place or record.track or record.lat is not None):
            yield say("没有记明现场地点")
    unmeasured = [m for m in dossier.measures_of(task.id) if m.quantity and m.id not in {each.measure for each in record.measured}]
    if unmeasured:
        yield say("第 {numbers} 项措施的工程量没有实测", numbers="、".join(str(m.number) for m in unmeasured))
    if not (record.text or record.results or record.measured):
        yield say("没有写明看到了什么")
