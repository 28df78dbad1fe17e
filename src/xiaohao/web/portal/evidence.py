"""Evidence for everybody: pictures of a task with a notice, as copies without metadata."""

from __future__ import annotations

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse

from xiaohao.evidence.photo import BadPicture
from xiaohao.records import queries
from xiaohao.records.decoding import public_copy
from xiaohao.records.to_dossier import content_store
from xiaohao.web.portal.photos import PAGE_SIDE

#: A copy may be kept for an hour: long enough for a slow line, short enough for one that must be taken down.
_AN_HOUR = "public, max-age=3600"


def evidence(request: HttpRequest, file: str) -> HttpResponse:
    """The public copy of a photo. Raises Http404 for anything else."""
    row = queries.public_file(file)
    if row is None or row.kind != "photo":
        raise Http404
    try:
        content = _copy(row.public_sha256 or row.sha256)
    except (OSError, BadPicture):
        raise Http404 from None
    return HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": _AN_HOUR})


def _copy(sha256: str) -> bytes:
    """Made once for each server process, for making it takes longer than sending it."""
    held: bytes | None = cache.get(f"copy-{sha256}")
    if held is None:
        held = public_copy(content_store().get(sha256), longest=PAGE_SIDE)
        cache.set(f"copy-{sha256}", held, 3600)
    return held
