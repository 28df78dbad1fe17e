"""A screening as a clerk reads it in a terminal: the window with its days, every lead with the sentence it is about, what it rests on and what
would settle it, the measures, the claims that wait for a register, and what could not be checked.

Every state is a glyph and a word; colour only repeats them (UX.md, lesson 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xiaohao.cli.columns import cut, width, wrapped
from xiaohao.cli.terminal.leads import leads, severity_word
from xiaohao.cli.terminal.measures import measures
from xiaohao.cli.terminal.open_ends import claims, defects, skipped_checks
from xiaohao.cli.terminal.page import WIDEST, Page, cut_long, source_text
from xiaohao.dossier import Dossier
from xiaohao.dossier.bundle import Problem
from xiaohao.kernel.said import say
from xiaohao.publicity.window import DayUnit, WindowCount, days_words
from xiaohao.screening.run import Screening

__all__ = ["WIDEST", "Page", "render", "severity_word"]


def render(
    page: Page,
    name: str,
    dossier: Dossier,
    screening: Screening,
    problems: Sequence[Problem] = (),
    reading: Mapping[str, Any] | None = None,
) -> Iterator[str]:
    """The lines of one input's page."""
    yield from _header(page, name, dossier, reading)
    yield from _windows(page, screening)
    yield from leads(page, dossier, screening.findings)
    yield from measures(page, dossier, screening.coverage)
    if reading is not None:
        yield from claims(page, source_text(dossier), reading)
    yield from skipped_checks(page, screening)
    yield from defects(page, problems)
    yield ""
    yield from (page.quiet(line) for line in wrapped(say("以上是疑点，不是结论；没有疑点也不等于没有问题。"), page.columns))


# Who and what -------------------------------------------------------------------------------------------------------------------


def _header(page: Page, name: str, dossier: Dossier, reading: Mapping[str, Any] | None) -> Iterator[str]:
    fields = reading["fields"] if reading else {}
    title = fields.get("title") or dossier.title or (_name_of_text(fields.get("issuer"), dossier) if reading else "") or name
    yield from (page.strong(line) for line in wrapped(title, page.columns))
    yield page.quiet("─" * (page.columns // width("─")))
    for label, text in _facts(name, dossier, fields if reading else None):
        yield from page.labelled(label, text, indent=0)


def _name_of_text(issuer: str | None, dossier: Dossier) -> str:
    """A name for a text without a title: who and which task, else its first line."""
    number = dossier.tasks[0].number if dossier.tasks else ""
    task = say("整改任务第 {number} 项", number=number) if number not in ("", "-") else ""
    first = next((line.strip() for line in source_text(dossier).splitlines() if line.strip()), "")
    return "  ".join(filter(None, (issuer, task))) if task else issuer or cut(first, WIDEST - 20)


def _facts(name: str, dossier: Dossier, fields: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    yield say("来源"), name
    if fields is None:
        yield say("任务"), say("{count} 项", count=len(dossier.tasks)) if len(dossier.tasks) != 1 else _task_line(dossier)
        return
    rows = (
        (say("发布"), fields.get("issuer"), fields.get("issue_date")),
        (say("任务"), say("第 {number} 项", number=fields["task_no"]) if fields.get("task_no") else None, fields.get("problem")),
        (say("责任"), "、".join(fields.get("responsible_units") or ()), None),
        (say("受理"), fields.get("accepting_dept"), "  ".join(filter(None, (fields.get("contact_phone"), fields.get("contact_address"))))),
    )
    for label, *parts in rows:
        said = "  ".join(part for part in parts if part)
        if said:
            yield label, cut_long(said)


def _task_line(dossier: Dossier) -> str:
    task = dossier.tasks[0]
    return say(
        "第 {number} 项  {title}  责任单位 {owner}",
        number=task.number,
        title=task.title or task.problem,
        owner=dossier.org_name(task.owner),
    )


# The window ---------------------------------------------------------------------------------------------------------------------


def _windows(page: Page, screening: Screening) -> Iterator[str]:
    for count in screening.notices.values():
        yield from page.labelled(say("公示"), _window_words(page, count), indent=0)


def _window_words(page: Page, count: WindowCount) -> str:
    span = say("{start} 至 {end}", start=count.start, end=count.end)
    stated = say("，写明 {days}", days=days_words(count.stated, count.unit)) if count.stated else say("，未写明天数")
    required = say("，规则要求 {days}", days=days_words(count.required, count.unit)) if count.required else ""
    if count.workdays is None:
        return span + stated + required + say("；该年放假安排待公布，未计算工作日")
    held = count.workdays if count.unit is DayUnit.WORKDAY else count.calendar_days
    counted = say("；按日历 {days}（共 {calendar} 天）", days=days_words(held, count.unit), calendar=count.calendar_days)
    verdict = {True: say("，够"), False: say("，不够"), None: ""}[count.enough]
    return span + stated + required + counted + verdict
