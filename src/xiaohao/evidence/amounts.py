"""Amounts behind a claim: what was measured at acceptance, written into logs and slips, paid, or found in a laboratory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.evidence.claims import Claim
from xiaohao.kernel.units import comparable, convert

#: A sum or reading in the claim's unit, with the ids of the rows it comes from.
Found = tuple[float, tuple[str, ...]]

#: A reading that differs from the claimed one by at most this share is the claimed one, rounded.
ROUNDED = 0.1


def largest_amount(dossier: Dossier, task_ids: Iterable[str], unit: str, measures: Set[str]) -> Found:
    """The largest of the sums in `unit` by source, rows tied only to other `measures` left out; (0, ()) where no row holds such an amount."""
    rows = tuple(row for task_id in task_ids for row in dossier.records_of(task_id))
    return max(_sums(rows, unit, measures), key=lambda found: found[0], default=(0.0, ()))


def _sums(rows: tuple[Record, ...], unit: str, measures: Set[str]) -> Iterator[Found]:
    """One sum per source: the acceptance's own measuring, then each type of row."""
    yield _sum(
        (convert(m.value, m.unit, unit), row.id)
        for row in rows
        for m in row.measured
        if comparable(m.unit, unit) and (not measures or m.measure in measures)
    )
    relevant = [row for row in rows if not (measures and row.measures and not measures & set(row.measures))]
    for kind in sorted({row.type for row in relevant}):
        yield _sum(part for row in relevant if row.type == kind for part in _parts(row, unit))


def _parts(row: Record, unit: str) -> Iterator[tuple[float, str]]:
    for quantity in row.quantities:
        if comparable(quantity.unit, unit):
            yield convert(quantity.value, quantity.unit, unit), row.id
    if row.amount and comparable("元", unit):
        yield convert(row.amount, "元", unit), row.id


def _sum(parts: Iterable[tuple[float, str]]) -> Found:
    found = list(parts)
    return sum(value for value, _ in found), tuple(sorted({row for _, row in found}))


def readings_like(dossier: Dossier, task_ids: Iterable[str], claim: Claim) -> tuple[Found, ...]:
    """Results of samples, laboratory and acceptance in a unit comparable with the claim's, those first that bear it out."""
    unit, value = claim.unit or "", claim.value or 0.0
    found = [
        (convert(result.value, result.unit, unit), (row.id,))
        for task_id in task_ids
        for row in dossier.records_of(task_id, "sampling", "lab_report", "acceptance")
        for result in row.results
        if comparable(result.unit, unit)
    ]
    return tuple(sorted(found, key=lambda one: (not bears_out(one[0], claim), abs(one[0] - value))))


def bears_out(reading: float, claim: Claim) -> bool:
    """Whether a reading in the claim's unit says what the claim says: at most, at least, or about so much."""
    value = claim.value or 0.0
    if claim.qualifier in ("at_most", "under"):
        return reading <= value
    if claim.qualifier in ("at_least", "over"):
        return reading >= value
    return abs(reading - value) <= ROUNDED * abs(value)
