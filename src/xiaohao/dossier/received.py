"""A signed bundle that came from another installation."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Version `version` of what `origin` (the name of its log) says about `subject`. `manifest` is the digest that covers every file, `root` the one of
    dossier.json or ledger.json; `org` the unit that took it in, `person` who did ("" on the machine's own command line)."""

    id: str
    origin: str
    subject: str
    version: int
    title: str
    made_at: str
    manifest: str
    root: str
    files: int
    bytes: int
    org: str
    person: str | None = None
    recorded_at: str
    unknown: Unknown = ()
