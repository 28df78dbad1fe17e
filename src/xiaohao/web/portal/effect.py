"""The effect of a rectification: what the readings say about each goal, drawn and in figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.plan import Goal, Target
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.derived import indicator_words
from xiaohao.outcomes.sources import Source, sources_for
from xiaohao.outcomes.target import judge, judged_windows
from xiaohao.outcomes.windows import WindowValue
from xiaohao.outcomes.words import demand, window_words
from xiaohao.web.parts.chart import Drawing, Point, draw
from xiaohao.web.parts.words import amount


@dataclass(frozen=True, slots=True)
class Effect:
    """One goal: `state` reached, not_reached, unmeasured or no_figure; `reason` in a sentence; the drawing and its table (both may be empty)."""

    goal: str
    state: str
    reason: str
    caption: str = ""
    chart: Drawing | None = None
    rows: tuple[tuple[str, str], ...] = ()


def effects_of(dossier: Dossier, until: When) -> tuple[Effect, ...]:
    """The effect on every goal of the plan in force, up to `until`."""
    task = dossier.task
    done = parse_when(task.done_at)
    return tuple(_effect(dossier, number, goal, done, until) for number, goal in enumerate(dossier.goals_of(task.id), start=1))


def _effect(dossier: Dossier, number: int, goal: Goal, done: When | None, until: When) -> Effect:
    if goal.target is None:
        return Effect(goal.text, "no_figure", goal.no_target_reason or "")
    verdict = judge(dossier, goal, done_at=done, until=until)
    state = {True: "reached", False: "not_reached", None: "unmeasured"}[verdict.met]
    source = next(iter(sources_for(dossier, dossier.task.id, goal.target, until=until.last)), None)
    if source is None or not source.readings:
        return Effect(goal.text, state, verdict.reason)
    windows = tuple(_windows(source, goal.target, until))
    caption = _caption(dossier, goal.target)
    return Effect(
        goal=goal.text,
        state=state,
        reason=verdict.reason,
        caption=caption,
        chart=draw(
            f"effect-{number}",
            caption,
            [_point(window) for window in windows],
            unit=goal.target.unit,
            target=goal.target.value,
            target_words=demand(goal.target),
        ),
        rows=tuple((window.name, amount(_rounded(window.value)) if window.value is not None else "—") for window in windows),
    )


def _windows(source: Source, target: Target, until: When) -> Iterable[WindowValue]:
    """Every window of the source; a total has no course to draw."""
    if target.window == "total":
        return ()
    try:
        return judged_windows(source, target, first=source.readings[0].at.first, last=until.last)
    except ValueError:  # the source's unit cannot be converted; the verdict says so
        return ()


def _point(window: WindowValue) -> Point:
    kind = "void" if not window.complete else "mid" if window.meets is False else "pt"
    return Point(window.name, _rounded(window.value), kind)


def _rounded(value: float | None) -> float | None:
    """Four significant digits: more than any instrument here resolves."""
    return float(f"{value:.4g}") if value is not None else None


def _caption(dossier: Dossier, target: Target) -> str:
    place = dossier.find(Place, target.place)
    return say(
        "{place}{indicator}{window}（{unit}）",
        place=place.name if place else "",
        indicator=indicator_words(target.indicator),
        window=window_words(target.window),
        unit=target.unit,
    )
