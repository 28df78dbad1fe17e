"""The register room: kinds with their counts, rows in lines, the rhythms that were claimed beside the sessions that were held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.urls import reverse

from xiaohao.evidence.register_fields import KEPT_BY_HAND
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST, parse_when
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.outcomes.sessions import Sitting, read_schedule, sittings
from xiaohao.records.calendar import office_calendar
from xiaohao.records.models import Document, Person, Record
from xiaohao.records.registers import Filters, RegisterPage
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.schedule import schedule_words
from xiaohao.web.desk.pages.words import REGISTERS
from xiaohao.web.parts.link import Link

#: People named in a line; of more the number is told.
_MOST_PEOPLE = 4


@dataclass(frozen=True, slots=True)
class KindTab:
    """One kind of the room with its rows under the other filters."""

    kind: str
    words: Said
    href: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of a register in a table. `late` marks a row entered more than a month after the day it speaks of."""

    href: str
    kind: Said
    date: str
    hours: str
    title: str
    unit: str
    people: str
    paper: str
    files: int
    measures: int
    recorded: str
    corrected: bool
    late: bool


#: Days between what a row says and its entry that are shown in the list; a courtesy of ours, no check (DOC-LATE and BURST judge).
LATE_DAYS = 31


def tabs_of(counts: Mapping[str, int], filters: Filters, query: QueryDict) -> tuple[KindTab, ...]:
    """Every kind that has rows, those kept by hand first; all of them together before."""

    def address(kind: str) -> str:
        asked = query.copy()
        asked["kind"] = kind
        asked.pop("after", None)
        return f"?{asked.urlencode()}"

    kinds = [*KEPT_BY_HAND, *(kind for kind in REGISTERS if kind not in KEPT_BY_HAND)]
    shown = [KindTab("", say("全部"), address(""), sum(counts.values()), not filters.kind)]
    shown += [
        KindTab(k, REGISTERS[k], address(k), counts.get(k, 0), k == filters.kind) for k in kinds if counts.get(k) or k == filters.kind
    ]
    return tuple(shown)


def kind_links(case: Case, current: str) -> tuple[Link, ...]:
    """Every kind of row that may be entered by hand, as a way to its form."""
    page = reverse("desk_register", args=[case.no])
    return tuple(Link(REGISTERS[kind], "" if kind == current else f"{page}?type={kind}") for kind in KEPT_BY_HAND)


def lines_of(page: RegisterPage) -> tuple[RowLine, ...]:
    """The rows of a page in three queries, however many they are."""
    rows = [row for row, _no in page.rows]
    people = _names(one for row in rows for one in row.more.get("people", ()))
    papers = {p.pk: p for p in Document.objects.filter(pk__in=[row.more["document"] for row in rows if row.more.get("document")])}
    return tuple(_line(row, no, people, papers) for row, no in page.rows)


def _names(ids: Iterable[str]) -> dict[str, str]:
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def _line(row: Record, no: str, people: Mapping[str, str], papers: Mapping[str, Document]) -> RowLine:
    named = [people.get(one, one) for one in row.more.get("people", ())]
    paper = papers.get(row.more.get("document", ""))
    start, end = row.more.get("start") or "", row.more.get("end") or ""
    recorded = row.recorded_at.astimezone(CST)
    said = parse_when(row.date)
    more = say("等 {count} 人", count=len(named)) if len(named) > _MOST_PEOPLE else ""
    return RowLine(
        href=reverse("desk_record", args=[no, row.pk]),
        kind=REGISTERS[row.type],
        date=row.date or start[:10],
        hours=f"{start[11:16]}–{end[11:16]}" if "T" in start and "T" in end else start[11:16],
        title=row.more.get("title") or (row.more.get("text") or "")[:40],
        unit=row.org.name if row.org else "",
        people="、".join(named[:_MOST_PEOPLE]) + str(more),
        paper=f"{paper.number or ''}《{paper.title}》" if paper else "",
        files=len(row.more.get("files", ())),
        measures=len(row.more.get("measures", ())),
        recorded=f"{recorded:%Y-%m-%d %H:%M}",
        corrected=bool(row.replaces),
        late=bool(said) and (recorded.date() - said.last).days > LATE_DAYS,
    )


# Rhythms ------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RhythmLine:
    """One claimed rhythm of a unit beside its sessions. `missed` are the periods that lack one; None where a year is not announced."""

    unit: str
    kind: Said
    words: Said | str
    first: date
    expected: int
    held: int
    extra: int
    missed: tuple[Sitting, ...] | None
    href: str
    unknown_year: int | None = None


def rhythms_of(rows: Iterable[Record], at: datetime) -> tuple[RhythmLine, ...]:
    """The rhythms that rows name (Record.schedule), each from its first session to today; the calendar's days off ask for none."""
    groups: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for row in rows:
        if row.more.get("schedule"):
            groups[(row.org_id or "", row.type, row.more["schedule"])].append(row)
    found = [_rhythm(kind, text, held, at) for (_org, kind, text), held in groups.items()]
    return tuple(sorted((line for line in found if line), key=lambda line: (line.unit, str(line.kind), str(line.words))))


def _rhythm(kind: str, text: str, rows: list[Record], at: datetime) -> RhythmLine | None:
    rhythm = read_schedule(text)
    days = sorted({when.first for row in rows if (when := parse_when(row.date)) and when.is_a_day})
    if rhythm is None or not days:
        return None
    today = at.astimezone(CST).date()
    unit = rows[0].org.name if rows[0].org else ""
    href = f"{reverse('desk_registers')}?kind={kind}&q={unit}"
    try:
        periods = sittings(rhythm, days, days[0], today, office_calendar())
    except CalendarUnknown as unknown:
        return RhythmLine(unit, REGISTERS[kind], schedule_words(text), days[0], 0, len(days), 0, None, href, unknown.year)
    kept = sum(min(one.expected, len(one.held)) for one in periods)
    missed = tuple(one for one in periods if one.missed)
    expected = sum(one.expected for one in periods)
    return RhythmLine(unit, REGISTERS[kind], schedule_words(text), days[0], expected, kept, len(days) - kept, missed, href)
