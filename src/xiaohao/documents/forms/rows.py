"""The lists that forms repeat: measures with their answers, who accepted, what was measured and what a laboratory found."""

from __future__ import annotations

from collections.abc import Iterable

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Person
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Task
from xiaohao.procedure.countersigning import SHEET, Line, sheets_of
from xiaohao.publicity.notice import answers_of
from xiaohao.publicity.words import FILE_WORDS, RECORD_WORDS, when_words

Row = dict[str, str]

#: The content of a notice as the journal took its digest: no evidence.
_KEPT = "application/json"
_DIRECTIONS = {"down": "下降", "up": "上升"}


def measure_rows(dossier: Dossier, task: Task) -> list[Row]:
    """A row for each measure of the plan in force, with the statement's own words about it and what stands behind them."""
    measures = {measure.id: measure for measure in dossier.measures_of(task.id)}
    return [
        {
            "序号": str(answer.number),
            "内容": answer.text,
            "责任单位": dossier.org_name(measures[answer.id].owner or task.owner),
            "时限": when_words(measures[answer.id].due),
            "指标": _outcome(measures[answer.id]),
            "落实情况": answer.answer,
            "佐证": "；".join(answer.records),
        }
        for answer in answers_of(dossier, task)
    ]


def _outcome(measure: Measure) -> str:
    moved = measure.outcome
    return f"{moved.indicator}{_DIRECTIONS.get(moved.direction, '')}" if moved else ""


def members_of(dossier: Dossier, accepted: Record | None) -> list[Row]:
    """Who took part in the acceptance, or in the assessment."""
    people = [(dossier.find(Person, person), person) for person in (accepted.people if accepted else ())]
    return [{"姓名": person.name if person else bare, "单位": dossier.org_name(person.org) if person else ""} for person, bare in people]


_MET, _AS_ENTERED = {"met": "合格", "not_met": "不合格"}, {"met": "一致", "not_met": "不一致"}


def assessed_rows(assessed: Record | None) -> list[Row]:
    """What the closing assessment held of each item; "—" for points where none are given."""
    return [
        {"项目": one.name, "结论": _MET[one.verdict], "得分": "—" if one.score is None else f"{one.score:g}", "理由": one.reason}
        for one in (assessed.assessed if assessed else ())
        if one.row is None
    ]


def sampled_rows(dossier: Dossier, assessed: Record | None) -> list[Row]:
    """What it held of each drawn register row."""
    rows = []
    for one in (one for one in (assessed.assessed if assessed else ()) if one.row):
        row = dossier.find(Record, one.row)
        words = (
            " ".join(part for part in (RECORD_WORDS.get(row.type, ""), when_words(row.date), row.title or "") if part) if row else one.name
        )
        rows.append({"登记": words, "结论": _AS_ENTERED[one.verdict], "理由": one.reason})
    return rows


def measured_rows(dossier: Dossier, accepted: Record | None) -> list[Row]:
    """What was measured on site beside what the plan promised."""
    rows = []
    for one in accepted.measured if accepted else ():
        measure = dossier.find(Measure, one.measure)
        promised = f"{measure.quantity.value:g}{measure.quantity.unit}" if measure and measure.quantity else ""
        rows.append({"名称": one.name, "实测": f"{one.value:g}{one.unit}", "方案": promised})
    return rows


def result_rows(dossier: Dossier, records: Iterable[Record]) -> list[Row]:
    """Every value that a laboratory or an acceptance has measured."""
    rows = []
    for record in records:
        for result in record.results:
            place = dossier.by_id.get(result.place or record.place or "")
            rows.append(
                {
                    "指标": result.indicator,
                    "结果": f"{result.value:g}{result.unit}",
                    "地点": place.name if place is not None else "",
                    "日期": when_words(result.at or record.date),
                }
            )
    return rows


def file_rows(dossier: Dossier, task: Task) -> list[Row]:
    """Every file of the task but those that the system keeps for itself, in the order in which they came."""
    series = {one.file: one for one in dossier.series}
    rows: list[Row] = []
    for file in sorted(dossier.files_of(task.id), key=lambda file: (file.recorded_at, file.id)):
        if file.media == _KEPT:
            continue
        measured = series.get(file.id)
        place = dossier.by_id.get(measured.place or "") if measured else None
        name = (
            f"{place.name if place is not None else ''}{measured.indicator}" if measured else file.caption or file.path.rsplit("/", 1)[-1]
        )
        day = when_words(file.claimed_at or file.captured_at)
        rows.append({"序号": str(len(rows) + 1), "名称": name, "种类": FILE_WORDS.get(file.kind, "文件"), "日期": day})
    return rows


#: What is left empty for a person to write by hand: 待填 would have to be crossed out.
_BLANK = "　"


def countersign_rows(dossier: Dossier, sheet: Record | None) -> list[Row]:
    """The units of a sheet with what they said of its text; room for those that have not."""
    if sheet is None or sheet.type != SHEET:
        return []
    found = next((one for one in sheets_of(dossier) if one.record.id == sheet.id), None)
    return signed_rows(dossier, found.lines if found else tuple(Line(unit, None) for unit in sheet.units))


def signed_rows(dossier: Dossier, lines: Iterable[Line]) -> list[Row]:
    """The same for lines of a sheet that are known."""
    return [_countersigned(dossier, line) for line in lines]


def _countersigned(dossier: Dossier, line: Line) -> Row:
    said = line.answer
    if said is None:
        return {"单位": dossier.org_name(line.unit), "意见": _BLANK, "签字": _BLANK, "日期": _BLANK}
    opinion = "同意" if said.passed else "不同意"
    paper = "（纸质签批）" if said.on_paper else ""
    name = dossier.person_name(said.people[0]) if said.people else ""
    return {
        "单位": dossier.org_name(line.unit),
        "意见": (said.text if said.text.startswith(opinion) else f"{opinion}。{said.text}") if said.text else opinion,
        "签字": f"{name}{f'（{said.post}）' if said.post else ''}{paper}",
        "日期": when_words(said.date),
    }
