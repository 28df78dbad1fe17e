"""A route drawn as a line with stations: states are stations, steps the stretches between them, gates the bars across the line.

The ways back run on the left, dashed, with their words beside them. The drawing is made from the table alone, so it cannot drift from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from xiaohao.kernel.said import say
from xiaohao.procedure.hands import ROLE_WORDS, UNIT_WORDS, hands_of
from xiaohao.procedure.route import Route, route_of
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.stages import STAGE_WORDS
from xiaohao.procedure.states import STATE_WORDS, State
from xiaohao.procedure.steps import STEPS, Step
from xiaohao.publicity.window import days_words, unit_of

# Pixels of the drawing; the page shows it at this width or narrower.
_WIDTH = 1040
_TOP = 176
_LINE_X = 356  # the line with its stations
_TEXT_X = 392
_NEAR_LANE, _RETURN_LANE, _REOPEN_LANE = 294, 232, 136
_CORNER = 16
_STATION = 12
_LEAVES, _ENTERS = -6, 6  # a lane leaves a station above its middle and enters one below it, so that two never lie on each other
_LEADING = 20
_STEP_HEAD = 30  # from a station to the words of the next step
_LEAST_GAP = 96
_CHARACTERS = 44  # of the small text in one line right of the line

# Colours of the design (UX.md, tokens); every meaning has a shape or a word as well.
_INK, _INK2, _INK3, _PAPER = "#17212B", "#3F4C58", "#5A6672", "#FFFFFF"
_BRAND, _SEAL, _OK, _WATCH, _WASH = "#0B5563", "#A3211B", "#1A6638", "#4A3E94", "#F4F6F6"
_SANS = "'PingFang SC','HarmonyOS Sans SC','Microsoft YaHei UI','Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','WenQuanYi Micro Hei',sans-serif"
_SONG = "'Songti SC','Noto Serif CJK SC','Noto Serif SC','Source Han Serif SC',SimSun,serif"


@dataclass(frozen=True, slots=True)
class _Stop:
    """A station and where it lies; `step` leads on to the next one."""

    state: State
    y: int
    step: Step | None


def diagram(rules: Rulebook) -> str:
    """The SVG of the rulebook's route: one self-contained file, attributes only, ids prefixed with the rulebook's name."""
    route = route_of(rules.route)
    stops = _stops(route, rules)
    height = stops[-1].y + 96
    title = say("{title}：环节图", title=rules.title)
    order = "，".join(STAGE_WORDS[stage] for stage in rules.route)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img"'
        f' aria-labelledby="{rules.name}-title {rules.name}-desc" font-family="{escape(_SANS)}">',
        f'<title id="{rules.name}-title">{escape(title)}</title>',
        f'<desc id="{rules.name}-desc">{escape(say("各环节依次为：{order}。", order=order))}</desc>',
        _arrowheads(rules.name),
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>',
        *_heading(rules),
        *_ways_back(route, rules, {stop.state: stop.y for stop in stops}),
        f'<path d="M{_LINE_X} {stops[0].y}V{stops[-1].y}" stroke="{_BRAND}" stroke-width="5" stroke-linecap="round"/>',
        *(part for stop, after in zip(stops, (*stops[1:], None), strict=True) for part in _stretch(stop, after, rules)),
        *_legend(height),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


# Where things lie -----------------------------------------------------------------------------------------------------------------


def _stops(route: Route, rules: Rulebook) -> tuple[_Stop, ...]:
    line = [state for state in route.states() if state is not State.REOPENED]
    stops, y = [], _TOP
    for state, after in zip(line, (*line[1:], None), strict=True):
        step = _onward(route, state, after)
        stops.append(_Stop(state, y, step))
        y += max(_LEAST_GAP, _STEP_HEAD + _LEADING * (2 + len(_gate_lines(step))) + 30) if step else 0
    return tuple(stops)


def _onward(route: Route, state: State, after: State | None) -> Step | None:
    """The step that leads from one station to the next: a stage of the route, or the one step of the plan and the work."""
    for step in STEPS:
        if after is not None and not step.opens and route.moves[state].get(step.name) is after:
            return step
    return None


def _gate_lines(step: Step | None) -> tuple[str, ...]:
    """What must hold, in lines of at most _CHARACTERS characters, broken between gates."""
    lines: list[str] = []
    for gate in step.gates if step else ():
        said = gate.met
        if lines and len(lines[-1]) + len(said) + 1 <= _CHARACTERS:
            lines[-1] += f"；{said}"
        else:
            lines.append(said)
    return tuple(lines)


# The parts of the drawing ---------------------------------------------------------------------------------------------------------


def _heading(rules: Rulebook) -> Iterator[str]:
    yield _text(56, 62, rules.title, size=27, weight=700, family=_SONG)
    order = "  →  ".join(STAGE_WORDS[stage] for stage in rules.route)
    days = days_words(rules.publicity.days, unit_of(rules.publicity.unit))
    yield _text(56, 96, say("顺序：{order}", order=order), size=16, fill=_INK2)
    yield _text(56, 122, say("公示 {days}；销号后观察 {months} 个月", days=days, months=rules.watch.months), size=14, fill=_INK3)
    yield f'<path d="M56 140H{_WIDTH - 56}" stroke="{_INK}" stroke-width="1"/>'


def _stretch(stop: _Stop, after: _Stop | None, rules: Rulebook) -> Iterator[str]:
    if after and stop.step:
        yield from _bars(stop.y, after.y, len(stop.step.gates))
        yield from _step_words(stop.step, stop.y + _STEP_HEAD + 16, rules)
    yield from _station(stop.state, _LINE_X, stop.y)
    yield _text(_TEXT_X, stop.y + 6, STATE_WORDS[stop.state], size=18, weight=700)


def _step_words(step: Step, y: int, rules: Rulebook) -> Iterator[str]:
    word = rules.word(step.name, step.label)
    yield (
        f'<text x="{_TEXT_X}" y="{y}" font-size="15"><tspan fill="{_BRAND}" font-weight="700">{escape(word)}</tspan>'
        f'<tspan dx="12" fill="{_INK2}">{escape(_who(step, rules))}</tspan></text>'
    )
    for number, line in enumerate(_gate_lines(step), start=1):
        yield _text(_TEXT_X, y + 4 + _LEADING * number, line, size=13, fill=_INK3)


def _who(step: Step, rules: Rulebook) -> str:
    """责任单位、牵头单位：经办人、主要负责人; units whose accounts are the same are said together."""
    units: dict[str, list[str]] = {}
    for hand in hands_of(step.by, rules):
        units.setdefault("、".join(ROLE_WORDS[role] for role in hand.roles), []).append(UNIT_WORDS[hand.unit])
    return "；".join(f"{'、'.join(named)}：{roles}" for roles, named in units.items())


def _bars(top: int, bottom: int, count: int) -> Iterator[str]:
    """One short bar across the line for each gate, in the middle of the stretch."""
    spacing = 7
    first = (top + bottom) // 2 - spacing * (count - 1) // 2
    for number in range(count):
        y = first + spacing * number
        yield f'<path d="M{_LINE_X - 9} {y}H{_LINE_X + 9}" stroke="{_INK}" stroke-width="2.5" stroke-linecap="round"/>'


def _ways_back(route: Route, rules: Rulebook, at: dict[State, int]) -> Iterator[str]:
    work, plan = at[State.IN_PROGRESS], at[State.PLANNED]
    anew = [at[state] for state in (State.APPROVED, State.IN_PROGRESS)]
    yield from _lane(rules, _NEAR_LANE, anew, plan, say("重报方案"), _BRAND)
    returned = [at[state] for state in route.before("return_to_work")]
    yield from _lane(rules, _RETURN_LANE, returned, work, say("退回"), _SEAL)
    noticed = at[State.PUBLISHED]
    yield from _lane(rules, _NEAR_LANE, [noticed], at[route.ends_in(State.PUBLISHED, "withdraw_notice")], say("撤回公示"), _SEAL)
    reopened = [at[state] for state in route.before("reopen")]
    yield from _reopening(rules, reopened, work, plan)


def _lane(rules: Rulebook, x: int, starts: Sequence[int], end: int, words: str, colour: str) -> Iterator[str]:
    """A dashed way from the stations at `starts` into a lane at `x` and up to the station at `end`, which it enters from below left."""
    *joining, low = (start + _LEAVES for start in starts)
    for start in joining:
        yield _dashed(_into_lane(x, start), colour)
    enters = end + _ENTERS
    yield _dashed(
        f"{_into_lane(x, low)}V{enters + _CORNER}Q{x} {enters} {x + _CORNER} {enters}H{_LINE_X - _STATION - 6}", colour, rules.name
    )
    yield from _lane_words(x, (starts[0] + end) // 2, words, colour)


def _into_lane(x: int, y: int) -> str:
    """The way from a station on the line at height `y` into the lane at `x`, upwards."""
    return f"M{_LINE_X - _STATION + 2} {y}H{x + _CORNER}Q{x} {y} {x} {y - _CORNER}"


def _reopening(rules: Rulebook, starts: Sequence[int], work: int, plan: int) -> Iterator[str]:
    """From every state after acceptance to the station 重新整改, and on: back to work, or with a new plan."""
    x = _REOPEN_LANE
    *joining, low = starts
    for start in joining:
        yield _dashed(_into_lane(x, start), _SEAL)
    yield _dashed(f"{_into_lane(x, low)}V{work + _STATION + 7}", _SEAL, rules.name)
    yield from _lane_words(x, (starts[0] + work) // 2, say("重新打开"), _SEAL)
    onward = f"M{x + _STATION + 2} {work}H{_LINE_X - _STATION - 7}"
    yield f'<path d="{onward}" fill="none" stroke="{_BRAND}" stroke-width="2" marker-end="url(#{rules.name}-on)"/>'
    yield from _lane_words(x + 54, work, say("继续整改"), _BRAND)
    again = f"M{x} {work - _STATION - 2}V{plan + _CORNER}Q{x} {plan} {x + _CORNER} {plan}H{_LINE_X - _STATION - 7}"
    yield _dashed(again, _BRAND, rules.name)
    yield from _lane_words(x, (work + plan) // 2, say("重报方案"), _BRAND)
    yield from _station(State.REOPENED, x, work)
    yield _text(x - 16, work + 5, STATE_WORDS[State.REOPENED], size=15, weight=700, anchor="end")


def _lane_words(x: int, y: int, words: str, colour: str) -> Iterator[str]:
    """Words upon a lane, on paper so that the line does not run through them."""
    width = 14 * len(words) + 10
    yield f'<rect x="{x - width // 2}" y="{y - 12}" width="{width}" height="24" rx="4" fill="{_PAPER}"/>'
    yield _text(x, y + 5, words, size=14, fill=colour, anchor="middle")


def _dashed(way: str, colour: str, ends: str = "") -> str:
    head = f' marker-end="url(#{ends}-{"back" if colour == _SEAL else "on"})"' if ends else ""
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="6 4"{head}/>'


def _station(state: State, x: int, y: int) -> Iterator[str]:
    """The glyph of a state (UX.md section 4): the shape alone tells it."""
    colour = {State.REOPENED: _SEAL, State.CLOSED: _WATCH, State.CONFIRMED: _OK}.get(state, _BRAND)
    fill = colour if state is State.CONFIRMED else _PAPER
    yield f'<circle cx="{x}" cy="{y}" r="{_STATION}" fill="{fill}" stroke="{colour}" stroke-width="3"/>'
    if state in (State.PLANNED, State.APPROVED):
        yield f'<path d="M{x} {y - 7}A7 7 0 0 {0 if state is State.PLANNED else 1} {x} {y + 7}Z" fill="{colour}"/>'
    elif state in (State.IN_PROGRESS, State.CLAIMED_DONE):
        yield from (f'<circle cx="{x + dx}" cy="{y}" r="1.8" fill="{colour}"/>' for dx in (-5, 0, 5))
    elif state in (State.ACCEPTED, State.REVIEWED, State.ASSESSED, State.CONFIRMED):
        ink = _PAPER if state is State.CONFIRMED else colour
        yield f'<path d="M{x - 5} {y}L{x - 1} {y + 4}L{x + 5} {y - 4}" fill="none" stroke="{ink}" stroke-width="2.5" stroke-linecap="round"/>'
    elif state is State.PUBLISHED:
        yield f'<path d="M{x - 5} {y - 2}H{x - 1}L{x + 5} {y - 6}V{y + 6}L{x - 1} {y + 2}H{x - 5}Z" fill="{colour}"/>'
    elif state is State.CLOSED:
        yield f'<circle cx="{x}" cy="{y}" r="6" fill="none" stroke="{colour}" stroke-width="2.5"/>'
    elif state is State.REOPENED:
        yield f'<path d="M{x + 5} {y + 3}A5.5 5.5 0 1 1 {x + 4} {y - 4}" fill="none" stroke="{colour}" stroke-width="2.2"/>'
        yield f'<path d="M{x + 1} {y - 5}H{x + 6}V{y - 10}" fill="none" stroke="{colour}" stroke-width="2.2"/>'


def _legend(height: int) -> Iterator[str]:
    y = height - 34
    yield f'<rect x="56" y="{y - 22}" width="{_WIDTH - 112}" height="36" rx="4" fill="{_WASH}"/>'
    yield f'<path d="M76 {y - 4}H94" stroke="{_INK}" stroke-width="2.5" stroke-linecap="round"/>'
    yield _text(102, y + 1, say("一道横杠是一项要求，全部满足才能通过"), size=13, fill=_INK2)
    yield f'<path d="M396 {y - 4}H436" stroke="{_SEAL}" stroke-width="2" stroke-dasharray="6 4"/>'
    yield _text(444, y + 1, say("退路，都要写明理由"), size=13, fill=_INK2)
    yield _text(620, y + 1, say("有异议未答复时，销号暂停"), size=13, fill=_INK2)


def _arrowheads(name: str) -> str:
    head = '<marker id="{id}" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
    shape = '<path d="M1 1L9 5L1 9Z" fill="{colour}"/></marker>'
    kinds = (("back", _SEAL), ("on", _BRAND))
    return "<defs>" + "".join((head + shape).format(id=f"{name}-{kind}", colour=colour) for kind, colour in kinds) + "</defs>"


def _text(x: int, y: int, words: str, *, size: int, fill: str = _INK, weight: int = 400, anchor: str = "start", family: str = "") -> str:
    more = (f' font-weight="{weight}"' if weight != 400 else "") + (f' text-anchor="{anchor}"' if anchor != "start" else "")
    more += f' font-family="{escape(family)}"' if family else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}"{more}>{escape(words)}</text>'
