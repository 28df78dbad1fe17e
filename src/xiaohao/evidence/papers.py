"""Papers behind a claim: the document whose title a sentence gives, the paper that set up a leading group, what the sentence itself cites."""

from __future__ import annotations

import re

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.dossier.statement import Statement
from xiaohao.evidence.claims import Claim

_TITLE = re.compile(r"《([^》]{4,})》")
_GROUP = re.compile(r"领导小组|工作专班|专班|工作组|指挥部")
_MARKS = re.compile(r"[\s“”\"《》（）()、，]")


def documents_behind(dossier: Dossier, task_id: str, claim: Claim) -> tuple[str, ...]:
    """Ids of documents of the case that a claim names by title, or, for a leading group, that are about setting one up."""
    own = [document for document in dossier.documents if not document.tasks or task_id in document.tasks]
    if claim.kind == "organisation":
        return tuple(sorted(document.id for document in own if _GROUP.search(document.title)))
    titles = [_plain(title) for title in _TITLE.findall(claim.text)]
    return tuple(sorted(document.id for document in own if any(_same(title, _plain(document.title)) for title in titles)))


def cited(dossier: Dossier, statement: Statement, claim: Claim) -> tuple[str, ...]:
    """Ids of what the stretch around the claim cites as its evidence, as far as the case holds it."""
    spans = [span for span in statement.spans if span.start < claim.end and claim.start < span.end]
    ids = {one for span in spans for one in span.evidence}
    return tuple(sorted(one for one in ids if isinstance(dossier.by_id.get(one), Document | File | Record | Series)))


def _plain(title: str) -> str:
    return _MARKS.sub("", title)


def _same(one: str, other: str) -> bool:
    """One title within the other: a notice leaves out 关于印发 … 的通知."""
    return bool(one and other) and (one in other or other in one)
