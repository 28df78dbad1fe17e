"""What a form says, from the case file alone. Nothing is invented: what the file does not hold prints as 待填."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from xiaohao.documents.forms.rows import (
    assessed_rows,
    countersign_rows,
    file_rows,
    measure_rows,
    measured_rows,
    members_of,
    result_rows,
    sampled_rows,
)
from xiaohao.documents.forms.titles import in_lines
from xiaohao.documents.forms.vocabulary import LISTS, MISSING, SCALARS
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.parties import Org
from xiaohao.dossier.plan import Goal
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.kernel.when import parse_when
from xiaohao.procedure.pressure import ANSWER, LIFT, RUNGS
from xiaohao.procedure.states import STATE_WORDS, state_of
from xiaohao.publicity.notice import compose
from xiaohao.publicity.notice_content import Notice
from xiaohao.publicity.notice_text import notice_text
from xiaohao.publicity.objections import objections_of, state_words
from xiaohao.publicity.window import window_of
from xiaohao.publicity.words import KIND_WORDS, METHOD_WORDS, day_words, method_words, when_words

#: At which step a case was sent back, as the letter says it.
_RETURNED_AT = {"return_to_work": "验收审核", "return_plan": "方案审批", "reopen": "销号后复查", "withdraw_notice": "公示"}
_PLEDGED_AT = {"apply": "申请销号", "accept": "验收", "review": "审核", "publish": "公示", "close": "销号"}

#: Said of a case that has no such thing: nothing is lacking, nothing is to be filled in.
NONE = "（没有这一环节）"


def case_facts(
    dossier: Dossier, *, today: date, journal: str = "", url: str = "", of: Record | None = None, notice: Notice | None = None
) -> dict[str, Any]:
    """Every placeholder of the scopes task, row and notice for `dossier.task`. `journal` is the checkpoint's line and `url` the notice's address
    ("" for none); `of` is the row that the paper is about; `notice` the notice as it was published (composed anew without it)."""
    task = dossier.task
    facts: dict[str, Any] = {**_task(dossier, task), **_people(dossier, task), **_plan(dossier, task), **_verdicts(dossier, task)}
    facts |= {"制表日期": day_words(today), "日志行": journal, **_lists(dossier, task, of)}
    facts |= _row(dossier, task, of) if of else {"本件种类": "督办函", "本件对象": dossier.org_name(task.owner)}
    facts |= _notice(dossier, task, of, notice, url)
    return complete(facts, ("task", "row", "notice"))


def complete(facts: Mapping[str, Any], scopes: Iterable[str]) -> dict[str, Any]:
    """The facts with 待填 for what is not known: for a scalar in its place, for a list as its one row. What is given as NONE is not lacking: it
    stays empty, as the journal's line does."""
    whole: dict[str, Any] = {}
    for scope in scopes:
        for name in SCALARS[scope]:
            known = facts.get(name) or ("" if name == "日志行" else MISSING)
            whole[name] = "" if known == NONE else known
        for name, fields in LISTS[scope].items():
            rows = facts.get(name) or [{}]
            whole[name] = [{field: row.get(field) or MISSING for field in fields} for row in rows]
    return whole


def short_title(task: Task) -> str:
    """The task's title, or the first clause of the problem."""
    return task.title or task.problem.split("，")[0].split("。")[0]


# The task -------------------------------------------------------------------------------------------------------------------------


def _task(dossier: Dossier, task: Task) -> dict[str, str]:
    listing = dossier.find(TaskList, task.list)
    inspection = dossier.find(Inspection, listing.inspection) if listing else None
    return {
        "督察": inspection.name if inspection else "",
        "清单": listing.name if listing else "",
        "任务编号": str(task.number),
        "任务名称": short_title(task),
        "本件事项": f"{listing.name if listing else ''}第{task.number}项“{short_title(task)}”",
        "问题": task.problem,
        "整改类型": KIND_WORDS.get(task.kind, ""),
        "办理状态": "系统启用前已销号" if task.carried_in else str(STATE_WORDS[state_of(task)]),
        "整改时限": task.due_words or when_words(task.due),
        "完成日期": when_words(task.done_at),
        "销号日期": when_words(task.closed_at),
    }


def _people(dossier: Dossier, task: Task) -> dict[str, str]:
    closer = task.closer or _closed_by(dossier, task)
    desk = dossier.find(Org, task.desk)
    contact = "，".join(part for part in ((desk.name, desk.phone, desk.address) if desk else ()) if part)
    above = dossier.above(closer)
    return {
        "责任单位": "、".join(dossier.org_name(unit) for unit in (task.owner, *task.co_owners)),
        "牵头单位": dossier.org_name(task.lead),
        "督导单位": dossier.org_name(task.supervisor),
        "验收单位": dossier.org_name(task.acceptor),
        "审核单位": dossier.org_name(task.reviewer),
        "评估单位": dossier.org_name(task.assessor) if _is_assessed(dossier, task) else NONE,
        "公示单位": dossier.org_name(task.publisher),
        "销号单位": dossier.org_name(closer),
        "备案机关": above[1].name if len(above) > 1 else "",
        "异议受理单位": contact,
    }


def _is_assessed(dossier: Dossier, task: Task) -> bool:
    """Whether the place has a closing assessment for this task: somebody is named for it, or has given it."""
    return task.assessor is not None or dossier.last_record(task.id, "closing_assessment") is not None


def _closed_by(dossier: Dossier, task: Task) -> str | None:
    closure = dossier.last_record(task.id, "closure")
    return closure.org if closure else None


def _plan(dossier: Dossier, task: Task) -> dict[str, str]:
    plan = dossier.plan_in_force(task.id)
    said = dossier.last_statement(task.id, "completion")
    facts = {"完成说明": said.text if said else "", "完成说明日期": when_words(said.date) if said else ""}
    if plan is None:
        return facts
    rows = measure_rows(dossier, task)
    return facts | {
        "方案文号": _number(dossier, plan.document),
        "方案单位": dossier.org_name(plan.author),
        "方案日期": when_words(plan.date),
        "方案版本": str(plan.version),
        "目标汇总": _numbered([goal.text for goal in plan.goals]),
        "措施汇总": _numbered([f"{row['内容']}\n落实情况：{row['落实情况'] or MISSING}" for row in rows]),
    }


def _numbered(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1))


def _number(dossier: Dossier, document: str | None) -> str:
    paper = dossier.find(Document, document)
    return (paper.number or paper.title) if paper else ""


# What was decided -----------------------------------------------------------------------------------------------------------------


def _verdicts(dossier: Dossier, task: Task) -> dict[str, str]:
    accepted, reviewed = dossier.last_record(task.id, "acceptance"), dossier.last_record(task.id, "review")
    closed, watch = dossier.last_record(task.id, "closure"), dossier.watch_plan_of(task.id)
    return {
        "承诺情况": "\n".join(_pledge(dossier, row) for row in dossier.records_of(task.id, "pledge") if row.stage == "apply"),
        "验收情况": _opinion(dossier, accepted, METHOD_WORDS.get(accepted.method or "", "") if accepted else ""),
        "审核情况": _opinion(dossier, reviewed),
        "评估情况": _opinion(dossier, dossier.last_record(task.id, "closing_assessment")) if _is_assessed(dossier, task) else NONE,
        "公示情况": _publicity(dossier, task),
        "异议情况": _objections(dossier, task),
        "销号情况": _opinion(dossier, closed),
        "观察办法": _watch(dossier, task) if watch else "",
    }


def _pledge(dossier: Dossier, row: Record) -> str:
    who = "、".join(dossier.person_name(person) for person in row.people)
    return f"{when_words(row.date)}，{dossier.org_name(row.org)}{who}承诺：{row.text or MISSING}"


def _opinion(dossier: Dossier, row: Record | None, method: str = "") -> str:
    if row is None:
        return ""
    end = "" if row.passed is None else "，通过" if row.passed else "，不通过"
    people = f"，{len(row.people)}人参加" if len(row.people) > 1 else ""
    head = f"{when_words(row.date)}，{dossier.org_name(row.org)}{f'，{method}' if method else ''}{people}{end}"
    return f"{head}。{row.text}" if row.text else f"{head}。"


def _publicity(dossier: Dossier, task: Task) -> str:
    posted = dossier.last_record(task.id, "publicity")
    if posted is None:
        return ""
    window = window_of(posted)
    number = _number(dossier, posted.document)
    days = f"{day_words(window.start)}至{day_words(window.end)}" if window else ""
    return "，".join(part for part in (dossier.org_name(posted.org), number, days and f"公示期{days}") if part) + "。"


def _objections(dossier: Dossier, task: Task) -> str:
    if dossier.last_record(task.id, "publicity") is None:
        return ""
    found = objections_of(dossier, task.id)
    if not found:
        return "没有收到异议。"
    lines = [
        f"{when_words(row.date)}收到：{state_words(state)}{f'。答复：{row.public_reason}' if row.public_reason else ''}"
        for row, state in found
    ]
    return f"收到异议{len(found)}件。\n" + "\n".join(lines)


def _watch(dossier: Dossier, task: Task) -> str:
    plan = dossier.watch_plan_of(task.id)
    if plan is None:
        return ""
    again = f"，任意{plan.n}个月里有{plan.k}个月达不到目标的，列入回头看" if plan.k and plan.n else ""
    until = f"，至{when_words(task.watch_until)}" if task.watch_until else ""
    return f"销号后观察{plan.months}个月{until}{again}。"


# Lists ----------------------------------------------------------------------------------------------------------------------------


def _lists(dossier: Dossier, task: Task, of: Record | None) -> dict[str, list[dict[str, str]]]:
    accepted = of if of is not None and of.type == "acceptance" else dossier.last_record(task.id, "acceptance")
    assessed = of if of is not None and of.type == "closing_assessment" else dossier.last_record(task.id, "closing_assessment")
    return {
        "目标": [
            {"序号": str(n), "内容": goal.text, "指标": _target(dossier, goal)} for n, goal in enumerate(dossier.goals_of(task.id), 1)
        ],
        "措施": measure_rows(dossier, task),
        "附件": file_rows(dossier, task),
        "成员": members_of(dossier, accepted),
        "评估项目": assessed_rows(assessed),
        "抽查": sampled_rows(dossier, assessed),
        "评估人员": members_of(dossier, assessed),
        "量测": measured_rows(dossier, accepted),
        "会签": countersign_rows(dossier, of),
        "监测": result_rows(dossier, dossier.records_of(task.id, "lab_report", "acceptance")),
    }


_OPERATORS = {"<=": "不高于", "<": "低于", ">=": "不低于", ">": "高于", "==": "等于", "=": "等于"}


def _target(dossier: Dossier, goal: Goal) -> str:
    target = goal.target
    if target is None:
        return f"不设量化指标：{goal.no_target_reason}" if goal.no_target_reason else ""
    return f"{target.indicator}{_OPERATORS.get(target.operator, target.operator)}{target.value:g}{target.unit}"


# The row that a paper is about ------------------------------------------------------------------------------------------------------


def _row(dossier: Dossier, task: Task, of: Record) -> dict[str, str]:
    people = "、".join(_with_unit(dossier, person) for person in of.people)
    answers = [r for r in dossier.records_of(task.id, "order") if r.of == of.id and r.stage in (ANSWER, LIFT)]
    start, end = _clock(of.start), _clock(of.end)
    place = dossier.by_id.get(of.place or "")
    return {
        "本件种类": str(RUNGS.get(of.stage or "", "")) or (of.title or ""),
        "本件文号": _number(dossier, of.document) or (of.title or "" if of.type == "order" else ""),
        "本件标题": of.title or "",
        "本件日期": when_words(of.date),
        "本件时间": f"{start}至{end}" if start and end else start,
        "本件单位": dossier.org_name(of.org),
        "本件对象": dossier.org_name(of.other_org) or (dossier.org_name(task.owner) if of.type == "order" else ""),
        "本件人员": people,
        "本件地点": place.name if place is not None else "",
        "本件正文": of.text or of.reason or "",
        "本件结论": "" if of.passed is None else "通过" if of.passed else "不通过",
        "本件方式": method_words(of),
        "本件环节": _RETURNED_AT.get(of.stage or "", ""),
        "答复期限": when_words(of.end) if of.type in ("order", "countersign") else "",
        "答复情况": "\n".join(f"{when_words(r.date)}，{dossier.org_name(r.org)}：{r.text or MISSING}" for r in answers),
    }


def _with_unit(dossier: Dossier, person: str) -> str:
    row = dossier.by_id.get(person)
    unit = dossier.org_name(getattr(row, "org", None))
    return f"{dossier.person_name(person)}（{unit}）" if unit else dossier.person_name(person)


def _clock(text: str | None) -> str:
    """09:30 of a claimed moment, "" for a bare day."""
    return text[11:16] if text and len(text) >= 16 and parse_when(text) else ""


def _notice(dossier: Dossier, task: Task, of: Record | None, notice: Notice | None, url: str) -> dict[str, str]:
    posted = of if of is not None and of.type == "publicity" else dossier.last_record(task.id, "publicity")
    if notice is None and posted is not None:
        notice = compose(dossier, posted.id)
    if notice is None:
        return {}
    body = notice_text(notice).strip().split("\n")[2 if notice.number else 1 : -2]
    return {
        "公示标题": in_lines(notice.title),
        "公示文号": notice.number,
        "公示正文": "\n".join(body),
        "公示落款": notice.issuer,
        "公示日期": day_words(notice.issued_on),
        "公示网址": url,
    }
