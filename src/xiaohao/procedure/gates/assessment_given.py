"""Gates: the region's closing assessment 销号评估 judges every item of the place's own list and every drawn register row, each with its reason,
and nothing that was found wanting is closed. Its points, where a place gives points, are added up here and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Assessed, Record
from xiaohao.evidence.population import population_of
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import Said, in_a_row, one_after_another, say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words, units_of
from xiaohao.procedure.rounds import last_in_round
from xiaohao.procedure.rules import Rulebook

#: Assessed.verdict in words.
ASSESSED_WORDS: dict[str, Said] = {"met": say("合格"), "not_met": say("不合格")}


@gate(
    basis=say("销号评估应当按本地的评估项目逐项进行，写明评估人员、结论和每项的理由。"),
    met=say("评估项目逐项有结论和理由"),
)
def assessment_given(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    who, record = unit_words(dossier, TaskRole.ASSESSOR, rules), last_in_round(dossier, "closing_assessment")
    if record is None:
        return Gap(fact=say("没有销号评估意见。"), way=say("按评估项目逐项评估，出具评估意见。"), who=who)
    if record.org not in units_of(dossier.task, TaskRole.ASSESSOR, rules):
        return Gap(fact=say("评估意见不是由指定的评估单位出具。"), way=say("由评估单位出具意见。"), who=who, where=record.id)
    lacking = tuple(_lacking(record, rules))
    if not lacking:
        return None
    return Gap(
        fact=say("{facts}。", facts=one_after_another(lacking)),
        way=say("逐项写明合格还是不合格，为什么；给分的项目写得分。不能用一句话代替几项。"),
        who=who,
        where=record.id,
    )


@gate(
    basis=say("销号评估应当抽查完成说明背后的登记；抽哪几条由日志的根决定，评估单位逐条核对。"),
    met=say("抽中的登记都核对过，或说明里没有要登记来证明的数字"),
)
def assessment_sampled(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    record = last_in_round(dossier, "closing_assessment")
    if record is None or not population_of(dossier):
        return None  # 没有评估意见：另一项条件已经说了
    who = unit_words(dossier, TaskRole.ASSESSOR, rules)
    if not record.samples:
        return Gap(
            fact=say("评估单位没有抽查完成说明背后的登记，或种子还没有产生。"),
            way=say("先抽样，等下一个检查点产生种子，再逐条核对抽中的登记。"),
            who=who,
            where=record.id,
        )
    judged = {one.row for one in record.assessed if one.verdict in ASSESSED_WORDS and one.reason.strip()}
    unseen = [one for one in record.samples if one not in judged]
    if not unseen:
        return None
    return Gap(
        fact=say("抽中的登记有 {count} 条没有核对结论或理由。", count=len(unseen)),
        way=say("逐条写明与登记是否一致，为什么。"),
        who=who,
        where=unseen[0],
    )


@gate(
    basis=say("有一项不合格、抽查不一致或总分不及格的，不得通过销号评估。"),
    met=say("评估项目和抽中的登记都合格"),
)
def assessment_passed(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    record = last_in_round(dossier, "closing_assessment")
    wrong = tuple(_wrong(dossier, record, rules)) if record else ()
    if record is None or not wrong:
        return None
    return Gap(
        fact=say("{facts}，不能通过评估。", facts=one_after_another(wrong)),
        way=say("写退回函，说明缺什么、补到什么程度再申请。"),
        who=unit_words(dossier, TaskRole.ASSESSOR, rules),
        where=record.id,
    )


def points_of(record: Record, rules: Rulebook) -> float:
    """The points that the assessment gives in all."""
    scored = {item.name for item in rules.assessment.items if item.points}
    return sum(one.score or 0.0 for one in record.assessed if one.row is None and one.name in scored)


def _items(record: Record) -> dict[str, Assessed]:
    return {one.name: one for one in record.assessed if one.row is None}


def _lacking(record: Record, rules: Rulebook) -> Iterator[Said]:
    given, items = _items(record), rules.assessment.items
    if not record.people or not record.date or not (record.text or "").strip():
        yield say("评估意见没有写明评估人员、日期或总的意见")
    if none := [item.name for item in items if item.name not in given or given[item.name].verdict not in ASSESSED_WORDS]:
        yield say("没有评估：{items}", items=in_a_row(none))
    if bare := [item.name for item in items if item.name in given and not given[item.name].reason.strip()]:
        yield say("没有写理由：{items}", items=in_a_row(bare))
    for item in items:
        score = given[item.name].score if item.name in given else None
        if item.points and (score is None or not 0 <= score <= item.points):
            yield say("“{item}”的得分应在 0 到 {points} 之间", item=item.name, points=item.points)
    # 一句理由套用几项，等于没有逐项看：这是本系统自己的规定（同验收意见）
    often = Counter(one.reason.strip() for one in given.values() if one.reason.strip())
    for words in sorted(words for words, count in often.items() if count > 1):
        yield say("理由一字不差：{items}", items=in_a_row(one.name for one in given.values() if one.reason.strip() == words))


def _wrong(dossier: Dossier, record: Record, rules: Rulebook) -> Iterator[Said]:
    if unmet := [one.name for one in record.assessed if one.row is None and one.verdict == "not_met"]:
        yield say("评估不合格：{items}", items=in_a_row(unmet))
    if count := sum(one.row is not None and one.verdict == "not_met" for one in record.assessed):
        yield say("抽中的登记有 {count} 条核对不一致", count=count)
    least, points = rules.assessment.pass_points, points_of(record, rules)
    if least is not None and points < least:
        yield say("总分 {points} 低于及格分 {least}", points=f"{points:g}", least=least)
