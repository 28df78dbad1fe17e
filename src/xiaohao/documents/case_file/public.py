"""The case for everybody: only what stands in public already — the task, the approved plan, the notices, the photographs that a notice shows,
objections with their answers, and the journal's own lines. It is made from these values and never reads a register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xiaohao.documents.case_file.parts import (
    Block,
    ObjectionRow,
    Picture,
    TimelineRow,
    cells,
    chapter,
    objections,
    para,
    paras,
    pictures,
    section,
    table,
    timeline,
)
from xiaohao.documents.case_file.whole import case_pdf
from xiaohao.documents.forms.facts import case_facts
from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Plan
from xiaohao.publicity.notice_content import Notice
from xiaohao.publicity.notice_text import notice_text
from xiaohao.publicity.words import day_words, when_words


def public_case_pdf(
    dossier: Dossier,
    *,
    made_at: datetime,
    journal: str,
    plans: Sequence[Plan],
    photos: Sequence[Picture],
    notices: Sequence[tuple[Notice, str]],
    objected: Sequence[ObjectionRow],
    entries: Sequence[TimelineRow],
    fonts: Path | None = None,
) -> bytes:
    """The PDF/A of what is public of `dossier.task`. `plans` are the versions that were approved, oldest first; a notice
    comes with what is to be said of it ("" for one that stands)."""
    facts = case_facts(dossier, today=made_at.date())
    pairs = (
        (("督察", facts["督察"]), ("任务编号", f"{facts['清单']}第{facts['任务编号']}项")),
        (("责任单位", facts["责任单位"]), ("验收单位", facts["验收单位"])),
        (("审核单位", facts["审核单位"]), ("异议受理", facts["异议受理单位"])),
        *(((("评估单位", facts["评估单位"]),),) if facts["评估单位"] else ()),
        (("整改时限", facts["整改时限"]), ("办理状态", facts["办理状态"])),
        (("打印日期", day_words(made_at.date())),),
    )
    blocks = [
        *chapter("一、任务", cells(pairs)),
        *chapter("二、反馈问题", paras(dossier.task.problem)),
        *chapter("三、整改方案", _plans(dossier, plans)),
        *chapter("四、公示", *(part for notice, note in notices for part in ([section(note)] if note else [], paras(notice_text(notice))))),
        *chapter("五、照片", pictures(photos)),
        *chapter("六、异议", objections(objected)),
        *chapter("七、公开日志", timeline(entries)),
    ]
    return case_pdf(dossier, facts, blocks, kind="公开档案", journal=journal, made_at=made_at, fonts=fonts)


def _plans(dossier: Dossier, plans: Sequence[Plan]) -> list[Block]:
    found: list[Block] = []
    for plan in plans:
        found.append(section(f"第{plan.version}版　{when_words(plan.date)}　{dossier.org_name(plan.author)}"))
        found += [para(plan.change_note, "改动：")] if plan.change_note else []
        found += [para(goal.text, "目标：") for goal in plan.goals]
        columns = (("序号", "n", 10), ("措施", "text", 70), ("时限", "due", 20))
        rows = [{"n": str(measure.number), "text": measure.text, "due": when_words(measure.due)} for measure in plan.measures]
        found += table(columns, rows)
    return found
