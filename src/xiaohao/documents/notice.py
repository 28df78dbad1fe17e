"""Reading a notice: text in; fields, claims and a partial case file out, each with its place in the text. What the text does not say stays empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from xiaohao.documents.bodies import bodies_in_list
from xiaohao.documents.contacts import Found, address_of, desk_of, phone_of
from xiaohao.documents.draft import Draft, draft_dossier
from xiaohao.documents.fields import Fields, ReadItem, Span
from xiaohao.documents.identity import inspection_of, kind_of_text, level_word, problem_told, several_tasks, task_number_of, title_of
from xiaohao.documents.items import Item
from xiaohao.documents.labels import Part
from xiaohao.documents.page import Page, read_page
from xiaohao.documents.parties import GENERIC
from xiaohao.documents.promises import Promises, promises_of
from xiaohao.documents.sections import Section, sections_of
from xiaohao.documents.signature import Signature, is_a_body, issuer_in_title, signature_of, without_signature
from xiaohao.documents.window import Window, read_window
from xiaohao.dossier.dossier import Dossier
from xiaohao.evidence.claims import Claim, claims_between
from xiaohao.evidence.dates import dates
from xiaohao.evidence.quantities import Amount, amounts


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one text: `source` names it, `kind` says what kind of text it is, `dossier` is the partial case file the checks run on."""

    source: str
    kind: str
    text: str
    fields: Fields
    claims: tuple[Claim, ...]
    dossier: Dossier


def read_notice(text: str, source: str, *, at: str) -> Reading:
    """Read `text` (as documents.text gives it); `at` is the instant, with offset, that the case file is dated with. Any text is read, none is refused."""
    page = read_page(text)
    title = title_of(page.lines)
    signature = _signature(page, title)
    page = replace(page, lines=without_signature(page.lines, signature))
    sections = sections_of(page, title[2] if title else 0)
    promises = promises_of(sections, page.folded.text)
    fields, window = _fields(page, sections, promises, title, signature)
    claims = _claims(page, sections, promises)
    kind = kind_of_text(fields.title or "", page.folded.text)
    done_on = _done_on(sections, page.folded.text)
    dossier = draft_dossier(Draft(page, sections, promises, fields, window, done_on), at=at)
    return Reading(source, kind, text, fields, claims, dossier)


def _fields(
    page: Page, sections: Sequence[Section], promises: Promises, title: Found | None, signature: Signature
) -> tuple[Fields, Window]:
    text = page.folded.text
    spans: dict[str, Span] = {}

    def keep(name: str, found: Found | None) -> str | None:
        if found is None:
            return None
        spans[name] = page.folded.span(found[1], found[2])
        return found[0]

    issued = signature.issued
    issue_date = keep("issue_date", (issued.iso or "", issued.start, issued.end) if issued and issued.iso else _published(page))
    issuer = keep("issuer", (signature.issuer, *signature.issuer_at) if signature.issuer and signature.issuer_at else None)
    window = read_window(text, _window_stretches(sections, page), _year(issue_date, page))
    if window.from_today and issued and issued.first == issued.last:
        window = replace(window, start=issued.first)
    inspection = inspection_of(_telling_stretches(sections, title), text)
    units, lead = _units(page, sections, spans)
    deadline, deadline_text = _deadline(page, sections, spans)
    phone = phone_of(sections, text)
    desk = desk_of(sections, text)
    if desk and not desk[0]:
        desk = (issuer, desk[1], desk[2]) if issuer else None
    return Fields(
        title=keep("title", title),
        issuer=issuer,
        level=level_word(issuer, inspection[0] if inspection else None, text),
        inspection=keep("inspection", inspection),
        task_no=keep("task_no", task_number_of(sections, _telling_stretches(sections, title), text)),
        problem=_problem(page, sections, spans),
        responsible_units=units,
        lead_unit=lead,
        deadline=deadline,
        deadline_text=deadline_text,
        goals=tuple(_item(page, item) for item in promises.goals),
        measures=tuple(_item(page, item) for item in promises.measures),
        completion_items=tuple(_item(page, item) for item in promises.done),
        quantities=_quantities(page, sections),
        publicity_start=keep("publicity_start", _iso(window.start, window.span)),
        publicity_end=keep("publicity_end", _iso(window.end, window.span)),
        publicity_days_claimed=window.days,
        working_days=window.working,
        contact_phone=keep("contact_phone", (phone.number, phone.start, phone.end) if phone else None),
        contact_address=keep("contact_address", address_of(sections, text)),
        accepting_dept=keep("accepting_dept", desk),
        issue_date=issue_date,
        spans=_with_days(spans, window, page),
    ), window  # fmt: skip


def _item(page: Page, item: Item) -> ReadItem:
    start, end = page.folded.span(item.start, item.end)
    return ReadItem(item.no, page.cut(item.start, item.end), start, end)


def _iso(day: date | None, span: tuple[int, int] | None) -> Found | None:
    return (day.isoformat(), *span) if day and span else None


def _with_days(spans: dict[str, Span], window: Window, page: Page) -> dict[str, Span]:
    if window.days_span:
        spans["publicity_days_claimed"] = spans["working_days"] = page.folded.span(*window.days_span)
    return spans


# Who and when ---------------------------------------------------------------------------------------------------------------


def _signature(page: Page, title: Found | None) -> Signature:
    """The signature; an issuer it lacks comes from the title, then from what the site says."""
    signed = signature_of(page)
    if signed.issuer:
        return signed
    if title and (name := issuer_in_title(title[0])):
        return Signature(name, (title[1], title[1] + len(name)), signed.issued)
    if page.origin and page.origin_at and is_a_body(page.origin):
        return Signature(page.origin, page.origin_at, signed.issued)
    return signed


def _published(page: Page) -> Found | None:
    return (page.published.isoformat(), *page.published_at) if page.published and page.published_at else None


def _year(issue_date: str | None, page: Page) -> int | None:
    return int(issue_date[:4]) if issue_date else page.published.year if page.published else None


def _units(page: Page, sections: Sequence[Section], spans: dict[str, Span]) -> tuple[tuple[str, ...], str | None]:
    """The responsible units, and the one that leads: named as such, or the only one."""
    named: list[str] = []
    lead: str | None = None
    for section in sections:
        if section.part not in {Part.UNITS, Part.LEAD, Part.HELPERS} or section.empty:
            continue
        words = section.lines[0].text if len(section.lines) == 1 else "、".join(line.text for line in section.lines)
        bodies = bodies_in_list(_one_sentence(words))
        spans.setdefault("responsible_units", page.folded.span(section.start, section.end))
        named += [body for body in bodies if body not in named]
        if lead is None and bodies and (leader := _leader(section, words, bodies)):
            lead = leader
            spans["lead_unit"] = page.folded.span(section.start, section.end)
    if lead is None and len(named) == 1 and not GENERIC.search(named[0]):
        lead = named[0]
        spans["lead_unit"] = spans["responsible_units"]
    return tuple(named), lead


def _one_sentence(words: str) -> str:
    return re.split(r"。|(?:责任人|联系人|联系电话)[：:]", words)[0]


def _leader(section: Section, words: str, bodies: Sequence[str]) -> str | None:
    if section.part is Part.LEAD:
        return bodies[0]
    before = re.match(r"(?P<names>[^，；。]{2,40}?)(?:（(?:牵头|主责)[^（）]*）|牵头)", words)
    return bodies_in_list(before["names"])[-1] if before else None


# The task -------------------------------------------------------------------------------------------------------------------


def _problem(page: Page, sections: Sequence[Section], spans: dict[str, Span]) -> str | None:
    """The problem in the notice's words; of several parts about it the longest."""
    parts = [section for section in sections if section.part is Part.PROBLEM and not section.empty]
    parts = [section for section in parts if section.end - section.start >= 4] or parts
    if not parts:
        found = problem_told(sections, page.folded.text)
        spans |= {"problem": page.folded.span(*found)} if found else {}
        return page.cut(*found) if found else None
    if several_tasks(sections):
        return None  # one of them would stand beside the number, the units and the measures of another
    section = max(parts, key=lambda part: part.end - part.start)
    spans["problem"] = page.folded.span(section.start, section.end)
    return page.cut(section.start, section.end)


_WITH_DEADLINE = re.compile(r"时限|期限")
_PERIODIC = re.compile(r"每[年月季周]")


def _deadline(page: Page, sections: Sequence[Section], spans: dict[str, Span]) -> tuple[str | None, str | None]:
    """The last day of the latest date that the deadline names, and its words; 长期坚持 alone has words and no date."""
    text = page.folded.text
    for section in sections:
        if section.empty or not (section.part is Part.DEADLINE or (section.part is Part.GOALS and _WITH_DEADLINE.search(section.heading))):
            continue
        line = section.lines[0]
        words = (line.text if section.part is Part.DEADLINE else line.text.partition("，")[0]).strip("。；，： ")
        spans["deadline_text"] = page.folded.span(line.start, line.start + len(words))
        found = [] if _PERIODIC.search(words) else list(dates(words))
        if found:
            spans["deadline"] = spans["deadline_text"]
        return (max(each.last for each in found).isoformat() if found else None), page.cut(line.start, line.start + len(words))
    long_term = re.compile(r"长期坚持").search(text, 0, sections[0].end if sections else 0)
    if long_term:
        spans["deadline_text"] = page.folded.span(*long_term.span())
        return None, "长期坚持"
    return None, None


def _done_on(sections: Sequence[Section], text: str) -> str | None:
    for section in sections:
        if section.part is Part.DONE_ON and (found := next(dates(text, section.start, section.end), None)):
            return found.iso or found.last.isoformat()
    return None


# Quantities and claims ------------------------------------------------------------------------------------------------------

_COUNTED = frozenset(
    {
        Part.PROBLEM,
        Part.GOALS,
        Part.MEASURES,
        Part.GOALS_AND_MEASURES,
        Part.MEASURES_AND_DONE,
        Part.DONE,
        Part.ACCEPTANCE,
        Part.FOUND,
        Part.TRUTH,
    }
)
_REPORTING = frozenset({Part.MEASURES, Part.GOALS_AND_MEASURES, Part.MEASURES_AND_DONE, Part.DONE})


def _structured(sections: Sequence[Section]) -> bool:
    return sum(section.part in _COUNTED and not section.empty for section in sections) >= 2


def _quantities(page: Page, sections: Sequence[Section]) -> tuple[Amount, ...]:
    """The quantities of the parts that speak of the matter. Title and opening words only repeat them; a text without parts is read whole."""
    structured = _structured(sections) and any(section.part in _REPORTING for section in sections)
    wanted = _COUNTED if structured else _COUNTED | {Part.OTHER}
    found: list[Amount] = []
    for section in sections:
        if section.part in wanted or (structured and section.part is Part.OTHER and section.heading):
            found += [amount for line in section.lines for amount, _, _ in amounts(page.folded, line.start, line.end, page.source)]
    if structured and not any(section.part is Part.PROBLEM for section in sections) and (told := problem_told(sections, page.folded.text)):
        found = [amount for amount, _, _ in amounts(page.folded, *told, page.source)] + found  # the problem stands in the opening words
    return tuple(found)


def _claims(page: Page, sections: Sequence[Section], promises: Promises) -> tuple[Claim, ...]:
    """The claims of what was done; of a text without such a part, all claims."""
    reported = [section for section in sections if section.part in {Part.DONE, Part.ACCEPTANCE, Part.FOUND} and not section.empty]
    stretches = [(line.start, line.end) for section in reported for line in section.lines]
    stretches += [(item.start, item.end) for item in promises.done if not any(start <= item.start < end for start, end in stretches)]
    if not stretches and not _structured(sections):
        stretches = [(line.start, line.end) for section in sections if section.part is Part.OTHER for line in section.lines]
    return tuple(claim for start, end in sorted(stretches) for claim in claims_between(page.source, page.folded, start, end))


# Stretches to look in -------------------------------------------------------------------------------------------------------


def _telling_stretches(sections: Sequence[Section], title: Found | None) -> list[tuple[int, int]]:
    """Where a notice says which task it is about: title, opening words, the heading and text of the problem, source of the task."""
    stretches = [(title[1], title[2])] if title else []
    stretches += [(section.heading_start, section.end) for section in sections if section.part in {Part.INSPECTION, Part.NUMBER}]
    stretches += [(section.start, section.end) for section in sections[:1] if not section.heading]
    stretches += [(section.heading_start, section.end) for section in sections if section.part is Part.PROBLEM]
    return stretches


def _window_stretches(sections: Sequence[Section], page: Page) -> list[tuple[int, int]]:
    """Where the window may be told: under its label, in the closing words, then anywhere."""
    stretches = [(section.heading_start, section.end) for section in sections if section.part is Part.WINDOW]
    stretches += [(section.heading_start, section.end) for section in sections if section.part is Part.CLOSING]
    return [*stretches, (0, len(page.folded.text))]
