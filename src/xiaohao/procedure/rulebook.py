"""Reading a rulebook: TOML text in, a Rulebook out, or a refusal that names everything that is wrong with it at once.

A misspelt name is an error, not a silence; so is an order of stages that breaks what every order must hold (route.py).
"""

from __future__ import annotations

import hashlib
import tomllib
import unicodedata
from dataclasses import fields, replace
from importlib.resources import files as package_files
from types import MappingProxyType

from xiaohao.kernel.said import Said, say
from xiaohao.procedure.reading import Table
from xiaohao.procedure.route import faults_of
from xiaohao.procedure.rules import (
    Acceptance,
    Assessment,
    Confidentiality,
    Countersigning,
    Desk,
    Exceptions,
    Findings,
    Hands,
    Item,
    Objection,
    Publicity,
    Rulebook,
    Screening,
    Supervision,
    Watch,
)
from xiaohao.procedure.steps import GATES, STEPS

__all__ = ["PACKAGED", "Rulebook", "RulebookRefused", "canonical_text", "packaged", "read_rulebook"]

#: The rulebooks that ship with this version.
PACKAGED = ("default", "county-closes-city-reviews", "region-assesses")

#: Names that `[articles]` may give an article to: every gate, every step, and the two questions that every step asks.
_ARTICLES = (*GATES, *(step.name for step in STEPS), "in_turn", "right_hands")

#: Gates that no rulebook may let anybody waive: without them a closing means nothing.
NEVER_WAIVED = frozenset(
    {
        "separate_hands",
        "no_open_objection",
        "window_complete",
        "confidentiality_signed",
        "claims_backed",
        "override_reasoned",
        "group_impartial",
        "opinions_given",
        "no_measure_undone",
        "assessment_given",
        "assessment_sampled",
        "assessment_passed",
    }
)


class RulebookRefused(ValueError):  # noqa: N818 - an answer for the office that wrote it
    """The rulebook cannot be used; `reasons` says why, all of it, in Chinese."""

    def __init__(self, reasons: tuple[Said, ...]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


def packaged(name: str) -> Rulebook:
    """A rulebook that ships with this version. Raises FileNotFoundError for another name."""
    if name not in PACKAGED:
        raise FileNotFoundError(name)
    return read_rulebook(package_files("xiaohao.procedure").joinpath("rulebooks", f"{name}.toml").read_text("utf-8"))


def canonical_text(text: str) -> str:
    """The text that the digest is taken of: NFC, line ends LF, no byte order mark, no blanks at line ends, one line end at the end."""
    lines = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def read_rulebook(text: str) -> Rulebook:
    """The rulebook in a TOML text. Raises RulebookRefused with every reason: not TOML, unknown or missing names, figures out of range, an order
    that breaks an invariant."""
    canonical = canonical_text(text)
    try:
        root = Table("", tomllib.loads(canonical), [])
    except tomllib.TOMLDecodeError as wrong:
        raise RulebookRefused((say("不是可以读取的 TOML：{reason}", reason=str(wrong)),)) from wrong
    rules = _read(root, hashlib.sha256(canonical.encode()).hexdigest())
    if root.faults:
        raise RulebookRefused(tuple(root.faults))
    return rules


def _read(root: Table, digest: str) -> Rulebook:
    route = root.words("route")
    if route:
        root.faults.extend(faults_of(route))
    rules = Rulebook(
        name=root.text("name"),
        title=root.text("title"),
        version=root.text("version"),
        region=root.text("region", default=""),
        route=route,
        closer=root.choice("closer", ("owner", "lead", "acceptor", "reviewer")),
        first_responsible=root.choice("first_responsible", ("head", "both")),
        publicity=_publicity(root.table("publicity")),
        watch=_watch(root.table("watch")),
        acceptance=_acceptance(root.table("acceptance")),
        hands=_hands(root.table("hands")),
        desk=_desk(root.table("desk")),
        objection=_objection(root.table("objection")),
        findings=_findings(root.table("findings")),
        confidentiality=_confidentiality(root.table("confidentiality")),
        exceptions=_exceptions(root.table("exceptions")),
        screening=_screening(root.table("screening", optional=True)),
        supervision=_supervision(root.table("supervision", optional=True)),
        assessment=_assessment(root.table("assessment", optional=True), route),
        countersigning=_countersigning(root.table("countersigning", optional=True)),
        articles=MappingProxyType(root.table("articles", optional=True).all_text(_ARTICLES)),
        words=MappingProxyType(root.table("words", optional=True).all_text(tuple(step.name for step in STEPS))),
        digest=digest,
    )
    root.finish()
    return rules


def _publicity(table: Table) -> Publicity:
    return Publicity(days=table.number("days", least=1), unit=table.choice("unit", ("workday", "day")))


def _watch(table: Table) -> Watch:
    watch = Watch(months=table.number("months", least=1), k=table.number("k", least=1), n=table.number("n", least=1))
    if watch.k > watch.n:
        table.fault(say("k（{k}）大于 n（{n}）", k=watch.k, n=watch.n))
    return watch


def _acceptance(table: Table) -> Acceptance:
    return Acceptance(
        min_people=table.number("min_people", least=1),
        site_visit=table.choice("site_visit", ("always", "works", "never")),
        min_months_works=table.number("min_months_works", least=0),
        min_months_non_works=table.number("min_months_non_works", least=0),
    )


def _hands(table: Table) -> Hands:
    hands = Hands(self_acceptance=table.yes_or_no("self_acceptance"), printed=table.text("printed", default=""))
    if hands.self_acceptance and not hands.printed:
        table.fault(say("允许自行验收的，要写明公示中的用语 printed"))
    return hands


def _desk(table: Table) -> Desk:
    return Desk(separate_from=table.words("separate_from", among=("owner", "acceptor", "reviewer", "publisher", "closer")))


def _objection(table: Table) -> Objection:
    return Objection(admit_within=table.number("admit_within", least=1), answer_within=table.number("answer_within", least=1))


def _findings(table: Table) -> Findings:
    return Findings(decider_outside_owner=table.yes_or_no("decider_outside_owner"), answer_within=table.number("answer_within", least=1))


def _screening(table: Table) -> Screening:
    return Screening(
        document_delay_days=table.whole("document_delay_days"),
        tolerance_length=table.share("tolerance_length"),
        tolerance_balance=table.share("tolerance_balance"),
        tolerance_source=table.share("tolerance_source"),
        petition_repeat_months=table.whole("petition_repeat_months"),
        petition_near_m=table.whole("petition_near_m"),
    )


def _supervision(table: Table) -> Supervision:
    """What the file says; the usual figure for each name that it leaves out."""
    own = {field.name: table.whole(field.name) for field in fields(Supervision)}
    return Supervision(**{name: figure for name, figure in own.items() if figure is not None})


def _assessment(table: Table, route: tuple[str, ...]) -> Assessment:
    """The place's own items. A route with the stage needs some, and a place without it has none."""
    rows = table.tables("items")
    items = tuple(Item(row.text("name"), row.whole("points")) for row in rows)
    found = Assessment(items, table.whole("pass_points"))
    total = sum(item.points or 0 for item in items)
    if "assess" in route and not items:
        table.fault(say("route 有 assess 的，要写明评估项目 [[assessment.items]]"))
    if "assess" not in route and (items or found.pass_points):
        table.fault(say("route 没有 assess，不应有评估项目"))
    if len({item.name for item in items}) != len(items):
        table.fault(say("评估项目有重名"))
    if found.pass_points and found.pass_points > total:
        table.fault(say("及格分（{least}）超过各项满分之和（{total}）", least=found.pass_points, total=total))
    return found


#: Roles of a task that a rulebook may have countersign, by document. Whose work is judged does not sign the judgement.
_COUNTERSIGN = {"plan": ("owner", "lead", "supervisor"), "apply": ("owner", "lead", "supervisor"), "accept": ("lead", "supervisor")}


def _countersigning(table: Table) -> Countersigning:
    plan, apply, accept = (table.words(name, among=among) if name in table.values else () for name, among in _COUNTERSIGN.items())
    within = table.whole("answer_within")
    rules = Countersigning(plan, apply, accept)
    return replace(rules, answer_within=within) if within else rules


def _confidentiality(table: Table) -> Confidentiality:
    return Confidentiality(required=table.yes_or_no("required"), two_people=table.yes_or_no("two_people"))


def _exceptions(table: Table) -> Exceptions:
    gates = table.words("gates", among=tuple(GATES))
    for gate in gates:
        if gate in NEVER_WAIVED:
            table.fault(say("“{gate}”不得破例", gate=gate))
    return Exceptions(gates=gates)
