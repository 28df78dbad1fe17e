"""会签: several units sign a document, side by side or one after another, before its step goes on.

The sheet 会签单 holds the text as it was sent round and the digest of what it was made of; a signature counts for a document of that digest and no
other, so a changed text has to be signed again, and one that is sent round once more unchanged has not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from xiaohao.dossier import Dossier
from xiaohao.dossier.codec import thing_to_json
from xiaohao.dossier.plan import Plan
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import Task
from xiaohao.kernel.roles import TaskRole
from xiaohao.procedure.hands import units_of
from xiaohao.procedure.rounds import Round, in_round
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.states import State, next_stage, state_of

#: Record.type of the sheet and of what a unit says on it.
SHEET, ANSWER = "countersign", "countersigned"
#: Record.stage of a sheet: the plan, the application, the acceptance opinion, any other paper (which no step waits for).
PLAN, APPLY, ACCEPT, PAPER = "plan", "apply", "accept", "paper"
STAGES = (PLAN, APPLY, ACCEPT, PAPER)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of a sheet with what it said of this text, None while it has not."""

    unit: str
    answer: Record | None

    @property
    def signed(self) -> bool:
        return self.answer is not None and bool(self.answer.passed)

    @property
    def returned(self) -> bool:
        return self.answer is not None and not self.answer.passed


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that counts: the last one sent round for its document, with a line for each unit in its order."""

    record: Record
    lines: tuple[Line, ...]

    @property
    def due(self) -> str:
        """The day by which the units sign, as it was asked (2026-03-10)."""
        return self.record.end or ""

    @property
    def whole(self) -> bool:
        return all(line.signed for line in self.lines)

    @property
    def returned(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.returned)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Units that have not signed; of a sheet that somebody returned, none: it is the sender's turn."""
        return () if self.returned else tuple(line.unit for line in self.lines if line.answer is None)

    @property
    def turn(self) -> tuple[str, ...]:
        """Units that may sign now."""
        return self.waiting[:1] if self.record.in_order else self.waiting


def sheets_of(dossier: Dossier) -> tuple[Sheet, ...]:
    """The sheets of the task's present rounds that count, oldest first."""
    newest: dict[tuple[str, str], Record] = {}
    for record in _in_rounds(dossier, SHEET):
        newest[_document(record)] = record
    return tuple(Sheet(record, _lines(dossier, record)) for record in newest.values())


def sheet_of(dossier: Dossier, stage: str) -> Sheet | None:
    """The sheet that counts for a document of the procedure."""
    return next((sheet for sheet in reversed(sheets_of(dossier)) if sheet.record.stage == stage), None)


def is_awaited(dossier: Dossier, sheet: Sheet, rules: Rulebook) -> bool:
    """Whether the step that the document is for is still ahead, so that signing means something."""
    state, stage = state_of(dossier.task), sheet.record.stage
    if stage == PLAN:
        plan = dossier.plan_in_force(dossier.task.id)
        return state is State.PLANNED and plan is not None and plan_digest(plan) == sheet.record.digest
    if stage == APPLY:
        return state is State.IN_PROGRESS
    return stage == PAPER or next_stage(state, rules.route) == "accept"


def required(dossier: Dossier, stage: str, rules: Rulebook, author: str | None) -> tuple[str, ...]:
    """Units that have to sign: those of the rulebook and those of the sheet, without the one whose document it is."""
    roles = getattr(rules.countersigning, stage, ())
    units = [unit for role in roles for unit in units_of(dossier.task, TaskRole(role), rules)]
    sheet = sheet_of(dossier, stage)
    units += sheet.record.units if sheet else ()
    return tuple(dict.fromkeys(unit for unit in units if unit != author))


def lines_for(dossier: Dossier, stage: str, units: Iterable[str], digest: str) -> tuple[Line, ...]:
    """What each unit last said of the document with that digest."""
    sheets = {record.id for record in _in_rounds(dossier, SHEET) if record.stage == stage and record.digest == digest}
    said = {record.org: record for record in _in_rounds(dossier, ANSWER) if record.of in sheets}
    return tuple(Line(unit, said.get(unit)) for unit in units)


def signed_before(dossier: Dossier, stage: str, digest: str) -> bool:
    """Whether somebody has signed another text of the same document in this round: those signatures do not count any more."""
    others = {record.id for record in _in_rounds(dossier, SHEET) if record.stage == stage and record.digest != digest}
    return any(record.of in others and record.passed for record in _in_rounds(dossier, ANSWER))


def cosigners(dossier: Dossier, stage: str, digest: str) -> tuple[str, ...]:
    """Units that signed the document with that digest, in the order in which they did, whatever came after."""
    sheets = {r.id for r in dossier.records_of(dossier.task.id, SHEET) if r.stage == stage and r.digest == digest}
    signed = [r.org for r in dossier.records_of(dossier.task.id, ANSWER) if r.of in sheets and r.passed and r.org]
    return tuple(dict.fromkeys(signed))


# What is signed ------------------------------------------------------------------------------------------------------------------


def plan_digest(plan: Plan) -> str:
    """Of everything that the plan says; when it was filed, approved and by what paper are not its text."""
    return _digest({name: part for name, part in thing_to_json(plan).items() if name not in ("recorded_at", "published_at", "consent")})


def application_digest(said: Statement, done_on: str | None) -> str:
    """Of the words, which measures they answer with which records, and the day of completion."""
    return _digest({"text": said.text, "spans": [thing_to_json(span) for span in said.spans], "done_on": done_on})


def acceptance_digest(opinion: Record) -> str:
    """Of what the group says; photographs and readings are added when it is submitted."""
    bare = replace(
        opinion, id="", recorded_at="", recorded_by=None, files=(), org=None, tasks=(), passed=None, results=(), seconds=None, unknown=()
    )
    return _digest(thing_to_json(bare))


def text_digest(text: str) -> str:
    """Of a paper of which nothing but its words is known."""
    return _digest({"text": text})


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


# Reading the file -----------------------------------------------------------------------------------------------------------------


def _in_rounds(dossier: Dossier, kind: str) -> tuple[Record, ...]:
    """Oldest first: of a plan those since it last went back, of everything else those since the work did."""
    plans = [record for record in in_round(dossier, kind, of=Round.PLAN) if record.stage == PLAN]
    rest = [record for record in in_round(dossier, kind) if record.stage != PLAN]
    return tuple(sorted((*plans, *rest), key=lambda record: (record.recorded_at, record.id)))


def _document(record: Record) -> tuple[str, str]:
    return (record.stage or "", (record.title or "") if record.stage == PAPER else "")


def _lines(dossier: Dossier, record: Record) -> tuple[Line, ...]:
    if record.stage != PAPER:
        return lines_for(dossier, record.stage or "", record.units, record.digest or "")
    said = {answer.org: answer for answer in _in_rounds(dossier, ANSWER) if answer.of == record.id}
    return tuple(Line(unit, said.get(unit)) for unit in record.units)


def of_one_document(dossier: Dossier, sheet: str) -> tuple[Record, ...]:
    """The sheets of the present round for the document of this one, itself among them."""
    rows = _in_rounds(dossier, SHEET)
    own = next((record for record in rows if record.id == sheet), None)
    return tuple(record for record in rows if own and _document(record) == _document(own))


def bare(task: Task, records: Iterable[Record], plans: Iterable[Plan]) -> Dossier:
    """As much of a file as sheets are read from."""
    return Dossier(id=task.id, kind="dossier", made_at="", tasks=(task,), records=tuple(records), plans=tuple(plans))
