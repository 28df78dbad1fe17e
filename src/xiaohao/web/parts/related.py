"""Tasks that hang together, as a list: what the relation is called from either side, and which inspection, round, list and number the other is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xiaohao.kernel.said import Said, say
from xiaohao.records.inspections import Related, related_to
from xiaohao.records.models import Task

#: relation -> what the other task is to the one whose page this is: where the link was entered on this task, and where on the other.
WORDS: dict[str, tuple[Said, Said]] = {
    "carried_over": (say("上轮结转自"), say("结转到")),
    "continues": (say("接续"), say("由它接续")),
    "same_site": (say("同一现场"), say("同一现场")),
    "same_firm": (say("同一企业"), say("同一企业")),
    "duplicate": (say("重复交办"), say("重复交办")),
    "similar": (say("举一反三：同类问题"), say("举一反三：同类问题")),
}
#: A problem that was inspected before and is there again.
_CAME_BACK = ("carried_over", "continues", "same_site", "same_firm")


@dataclass(frozen=True, slots=True)
class RelatedLine:
    """One line: the relation's words, the inspection, list and number of the other, its state ("" where it is not on file), its page ("" for none)."""

    relation: Said
    where: str
    title: str
    state: str
    closed_at: str
    href: str
    other: str
    kind: str
    removable: bool


@dataclass(frozen=True, slots=True)
class RelatedLines:
    """All of them; `came_back` says on how many earlier tasks of other inspections the same problem was already struck off."""

    lines: tuple[RelatedLine, ...]
    came_back: int


def related_lines(task: Task, address: Callable[[Task], str]) -> RelatedLines:
    """The related tasks of one; `address` says where each one's page is, "" where the reader may not go."""
    found = related_to(task)
    return RelatedLines(tuple(_line(one, address) for one in found), sum(_is_back(task, one) for one in found))


def _line(one: Related, address: Callable[[Task], str]) -> RelatedLine:
    words = WORDS[one.relation][0 if one.outward else 1]
    if one.task is None:
        return RelatedLine(words, one.words, "", "", "", "", one.other, one.relation, one.outward)
    other = one.task
    state = "carried_in" if other.more.get("carried_in") else other.status
    title = other.title or other.problem[:30]
    return RelatedLine(words, where(other), title, state, other.closed_at, address(other), other.pk, one.relation, one.outward)


def where(task: Task) -> str:
    """The identity of a task: inspection, list and number, as officials write it."""
    return f"{task.list.inspection.name} · {task.list.name} · 第 {task.number} 项"


def _is_back(task: Task, one: Related) -> bool:
    """Whether the other one is of an earlier inspection and was struck off before this one was given."""
    return bool(
        one.outward
        and one.relation in _CAME_BACK
        and one.task
        and one.task.closed_at
        and one.task.list.inspection_id != task.list.inspection_id
    )
