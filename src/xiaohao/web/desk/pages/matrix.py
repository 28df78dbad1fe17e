"""The measures of a case beside what shows them: the answer, register rows, files, readings, and a look on site."""

from __future__ import annotations

from django.urls import reverse

from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Record
from xiaohao.evidence.coverage import JUDGING, Answer, coverage
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.states import State, state_of
from xiaohao.web.desk.case import Case
from xiaohao.web.parts.matrix import Cell, Matrix, MatrixRow

_COLUMNS = (say("答复"), say("台账记录"), say("文件与照片"), say("监测数据"), say("现场核查"))
_ANSWER_STATES = {"yes": "done", "partly": "partly", "no": "lacking", "withdrawn": "not_needed", "elsewhere": "not_needed"}
#: States in which the acceptance group has not been on site yet: an empty cell is no gap before its time.
_BEFORE_ACCEPTANCE = (State.GIVEN, State.PLANNED, State.APPROVED, State.REOPENED, State.IN_PROGRESS, State.CLAIMED_DONE)


def matrix_of(case: Case) -> Matrix:
    """A row for each measure of the plan in force. A cell is a gap when something is owed and nothing is there."""
    answers = {answer.measure: answer for answer in coverage(case.dossier, case.task.pk)}
    rows = (_row(case, measure, answers[measure.id]) for measure in case.dossier.measures_of(case.task.pk) if measure.id in answers)
    return Matrix(say("每项措施所需证据及现有情况"), _COLUMNS, tuple(rows))


def gaps_in(matrix: Matrix) -> int:
    return sum(cell.state == "lacking" for row in matrix.rows for cell in row.cells)


def _row(case: Case, measure: Measure, answer: Answer) -> MatrixRow:
    dossier = case.dossier
    things = [dossier.by_id[one] for one in answer.evidence if one in dossier.by_id]
    note = say("{owner} · {due}", owner=dossier.org_name(measure.owner), due=measure.due or "")
    if answer.answered in ("withdrawn", "elsewhere"):
        owed = Cell("not_needed", _answer_words(answer))
        return MatrixRow(measure.number, measure.text, note, (owed, *(Cell("not_needed") for _ in _COLUMNS[1:])))
    return MatrixRow(
        measure.number,
        measure.text,
        note,
        (
            _answer_cell(case, answer),
            _records_cell(case, things, measure),
            _files_cell(case, things),
            _readings_cell(case, measure),
            _site_cell(case, measure, things),
        ),
    )


def _answer_cell(case: Case, answer: Answer) -> Cell:
    fact = ""
    if answer.unfinished_words:
        fact = say("自称未完：{words}", words="、".join(answer.unfinished_words[:2]))
    elif answer.lacking:
        fact = say("未写：{duties}", duties="、".join(answer.lacking[:2]))
    elif answer.facts:
        fact = say("{count} 处可核对", count=answer.facts)
    return Cell(
        _ANSWER_STATES[answer.answered],
        _answer_words(answer),
        fact,
        f"{reverse('desk_task', args=[case.no])}#claims" if answer.where else "",
    )


def _answer_words(answer: Answer) -> Said:
    words = {"yes": say("已答"), "partly": say("部分答"), "no": say("未答"), "withdrawn": say("已撤回")}
    return words.get(answer.answered) or say("由{body}答", body=answer.body)


def _records_cell(case: Case, things: list[object], measure: Measure) -> Cell:
    rows = [thing for thing in things if isinstance(thing, Record)]
    if not rows:
        judging = [r for r in case.dossier.records_of(case.task.pk) if measure.id in r.measures and r.type in JUDGING]
        way = say("已有 {count} 条回头看等核查记录，不算佐证；补一条", count=len(judging)) if judging else say("补一条")
        return Cell("not_needed", say("没有")) if things else Cell("lacking", "", way, _register(case, measure))
    days = sorted(day for row in rows if (day := row.date or row.start))
    return Cell("done", say("{count} 条", count=len(rows)), say("末次 {day}", day=days[-1]) if days else "", f"{_page(case)}#records")


def _files_cell(case: Case, things: list[object]) -> Cell:
    named = {file for thing in things if isinstance(thing, Record) for file in thing.files}
    files = [thing for thing in things if isinstance(thing, File | Document)]
    count = len(files) + len(named - {file.id for file in files if isinstance(file, File)})
    return Cell("done", say("{count} 份", count=count), "", f"{_page(case)}#files") if count else Cell("not_needed", say("没有"))


def _readings_cell(case: Case, measure: Measure) -> Cell:
    if measure.outcome is None:
        return Cell("not_needed")
    series = [one for one in case.dossier.series_of(case.task.pk) if one.indicator == measure.outcome.indicator]
    if series:
        return Cell("done", say("{count} 组", count=len(series)), measure.outcome.indicator, f"{_page(case)}#files")
    return Cell("lacking", "", measure.outcome.indicator, reverse("desk_series", args=[case.no]))


def _site_cell(case: Case, measure: Measure, things: list[object]) -> Cell:
    visits = [thing for thing in things if isinstance(thing, Record) and thing.type in ("site_visit", "look_back")]
    measured = [m for r in case.dossier.records_of(case.task.pk, "acceptance") for m in r.measured if m.measure == measure.id]
    if measured:
        return Cell("done", say("实测 {value} {unit}", value=measured[-1].value, unit=measured[-1].unit))
    if visits:
        return Cell("done", say("{count} 次", count=len(visits)))
    if not _needs_site(case) or measure.quantity is None:
        return Cell("not_needed")
    if state_of(case.dossier.task) in _BEFORE_ACCEPTANCE:
        return Cell("partly", say("验收时实测"))
    return Cell("lacking", "", say("未实测"))


def _needs_site(case: Case) -> bool:
    wanted = case.rules.acceptance.site_visit
    return wanted == "always" or (wanted == "works" and case.dossier.task.nature != "non_works")


def _register(case: Case, measure: Measure) -> str:
    return f"{reverse('desk_register', args=[case.no])}?measure={measure.id}"


def _page(case: Case) -> str:
    return reverse("desk_task", args=[case.no])
