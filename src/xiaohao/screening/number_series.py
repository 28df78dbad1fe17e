"""The register of document numbers 文号: every issuer's serials of a year in order, with what a registrar would circle in red.

Facts only, nothing is judged here: a gap may be a secret paper, a number out of order one that was drawn before signing (DOC-NO weighs that).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from xiaohao.dossier.document import Document
from xiaohao.kernel.when import parse_when
from xiaohao.screening.document_number import DocumentNumber, read_number


@dataclass(frozen=True, slots=True)
class Numbered:
    """One document under its serial: whether another paper bears the same number, and whether a lower serial is dated later."""

    document: Document
    serial: int
    doubled: bool
    out_of_order: bool


@dataclass(frozen=True, slots=True)
class NumberSeries:
    """One issuer's words and year. `gaps` are the serials below the highest one that nobody has registered."""

    issuer: str
    words: str
    year: int
    papers: tuple[Numbered, ...]
    gaps: tuple[int, ...]


def number_series(documents: Iterable[Document]) -> tuple[NumberSeries, ...]:
    """The series by issuer, words and year, newest year first; documents whose number cannot be read are in none."""
    held: dict[tuple[str, str, int], list[tuple[DocumentNumber, Document]]] = defaultdict(list)
    for document in documents:
        if number := read_number(document.number):
            held[(document.issuer, number.words, number.year)].append((number, document))
    return tuple(_series(*key, found) for key, found in sorted(held.items(), key=lambda item: (-item[0][2], item[0])))


def _series(issuer: str, words: str, year: int, found: list[tuple[DocumentNumber, Document]]) -> NumberSeries:
    ordered = sorted(found, key=lambda one: (one[0].serial, one[1].date, one[1].id))
    serials = [number.serial for number, _document in ordered]
    papers, latest = [], None
    for number, document in ordered:
        when = parse_when(document.date)
        late = latest is not None and when is not None and when.last < latest
        papers.append(Numbered(document, number.serial, serials.count(number.serial) > 1, late))
        if when is not None:
            latest = max(latest, when.first) if latest else when.first
    return NumberSeries(issuer, words, year, tuple(papers), tuple(n for n in range(1, max(serials)) if n not in set(serials)))


def same_number(number: str | None, documents: Iterable[Document], *, issuer: str) -> tuple[Document, ...]:
    """Documents of that issuer that bear the number already, however it is written."""
    wanted = read_number(number)
    return tuple(d for d in documents if d.issuer == issuer and wanted is not None and read_number(d.number) == wanted)
