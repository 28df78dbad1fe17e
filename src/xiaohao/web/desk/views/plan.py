"""The plan of a task: goals and measures, typed or taken over from the text that the task was opened from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import plans
from xiaohao.acts.ledgers import HANDED_ON
from xiaohao.dossier.parties import Org, is_dissolved
from xiaohao.kernel.when import CST
from xiaohao.procedure import steps
from xiaohao.procedure.decide import steps_open_to
from xiaohao.records.models import Draft
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.choices import offered
from xiaohao.web.desk.forms.plan import PlanForms, goal_as_typed, measure_as_typed
from xiaohao.web.desk.pages.causes import Cause, causes_beside, causes_of
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.versions import versions_of


def plan(request: HttpRequest, no: str) -> HttpResponse:
    """File a version of the plan; a row more is a sending of its own, so that it works without a script."""
    case = opened(request, no)
    if request.method != "POST":
        return show(request, "plan", _context(case, _begun(request, case)))
    typed = _bound(case, request.POST)
    if "add" in request.POST:
        return show(request, "plan", _context(case, _begin(case, typed.typed())))
    if not typed.is_valid():
        return show_again(request, "plan", _context(case, typed))
    if "save" in request.POST:
        drafts.keep(request, case.task, "file_plan", typed.typed(), at=case.at)
        return show(request, "plan", _context(case, typed, saved=True))
    head = typed.head.cleaned_data
    return attempt(
        request,
        case,
        lambda: plans.file_plan(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=head["key"],
            plan=typed.plan(case.task.pk, case.dossier.plan_in_force(case.task.pk)),
            causes=typed.head.cause_lines,
            version=head["version"],
        ),
        done=_("方案已报送，等上一级批准。"),
        to=reverse("desk_task", args=[case.no]),
        step="file_plan",
        typed=typed.typed(),
    )


def versions(request: HttpRequest, no: str) -> HttpResponse:
    """Every version of the plan with what it changed, and which measure answers which cause."""
    case = opened(request, no)
    context = {
        "case": case,
        "versions": versions_of(case.dossier, case.task.pk),
        "causes": causes_of(case),
        "may_file": steps.FILE_PLAN in steps_open_to(case.dossier, case.actor, case.rules),
    }
    return show(request, "plan_versions", context)


def _begun(request: HttpRequest, case: Case) -> PlanForms:
    """The person's own draft, else the plan in force, else what was typed when the task was opened, else nothing."""
    if draft := drafts.kept(request, case.task, "file_plan"):
        return _begin(case, draft.values)
    if now := case.dossier.plan_in_force(case.task.pk):
        goals, measures = [goal_as_typed(goal) for goal in now.goals], [measure_as_typed(measure) for measure in now.measures]
        return _begin(case, {"head": {"date": _today(case)}, "goals": goals, "measures": measures})
    handed = Draft.objects.filter(task=case.task, step=HANDED_ON).order_by("-saved_at").first()
    return _begin(case, handed.values if handed else {"head": {"date": _today(case)}})


def _begin(case: Case, typed: dict[str, Any]) -> PlanForms:
    head = {"version": case.task.version, "causes": "\n".join(case.dossier.task.causes), **typed.get("head", {})}
    return PlanForms(
        head=head,
        goals=typed.get("goals", ()),
        measures=typed.get("measures", ()),
        orgs=offered(case.dossier.orgs, case.actor.org),
        gone=_gone(case),
        places=case.dossier.places,
    )


def _bound(case: Case, data: Any) -> PlanForms:
    return PlanForms(data, orgs=offered(case.dossier.orgs, case.actor.org), gone=_gone(case), places=case.dossier.places)


def _gone(case: Case) -> tuple[Org, ...]:
    """Units that are dissolved and that the plan in force gives a measure to: who changes another line of it need not choose anew."""
    now = case.dossier.plan_in_force(case.task.pk)
    owners = {measure.owner for measure in now.measures} if now else set()
    return tuple(org for org in case.dossier.orgs if org.id in owners and is_dissolved(org))


def _context(case: Case, typed: PlanForms, *, saved: bool = False) -> dict[str, Any]:
    before = case.dossier.plan_in_force(case.task.pk)
    return {"case": case, "plan": typed, "saved": saved, "before": before, "causes": _causes(typed)}


def _causes(typed: PlanForms) -> tuple[Cause, ...]:
    """The causes as they are typed beside the measures as they are typed."""
    now = typed.typed()
    causes = [line.strip() for line in str(now["head"]["causes"] or "").splitlines() if line.strip()]
    rows = [row for row in now["measures"] if row.get("text")]
    return causes_beside(causes, ((n, str(row["text"]), _place(row.get("cause"))) for n, row in enumerate(rows, 1)))


def _place(cause: object) -> int | None:
    return int(str(cause)) - 1 if str(cause or "").isdecimal() else None


def _today(case: Case) -> str:
    return case.at.astimezone(CST).date().isoformat()
