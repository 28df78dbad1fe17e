"""What the pages of supervision say of visits: their state, what was claimed of each measure, and what was seen."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from xiaohao.acts.visit_results import VERDICTS
from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Person
from xiaohao.dossier.supervision import Risk, SiteVisit
from xiaohao.kernel.said import Said, in_a_row, say
from xiaohao.procedure.risk import FACTS
from xiaohao.records import models
from xiaohao.web.desk.case import Case
from xiaohao.web.parts.link import Link

KINDS: dict[str, Said] = {"regular": say("定期全覆盖"), "targeted": say("不定期重点"), "guidance": say("指导帮扶")}


def visit_state(row: models.SiteVisit) -> Said:
    """Where the visit stands, in a word."""
    if row.answered_at is not None:
        return say("责任单位已答复")
    if row.reported_at is not None:
        return say("已提交结果")
    return say("已到现场") if row.arrived_at is not None else say("待去")


def why_words(risk: Risk) -> str:
    """整改时限已过 4、疑点未了结 2×2: what makes up the weight beside the base."""
    return in_a_row(
        say("{fact} +{weight}", fact=FACTS[fact.name], weight=fact.weight)
        if fact.count == 1
        else say("{fact} {count} 次 +{weight}", fact=FACTS[fact.name], count=fact.count, weight=fact.weight)
        for fact in risk.facts
    )


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One measure: its words, what was seen and whether that differs from what was told."""

    measure: str
    verdict: Said
    differs: bool
    text: str


def seen_lines(case: Case, visit: SiteVisit) -> tuple[SeenLine, ...]:
    words = {one.id: f"{one.number}. {one.text}" for one in case.dossier.measures_of(case.task.pk)}
    return tuple(
        SeenLine(words.get(one.measure, one.measure), VERDICTS[one.verdict], one.verdict == "differs", one.text or "") for one in visit.seen
    )


def claimed_of(dossier: Dossier, measure: str) -> tuple[str, str]:
    """What the unit said last about the measure, and on which day; two empty strings where it said nothing."""
    said = [one for one in dossier.statements if one.task == dossier.task.id and one.kind in ("progress", "completion")]
    for statement in sorted(said, key=lambda one: one.recorded_at, reverse=True):
        parts = [statement.text[span.start : span.end] for span in statement.spans if measure in span.measures]
        if parts:
            return "".join(parts), statement.date
    return "", ""


def names_of(dossier: Dossier, people: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(person.name if (person := dossier.find(Person, one)) else one for one in people)


def photos_of(case: Case, visit: SiteVisit) -> tuple[Link, ...]:
    files = [file for one in visit.files if (file := case.dossier.find(File, one))]
    return tuple(Link(file.caption or file.path, reverse("desk_file", args=[case.no, file.id])) for file in files)
