"""Whom a sentence of a measure addresses: "市生态环境局等相关部门要…" is not the county's to answer.

In a list that was given to all levels at once, such sentences are routed to the body they name instead of being held against the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org
from xiaohao.dossier.plan import Measure, Plan
from xiaohao.kernel.roles import Level

_SENTENCE = re.compile(r"[^。；\n]+[。；\n]?")
_ADDRESSED = re.compile(
    r"^\s*(?:由|请|其中[，,])?(?P<body>[^，,。；：:]{2,36}?(?:局|委|厅|办|办公室|督查室|室|部|小组|支队|中心|政府|党委|管委会|部门|单位))"
    r"(?P<others>等(?:相关|有关)?(?:部门|单位)?)?(?:[（(][^）)]*[）)])?(?:要|应当?|须|负责|牵头|加强|会同)"
)
_COLLECTIVE = re.compile(r"^(?:各|有关|相关|全[省市县区]|责任单位|牵头单位|所有|属地)")

_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.CENTRAL, re.compile(r"^(?:中央|国家|国务院|生态环境部|自然资源部)")),
    (Level.PROVINCE, re.compile(r"^(?:自治区|省|直属|[^省市县区]{2,4}(?:省|自治区))")),
    (Level.CITY, re.compile(r"^(?:市|[^省市县区]{2,6}市|[^省市县区]{2,6}(?:自治)?州)")),
    (Level.COUNTY, re.compile(r"^(?:县|区|旗|[^省市县区]{1,6}(?:县|区|旗))")),
)
_ORDER = tuple(Level)


@dataclass(frozen=True, slots=True)
class Duty:
    """A sentence of a measure that addresses a body: `text` at `start`..`end` of the measure's text."""

    body: str
    level: Level
    text: str
    start: int
    end: int


def duties_in(measure: str) -> tuple[Duty, ...]:
    """The sentences of a measure that name one particular body as the one who must act."""
    return tuple(_duties(measure))


def _duties(measure: str) -> Iterator[Duty]:
    for sentence in _SENTENCE.finditer(measure):
        addressed = _ADDRESSED.match(sentence.group())
        if addressed and not _COLLECTIVE.match(addressed["body"]):
            body = addressed["body"] + (addressed["others"] or "")
            yield Duty(body, level_of(body), sentence.group(), *sentence.span())


def level_of(name: str) -> Level:
    """The level that a unit's name says, NONE where it says none."""
    return next((level for level, pattern in _LEVELS if pattern.match(name)), Level.NONE)


def is_above(level: Level, other: Level) -> bool:
    """Whether `level` is higher than `other`; a unit without a level counts as below the county."""
    return _ORDER.index(level) < _ORDER.index(other)


def split_duties(dossier: Dossier, author: Level) -> Dossier:
    """The dossier with every sentence that addresses a body above the `author`'s level made a measure of its own (`measure-2.1`), owned by
    that body. For dossiers read from a text: there the list gives all levels their duties in one breath, and only the author answers."""
    plans, bodies = [], []
    for plan in dossier.plans:
        split = [_split(measure, author) for measure in plan.measures]
        plans.append(_with(plan, tuple(part for parts, _ in split for part in parts)))
        bodies += [org for _, orgs in split for org in orgs]
    return replace(dossier, plans=tuple(plans), orgs=(*dossier.orgs, *bodies)) if bodies else dossier


def _with(plan: Plan, measures: tuple[Measure, ...]) -> Plan:
    return replace(plan, measures=measures)


def _split(measure: Measure, author: Level) -> tuple[tuple[Measure, ...], tuple[Org, ...]]:
    others = tuple(duty for duty in duties_in(measure.text) if is_above(duty.level, author))
    if not others or (measure.owner is not None and "." in measure.id):
        return (measure,), ()
    orgs = tuple(
        Org(id=f"org-{measure.id}.{number}", name=duty.body, level=duty.level, kind="department") for number, duty in enumerate(others, 1)
    )
    parts = tuple(
        replace(measure, id=f"{measure.id}.{number}", text=duty.text, owner=org.id)
        for number, (duty, org) in enumerate(zip(others, orgs, strict=True), 1)
    )
    rest = measure.text
    for duty in reversed(others):
        rest = rest[: duty.start] + rest[duty.end :]
    if not rest.strip():
        return (replace(measure, owner=orgs[0].id),), orgs[:1]
    return (measure, *parts), orgs
