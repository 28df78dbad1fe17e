"""The office's list of findings: what differs, in which case, at which stage, who answers by when, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from xiaohao.kernel.said import Said, in_a_row, said_from_json, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.rules import Rulebook
from xiaohao.records.findings import Fared
from xiaohao.records.models import Finding
from xiaohao.screening.catalogue import catalogue
from xiaohao.web.desk.pages.deadline import Deadline, deadline_on

_STAGES: dict[str, Said] = {
    "intake": say("立项"),
    "plan": say("方案"),
    "progress": say("整改"),
    "application": say("申请验收"),
    "acceptance": say("验收"),
    "review": say("审核"),
    "publicity": say("公示"),
    "after closure": say("销号后"),
    "any": say("各环节"),
}
_ENDED: dict[str, Said] = {"explained": say("采纳"), "upheld": say("属实须改"), "withdrawn": say("撤回")}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding. `age` is in days since it was raised, `due` None once it is answered; `outcome` says where it stands now. Only what is still `open`
    holds anything, so only that shows its severity."""

    row: Finding
    href: str
    message: Said | str
    check: str
    stage: Said | str
    age: int
    due: Deadline | None
    outcome: Said
    open: bool


def lines_of(rows: Iterable[Finding], at: datetime) -> tuple[FindingLine, ...]:
    today = at.astimezone(CST).date()
    return tuple(_line(row, today) for row in rows)


def _line(row: Finding, today: date) -> FindingLine:
    asks = row.standing and not row.answered_at and row.severity != "note"
    due = date.fromisoformat(row.answer_due) if row.answer_due else None
    return FindingLine(
        row=row,
        href=reverse("desk_task", args=[row.task.address]) + (f"#finding-{row.pk}" if row.standing else "#findings"),
        message=said_from_json(row.sentence) if row.sentence else row.message,
        check=catalogue()[row.check_id].title,
        stage=stage_words(row.check_id),
        age=(today - row.raised_at.astimezone(CST).date()).days,
        due=deadline_on(due, today) if asks else None,
        outcome=outcome_words(row),
        open=row.standing and not row.decided_at,
    )


def stage_words(check: str) -> Said | str:
    """方案、申请验收."""
    stages = (part.strip() for part in catalogue()[check].stage.split(","))
    return in_a_row(_STAGES[stage] for stage in stages)


def outcome_words(row: Finding) -> Said:
    if decision := row.more.get("decision"):
        return _ENDED[decision]
    if not row.standing:
        return say("已不再成立")
    if row.answered_at:
        return say("已答复，待判断")
    return say("供参考") if row.severity == "note" else say("待答复")


@dataclass(frozen=True, slots=True)
class FaredLine:
    """One check with its counts; `hint` says what they mean for its figures, "" while too few were decided to say anything."""

    fared: Fared
    title: str
    href: str
    hint: Said | str


#: Fewer decisions say nothing about a check.
FEWEST_DECIDED = 5


def fared_lines(all_of: Iterable[Fared]) -> tuple[FaredLine, ...]:
    """The checks with the most findings first."""
    ordered = sorted(all_of, key=lambda one: (-one.raised, one.check))
    return tuple(
        FaredLine(one, catalogue()[one.check].title, f"{reverse('desk_findings')}?view=all&check={one.check}", _hint(one))
        for one in ordered
    )


def _hint(one: Fared) -> Said | str:
    if one.decided < FEWEST_DECIDED:
        return say("判断过的不足 {fewest} 条，先不下结论", fewest=FEWEST_DECIDED)
    if one.withdrawn * 2 > one.decided:
        return say("多数撤回：依据的数值可能太严")
    return ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the rulebook that checks compare with: its name in the file, which checks read it, and its value ("" where the usual one holds)."""

    name: str
    checks: str
    value: str


#: Figure of `[screening]` → the checks that read it.
_READ_BY = {
    "document_delay_days": "DOC-LATE",
    "tolerance_length": "GEOM",
    "tolerance_balance": "BALANCE",
    "tolerance_source": "SOURCE-GAP",
    "petition_repeat_months": "REPEAT",
    "petition_near_m": "REPEAT",
}


def figures_of(rules: Rulebook) -> tuple[Figure, ...]:
    """What `[screening]` of the rulebook says."""
    found = ((name, getattr(rules.screening, name)) for name in _READ_BY)
    return tuple(Figure(name, catalogue()[_READ_BY[name]].title, "" if value is None else f"{value:g}") for name, value in found)
