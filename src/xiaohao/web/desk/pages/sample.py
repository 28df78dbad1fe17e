"""Claimed, found, sampled: each counted claim of the statement beside its rows and those that were drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.evidence.backing import Backed, backing
from xiaohao.kernel.said import Said
from xiaohao.records.drawings import Draw
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.evidence import file_words
from xiaohao.web.desk.pages.words import REGISTERS, person_and_unit, record_words
from xiaohao.web.parts.link import Link
from xiaohao.web.parts.words import amount


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One drawn row with its files, for the person who looks."""

    link: Link
    recorded: str
    by: str
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One claim: the words, the register that was asked, what was claimed and found, and the drawn rows by draw."""

    key: str
    text: str
    register: str
    state: str
    claimed: str
    found: str
    all_rows: str
    rows: tuple[DrawnRow, ...]


def sample_lines(case: Case, statement: Statement, draw: Draw | None) -> tuple[SampleLine, ...]:
    """Every claim that rows stand behind, or should."""
    chosen: Mapping[str, tuple[str, ...]] = draw.rows if draw else {}
    return tuple(_line(case, backed, chosen) for backed in backing(case.dossier, statement) if backed.claim.record_types or backed.records)


def _line(case: Case, backed: Backed, chosen: Mapping[str, tuple[str, ...]]) -> SampleLine:
    claim = backed.claim
    key = f"{claim.start}-{claim.end}"
    kinds: list[Said] = [REGISTERS[kind] for kind in claim.record_types if kind in REGISTERS]
    rooms = f"{reverse('desk_registers')}?task={case.no}" + (f"&kind={claim.record_types[0]}" if len(claim.record_types) == 1 else "")
    return SampleLine(
        key=key,
        text=claim.text,
        register="、".join(str(kind) for kind in kinds),
        state=str(backed.state),
        claimed=f"{amount(claim.value)} {claim.unit or ''}".strip() if claim.value is not None else "—",
        found=f"{amount(backed.found)} {claim.unit or ''}".strip(),
        all_rows=rooms,
        rows=tuple(_row(case, one) for one in chosen.get(key, ())),
    )


def _row(case: Case, record_id: str) -> DrawnRow:
    row = case.dossier.find(Record, record_id)
    if row is None:
        return DrawnRow(Link(record_id), "", "", ())
    page = reverse("desk_record", args=[case.no, record_id]) if case.task.pk in row.tasks else ""
    files = [file for one in row.files if (file := case.dossier.find(File, one))]
    return DrawnRow(
        Link(record_words(case.dossier, row), page),
        row.recorded_at[:16].replace("T", " "),
        person_and_unit(case.dossier, row.recorded_by),
        tuple(Link(file_words(file), reverse("desk_file", args=[case.no, file.id])) for file in files),
    )
