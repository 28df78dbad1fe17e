"""New readings after old ones in one series: what may be joined, and the csv that holds both. What was read once is never changed by it."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.kernel.said import say
from xiaohao.outcomes.series import Reading, read_csv

_HEAD = "time,value,mark"
#: A sentence names at most this many readings that differ.
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Extended:
    """The joined csv, or why it is none (`faults`). `added` counts the readings that are new."""

    content: bytes
    added: int
    faults: tuple[str, ...] = ()


def extended(old: bytes, new: bytes) -> Extended:
    """`old` with the readings of `new` that come after its last one. A reading that both hold must be the same in both; one that falls between
    the old ones, or differs from its old value, is a fault: a series is continued, not rewritten. Unreadable lines of `new` are faults too."""
    before, after = read_csv(old).readings, read_csv(new)
    if after.problems:
        return Extended(old, 0, tuple(problem.message for problem in after.problems[:_MOST_NAMED]))
    known = {reading.at: reading for reading in before}
    last = max((reading.at.last for reading in before), default=None)
    differing = [one for one in after.readings if one.at in known and known[one.at] != one]
    between = [one for one in after.readings if one.at not in known and last is not None and one.at.first <= last]
    fresh = [one for one in after.readings if one.at not in known and (last is None or one.at.first > last)]
    faults: list[str] = []
    if differing:
        named = "、".join(_named(one, known[one.at]) for one in differing[:_MOST_NAMED])
        faults.append(say("{count} 个已登记的读数与原来不一致：{named}", count=len(differing), named=named))
    if between:
        faults.append(say("{count} 个读数早于已登记的最后一个（{last}）", count=len(between), last=last))
    if not fresh and not faults:
        faults.append(say("没有比已登记的更晚的读数"))
    if faults:
        return Extended(old, 0, tuple(faults))
    lines = [line for line in new.decode("utf-8-sig").splitlines()[1:] if line.strip() and _is_fresh(line, fresh)]
    return Extended(old.rstrip(b"\r\n") + b"\n" + ("\n".join(lines) + "\n").encode(), len(fresh))


def _is_fresh(line: str, fresh: list[Reading]) -> bool:
    found = read_csv(f"{_HEAD}\n{line}\n".encode()).readings
    return bool(found) and found[0].at in {one.at for one in fresh}


def _named(new: Reading, old: Reading) -> str:
    return say("{day} 原为 {before}，现为 {after}", day=new.at.first, before=_value(old), after=_value(new))


def _value(reading: Reading) -> str:
    return "缺" if reading.value is None else f"{reading.value:g}"
