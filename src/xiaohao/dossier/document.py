"""Official documents, what they cite, and who booked them in."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """What a document cites: by number, by id, or both."""

    number: str | None = None
    document: str | None = None
    date: str | None = None
    title: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A recipient booking a document in 收文登记."""

    org: str
    at: str
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An official document 文件 with its number, issuer and date, and who booked it in. `due`: until when it wants its tasks done."""

    id: str
    number: str | None = None
    title: str
    kind: str
    issuer: str
    date: str
    due: str | None = None
    recorded_at: str
    cites: tuple[Cite, ...] = ()
    recipients: tuple[str, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    file: str | None = None
    text: str | None = None
    tasks: tuple[str, ...] = ()
    unknown: Unknown = ()
