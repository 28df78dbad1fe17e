"""A partial case file made from a notice: one task, its plan, its completion report and its publicity, with only what the text says.

Ids are the reader's own (task-1, measure-1, completion-1, notice-1), so that findings can point into the text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from xiaohao.documents.fields import Fields
from xiaohao.documents.page import Page
from xiaohao.documents.parties import NOT_SAID, Parties, parties_of
from xiaohao.documents.promises import Promises
from xiaohao.documents.sections import Section
from xiaohao.documents.sharing import shares_of
from xiaohao.documents.window import Window
from xiaohao.dossier.dossier import Dossier
from xiaohao.dossier.plan import Goal, Measure, Plan
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Span, Statement
from xiaohao.dossier.task import Inspection, Task, TaskList


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that was read, on the way to a case file."""

    page: Page
    sections: Sequence[Section]
    promises: Promises
    fields: Fields
    window: Window
    done_on: str | None


def draft_dossier(draft: Draft, *, at: str) -> Dossier:
    """The case file of the notice; its id is `text-` and the first 12 hex digits of the text's SHA-256."""
    fields = draft.fields
    parties = parties_of(draft.page, draft.sections, fields)
    measures, parties = _measures(draft, parties)
    dated = fields.issue_date or at[:10]
    return Dossier(
        id="text-" + hashlib.sha256(draft.page.source.encode()).hexdigest()[:12],
        kind="dossier",
        made_at=at,
        title=fields.title,
        orgs=parties.orgs,
        inspections=(_inspection(fields),),
        lists=(TaskList(id="list-1", inspection="inspection-1", name=fields.inspection or NOT_SAID),),
        tasks=(_task(draft, parties),),
        plans=(_plan(draft, measures, parties, dated, at),) if measures or fields.goals else (),
        statements=_statements(draft, parties, dated, at),
        records=_publicity(draft, parties, at),
    )


def _inspection(fields: Fields) -> Inspection:
    name = fields.inspection or NOT_SAID
    level = (
        "central"
        if "中央" in name
        else "province"
        if re.search("省|自治区", name)
        else "self"
        if "自排查" in name or "自查" in name
        else "city"
        if "市" in name
        else "central"
    )
    kind = (
        "look_back"
        if "回头看" in name
        else "special"
        if "专项" in name
        else "self_check"
        if "自排查" in name or "自查" in name
        else "routine"
    )
    return Inspection(id="inspection-1", name=name, level=level, kind=kind)


def _task(draft: Draft, parties: Parties) -> Task:
    fields, roles = draft.fields, parties.roles
    words = (fields.deadline_text or "") + (fields.title or "") + draft.page.folded.text[:200]
    return Task(
        id="task-1",
        list="list-1",
        number=_number(fields.task_no),
        title=fields.title,
        problem=fields.problem or NOT_SAID,
        kind="long_term" if "长期坚持" in words else "immediate" if "立行立改" in (fields.deadline_text or "") else "deadline",
        nature="non_works" if "非工程类" in draft.page.folded.text else "works" if "工程类" in draft.page.folded.text else None,
        owner=roles["owner"],
        co_owners=parties.co_owners,
        lead=roles.get("lead"),
        supervisor=roles.get("supervisor"),
        acceptor=roles.get("acceptor"),
        reviewer=roles.get("reviewer"),
        publisher=roles.get("publisher"),
        desk=roles.get("desk"),
        closer=roles.get("closer"),
        due=fields.deadline,
        due_words=fields.deadline_text,
        status=_status(draft),
        done_at=draft.done_on,
    )


def _number(printed: str | None) -> int | str:
    """The printed number; "-" where the notice prints none."""
    if printed is None:
        return "-"
    return int(printed) if printed.isdigit() else printed


def _status(draft: Draft) -> str | None:
    if draft.window.start or draft.window.end or draft.window.days:
        return "published"
    return "claimed_done" if draft.promises.done else None


def _measures(draft: Draft, parties: Parties) -> tuple[tuple[Measure, ...], Parties]:
    """The plan's measures. A sentence that is another body's duty becomes a share of its own (measure-2.2), owned by that body."""
    measures: list[Measure] = []
    for n, item in enumerate(draft.fields.measures, 1):
        number = int(item.no) if item.no and item.no.isdigit() else n
        shares, parties = shares_of(item, parties)
        for k, share in enumerate(shares, 1):
            place = (("x-start", share.start), ("x-end", share.end))
            measures.append(
                Measure(
                    id=f"measure-{n}" if k == 1 else f"measure-{n}.{k}",
                    number=number,
                    text=share.text,
                    kind=_kind(share.text),
                    owner=share.owner,
                    unknown=place,
                )
            )
    return tuple(measures), parties


#: What kind of measure its own words make it (Measure.kind); the first that fits wins.
_KINDS = (
    (
        "works",
        re.compile(
            r"建设|新建|改造|修复|清理|清运|拆除|铺设|安装|覆盖|复绿|种植|植树|治理工程|工程|管网|回填|整平|硬化|疏浚|清淤|扩建|提标|整治|建成|敷设|配套|围挡|封堵|修建"
        ),
    ),
    ("enforcement", re.compile(r"执法|立案|查处|处罚|检查|巡查|排查|取缔|打击|督查|督导|监管")),
    ("monitoring", re.compile(r"监测|检测|采样|在线|监控")),
    ("study", re.compile(r"学习|培训|宣传|宣讲|教育|贯彻")),
    ("policy", re.compile(r"制定|制度|方案|机制|办法|考核|责任|评估|规划|验收|销号|问责")),
)


def _kind(text: str) -> str:
    return next(
        (kind for kind, words in _KINDS if words.search(text[:80])), next((kind for kind, words in _KINDS if words.search(text)), "other")
    )


def _plan(draft: Draft, measures: tuple[Measure, ...], parties: Parties, dated: str, at: str) -> Plan:
    goals = tuple(
        Goal(id=f"goal-{n}", text=item.text, unknown=(("x-start", item.start), ("x-end", item.end)))
        for n, item in enumerate(draft.fields.goals, 1)
    )
    return Plan(
        id="plan-1", task="task-1", version=1, author=parties.roles["owner"], date=dated, recorded_at=at, goals=goals, measures=measures
    )


def _statements(draft: Draft, parties: Parties, dated: str, at: str) -> tuple[Statement, ...]:
    publisher = parties.roles.get("publisher") or parties.roles["owner"]
    notice = Statement(id="notice-1", task="task-1", kind="notice", author=publisher, date=dated, recorded_at=at, text=draft.page.source)
    report = draft.promises.report
    if report is None:
        return (notice,)
    start, end = draft.page.folded.span(*report)
    completion = Statement(
        id="completion-1", task="task-1", kind="completion", author=parties.roles["owner"], date=dated, recorded_at=at,
        percent=100 if re.search(r"已?完成整改|整改完成|已完成|销号", draft.page.folded.text[:400]) else None,
        text=draft.page.source[start:end], spans=_spans(draft, start, end), unknown=(("x-start", start),),
    )  # fmt: skip
    return notice, completion


def _spans(draft: Draft, start: int, end: int) -> tuple[Span, ...]:
    """The answers, and the items that answer nothing, as stretches of the completion report."""
    spans = []
    for answer in draft.promises.answers:
        first, last = draft.page.folded.span(answer.start, answer.end)
        if start <= first < last <= end:
            spans.append(Span(start=first - start, end=last - start, measures=tuple(f"measure-{n + 1}" for n in answer.measures)))
    for item in draft.promises.done:
        first, last = draft.page.folded.span(item.start, item.end)
        if start <= first < last <= end and not any(span.start < last - start and first - start < span.end for span in spans):
            spans.append(Span(start=first - start, end=last - start))
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


def _publicity(draft: Draft, parties: Parties, at: str) -> tuple[Record, ...]:
    window = draft.window
    if window.start is None and window.end is None and window.days is None:
        return ()
    return (
        Record(
            id="publicity-1", type="publicity", tasks=("task-1",), org=parties.roles.get("publisher"), date=draft.fields.issue_date, recorded_at=at,
            start=window.start.isoformat() if window.start else None, end=window.end.isoformat() if window.end else None,
            stated_days=window.days, stated_unit=None if window.working is None else "workday" if window.working else "day", statement="notice-1",
        ),
    )  # fmt: skip
