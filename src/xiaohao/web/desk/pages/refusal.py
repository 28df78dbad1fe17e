"""D3: a refusal as people read it: each unmet gate with the link that leads to mending it, and the gates that are met, folded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from types import MappingProxyType

from django.urls import reverse

from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.said import Said, said_from_json, say
from xiaohao.procedure.steps import STEPS, step_named
from xiaohao.records.models import Refusal
from xiaohao.screening.catalogue import catalogue
from xiaohao.web.desk.case import Case
from xiaohao.web.parts.gates import GateLine
from xiaohao.web.parts.link import Link

#: Where a gate is mended: the words on the link, and the address for a task's number.
_Place = tuple[Said, Callable[[str], str]]


#: What may be the id of a check: LEADER-ACT, COVER.
_CHECK_ID = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")


def _page(route: str, anchor: str = "", *more: str) -> Callable[[str], str]:
    return lambda no: reverse(route, args=[no, *more]) + anchor


_PLACES: Mapping[str, _Place] = MappingProxyType(
    {
        "plan_complete": (say("改方案"), _page("desk_plan")),
        "target_given": (say("补目标"), _page("desk_plan")),
        "hands_named": (say("看各单位"), _page("desk_task")),
        "first_responsible_named": (say("看各单位"), _page("desk_task")),
        "separate_hands": (say("看各单位"), _page("desk_task")),
        "first_responsible_on_record": (say("补本人记录"), lambda no: reverse("desk_register", args=[no]) + "?type=personal_act"),
        "measures_answered": (say("看缺口"), _page("desk_task", "#matrix")),
        "claims_backed": (say("补记录或改文字"), _page("desk_task", "#claims")),
        "application_pledged": (say("签承诺"), _page("desk_pledge", "", "apply")),
        "acceptance_pledged": (say("签承诺"), _page("desk_pledge", "", "accept")),
        "closing_pledged": (say("签承诺"), _page("desk_pledge", "", "close")),
        "blocks_settled": (say("看疑点"), _page("desk_task", "#findings")),
        "findings_settled": (say("看疑点"), _page("desk_task", "#findings")),
        "screening_finished": (say("看比对"), _page("desk_task", "#findings")),
        "acceptance_on_site": (say("填验收意见"), _page("desk_accept")),
        "group_impartial": (say("改验收组"), _page("desk_accept", "#id_people")),
        "opinions_given": (say("写逐项意见"), _page("desk_accept", "#opinions")),
        "no_measure_undone": (say("写退回函"), _page("desk_return")),
        "questions_answered": (say("看质询"), _page("desk_questions")),
        "shares_accepted": (say("看各部分"), _page("desk_shares")),
        "shares_closed": (say("看各部分"), _page("desk_shares")),
        "target_held": (say("看数据"), _page("desk_task", "#files")),
        "minimum_time_held": (say("看任务"), _page("desk_task")),
        "review_recorded": (say("去审核"), _page("desk_review")),
        "assessment_given": (say("去评估"), _page("desk_assess")),
        "assessment_sampled": (say("去抽样"), _page("desk_sample")),
        "outside_sample_taken": (say("登记抽查"), lambda no: reverse("desk_register", args=[no]) + "?type=site_visit"),
        "confidentiality_signed": (say("去审查"), _page("desk_publish", "#secret")),
        "notice_ready": (say("看公示稿"), _page("desk_publish")),
        "self_acceptance_shown": (say("看公示稿"), _page("desk_publish")),
        "watch_plan_present": (say("定观察计划"), _page("desk_watch")),
        "window_complete": (say("看公示期"), _page("desk_task")),
        "no_open_objection": (say("看任务"), _page("desk_task")),
    }
)


#: Gates that an application mends itself: the answers are in its form, not yet on file.
_ANSWERS = frozenset({"measures_answered", "claims_backed"})


def gate_lines(unmet: Iterable[Unmet], no: str, *, step: str = "") -> tuple[GateLine, ...]:
    """Each unmet gate with the way to it. Whose it is to mend, the line says in words. An application (`step`) is mended in its own draft:
    the file shows only what has been handed in."""
    return tuple(
        GateLine(with_titles(one), _in_draft(one, no) if step == "apply" and one.gate in _ANSWERS else _link(one, no)) for one in unmet
    )


def _in_draft(unmet: Unmet, no: str) -> Link:
    words = say("回草稿补答复") if unmet.gate == "measures_answered" else say("回草稿改文字、选记录")
    return Link(words, f"{reverse('desk_apply', args=[no])}#{answer_anchor(unmet.where)}")


def answer_anchor(measure: str) -> str:
    """Where the answer to a measure stands in the form of the application; "answers" is the first of them."""
    return f"answer-{measure}" if measure.startswith("measure") else "answers"


def with_titles(unmet: Unmet) -> Unmet:
    """A gate about findings names their checks by id; people read what each check is called."""
    if unmet.gate not in ("blocks_settled", "findings_settled"):
        return unmet
    return replace(unmet, fact=_titled(unmet.fact))


def _titled(sentence: str) -> str:
    """The sentence with the titles of checks for their ids, still one that can be said in another language."""
    if isinstance(sentence, Said):
        values = {name: _titled(value) if isinstance(value, str) else value for name, value in sentence.values.items()}
        return Said(sentence.pattern, values)
    return _CHECK_ID.sub(lambda found: _title(found.group()), sentence)


def _title(word: str) -> str:
    return catalogue()[word].title if word in catalogue() else word


def _link(unmet: Unmet, no: str) -> Link | None:
    place = _PLACES.get(unmet.gate)
    return Link(place[0], place[1](no)) if place else None


def unmet_of(refusal: Refusal) -> tuple[Unmet, ...]:
    """The gates as they were shown when the step was refused."""
    return tuple(Unmet(**{field.name: said_from_json(row[field.name]) for field in fields(Unmet)}) for row in refusal.unmet)


#: What every step asks first; the page counts the step's own conditions.
_EVERY_STEP = frozenset({"in_turn", "right_hands"})


def met_by(refusal: Refusal) -> tuple[str, ...]:
    """The gates of the step that were met, in words as they were then; () for an act that is no step. Refusals of before they were kept are worked
    out from the table."""
    if refusal.met:
        return tuple(said_from_json(row["fact"]) for row in refusal.met if row["gate"] not in _EVERY_STEP)
    if refusal.step not in {step.name for step in STEPS}:
        return ()
    missed = {row["gate"] for row in refusal.unmet}
    return tuple(gate.met for gate in step_named(refusal.step).gates if gate.name not in missed)


def title_words(case: Case, refusal: Refusal) -> Said:
    """现在不能申请验收，还缺 5 项."""
    step = next((one for one in STEPS if one.name == refusal.step), None)
    verb = case.rules.word(step.name, step.label) if step else say("办理")
    return say("现在不能{verb}，还缺 {count} 项", verb=step.label if step and verb == step.label else verb, count=len(refusal.unmet))
