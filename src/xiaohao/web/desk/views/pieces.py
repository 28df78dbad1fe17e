"""Files in pieces: how much of a file is here (GET), and the next piece of it (POST). The last piece answers with what the form carries instead
of the file."""

from __future__ import annotations

from urllib.parse import unquote

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.evidence.upload import LARGEST
from xiaohao.records.incoming import Incoming, TooMuch, WrongPlace
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.intake import about, take_in
from xiaohao.web.desk.views.evidence import signed_files

#: Bytes of one piece: some seconds on a poor line, and well below what the server reads into memory at once.
MOST_IN_PIECE = 1024 * 1024


def pieces(request: HttpRequest, no: str, name: str) -> JsonResponse:
    """`received` tells where to go on; a finished file answers with `held`. 409 says where the piece should have begun, 422 why the file is not taken."""
    case = opened(request, no)
    incoming = Incoming(settings.CONTENT_HOME / ".pieces", case.actor.person)
    try:
        if request.method != "POST":
            return JsonResponse({"received": incoming.received(name)})
        offset, size = int(request.headers.get("X-Offset", "")), int(request.headers.get("X-Size", ""))
        received = incoming.append(name, offset, request.read(MOST_IN_PIECE + 1), largest=max(LARGEST.values()))
    except WrongPlace as here:
        return JsonResponse({"received": here.received}, status=409)
    except TooMuch:
        incoming.drop(name)
        return JsonResponse({"error": _("文件太大，或没传完的文件太多。")}, status=422)
    except ValueError:
        return JsonResponse({"error": _("这一段的编号不对，请刷新页面后再传。")}, status=400)
    if received < size:
        return JsonResponse({"received": received})
    return _finished(case, incoming, name, unquote(request.headers.get("X-Name", "")))


def _finished(case: Case, incoming: Incoming, name: str, shown: str) -> JsonResponse:
    content = incoming.content(name)
    incoming.drop(name)
    try:
        taken = take_in(case, SimpleUploadedFile(shown[-200:] or "file", content), key=name)
    except Unacceptable as refused:
        return JsonResponse({"error": about(shown, refused)}, status=422)
    return JsonResponse({"received": len(content), "held": signed_files((taken.file,)), "again": taken.earlier is not None})
