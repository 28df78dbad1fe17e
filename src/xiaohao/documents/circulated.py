"""What is sent round for countersigning, as people read it: a plan, an application, an acceptance opinion in plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Goal, Measure, Plan
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.publicity.words import METHOD_WORDS, when_words

_OPERATORS = {"<=": "不高于", "<": "低于", ">=": "不低于", ">": "高于", "==": "等于", "=": "等于"}
_VERDICTS = {"done": "完成", "mostly_done": "基本完成", "not_done": "未完成"}


def plan_title(plan: Plan) -> str:
    return f"整改方案（第 {plan.version} 版）"


def plan_text(dossier: Dossier, plan: Plan) -> str:
    """Goals and measures, one to a line."""
    goals = [f"{n}. {goal.text}{_target(goal)}" for n, goal in enumerate(plan.goals, 1)]
    measures = [_measure(dossier, measure) for measure in plan.measures]
    changed = [f"这一版改了什么：{plan.change_note}"] if plan.change_note else []
    return "\n".join(("整改目标", *goals, "整改措施", *measures, *changed))


def _target(goal: Goal) -> str:
    target = goal.target
    if target is None:
        return f"（不设量化指标：{goal.no_target_reason}）" if goal.no_target_reason else ""
    return f"（{target.indicator}{_OPERATORS.get(target.operator, target.operator)}{target.value:g}{target.unit}）"


def _measure(dossier: Dossier, measure: Measure) -> str:
    parts = [
        f"责任单位：{dossier.org_name(measure.owner)}" if measure.owner else "",
        f"时限：{when_words(measure.due)}" if measure.due else "",
    ]
    told = "；".join(part for part in parts if part)
    return f"{measure.number}. {measure.text}{f'（{told}）' if told else ''}"


def application_text(said: Statement, done_on: str | None) -> str:
    """The statement word for word, and the day of completion."""
    return f"{said.text}\n整改完成日期：{when_words(done_on)}" if done_on else said.text


def opinion_text(dossier: Dossier, opinion: Record) -> str:
    """Day, way and members, then what is held of each measure, what was measured, who does not agree."""
    return "\n".join(_opinion_lines(dossier, opinion))


def _opinion_lines(dossier: Dossier, opinion: Record) -> Iterator[str]:
    people = "、".join(dossier.person_name(person) for person in opinion.people)
    yield f"{when_words(opinion.date)}，{METHOD_WORDS.get(opinion.method or '', '')}，验收组：{people}。"
    numbers = {measure.id: measure.number for measure in dossier.measures_of(dossier.task.id)}
    for one in opinion.opinions:
        looked = f"，看了{one.looked_at}" if one.looked_at else ""
        yield f"第 {numbers.get(one.measure, one.measure)} 项措施：{_VERDICTS.get(one.verdict or '', '')}{looked}。{one.reason}"
    for measured in opinion.measured:
        yield f"实测{measured.name} {measured.value:g}{measured.unit}。"
    yield opinion.text or ""
    for dissent in opinion.dissents:
        yield f"不同意见（{dossier.person_name(dissent.person)}）：{dissent.text}"
