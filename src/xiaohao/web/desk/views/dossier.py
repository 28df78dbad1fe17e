"""D2 任务: the whole case on one page, one register row, one file."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from xiaohao.acts.countersigning import may_send
from xiaohao.acts.shares import may_decompose
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.evidence.coverage import claiming_statement
from xiaohao.evidence.photo import BadPicture
from xiaohao.evidence.register_fields import KEPT_BY_HAND
from xiaohao.procedure.countersigning import STAGES
from xiaohao.procedure.guidance import may_guide
from xiaohao.procedure.questions import open_questions, questions_of
from xiaohao.records.content import ContentDamaged
from xiaohao.records.decoding import public_copy
from xiaohao.records.supervision import VISITORS, may_be_supervised, visits_of
from xiaohao.records.timeline import timeline_of
from xiaohao.records.to_dossier import content_store
from xiaohao.records.worklist import SIGNING, last_refusal, visible_to, waiting_on
from xiaohao.web.desk import drafts, reading
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.pages import dossier as pages
from xiaohao.web.desk.pages.causes import causes_of, unanswered
from xiaohao.web.desk.pages.claims import claims_of, count_words
from xiaohao.web.desk.pages.countersigning import DOCUMENTS, panels_of
from xiaohao.web.desk.pages.findings import broken_words, cards_of, comparing_words, skipped_on, skipped_words
from xiaohao.web.desk.pages.matrix import gaps_in, matrix_of
from xiaohao.web.desk.pages.record import record_page, recorder_unit, versions_page
from xiaohao.web.desk.pages.returned import LETTERS, letters_of
from xiaohao.web.desk.pages.site import KINDS as VISIT_KINDS
from xiaohao.web.desk.pages.site import visit_state
from xiaohao.web.desk.pages.stepper import steps_of
from xiaohao.web.desk.show import show
from xiaohao.web.desk.views.links import may_link, related_on
from xiaohao.web.desk.views.shares import shares_on
from xiaohao.web.parts.petitions import STATUS
from xiaohao.web.parts.shares import whole_of
from xiaohao.web.portal.log import public_log

#: Media that a browser shows without running anything; all else is downloaded.
_SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf"})


def task(request: HttpRequest, no: str) -> HttpResponse:
    """Everything about a task; its parts are anchors of one page."""
    case = opened(request, no)
    refusal, waiting, lines = last_refusal(case.task), waiting_on((case.task,))[case.task.pk], timeline_of(case.task)
    matrix = matrix_of(case)
    context = {
        "case": case,
        "state": _state(case, refusal is not None, bool(waiting.objections)),
        "steps": steps_of(case, lines, refusal, bool(waiting.objections)),
        "rail": pages.rail_of(case, refusal),
        "matrix": matrix,
        "causes": (causes := causes_of(case)),
        "uncaused": unanswered(causes),
        "shares": shares_on(case),
        "related": related_on(case),
        "may_link": may_link(case),
        "whole": (whole := whole_of(case.task)),
        "whole_open": whole is not None and visible_to(case.actor).filter(pk=whole.pk).exists(),
        "may_share": may_decompose(case.dossier, case.actor),
        "gaps": gaps_in(matrix),
        "goals": pages.goals_of(case),
        "cards": cards_of(case),
        "skipped": skipped_words(skipped_on(case)),
        "comparing": comparing_words(case.task),
        "broken": broken_words(case.task),
        "lines": pages.entry_lines(lines, public_log(), case.rules),
        "records": pages.record_lines(case),
        "petitions": [(row, STATUS.get(row.status, row.status)) for row in case.task.petitions.order_by("received", "pk")],
        "files": pages.file_lines(case),
        "visits": [(row, VISIT_KINDS[row.kind], visit_state(row)) for row in visits_of(case.actor, case.task)],
        "may_visit": may_be_supervised(case.actor).filter(pk=case.task.pk).exists() if case.actor.roles & VISITORS else False,
        "may_guide": may_guide(case.dossier, case.actor),
        "draft": drafts.kept(request, case.task, "apply"),
        "questions": questions_of(case.dossier),
        "open_questions": open_questions(case.dossier),
        "letters": letters_of(case),
        "panels": panels_of(case),
        "may_circulate": [(stage, DOCUMENTS[stage]) for stage in STAGES if may_send(case.dossier, case.actor, stage, case.rules)],
        **_statement(case),
    }
    return show(request, "task", context)


def _statement(case: Case) -> dict[str, object]:
    """The completion statement with its claims, () before there is one."""
    statement = claiming_statement(case.dossier, case.task.pk)
    if statement is None:
        return {"claims": (), "claims_words": "", "statement": None}
    may_edit = case.actor.org in (case.task.owner_id, *case.dossier.task.co_owners)
    claims = claims_of(case.dossier, statement, case.no, may_edit=may_edit)
    return {"claims": claims, "claims_words": count_words(claims), "statement": statement}


def _state(case: Case, refused: bool, suspended: bool) -> str:
    if case.dossier.task.carried_in:
        return "carried_in"
    return "suspended" if suspended and case.task.status == "published" else "refused" if refused else case.task.status


def record(request: HttpRequest, no: str, record: str) -> HttpResponse:
    """One register row with its files. Opening it is remembered: a head who signs must have opened the sampled ones."""
    case = opened(request, no)
    row = case.dossier.by_id.get(record)
    if not isinstance(row, Record) or case.task.pk not in row.tasks:
        raise Http404
    reading.opened(request, case.no, record)
    context = {
        "case": case,
        "record": record_page(case, row),
        "versions": versions_page(case, row),
        "correctable": row.type in KEPT_BY_HAND and case.actor.org in (row.org, recorder_unit(case, row)),
        "row": row,
        "signing": drafts.kept(request, case.task, SIGNING),
        "letter": row.type == "return" and row.stage in LETTERS,
    }
    return show(request, "record", context)


def _as_jpeg(content: bytes) -> bytes:
    """Raises Http404 for a picture that cannot be read: it was whole when it was taken in."""
    try:
        return public_copy(content)
    except BadPicture:
        raise Http404 from None


def file(request: HttpRequest, no: str, file: str) -> HttpResponse:
    """A file's bytes as they were uploaded, for those who may read the case; of a HEIC photo, which few browsers show, a JPEG copy unless the
    `original` is asked for. Raises Http404 for one of another case."""
    case = opened(request, no)
    row = case.dossier.find(File, file)
    if row is None or case.task.pk not in row.tasks:
        raise Http404
    try:
        content = case.dossier.contents[row.path] if row.path in case.dossier.contents else content_store().get(row.sha256)
    except (FileNotFoundError, ContentDamaged) as lost:
        logging.getLogger("xiaohao.files").error("file %s cannot be read: %s", row.id, lost)
        raise Http404 from lost
    reading.opened(request, case.no, file)
    media = row.media
    if media == "image/heic" and "original" not in request.GET:
        content, media = _as_jpeg(content), "image/jpeg"
    shown = media in _SHOWN
    headers = {
        "Content-Disposition": content_disposition_header(not shown, row.path.rsplit("/", 1)[-1]) or "attachment",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox",
    }
    return HttpResponse(content, content_type=media if shown else "application/octet-stream", headers=headers)
