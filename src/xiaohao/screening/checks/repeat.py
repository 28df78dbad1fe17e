"""办结又诉: after a petition was closed the same place, firm (also renamed) and pollution is reported again.

Innocent explanations looked for first: another firm or other pollution in the same town; repeats before the closing, or merged; another branch
far away. Source: INSTITUTION.md, fact 9 (petitions closed and raised again); months and metres are the local rulebook's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import cells_around, metres_between, position
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.screening.belonging import only_task, sole
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.notice_text import plain

ID = "REPEAT"
STAGE = "intake, after closure"
NEEDS = ("petitions",)

#: Without a rule of the place: two years and a city block, the shortest that we know from handling rules.
DEFAULT_MONTHS, DEFAULT_NEAR_M = 24, 300.0
#: So near that it is one plot of land whatever name its firm bears now.
ONE_PLOT_M = 100.0

_CLOSED = frozenset({"done", "stage_done"})
_FIRM_WORDS = re.compile(r"有限|责任|公司|股份|集团|厂|店|场|站|实业|科技|（.*?）|\(.*?\)|省|市|县|区|镇|乡|村")


@dataclass(frozen=True, slots=True)
class _Again:
    """`later` raises what `first` had closed; `months` between them, `metres` where both positions are known."""

    first: Petition
    later: Petition
    months: int
    metres: float | None


def check_all(ledger: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per closed petition, with every later one that raises it again."""
    if not any(p.status in _CLOSED and p.done_at for p in ledger.petitions):
        yield Skipped(ID, sole(ledger), say("案卷中没有已办结的信访件"))
        return
    said: set[str] = set()
    near = _Near(ledger)
    for first in sorted(ledger.petitions, key=lambda p: (p.received, p.id)):
        if first.status not in _CLOSED:
            continue
        again = [found for later in near.of(first) if later.id not in said and (found := _again(ledger, first, later))]
        if again and first.id not in said:
            said |= {found.later.id for found in again}
            yield _finding(ledger, first, tuple(again))


class _Near:
    """Which petitions can speak of one place with another at all: of a pollution of both, near it, at its address or its place. All others need not be
    held beside it, however many there are."""

    def __init__(self, ledger: Dossier) -> None:
        rule = ledger.rules.petition if ledger.rules else None
        self._metres = max(ONE_PLOT_M, (rule.near_m if rule else None) or DEFAULT_NEAR_M)
        self._petitions = ledger.petitions
        self._by: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, petition in enumerate(self._petitions):
            for key in self._keys(petition, itself=True):
                self._by[key].append(number)

    def of(self, petition: Petition) -> list[Petition]:
        """In the order in which they came."""
        found = {number for key in self._keys(petition, itself=False) for number in self._by.get(key, ())}
        return [self._petitions[number] for number in sorted(found)]

    def _keys(self, petition: Petition, *, itself: bool) -> set[tuple[object, ...]]:
        places: set[tuple[object, ...]] = set()
        if at := position(petition.lat, petition.lon):
            places |= {("cell", *cell) for cell in cells_around(at, self._metres, itself=itself)}
        if petition.address:
            places.add(("address", plain(petition.address)))
        if petition.place:
            places.add(("place", petition.place))
        return {(kind, *place) for kind in petition.pollution for place in places}


def same_matter(ledger: Dossier, one: Petition, other: Petition) -> bool:
    """Whether two petitions speak of the same pollution at one place or of one firm, whatever became of them."""
    if one.id == other.id or not set(one.pollution) & set(other.pollution):
        return False
    rule = ledger.rules.petition if ledger.rules else None
    here, there = position(one.lat, one.lon), position(other.lat, other.lon)
    metres = metres_between(here, there) if here and there else None
    return _one_place(ledger, one, other, metres, (rule.near_m if rule else None) or DEFAULT_NEAR_M)


def _again(ledger: Dossier, first: Petition, later: Petition) -> _Again | None:
    done, received = parse_when(first.done_at), parse_when(later.received)
    if first.status not in _CLOSED or not done or not received or first.merged_into or later.merged_into or first.id == later.id:
        return None
    rule = ledger.rules.petition if ledger.rules else None
    months = done.months_until(received)
    if not done.surely_before(received) or months > ((rule.repeat_months if rule else None) or DEFAULT_MONTHS):
        return None
    if not set(first.pollution) & set(later.pollution):
        return None
    near = (rule.near_m if rule else None) or DEFAULT_NEAR_M
    one, other = position(first.lat, first.lon), position(later.lat, later.lon)
    metres = metres_between(one, other) if one and other else None
    return _Again(first, later, max(0, months), metres) if _one_place(ledger, first, later, metres, near) else None


def _one_place(ledger: Dossier, first: Petition, later: Petition, metres: float | None, near: float) -> bool:
    """One plot, one address, or near one another and of a firm that is the same, renamed, or not named."""
    firm = _same_firm(ledger, first, later)
    if metres is not None:
        return metres <= ONE_PLOT_M or (metres <= near and firm is not False)
    if first.address and later.address:
        return plain(first.address) == plain(later.address) and firm is not False
    return bool(first.place) and first.place == later.place and firm is True


def _same_firm(ledger: Dossier, first: Petition, later: Petition) -> bool | None:
    """None where one of them names no firm."""
    if first.firm and later.firm and first.firm == later.firm:
        return True
    ours, theirs = _names(ledger, first), _names(ledger, later)
    if not ours or not theirs:
        return None
    if ours & theirs or _leaders(ledger, first) & _leaders(ledger, later):
        return True
    regions = _regions(ledger)
    return any(_one_brand(_core(a, regions), _core(b, regions)) for a in ours for b in theirs)


def _names(ledger: Dossier, petition: Petition) -> set[str]:
    firm = ledger.find(Org, petition.firm)
    named = (petition.firm_name, *((firm.name, *firm.aliases) if firm else ()))
    return {plain(name) for name in named if name}


def _leaders(ledger: Dossier, petition: Petition) -> set[str]:
    firm = ledger.find(Org, petition.firm)
    return set(firm.leaders) if firm else set()


def _regions(ledger: Dossier) -> tuple[str, ...]:
    """Names of places, with and without their last sign (青禾县, 青禾), longest first: firms are called after them without being related."""
    names = {plain(name) for place in ledger.places for name in (place.name, *place.aliases)}
    return tuple(sorted({*names, *(name[:-1] for name in names if len(name) > 2)}, key=len, reverse=True))


def _core(name: str, regions: tuple[str, ...]) -> str:
    """The proper part of a firm's name, without places and the words that all firms bear."""
    for region in regions:
        name = name.replace(region, "")
    return _FIRM_WORDS.sub("", name)


def _one_brand(one: str, other: str) -> bool:
    """A firm that is renamed keeps its brand, the first two signs of its name (砚田养殖, 砚田牧业)."""
    return len(one) >= 2 and len(other) >= 2 and one[:2] == other[:2]


def _finding(ledger: Dossier, first: Petition, again: tuple[_Again, ...]) -> Finding:
    ids = (first.id, *(found.later.id for found in again))
    nearest = again[0]
    apart = say("，相距 {metres} 米", metres=round(nearest.metres)) if nearest.metres is not None else say("，同一地点")
    truth = say("，首次结论为“不属实”") if first.truth == "untrue" else ""
    times = say("，先后 {count} 次", count=len(again)) if len(again) > 1 else ""
    figures: dict[str, object] = {"months": nearest.months, "again": len(again)}
    if nearest.metres is not None:
        figures["m"] = round(nearest.metres)
    return Finding(
        ID,
        Severity.WARN,
        only_task(ledger, ids),
        tuple(Where(one) for one in ids),
        say(
            "信访件“{first}”{done} 办结，{months} 个月后同类污染再次被投诉（“{later}”）{apart}{times}{truth}。请复查首次办理是否到位。",
            first=first.number,
            done=first.done_at,
            months=nearest.months,
            later=nearest.later.number,
            apart=apart,
            times=times,
            truth=truth,
        ),
        say("办结后同一地点、同类污染再次投诉的，应复查首次办理"),
        figures,
    )
