"""一项一档: the whole case as one PDF for whoever may read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from xiaohao.acts.printing import journal_line
from xiaohao.documents.case_file.parts import FindingRow, ObjectionRow, TimelineRow
from xiaohao.documents.case_file.whole import whole_case_pdf
from xiaohao.dossier import Dossier
from xiaohao.dossier.oversight import Disposition
from xiaohao.dossier.record import Record as DossierRecord
from xiaohao.kernel.said import said_from_json, say
from xiaohao.kernel.when import CST
from xiaohao.publicity.notice import Notice, compose, read_notice
from xiaohao.publicity.objections import objections_of, state_words
from xiaohao.publicity.words import when_words
from xiaohao.records.models import Finding, Received, Record
from xiaohao.records.queries import withdrawal_of
from xiaohao.records.timeline import Line, timeline_of
from xiaohao.screening.catalogue import catalogue
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.findings import findings_of
from xiaohao.web.desk.pages.words import person_and_unit
from xiaohao.web.parts.acts import act_words
from xiaohao.web.parts.case_file import pictures_of
from xiaohao.web.portal.published import published

#: Photographs that are shown; the rest stand in the list of files. Ours: four pages.
MOST_PHOTOS = 24
_SEVERITY = {"block": say("拦住办理"), "warn": say("须答复"), "note": say("提示")}
_DECISIONS = {"explained": say("采纳"), "upheld": say("不采纳，属实须改"), "withdrawn": say("撤回，不构成疑点")}


def whole_case(case: Case) -> bytes:
    """The PDF, with everything that this case file holds."""
    dossier = case.dossier
    shots = [file for file in dossier.files_of(case.task.pk) if file.kind == "photo"]
    return whole_case_pdf(
        dossier,
        made_at=case.at.astimezone(CST),
        journal=journal_line(case.task.last_entry),
        findings=[_finding(dossier, row) for row in findings_of(case)],
        photos=pictures_of(dossier, shots[:MOST_PHOTOS], public=False),
        more_photos=max(0, len(shots) - MOST_PHOTOS),
        notices=_notices(case),
        objected=_objections(dossier),
        entries=[_entry(line) for line in reversed(timeline_of(case.task))],
    )


def foreign_case(row: Received, dossier: Dossier, task: str, at: datetime) -> bytes:
    """The PDF of a case that came from elsewhere: what its bundle says, marked as foreign on its cover. Its journal lies where it came from."""
    about = replace(dossier, about=task)
    shots = [file for file in about.files_of(task) if file.kind == "photo"]
    titles = {name: check.title for name, check in catalogue().items()}
    return whole_case_pdf(
        about,
        made_at=at.astimezone(CST),
        journal=f"外来案卷：由 {row.origin} 于 {row.more['made_at'][:10]} 导出并签名，签名已核对（清单摘要 {row.manifest}）。",
        findings=[_foreign_finding(about, one, titles) for one in about.dispositions_of(task)],
        photos=pictures_of(about, shots[:MOST_PHOTOS], public=False),
        more_photos=max(0, len(shots) - MOST_PHOTOS),
        notices=[(_foreign_notice(about, one), "") for one in about.records_of(task, "publicity")],
        objected=_objections(about),
        entries=[],
        kind="外来案卷",
    )


def _foreign_notice(dossier: Dossier, posted: DossierRecord) -> Notice:
    """As it was published, where its bytes came along."""
    content = dossier.content_of(posted.files[0]) if posted.files else None
    try:
        return read_notice(content) if content else compose(dossier, posted.id)
    except ValueError:
        return compose(dossier, posted.id)


def _foreign_finding(dossier: Dossier, row: Disposition, titles: dict[str, str]) -> FindingRow:
    return FindingRow(
        title=titles.get(row.check, row.check),
        raised=row.raised_at[:10],
        severity=str(_SEVERITY.get(row.severity, row.severity)),
        answer=_signed(dossier, row.answer, row.answered_by, row.answered_at),
        decision=_decided(dossier, row),
    )


def _notices(case: Case) -> list[tuple[Notice, str]]:
    rows = Record.objects.filter(on_tasks=case.task, type="publicity").order_by("recorded_at")
    return [(published(row, case.at).notice, "以下公示已撤回" if withdrawal_of(row) else "") for row in rows]


def _objections(dossier: Dossier) -> list[ObjectionRow]:
    return [
        ObjectionRow(when_words(row.date), str(state_words(state)), row.text or "", row.public_reason or "")
        for row, state in objections_of(dossier, dossier.task.id)
    ]


def _finding(dossier: Dossier, row: Finding) -> FindingRow:
    thing = row.thing()
    answer = _signed(dossier, thing.answer, thing.answered_by, thing.answered_at)
    return FindingRow(
        title=str(said_from_json(row.sentence)) if row.sentence else row.message,
        raised=thing.raised_at[:10],
        severity=str(_SEVERITY.get(row.severity, row.severity)),
        answer=answer,
        decision=_decided(dossier, thing),
    )


def _decided(dossier: Dossier, row: Disposition) -> str:
    reason = f"：{row.decision_reason}" if row.decision_reason else ""
    return _signed(dossier, f"{_DECISIONS.get(row.decision or '', '')}{reason}", row.decided_by, row.decided_at)


def _signed(dossier: Dossier, words: str | None, person: str | None, at: str | None) -> str:
    return f"{words}（{person_and_unit(dossier, person)}，{at[:10]}）" if words and at else ""


def _entry(line: Line) -> TimelineRow:
    who = f"{line.person}（{line.unit}）" if line.person and line.unit else line.person or line.unit
    return TimelineRow(line.index, f"{line.at.astimezone(CST):%Y-%m-%d %H:%M}", str(act_words(line.act)), who, line.type == "refused")
