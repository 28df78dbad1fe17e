"""A notice composed from the case file: title, problem, goals, each measure answered one by one with its records, whose hands, how to object.

Figures of the rulebook come in as plain values, because the procedure lies above this room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.document import Document
from xiaohao.dossier.parties import Org
from xiaohao.dossier.plan import Goal, Measure
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.kernel.when import parse_when
from xiaohao.kernel.workdays import CalendarUnknown, days_between
from xiaohao.publicity.notice_content import Desk, Notice, NoticeGoal, NoticeHand, NoticeMeasure, canonical_bytes, digest, read_notice
from xiaohao.publicity.notice_gaps import missing
from xiaohao.publicity.notice_text import notice_text
from xiaohao.publicity.window import NOT_ANNOUNCED, DayUnit, Window, unit_words, window_of
from xiaohao.publicity.words import (
    FILE_WORDS,
    KIND_WORDS,
    METHOD_WORDS,
    RECORD_WORDS,
    between_words,
    weekday_words,
    when_words,
)

__all__ = ["Notice", "answers_of", "canonical_bytes", "compose", "digest", "missing", "notice_text", "read_notice"]

#: What a notice prints where a unit lawfully accepted its own work and the rulebook has no words of its own.
SELF_ACCEPTANCE_WORDS = "本项任务由责任单位依规自行验收，并对验收的真实性负责；另由上级抽取样本复核。"

#: Records that judge the work are no evidence for a measure.
_JUDGING = frozenset(
    {
        "acceptance",
        "review",
        "closing_assessment",
        "publicity",
        "objection",
        "closure",
        "pledge",
        "return",
        "override",
        "appeal",
        "arrangement",
        "question",
        "reply",
        "countersign",
        "countersigned",
    }
)

_SATURDAY = 5


def compose(
    dossier: Dossier,
    publicity: str,
    *,
    self_acceptance: str | bool = False,
    results: Mapping[str, str] = MappingProxyType({}),
) -> Notice:
    """The notice of the publicity record with that id, about `dossier.task`.

    `self_acceptance`: the rulebook's words where the unit accepted its own work ("" where it did not); a bare True means that the rulebook
    allows it, and the usual words are printed where acceptor and owner are one. `results`: what the readings say, by goal id.
    Raises LookupError when there is no such publicity record of the task."""
    task = dossier.task
    posted = next((record for record in dossier.records_of(task.id, "publicity") if record.id == publicity), None)
    if posted is None:
        raise LookupError(f"no publicity record {publicity!r} of {task.id}")
    paper = dossier.find(Document, posted.document)
    issued = parse_when(paper.date if paper else None) or parse_when(posted.date) or parse_when(posted.recorded_at)
    window = window_of(posted)
    return Notice(
        id=posted.id,
        task=task.id,
        title=f"关于{_list_words(dossier, task)}第{task.number}项“{_short_title(task)}”整改完成情况的公示",
        number=(paper.number or "") if paper else "",
        issuer=dossier.org_name(posted.org or task.publisher),
        issued_on=issued.first if issued else date.min,
        opening=_opening(dossier, task),
        source=_source(dossier, task),
        problem=task.problem,
        kind=KIND_WORDS.get(task.kind, ""),
        units=tuple(dossier.org_name(unit) for unit in (task.owner, *task.co_owners)),
        goals=tuple(_goal(goal, results) for goal in dossier.goals_of(task.id)),
        due=task.due_words or when_words(task.due),
        measures=tuple(answers_of(dossier, task)),
        hands=tuple(_hands(dossier, task, posted)),
        self_acceptance=_self_acceptance(task, self_acceptance),
        window=window,
        calendar=_calendar(dossier, window) if window else "",
        desk=_desk(dossier, task),
    )


# Heading --------------------------------------------------------------------------------------------------------------------------


def _list_words(dossier: Dossier, task: Task) -> str:
    listing = dossier.find(TaskList, task.list)
    return listing.name if listing else "督察反馈意见整改任务"


def _short_title(task: Task) -> str:
    return task.title or task.problem.split("，")[0].split("。")[0]


def _opening(dossier: Dossier, task: Task) -> str:
    inspection = _inspection(dossier, task)
    feedback = dossier.find(Document, inspection.feedback) if inspection else None
    number = f"（{feedback.number}）" if feedback and feedback.number else ""
    asked_by = f"{inspection.name}反馈意见{number}的整改要求" if inspection else "督察整改要求"
    return f"根据{asked_by}，现将该项任务整改完成情况向社会公示。"


def _source(dossier: Dossier, task: Task) -> str:
    """Where the quoted problem was written: 东陆省第二轮生态环境保护督察反馈意见，2024年11月15日."""
    inspection = _inspection(dossier, task)
    if inspection is None:
        return ""
    return "，".join(part for part in (f"{inspection.name}反馈意见", when_words(inspection.feedback_date)) if part)


def _inspection(dossier: Dossier, task: Task) -> Inspection | None:
    listing = dossier.find(TaskList, task.list)
    return dossier.find(Inspection, listing.inspection) if listing else None


# Goals and measures ---------------------------------------------------------------------------------------------------------------


def _goal(goal: Goal, results: Mapping[str, str]) -> NoticeGoal:
    reason = f"该目标不设量化指标，理由：{goal.no_target_reason}" if goal.target is None and goal.no_target_reason else ""
    return NoticeGoal(goal.text, results.get(goal.id, reason))


def answers_of(dossier: Dossier, task: Task) -> Iterable[NoticeMeasure]:
    """Each measure of the plan in force with the stretches of the statement that answer it and what stands behind them."""
    statement = dossier.last_statement(task.id, "completion")
    for measure in dossier.measures_of(task.id):
        yield NoticeMeasure(
            id=measure.id,
            number=measure.number,
            text=measure.text,
            owner=dossier.org_name(measure.owner) if measure.owner != task.owner else "",
            answer=_answer(statement, measure),
            records=tuple(_records(dossier, task, statement, measure)),
        )


def _answer(statement: Statement | None, measure: Measure) -> str:
    """The stretches of the statement that answer this measure, in the order of the text, without their own numbering."""
    if statement is None:
        return ""
    spans = sorted((span.start, span.end) for span in statement.spans if measure.id in span.measures and span.quotes is None)
    return "".join(_without_number(statement.text[start:end]) for start, end in spans).strip()


def _without_number(text: str) -> str:
    """The sentence without （一）, 1. or 一是 at its head: the notice numbers the measures itself."""
    head, bracket, rest = text.partition("）")
    if bracket and head.startswith("（") and len(head) <= 4:
        return rest
    return text


def _records(dossier: Dossier, task: Task, statement: Statement | None, measure: Measure) -> Iterable[str]:
    """What stands behind a measure, a register a phrase, in the order of the registers' first rows."""
    named = {thing for span in (statement.spans if statement else ()) if measure.id in span.measures for thing in span.evidence}
    rows = [r for r in dossier.records_of(task.id) if (r.id in named or measure.id in r.measures) and r.type not in _JUDGING]
    rows += [r for r in dossier.standing_records if r.id in named and task.id not in r.tasks]
    for kind in dict.fromkeys(row.type for row in rows):
        yield _register(kind, [row for row in rows if row.type == kind])
    files = [file for file in dossier.files if file.id in named]
    for kind in dict.fromkeys(file.kind for file in files):
        yield f"{FILE_WORDS.get(kind, '文件')}{sum(file.kind == kind for file in files)}份"
    papers = {row.document for row in rows if row.document} | named
    for paper in dossier.documents:
        if paper.id in papers:
            yield f"《{paper.title}》" + (f"（{paper.number}）" if paper.number else "")


def _register(kind: str, rows: list[Record]) -> str:
    days = sorted(when.first for row in rows if (when := parse_when(row.date or row.start)) and when.is_a_day)
    period = f"（{between_words(days[0], days[-1])}）" if days else ""
    return f"{RECORD_WORDS.get(kind, '登记')}{len(rows)}条{period}"


# Hands ----------------------------------------------------------------------------------------------------------------------------


def _hands(dossier: Dossier, task: Task, posted: Record) -> Iterable[NoticeHand]:
    owners = (task.owner, *task.co_owners)
    yield NoticeHand("整改", "、".join(dossier.org_name(unit) for unit in owners), "责任单位")
    accepted = dossier.last_record(task.id, "acceptance")
    yield NoticeHand("验收", dossier.org_name(task.acceptor), _joined(_accepted(accepted), _same_as(task.acceptor, {"责任单位": owners})))
    reviewed = dossier.last_record(task.id, "review")
    reviewer_is = _same_as(task.reviewer, {"责任单位": owners, "验收单位": (task.acceptor,)})
    yield NoticeHand("审核", dossier.org_name(task.reviewer), _joined(_on(reviewed, "审核") or "公示时尚未审核", reviewer_is))
    if task.assessor:
        assessed = dossier.last_record(task.id, "closing_assessment")
        judging = {"责任单位": owners, "验收单位": (task.acceptor,), "审核单位": (task.reviewer,)}
        same = _same_as(task.assessor, judging)
        yield NoticeHand("销号评估", dossier.org_name(task.assessor), _joined(_on(assessed, "评估") or "公示时尚未评估", same))
    others = {"责任单位": owners, "验收单位": (task.acceptor,), "审核单位": (task.reviewer,), "公示单位": (posted.org,)}
    shared = _same_as(task.desk, others)
    yield NoticeHand("受理异议", dossier.org_name(task.desk), shared or ("与责任、验收、审核、公示单位均不是同一单位" if task.desk else ""))


def _same_as(unit: str | None, others: Mapping[str, tuple[str | None, ...]]) -> str:
    """与责任单位、公示单位是同一单位: the missing separation is shown, not hidden."""
    shared = [words for words, units in others.items() if unit and unit in units]
    return f"与{'、'.join(shared)}是同一单位" if shared else ""


def _accepted(record: Record | None) -> str:
    if record is None:
        return ""
    people = f"，{len(record.people)}人参加" if record.people else ""
    return f"{when_words(record.date)}{METHOD_WORDS.get(record.method or '', '验收')}{people}"


def _on(record: Record | None, verb: str) -> str:
    return f"{when_words(record.date)}{verb}" if record else ""


def _joined(*parts: str) -> str:
    return "；".join(part for part in parts if part)


def _self_acceptance(task: Task, words: str | bool) -> str:
    if isinstance(words, str):
        return words
    return SELF_ACCEPTANCE_WORDS if words and task.acceptor in (task.owner, *task.co_owners) else ""


def _desk(dossier: Dossier, task: Task) -> Desk:
    org = dossier.find(Org, task.desk)
    return Desk(dossier.org_name(task.desk), (org.phone or "") if org else "", (org.address or "") if org else "")


# Calendar -------------------------------------------------------------------------------------------------------------------------


def _calendar(dossier: Dossier, window: Window) -> str:
    """The sentence that stands on paper in the place of the drawn calendar: what counts, which adjusted days, by which official notice."""
    if window.unit is DayUnit.DAY:
        return f"按自然日计算，首日、末日均计入，共{window.calendar_days}天。"
    calendar = calendar_of(dossier)
    try:
        counted = window.workdays(calendar)
        days = list(days_between(window.start, window.end))
        adjusted = [day for day in days if day.weekday() >= _SATURDAY and calendar.is_workday(day)]
        off = [day for day in days if day.weekday() < _SATURDAY and not calendar.is_workday(day)]
        notices = "、".join(dict.fromkeys(calendar.notice_of(day.year) for day in days))
    except CalendarUnknown as unknown:
        return f"{unknown.year}年节假日安排{NOT_ANNOUNCED}，工作日数以公布后的安排为准。"
    parts = [f"首日、末日均计入，按工作日历共{counted}个{unit_words(window.unit)}"]
    parts += [f"{'、'.join(f'{_short(day)}（{weekday_words(day)}）' for day in adjusted)}为调休工作日，计入"] if adjusted else []
    parts += [f"{'、'.join(_short(day) for day in off)}放假，不计入"] if off else []
    return f"{'；'.join(parts)}。依据：{notices}。"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
