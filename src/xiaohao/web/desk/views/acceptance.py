"""D6 验收: who was there, what was measured against the plan, what is held of each measure, who does not agree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import verdicts
from xiaohao.acts.dry_run import look_at
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Org, is_dissolved
from xiaohao.dossier.plan import Goal
from xiaohao.dossier.record import Record, Result
from xiaohao.evidence.unacceptable import Unacceptable
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST, When, parse_when
from xiaohao.outcomes.target import judge
from xiaohao.procedure import steps
from xiaohao.procedure.countersigning import ACCEPT
from xiaohao.procedure.gates.group_impartial import EXPERT_BODIES
from xiaohao.procedure.hands import bound
from xiaohao.procedure.questions import open_questions
from xiaohao.procedure.rounds import last_in_round
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.acceptance import AcceptanceForm, Candidate
from xiaohao.web.desk.forms.choices import with_unit
from xiaohao.web.desk.forms.keyed import fresh_key
from xiaohao.web.desk.intake import about, take_in
from xiaohao.web.desk.pages.countersigning import panels_for
from xiaohao.web.desk.pages.dossier import goals_of
from xiaohao.web.desk.pages.matrix import gaps_in, matrix_of
from xiaohao.web.desk.pages.refusal import gate_lines
from xiaohao.web.desk.pages.returned import asked_before
from xiaohao.web.desk.pledged import sign_and
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it

#: Gates whose matter is typed on this page: before it is submitted they say nothing.
_TYPED_HERE = frozenset(
    {"acceptance_on_site", "acceptance_countersigned", "acceptance_pledged", "group_impartial", "opinions_given", "no_measure_undone"}
)


def accept(request: HttpRequest, no: str) -> HttpResponse:
    """File the group's opinion. The pledge is signed in the same sending."""
    case = opened(request, no)
    form = _form(request, case)
    if request.method != "POST":
        return show(request, "accept", _context(case, form))
    files = _photos(case, form) if form.is_valid() else ()
    if form.errors:
        return show_again(request, "accept", {**_context(case, form), "errors": errors_of(form)})
    if "countersign" in request.POST:
        drafts.keep(request, case.task, "accept", drafts.typed_in(form), at=case.at)
        return redirect("desk_countersign_new", case.no, ACCEPT)
    typed = form.cleaned_data
    record = _with_results(case, form.record(tuple(file.id for file in files)))

    def act(version: int) -> Receipt:
        return verdicts.accept(
            task=case.task.pk, by=case.actor, at=case.at, key=typed["key"], acceptance=record, files=files, version=version
        )

    def both() -> Receipt:
        if typed["pledged"]:
            return sign_and(case, act, key=typed["key"], version=typed["version"], stage="accept")
        return act(typed["version"])

    return attempt(
        request,
        case,
        both,
        done=_("验收意见已提交。"),
        to=reverse("desk_task", args=[case.no]),
        step="accept",
        typed=drafts.typed_in(form),
    )


def _form(request: HttpRequest, case: Case) -> AcceptanceForm:
    draft = drafts.kept(request, case.task, "accept")
    today = case.at.astimezone(CST).date().isoformat()
    initial = {
        "date": today,
        "place": next(iter(case.dossier.task.places), ""),
        **_arranged(case),
        **(draft.values if draft else {}),
        "version": case.task.version,
    }
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return AcceptanceForm(data, files, dossier=case.dossier, people=candidates(case), places=case.dossier.places, initial=initial)


def _arranged(case: Case) -> dict[str, Any]:
    """Day and group of the visit that was arranged for this task and others; nothing is taken over of what was held of them."""
    visit = last_in_round(case.dossier, "arrangement")
    if visit is None:
        return {}
    declared = {f"declares_{one.person}": one.declares for one in visit.group if one.declares}
    leader = next((one.person for one in visit.group if one.part == "leader"), "")
    return {"date": visit.date, "people": list(visit.people), "leader": leader, **declared}


def opinion_kept(request: HttpRequest, case: Case) -> Record | None:
    """The group's opinion as it waits in this person's draft, None where there is none or it is not whole."""
    draft = drafts.kept(request, case.task, "accept")
    if draft is None:
        return None
    sent = {**draft.values, "key": fresh_key(), "version": case.task.version}
    form = AcceptanceForm(sent, dossier=case.dossier, people=candidates(case), places=case.dossier.places)
    return form.record(()) if form.is_valid() else None


def _photos(case: Case, form: AcceptanceForm) -> tuple[File, ...]:
    """What the group photographed, kept with the day and place of the acceptance. One that cannot be taken is an error of its field."""
    typed, found = form.cleaned_data, []
    for number, sent in enumerate(typed["photos"]):
        try:
            file = take_in(case, sent, key=typed["key"], number=number).file
        except Unacceptable as refused:
            form.add_error("photos", about(sent.name or "", refused))
        else:
            found.append(replace(file, phase="after", place=typed["place"] or None, claimed_at=typed["date"].isoformat()))
    return tuple(found)


def candidates(case: Case) -> list[Candidate]:
    """Who may be in the group: people of the accepting unit first, then of other units of its level, then experts; each with the test of
    separateness."""
    dossier, owners = case.dossier, (case.dossier.task.owner, *case.dossier.task.co_owners)
    own = dossier.find(Org, dossier.task.acceptor)
    standing = [org for org in dossier.orgs if not is_dissolved(org)]
    near = [org for org in standing if org.id == dossier.task.acceptor or (own and org.level == own.level and org.kind != "contractor")]
    near += [org for org in standing if org.kind in EXPERT_BODIES and org not in near]
    near.sort(key=lambda org: (org.id != dossier.task.acceptor, org.kind in EXPERT_BODIES))
    found = []
    for unit in near:
        reason = next((reason for owner in owners if (reason := bound(dossier, owner, unit.id))), None)
        for person in dossier.people:
            if person.org == unit.id:
                words = with_unit(person.name, unit.name, person.post)
                shown = say_it(say("{person} · 不能参加：与责任单位{reason}", person=words, reason=reason)) if reason else words
                found.append(Candidate(person.id, shown, unit.kind in EXPERT_BODIES))
    return found


def _with_results(case: Case, record: Record) -> Record:
    """The figures that decide each goal go into the opinion as they were read on its day."""
    until = parse_when(record.date) or When(case.at.date(), case.at.date())
    results = [result for goal in case.dossier.goals_of(case.task.pk) for result in _results(case, goal, until)]
    return replace(record, results=tuple(results))


def _results(case: Case, goal: Goal, until: When) -> list[Result]:
    if goal.target is None:
        return []
    verdict = judge(case.dossier, goal, done_at=parse_when(case.dossier.task.done_at), until=until)
    target = goal.target
    return [
        Result(indicator=target.indicator, value=round(window.value, 6), unit=target.unit, place=target.place, at=window.last.isoformat())
        for window in verdict.windows
        if window.counts and window.value is not None
    ]


def _context(case: Case, form: AcceptanceForm) -> dict[str, Any]:
    seen = look_at(steps.ACCEPT, case.dossier, task=case.task, by=case.actor, at=case.at)
    unmet = tuple(one for one in seen.unmet if one.gate not in _TYPED_HERE)
    matrix = matrix_of(case)
    return {
        "case": case,
        "form": form,
        "gates": gate_lines(unmet, case.no),
        "goals": goals_of(case),
        "matrix": matrix,
        "gaps": gaps_in(matrix),
        "needed": case.rules.acceptance.min_people,
        "asked_before": asked_before(case),
        "questions": open_questions(case.dossier),
        "panels": panels_for(case, ACCEPT),
    }
