"""公示差错: a notice contradicts itself or the register: task number, quoted problem, unit, dates, printed day count, phone.

Innocent explanations looked for first: Arabic and Chinese numerals, full- and half-width marks, a quotation shortened with ……, registered
short names. How long the period really is, is PUB-DAYS' business. Source: notices whose title and body name different tasks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.where import Where
from xiaohao.evidence.numerals import ordinal
from xiaohao.kernel.said import say
from xiaohao.publicity.window import Window
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.notice_text import NoticeText, Printed, parts_of, plain
from xiaohao.screening.windows import publicity_windows, statement_of
from xiaohao.screening.words import quoted

ID = "NOTICE-LINT"
STAGE = "publicity"
NEEDS = ("statements(kind=notice).text", "records(type=publicity)", "tasks", "orgs.name/aliases/phone")

BASIS = say("公示内容须前后一致，并与台账一致")

#: A problem without marks of quotation is the list's text when so much is the same, and word for word from here on; ours.
ALTERED, WORD_FOR_WORD, FEW_WORDS = 0.7, 0.85, 2
_FIGURE = re.compile(r"\d+(?:\.\d+)?")

_COLLECTIVE = re.compile(r"各级|^各|相关部门|有关部门|相关单位|有关单位")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """Findings on every notice of the task. A text has no register: there only the notice itself is held side by side."""
    notices = case.statements_of(case.task.id, "notice")
    if not notices:
        yield Skipped(ID, case.task.id, say("没有公示文本"))
    for notice in notices:
        text = NoticeText.of(notice.text)
        windows = [(record, window) for record, window in publicity_windows(case) if statement_of(case, record) == notice.id]
        yield from _numbers(case, notice, text)
        yield from _dates(case, notice, text, windows)
        if not case.is_text:
            yield from _problem(case, notice, text)
            yield from _unit(case, notice, text)
            yield from _period(case, notice, text, windows)
            yield from _phone(case, notice, text)


def _finding(
    case: Dossier, notice: Statement, printed: tuple[Printed, ...], message: str, figures: dict[str, object], *others: str
) -> Finding:
    where = (*(Where(notice.id, one.start, one.end) for one in printed), *(Where(other) for other in others))
    return Finding(ID, Severity.WARN, case.task.id, where or (Where(notice.id),), message, BASIS, figures)


def _numbers(case: Dossier, notice: Statement, text: NoticeText) -> Iterator[Finding]:
    """Title against body; where they agree, both against the list."""
    title, body = text.task_numbers()
    in_title, in_body = {one.value for one in title}, {one.value for one in body}
    if in_title and in_body and not in_title & in_body:
        message = say("公示标题为第{title}项，正文为第{body}项。请更正。", title=title[0].value, body=body[0].value)
        yield _finding(case, notice, (title[0], body[0]), message, {"title": title[0].value, "body": body[0].value})
        return
    registered = ordinal(str(case.task.number))
    if case.is_text or registered is None or not (title or body):
        return
    if registered not in in_title | in_body:
        first = (*title, *body)[0]
        message = say("公示写的是第{printed}项，清单上本任务是第{registered}项。请核对。", printed=first.value, registered=registered)
        yield _finding(case, notice, (first,), message, {"printed": first.value, "registered": registered}, case.task.id)


def _problem(case: Dossier, notice: Statement, text: NoticeText) -> Iterator[Finding]:
    """The quoted problem must be the list's, shortened or not; one printed without marks may be told in other words, but not altered."""
    for printed in (*text.problems(), *(one for one in text.labelled_problems() if _is_altered(one.value, case.task.problem))):
        registered, said = plain(case.task.problem), plain(printed.value)
        if said in registered or registered in said or _is_shortened(printed.value, registered):
            continue
        alike = SequenceMatcher(None, said, registered, autojunk=False).ratio()
        message = say(
            "公示引用的问题“{said}”与清单原文“{registered}”不一致。请按原文引用。",
            said=quoted(printed.value),
            registered=quoted(case.task.problem),
        )
        yield _finding(case, notice, (printed,), message, {"alike": round(alike, 2)}, case.task.id)
        return


def _is_altered(said: str, registered: str) -> bool:
    """Whether the words are the list's but for a few: another figure in them, or one or two words put in the place of others."""
    one, other = plain(said), plain(registered)
    if len(parts_of(said)) > 1:
        return False
    compared = SequenceMatcher(None, one, other, autojunk=False)
    if compared.ratio() < ALTERED:
        return False
    changed = [op for op in compared.get_opcodes() if op[0] == "replace"]
    figures = Counter(_FIGURE.findall(one)) - Counter(_FIGURE.findall(other))
    return bool(figures) or (0 < len(changed) <= FEW_WORDS and compared.ratio() >= WORD_FOR_WORD)


def _is_shortened(quotation: str, registered: str) -> bool:
    """Whether the quotation is the problem with stretches left out at its ellipses."""
    at = 0
    parts = parts_of(quotation)
    for part in parts:
        found = registered.find(plain(part), at)
        if found < 0:
            return False
        at = found + len(plain(part))
    return len(parts) > 1


def _unit(case: Dossier, notice: Statement, text: NoticeText) -> Iterator[Finding]:
    """At least one printed responsible unit must be the task's owner, a co-owner or its lead, by name or short name."""
    task = case.task
    own = [org for one in (task.owner, *task.co_owners, task.lead) if (org := case.find(Org, one))]
    names = [name for org in own for name in (org.name, *org.aliases)]
    joining = "".join(sign for sign in "和及与" if not any(sign in name for name in names))  # 海洋与渔业局 is one unit
    for printed in text.units():
        if not names or _COLLECTIVE.search(printed.value):
            continue
        said = [name for name in re.split(rf"[、，{joining}\s]+", printed.value) if len(name) > 1]
        if said and not any(_same_unit(one, name) for one in said for name in names):
            message = say("公示的责任单位“{said}”与台账“{registered}”不一致。请核对。", said=quoted(printed.value), registered=own[0].name)
            yield _finding(case, notice, (printed,), message, {"printed": printed.value, "registered": own[0].name}, task.id)
            return


def _same_unit(one: str, other: str) -> bool:
    return one == other or one.endswith(other) or other.endswith(one) or one in other


def _dates(case: Dossier, notice: Statement, text: NoticeText, windows: list[tuple[Record, Window]]) -> Iterator[Finding]:
    """The period must not end before it begins, nor begin before the notice was signed."""
    period = text.period()
    # what is printed comes first: a register that says otherwise is one finding of its own (_period)
    spans = [period[:2]] if period else [(window.start, window.end) for _, window in windows]
    printed = (period[3],) if period else ()
    for start, end in spans:
        if end < start:
            message = say("公示截止 {end} 早于开始 {start}。请更正日期。", end=end, start=start)
            yield _finding(case, notice, printed, message, {"start": start.isoformat(), "end": end.isoformat()})
            return
        signed = text.signed_on()
        if signed and signed[0] > start:
            message = say("公示落款 {signed} 晚于公示开始 {start}。请更正日期，或自落款之日起重新计算。", signed=signed[0], start=start)
            yield _finding(case, notice, (*printed, signed[1]), message, {"signed": signed[0].isoformat(), "start": start.isoformat()})
            return


def _period(case: Dossier, notice: Statement, text: NoticeText, windows: list[tuple[Record, Window]]) -> Iterator[Finding]:
    """The printed period and number of days must be the register's."""
    period = text.period()
    if period is None:
        return
    start, end, days, printed = period
    for record, window in windows:
        if (start, end) != (window.start, window.end):
            message = say(
                "公示写 {start} 至 {end}，登记为 {first} 至 {last}。请核对。", start=start, end=end, first=window.start, last=window.end
            )
            figures: dict[str, object] = {
                "printed": [start.isoformat(), end.isoformat()],
                "registered": [window.start.isoformat(), window.end.isoformat()],
            }
            yield _finding(case, notice, (printed,), message, figures, record.id)
        elif days and window.days and days != window.days:
            message = say("公示写 {printed} 天，登记为 {registered} 天。请核对。", printed=days, registered=window.days)
            yield _finding(case, notice, (printed,), message, {"printed": days, "registered": window.days}, record.id)


def _phone(case: Dossier, notice: Statement, text: NoticeText) -> Iterator[Finding]:
    """A printed phone must be one that is registered for the desk or the publisher, where one is registered for the desk at all."""
    task = case.task
    desk = case.find(Org, task.desk)
    if desk is None or not desk.phone:
        return
    known = {_digits(org.phone) for one in (task.desk, task.publisher, task.owner, task.lead) if (org := case.find(Org, one)) and org.phone}
    phones = text.phones()
    if phones and not any(one.value in known or any(number.endswith(one.value) for number in known) for one in phones):
        message = say(
            "公示电话 {printed} 与登记的“{desk}”电话 {registered} 不一致。请核对。",
            printed=phones[0].value,
            desk=desk.name,
            registered=desk.phone,
        )
        yield _finding(case, notice, phones[:1], message, {"printed": phones[0].value, "registered": _digits(desk.phone)}, desk.id)


def _digits(phone: str | None) -> str:
    return re.sub(r"\D", "", phone or "")
