"""How figures of a target are said in Chinese: windows, operators, amounts."""

from __future__ import annotations

from collections.abc import Sequence

from xiaohao.dossier.plan import Target
from xiaohao.kernel.said import say
from xiaohao.outcomes.derived import DERIVED, indicator_words
from xiaohao.outcomes.windows import WindowValue

_WINDOWS = {
    "instant": "单次数据",
    "hour": "小时均值",
    "day": "日均值",
    "month": "月均值",
    "quarter": "季均值",
    "year": "年均值",
    "total": "累计值",
}
_OPERATORS = {"<": "低于", "<=": "不高于", "=": "等于", ">=": "不低于", ">": "高于"}

#: A sentence names at most this many windows; more are named by the first, the last and their number.
_MOST_NAMED = 6

#: Significant digits tried in turn: enough for a person first, enough to tell a figure from its limit last.
_DIGITS = (4, 6, 9)


def window_words(window: str) -> str:
    """月均值, 日均值, … (Target.window of DOSSIER.md)."""
    return _WINDOWS[window]


def total_words(target: Target) -> str:
    """销号守住率; of a measured indicator 二氧化硫累计."""
    words = indicator_words(target.indicator)
    return words if target.indicator in DERIVED else say("{words}累计", words=words)


def demand(target: Target) -> str:
    """不高于 1.5 mg/L."""
    return say("{operator} {value} {unit}", operator=_OPERATORS[target.operator], value=amount(target.value), unit=target.unit)


def amount(value: float | None, beside: float | None = None) -> str:
    """A figure in four significant digits, in more where it would else look equal to the figure `beside` it; an absent one is 缺."""
    if value is None:
        return "缺"
    texts = [f"{value:.{digits}g}" if abs(value) < 10**digits else f"{value:.0f}" for digits in _DIGITS]
    return next((text for text in texts if beside is None or float(text) != beside or value == beside), texts[-1])


def names_of(windows: Sequence[WindowValue]) -> str:
    """2022-01、2022-02、2022-03; many are 2021-05 至 2022-03."""
    names = [window.name for window in windows]
    return "、".join(names) if len(names) <= _MOST_NAMED else say("{first} 至 {last}", first=names[0], last=names[-1])


def with_values(windows: Sequence[WindowValue], target: Target) -> str:
    """2022-01（1.62）、2022-03（1.71）; of many the first ones and 等 9 个."""
    named = "、".join(
        say("{name}（{value}）", name=window.name, value=amount(window.value, target.value)) for window in windows[:_MOST_NAMED]
    )
    return named if len(windows) <= _MOST_NAMED else say("{named} 等 {count} 个", named=named, count=len(windows))
