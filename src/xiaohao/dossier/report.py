"""The result report 整改落实情况报告 of a whole list, as an office filed it: a document of its own, in versions."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReport:
    """Version `version` of what the office `org` reports about `list`. `text` is what units countersign, word for word, `digest` the SHA-256 of it;
    the Word file of `bytes` bytes lies under `sha256`. `reason` says why there is another version."""

    id: str
    list: str
    org: str
    version: int
    title: str
    date: str
    text: str
    digest: str
    sha256: str
    bytes: int
    reason: str | None = None
    person: str
    recorded_at: str
    unknown: Unknown = ()
