"""The score of the reader over a corpus, field by field, with the notices it missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.documents.corpus.generate import Written
from tests.documents.scoring import f1, matched, quantities_found
from xiaohao.documents.fields import Fields
from xiaohao.documents.notice import read_notice
from xiaohao.kernel.when import When
from xiaohao.kernel.workdays import official_calendar

AT = "2026-03-03T09:00:00+08:00"
EXACT = ("deadline", "start", "end", "issued", "days", "working", "phone", "address", "desk", "issuer", "number", "units")


@dataclass
class Score:
    exact: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0] for name in EXACT})
    lists: dict[str, list[int]] = field(
        default_factory=lambda: {name: [0, 0, 0] for name in ("measures", "completion", "quantities", "answers")}
    )
    missed: list[tuple[str, str, object, object]] = field(default_factory=list)
    false_alarms: int = 0

    def rate(self, name: str) -> float:
        right, all_ = self.exact[name]
        return right / all_ if all_ else 1.0

    def f1(self, name: str) -> float:
        found, read, gold = self.lists[name]
        return f1(found, read, gold)


def _read(fields: Fields, name: str) -> object:
    return {
        "deadline": fields.deadline, "start": fields.publicity_start, "end": fields.publicity_end, "issued": fields.issue_date, "days": fields.publicity_days_claimed, "working": fields.working_days,
        "phone": fields.contact_phone, "address": fields.contact_address, "desk": fields.accepting_dept, "issuer": fields.issuer, "number": fields.task_no, "units": list(fields.responsible_units),
    }[name]  # fmt: skip


def _gold(written: Written, name: str) -> object:
    case = written.case
    single = written.name.startswith(("headed_lines", "six_parts"))
    return {
        "deadline": case.deadline, "start": case.start, "end": case.end, "issued": case.issued, "days": case.days, "working": case.working, "phone": case.phone,
        "address": case.address, "desk": case.desk, "issuer": case.issuer, "number": None if written.name.startswith("shaanxi") else str(case.number), "units": case.units[:1] if single else case.units,
    }[name]  # fmt: skip


def score(corpus: Iterable[Written]) -> Score:
    total = Score()
    for written in corpus:
        reading = read_notice(written.text, written.name, at=AT)
        fields = reading.fields
        for name in EXACT:
            gold, read = _gold(written, name), _read(fields, name)
            total.exact[name][1] += 1
            total.exact[name][0] += gold == read
            if gold != read:
                total.missed.append((written.name, name, gold, read))
        _lists(total, written, fields)
        _answers(total, written, reading)
        total.false_alarms += _false_alarm(written, fields)
    return total


def _lists(total: Score, written: Written, fields: Fields) -> None:
    for name, gold, read in (
        ("measures", written.measures, [i.text for i in fields.measures]),
        ("completion", written.answers, [i.text for i in fields.completion_items]),
    ):
        found = matched(gold, read)
        _add(total, name, found, len(read), len(gold))
        if found < max(len(gold), len(read)):
            total.missed.append((written.name, name, gold, read))
    gold_pairs = written.quantities
    read_pairs = [(round(amount.value, 4), amount.unit) for amount in fields.quantities]
    found = quantities_found(gold_pairs, read_pairs)
    _add(total, "quantities", found, len(read_pairs), len(gold_pairs))
    if found < max(len(gold_pairs), len(read_pairs)):
        total.missed.append(
            (written.name, "quantities", [p for p in gold_pairs if p not in read_pairs], [p for p in read_pairs if p not in gold_pairs])
        )


def _answers(total: Score, written: Written, reading) -> None:  # type: ignore[no-untyped-def]
    """Measure n is answered by answer n, wherever it stands."""
    statement = reading.dossier.last_statement("task-1", "completion")
    plan = reading.dossier.measures_of("task-1")
    right = 0
    for n in range(len(written.case.measures)):
        spans = [s for s in (statement.spans if statement else ()) if f"measure-{n + 1}" in s.measures]
        said = "".join(reading.fields.completion_items[0].text * 0 + statement.text[s.start : s.end] for s in spans) if spans else ""
        right += (
            matched([written.answers[n]], [said])
            if said and len(plan) >= n + 1 and written.name.split("/")[1] not in {"traditional", "pronounced", "mixed_width"}
            else bool(said)
        )
    _add(total, "answers", right, len(written.case.measures), len(written.case.measures))
    if right < len(written.case.measures):
        total.missed.append((written.name, "answers", len(written.case.measures), right))


def _add(total: Score, name: str, found: int, read: int, gold: int) -> None:
    for n, value in enumerate((found, read, gold)):
        total.lists[name][n] += value


def _false_alarm(written: Written, fields: Fields) -> bool:
    """A window read shorter than it claims where the gold's window is long enough."""
    if not (fields.publicity_start and fields.publicity_end and fields.publicity_days_claimed):
        return False
    first, last = When.parse(fields.publicity_start).first, When.parse(fields.publicity_end).first
    counted = official_calendar().count(first, last) if fields.working_days else (last - first).days + 1
    return counted < fields.publicity_days_claimed
