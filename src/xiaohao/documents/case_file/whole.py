"""The whole case for whoever may read it: identity, problem, plan, measures, registers, photographs, findings, opinions, notices, objections, and
the timeline with its numbers in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xiaohao.documents.case_file.parts import (
    Block,
    FindingRow,
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
from xiaohao.documents.forms.facts import case_facts
from xiaohao.documents.forms.rows import assessed_rows, file_rows, measure_rows, result_rows, sampled_rows
from xiaohao.documents.forms.vocabulary import MISSING
from xiaohao.documents.typeset import set_pdf
from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Plan
from xiaohao.dossier.record import Record
from xiaohao.publicity.notice_content import Notice
from xiaohao.publicity.notice_text import notice_text
from xiaohao.publicity.words import RECORD_WORDS, day_words, method_words, when_words

#: Registers that judge or press; they have chapters of their own.
_VERDICTS = ("acceptance", "review", "closing_assessment", "closure", "look_back", "override", "pledge")
_PRESSURE = ("order", "return", "sanction", "appeal")
_ELSEWHERE = (*_VERDICTS, *_PRESSURE, "publicity", "objection", "personnel")


def whole_case_pdf(
    dossier: Dossier,
    *,
    made_at: datetime,
    journal: str,
    findings: Sequence[FindingRow],
    photos: Sequence[Picture],
    more_photos: int,
    notices: Sequence[tuple[Notice, str]],
    objected: Sequence[ObjectionRow],
    entries: Sequence[TimelineRow],
    kind: str = "一项一档",
    fonts: Path | None = None,
) -> bytes:
    """The PDF/A of `dossier.task`. `journal` is the checkpoint's line; `more_photos` of the case are not shown; a notice comes with
    what is to be said of it ("" for one that stands). The same bytes for the same values."""
    today = made_at.date()
    facts = case_facts(dossier, today=today)
    blocks = [
        *_identity(facts, today),
        *chapter("二、反馈问题", paras(dossier.task.problem), para(facts["督察"], "来源：")),
        *chapter("三、整改方案", *_plans(dossier)),
        *chapter("四、措施和落实情况", _measures(dossier), _statement(facts)),
        *chapter("五、登记", _registers(dossier)),
        *chapter("六、证据", pictures(photos), _unshown(more_photos), section("附件清单"), _files(dossier)),
        *chapter(
            "七、监测结果",
            table((("日期", "日期", 22), ("地点", "地点", 30), ("指标", "指标", 28), ("结果", "结果", 20)), _results(dossier)),
        ),
        *chapter("八、疑点、答复和判断", _findings(findings)),
        *chapter("九、验收、审核和销号意见", _opinions(dossier, _VERDICTS)),
        *chapter("十、公示", *(part for notice, note in notices for part in ([section(note)] if note else [], paras(notice_text(notice))))),
        *chapter("十一、异议", objections(objected)),
        *chapter("十二、督办和退回", _opinions(dossier, _PRESSURE)),
        *chapter("十三、办理过程", timeline(entries)),
    ]
    return case_pdf(dossier, facts, blocks, kind=kind, journal=journal, made_at=made_at, fonts=fonts)


def case_pdf(
    dossier: Dossier,
    facts: dict[str, Any],
    blocks: Sequence[Block],
    *,
    kind: str,
    journal: str,
    made_at: datetime,
    fonts: Path | None = None,
) -> bytes:
    """The blocks behind a cover and a table of contents."""
    sheet = {
        "title": f"{kind} {facts['清单']}第{facts['任务编号']}项 {facts['任务名称']}",
        "kind": kind,
        "name": facts["任务名称"],
        "list": f"{facts['清单']}第{facts['任务编号']}项",
        "unit": facts["责任单位"],
        "day": day_words(made_at.date()),
        "journal": journal,
        "blocks": list(blocks),
    }
    return set_pdf("case", sheet, made_at=made_at, fonts=fonts)


def _identity(facts: dict[str, Any], today: date) -> list[Block]:
    pairs = (
        (("督察", facts["督察"]), ("任务编号", f"{facts['清单']}第{facts['任务编号']}项")),
        (("任务名称", facts["任务名称"]), ("整改类型", facts["整改类型"])),
        (("责任单位", facts["责任单位"]), ("牵头单位", facts["牵头单位"])),
        (("督导单位", facts["督导单位"]), ("验收单位", facts["验收单位"])),
        (("审核单位", facts["审核单位"]), ("公示单位", facts["公示单位"])),
        *(((("评估单位", facts["评估单位"]),),) if facts["评估单位"] else ()),
        (("销号单位", facts["销号单位"]), ("异议受理", facts["异议受理单位"])),
        (("整改时限", facts["整改时限"]), ("办理状态", facts["办理状态"])),
        (("完成日期", facts["完成日期"]), ("销号日期", facts["销号日期"])),
        (("观察办法", facts["观察办法"]),),
        (("打印日期", day_words(today)),),
    )
    return chapter("一、任务", cells([[(label, "—" if text == MISSING else text) for label, text in row] for row in pairs]))


def _plans(dossier: Dossier) -> list[list[Block] | Block]:
    plans = dossier.plans_of(dossier.task.id)
    now = dossier.plan_in_force(dossier.task.id)
    columns = (("版本", "version", 8), ("日期", "day", 18), ("制定单位", "unit", 26), ("改了什么、为什么", "note", 48))
    rows = [
        {"version": str(p.version), "day": when_words(p.date), "unit": dossier.org_name(p.author), "note": _change(dossier, p)}
        for p in plans
    ]
    goals = [
        para(f"{n}. {goal.text}{f'（{goal.no_target_reason}）' if goal.no_target_reason else ''}")
        for n, goal in enumerate(now.goals if now else (), 1)
    ]
    return [table(columns, rows), *([section("现行目标")] if goals else []), goals]


def _change(dossier: Dossier, plan: Plan) -> str:
    consent = f"{dossier.org_name(plan.consent.org)}同意" if plan.consent else ""
    return "；".join(part for part in (plan.change_note or "", consent) if part) or "—"


def _measures(dossier: Dossier) -> list[Block]:
    columns = (
        ("序号", "序号", 7),
        ("措施", "内容", 26),
        ("责任单位", "责任单位", 13),
        ("时限", "时限", 11),
        ("落实情况", "落实情况", 23),
        ("佐证", "佐证", 20),
    )
    return table(
        columns,
        [{**row, "落实情况": row["落实情况"] or MISSING, "佐证": row["佐证"] or "未见"} for row in measure_rows(dossier, dossier.task)],
    )


def _statement(facts: dict[str, Any]) -> list[Block]:
    if facts["完成说明"] == MISSING:
        return []
    return [section(f"完成情况说明（{facts['完成说明日期']}）"), *paras(facts["完成说明"])]


def _registers(dossier: Dossier) -> list[Block]:
    found: list[Block] = []
    rows = [row for row in dossier.records_of(dossier.task.id) if row.type not in _ELSEWHERE]
    columns = (("日期", "day", 17), ("内容", "what", 49), ("单位", "unit", 20), ("登记", "seen", 14))
    for kind in dict.fromkeys(row.type for row in rows):
        of_kind = sorted((row for row in rows if row.type == kind), key=lambda row: (row.date or row.start or "", row.id))
        found.append(section(f"{RECORD_WORDS.get(kind, '登记')}（{len(of_kind)}条）"))
        found += table(columns, [_register_row(dossier, row) for row in of_kind])
    return found


def _register_row(dossier: Dossier, row: Record) -> dict[str, str]:
    what = "。".join(part.rstrip("。") for part in (row.title or "", row.text or "") if part)
    amounts = "，".join(f"{q.name}{q.value:g}{q.unit}" for q in row.quantities)
    return {
        "day": when_words(row.date or row.start),
        "what": "；".join(part for part in (what, amounts) if part),
        "unit": dossier.org_name(row.org),
        "seen": row.recorded_at[:10],
    }


def _unshown(more: int) -> list[Block]:
    return [para(f"另有照片{more}张，见附件清单。")] if more else []


def _files(dossier: Dossier) -> list[Block]:
    return table((("序号", "序号", 10), ("名称", "名称", 52), ("种类", "种类", 16), ("日期", "日期", 22)), file_rows(dossier, dossier.task))


def _results(dossier: Dossier) -> list[dict[str, str]]:
    return result_rows(dossier, dossier.records_of(dossier.task.id, "lab_report", "acceptance"))


def _findings(rows: Sequence[FindingRow]) -> list[Block]:
    columns = (("疑点", "title", 34), ("发现", "raised", 14), ("答复", "answer", 28), ("判断", "decision", 24))
    return table(
        columns,
        [
            {"title": f"{r.title}（{r.severity}）", "raised": r.raised, "answer": r.answer or "未答复", "decision": r.decision or "未判断"}
            for r in rows
        ],
    )


def _opinions(dossier: Dossier, kinds: tuple[str, ...]) -> list[Block]:
    found: list[Block] = []
    for row in dossier.records_of(dossier.task.id, *kinds):
        end = "" if row.passed is None else "，通过" if row.passed else "，不通过"
        method = f"，{method_words(row)}" if row.method else ""
        paper = "（纸质签批）" if row.on_paper else ""
        found.append(
            section(f"{RECORD_WORDS.get(row.type, '登记')}　{when_words(row.date)}　{dossier.org_name(row.org)}{method}{end}{paper}")
        )
        people = "、".join(dossier.person_name(person) for person in row.people)
        found += [para(people, "人员：")] if people else []
        found += paras(row.text or row.reason or "")
        found += _assessed(dossier, row)
    return found


def _assessed(dossier: Dossier, row: Record) -> list[Block]:
    """What a closing assessment held of each item and of each drawn register row."""
    if not row.assessed:
        return []
    items, drawn = assessed_rows(row), sampled_rows(dossier, row)
    columns = (("项目", "项目", 28), ("结论", "结论", 12), ("得分", "得分", 10), ("理由", "理由", 50))
    of_drawn = (("抽查的登记", "登记", 40), ("结论", "结论", 14), ("理由", "理由", 46))
    return [*table(columns, items), *(table(of_drawn, drawn) if drawn else [])]
