"""Sharing a task out among units, and how far each share is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts.shares import decompose, may_decompose
from xiaohao.records.models import Task
from xiaohao.records.worklist import visible_to
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.choices import offered
from xiaohao.web.desk.forms.shares import ShareForms
from xiaohao.web.desk.pages.gaps import gaps_of
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.shares import Shares, shares_in


def shares(request: HttpRequest, no: str) -> HttpResponse:
    """The shares there are, and the form that gives out more; another row is a sending of its own, so that it works without a script."""
    case = opened(request, no)
    if request.method != "POST":
        return show(request, "shares", _context(case, _begun(request, case)))
    form = ShareForms(request.POST, orgs=offered(case.dossier.orgs, case.actor.org))
    if "add" in request.POST:
        more = ShareForms(version=case.task.version, rows=form.typed(), orgs=offered(case.dossier.orgs, case.actor.org))
        return show(request, "shares", _context(case, more))
    if not form.is_valid():
        return show_again(request, "shares", _context(case, form))
    head = form.head.cleaned_data
    return attempt(
        request,
        case,
        lambda: decompose(task=case.task.pk, by=case.actor, at=case.at, key=head["key"], shares=form.shares(), version=head["version"]),
        done=_("已分解承办，各部分单独办理。"),
        to=reverse("desk_shares", args=[case.no]),
        step="decompose",
        typed={"rows": form.typed()},
    )


def shares_on(case: Case) -> Shares | None:
    """The shares of the case with what each lacks; a share that this person may not open stands there without a link."""
    mine = set(visible_to(case.actor).filter(link_rows__other=case.task.pk).order_by().values_list("pk", flat=True))

    def address(share: Task) -> str:
        return reverse("desk_task", args=[share.address]) if share.pk in mine else ""

    return shares_in(case.dossier, case.task, address, lacking=lambda share: len(gaps_of(share, case.dossier, case.actor, case.at)[1]))


def _begun(request: HttpRequest, case: Case) -> ShareForms:
    """What was typed and refused, else a row for every unit that is named as responsible and has no share yet."""
    if draft := drafts.kept(request, case.task, "decompose"):
        return ShareForms(version=case.task.version, rows=draft.values["rows"], blank=0, orgs=offered(case.dossier.orgs, case.actor.org))
    given = {share.owner for share in case.dossier.shares_of(case.task.pk)}
    units = [unit for unit in (case.dossier.task.owner, *case.dossier.task.co_owners) if unit not in given]
    return ShareForms(
        version=case.task.version,
        rows=[{"owner": unit} for unit in units],
        blank=0 if len(units) > 1 else 1,
        orgs=offered(case.dossier.orgs, case.actor.org),
    )


def _context(case: Case, form: ShareForms) -> dict[str, Any]:
    return {"case": case, "form": form, "shares": shares_on(case), "may": may_decompose(case.dossier, case.actor)}
