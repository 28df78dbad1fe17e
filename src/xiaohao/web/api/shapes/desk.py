"""What staff read with a token."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from xiaohao.kernel.roles import TaskRole
from xiaohao.procedure.states import State
from xiaohao.records.findings import VIEWS as FINDING_VIEWS
from xiaohao.records.seeking import DUE, OPEN, QUIET
from xiaohao.web.api.shapes.common import Anything, Paged, Short
from xiaohao.web.desk.pages.words import REGISTERS
from xiaohao.web.desk.views.today import VIEWS

_States = Literal[("", "given", "carried_in", *(state.value for state in State if state.value))]  # type: ignore[valid-type]
_Turns = Literal[("", *(role.value for role in TaskRole))]  # type: ignore[valid-type]
_Quiet = Literal[("", *(str(days) for days in QUIET))]  # type: ignore[valid-type]
_DUE = "^(" + "|".join(("", *DUE, OPEN, r"\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}")) + ")$"
_WHEN = r"^(|\d{4}(-\d{2}(-\d{2})?)?)$"


class WorklistAsked(Paged):
    view: Literal[tuple(VIEWS)] = "mine"  # type: ignore[valid-type]
    q: Short = ""  # type: ignore[valid-type]
    list: Short = Field("", description="清单的代码")  # type: ignore[valid-type]


class TasksAsked(Paged):
    """The filters of the desk's list of tasks (records.seeking.Filters)."""

    q: Short = ""  # type: ignore[valid-type]
    state: _States = ""
    unit: Short = Field("", description="责任单位的编号")  # type: ignore[valid-type]
    below: Short = Field("", description="县或市的编号")  # type: ignore[valid-type]
    round: Short = Field("", description="督察的编号")  # type: ignore[valid-type]
    sort: Short = Field("", description="问题类别")  # type: ignore[valid-type]
    due: str = Field("", pattern=_DUE)
    turn: _Turns = ""
    quiet: _Quiet = ""
    stopped: Literal["", "1"] = ""


class Waiting(Schema):
    """What hangs on a task: findings unanswered and undecided, objections open, the journal entry of the last refusal if nothing was done since."""

    unanswered: int
    undecided: int
    objections: int
    refused_at: int | None


class TaskRow(Schema):
    """`version` goes back with an act that must not overwrite what nobody has seen."""

    no: str
    id: str
    version: int
    number: str
    title: str
    problem: str
    list: str
    list_code: str
    inspection: str
    inspection_id: str
    owner: str
    owner_id: str
    status: str
    due: str
    long_term: bool
    carried_in: bool
    waiting: Waiting


class TaskRows(Schema):
    items: list[TaskRow]
    after: str


class Case(Schema):
    """`dossier` is the case file in the format of docs/dossier.md, as its export holds it."""

    no: str
    version: int
    status: str
    dossier: Anything


class FindingsAsked(Paged):
    view: Literal[tuple(FINDING_VIEWS)] = "answer"  # type: ignore[valid-type]
    check: Short = ""  # type: ignore[valid-type]
    unit: Short = Field("", description="被问单位的编号")  # type: ignore[valid-type]


class FindingRow(Schema):
    id: str
    task: str
    check: str
    severity: str
    message: str
    raised_at: datetime
    asked: str
    answer_due: str
    answered_at: datetime | None
    decided_at: datetime | None
    standing: bool
    outcome: str


class Findings(Schema):
    items: list[FindingRow]
    after: str


class RegistersAsked(Paged):
    kind: Literal[("", *REGISTERS)] = ""  # type: ignore[valid-type]
    q: Short = ""  # type: ignore[valid-type]
    task: Short = ""  # type: ignore[valid-type]
    since: str = Field("", pattern=_WHEN)
    until: str = Field("", pattern=_WHEN)
    mine: bool = False


class RegisterRow(Schema):
    id: str
    task: str
    kind: str
    date: str
    hours: str
    title: str
    unit: str
    people: str
    document: str
    files: list[str]
    measures: list[str]
    recorded_at: datetime
    corrected: bool


class Registers(Schema):
    items: list[RegisterRow]
    after: str


class Asked(Schema):
    """One task of a call: `standing` answered, late, owing, overdue or moved_on."""

    no: str
    standing: str
    owed_by_you: bool


class Call(Schema):
    id: str
    kind: str
    title: str
    number: str
    issuer: str
    start: str
    end: str
    due: str
    tasks: list[Asked]


class Calls(Schema):
    items: list[Call]
    after: str
