"""D4 证据: files and readings, each with the date it speaks of beside the day it was entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import registers
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.codec import thing_from_json, thing_to_json
from xiaohao.dossier.file import SCAN_OF, File
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.outcomes.extending import extended
from xiaohao.outcomes.series import read_csv
from xiaohao.records.models import File as FileRow
from xiaohao.records.models.filed import instant
from xiaohao.records.to_dossier import content_store
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.evidence import EvidenceForm, SeriesForm
from xiaohao.web.desk.forms.keyed import DeskForm
from xiaohao.web.desk.intake import about, take_in
from xiaohao.web.desk.pages.evidence import file_words
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of

#: Seconds for which files that were looked at wait for the second sending of their form: as long as a session.
_HELD_FOR = 12 * 60 * 60
_SALT = "desk.evidence"
#: Rows and files of one act: a commitment to each goes into its journal entry, which holds 8 KB (docs/journal.md).
MOST_IN_ENTRY = 60


def evidence(request: HttpRequest, no: str) -> HttpResponse:
    """Take in many files. One that was filed before is shown beside the earlier one, and kept only with a reason."""
    case = opened(request, no)
    if request.method != "POST":
        initial = {"measures": request.GET.getlist("measure"), "type": request.GET.get("type", "")}
        return show(
            request, "evidence", {"case": case, "form": EvidenceForm(dossier=case.dossier, initial=initial), "pieces": _pieces(case)}
        )
    form = EvidenceForm(request.POST, request.FILES, dossier=case.dossier)
    if not form.is_valid():
        return _again(request, case, form)
    files = _files(case, form)
    if not files and "uploads" not in form.errors:
        form.add_error("uploads", _("请选择要上传的文件。"))
    if form.errors:
        return _again(request, case, form)
    doubles = doubles_of(case, files)
    if doubles and not form.cleaned_data["reason"].strip():
        form.add_error("reason", _("有文件与以前的相同，请写明为什么还要保留，或换一个文件。"))
        return _again(request, case, form, held=files, doubles=doubles)
    return _file(request, case, form, files)


def _files(case: Case, form: EvidenceForm) -> tuple[File, ...]:
    """What was sent now, else what was sent before and held. A file that cannot be taken is an error of its field, by name."""
    typed = form.cleaned_data
    if not typed["uploads"]:
        return held_files(typed["held"])
    found = []
    for number, sent in enumerate(typed["uploads"]):
        try:
            found.append(take_in(case, sent, key=typed["key"], number=number).file)
        except Unacceptable as refused:
            form.add_error("uploads", about(sent.name or "", refused))
    return tuple(found)


def held_files(signed: str) -> tuple[File, ...]:
    """The files of signed_files, of several separated by spaces; none where the signature is wrong or too old."""
    try:
        lists = [signing.loads(one, salt=_SALT, max_age=_HELD_FOR) for one in signed.split()]
    except signing.BadSignature:
        return ()
    return tuple(thing_from_json(File, value) for values in lists for value in values)


def _pieces(case: Case) -> str:
    """Where a script sends files in pieces."""
    return reverse("desk_pieces", args=[case.no, "0" * 32]).removesuffix("0" * 32)


def signed_files(files: tuple[File, ...]) -> str:
    """Files that were looked at and are kept, to come back with their form; "" for none."""
    return signing.dumps([thing_to_json(file) for file in files], salt=_SALT) if files else ""


def doubles_of(case: Case, files: tuple[File, ...]) -> list[tuple[File, FileRow]]:
    """Files with the same content as one already filed, here or on another task."""
    earlier = {row.sha256: row for row in FileRow.objects.filter(sha256__in=[f.sha256 for f in files]).order_by("-recorded_at")}
    return [(file, earlier[file.sha256]) for file in files if file.sha256 in earlier]


def _again(
    request: HttpRequest, case: Case, form: EvidenceForm, *, held: tuple[File, ...] = (), doubles: list[tuple[File, FileRow]] | None = None
) -> HttpResponse:
    mine = {row.pk for _file_now, row in doubles or () if row.on_tasks.filter(pk=case.task.pk).exists()}
    context = {
        "case": case,
        "form": form,
        "pieces": _pieces(case),
        "errors": errors_of(form),
        "held": signed_files(held),
        "held_words": [file_words(file) for file in held],
        "doubles": [(file_words(file), row, row.pk in mine) for file, row in doubles or ()],
    }
    return show_again(request, "evidence", context)


def _file(request: HttpRequest, case: Case, form: EvidenceForm, files: tuple[File, ...]) -> HttpResponse:
    typed = form.cleaned_data
    kept = tuple(described(file, typed) for file in files)
    rows = rows_of(case, typed, kept) if typed["type"] else ()
    return attempt(
        request,
        case,
        lambda: add_all(case, typed["key"], kept, rows),
        done=_("已存 %(files)d 个文件，登记 %(rows)d 条。") % {"files": len(kept), "rows": len(rows)},
        to=reverse("desk_task", args=[case.no]) + "#files",
    )


def add_all(case: Case, key: str, files: tuple[File, ...], rows: tuple[Record, ...]) -> Receipt:
    """File them in batches that an entry of the log can hold, each with a key of its own; a row comes with its files."""
    receipt: Receipt | None = None
    for number, (some, theirs) in enumerate(_batches(files, rows)):
        receipt = registers.add_records(
            task=case.task.pk, by=case.actor, at=case.at, key=f"{key}-{number}" if number else key, records=theirs, files=some
        )
    assert receipt is not None
    return receipt


def _batches(files: tuple[File, ...], rows: tuple[Record, ...]) -> Iterator[tuple[tuple[File, ...], tuple[Record, ...]]]:
    """All at once where they fit or share one row, else a batch of rows with their files."""
    if len(files) + len(rows) <= MOST_IN_ENTRY or len(rows) <= 1:
        for first in range(0, len(files), MOST_IN_ENTRY):
            some = files[first : first + MOST_IN_ENTRY]
            yield some, tuple(row for row in rows if row.files[-1] in {file.id for file in some})
        return
    for first in range(0, len(rows), MOST_IN_ENTRY // 2):
        theirs = rows[first : first + MOST_IN_ENTRY // 2]
        named = {file for row in theirs for file in row.files}
        yield tuple(file for file in files if file.id in named), theirs


def described(file: File, typed: dict[str, Any]) -> File:
    """The file with what was typed about it."""
    claimed = typed["date"] or (file.captured_at or "")[:10] or None
    phase = typed["phase"] or None if file.kind == "photo" else None
    caption = " ".join(part for part in (typed["title"], file.caption, typed["reason"] and f"（{typed['reason']}）") if part)
    if typed["scan_of"]:
        file = replace(file, kind="scan", unknown=(*file.unknown, (SCAN_OF, typed["scan_of"])))
    return replace(file, claimed_at=claimed, phase=phase, place=typed["place"] or None, caption=caption)


def rows_of(case: Case, typed: dict[str, Any], files: tuple[File, ...]) -> tuple[Record, ...]:
    """One row for all files, or one for each."""
    groups = [(file,) for file in files] if typed["each"] else [files]
    return tuple(
        Record(
            id=id_from("rec", typed["key"], "evidence", number),
            type=typed["type"],
            recorded_at=instant(case.at),
            org=case.actor.org,
            title=typed["title"] or None,
            date=typed["date"] or next((file.claimed_at for file in group if file.claimed_at), None),
            place=typed["place"] or None,
            measures=tuple(typed["measures"]),
            files=tuple(file.id for file in group),
        )
        for number, group in enumerate(groups)
    )


def series(request: HttpRequest, no: str) -> HttpResponse:
    """File a series of readings."""
    case = opened(request, no)
    if request.method != "POST":
        form = SeriesForm(dossier=case.dossier, initial={"source": case.actor.org, **_wanted(case)})
        return show(request, "series", {"case": case, "form": form})
    form = SeriesForm(request.POST, request.FILES, dossier=case.dossier)
    file = _csv(case, form) if form.is_valid() else None
    if file is None:
        return show_again(request, "series", {"case": case, "form": form, "errors": errors_of(form)})
    typed = form.cleaned_data
    if typed["onto"]:
        return _extend(request, case, form, file)
    made = Series(
        id=id_from("series", typed["key"]),
        indicator=typed["indicator"],
        place=typed["place"] or None,
        unit=typed["unit"],
        source=typed["source"],
        kind=typed["kind"],
        interval=typed["interval"],
        file=file.id,
        tasks=(case.task.pk,),
    )
    return attempt(
        request,
        case,
        lambda: registers.add_series(task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], series=made, file=file),
        done=_("监测数据已登记。"),
        to=reverse("desk_task", args=[case.no]) + "#files",
    )


def _extend(request: HttpRequest, case: Case, form: DeskForm, file: File) -> HttpResponse:
    """Go on with the chosen series; both the new file and the joined one are kept. What does not fit on is said by the act."""
    typed = form.cleaned_data
    series = case.dossier.find(Series, typed["onto"])
    content = content_store().get(file.sha256)
    old = case.dossier.content_of(series.file) if series else None
    made = extended(old or b"", content)
    sha256, size = content_store().put([made.content])
    joined = replace(
        file, id=id_from("file", "joined", typed["key"]), path=f"series/{typed['onto']}-{sha256[:8]}.csv", sha256=sha256, bytes=size
    )
    return attempt(
        request,
        case,
        lambda: registers.extend_series(
            task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], series=typed["onto"], file=file, content=content, joined=joined
        ),
        done=_("续报的读数已接上，编号不变。"),
        to=reverse("desk_task", args=[case.no]) + "#files",
    )


def _csv(case: Case, form: DeskForm) -> File | None:
    """The csv, once every line of it has been read. What is wrong is an error of its field."""
    sent = form.cleaned_data["csv"]
    try:
        if problems := read_csv(sent.read()).problems:
            raise Unacceptable("".join(str(problem.message) for problem in problems[:3]))
        sent.seek(0)
        return replace(take_in(case, sent, key=form.cleaned_data["key"]).file, kind="series", media="text/csv")
    except Unacceptable as refused:
        form.add_error("csv", str(refused))
        return None


def _wanted(case: Case) -> dict[str, str]:
    """Indicator, unit and place of the first goal that is read from instruments and has no series yet."""
    known = {series.indicator for series in case.dossier.series_of(case.task.pk)}
    goals = case.dossier.goals_of(case.task.pk)
    target = next((goal.target for goal in goals if goal.target and goal.target.indicator not in known), None)
    return {"indicator": target.indicator, "unit": target.unit, "place": target.place or ""} if target else {}
