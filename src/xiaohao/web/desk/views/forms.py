"""表单: every paper of a case as Word and PDF, the result report of a list, and the templates that they are filled into."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from xiaohao.acts.clock import now
from xiaohao.acts.form_templates import put_template, use_shipped_template
from xiaohao.acts.list_reports import report_facts
from xiaohao.documents.forms.kinds import CASE_FORMS, FORMS
from xiaohao.documents.forms.layout import Form
from xiaohao.documents.forms.pdf import form_pdf
from xiaohao.documents.forms.vocabulary import lists_of, scalars_of
from xiaohao.dossier.record import Record
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Role
from xiaohao.kernel.when import CST
from xiaohao.records.form_templates import current, filled, template_of, versions
from xiaohao.records.models import JournalEntry, TaskList
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk.case import account_of, opened
from xiaohao.web.desk.forms.templates import TemplateForm
from xiaohao.web.desk.pages.case_file import whole_case
from xiaohao.web.desk.pages.forms import facts_for, lines_of, rows_for
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.errors import refused_json, wants_json
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PDF = "application/pdf"


def of_case(request: HttpRequest, no: str) -> HttpResponse:
    """Every form of a case, each with what it may be about."""
    case = opened(request, no)
    calls = case.task.calls.order_by("-issued_at")
    return show(request, "forms_of_case", {"case": case, "lines": lines_of(case), "calls": calls})


def one_docx(request: HttpRequest, no: str, form: str) -> HttpResponse:
    """A form of the case as Word, on the office's template."""
    case, known, facts = _filled(request, no, form)
    return paper(filled(known.name, facts), DOCX, f"{case.task.address}-{known.title}.docx")


def one_pdf(request: HttpRequest, no: str, form: str) -> HttpResponse:
    """A form of the case as PDF."""
    case, known, facts = _filled(request, no, form)
    return paper(form_pdf(known, facts, made_at=case.at.astimezone(CST)), _PDF, f"{case.task.address}-{known.title}.pdf")


def whole(request: HttpRequest, no: str) -> HttpResponse:
    """一项一档: everything in the case file as one PDF with contents."""
    case = opened(request, no)
    return paper(whole_case(case), _PDF, f"{case.task.address}-一项一档.pdf")


def _filled(request: HttpRequest, no: str, form: str) -> tuple[Any, Form, dict[str, Any]]:
    """Raises Http404 for a case that this person may not read, a form that there is not, and a row that the form is not about."""
    case = opened(request, no)
    known = next((each for each in CASE_FORMS if each.name == form), None)
    if known is None:
        raise Http404
    wanted, of = request.GET.get("of", ""), None
    if wanted:
        of = next((row for row in rows_for(known, case.dossier) if row.id == wanted), None)
        if not isinstance(of, Record):
            raise Http404
    return case, known, facts_for(case, known, of)


def room(request: HttpRequest) -> HttpResponse:
    """The result reports of the lists that this person may read, and every form with its template."""
    actor = account_of(request).actor
    lists = TaskList.objects.filter(tasks__in=visible_to(actor)).distinct().order_by("-code")
    return show(request, "forms", {"lists": lists, "forms": [(form, current(form.name)) for form in FORMS.values()]})


def report_docx(request: HttpRequest, code: str) -> HttpResponse:
    """The result report of a list as Word."""
    facts = _report(request, code)
    return paper(filled("result", facts), DOCX, f"{code}-{FORMS['result'].title}.docx")


def report_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The result report of a list as PDF."""
    facts = _report(request, code)
    return paper(form_pdf(FORMS["result"], facts, made_at=now().astimezone(CST)), _PDF, f"{code}-{FORMS['result'].title}.pdf")


def _report(request: HttpRequest, code: str) -> dict[str, Any]:
    listing = TaskList.objects.filter(code=code).first()
    facts = report_facts(listing, account_of(request).actor, now()) if listing else None
    if facts is None:
        raise Http404
    return facts


def template(request: HttpRequest, form: str) -> HttpResponse:
    """One form's template: its versions, the placeholders that it may use; the system administrator changes it."""
    known = _known(form)
    if request.method != "POST":
        return show(request, "form_template", _context(request, known, TemplateForm()))
    actor, at = account_of(request).actor, now()
    if request.POST.get("do") == "shipped":
        back = TemplateForm(request.POST, asks_file=False)
        if not back.is_valid():
            return show_again(request, "form_template", {**_context(request, known, back), "errors": errors_of(back)})
        use_shipped_template(by=actor, at=at, key=back.cleaned_data["key"], form=known.name)
        messages.success(request, _("已改回随系统附带的模板。"))
        return redirect("desk_form_template", known.name)
    typed = TemplateForm(request.POST, request.FILES)
    if not typed.is_valid():
        return show_again(request, "form_template", {**_context(request, known, typed), "errors": errors_of(typed)})
    given = typed.cleaned_data["file"]
    try:
        put_template(by=actor, at=at, key=typed.cleaned_data["key"], form=known.name, name=given.name or "", content=given.read())
    except Refused as refused:
        if wants_json(request):
            return refused_json(refused)
        for unmet in refused.unmet:
            typed.add_error("file", say_it(unmet.fact))
        return show_again(request, "form_template", {**_context(request, known, typed), "errors": errors_of(typed)})
    messages.success(request, _("模板已更换，从现在起按它打印。"))
    return redirect("desk_form_template", known.name)


def template_file(request: HttpRequest, form: str) -> HttpResponse:
    """The template in use, to be changed and put back."""
    known = _known(form)
    return paper(template_of(known.name), DOCX, f"模板-{known.title}.docx")


def _known(form: str) -> Form:
    if form not in FORMS:
        raise Http404
    return FORMS[form]


def _context(request: HttpRequest, form: Form, typed: TemplateForm) -> dict[str, Any]:
    kept = versions(form.name)
    entries = dict(
        JournalEntry.objects.filter(commitments__table="formtemplate", commitments__row__in=[row.pk for row in kept]).values_list(
            "commitments__row", "index"
        )
    )
    return {
        "known": form,
        "form": typed,
        "may": Role.SYSTEM_ADMIN in account_of(request).actor.roles,
        "versions": [(row, row.thing(), entries.get(row.pk)) for row in kept],
        "own": bool(kept and kept[0].sha256),
        "scalars": scalars_of(form.scopes).items(),
        "lists": [(name, fields.items()) for name, fields in lists_of(form.scopes).items()],
    }


def paper(content: bytes, media: str, name: str) -> HttpResponse:
    """A file to be kept under that name."""
    return HttpResponse(
        content, content_type=media, headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    )
