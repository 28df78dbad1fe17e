"""案卷包: a case or a list going out as one signed bundle, and bundles from elsewhere, kept beside the own cases."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _lazy

from xiaohao.acts import parcels_coming
from xiaohao.acts.clock import now
from xiaohao.acts.parcels import TAKERS, receive_parcel
from xiaohao.acts.signing import log_signer
from xiaohao.dossier import Dossier
from xiaohao.dossier.task import Task as TaskThing
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.said import Said, said_from_json, say
from xiaohao.procedure.states import STATE_WORDS, state_of
from xiaohao.records.models import ComingParcel, Commitment, Received, Task, TaskList
from xiaohao.records.parcels_out import Outgoing, case_going_out, list_going_out, written
from xiaohao.records.received import dossier_in, manifest_files, seen_by, trusted
from xiaohao.records.to_dossier import content_store
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk.case import account_of, opened
from xiaohao.web.desk.forms.parcels import ParcelForm
from xiaohao.web.desk.pages.case_file import foreign_case
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.desk.views.forms import paper
from xiaohao.web.errors import refused_json, wants_json
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it

#: Bundles on one page.
_MOST = 100
#: Those under way, or not taken in, that are shown.
_MOST_COMING = 5
_AGAIN, _TAKEN = _lazy("这一份已经导入过，什么都没有改变。"), _lazy("签名和每个文件都核对过，已收下，已入日志。")


class _Sink(io.RawIOBase):
    """Takes what a zip writes and hands it on; nothing is kept."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held


def case_out(request: HttpRequest, no: str) -> HttpResponseBase:
    """One case as a signed bundle, sent while it is written."""
    case = opened(request, no)
    return _sent(case_going_out(case.task, at=case.at, signer=log_signer()), f"{case.task.address}-案卷包.zip")


def list_out(request: HttpRequest, code: str) -> HttpResponseBase:
    """The tasks of a list that this person may read, as one signed bundle."""
    listing = TaskList.objects.filter(code=code).first()
    tasks: list[Task] = list(visible_to(account_of(request).actor).filter(list=listing).order_by("pk")) if listing else []
    if listing is None or not tasks:
        raise Http404
    return _sent(list_going_out(listing, tasks, at=now(), signer=log_signer()), f"{code}-案卷包.zip")


def _sent(outgoing: Outgoing, name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return StreamingHttpResponse(_stream(outgoing), content_type="application/zip", headers=headers)


def _stream(outgoing: Outgoing) -> Iterator[bytes]:
    sink = _Sink()
    for _step in written(outgoing, sink):  # type: ignore[arg-type]  # a zip only writes
        if chunk := sink.taken():
            yield chunk
    yield sink.taken()


def room(request: HttpRequest) -> HttpResponse:
    """What came from elsewhere, newest first; a clerk brings more."""
    account = account_of(request)
    if request.method != "POST":
        return show(request, "parcels", _context(request, ParcelForm()))
    form = ParcelForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_again(request, "parcels", {**_context(request, form), "errors": errors_of(form)})
    actor, given = account.actor, form.cleaned_data["file"]
    try:
        if given.size > parcels_coming.TAKE_AT_ONCE:
            kept = parcels_coming.keep_coming(
                account=account, at=now(), key=form.cleaned_data["key"], name=given.name or "", size=given.size, chunks=given.chunks()
            )
            return redirect("desk_parcel_coming", kept.pk)
        receipt = receive_parcel(source=given.file, by=actor, org=actor.org, at=now())
    except Refused as refused:
        if wants_json(request):
            return refused_json(refused)
        for unmet in refused.unmet:
            form.add_error("file", f"{say_it(unmet.fact)}。{say_it(unmet.way)}。")
        return show_again(request, "parcels", {**_context(request, form), "errors": errors_of(form)})
    messages.success(request, _AGAIN if receipt.result["again"] else _TAKEN)
    return redirect("desk_parcel", receipt.result["received"])


def coming(request: HttpRequest, coming: str) -> HttpResponse:
    """How far a large bundle is: checked and kept by the worker, then its own page; or why it is not taken in."""
    row = ComingParcel.objects.filter(pk=coming, account=account_of(request)).first()
    if row is None:
        raise Http404
    if row.stage == "taken":
        messages.success(request, _AGAIN if row.again else _TAKEN)
        return redirect("desk_parcel", row.received)
    return show(request, "parcel_coming", {"row": row, "wrong": [said_from_json(words) for words in row.wrong]})


def _context(request: HttpRequest, form: ParcelForm) -> dict[str, Any]:
    actor = account_of(request).actor
    under_way = ComingParcel.objects.filter(account=account_of(request)).exclude(stage="taken").order_by("-sent_at")
    known = trusted()
    return {
        "form": form,
        "may": bool(actor.roles & TAKERS),
        "coming": under_way[:_MOST_COMING],
        "rows": [(row, row.thing()) for row in seen_by(actor)[:_MOST]],
        "trusted": known.keys,
        "wrong": known.wrong,
        "own": log_signer().key,
    }


def one(request: HttpRequest, parcel: str) -> HttpResponse:
    """One bundle from elsewhere: who signed it, what it holds, its earlier versions."""
    row, dossier = _opened(request, parcel)
    kept = Commitment.objects.filter(table="received", row=row.pk).order_by("entry_id").first()
    same = seen_by(account_of(request).actor).filter(origin=row.origin, subject=row.subject, org=row.org)
    context = {
        "row": row,
        "thing": row.thing(),
        "entry": kept.entry_id if kept else None,
        "tasks": [(n, task, dossier.org_name(task.owner), _state(task)) for n, task in enumerate(dossier.tasks)],
        "files": list(enumerate(manifest_files(row))),
        "versions": same.order_by("-version"),
        "newer": same.filter(version__gt=row.version).order_by("-version").first(),
    }
    return show(request, "parcel", context)


def _state(task: TaskThing) -> Said | str:
    if task.carried_in:
        return say("启用前已销号")
    try:
        return STATE_WORDS[state_of(task)]
    except ValueError:
        return task.status or ""


def as_pdf(request: HttpRequest, parcel: str, number: int) -> HttpResponse:
    """One case of the bundle on paper, marked as foreign."""
    row, dossier = _opened(request, parcel)
    if number >= len(dossier.tasks):
        raise Http404
    task = dossier.tasks[number]
    return paper(foreign_case(row, dossier, task.id, now()), "application/pdf", f"外来-{row.subject.replace('/', '-')}-{task.number}.pdf")


def file(request: HttpRequest, parcel: str, number: int) -> HttpResponseBase:
    """One file of the bundle, always to be kept and never shown: it is somebody else's."""
    row, _dossier = _opened(request, parcel)
    files = manifest_files(row)
    if number >= len(files):
        raise Http404
    name = files[number].path.rsplit("/", 1)[-1]
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return StreamingHttpResponse(content_store().chunks(files[number].sha256), content_type="application/octet-stream", headers=headers)


def _opened(request: HttpRequest, parcel: str) -> tuple[Received, Dossier]:
    """Raises Http404 for one that there is not and, with the same words, for one that this person may not see."""
    row = seen_by(account_of(request).actor).filter(pk=parcel).first()
    if row is None:
        raise Http404
    return row, dossier_in(row)
