"""A draft beside the text it was read from: each stretch that gave a field is marked, and nothing that the text does not say is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from xiaohao.documents.fields import Fields
from xiaohao.documents.notice import Reading
from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org
from xiaohao.kernel.said import Said, say
from xiaohao.web.desk.forms.new_task import ROLES
from xiaohao.web.desk.forms.plan import goal_as_typed, measure_as_typed

#: Fields of a reading that are marked, with what they are called.
_NAMES: Mapping[str, Said] = MappingProxyType(
    {
        "title": say("标题"),
        "issuer": say("发布单位"),
        "inspection": say("督察"),
        "task_no": say("序号"),
        "problem": say("问题"),
        "responsible_units": say("责任单位"),
        "lead_unit": say("牵头单位"),
        "deadline": say("时限"),
        "deadline_text": say("时限"),
        "accepting_dept": say("受理单位"),
        "publicity_start": say("公示期"),
        "contact_phone": say("电话"),
        "contact_address": say("地址"),
    }
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source: plain, or `name` says which field it gave (`anchor` is its place on the page)."""

    text: str
    name: str = ""
    anchor: str = ""


#: Characters of a short name to begin with.
_SHORT = 30
_PAIRS = ("“”", "《》", "（）", "〔〕", "「」")


def pieces_of(text: str, marks: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """The text cut at the marks (start, end, field). Of two that overlap the one that begins first is shown."""
    pieces: list[Piece] = []
    at = 0
    for start, end, field in sorted(marks):
        if start < at or end <= start:
            continue
        pieces += [Piece(text[at:start]), Piece(text[start:end], _name(field), f"src-{field}")]
        at = end
    return tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text)


def _name(field: str) -> str:
    known = _NAMES.get(field)
    if known:
        return known
    kind, _, number = field.partition("-")
    return say("措施 {number}", number=number) if kind == "measure" else say("目标 {number}", number=number)


def marks_of(fields: Fields) -> list[tuple[int, int, str]]:
    """Where each field stands in the source."""
    marks = [(start, end, name) for name, (start, end) in fields.spans.items() if name in _NAMES]
    marks += [(item.start, item.end, f"measure-{number}") for number, item in enumerate(fields.measures, 1)]
    marks += [(item.start, item.end, f"goal-{number}") for number, item in enumerate(fields.goals, 1)]
    return marks


def task_as_typed(reading: Reading, orgs: Iterable[Org]) -> dict[str, Any]:
    """The reading as the initial values of the task's form. A unit is filled in only where its name or alias is on file."""
    fields, task = reading.fields, reading.dossier.task
    by_name = {name: org.id for org in orgs for name in (org.name, *org.aliases)}
    typed: dict[str, Any] = {
        "title": _short(fields.problem or fields.title or ""),
        "problem": fields.problem or "",
        "number": fields.task_no or "",
        "kind": task.kind,
        "nature": task.nature or "",
        "due": fields.deadline or "",
        "due_words": fields.deadline_text or "",
        "inspection_name": fields.inspection or "",
    }
    if fields.inspection:
        inspection = reading.dossier.inspections[0]
        typed |= {"inspection_level": inspection.level, "inspection_kind": inspection.kind}
    for name in ("owner", *(role.value for role in ROLES)):
        typed[name] = _on_file(reading.dossier, getattr(task, name), by_name)
    typed["co_owners"] = [found for unit in task.co_owners if (found := _on_file(reading.dossier, unit, by_name))]
    return typed


def unknown_units(reading: Reading, orgs: Iterable[Org]) -> tuple[str, ...]:
    """Units that the text names and nobody has on file: they are to be chosen by hand."""
    known = {name for org in orgs for name in (org.name, *org.aliases)}
    return tuple(org.name for org in reading.dossier.orgs if org.name not in known)


def plan_as_typed(reading: Reading, orgs: Iterable[Org]) -> dict[str, Any]:
    """Goals and measures of the reading as rows of the plan's form; a measure without an owner or date is the task's."""
    by_name = {name: org.id for org in orgs for name in (org.name, *org.aliases)}
    dossier, fields = reading.dossier, reading.fields
    owner = _on_file(dossier, dossier.task.owner, by_name)
    plans = dossier.plans[:1]
    goals = [goal_as_typed(goal) for plan in plans for goal in plan.goals]
    rows = [(measure, measure_as_typed(measure)) for plan in plans for measure in plan.measures]
    measures = [row | {"owner": _on_file(dossier, m.owner, by_name) or owner, "due": m.due or fields.deadline or ""} for m, row in rows]
    return {"goals": goals, "measures": measures}


def _on_file(dossier: Dossier, unit: str | None, by_name: Mapping[str, str]) -> str:
    org = dossier.find(Org, unit)
    return next((by_name[name] for name in ((org.name, *org.aliases) if org else ()) if name in by_name), "")


#: Who found it is no part of the name: 督察反馈指出：, 督察发现，.
_SAYS_WHO = re.compile(r"^[^，。；：、“”]{0,16}?(?:督察|巡查|检查|反馈|通报)[^，。；：、“”]{0,8}?(?:指出|发现|认为|提出|反映)[：:，,]\s*")


def _short(text: str) -> str:
    """A short name to begin with: the first clause, at most 30 characters, never cut inside a quotation or a title."""
    text = _SAYS_WHO.sub("", text)
    clause = next((text[:at] for at, mark in enumerate(text) if mark in "。，；" and _is_whole(text[:at])), text)
    return next((clause[:end] for end in range(min(len(clause), _SHORT), 0, -1) if _is_whole(clause[:end])), clause[:_SHORT])


def _is_whole(text: str) -> bool:
    return all(text.count(opens) == text.count(closes) for opens, closes in _PAIRS)
