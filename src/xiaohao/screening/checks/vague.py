"""空话: most measures are answered without one fact a person could check, or only with meetings where works were due.

Innocent explanations looked for first: learning and duty tasks whose real work is meetings, when these are recorded; florid openings
followed by facts; very short but concrete sentences. Source: notices that answer measures with 高度重视, 扎实推进.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Record
from xiaohao.dossier.where import Where
from xiaohao.evidence.checkable import Fact
from xiaohao.evidence.coverage import Answer, answering_facts, claiming_statement, coverage
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "VAGUE"
STAGE = "application"
NEEDS = ("statements.text/spans", "plans.measures.kind", "records")

#: "Most": more than this share of the answered measures holds no fact.
MOST = 0.5

#: Rows of talking, not of works.
_TALK = frozenset({"meeting", "study", "training", "interview"})

#: What talking leaves as well: how often, with how many people.
_TALK_UNITS = ("次", "场", "期", "轮", "人次", "人")

#: … and the papers that pass on what was said: 印发通知3份.
_PASSED_ON = r"(?:通知|简报|纪要|文件|材料|通报|信息|倡议书|提示函)"

#: A sentence that only tells of sittings: its day and its room are no facts of works.
_SITTING = re.compile(r"会议|座谈|例会|(?:推进|动员|调度|部署|协调|专题|碰头)会|听取[^，。]{0,6}汇报|研究部署|传达学习")
_WORKED = re.compile(
    r"建成|完工|完成|竣工|投运|运行|安装|铺设|敷设|拆除|清运|封堵|更换|栽|植|整治|整改|开工|施工|验收|处置|清理|修|查|购|装|建设|改造|治理"
)
_SENTENCE = re.compile(r"[。；;！!\n]")

#: Measures whose real work may be meetings and papers.
_DUTIES = frozenset({"study", "policy", "other"})

#: Measures whose work is done outside the meeting room.
_ACTS = frozenset({"enforcement", "monitoring"})


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding per task, pointing at the empty answers."""
    task = case.task.id
    statement = claiming_statement(case, task)
    answers = [
        (answer, measure) for answer in coverage(case, task) if answer.has_answer and (measure := case.find(Measure, answer.measure))
    ]
    if statement is None or not answers:
        yield Skipped(ID, task, say("没有能与措施逐条对应的答复"))
        return
    empty = [answer for answer, measure in answers if not _holds_a_fact(case, answer, measure)]
    if len(empty) <= MOST * len(answers):
        return
    yield Finding(
        ID,
        Severity.WARN,
        task,
        _pointers(empty),
        say(
            "{answered} 条措施的答复中，{empty} 条没有可以核对的数量、日期、地点、文件或设施。请写明做了什么、何时何地、记录在哪里。",
            answered=len(answers),
            empty=len(empty),
        ),
        say("完成情况须有可核对的事实"),
        {"measures": len(answers), "with_fact": len(answers) - len(empty)},
    )


def _pointers(empty: list[Answer]) -> tuple[Where, ...]:
    """Each empty stretch once: one paragraph may answer several measures."""
    return tuple(dict.fromkeys(pointer for answer in empty for pointer in answer.where))


def _holds_a_fact(case: Dossier, answer: Answer, measure: Measure) -> bool:
    types = {record.type for one in answer.evidence if (record := case.find(Record, one))}
    is_duty = case.task.nature == "non_works" or measure.kind in _DUTIES
    if is_duty and types & _TALK:
        return True
    if measure.kind == "works" or measure.quantity is not None:
        return _holds_works(case, measure) and not (types and types <= _TALK)
    if measure.kind in _ACTS:
        facts, said = _answered_with(case, measure)
        return any(_told_of_work(fact, said) for fact in facts)
    return answer.facts > 0


def _holds_works(case: Dossier, measure: Measure) -> bool:
    """Whether an answer about works holds a fact other than how often people met."""
    facts, said = _answered_with(case, measure)
    return any(
        fact.kind != "rhythm" and not (fact.kind == "amount" and _is_talk(fact.text, said)) and _told_of_work(fact, said) for fact in facts
    )


def _answered_with(case: Dossier, measure: Measure) -> tuple[tuple[Fact, ...], str]:
    """The facts of the stretches that answer a measure, and their words."""
    statement = claiming_statement(case, case.task.id)
    ids = case.versions_of({measure.id})
    spans = tuple(span for span in statement.spans if ids & set(span.measures)) if statement else ()
    facts = answering_facts(case, measure, statement, spans) if statement else ()
    return facts, "".join(statement.text[span.start : span.end] for span in spans) if statement else ""


def _told_of_work(fact: Fact, said: str) -> bool:
    """Whether a fact stands in a sentence that tells of more than a sitting."""
    return any(fact.text in one for one in _SENTENCE.split(said) if not _SITTING.search(one) or _WORKED.search(one))


def _is_talk(amount: str, said: str) -> bool:
    """Whether an amount counts sittings, or papers that only pass words on."""
    return amount.endswith(_TALK_UNITS) or re.search(_PASSED_ON + re.escape(amount), said) is not None
