"""低于上级: the unit's goal is weaker than the superior plan's goal it stands under.

Innocent explanations looked for first: unit conversion; a stricter child; a change that the superior plan's author consented to; a superior
goal that was itself changed in a later version. Source: INSTITUTION.md, fact 2: plans go down from level to level and may only grow stricter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Goal, Plan
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.weaker import Weaker, weaker
from xiaohao.screening.words import quoted

ID = "SUB-PLAN"
STAGE = "plan"
NEEDS = ("goals.under", "goals.target")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per goal of the plan in force that asks less than the superior's goal."""
    plan = case.plan_in_force(case.task.id)
    pairs = tuple(_pairs(case, plan)) if plan else ()
    if plan is None or not pairs:
        yield Skipped(ID, case.task.id, say("方案的目标没有写明所依据的上级目标"))
        return
    for goal, parent, superior in pairs:
        less = tuple(weaker(case, parent, goal, same_place=False))
        if less and not _consented(case, plan, superior):
            yield _finding(case, goal, parent, less)


def _pairs(case: Dossier, plan: Plan) -> Iterator[tuple[Goal, Goal, Plan | None]]:
    """Each goal with the superior's goal that it stands under: by name, else the one on the same indicator and place of the plan named in `under`."""
    above = case.find(Plan, plan.under)
    for goal in plan.goals:
        parent = case.find(Goal, goal.under)
        if parent is None and above and goal.target:
            same = [one for one in above.goals if one.target and one.target.indicator == goal.target.indicator]
            parent = next((one for one in same if one.target and one.target.place == goal.target.place), None)
        if parent is not None:
            latest = _latest(case, parent)
            yield goal, latest, _plan_of(case, latest)


def _latest(case: Dossier, goal: Goal) -> Goal:
    """The goal as the superior's last version has it."""
    seen = {goal.id}
    while later := next((one for plan in case.plans for one in plan.goals if one.was == goal.id and one.id not in seen), None):
        goal = later
        seen.add(goal.id)
    return goal


def _plan_of(case: Dossier, goal: Goal) -> Plan | None:
    return next((plan for plan in case.plans if goal in plan.goals), None)


def _consented(case: Dossier, plan: Plan, superior: Plan | None) -> bool:
    """Whether the superior plan's author, or somebody above it, agreed to this version or to one that it takes the place of."""
    if superior is None:
        return False
    above = {org.id for org in case.above(superior.author)} | {superior.author}
    versions, current = [plan], plan
    while (old := case.find(Plan, current.replaces)) and old not in versions:
        versions.append(old)
        current = old
    return any(version.consent is not None and version.consent.org in above for version in versions)


def _finding(case: Dossier, goal: Goal, parent: Goal, less: tuple[Weaker, ...]) -> Finding:
    first = less[0]
    figures: dict[str, object] = {"child": first.after, "parent": first.before, "respects": [one.what for one in less]}
    if first.unit:
        figures["unit"] = first.unit
    return Finding(
        ID,
        Severity.BLOCK,
        case.task.id,
        (Where(goal.id), Where(parent.id)),
        say(
            "本级目标“{goal}”低于上级方案：{less}。请按上级目标修改方案，或提供上级同意文件。",
            goal=quoted(goal.text),
            less="；".join(one.words for one in less),
        ),
        say("下级方案的目标不低于上级方案"),
        figures,
    )
