"""擅自调整: a new version of a plan weakens target, window, place, scope or due date without consent of the level above and publication.

Innocent explanations looked for first: a change that the level above consented to and that was published; stricter or earlier; the same value
in another unit; measures that were merged or renumbered. Source: INSTITUTION.md, fact 2 (a plan is changed only by whoever approved it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Goal, Measure, Plan
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import area_m2, length_m, positions
from xiaohao.kernel.said import say
from xiaohao.kernel.units import UnitsDiffer, convert
from xiaohao.kernel.when import parse_when
from xiaohao.procedure.plan_changes import consents
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.notice_text import plain
from xiaohao.screening.weaker import ROUNDING, Weaker, weaker
from xiaohao.screening.words import measure_name, quoted

ID = "PLAN-DIFF"
STAGE = "plan"
NEEDS = ("plans.version/replaces/consent/published_at", "goals.target", "measures.was/quantity/due")

#: An outline redrawn by hand differs by less than this share.
REDRAWN = 0.1
#: A measure whose words are alike to this degree is the same measure, reworded.
ALIKE = 0.6
#: A finding names at most this many changes; more are counted.
MOST_NAMED = 3

BASIS = say("调整整改方案须经上一级同意并向社会公开")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per version that asks less than the one before it and was not both consented to from above and published."""
    plans = case.plans_of(case.task.id)
    changed = [(old, plan) for plan in plans if (old := _before(case, plans, plan))]
    if not changed:
        yield Skipped(ID, case.task.id, say("案卷中没有调整过的方案版本"))
    for old, new in changed:
        changes = tuple(_changes(case, old, new))
        if changes and not _allowed(case, new):
            yield _finding(case, old, new, changes)


def _before(case: Dossier, plans: tuple[Plan, ...], plan: Plan) -> Plan | None:
    """The version that this one takes the place of."""
    if named := case.find(Plan, plan.replaces):
        return named
    earlier = [p for p in plans if p.author == plan.author and p.version < plan.version and plan.under != p.id and p.under == plan.under]
    return earlier[-1] if earlier else None


def _allowed(case: Dossier, plan: Plan) -> bool:
    """Consent of a body of a higher level, or one that the author is under; and publication."""
    if plan.consent is None or not plan.published_at:
        return False
    return consents(case, plan.consent.org, plan.author)


def _changes(case: Dossier, old: Plan, new: Plan) -> Iterator[tuple[str, Weaker]]:
    """(id of the goal or measure to look at, in what it asks less)."""
    for goal in old.goals if new.goals else ():  # a version that says nothing of goals, or of measures, leaves them as they are
        successor = _goal_after(goal, new)
        if successor is None:
            yield goal.id, Weaker("goal", say("目标“{goal}”在新版中未见", goal=quoted(goal.text)), goal.text, "")
        else:
            yield from ((successor.id, change) for change in weaker(case, goal, successor))
    for measure in old.measures if new.measures else ():
        following = _measure_after(measure, new)
        if following is None:
            yield measure.id, Weaker("measure", say("{measure}在新版中未见", measure=measure_name(measure)), measure.text, "")
        else:
            yield from ((following.id, change) for change in _less(measure, following))


def _goal_after(goal: Goal, new: Plan) -> Goal | None:
    named = [one for one in new.goals if one.was == goal.id]
    if named:
        return named[0]
    free = [one for one in new.goals if one.was is None]
    same = [one for one in free if goal.target and one.target and one.target.indicator == goal.target.indicator]
    alike = [one for one in free if one.text == goal.text or SequenceMatcher(None, plain(one.text), plain(goal.text)).ratio() >= ALIKE]
    return next(iter((*same, *alike)), None)


def _measure_after(measure: Measure, new: Plan) -> Measure | None:
    """The measure that names this one in `was`; else one that holds its words or its amount (merged, renumbered, reworded)."""
    named = [one for one in new.measures if one.was == measure.id]
    if named:
        return named[0]
    own = plain(measure.text)
    holding = [one for one in new.measures if own in plain(one.text) or (measure.quantity and measure.quantity.name in one.text)]
    free = [one for one in new.measures if one.was is None and SequenceMatcher(None, plain(one.text), own).ratio() >= ALIKE]
    return next(iter((*holding, *free)), None)


def _less(old: Measure, new: Measure) -> Iterator[Weaker]:
    if old.quantity and new.quantity and old.quantity.name == new.quantity.name:
        try:
            value = convert(new.quantity.value, new.quantity.unit, old.quantity.unit)
        except UnitsDiffer:
            value = old.quantity.value
        if value < old.quantity.value * (1 - ROUNDING):
            words = say(
                "{name}由 {before:g} {unit}减为 {after:g} {unit}",
                name=old.quantity.name,
                before=old.quantity.value,
                after=round(value, 4),
                unit=old.quantity.unit,
            )
            yield Weaker("quantity", words, old.quantity.value, round(value, 4), old.quantity.unit)
    due, later = parse_when(old.due), parse_when(new.due)
    if due and later and old.due and new.due and due.surely_before(later) and due.last < later.last:
        words = say("{measure}的时限由 {before} 推迟到 {after}", measure=measure_name(new), before=old.due, after=new.due)
        yield Weaker("due", words, old.due, new.due)
    dropped = sorted(set(old.places) - set(new.places))
    if dropped and new.places:
        yield Weaker(
            "scope", say("{measure}的地点减少 {count} 处", measure=measure_name(new), count=len(dropped)), len(old.places), len(new.places)
        )
    before, after = positions(old.outline), positions(new.outline)
    size = area_m2 if len(before) > 2 else length_m
    if before and after and size(after) < size(before) * (1 - REDRAWN):
        words = say("{measure}的范围缩小", measure=measure_name(new))
        yield Weaker("outline", words, round(size(before)), round(size(after)))


def _finding(case: Dossier, old: Plan, new: Plan, changes: tuple[tuple[str, Weaker], ...]) -> Finding:
    named = "；".join(change.words for _, change in changes[:MOST_NAMED])
    more = say("等 {count} 处", count=len(changes)) if len(changes) > MOST_NAMED else ""
    missing = _missing(case, new)
    first = changes[0][1]
    figures: dict[str, object] = {"before": first.before, "after": first.after, "changes": [change.what for _, change in changes]}
    if first.unit:
        figures["unit"] = first.unit
    return Finding(
        ID,
        Severity.BLOCK,
        case.task.id,
        tuple(Where(one) for one in dict.fromkeys((new.id, *(one for one, _ in changes)))),
        say(
            "方案第 {version} 版（{date}）比第 {old} 版降低要求：{named}{more}，未见{missing}。请补上同意和公开的文件，或恢复原要求。",
            version=new.version,
            date=new.date,
            old=old.version,
            named=named,
            more=more,
            missing=missing,
        ),
        BASIS,
        figures,
    )


def _missing(case: Dossier, plan: Plan) -> str:
    if plan.consent is None:
        return say("上级同意文件") if plan.published_at else say("上级同意文件和公开记录")
    if not plan.published_at:
        return say("公开记录")
    return say("上一级的同意（同意单位“{org}”不是上级）", org=case.org_name(plan.consent.org))
