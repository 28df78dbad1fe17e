"""Entering a row of a register, correcting one, and the documents under their numbers. What cannot be so is shown before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import registers
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.evidence.register_fields import KEPT_BY_HAND
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.papers import PaperForm
from xiaohao.web.desk.forms.registers import CorrectionForm, RegisterForm, typed_of
from xiaohao.web.desk.intake import about, take_in
from xiaohao.web.desk.pages.clashes import clash_lines
from xiaohao.web.desk.pages.evidence import file_words
from xiaohao.web.desk.pages.registers import kind_links
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.desk.views.evidence import held_files, signed_files
from xiaohao.web.parts.form_errors import errors_of


def register(request: HttpRequest, no: str) -> HttpResponse:
    """Enter one row of a register."""
    case = opened(request, no)
    if request.method != "POST":
        asked = {"type": request.GET.get("type", "meeting"), "measures": request.GET.getlist("measure"), "org": case.actor.org}
        form = RegisterForm(dossier=case.dossier, own=case.actor.org, initial=asked)
        return show(request, "register", _context(case, form))
    form = RegisterForm(request.POST, request.FILES, dossier=case.dossier, own=case.actor.org)

    def act(row: Record, files: tuple[File, ...], paper: Document | None) -> Receipt:
        papers = (paper,) if paper else ()
        key = form.cleaned_data["key"]
        return registers.add_records(task=case.task.pk, by=case.actor, at=case.at, key=key, records=(row,), files=files, documents=papers)

    further = reverse("desk_register", args=[case.no]) + f"?type={form.kind}"
    to = further if "more" in request.POST else reverse("desk_task", args=[case.no]) + "#records"
    return _submitted(request, case, form, act, done=_("已登记。"), to=to, template="register")


def clashes(request: HttpRequest, no: str) -> HttpResponse:
    """What stands against the row as it is typed so far: the answer to a script, nothing is kept."""
    case = opened(request, no)
    form = RegisterForm(request.POST, dossier=case.dossier, own=case.actor.org)
    form.is_valid()
    return render(request, "desk/_clashes.html", {"clashes": clash_lines(case, form), "form": form})


def correct(request: HttpRequest, no: str, record: str) -> HttpResponse:
    """A new version of a row; the old one stays on file."""
    case = opened(request, no)
    row = case.dossier.by_id.get(record)
    if not isinstance(row, Record) or case.task.pk not in row.tasks or row.type not in KEPT_BY_HAND:
        raise Http404
    if request.method != "POST":
        initial = typed_of(row, paper=case.dossier.find(Document, row.document))
        form = CorrectionForm(dossier=case.dossier, own=case.actor.org, initial=initial)
        return show(request, "register", {**_context(case, form), "row": row})
    form = CorrectionForm(request.POST, request.FILES, dossier=case.dossier, own=case.actor.org)

    def act(fresh: Record, files: tuple[File, ...], paper: Document | None) -> Receipt:
        typed = form.cleaned_data
        version = None if typed["mistake"] else _continued(row, fresh)
        return registers.correct_record(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            record=row.id,
            version=version,
            reason=typed["reason"],
            files=files,
            documents=(paper,) if paper else (),
        )

    to = reverse("desk_task", args=[case.no]) + "#records"
    return _submitted(request, case, form, act, done=_("已更正，旧版本留存。"), to=to, template="register", row=row)


def _continued(row: Record, fresh: Record) -> Record:
    """The new version with the files and document that the old one had; people and measures in their old order where they are the same."""
    same = {name: getattr(row, name) for name in ("people", "measures") if set(getattr(row, name)) == set(getattr(fresh, name))}
    return replace(fresh, files=(*row.files, *fresh.files), document=fresh.document or row.document, **same)


Act = Callable[[Record, tuple[File, ...], Document | None], Receipt]


def _submitted(
    request: HttpRequest, case: Case, form: RegisterForm, act: Act, *, done: str, to: str, template: str, row: Record | None = None
) -> HttpResponse:
    """Do the act with what was typed; an error, or a clash nobody has confirmed, shows the form again with all that was typed and sent."""
    valid = form.is_valid()
    files = (*held_files(form.cleaned_data.get("held", "")), *_attachments(case, form)) if valid else ()
    lines = clash_lines(case, form, corrects=row.id if row else None) if valid else ()
    if lines and not form.cleaned_data["anyway"]:
        form.add_error("anyway", _("有与别的登记冲突的地方，请核对；确实没错的，勾选后再登记。"))
    if form.errors:
        return show_again(request, template, {**_context(case, form, files), "errors": errors_of(form), "clashes": lines, "row": row})
    paper = form.document(form.cleaned_data["org"])
    if row is not None and _same_paper(case, row, paper):
        paper = None
    made = form.record(files=tuple(file.id for file in files), document=paper.id if paper else None)
    return attempt(request, case, lambda: act(made, files, paper), done=done, to=to)


def _same_paper(case: Case, row: Record, paper: Document | None) -> bool:
    old = case.dossier.find(Document, row.document)
    return bool(paper and old) and (paper.title, paper.number) == (old.title, old.number)  # type: ignore[union-attr]


def _context(case: Case, form: RegisterForm, files: tuple[File, ...] = ()) -> dict[str, Any]:
    return {
        "case": case,
        "form": form,
        "kinds": kind_links(case, form.kind),
        "held": signed_files(files),
        "held_words": [file_words(file) for file in files],
    }


def _attachments(case: Case, form: Any) -> tuple[File, ...]:
    typed, found = form.cleaned_data, []
    for number, sent in enumerate(typed["uploads"]):
        try:
            found.append(replace(take_in(case, sent, key=typed["key"], number=number).file, claimed_at=typed["date"]))
        except Unacceptable as refused:
            form.add_error("uploads", about(sent.name or "", refused))
    return tuple(found)


def paper(request: HttpRequest, no: str) -> HttpResponse:
    """Register a document under its number, with those it is addressed to."""
    case = opened(request, no)
    if request.method != "POST":
        return show(request, "paper", {"case": case, "form": PaperForm(dossier=case.dossier, initial={"issuer": case.actor.org})})
    form = PaperForm(request.POST, request.FILES, dossier=case.dossier)
    files = (*held_files(form.cleaned_data.get("held", "")), *_attachments(case, form)) if form.is_valid() else ()
    lines = clash_lines(case, form) if not form.errors else ()
    if lines and not form.cleaned_data["anyway"]:
        form.add_error("anyway", _("这个文号已经用过，请核对；确实没错的，勾选后再登记。"))
    if form.errors:
        held = {"held": signed_files(files), "held_words": [file_words(file) for file in files]}
        return show_again(request, "paper", {"case": case, "form": form, "errors": errors_of(form), "clashes": lines, **held})
    made = form.document(None, file=files[0].id if files else None)
    key = form.cleaned_data["key"]
    return attempt(
        request,
        case,
        lambda: registers.add_records(
            task=case.task.pk, by=case.actor, at=case.at, key=key, records=(), files=files, documents=(made,) if made else ()
        ),
        done=_("文件已登记。"),
        to=reverse("desk_numbers"),
    )


def book_in(request: HttpRequest, no: str, document: str) -> HttpResponse:
    """A recipient confirms that the document has come."""
    case = opened(request, no)
    return attempt(
        request,
        case,
        lambda: registers.confirm_receipt(
            task=case.task.pk, by=case.actor, at=case.at, key=f"receipt-{document}-{case.actor.org}", document=document
        ),
        done=_("已确认收文。"),
        to=reverse("desk_numbers"),
    )
