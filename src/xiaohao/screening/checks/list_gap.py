"""底数不清: the unit's list lacks items found in permits, satellite pictures, petitions or registers; a new version drops or pads items.

Innocent explanations looked for first: other spelling, small shift of position; items outside the scope, or cancelled by the level above;
items merged with a note. Source: INSTITUTION.md, fact 8 (底数 before 整改); positions from a picture are right to about a hundred metres.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from xiaohao.dossier import Dossier
from xiaohao.dossier.inventory import Inventory, Item
from xiaohao.dossier.parties import Place
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import inside, metres_between, position, positions
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.notice_text import plain
from xiaohao.screening.words import listed

ID = "LIST-GAP"
STAGE = "intake"
NEEDS = ("inventories",)

#: One thing may lie so far apart in two sources, by name; and so far by position alone.
NAMED_M, NEAR_M = 3_000.0, 150.0
#: Items merged into one with a note lie within so many metres of it.
ABSORBED_M = 1_000.0
#: Names alike to this degree, with the same figures in them, are one name.
ALIKE = 0.75
#: Two items of one list this near are one item listed twice.
SAME_SPOT_M = 15.0
#: A gap is at least so many items and this share of what the other source found.
FEWEST, SHARE = 2, 0.05

_NOT_OURS = frozenset({"outside", "cancelled"})
_MERGED = re.compile(r"合并|并入|归并|重复|拆分|分为|同一")
_GONE = re.compile(r"核销|销号|剔除|移出|取消|关停|关闭|拆除|注销|同意|批复|划出|不在|搬迁|封堵|治理")
_WORDS = re.compile(
    r"入河|排污|排放|排水|雨水|第|号|处|个|点位|地块|图斑|（.*?）|\(.*?\)|有限责任公司|有限公司|公司|养殖场|加工厂|厂|场|口|排"
)


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per pair of lists with a gap, one per version that drops items without a word, one per version with items listed twice."""
    lists = tuple(one for one in case.inventories if not one.tasks or case.task.id in one.tasks)
    if not lists:
        yield Skipped(ID, case.task.id, say("案卷中没有底数清单"))
        return
    if len(case.tasks) > 1 and not any(one.tasks for one in lists) and case.task.id != min(task.id for task in case.tasks):
        return  # lists of the whole ledger are said once
    latest = [one for one in lists if not any(other.replaces == one.id for other in lists)]
    for own in (one for one in latest if one.kind == "self_report"):
        yield from _gaps(case, own, latest)
    for one in lists:
        old = next((other for other in lists if other.id == one.replaces), None)
        if old is not None:
            yield from _dropped(case, old, one)
        yield from _padded(case, one, old)


# Against other sources --------------------------------------------------------------------------------------------------------


def _gaps(case: Dossier, own: Inventory, others: list[Inventory]) -> Iterator[Finding]:
    """What the other sources found of the same subject and the unit's list lacks; what several of them found is one gap."""
    missing: dict[str, tuple[Inventory, Item]] = {}
    found = 0
    for other in others:
        if other.kind == "self_report" or not _same_subject(own, other):
            continue
        counted = [item for item in other.items if _counts(item) and _in_scope(case, own, item)]
        lacking = [item for item in _unmatched(counted, list(own.items)) if not _absorbed(item, own.items)]
        if len(lacking) >= max(FEWEST, SHARE * len(counted)):
            missing |= {item.id: (other, item) for item in lacking}
            found += len(counted)
    if missing:
        yield _gap_finding(case, own, missing, found)


def _same_subject(one: Inventory, other: Inventory) -> bool:
    a, b = plain(one.subject), plain(other.subject)
    return a == b or a in b or b in a


def _counts(item: Item) -> bool:
    return item.status not in _NOT_OURS and not (item.note and _MERGED.search(item.note))


def _in_scope(case: Dossier, own: Inventory, item: Item) -> bool:
    """Whether the item lies where the unit's list speaks of; unknown places do."""
    if own.scope is None:
        return True
    if item.place:
        return own.scope in _above(case, item.place) or item.place in _above(case, own.scope)
    scope = case.find(Place, own.scope)
    at = position(item.lat, item.lon)
    outline = positions(scope.outline) if scope else ()
    return not (at and len(outline) > 2) or inside(at, outline)


def _above(case: Dossier, place_id: str | None) -> frozenset[str]:
    seen: set[str] = set()
    while (place := case.find(Place, place_id)) and place.id not in seen:
        seen.add(place.id)
        place_id = place.parent
    return frozenset(seen)


@dataclass(frozen=True, slots=True)
class _Pair:
    """How well two items agree: by name first, then by nearness."""

    rank: float
    one: int
    other: int


def _absorbed(item: Item, among: Iterable[Item]) -> bool:
    """Whether a nearby item of the other list says in its note that it stands for several, or names this one."""
    here = position(item.lat, item.lon)
    for other in among:
        there = position(other.lat, other.lon)
        if other.note and (
            item.name in other.note or (_MERGED.search(other.note) and here and there and metres_between(here, there) <= ABSORBED_M)
        ):
            return True
    return False


def _unmatched(items: list[Item], among: list[Item]) -> list[Item]:
    """Items without a partner in the other list, each partner given away once, best pairs first."""
    pairs = sorted(
        (_Pair(rank, n, m) for n, item in enumerate(items) for m, other in enumerate(among) if (rank := _agreement(item, other))),
        key=lambda pair: (-pair.rank, pair.one, pair.other),
    )
    taken: set[int] = set()
    matched: set[int] = set()
    for pair in pairs:
        if pair.one not in matched and pair.other not in taken:
            matched.add(pair.one)
            taken.add(pair.other)
    return [item for n, item in enumerate(items) if n not in matched]


def _agreement(one: Item, other: Item) -> float:
    """0 for two things; else 1 to 4, more for a better match: the firm, the name, the position."""
    here, there = position(one.lat, one.lon), position(other.lat, other.lon)
    metres = metres_between(here, there) if here and there else None
    closeness = 0.0 if metres is None else max(0.0, 1 - metres / NAMED_M)
    if one.firm and one.firm == other.firm and (metres is None or metres <= NAMED_M):
        return 3 + closeness
    if _one_name(one, other) and (metres is None or metres <= NAMED_M):
        return 2 + closeness
    return 1 + closeness if metres is not None and metres <= NEAR_M else 0.0


def _one_name(one: Item, other: Item) -> bool:
    ours, theirs = ({_core(name) for name in (item.name, *item.aliases)} for item in (one, other))
    if ours & theirs - {""}:
        return True
    return any(_figures(a) == _figures(b) and SequenceMatcher(None, a, b).ratio() >= ALIKE for a in ours for b in theirs if a and b)


def _core(name: str) -> str:
    return _WORDS.sub("", plain(name))


def _figures(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", name))


# Between versions ---------------------------------------------------------------------------------------------------------------


def _dropped(case: Dossier, old: Inventory, new: Inventory) -> Iterator[Finding]:
    """Items that were in the version before and are nowhere in this one, without a note in either."""
    notes = " ".join(item.note or "" for item in new.items)
    gone = [
        item
        for item in _unmatched([item for item in old.items if item.status in (None, "active")], list(new.items))
        if not _absorbed(item, new.items)
        and not (item.note and (_MERGED.search(item.note) or _GONE.search(item.note)))
        and item.name not in notes
    ]
    if gone:
        yield Finding(
            ID,
            Severity.WARN,
            case.task.id,
            (Where(new.id), Where(old.id), *(Where(item.id) for item in gone)),
            say(
                "清单“{name}”上一版的 {gone} 项（{items}）在新版中未见，也没有说明。请写明去向和依据。",
                name=new.name,
                gone=len(gone),
                items=listed([item.name for item in gone], 4),
            ),
            say("清单增减须有说明和依据"),
            {"before": len(old.items), "after": len(new.items), "dropped": len(gone)},
        )


def _padded(case: Dossier, one: Inventory, old: Inventory | None) -> Iterator[Finding]:
    """Items of one list that stand for one thing: the same spot, or the same firm and name."""
    active = [item for item in one.items if _counts(item)]
    known = {item.id for item in old.items} if old else set()
    twice = [(a, b) for n, a in enumerate(active) for b in active[n + 1 :] if _same_thing(a, b) and not ({a.id, b.id} <= known)]
    if len(twice) >= FEWEST:
        ids = dict.fromkeys(item.id for pair in twice for item in pair)
        yield Finding(
            ID,
            Severity.WARN,
            case.task.id,
            (Where(one.id), *(Where(item) for item in ids)),
            say(
                "清单“{name}”中有 {count} 对项目是同一处（{items}）。请合并或说明区别。",
                name=one.name,
                count=len(twice),
                items=listed([f"{a.name}/{b.name}" for a, b in twice], 3),
            ),
            say("清单一处一项"),
            {"items": len(one.items), "twice": len(twice)},
        )


def _same_thing(one: Item, other: Item) -> bool:
    here, there = position(one.lat, one.lon), position(other.lat, other.lon)
    if here and there:
        return metres_between(here, there) <= SAME_SPOT_M
    return bool(one.firm and one.firm == other.firm and _core(one.name) == _core(other.name))


def _gap_finding(case: Dossier, own: Inventory, missing: dict[str, tuple[Inventory, Item]], found: int) -> Finding:
    sources = tuple(dict.fromkeys(other.id for other, _ in missing.values()))
    names = listed([other.name for other in case.inventories if other.id in sources], 3)
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(own.id), *(Where(one) for one in sources), *(Where(item) for item in sorted(missing))),
        say(
            "“{sources}”列 {found} 处，单位清单“{own}”列 {listed} 处，{missing} 处未对上（{items}）。请逐处核实并补入，或写明不列的依据。",
            sources=names,
            found=found,
            own=own.name,
            listed=len(own.items),
            missing=len(missing),
            items=listed([item.name for _, item in missing.values()], 4),
        ),
        say("底数以各来源相互核对为准"),
        {"listed": len(own.items), "found": found, "missing": len(missing)},
    )
