"""What a new version of a plan changes against the one before it, said one by one; and whose consent a change needs.

A target, a place, the scope of a measure and a due date are changed only with the consent of a higher level; wording, units and order are not
changes in that sense (INSTITUTION.md, fact 2: a plan is changed only by whoever approved it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org, Place
from xiaohao.dossier.plan import Goal, Measure, Plan, Quantity, Target
from xiaohao.kernel.said import Said, in_a_row, say
from xiaohao.outcomes.words import amount, demand, total_words, window_words
from xiaohao.procedure.hands import is_above

#: Words that are alike to this degree are the same goal or measure, reworded.
ALIKE = 0.6
_LEVELS = ("none", "town", "county", "city", "province", "central")

Row = TypeVar("Row", Goal, Measure)


class Changed(StrEnum):
    """In what respect a version differs."""

    TARGET = "target"  # 目标
    PLACE = "place"  # 地点
    SCOPE = "scope"  # 范围
    DUE = "due"  # 时限
    WORDS = "words"  # 文字


CHANGED_WORDS: dict[Changed, Said] = {
    Changed.TARGET: say("目标"),
    Changed.PLACE: say("地点"),
    Changed.SCOPE: say("范围"),
    Changed.DUE: say("时限"),
    Changed.WORDS: say("文字"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: in what respect, of which goal or measure (`where`, its id in the newer version or, once gone, in the older), in words."""

    kind: Changed
    where: str
    words: Said

    @property
    def needs_consent(self) -> bool:
        return self.kind is not Changed.WORDS


def approved_before(dossier: Dossier, plan: Plan) -> Plan | None:
    """The last version before this one that was approved and published: what a change is held against."""
    earlier = [one for one in dossier.plans_of(plan.task) if one.version < plan.version and one.published_at and one.id != plan.under]
    return earlier[-1] if earlier else None


def published_plan(dossier: Dossier, task: str) -> Plan | None:
    """The version that stands in public: the last one that was approved, while a later one waits for consent."""
    now = dossier.plan_in_force(task)
    return now if now is None or now.published_at else approved_before(dossier, now)


def consents(dossier: Dossier, giver: str, author: str) -> bool:
    """Whether `giver` may consent to changes of a plan of `author`: a unit above it (or the office of one), or any unit of a higher level."""
    if is_above(dossier, giver, (author,)):
        return True
    one, other = dossier.find(Org, giver), dossier.find(Org, author)
    if one is None or other is None:
        return giver != author
    return _LEVELS.index(one.level) > _LEVELS.index(other.level)


def changes(dossier: Dossier, old: Plan, new: Plan) -> tuple[Change, ...]:
    """Everything in which `new` differs from `old`, goals first, in the order of the older version, additions last."""
    return (*_goals(dossier, old, new), *_measures(dossier, old, new))


def _goals(dossier: Dossier, old: Plan, new: Plan) -> Iterator[Change]:
    pairs, added = _paired(old.goals, new.goals)
    for goal, later in pairs:
        if later is None:
            yield Change(Changed.TARGET, goal.id, say("删去目标“{goal}”", goal=goal.text))
            continue
        before, after = _target_words(goal.target), _target_words(later.target)
        if _asks(goal.target) != _asks(later.target):
            yield Change(
                Changed.TARGET, later.id, say("目标“{goal}”的要求由“{before}”改为“{after}”", goal=later.text, before=before, after=after)
            )
        if goal.target and later.target and goal.target.place != later.target.place:
            places = [_place(dossier, one.place) for one in (goal.target, later.target)]
            yield Change(
                Changed.PLACE,
                later.id,
                say("目标“{goal}”的考核地点由“{before}”改为“{after}”", goal=later.text, before=places[0], after=places[1]),
            )
        if goal.text != later.text:
            yield Change(_kind_of_words(goal, later), later.id, say("目标由“{before}”改写为“{after}”", before=goal.text, after=later.text))
    for goal in added:
        yield Change(Changed.TARGET, goal.id, say("新增目标“{goal}”", goal=goal.text))


def _kind_of_words(goal: Goal, later: Goal) -> Changed:
    """A goal without a figure is its words: to change them is to change it."""
    return Changed.TARGET if goal.target is None and later.target is None else Changed.WORDS


def _asks(target: Target | None) -> tuple[object, ...]:
    if target is None:
        return ()
    return (target.indicator, target.operator, target.value, target.unit, target.window, target.min_months or 0, target.seasons)


def _target_words(target: Target | None) -> Said | str:
    if target is None:
        return say("没有数值")
    asked = demand(target)
    name = (
        total_words(target)
        if target.window == "total"
        else say("{indicator}{window}", indicator=target.indicator, window=window_words(target.window))
    )
    if not target.min_months:
        return say("{name}{asked}", name=name, asked=asked)
    return say("{name}{asked}，保持 {months} 个月", name=name, asked=asked, months=target.min_months)


def _measures(dossier: Dossier, old: Plan, new: Plan) -> Iterator[Change]:
    pairs, added = _paired(old.measures, new.measures)
    for measure, later in pairs:
        if later is None:
            yield Change(Changed.SCOPE, measure.id, say("删去第 {number} 项措施“{text}”", number=measure.number, text=measure.text))
            continue
        number = later.number
        if measure.due != later.due:
            yield Change(
                Changed.DUE,
                later.id,
                say(
                    "第 {number} 项措施的时限由 {before} 改为 {after}",
                    number=number,
                    before=_or_none(measure.due),
                    after=_or_none(later.due),
                ),
            )
        if measure.quantity != later.quantity:
            before, after = _quantity(measure.quantity), _quantity(later.quantity)
            yield Change(
                Changed.SCOPE, later.id, say("第 {number} 项措施的数量由{before}改为{after}", number=number, before=before, after=after)
            )
        if set(measure.places) != set(later.places):
            before_at, after_at = (in_a_row(_place(dossier, one) for one in m.places) or say("未写明") for m in (measure, later))
            yield Change(
                Changed.PLACE,
                later.id,
                say("第 {number} 项措施的地点由“{before}”改为“{after}”", number=number, before=before_at, after=after_at),
            )
        if measure.outline != later.outline:
            yield Change(Changed.SCOPE, later.id, say("第 {number} 项措施的范围线改动", number=number))
        if measure.text != later.text:
            yield Change(
                Changed.WORDS,
                later.id,
                say("第 {number} 项措施由“{before}”改写为“{after}”", number=number, before=measure.text, after=later.text),
            )
        if measure.owner != later.owner:
            names = [dossier.org_name(one.owner) for one in (measure, later)]
            yield Change(
                Changed.WORDS,
                later.id,
                say("第 {number} 项措施的责任单位由{before}改为{after}", number=number, before=names[0], after=names[1]),
            )
    for measure in added:
        yield Change(Changed.SCOPE, measure.id, say("新增第 {number} 项措施“{text}”", number=measure.number, text=measure.text))


def _paired(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[tuple[Row, Row | None]], list[Row]]:
    """Each row of the older version with the one that goes on from it (by name, by its words, by words alike), and the rows that are new."""
    free = list(new)
    pairs: dict[str, Row | None] = {}
    for fits in (_named, _same, _alike):
        for row in old:
            if pairs.get(row.id) is None and (found := next((one for one in free if fits(row, one)), None)):
                pairs[row.id] = found
                free.remove(found)
    return [(row, pairs.get(row.id)) for row in old], free


def _named(row: Goal | Measure, later: Goal | Measure) -> bool:
    return later.was == row.id


def _same(row: Goal | Measure, later: Goal | Measure) -> bool:
    return later.was is None and later.text == row.text


def _alike(row: Goal | Measure, later: Goal | Measure) -> bool:
    return later.was is None and SequenceMatcher(None, row.text, later.text).ratio() >= ALIKE


def _quantity(quantity: Quantity | None) -> Said:
    if quantity is None:
        return say("未写明")
    return say("{name} {value} {unit}", name=quantity.name, value=amount(quantity.value), unit=quantity.unit)


def _place(dossier: Dossier, place_id: str | None) -> str:
    place = dossier.find(Place, place_id)
    return place.name if place else place_id or say("未写明")


def _or_none(day: str | None) -> str:
    return day or say("未写明")
