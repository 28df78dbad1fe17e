"""Numbers as officials write them: 3200, 3,200.5, 二十三, 三百零六, 1200余万, 十余万.

Patterns here are pieces for the patterns of other modules; `number` turns what they matched into a value.
"""

from __future__ import annotations

import re

_DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_STEPS = {"十": 10, "百": 100, "千": 1_000}
_SCALES = {"万": 10_000, "亿": 100_000_000}

ARABIC = r"(?:(?<!\d)\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|(?<!\d)\d{1,15}(?:\.\d{1,8})?)"
CHINESE = r"[零〇一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]{0,14}(?:点[零〇一二三四五六七八九]{1,6})?"
#: A multiplier behind the figure, perhaps behind 余 or 多: 1200余万, 2.5万余, 5千多.
SCALE = r"(?:[十百千]?万亿|[十百千]?[万亿]|百(?!分)|千(?![米克瓦伏平帕卡]))"
NUMBER = rf"(?:{ARABIC}|{CHINESE})"

_ONLY_DIGITS = re.compile(r"[零〇○一二三四五六七八九]+")


def number(figure: str, scale: str = "") -> float | None:
    """The value of a figure matched by NUMBER, times the `scale` matched by SCALE; None for what is no number ("十亿百")."""
    value = float(figure.replace(",", "")) if figure[:1].isdigit() else _chinese(figure)
    if value is None:
        return None
    for step in scale:
        value *= _STEPS.get(step) or _SCALES[step]
    return round(value, 6)


def ordinal(words: str) -> str | None:
    """The digits of a printed number: 第二十七项's 二十七 → "27", 三-1 → "3-1"; None for what is no number."""
    words = words.strip()
    if re.fullmatch(r"\d+(?:[-.]\d+)*", words):
        return words.lstrip("0") or "0"
    value = _chinese(words)
    return str(int(value)) if value is not None and value == int(value) else None


def _chinese(words: str) -> float | None:
    whole, _, part = words.partition("点")
    value = _positional(whole) if len(whole) > 1 and _ONLY_DIGITS.fullmatch(whole) else _stepped(whole)
    if value is None or not part:
        return value
    return value + float("0." + "".join(str(_DIGITS[digit]) for digit in part))


def _positional(words: str) -> float:
    """二〇二一 → 2021."""
    return float("".join(str(_DIGITS[digit]) for digit in words))


def _stepped(words: str) -> float | None:
    total = section = 0.0
    digit: float | None = None
    last = 0
    for sign in words:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _STEPS:
            section += (1 if digit is None else digit) * _STEPS[sign]
            digit, last = None, _STEPS[sign]
        elif sign in _SCALES:
            total = (total + section + (digit or 0)) * _SCALES[sign] if sign == "亿" else total + (section + (digit or 0)) * _SCALES[sign]
            section, digit, last = 0.0, None, _SCALES[sign]
        else:
            return None
    if digit is not None:
        shorthand = last >= 100 and len(words) > 1 and words[-2] not in "零〇"
        section += digit * (last / 10 if shorthand else 1)  # 三百五 is 350, 三百零五 is 305
    return total + section
