"""The case for everybody as one PDF: what the public pages of a task say, on paper."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse

from xiaohao.acts.clock import now
from xiaohao.acts.printing import journal_line
from xiaohao.documents.case_file.parts import ObjectionRow, TimelineRow
from xiaohao.documents.case_file.public import public_case_pdf
from xiaohao.kernel.when import CST
from xiaohao.publicity.words import day_words
from xiaohao.records import queries
from xiaohao.records.models import Objection, Task
from xiaohao.records.to_dossier import dossier_of
from xiaohao.web.parts.acts import act_words
from xiaohao.web.parts.case_file import pictures_of
from xiaohao.web.portal.notice import objection_state
from xiaohao.web.portal.photos import MOST_PAIRS, file_pairs
from xiaohao.web.portal.published import published

#: Setting takes longer than sending: a PDF is kept so many seconds in each server process, as long as nothing happened to the task.
_KEPT = 3600
#: How an objection stands, in the words of a paper (keys are those of the pages' LOOKS).
_STANDS = {
    "received": "待决定是否受理",
    "admitted": "已受理，待答复",
    "inadmissible": "不予受理",
    "not_upheld": "已答复，不成立",
    "upheld": "成立，退回整改",
    "withdrawn": "已撤回",
}


def case_file(request: HttpRequest, address: str) -> HttpResponse:
    """The PDF. Raises Http404 for a task that there is not."""
    task = queries.public_task(address)
    if task is None:
        raise Http404
    at = now()
    key = f"case-file-{task.pk}-{task.last_entry}-{Objection.objects.filter(task=task).count()}-{at.astimezone(CST):%Y%m%d}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = public_case(task, at)
        cache.set(key, content, _KEPT)
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{address}.pdf"'})


def public_case(task: Task, at: datetime) -> bytes:
    """The PDF of what is public of the task now. Its date is the day, so that one day's are the same bytes."""
    dossier = dossier_of(task, at=at)
    notices = list(reversed(queries.notices_of(task)))
    shots = [file for pair in file_pairs(dossier)[:MOST_PAIRS] for file in pair] if notices else []
    superior = {plan.under for plan in dossier.plans_of(task.pk)}
    day = at.astimezone(CST).replace(hour=0, minute=0, second=0, microsecond=0)
    return public_case_pdf(
        dossier,
        made_at=day,
        journal=journal_line(task.last_entry),
        plans=[plan for plan in dossier.plans_of(task.pk) if plan.id not in superior and plan.published_at],
        photos=pictures_of(dossier, shots, public=True),
        notices=[(published(row, at).notice, "以下公示已撤回" if queries.withdrawal_of(row) else "") for row in notices],
        objected=[_objection(row) for notice in notices for row in queries.objections_on(notice)],
        entries=[_entry(line) for line in reversed(queries.public_timeline(task))],
    )


def _objection(row: Objection) -> ObjectionRow:
    state = objection_state(row)
    answer = row.answer if row.answered_at else row.admission_reason if state == "inadmissible" else ""
    return ObjectionRow(day_words(row.received_at.astimezone(CST).date()), _STANDS[state], row.public_text, answer)


def _entry(line: queries.PublicLine) -> TimelineRow:
    return TimelineRow(line.index, f"{line.at.astimezone(CST):%Y-%m-%d %H:%M}", str(act_words(line.act)), line.unit, line.refused)
