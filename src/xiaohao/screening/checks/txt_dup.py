"""一稿两用: two tasks report the same work in nearly the same words, perhaps with names and numbers swapped or sentences reordered.

Innocent explanations looked for first: quoted superior documents, plans and problems (taken out first); official opening and closing phrases,
learnt from the ledger; tasks linked as one site, handed on, given twice or shared out. One task's own reports are not compared with each other.
Source: FINDINGS.md, TXT-DUP; INSTITUTION.md (statements prepared from one draft); the measure is described in docs/copied.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import Task
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import np
from xiaohao.kernel.said import say
from xiaohao.screening.belonging import sole
from xiaohao.screening.copied.alignment import prepared
from xiaohao.screening.copied.grams import Hashes, among, sampled
from xiaohao.screening.copied.judgement import Copied, copied
from xiaohao.screening.copied.own_text import Reading, read_statement, rightly_shared
from xiaohao.screening.copied.spread import Phrases, pairs_within, phrases_of
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "TXT-DUP"
STAGE = "application"
NEEDS = ("statements(kind=completion).text", "plans.goals/measures.text", "tasks.problem", "documents.text", "tasks.links")

#: Two texts that share fewer grams are not held side by side.
FEWEST_GRAMS = 3
#: In a ledger of more statements their samples tell which pairs are worth holding side by side.
MOST_WHOLE = 60
#: From this overlap on it is the text that is the same, not a phrase in it.
LARGER_PART = 0.5
#: An account of which this part is in everybody's words, and in those of one other of its unit, is looked at by itself: it is the same account
#: when so much of it stands in the other, and so many signs. Ours: honest answers of one office in one form stay far below.
WORN, SAME_ACCOUNT, LONG_ACCOUNT = 0.6, 0.8, 150
#: Different accounts of one unit that are kept to hold later ones against.
MOST_HEADS = 32
#: Links by which one account may rightly serve two tasks.
_ONE_ACCOUNT = frozenset({"same_site", "carried_over", "continues", "duplicate", "share_of"})


@dataclass(frozen=True, slots=True)
class Twice:
    """The `later` statement says again what stands in the `earlier` one, of another task."""

    later: Statement
    earlier: Statement
    copied: Copied


def check_all(ledger: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per statement, with the earlier one that it shares most with."""
    statements = [one for one in ledger.statements if one.kind == "completion"]
    if len({one.task for one in statements}) < 2:
        yield Skipped(ID, sole(ledger), say("案卷中没有两项任务的完成情况可以对照"))
        return
    yield from findings(ledger, used_twice(ledger, statements))


def used_twice(ledger: Dossier, statements: Sequence[Statement], phrases: Phrases | None = None) -> list[Twice]:
    """Statements of which another task's stands behind, the widest first for each. `phrases`: what is known to be nobody's own where the
    ledger is only a part of what was ever submitted; None: they are learnt from the statements."""
    readings = [read_statement(ledger, one) for one in statements]
    phrases = phrases or phrases_of(_by_task(readings))
    shared = rightly_shared(ledger, statements)
    order = {one.id: _order(statements, one) for one in statements}
    last = {task: max(said, key=lambda one: (one.recorded_at, one.id)).id for task, said in _grouped(statements).items()}
    few = len(readings) <= MOST_WHOLE
    texts = [(reading.grams if few else sampled(reading.grams)).hashes for reading in readings]
    found = []
    for i, j in pairs_within(texts, phrases.everybodys, FEWEST_GRAMS):
        later, earlier = sorted((readings[i], readings[j]), key=lambda reading: order[reading.statement.id])[::-1]
        if later.statement.id == last[later.statement.task] and not _one_account(ledger, later.statement.task, earlier.statement.task):
            found += _held(later, earlier, phrases, shared)
    ordered = sorted(readings, key=lambda reading: order[reading.statement.id])
    lasting = [one for one in ordered if one.statement.id == last[one.statement.task]]
    return [*found, *_used_for_many(ledger, ordered, lasting, phrases, {one.later.id for one in found})]


def _used_for_many(
    ledger: Dossier, readings: Sequence[Reading], lasting: Sequence[Reading], phrases: Phrases, known: frozenset[str] | set[str]
) -> list[Twice]:
    """One unit's account that stands under so many of its tasks that its words look like everybody's: what many units say was handed down,
    what one says of all its tasks is one account. Each is held against the first of its unit that says the same."""
    worn = [one for one in readings if _is_worn(one, phrases)]
    ids = {one.statement.id for one in lasting} - set(known)
    first: dict[str, list[Reading]] = {}
    found = []
    for reading in worn:
        heads = first.setdefault(reading.statement.author, [])
        head = next((one for one in heads if _part_in(reading, one) >= WORN), None)
        if head is None:
            if len(heads) < MOST_HEADS:
                heads.append(reading)
        elif reading.statement.id in ids and not _one_account(ledger, reading.statement.task, head.statement.task):
            result = _side_by_side(reading, head, np.zeros(0, dtype=np.uint64), reading.figures & head.figures)
            if result and result.overlap >= SAME_ACCOUNT and result.signs >= LONG_ACCOUNT:
                found.append(Twice(reading.statement, head.statement, result))
    return found


def _is_worn(reading: Reading, phrases: Phrases) -> bool:
    """Whether the larger part of an account is in words that count as everybody's."""
    return len(reading.grams) > 0 and float(among(reading.grams.hashes, phrases.everybodys).mean()) >= WORN


def _part_in(reading: Reading, other: Reading) -> float:
    return float(among(reading.grams.hashes, np.unique(other.grams.hashes)).mean())


def findings(ledger: Dossier, found: Iterable[Twice], names: Mapping[str, str] | None = None) -> Iterable[Finding]:
    """One finding for each later statement, with the earlier one that it shares most with. `names`: what tasks are called where their number
    alone would not tell them apart."""
    best: dict[str, Twice] = {}
    for one in sorted(found, key=lambda each: (-each.copied.signs, each.earlier.id)):
        best.setdefault(one.later.id, one)
    for _, one in sorted(best.items()):
        yield _finding(ledger, one, names or {})


def _by_task(readings: Sequence[Reading]) -> list[Hashes]:
    """The grams of each task's statements together: what one task says twice is not everybody's for that."""
    grouped: dict[str, list[Hashes]] = {}
    for reading in readings:
        grouped.setdefault(reading.statement.task, []).append(reading.grams.hashes)
    return [np.concatenate(one) for one in grouped.values()]


def _grouped(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    grouped: dict[str, list[Statement]] = {}
    for one in statements:
        grouped.setdefault(one.task, []).append(one)
    return grouped


def _order(statements: Sequence[Statement], statement: Statement) -> tuple[str, str]:
    """Tasks in the order of their first account: who wrote first is not asked again when an account is returned and brought anew."""
    return min((one.recorded_at, one.id) for one in statements if one.task == statement.task)


def _one_account(ledger: Dossier, one: str, other: str) -> bool:
    if one == other:
        return True
    here, there = ledger.find(Task, one), ledger.find(Task, other)
    links = [(link.relation, link.task) for task in (here, there) if task for link in task.links]
    ours, theirs = ([link.task for link in task.links if link.relation == "share_of"] if task else [] for task in (here, there))
    return any(relation in _ONE_ACCOUNT and task in (one, other) for relation, task in links) or bool(set(ours) & set(theirs))


def _held(later: Reading, earlier: Reading, phrases: Phrases, shared: frozenset[str]) -> list[Twice]:
    """The two side by side. Where only the smaller part is the same, it must be so without what several others say too."""
    shared |= later.figures & earlier.figures
    result = _side_by_side(later, earlier, phrases.everybodys, shared)
    if result is None or (result.overlap < LARGER_PART and _side_by_side(later, earlier, phrases.much_used, shared) is None):
        return []
    return [Twice(later.statement, earlier.statement, result)]


def _side_by_side(later: Reading, earlier: Reading, common: Hashes, shared: frozenset[str]) -> Copied | None:
    one = prepared(later.statement.text, later.not_own(common), later.stretches, later.names)
    other = prepared(earlier.statement.text, earlier.not_own(common), None, earlier.names)
    return copied(one, other, shared)


def _finding(ledger: Dossier, twice: Twice, names: Mapping[str, str]) -> Finding:
    later, earlier, result = twice.later, twice.earlier, twice.copied
    percent = round(result.overlap * 100)
    same = (
        say("，“{value}”等 {count} 处日期、文号、数量相同", value=_shown(result.values[0]), count=len(result.values))
        if result.values
        else ""
    )
    differing = say("，数量、日期不同的有 {count} 处", count=result.differing) if result.differing else ""
    return Finding(
        ID,
        Severity.WARN,
        later.task,
        (
            *(Where(later.id, start, end) for start, end in result.ranges),
            *(Where(earlier.id, start, end) for start, end in result.other_ranges),
        ),
        _sentence(
            later,
            earlier,
            later_task=names.get(later.task) or _named(ledger, later.task),
            earlier_task=names.get(earlier.task) or _named(ledger, earlier.task),
            percent=percent,
            same=same,
            differing=differing,
        ),
        say("各项任务的完成情况应写各自的实际工作"),
        {
            "overlap": round(result.overlap, 2),
            "shared_chars": result.signs,
            "other": earlier.id,
            "same_values": len(result.values),
            "different_numbers": result.differing,
        },
    )


def _sentence(later: Statement, earlier: Statement, *, later_task: str, earlier_task: str, percent: int, same: str, differing: str) -> str:
    if later.kind == earlier.kind == "completion":
        return say(
            "{later}与{earlier}的完成情况有 {percent}% 的文字相同（已扣除方案、通知原文和各任务共用的套话）{same}{differing}。请说明各自的实际工作。",
            later=later_task,
            earlier=earlier_task,
            percent=percent,
            same=same,
            differing=differing,
        )
    return say(
        "{later}的{what}与{earlier}的{other}有 {percent}% 的文字相同（已扣除方案、通知原文和各任务共用的套话）{same}{differing}。请说明各自的实际工作。",
        later=later_task,
        what=_what(later),
        earlier=earlier_task,
        other=_what(earlier),
        percent=percent,
        same=same,
        differing=differing,
    )


def _what(statement: Statement) -> str:
    if statement.kind == "progress":
        return say("进展情况")
    return say("公示") if statement.kind == "notice" else say("完成情况")


def _named(ledger: Dossier, task_id: str) -> str:
    task = ledger.find(Task, task_id)
    if task is None:
        return say("另一项任务")
    return say("第 {number} 项任务", number=task.number)


def _shown(value: str) -> str:
    """A value as it is written: 自然函〔2022〕38号, 2022年6月10日, 7640."""
    if "〕" in value:
        return f"{value}号"
    parts = value.split("-")
    return f"{parts[0]}年{parts[1]}月{parts[2]}日" if len(parts) == 3 else value
