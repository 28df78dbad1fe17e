"""P2: the notice, the page by which anybody can judge one closing and object in time; and the same as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from xiaohao.acts.clock import now
from xiaohao.acts.printing import notice_url, printed_notice
from xiaohao.dossier.calendar import calendar_of
from xiaohao.kernel.when import CST, When
from xiaohao.kernel.workdays import WorkCalendar
from xiaohao.publicity.notice_content import Notice
from xiaohao.publicity.objections import clock_of, overdue_words
from xiaohao.publicity.window import Window
from xiaohao.records import queries
from xiaohao.records.models import Objection, Record
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.web.parts.clock import WindowClock, window_clock
from xiaohao.web.parts.journal import ProofBadge
from xiaohao.web.parts.photos import PhotoPair
from xiaohao.web.portal.effect import Effect, effects_of
from xiaohao.web.portal.log import public_log
from xiaohao.web.portal.photos import pairs_of
from xiaohao.web.portal.published import published


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """One objection as the public sees it: its ordinal, when it came, how it stands, the published answer, or by when it is due and by how
    much that is past."""

    number: int
    received: datetime
    state: str
    said: str
    answer: str
    answer_by: date | None
    overdue: str = ""


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Everything on P2. `state` is a key of LOOKS; `withdrawn` the record that took the notice back; `newer` the address of a later notice."""

    no: str
    address: str
    public_address: str
    notice: Notice
    state: str
    is_open: bool
    clock: WindowClock | None
    effects: tuple[Effect, ...]
    pairs: tuple[PhotoPair, ...]
    objections: tuple[ObjectionLine, ...]
    proof: ProofBadge | None
    same: bool | None
    digest: str
    withdrawn: Record | None
    newer: str
    task_status: str
    long_term: bool

    @property
    def suspends(self) -> bool:
        """Whether an objection now holds the closing."""
        return any(line.state in ("received", "admitted") for line in self.objections)


def notice(request: HttpRequest, no: str) -> HttpResponse:
    """The page."""
    page = notice_page(notice_record(no), now())
    return render(request, "portal/notice.html", {"it": page})


def notice_file(request: HttpRequest, no: str) -> HttpResponse:
    """The PDF as the worker printed it, with the checkpoint under which the notice stands in the log."""
    try:
        content = printed_notice(notice_record(no))
    except OSError as lost:  # missing, or ContentDamaged: the page says so, paper would not
        raise Http404 from lost
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{no}.pdf"'})


def notice_record(no: str) -> Record:
    """Raises Http404 for a number that no notice has."""
    record = queries.notice_by_number(no)
    if record is None:
        raise Http404
    return record


def notice_page(record: Record, at: datetime) -> NoticePage:
    """The values of the page for the notice of that record."""
    found = published(record, at)
    today, window = at.astimezone(CST).date(), found.notice.window
    withdrawn = queries.withdrawal_of(record)
    answer_within = rulebook_of(found.task).objection.answer_within
    calendar = calendar_of(found.dossier)
    came = queries.objections_on(record)
    lines = tuple(
        _objection_line(number, row, _answer_by(row, calendar, answer_within), today, calendar) for number, row in enumerate(came, start=1)
    )
    no = queries.number_of(record.pk)
    later = next((row for row in queries.notices_of(found.task) if row.recorded_at > record.recorded_at), None)
    day = found.record.recorded_at.astimezone(CST).date()
    return NoticePage(
        no=no,
        address=found.task.address,
        public_address=notice_url(record),
        notice=found.notice,
        state=_state(window, today, withdrawn, lines),
        is_open=bool(window and not window.is_over(today)) and withdrawn is None,
        clock=window_clock(window, today, calendar) if window and withdrawn is None else None,
        effects=effects_of(found.dossier, When(day, day)),
        pairs=pairs_of(found.dossier),
        objections=lines,
        proof=public_log().badge(found.entry),
        same=found.same,
        digest=found.digest,
        withdrawn=withdrawn,
        newer=queries.number_of(later.pk) if later else "",
        task_status=found.task.status,
        long_term=found.task.kind == "long_term",
    )


def objection_state(row: Objection) -> str:
    """How an objection stands, as a key of LOOKS."""
    if row.withdrawn_at:
        return "withdrawn"
    if row.answered_at:
        return "upheld" if row.upheld else "not_upheld"
    if row.admissible is False:
        return "inadmissible"
    return "admitted" if row.admissible else "received"


def _answer_by(row: Objection, calendar: WorkCalendar, within: int) -> date | None:
    since = row.recheck_asked_at or row.received_at
    return clock_of(since.astimezone(CST).date(), calendar, answer_workdays=within).answer_by


def _objection_line(number: int, row: Objection, answer_by: date | None, today: date, calendar: WorkCalendar) -> ObjectionLine:
    state = objection_state(row)
    said = row.answer if row.answered_at else row.admission_reason if state == "inadmissible" else ""
    due = answer_by if state in ("received", "admitted") else None
    overdue = overdue_words(due, today, calendar) if due and today > due else ""
    return ObjectionLine(number, row.received_at, state, row.public_text, said, due, overdue)


def _state(window: Window | None, today: date, withdrawn: Record | None, lines: tuple[ObjectionLine, ...]) -> str:
    if withdrawn:
        return "withdrawn"
    if window and today < window.start:
        return "window_coming"
    if any(line.state in ("received", "admitted") for line in lines):
        return "suspended"
    return "window_ended" if window and window.is_over(today) else "published"
