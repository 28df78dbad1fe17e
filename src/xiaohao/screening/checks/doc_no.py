"""文号异常: two documents under one number, or a serial that runs against the calendar by more than a few days.

Innocent explanations looked for first: gaps in serials; the same serial under other words, another issuer or another year; neighbours that
changed places within about a week (the number was drawn before the paper was signed); one paper registered twice, or with the text that it
promulgates. Source: 党政机关公文格式 (GB/T 9704), 7.2.5: numbers are given in order, year by year, by the issuing organ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_instant, parse_when
from xiaohao.screening.belonging import only_task, sole
from xiaohao.screening.document_number import DocumentNumber, read_number
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "DOC-NO"
STAGE = "any"
NEEDS = ("documents.number/issuer/date",)

#: A serial may be earlier or later than its date by so many days: numbers are drawn before signing ("within about a week").
SWAP_DAYS = 10
#: One paper registered twice may bear dates that lie so many days apart (signed, printed).
SAME_PAPER_DAYS = 7

BASIS = say("同一机关同一代字的文号按年度顺序编排，一文一号")

_TITLE_MARKS = re.compile(r"[\s《》“”（）()]|^关于印发|^关于|的通知$|^印发")


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A document with its number and date as read."""

    document: Document
    number: DocumentNumber
    when: When

    @property
    def delay(self) -> timedelta:
        """From the claimed date to the day on which the system first saw it."""
        return parse_instant(self.document.recorded_at).date() - self.when.last


def check_all(ledger: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per number that two papers bear, one per document whose serial does not fit its date."""
    numbered = tuple(_numbered(ledger))
    if not numbered:
        yield Skipped(ID, sole(ledger), say("案卷中没有带文号和日期的文件"))
        return
    series: dict[tuple[str, str, int], list[_Numbered]] = defaultdict(list)
    for one in numbered:
        series[(one.document.issuer, one.number.words, one.number.year)].append(one)
    for papers in series.values():
        twice = tuple(_twice(papers))
        for group in twice:
            yield _twice_finding(ledger, group)
        doubled = {one.document.id for group in twice for one in group}
        yield from _against_the_calendar(ledger, [one for one in papers if one.document.id not in doubled])


def _numbered(ledger: Dossier) -> Iterator[_Numbered]:
    for document in ledger.documents:
        number, when = read_number(document.number), parse_when(document.date)
        if number and when:
            yield _Numbered(document, number, when)


def _twice(papers: list[_Numbered]) -> Iterator[tuple[_Numbered, ...]]:
    """Groups of different papers under one serial."""
    by_serial: dict[int, list[_Numbered]] = defaultdict(list)
    for one in papers:
        same = any(_same_paper(one, other) for other in by_serial[one.number.serial])
        if not same:
            by_serial[one.number.serial].append(one)
    yield from (tuple(group) for _, group in sorted(by_serial.items()) if len(group) > 1)


def _same_paper(one: _Numbered, other: _Numbered) -> bool:
    a, b = (_TITLE_MARKS.sub("", paper.document.title) for paper in (one, other))
    apart = max((one.when.first - other.when.last).days, (other.when.first - one.when.last).days)
    return bool(a and b) and (a in b or b in a) and apart <= SAME_PAPER_DAYS


def _twice_finding(ledger: Dossier, group: tuple[_Numbered, ...]) -> Finding:
    ids = [one.document.id for one in group]
    number = group[0].document.number
    return Finding(
        ID,
        Severity.BLOCK,
        only_task(ledger, ids),
        tuple(Where(one) for one in ids),
        say(
            "文号“{number}”下有 {count} 份不同的文件：{titles}。请提供发文登记，写明该文号属于哪一份。",
            number=number,
            count=len(group),
            titles="、".join(f"《{one.document.title}》（{one.document.date}）" for one in group),
        ),
        BASIS,
        {"number": number, "count": len(group)},
    )


def _against_the_calendar(ledger: Dossier, papers: list[_Numbered]) -> Iterator[Finding]:
    """The fewest papers whose removal leaves serials and dates in one order; each with the nearest paper that contradicts it."""
    ordered = sorted(papers, key=lambda one: (one.number.serial, one.when.first))
    kept = _longest_order(ordered)
    for one in ordered:
        if one not in kept:
            witnesses = [other for other in kept if _contradict(one, other)]
            if witnesses:
                yield _order_finding(ledger, one, min(witnesses, key=lambda other: abs(other.number.serial - one.number.serial)))


def _contradict(one: _Numbered, other: _Numbered) -> bool:
    """Whether the lower serial is dated later by more than a swap of neighbours explains."""
    low, high = sorted((one, other), key=lambda paper: paper.number.serial)
    return low.number.serial != high.number.serial and low.when.first - high.when.last > timedelta(days=SWAP_DAYS)


@dataclass(frozen=True, slots=True)
class _Order:
    """The largest order that ends with one paper: how many papers, the days after which the system saw them, the latest date among them."""

    papers: tuple[_Numbered, ...]
    delay: int
    latest: date

    @property
    def weight(self) -> tuple[int, int]:
        """More papers weigh more; of equally many those that were seen sooner."""
        return len(self.papers), -self.delay


def _longest_order(ordered: list[_Numbered]) -> tuple[_Numbered, ...]:
    """The largest set of papers in which serials and dates run together; of equal sets the one that the system saw soonest."""
    best: list[_Order] = []
    for one in ordered:
        tolerated = one.when.last + timedelta(days=SWAP_DAYS)
        before = max(
            (order for order in best if order.latest <= tolerated), key=lambda order: order.weight, default=_Order((), 0, date.min)
        )
        best.append(_Order((*before.papers, one), before.delay + one.delay.days, max(before.latest, one.when.first)))
    return max(best, key=lambda order: order.weight).papers if best else ()


def _order_finding(ledger: Dossier, one: _Numbered, other: _Numbered) -> Finding:
    low, high = sorted((one, other), key=lambda paper: paper.number.serial)
    ids = (one.document.id, other.document.id)
    return Finding(
        ID,
        Severity.BLOCK,
        only_task(ledger, (one.document.id,)),
        tuple(Where(each) for each in ids),
        say(
            "“{high}”落款 {early}，早于号码在前的“{low}”（落款 {late}）{days} 天。请提供发文登记和原件。",
            high=high.document.number,
            early=high.document.date,
            low=low.document.number,
            late=low.document.date,
            days=(low.when.first - high.when.last).days,
        ),
        BASIS,
        {
            "number": one.document.number,
            "date": one.document.date,
            "other": other.document.number,
            "other_date": other.document.date,
            "days": (low.when.first - high.when.last).days,
        },
    )
