"""Units, people and places as every dossier carries them: the same few hundred or thousand for each case, read once and kept until one changes."""

from __future__ import annotations

from typing import Any, NamedTuple

from xiaohao.dossier import parties
from xiaohao.records.models import Org, PartiesMark, Person, Place


class Everybody(NamedTuple):
    """All of each kind on file, by id."""

    orgs: tuple[parties.Org, ...]
    people: tuple[parties.Person, ...]
    places: tuple[parties.Place, ...]


#: The mark of the database (records/parties_triggers.py) and what was read under it; the newest only.
_kept: tuple[str, Everybody] | None = None


def everybody() -> Everybody:
    """All units, people and places as of now, in this transaction's eyes."""
    global _kept
    mark, kept = _mark(), _kept
    if kept and kept[0] == mark:
        return kept[1]
    read = Everybody(_things(Org), _things(Person), _things(Place))
    if mark and mark == _mark():  # nobody changed them while they were read
        _kept = (mark, read)
    return read


def _mark() -> str:
    return PartiesMark.objects.values_list("mark", flat=True).first() or ""


def _things(model: Any) -> tuple[Any, ...]:
    return tuple(row.thing() for row in model.objects.order_by("pk"))
