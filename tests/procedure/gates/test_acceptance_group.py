"""group_impartial, opinions_given, no_measure_undone, questions_answered: who accepted, what they held of each measure, and what was still asked."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.dossier.parties import Org, Person
from xiaohao.dossier.record import Dissent, Member, Opinion, Record
from xiaohao.procedure.gates.group_impartial import group_impartial
from xiaohao.procedure.gates.opinions_given import no_measure_undone, opinions_given
from xiaohao.procedure.gates.questions_answered import questions_answered

LEADER, MEMBER = (Member(person="person-cityeco-1", part="leader"), Member(person="person-cityeco-2", part="member"))
EXPERT_BODY = Org(id="org-experts", name="东陆省水环境学会", level="none", kind="expert")
EXPERT = Person(id="person-expert", name="闵知远", org="org-experts")


def group(*members, dissents=()):
    def build():
        case = cases.add(cases.works_case("claimed_done"), EXPERT_BODY, EXPERT)
        people = tuple(dict.fromkeys(one.person for one in members))
        return cases.change(case, "rec-acceptance", group=members, people=people, dissents=dissents)

    return build


def expert(**more):
    return Member(person="person-expert", **{"part": "expert", **more})


def opinions(**changes):
    """The honest case with one opinion of measure 1 changed."""

    def build():
        case = cases.works_case("claimed_done")
        record = next(one for one in case.records if one.id == "rec-acceptance")
        return cases.change(case, "rec-acceptance", opinions=(replace(record.opinions[0], **changes), *record.opinions[1:]))

    return build


def only(*given):
    return lambda: cases.change(cases.works_case("claimed_done"), "rec-acceptance", opinions=given)


def asked(*, answered, status="claimed_done"):
    def build():
        case = cases.works_case(status)
        task, at = (cases.WORKS,), cases.works_life().recorded("accept", 9)
        asking = Record(
            id="rec-q", type="question", tasks=task, measures=("measure-7-1",), text="干管末端在哪里？", end="2025-10-27", recorded_at=at
        )
        reply = Record(id="rec-a", type="reply", tasks=task, of="rec-q", text="见竣工图第三张。", recorded_at=at)
        return cases.add(case, asking, *((reply,) if answered else ()))

    return build


GROUP = rows(
    group_impartial,
    "accept",
    a_leader_and_a_member=(lambda: cases.works_case("claimed_done"), None),
    an_expert_without_ties=(group(LEADER, expert(declares="none")), None),
    no_leader=(group(replace(LEADER, part="member"), MEMBER), "没有写明组长。"),
    two_leaders=(group(LEADER, replace(MEMBER, part="leader")), "写了 2 名组长。"),
    an_expert_who_declares_nothing=(group(LEADER, expert()), "专家闵知远没有声明与责任单位有无利害关系。"),
    an_expert_listed_as_a_plain_member=(group(LEADER, expert(part="member")), "专家闵知远没有声明与责任单位有无利害关系。"),
    an_expert_with_ties=(
        group(LEADER, expert(declares="ties", ties="受责任单位委托编制过设计")),
        "专家闵知远声明有利害关系（受责任单位委托编制过设计），应当回避。",
    ),
    somebody_of_the_unit_itself=(
        group(LEADER, Member(person="person-housing-1", part="member")),
        "李岚所在的青禾县住房和城乡建设局与责任单位是同一单位，应当回避。",
    ),
    dissent_of_an_outsider=(
        group(LEADER, MEMBER, dissents=(Dissent(person="person-cityeco-3", text="不同意。"),)),
        "康悦不在验收组，不同意见不能记在名下。",
    ),
    dissent_of_a_member=(group(LEADER, MEMBER, dissents=(Dissent(person="person-cityeco-2", text="末端一段没有看。"),)), None),
    no_acceptance_at_all=(lambda: cases.works_case("claimed_done", missing="acceptance"), None),
)
GIVEN = rows(
    opinions_given,
    "accept",
    on_every_measure=(lambda: cases.works_case("claimed_done"), None),
    on_none=(only(), "第 1、2、3 项措施没有意见。"),
    no_verdict=(opinions(verdict=None), "第 1 项措施没有意见。"),
    no_reason=(opinions(reason=" "), "第 1 项措施没有写理由。"),
    nothing_looked_at=(opinions(looked_at=None), "第 1 项措施没有写看了什么。"),
    one_reason_for_two=(
        only(*(Opinion(measure=f"measure-7-{n}", verdict="done", reason=f"属实{n // 3}。", looked_at="登记") for n in (1, 2, 3))),
        "第 1、2 项措施的理由一字不差。",
    ),
)
UNDONE = rows(
    no_measure_undone,
    "accept",
    all_done=(lambda: cases.works_case("claimed_done"), None),
    mostly_done_may_pass=(opinions(verdict="mostly_done"), None),
    one_not_done=(opinions(verdict="not_done"), "第 1 项措施的意见是“未完成”，不能通过验收。"),
)
ASKED = (
    *rows(
        questions_answered,
        "accept",
        nothing_asked=(lambda: cases.works_case("claimed_done"), None),
        answered=(asked(answered=True), None),
        open_at_the_acceptance=(asked(answered=False), "1 项质询没有答复，最早一项应于 2025-10-27 前答复。"),
    ),
    *rows(
        questions_answered,
        "review",
        open_at_the_review=(asked(answered=False, status="accepted"), "1 项质询没有答复，最早一项应于 2025-10-27 前答复。"),
    ),
)

ROWS = (*GROUP, *GIVEN, *UNDONE, *ASKED)


@each(ROWS)
def test_the_gates_of_the_group(row):
    assert row.ask() == row.fact
