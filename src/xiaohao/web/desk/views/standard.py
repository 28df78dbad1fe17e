"""The closure standard of a task: what its class asks for, what of it is there, and which class that is."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.acts.standards import classify, may_classify
from xiaohao.kernel.when import CST, When
from xiaohao.procedure.standard_gaps import asked_of
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.evidence import set_choices
from xiaohao.web.desk.forms.keyed import StepForm
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of


class ClassForm(StepForm):
    """The class of problems."""

    name = forms.ChoiceField(label=gettext_lazy("问题类别"), required=False)


def standard(request: HttpRequest, no: str) -> HttpResponse:
    """The page; the class is chosen on it."""
    case = opened(request, no)
    form = _form(case, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return show(request, "standard", _context(case, form))
    if not form.is_valid():
        return show_again(request, "standard", {**_context(case, form), "errors": errors_of(form)})
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: classify(task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], class_=typed["name"], version=typed["version"]),
        done=_("类别已定，验收时按这一类的销号标准核对。"),
        to=reverse("desk_standard", args=[case.no]),
    )


def _form(case: Case, data: object) -> ClassForm:
    form = ClassForm(data, initial={"name": case.dossier.task.class_ or "", "version": case.task.version})
    classes = case.rules.standards.classes.values()
    set_choices(form, "name", [("", _("不定类，只按通用规程")), *((one.name, one.title) for one in classes)])
    return form


def _context(case: Case, form: ClassForm) -> dict[str, object]:
    library = case.rules.library_of(case.dossier.task) or case.rules.standards
    chosen = library.classes.get(case.dossier.task.class_ or "")
    day = case.at.astimezone(CST).date()
    asked = asked_of(case.dossier, chosen, When(day, day)) if chosen else ()
    may = may_classify(case.dossier, case.actor)
    return {"case": case, "form": form, "library": library, "chosen": chosen, "asked": asked, "may": may}
