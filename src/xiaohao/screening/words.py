"""How findings name things: 第二条措施（封堵直排口）, 七个工作日, a quotation cut to length."""

from __future__ import annotations

from xiaohao.dossier.plan import Measure
from xiaohao.kernel.said import say

_DIGITS = "零一二三四五六七八九"

#: A finding quotes at most this many characters: enough to find the place, short enough to read in one breath.
QUOTED_CHARS = 30


def chinese(number: int) -> str:
    """0..99 in Chinese numerals as officials number things (十二, 二十); larger ones in figures."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def quoted(text: str, most: int = QUOTED_CHARS) -> str:
    """The text on one line without its final mark, cut with …… where it is longer than `most` characters."""
    line = "".join(text.split()).rstrip("。；;，,")
    return line if len(line) <= most else line[: most - 1] + "……"


def measure_name(measure: Measure) -> str:
    """第二条措施（封堵直排口）."""
    return say("第{number}条措施（{text}）", number=chinese(measure.number), text=quoted(measure.text))


def same_people(count: int) -> str:
    """One or more persons without their names: a lead accuses nobody, and its pointers lead to the rows that name them."""
    return say("同一人") if count == 1 else say("同一批 {count} 人", count=count)


def listed(names: list[str] | tuple[str, ...], most: int = 6) -> str:
    """甲、乙、丙; of many the first ones and 等 9 项."""
    if len(names) <= most:
        return "、".join(names)
    return say("{first}等 {count} 项", first="、".join(names[:most]), count=len(names))
