"""The scorer of the blind notices: gold beside each text, a gold value perhaps with others that are as good (`accept`).

Scalars are exact; a name may stand without the place before it (市水务局); items are matched by shared pairs of characters, numbered lists one to
one, paragraphs (`loose`) by what they cover; quantities by value and unit, each once. Rhythms may be read as quantities or not.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xiaohao.documents.fields import Fields
from xiaohao.documents.notice import read_notice
from xiaohao.screening.run import screen

AT = "2026-03-03T09:00:00+08:00"
EXACT = ("publicity_start", "publicity_end", "publicity_days_claimed", "working_days", "contact_phone", "issue_date")
PARTIES = ("issuer", "accepting_dept", "lead_unit")
ITEMS = {"goals": "g", "measures": "m", "completion_items": "c"}
#: An item is the gold's when so much of their pairs of characters is shared.
SAME = 0.6


def cases(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.json")):
        yield path.stem, path.with_suffix(".txt").read_text("utf-8"), json.loads(path.read_text("utf-8"))


@dataclass(slots=True)
class Score:
    """Right and all of each scalar; found, read, met and gold of each list; notices with a false or a missing PUB-DAYS; what was wrong."""

    scalars: dict[str, list[int]] = field(default_factory=dict)
    lists: dict[str, list[int]] = field(default_factory=dict)
    false_alarms: list[str] = field(default_factory=list)
    missed_alarms: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def rate(self, *names: str) -> float:
        return sum(self.scalars[name][0] for name in names) / sum(self.scalars[name][1] for name in names)

    def f1(self, name: str) -> float:
        found, read, met, gold = self.lists[name]
        precision, recall = found / read if read else 1.0, met / gold if gold else 1.0
        return 2 * precision * recall / (precision + recall)

    def scalar(self, case: str, name: str, right: bool, said: object) -> None:
        tally = self.scalars.setdefault(name, [0, 0])
        tally[0] += right
        tally[1] += 1
        if not right:
            self.wrong.append(f"{case} {name}: {said!r}")

    def listed(self, case: str, name: str, counts: Iterable[int]) -> None:
        found, read, met, gold = counts
        self.lists[name] = [a + b for a, b in zip(self.lists.get(name, [0] * 4), (found, read, met, gold), strict=True)]
        if found < read or met < gold:
            self.wrong.append(f"{case} {name}: {found} of {read} read are right, {met} of {gold} gold are met")


def score(folder: Path) -> Score:
    """Read and judge every notice of the folder."""
    total = Score()
    for case, text, gold in cases(folder):
        reading = read_notice(text, case, at=AT)
        _one(total, case, reading.fields, gold)
        alarm = any(finding.check == "PUB-DAYS" for finding in screen(reading.dossier).findings)
        if alarm and not gold["short_window"]:
            total.false_alarms.append(case)
        if gold["short_window"] and not alarm:
            total.missed_alarms.append(case)
    return total


def _one(total: Score, case: str, fields: Fields, record: dict[str, Any]) -> None:
    gold, accept, skip = record["gold"], record["accept"], record["skip"]
    for name in (*EXACT, "deadline", "task_no"):
        value = getattr(fields, name)
        total.scalar(case, name, any(_same(name, value, good) for good in accept.get(name, [gold[name]])), value)
    for name in PARTIES:
        value = getattr(fields, name)
        goods = accept.get(name, [gold[name]])
        only = name == "lead_unit" and gold[name] is None and len(gold["responsible_units"]) == 1
        total.scalar(case, name, any(named(value, good) for good in (*goods, *(gold["responsible_units"] if only else ()))), value)
    address = fields.contact_address
    total.scalar(
        case, "address", any(_plain(address) == _plain(good) for good in accept.get("contact_address", [gold["contact_address"]])), address
    )
    if "units" not in skip:
        goods = accept.get("responsible_units") or [[unit] for unit in gold["responsible_units"]]
        read = fields.responsible_units
        met = sum(any(named(unit, good) for good in alike for unit in read) for alike in goods)
        found = sum(any(named(unit, good) for alike in goods for good in alike) for unit in read)
        total.listed(case, "units", (found, len(read), met, len(goods)))
    for name, letter in ITEMS.items():
        read = tuple(item.text for item in getattr(fields, name))
        total.listed(case, name, matched(read, gold[name], loose=letter in record["loose"]))
    total.listed(case, "quantities", _quantities(fields, gold))


def _same(name: str, value: object, good: object) -> bool:
    if name == "contact_phone" and isinstance(value, str) and isinstance(good, str):
        return re.sub(r"\D", "", value) == re.sub(r"\D", "", good)
    return value == good


def _plain(words: str | None) -> str:
    return re.sub(r"[\s\W_]", "", unicodedata.normalize("NFKC", words or ""))


def named(read: str | None, good: str | None) -> bool:
    """Whether a name is the gold's, perhaps without its place or with one more before it."""
    if read is None or good is None:
        return read is good
    one, other = _plain(read), _plain(good)
    return one == other or (len(one) >= 3 and other.endswith(one)) or (len(other) >= 4 and one.endswith(other))


def _pairs(words: str) -> Counter[str]:
    bare = _plain(words)
    return Counter(bare[n : n + 2] for n in range(len(bare) - 1)) or Counter([bare])


def _covered(one: Counter[str], other: Counter[str]) -> bool:
    return sum((one & other).values()) >= SAME * sum(one.values())


def matched(read: Sequence[str], gold: Sequence[str], *, loose: bool) -> tuple[int, int, int, int]:
    """(read items that are right, read items, gold items that are met, gold items)."""
    reads, golds = [_pairs(item) for item in read], [_pairs(item) for item in gold]
    if loose:
        all_read, all_gold = sum(reads, Counter[str]()), sum(golds, Counter[str]())
        return sum(_covered(one, all_gold) for one in reads), len(reads), sum(_covered(one, all_read) for one in golds), len(golds)
    met = 0
    left = list(reads)
    for one in golds:
        best = max(left, key=lambda other: _alike(one, other), default=None)
        if best is not None and _alike(one, best) >= SAME:
            left.remove(best)
            met += 1
    return met, len(reads), met, len(golds)


def _alike(one: Counter[str], other: Counter[str]) -> float:
    return 2 * sum((one & other).values()) / (sum(one.values()) + sum(other.values()))


def _quantities(fields: Fields, gold: dict[str, Any]) -> tuple[int, int, int, int]:
    wanted = []
    for one in gold["quantities"]:
        goods = [(round(good["value"], 6), _unit(good["unit"])) for good in one.get("accept", [one])]
        if goods not in wanted:
            wanted.append(goods)
    good = {pair for goods in wanted for pair in goods}
    rhythms = {(round(one["value"], 6), _unit(one["unit"])) for one in gold["x-optional_quantities"]} - good
    read = {(round(amount.value, 6), _unit(amount.unit)) for amount in fields.quantities} - rhythms
    return len(read & good), len(read), sum(any(pair in read for pair in goods) for goods in wanted), len(wanted)


def _unit(unit: str) -> str:
    return "%" if unit in {"%", "％"} else _plain(unit)
