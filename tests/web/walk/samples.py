"""Arguments for every route of the site: things of the small county, each with the case it lies in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web.walk import county
from tests.web.walk.county import OWN, SIBLING, Marked
from xiaohao.records import models


@dataclass(frozen=True)
class Sample:
    """One address. `case` is the case it is about, None where it is about none."""

    address: str
    case: Marked | None


#: Name of an argument -> (its value, the case it belongs to or None). An argument of a new name needs a line here, or one of its route below.
_BY_ARGUMENT: dict[str, tuple[Callable[[], object], Marked | None]] = {
    "no": (lambda: OWN.address, OWN),
    "record": (lambda: f"rec-walk-{OWN.slug}", OWN),
    "file": (lambda: f"file-walk-{OWN.slug}", OWN),
    "document": (lambda: f"doc-walk-{OWN.slug}", OWN),
    "entry": (lambda: models.Refusal.objects.filter(task=OWN.task).latest("entry").entry_id, OWN),
    "finding": (lambda: models.Finding.objects.filter(task=OWN.task).latest("pk").pk, OWN),
    "drawing": (lambda: models.Drawing.objects.get().pk, OWN),
    "petition": (lambda: models.Petition.objects.get(task=OWN.task).pk, OWN),
    "objection": (lambda: models.Objection.objects.get().pk, OWN),
    "batch": (lambda: f"doc-order-walk-{OWN.slug}", OWN),
    "item": (lambda: "measure-7-1", OWN),
    "step": (lambda: "close", None),
    "stage": (lambda: "apply", None),
    "year": (lambda: 2026, None),
    "message": (lambda: "message-1", None),
    "org": (lambda: "org-housing", None),
    "post": (lambda: "post-magistrate", None),
    "term": (lambda: models.Term.objects.get(acting=True).pk, None),
    "username": (lambda: "walk-own-all", None),
    "rest": (lambda: f"entries/000.p/{models.JournalEntry.objects.count()}", None),
    "index": (lambda: 1, None),
    "code": (lambda: "qh2025a", None),
    "address": (lambda: OWN.address, None),  # of the public pages: every task has one
    "form": (lambda: "plan", None),
    "token": (lambda: "no-such-invitation", None),
    "factor": (lambda: 999_999, None),
    "visit": (lambda: f"arrangement-walk-{OWN.slug}", OWN),
    "question": (lambda: f"question-walk-{OWN.slug}", OWN),
    "number": (lambda: county.account("stranger").pk, None),  # of an account
    "plan": (lambda: models.SupervisionPlan.objects.get().pk, None),
    "report": (lambda: models.ListReport.objects.get().pk, None),
    "inspection": (lambda: "insp-1", None),
    "sheet": (lambda: f"countersign-walk-{OWN.slug}", OWN),
    "parcel": (lambda: "received-walk", None),
    "coming": (lambda: models.ComingParcel.objects.get().pk, None),
    "ledger": (lambda: models.Ledger.objects.get().pk, None),
    "token_number": (lambda: 999_999, None),
    "notice": (lambda: f"{OWN.address}-1", None),
}
#: Routes whose arguments mean something of their own.
_BY_ROUTE: dict[str, dict[str, tuple[Callable[[], object], Marked | None]]] = {
    "desk_route": {"name": (lambda: "default", None)},
    **{route: {"record": (lambda: f"return-walk-{OWN.slug}", OWN)} for route in ("desk_letter", "desk_letter_pdf")},
    "desk_opinion_pdf": {"record": (lambda: models.Record.objects.get(type="acceptance", on_tasks=OWN.task).pk, OWN)},
    **{route: {"visit": (lambda: county.visit(unannounced=False), SIBLING)} for route in ("desk_site", "desk_site_answer")},
    **{route: {"visit": (lambda: county.visit(unannounced=True), None)} for route in ("desk_site_code", "desk_site_arrive")},
    **{route: {"number": (lambda: 0, None)} for route in ("desk_parcel_pdf", "desk_parcel_file")},
    "desk_unit": {"org": (lambda: "org-county", None)},  # its heads are first responsible persons of every case
    "desk_pieces": {"name": (lambda: "0" * 32, None)},
    "desk_role_decide": {"number": (lambda: models.RoleRequest.objects.get().pk, None)},
    "desk_call": {"call": (lambda: models.Call.objects.get().pk, SIBLING)},
    "desk_call_xlsx": {"call": (lambda: models.Call.objects.get().pk, SIBLING)},
    "desk_call_docx": {"call": (lambda: models.Call.objects.get().pk, SIBLING)},
    "desk_call_answer": {"call": (lambda: models.Call.objects.get().pk, SIBLING), "no": (lambda: SIBLING.address, SIBLING)},
    "api_call_answer": {"call": (lambda: models.Call.objects.get().pk, SIBLING), "no": (lambda: SIBLING.address, SIBLING)},
    "notice": {"no": (lambda: f"{OWN.address}-1", None)},
    "notice_pdf": {"no": (lambda: f"{OWN.address}-1", None)},
    "objection": {"no": (lambda: f"{OWN.address}-1", None)},
    "evidence": {"file": (lambda: f"file-walk-{OWN.slug}", None)},
    **{route: {"code": (county.code, None)} for route in ("receipt", "receipt_file", "receipt_withdraw", "receipt_recheck")},
}


#: What the acts of the API are sent, so that they come as far as the case: the least that their shape allows.
_BODIES: dict[str, dict[str, object]] = {
    "api_records": {"type": "meeting", "date": "2026-02-20", "title": "会"},
    "api_documents": {"title": "文", "kind": "report", "date": "2026-02-20"},
    "api_application": {"done_on": "2026-02-20"},
    "api_call_answer": {"lines": []},
    "api_finding_answer": {"answer": "已核对登记。"},
    "api_objections": {"text": "看到排污"},
}


def sent_to(route: str) -> tuple[bytes, str]:
    """(content, media type) of what an address is sent: nothing, in the form in which it takes it, or the least that an act of the API needs."""
    if route == "api_files":
        return encode_multipart(BOUNDARY, {"uploads": SimpleUploadedFile("件.txt", "附件".encode())}), MULTIPART_CONTENT
    if route.startswith("api_"):
        return json.dumps(_BODIES.get(route, {})).encode(), "application/json"
    return b"", "application/x-www-form-urlencoded"


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every route of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


def without_sample() -> list[str]:
    """Routes of which some argument has no sample: `route: argument`."""
    return [
        f"{pattern.name}: {name}"
        for pattern in patterns()
        for name in pattern.pattern.converters
        if name not in _BY_ARGUMENT and name not in _BY_ROUTE.get(pattern.name or "", {})
    ]


def samples() -> dict[str, Sample]:
    """route -> its address in the small county, for every route that has a sample."""
    lacking = {line.partition(":")[0] for line in without_sample()}
    return {str(pattern.name): _sample(pattern) for pattern in patterns() if pattern.name not in lacking}


def _sample(pattern: URLPattern) -> Sample:
    own = _BY_ROUTE.get(str(pattern.name), {})
    given = {name: own.get(name) or _BY_ARGUMENT[name] for name in pattern.pattern.converters}
    cases = {case for _make, case in given.values() if case}
    assert len(cases) <= 1, f"{pattern.name}: its arguments belong to different cases"
    address = reverse(str(pattern.name), kwargs={name: make() for name, (make, _case) in given.items()})
    return Sample(address, next(iter(cases), None))
