"""The catalogue of checks: ids, Chinese titles, usual severity, stage and scope, as published in FINDINGS.md. Ids are never renamed or reused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from xiaohao.screening.finding import Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the catalogue; `severity` is the most that the check may say, `needs` names the fields of the dossier it reads."""

    id: str
    pattern: str
    title: str
    severity: Severity
    stage: str
    scope: str
    catches: str
    needs: tuple[str, ...]
    innocent: tuple[str, ...]

    @property
    def stages(self) -> frozenset[str]:
        return frozenset(part.strip() for part in self.stage.split(","))


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every check by id, implemented or not, in the order of the publication."""
    rows = json.loads(files("xiaohao.screening").joinpath("catalogue.json").read_text("utf-8"))["checks"]
    return MappingProxyType({row["id"]: _entry(row) for row in rows})


def _entry(row: Mapping[str, object]) -> Entry:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items() if name != "example"}
    return Entry(**{**values, "severity": Severity(str(row["severity"]))})  # type: ignore[arg-type]
