"""How a task hangs together with others: linked by hand, across lists and rounds, and shown on both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts.links import LINKERS, link_tasks, unlink_tasks
from xiaohao.records.models import Task
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.inspections import RelateForm, UnrelateForm
from xiaohao.web.desk.forms.keyed import fresh_key
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.related import RelatedLines, related_lines, where


def links(request: HttpRequest, no: str) -> HttpResponse:
    """The links there are; link another, or take one away."""
    case = opened(request, no)
    if request.method != "POST":
        return show(request, "links", _context(case, RelateForm(initial={"version": case.task.version})))
    if "other" in request.POST:
        return _unlink(request, case)
    form = RelateForm(request.POST)
    other = _other(form) if form.is_valid() else ""
    if form.errors:
        return show_again(request, "links", {**_context(case, form), "errors": errors_of(form)})
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: link_tasks(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            other=other,
            relation=typed["relation"],
            version=typed["version"],
        ),
        done=_("已关联，两项任务的页面上都看得到。"),
        to=reverse("desk_links", args=[case.no]),
    )


def _unlink(request: HttpRequest, case: Case) -> HttpResponse:
    form = UnrelateForm(request.POST)
    if not form.is_valid():
        return show_again(
            request, "links", {**_context(case, RelateForm(initial={"version": case.task.version})), "errors": errors_of(form)}
        )
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: unlink_tasks(
            task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], other=typed["other"], relation=typed["relation"],
            version=typed["version"],
        ),
        done=_("关联已取消。"),
        to=reverse("desk_links", args=[case.no]),
    )  # fmt: skip


def _other(form: RelateForm) -> str:
    """The id of the task of that number, or the words for one that is not on file. Every task's number, title and state are public, so any may be named."""
    no = form.cleaned_data["no"].strip().lower()
    if not no:
        return str(form.cleaned_data["words"].strip())
    row = Task.objects.filter(address=no).first()
    if row is None:
        form.add_error("no", _("没有编号是“%(no)s”的任务。") % {"no": no})
        return ""
    return row.pk


def related_on(case: Case) -> RelatedLines:
    """The related tasks of the case: those that this person may read lead to the desk, the others to their public page."""
    mine = set(visible_to(case.actor).order_by().values_list("pk", flat=True))
    return related_lines(case.task, lambda row: reverse("desk_task" if row.pk in mine else "task", args=[row.address]))


def may_link(case: Case) -> bool:
    return not LINKERS(case.dossier, case.actor)


def _context(case: Case, form: RelateForm) -> dict[str, object]:
    return {
        "case": case,
        "form": form,
        "related": related_on(case),
        "identity": where(case.task),
        "may": may_link(case),
        "key": fresh_key(),
        "version": case.task.version,
    }
