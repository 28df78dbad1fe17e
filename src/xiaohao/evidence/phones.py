"""Telephone numbers: landlines with or without area code, mobiles, hotlines, however they are spaced, dashed or bracketed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiaohao.evidence.folding import fold


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in its usual spelling (0953-5097025, 13900000000) at `start`..`end`; `mobile` tells a person's telephone from an office's."""

    number: str
    start: int
    end: int
    mobile: bool = False


_GAP = r"[-—~ _]{0,3}"
_PHONE = re.compile(
    rf"(?<![\d.])(?:（?(?:\+?86{_GAP})?(?P<area>0(?:10|2\d|[3-9]\d{{2}}))）?{_GAP}(?P<local>[2-8]\d{{6,7}}|[2-8]\d{{2,3}}[ -]\d{{4}}|(?<=[-— ）])12\d{{3}})(?:{_GAP}(?:转|分机){_GAP}(?P<ext>\d{{1,5}}))?"
    rf"|(?P<mobile>1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}})|(?P<free>[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}))(?!\d)"
)
#: Numbers without an area code count only behind the word for telephone.
_LABELLED = re.compile(r"(?:电话|热线|联系方式|手机)(?:号码)?[：为是]?[ ：]{0,3}(?P<local>[2-8]\d{6,7}|12\d{3}|96\d{3,4})(?!\d)")
_FAX = re.compile(r"传真(?:电话|号码)?[：为是]?[ ：]{0,3}$")


def phones_in(text: str) -> tuple[Phone, ...]:
    """Every telephone number of `text`, in order; fax numbers are left out."""
    folded = fold(text)
    return tuple(Phone(phone.number, *folded.span(phone.start, phone.end), phone.mobile) for phone in phones(folded.text))


def phones(text: str, start: int = 0, end: int | None = None) -> list[Phone]:
    """As `phones_in`, on a folded text and with its offsets."""
    stop = len(text) if end is None else end
    found = [
        _phone(match) for match in _PHONE.finditer(text, start, stop) if not _FAX.search(text, max(0, match.start() - 12), match.start())
    ]
    taken = [(phone.start, phone.end) for phone in found]
    for match in _LABELLED.finditer(text, start, stop):
        if not any(match.start("local") < e and s < match.end("local") for s, e in taken):
            found.append(Phone(match["local"], *match.span("local")))
    return sorted(found, key=lambda phone: phone.start)


def _phone(match: re.Match[str]) -> Phone:
    start, end = match.span()
    if match["mobile"]:
        return Phone(re.sub(r"\D", "", match["mobile"]), start, end, mobile=True)
    if match["free"]:
        digits = re.sub(r"\D", "", match["free"])
        return Phone(f"{digits[:3]}-{digits[3:6]}-{digits[6:]}", start, end)
    spelled = f"{match['area']}-{re.sub('[ -]', '', match['local'])}"
    return Phone(f"{spelled}转{match['ext']}" if match["ext"] else spelled, start, end)
