"""Units of measurement in words, in the spellings that official texts use, and how one is turned into another.

A counting word (套, 户, 次) is a dimension of its own: three 套 are never compared with three 台.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


class UnitsDiffer(ValueError):  # noqa: N818 - an answer ("cannot be compared"), not a fault
    """Two units of different dimensions were to be converted."""

    def __init__(self, given: str, wanted: str) -> None:
        super().__init__(f"{given} 与 {wanted} 不是同一类单位")
        self.given = given
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `factor` of it make one of the dimension's base unit's (value × factor = value in base units)."""

    name: str
    dimension: str
    factor: float


#: dimension -> (name of DOSSIER.md rule 4, factor to the base unit, other spellings). Base units: mg/L, mg/m3, 1 (share), m, m2, m3, t, t/d, m3/d, kWh/d, h.
#: 1 亩 = 2000/3 m², 1 斤 = 0.5 kg, 1 里 is left out because texts use it for roads only loosely.  依据: 国务院关于在我国统一实行法定计量单位的命令
_UNITS: dict[str, tuple[tuple[str, float, str], ...]] = {
    "mass concentration in water": (
        ("mg/L", 1, "毫克/升 毫克每升 mg/l"),
        ("ug/L", 1e-3, "微克/升 微克每升 μg/L ug/l μg/l"),
        ("g/L", 1e3, "克/升 克每升 g/l"),
    ),
    "mass concentration in air": (
        ("mg/m3", 1, "毫克/立方米 毫克每立方米"),
        ("ug/m3", 1e-3, "微克/立方米 微克每立方米 μg/m3"),
    ),
    "share": (("%", 0.01, "％ 百分之 个百分点 百分点"), ("‰", 0.001, "千分之"), ("成", 0.1, "")),
    "length": (("m", 1, "米 延米"), ("km", 1e3, "千米 公里"), ("cm", 1e-2, "厘米"), ("mm", 1e-3, "毫米")),
    "area": (
        ("m2", 1, "平方米 平米 平方"),
        ("ha", 1e4, "公顷"),
        ("km2", 1e6, "平方公里 平方千米"),
        ("亩", 2000 / 3, ""),
    ),
    "volume": (("m3", 1, "立方米 方 立方 方量"), ("L", 1e-3, "升 l")),
    "mass": (("t", 1, "吨"), ("kg", 1e-3, "千克 公斤"), ("g", 1e-6, "克"), ("斤", 5e-4, "")),
    "mass per day": (
        ("t/d", 1, "吨/日 吨/天 吨每日 吨每天"),
        ("kg/d", 1e-3, "千克/日 公斤/日 千克/天 公斤/天"),
        ("t/a", 1 / 365, "吨/年 吨每年"),
        ("t/h", 24, "吨/小时 吨/时 吨每小时"),
        ("kg/h", 0.024, "千克/小时 公斤/小时"),
    ),
    "volume per day": (("m3/d", 1, "立方米/日 立方米/天 立方米每日 方/日 方/天"), ("m3/h", 24, "立方米/小时 立方米/时")),
    "energy per day": (("kWh/d", 1, "千瓦时/日 度/日 度/天 千瓦时/天"),),
    "energy": (("kWh", 1, "千瓦时"),),
    "money": (("元", 1, "人民币元"),),
    "time": (("h", 1, "小时"), ("d", 24, "天 日"), ("min", 1 / 60, "分钟")),
}

#: Multiples written into the unit ("万元", "万吨/日").
_MULTIPLES = {"亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}

#: Spellings of one counting word that officials use for the same act or thing.
_SAME_COUNT = {"余次": "次", "趟": "次", "轮次": "次", "場": "场", "個": "个", "棵": "株"}


def _spellings() -> dict[str, Unit]:
    table: dict[str, Unit] = {}
    for dimension, units in _UNITS.items():
        for name, factor, others in units:
            for spelling in (name, *others.split()):
                table[spelling] = Unit(name, dimension, factor)
    return table


_BY_SPELLING = _spellings()


def read_unit(text: str) -> Unit:
    """The unit that `text` names; an unknown word is a counting word of its own (factor 1). Raises ValueError for an empty word."""
    word = "".join(unicodedata.normalize("NFKC", text).split())  # full width, ², ³, ㎡ and the micro sign fall together
    if not word:
        raise ValueError("a unit is a word")
    known = _BY_SPELLING.get(word) or _BY_SPELLING.get(word.lower())
    if known:
        return known
    if word[0] in _MULTIPLES and len(word) > 1:
        inner = read_unit(word[1:])
        return Unit(inner.name, inner.dimension, inner.factor * _MULTIPLES[word[0]])
    word = _SAME_COUNT.get(word, word)
    return Unit(word, f"count of {word}", 1)


def comparable(one: str, other: str) -> bool:
    """Whether values in the two units may be compared."""
    return read_unit(one).dimension == read_unit(other).dimension


def convert(value: float, given: str, wanted: str) -> float:
    """`value` in the unit `given`, expressed in `wanted`: convert(2.25, "mg/L", "ug/L") is 2250. Raises UnitsDiffer."""
    source, target = read_unit(given), read_unit(wanted)
    if source.dimension != target.dimension:
        raise UnitsDiffer(given, wanted)
    if source.factor == target.factor:
        return value
    return value * source.factor / target.factor
