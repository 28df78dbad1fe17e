"""What comes next for a task, and where on the desk it is done: each step's page and the verb that leads there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.urls import reverse

from xiaohao.kernel.said import Said, say
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.steps import Step

#: Steps with a page of their own; all others share the page that asks for a few words or only for the click.
_PAGES: Mapping[str, str] = MappingProxyType(
    {
        "file_plan": "desk_plan",
        "report": "desk_progress",
        "apply": "desk_apply",
        "accept": "desk_accept",
        "review": "desk_review",
        "assess": "desk_assess",
        "publish": "desk_publish",
        "return_to_work": "desk_return",
    }
)

#: What a person is to do, in the list (UX.md section 4); the button says the step's own verb.
_TODO: Mapping[str, Said] = MappingProxyType(
    {
        "file_plan": say("报送整改方案"),
        "approve_plan": say("批准整改方案"),
        "start": say("开始整改"),
        "apply": say("落实措施，申请验收"),
        "accept": say("到现场验收"),
        "review": say("逐条审核"),
        "assess": say("逐项评估"),
        "publish": say("发布公示"),
        "close": say("公示期满后销号"),
        "confirm": say("观察期满后确认"),
        "resume": say("继续整改"),
    }
)


def page_of_step(step: str, no: str) -> str:
    """The address at which the step is taken."""
    return reverse(_PAGES[step], args=[no]) if step in _PAGES else reverse("desk_step", args=[no, step])


def todo_words(step: Step | None) -> Said:
    return _TODO.get(step.name, step.label) if step else say("没有下一步")


def verb_of(step: Step, rules: Rulebook) -> str:
    """The word on the button: this place's own, or the usual one."""
    word = rules.word(step.name, step.label)
    return step.label if word == step.label else word
