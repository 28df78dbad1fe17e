"""整改销号流于形式: the first case, like the notice this system was asked for. No works, long-term, about how other tasks are closed.

Its target is measured from the ledger, its sentences stand on registers kept month by month. It is almost ready to apply; what is still missing
are honest gaps: talks that nobody wrote down, a head of whom nothing is on record, a rule not attached, a pledge not signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from xiaohao.dossier.document import Document
from xiaohao.dossier.plan import Target
from xiaohao.dossier.record import Record
from xiaohao.kernel.workdays import official_calendar
from xiaohao.seeds.sheet import COUNTY, Sheet
from xiaohao.seeds.stories.beginnings import PLAN, begun
from xiaohao.seeds.story import Story

SHEET = Sheet("qh2025a-2")
_HELD = Target(indicator="closings_held", operator=">=", value=100, unit="%", window="total")
_FIRST, _LAST = date(2025, 1, 6), date(2026, 3, 2)
#: Sessions that fell to an emergency drill and two inspections; they were not made up.
_NOT_HELD = frozenset({date(2025, 4, 17), date(2025, 7, 24), date(2025, 11, 3)})
#: What the sessions were about, in turn.
_TOPICS = (
    "学习生态环境保护法律法规",
    "学习督察通报的典型案例",
    "学习整改方案和措施清单",
    "学习验收销号规程",
    "学习排污许可管理要求",
    "学习生态环境损害责任追究办法",
    "研读园区整改台账",
)
_MEETINGS = (
    "2025-01-10", "2025-02-14", "2025-03-12", "2025-04-09", "2025-05-14", "2025-06-11",
    "2025-07-09", "2025-08-13", "2025-09-10", "2025-11-12", "2026-01-14",
)  # fmt: skip
_VISITS = ("2025-02-18", "2025-03-25", "2025-05-27", "2025-06-24", "2025-08-19", "2025-10-21", "2025-12-09", "2026-02-10")
_INSPECTIONS = (
    "2025-02-26", "2025-04-02", "2025-05-21", "2025-06-18", "2025-08-06", "2025-09-24", "2025-10-29", "2025-12-03", "2026-01-28",
)  # fmt: skip
RULE = SHEET.id("doc", "assessment")
_REPORT = SHEET.id("doc", "looked-back")


def story(papers: tuple[Document, ...] = ()) -> Story:
    """The case; `papers` are the documents of the whole list, which its clerk brings in."""
    sheet = SHEET
    task = sheet.task(
        "整改销号流于形式",
        "一些单位对整改销号把关不严，审核销号流于形式，有的任务虽已销号，问题仍在原地打转。",
        kind="long_term",
        nature="non_works",
        owner="park",
        acceptor="countyeco",
        desk="countydesk",
        due="2026-03",
        due_words="2026年3月底前，长期坚持",
        heads=("park-secretary", "park-head"),
        places=("park",),
        causes=("验收与销号由同一科室办理", "销号后没有回头看"),
    )
    plan = sheet.plan(
        "2024-12-18",
        (sheet.goal(1, "已销号满一年的任务无一退回、无一反弹。", _HELD),),
        (
            sheet.measure(1, "每周一、周四组织干部职工学习，从严监管执法，不折不扣完成整改任务。", "study", "park", "2026-03"),
            sheet.measure(
                2,
                "党政主要负责同志是整改第一责任人，亲自研究部署，亲自督办落实，剖析原因，完善措施。",
                "other",
                "park",
                "2026-03",
                answers_cause=0,
            ),
            sheet.measure(3, "严格销号评估，已销号的任务逐项开展回头看。", "enforcement", "park", "2026-03", answers_cause=1),
            sheet.measure(4, "强化考核结果运用，将考核结果作为干部选拔任用、资金分配的重要依据。", "policy", "park", "2026-03"),
        ),
        PLAN,
    )
    return sheet.story(
        task,
        begun(2, "park-1"),
        clerk="park-1",
        hands="countysupervision-1",
        rulebook=COUNTY,
        plans=(plan,),
        documents=(*papers, *_own_papers()),
        records=(*_sessions(), *_registers()),
    )


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the application that nobody has submitted yet: texts, and the rows ticked behind them, by the number of the measure."""

    done_on: str
    saved_at: str
    texts: Mapping[int, str]
    evidence: Mapping[int, tuple[str, ...]]


def draft() -> Typed:
    """What the park's clerk has typed into the application so far, as the unit would like to say it."""
    return Typed(
        "2026-02-27",
        "2026-03-02T17:40",
        {
            1: f"2025年以来，每周一和周四组织干部职工学习，共学习{len(session_days())}次；开展执法检查{len(_INSPECTIONS)}次，从严监管执法。",
            2: f"先后召开党工委和管委会会议研究环境保护工作{len(_MEETINGS)}次，剖析原因，逐项完善措施；"
            f"管委会主任到企业现场督查{len(_VISITS)}次，多次约谈企业主要负责人。",
            3: "严格销号评估，园区整改任务完成销号2项，对已销号的任务开展回头看3次，没有一项退回。",
            4: "印发考核办法，2025年度考核结果用于干部选拔任用和资金分配。",
        },
        {3: (_REPORT,)},
    )


def session_days() -> tuple[date, ...]:
    """Mondays and Thursdays that are working days and had their session."""
    calendar = official_calendar()
    days = (_FIRST + timedelta(days=n) for n in range((_LAST - _FIRST).days + 1))
    return tuple(day for day in days if day.weekday() in (0, 3) and calendar.is_workday(day) and day not in _NOT_HELD)


def _sessions() -> tuple[Record, ...]:
    """A row for each session, those of a month entered at its end."""
    held = SHEET.rows("study", "study", map(str, session_days()), 1, org="park", people="park-1", schedule="weekly:mon,thu")
    return tuple(replace(row, title=_TOPICS[number % len(_TOPICS)]) for number, row in enumerate(held))


def _registers() -> tuple[Record, ...]:
    rows, row = SHEET.rows, SHEET.row
    looked_back = (
        ("2025-05-08", "qh2021a-3", "暂存间防渗、标识完好，与照录情况一致。"),
        ("2025-09-11", "qh2021a-5", "2处堆场已封闭，喷淋正常，与照录情况一致。"),
        ("2025-12-18", "qh2021a-8", "抽查雨水口6处，晴天无水排出，与销号时一致。"),
    )
    return (
        *rows("inspection", "enforcement", _INSPECTIONS, 1, org="park", people="park-1", place="park", title="园区企业执法检查"),
        *rows("meeting", "meeting", _MEETINGS, 2, org="park", people="park-head park-1", title="党工委、管委会会议研究环境保护工作"),
        *rows("visit", "site_visit", _VISITS, 2, org="park", people="park-head", place="park", title="到企业现场督查整改"),
        *(
            row(
                f"look-back-{number}",
                "look_back",
                day,
                3,
                org="countysupervision",
                people="countysupervision-1",
                place="park",
                passed=True,
                title=f"对{of}开展回头看",
                text=found,
            )
            for number, (day, of, found) in enumerate(looked_back, start=1)
        ),
        row(
            "assessed",
            "assessment",
            "2025-12-30",
            4,
            org="park",
            title="2025年度整改成效考核",
            document=RULE,
            text="考核结果用于干部选拔任用和资金分配。",
        ),
    )


def _own_papers() -> tuple[Document, ...]:
    paper = SHEET.document
    return (
        paper("assessment", "青园管发〔2025〕9号", "青禾循环经济园区整改成效考核办法", "rule", "park", "2025-03-20", at="2025-03-21T09:00"),
        paper("looked-back", "青政督〔2025〕17号", "关于园区已销号任务回头看情况的报告", "report", "countysupervision", "2025-12-23"),
    )
