"""The office's rhythm of calls for progress: set, seen with its next day, stopped."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xiaohao.acts import rhythm as acts
from xiaohao.acts.clock import now
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.when import CST
from xiaohao.records.models import Person
from xiaohao.records.rhythms import next_issue, rhythms_in_force
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.supervision import RhythmForm, StopForm
from xiaohao.web.desk.pages.calls import KINDS
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it


def rhythm(request: HttpRequest) -> HttpResponse:
    """See and set the rhythm; `stop` ends one."""
    actor, at = account_of(request).actor, now()
    today = at.astimezone(CST).date()
    in_force = [
        (one, KINDS[one.kind], next_issue(one, today), Person.objects.get(pk=one.set_by).name, StopForm(initial={"stop": one.kind}))
        for one in rhythms_in_force(actor.org)
    ]
    context = {"in_force": in_force, "form": RhythmForm(initial={"kind": "monthly", "day": 1, "answer_within": 5})}
    if request.method != "POST":
        return show(request, "call_rhythm", context)
    form: RhythmForm | StopForm = StopForm(request.POST) if "stop" in request.POST else RhythmForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        held = next((one for one, *_rest in in_force if one.kind == typed.get("stop")), None)
        figures = (held.kind, held.day, held.answer_within) if held else (typed.get("kind"), typed.get("day"), typed.get("answer_within"))
        kind, day, within = figures
        try:
            acts.set_rhythm(
                by=actor, at=at, key=typed["key"], kind=str(kind), day=day or 0, answer_within=within or 0, stopped="stop" in request.POST
            )
        except Refused as refused:
            for unmet in refused.unmet:
                form.add_error(None, f"{say_it(unmet.fact)}：{say_it(unmet.way)}")
        else:
            messages.success(request, _("节奏已停。") if "stop" in request.POST else _("节奏已定，到日子自动发出。"))
            return redirect("desk_call_rhythm")
    return show_again(
        request, "call_rhythm", {**context, **({"form": form} if isinstance(form, RhythmForm) else {}), "errors": errors_of(form)}
    )
