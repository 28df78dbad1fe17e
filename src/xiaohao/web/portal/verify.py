"""P6: checking a paper, a number or a code; and the files by which anybody checks without this site."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from xiaohao.acts.clock import now
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.tiles import parse_path
from xiaohao.journal.tlog_proof import LONGEST_PROOF_FILE
from xiaohao.records.proving import NotYetPublished, proof_of
from xiaohao.web.portal.log import public_log, vkey
from xiaohao.web.portal.verifying import Verdict, verify_file, verify_words

#: A tile never changes once it is written: it may be kept for ever (a year, as HTTP has it).
_FOR_EVER = "public, max-age=31536000, immutable"
#: A checkpoint moves on with the log (JOURNAL.md 1.4: a few seconds).
_SECONDS = "public, max-age=5"


@csrf_exempt
def verify(request: HttpRequest) -> HttpResponse:
    """The page. Looking up changes nothing, so no token is asked and no cookie set."""
    typed = (request.GET.get("q") or "").strip()[:200]
    verdict: Verdict | None = None
    if request.method == "POST":
        verdict = _uploaded(request)
    elif typed:
        verdict = verify_words(typed, public_log(), now())
    return render(request, "portal/verify.html", {"q": typed, "verdict": verdict, "vkey": vkey(), "log": public_log()})


def _uploaded(request: HttpRequest) -> Verdict:
    try:
        upload = request.FILES.get("file")
    except RequestDataTooBig:
        upload = None
    if upload is None or not upload.size or upload.size > LONGEST_PROOF_FILE:
        return Verdict("unknown", _("请选一个证明文件（.tlog-proof）或回执文件（.txt）"))
    return verify_file(upload.read(), public_log(), now())


def checkpoint(request: HttpRequest) -> HttpResponse:
    note = public_log().tiles.checkpoint()
    if note is None:
        raise Http404
    return HttpResponse(note, content_type="text/plain; charset=utf-8", headers={"Cache-Control": _SECONDS})


def tile(request: HttpRequest, rest: str) -> HttpResponse:
    """A tile or a bundle of entries, byte for byte as it lies on the disk."""
    try:
        content = public_log().tiles.read(parse_path(f"tile/{rest}"))
    except (Invalid, KeyError):
        raise Http404 from None
    return HttpResponse(content, content_type="application/octet-stream", headers={"Cache-Control": _FOR_EVER})


def proof(request: HttpRequest, index: int) -> HttpResponse:
    """The `.tlog-proof` of an entry under the present checkpoint."""
    try:
        content = proof_of(public_log().tiles, index)
    except (NotYetPublished, KeyError):
        raise Http404 from None
    headers = {"Cache-Control": _SECONDS, "Content-Disposition": f'attachment; filename="entry-{index}.tlog-proof"'}
    return HttpResponse(content, content_type="text/plain; charset=utf-8", headers=headers)


def key(request: HttpRequest) -> HttpResponse:
    """The log's public key, for whoever wants to compare it with the one in the handbook."""
    own = vkey()
    if own is None:
        raise Http404
    return HttpResponse(own + "\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": _SECONDS})
