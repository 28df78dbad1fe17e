"""`xiaohao screen --corpus`: the findings over the exports of many jurisdictions, by either engine, as one printed report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol

from xiaohao.cli.corpus.corpus import Register, photographs, statements
from xiaohao.cli.corpus.files import Export, exports
from xiaohao.cli.corpus.local import Local
from xiaohao.screening.fingerprints.judged import findings
from xiaohao.screening.fingerprints.postings import PhotoTally, TextTally
from xiaohao.screening.report import report
from xiaohao.screening.run import Screening

ENGINES = ("local", "ray")


class Engine(Protocol):
    """What tells which documents of a corpus meet."""

    def texts(self, register: Register) -> list[TextTally]: ...

    def photos(self, register: Register) -> list[PhotoTally]: ...


def compare(folders: Sequence[str], engine: str, address: str | None = None) -> dict[str, Any]:
    """The report over the exports in these folders. Raises files.Unusable."""
    held = exports(folders)
    return compared(held, _engine(held, engine, address))


def compared(held: Sequence[Export], engine: Engine) -> dict[str, Any]:
    """The report by this engine."""
    said, seen = statements(held), photographs(held)
    found = findings(said.owned, seen.owned, engine.texts(said), engine.photos(seen))
    return report("corpus", Screening(found, (), {}, ()))


def printed(value: dict[str, Any]) -> str:
    """The same report is the same bytes."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _engine(held: Sequence[Export], name: str, address: str | None) -> Engine:
    if name == "local":
        return Local(held)
    from xiaohao.cli.corpus.on_ray import OnRay

    return OnRay(held, address)
