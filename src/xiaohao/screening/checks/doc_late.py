"""倒填日期: a document is first seen by the system long after the date it bears, and no recipient booked it in then.

Innocent explanations looked for first: a recipient's receipt near the claimed date; the issuer joined the system only after it (joined_at);
standing rules and certificates that nobody had to receive, taken into the file when they were needed. Source: INSTITUTION.md, fact 10
(rectification on paper); the delay is the local rulebook's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.parties import Org
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_instant, parse_when
from xiaohao.screening.belonging import only_task, sole
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import listed

ID = "DOC-LATE"
STAGE = "any"
NEEDS = ("documents.date/recorded_at/receipts", "orgs.joined_at", "rules.document_delay_days")

#: Papers that lie in somebody's cabinet until they are needed: they prove a state, not an act of this rectification.
_LYING_BY = frozenset({"rule", "contract", "certificate", "feedback"})


def check_all(ledger: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per document that was first seen later than the rulebook allows and that no recipient booked in."""
    days = ledger.rules.document_delay_days if ledger.rules else None
    if not ledger.documents:
        yield Skipped(ID, sole(ledger), say("案卷中没有文件"))
    elif days is None:
        yield Skipped(ID, sole(ledger), say("案卷没有带本地规则的文件入库期限"))
    else:
        for document in ledger.documents:
            claimed = parse_when(document.date)
            delay = (parse_instant(document.recorded_at).date() - claimed.last).days if claimed else 0
            if claimed and delay > days and not _explained(ledger, document, claimed.first, claimed.last, days):
                yield _finding(ledger, document, delay, days)


def _explained(ledger: Dossier, document: Document, first: date, last: date, days: int) -> bool:
    issuer = ledger.find(Org, document.issuer)
    if issuer and issuer.joined_at and parse_instant(issuer.joined_at).date() > last:
        return True
    if not document.recipients and document.kind in _LYING_BY:
        return True
    booked = (when.first for receipt in document.receipts if receipt.org != document.issuer and (when := parse_when(receipt.at)))
    return any(first <= day <= last + timedelta(days=days) for day in booked)


def _finding(ledger: Dossier, document: Document, delay: int, days: int) -> Finding:
    late = [receipt for receipt in document.receipts if receipt.org != document.issuer]
    seen = parse_instant(document.recorded_at).date()
    if late:
        booked = say("收文单位最早的登记为 {at}", at=min(receipt.at for receipt in late)[:10])
    elif document.recipients:
        booked = say("所列收文单位（{units}）均未见登记", units=listed([ledger.org_name(one) for one in document.recipients], 3))
    else:
        booked = say("未见收文登记")
    return Finding(
        ID,
        Severity.WARN,
        only_task(ledger, (document.id,)),
        (Where(document.id),),
        say(
            "《{title}》落款 {date}，首次入库 {seen}，晚 {delay} 天，{booked}。请提供当时的收文记录或发文登记。",
            title=document.title,
            date=document.date,
            seen=seen,
            delay=delay,
            booked=booked,
        ),
        say("文件应在落款后 {days} 天内入库，或有收文单位当时的登记", days=days),
        {"delay_days": delay, "allowed_days": days, "receipts": len(late), "recipients": len(document.recipients)},
    )
