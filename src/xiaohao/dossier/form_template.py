"""An office's own template of a form, in versions."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTemplate:
    """Version `version` of the template of a form: the Word file under `sha256`, named `name` by whoever put it in; without one, the form goes
    back to the template that ships."""

    id: str
    form: str
    version: int
    name: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    person: str
    recorded_at: str
    unknown: Unknown = ()
