"""What a sentence fixes exactly: days, document numbers, amounts. Two works have their own; that two texts share them is told, whatever the words."""

from __future__ import annotations

import re

from xiaohao.evidence.folding import fold

#: What each kind of value weighs as a sign: no two documents bear one number; two works may well end on one day, or be of one size.
NUMBERED, DATED, SIZED = 2, 1, 1

_DOCUMENT = re.compile(r"(?P<code>[\u4e00-\u9fff]{0,4})[〔\[（(](?P<y>20\d\d)[〕\]）)]第?(?P<n>\d{1,5})号")
_DAY = re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_AMOUNT = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_NUMBER = re.compile(
    rf"[一二两三四五六七八九十百千]+(?=[处个次户台件份米株吨场人])|〔?20\d\d〕第?\d{{1,5}}号|\d{{4}}年\d{{1,2}}月\d{{1,2}}日|{_AMOUNT.pattern}"
)


def values(text: str) -> dict[str, int]:
    """The exact values of a text in one spelling, and what each weighs. Amounts of fewer than three figures are no sign."""
    folded = fold(text).text
    found: dict[str, int] = {}
    for one in _DOCUMENT.finditer(folded):
        found[f"{one['code']}〔{one['y']}〕{int(one['n'])}"] = NUMBERED
    for one in _DAY.finditer(folded):
        found[f"{one['y']}-{int(one['m'])}-{int(one['d'])}"] = DATED
    rest = _DAY.sub(" ", _DOCUMENT.sub(" ", folded))
    for one in _AMOUNT.finditer(rest):
        figure = re.sub("[,，]", "", one.group())
        if len(figure.replace(".", "").strip("0")) >= 3 and not re.fullmatch(r"(19|20)\d\d", figure):
            found[figure] = SIZED
    return found


def numbers(text: str) -> list[str]:
    """Every number of the text in its order; a day or a document number is one."""
    return [one.group() for one in _NUMBER.finditer(fold(text).text)]
