"""会签 as people read it: each document with the units that have signed, returned, or are waited for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from xiaohao.dossier import Dossier
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.countersigning import ACCEPT, APPLY, PAPER, PLAN, Line, Sheet, is_awaited, required, sheet_of, sheets_of
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.words import person_and_unit

#: What is signed, by stage.
DOCUMENTS: dict[str, Said] = {PLAN: say("整改方案"), APPLY: say("验收申请"), ACCEPT: say("验收意见"), PAPER: say("其他文件")}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit: its state (a name of parts.state), who signed as what and when, the opinion, and the scan of what was signed on paper."""

    unit: str
    state: str
    who: str
    day: str
    opinion: str
    on_paper: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One document with its units. `href` is the sheet ("" where the rulebook asks for signatures and nothing was sent round yet); `note` says
    what stands against going on, "" where nothing does; `over` that the step is done."""

    title: str
    stage: str
    href: str
    due: str
    late: bool
    in_order: bool
    lines: tuple[UnitLine, ...]
    note: Said | str
    over: bool


def panels_of(case: Case) -> tuple[Panel, ...]:
    """Every document of the present rounds that is or has to be countersigned, in the order of the procedure."""
    dossier, today = case.dossier, case.at.astimezone(CST).date().isoformat()
    shown = [panel_of(dossier, sheet, today, over=not is_awaited(dossier, sheet, case.rules)) for sheet in sheets_of(dossier)]
    for stage, author in ((PLAN, _plan_author(dossier)), (APPLY, dossier.task.owner), (ACCEPT, dossier.task.acceptor)):
        units = required(dossier, stage, case.rules, author) if sheet_of(dossier, stage) is None else ()
        if units and author:
            lines = tuple(unit_line(dossier, Line(unit, None), later=False) for unit in units)
            shown.append(Panel(str(DOCUMENTS[stage]), stage, "", "", False, False, lines, say("还没有送会签"), over=False))
    return tuple(shown)


def panels_for(case: Case, stage: str) -> tuple[Panel, ...]:
    return tuple(panel for panel in panels_of(case) if panel.stage == stage)


def panel_of(dossier: Dossier, sheet: Sheet, today: str, *, over: bool) -> Panel:
    turn = sheet.turn
    lines = tuple(unit_line(dossier, line, later=line.answer is None and line.unit not in turn) for line in sheet.lines)
    return Panel(
        title=sheet.record.title or "",
        stage=sheet.record.stage or "",
        href=reverse("desk_countersign", args=[sheet.record.id]),
        due=sheet.due,
        late=not over and bool(sheet.waiting) and sheet.due < today,
        in_order=bool(sheet.record.in_order),
        lines=lines,
        note=_note(sheet) if not over else "",
        over=over,
    )


def unit_line(dossier: Dossier, line: Line, *, later: bool) -> UnitLine:
    answer = line.answer
    if answer is None:
        return UnitLine(dossier.org_name(line.unit), "not_yet" if later else "to_sign", "", "", "", "")
    person = dossier.person_name(answer.people[0]) if answer.people else ""
    return UnitLine(
        unit=dossier.org_name(line.unit),
        state="signed" if line.signed else "declined",
        who=f"{person}（{answer.post}）" if answer.post else person,
        day=answer.date or "",
        opinion=answer.text or "",
        on_paper=person_and_unit(dossier, answer.recorded_by) if answer.on_paper else "",
    )


def _note(sheet: Sheet) -> Said | str:
    if sheet.returned:
        return say("有单位不同意，改好以后重新送会签")
    if sheet.whole:
        return say("已会签齐")
    return say("还差 {count} 家", count=len(sheet.waiting))


def _plan_author(dossier: Dossier) -> str | None:
    plan = dossier.plan_in_force(dossier.task.id)
    return plan.author if plan else None


def unit_names(dossier: Dossier, units: Iterable[str]) -> str:
    return "、".join(dossier.org_name(unit) for unit in units)
