"""Claims: what a text says that rows somewhere must back, with the register that would settle each.

"召开会议23次" is settled by the minutes of 23 meetings; "多次约谈" claims a number and gives none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from xiaohao.evidence.folding import Folded, fold
from xiaohao.evidence.quantities import Amount, amounts
from xiaohao.evidence.registers import AMOUNTS, BY_KIND, DOCUMENT, ORGANISATION, PERSONAL_ACT, RHYTHM_SETTLED_BY, WORDS, Register
from xiaohao.evidence.rhythms import Rhythm, rhythms
from xiaohao.evidence.units import unit_kind


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim at code points `start`..`end` of the text it was found in.

    `kind` is the kind of act or amount (meeting, approval_meeting, study, interview, enforcement, site_visit, closure, amount, rhythm …),
    `value` the counted number or None where the text gives none ("多次"), `unit` as written, `record_types` the register rows
    (Record.type of the dossier) that count towards it, `settled_by` the same in words for a person,
    `schedule` the claimed rhythm in the spelling of Record.schedule ("weekly:mon,thu") for a recurring session,
    `since` the year or month from which the text counts ("2018年以来" → "2018").
    """

    text: str
    kind: str
    value: float | None
    unit: str | None
    settled_by: str
    start: int
    end: int
    record_types: tuple[str, ...] = ()
    schedule: str | None = None
    qualifier: str | None = None
    since: str | None = None


_UNCOUNTED = re.compile(
    r"(?:多|数|数十|数百|若干|几|十几|几十|上百)(?:次|场次|场|轮次|轮|批次|期|人次|家次)(?!数|氯)|(?:反复|频繁|经常性地?|不定期地?|定期地?)(?=[^，。；\n]{0,14}(?:检查|巡查|督查|督导|约谈|调度|学习|监测|会议|研究|排查|调研|走访|抽查))"
)
_PERSONAL = re.compile(
    r"(?:(?:党政)?主要(?:领导|负责人|负责同志)|党政一把手|一把手|县委书记|区委书记|市委书记|党工委书记|(?:县|区|市)长|局长|管委会主任)(?:和[^，。；\n]{0,10})?"
    r"[^，。；\n]{0,12}?(?:亲自|带队|约谈|研究|督办|督查|督导|调研|部署|检查|主持|包抓|现场)[^，。；\n]{0,20}"
)
_PAPER = re.compile(
    r"(?:制定|出台|印发|修订|编制|下发|发布|制订|签订|建立)(?:了|并印发了?|印发了?)?[^，。；《\n]{0,10}(?P<paper>《[^》\n]{2,80}》)"
)
_GROUP = re.compile(r"(?:成立|组建)(?:了)?[^，。；\n]{0,60}?(?:领导小组|工作专班|工作组|指挥部|专班)(?:办公室)?")
_SINCE = re.compile(r"(?:自|从)?(?P<year>\d{4})年(?:(?P<month>\d{1,2})月)?(?:\d{1,2}日)?(?:份)?(?:以来|起|至今|开始)")
#: Things of works just before their number.
_BUILT = re.compile(r"(?:更换|安装|拆除|购置|加装|铺设|修复|维修|放线|配备|清运)[^，。；]{0,8}$|(?:部|配|零|构|管|器)件$|桩$")
_REPORTED = re.compile(r"(?:\d{1,2}日前?)?(?:向[^，。]{2,16})?(?:报送|上报|填报|报备|报告|汇报|更新|公布|公开)")
_SENTENCE_END = "。；！？\n"


@lru_cache(maxsize=8)  # several checks, one after another, read the same text; as many as evidence.rows keeps
def claims_in(text: str) -> tuple[Claim, ...]:
    """Every claim of `text`, in order of appearance; offsets in code points of `text`."""
    folded = fold(text)
    return claims_between(text, folded, 0, len(folded.text))


def claims_between(text: str, folded: Folded, start: int, end: int) -> tuple[Claim, ...]:
    """The claims of the folded stretch `start`..`end` of `text`."""
    found = _rhythms(text, folded, start, end)
    taken = [(claim.start, claim.end) for claim in found]
    for claim in (*_counted(text, folded, start, end), *_uncounted(text, folded, start, end)):
        if not any(claim.start < e and s < claim.end for s, e in taken):
            found.append(claim)
    found += _papers(text, folded, start, end)
    found += _others(text, folded, start, end)
    return tuple(sorted(found, key=lambda claim: (claim.start, claim.end)))


def _counted(text: str, folded: Folded, start: int, end: int) -> list[Claim]:
    return [
        _claim_of(amount, _register_of(folded.text, first, last, amount.unit), _since(folded.text, first))
        for amount, first, last in amounts(folded, start, end, text)
    ]


def _claim_of(amount: Amount, register: Register, since: str | None) -> Claim:
    return Claim(
        amount.text, register.kind, amount.value, amount.unit, register.settled_by, amount.start, amount.end,
        register.record_types, qualifier=amount.qualifier, since=since,
    )  # fmt: skip


def _register_of(text: str, start: int, end: int, unit: str) -> Register:
    """The register of the counted act at `start`..`end`: by the word it ends on, the noun behind it, then the words before it."""
    kind = unit_kind(unit)
    if kind not in {"act", "thing", "money"}:
        return AMOUNTS[kind]
    clause, ahead = _before(text, start), _behind(text, end)
    nearest = clause[-6:].rstrip("约近共计达了") if clause else ""
    if unit == "件" and _BUILT.search(clause):
        return AMOUNTS[kind]  # 执法中队更换部件207件: who did it is no act that was counted
    places = (nearest, ahead, clause) if kind != "money" else (clause[-8:],)
    for place in places:
        if register := _told_by(place, last=place is not ahead, kind=kind):
            return register
    return AMOUNTS[kind]


def _told_by(place: str, *, last: bool, kind: str) -> Register | None:
    """The register whose words stand nearest to the number: the last ones before it, the first ones behind it."""
    if kind == "money":
        return BY_KIND["fine"] if BY_KIND["fine"].words.search(place) else None
    found = list(WORDS.finditer(place))
    return BY_KIND[(found[-1] if last else found[0]).lastgroup or ""] if found else None


def _before(text: str, start: int) -> str:
    """The words of the clause before the number; a clause without any word of its own (召开会议，共23次) reaches back one more."""
    low = max(0, start - 60)
    stretch = text[low:start]
    for mark in _SENTENCE_END:
        stretch = stretch.rpartition(mark)[2]
    parts = stretch.split("，")
    last = re.split(r"\d+(?:次|场|份|家|件|项|个|人次|起)[、]?", parts[-1])[-1]
    return last if len(last) > 3 or len(parts) == 1 else parts[-2] + last


def _behind(text: str, end: int) -> str:
    return re.split(r"[，。；、：\n！？\d（]", text[end : end + 16], maxsplit=1)[0]


def _since(text: str, at: int) -> str | None:
    """The year or month from which the sentence counts, or None."""
    low = max(0, at - 120)
    stretch = text[low:at]
    for mark in "。！？\n":
        stretch = stretch.rpartition(mark)[2]
    found = list(_SINCE.finditer(stretch))
    if not found:
        return None
    year, month = found[-1].group("year", "month")
    return f"{year}-{int(month):02d}" if month and 1 <= int(month) <= 12 else year


def _uncounted(text: str, folded: Folded, start: int, end: int) -> list[Claim]:
    claims = []
    for found in _UNCOUNTED.finditer(folded.text, start, end):
        ahead, clause = _behind(folded.text, found.end()), _before(folded.text, found.start())
        register = _told_by(ahead, last=False, kind="act") or _told_by(clause, last=True, kind="act") or AMOUNTS["act"]
        stop = found.end()
        if word := register.words.search(ahead):
            stop = found.end() + word.end()
        first, last = folded.span(found.start(), stop)
        claims.append(
            Claim(
                text[first:last],
                register.kind,
                None,
                None,
                register.settled_by,
                first,
                last,
                register.record_types,
                since=_since(folded.text, found.start()),
            )
        )
    return claims


def _rhythms(text: str, folded: Folded, start: int, end: int) -> list[Claim]:
    claims = []
    for rhythm in rhythms(folded.text, start, end):
        ahead = re.split(r"[。；！？\n]", folded.text[rhythm.end : rhythm.end + 30], maxsplit=1)[0]
        within = folded.text[rhythm.start : rhythm.end]
        places = ((within, True), (ahead.partition("，")[0], False), (_before(folded.text, rhythm.start), True))
        register = next((told for place, last in places if (told := _told_by(place, last=last, kind="act"))), None)
        if register is None:
            continue  # 每年3月至12月 is a season, not a rhythm of acts
        if _REPORTED.match(ahead):
            continue  # 进度每月报送市整改办: papers sent, no session
        claims.append(_rhythm_claim(text, folded, rhythm, register, ahead))
    return claims


def _rhythm_claim(text: str, folded: Folded, rhythm: Rhythm, register: Register, ahead: str) -> Claim:
    word = register.words.search(ahead)
    stop = rhythm.end + (word.end() if word else 0)
    first, last = folded.span(rhythm.start, stop)
    return Claim(
        text[first:last], "rhythm", None, None, RHYTHM_SETTLED_BY, first, last,
        register.record_types, schedule=rhythm.schedule, since=_since(folded.text, rhythm.start),
    )  # fmt: skip


def _papers(text: str, folded: Folded, start: int, end: int) -> list[Claim]:
    claims = []
    for found in _PAPER.finditer(folded.text, start, end):
        first, last = folded.span(*found.span())
        claims.append(Claim(text[first:last], DOCUMENT.kind, None, None, DOCUMENT.settled_by, first, last))
    return claims


def _others(text: str, folded: Folded, start: int, end: int) -> list[Claim]:
    claims = []
    for pattern, register in ((_PERSONAL, PERSONAL_ACT), (_GROUP, ORGANISATION)):
        for found in pattern.finditer(folded.text, start, end):
            first, last = folded.span(*found.span())
            claims.append(Claim(text[first:last], register.kind, None, None, register.settled_by, first, last, register.record_types))
    return claims
