"""Findings as cards: what differs, side by side, the usual innocent explanation, the answer, and who decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from xiaohao.acts._allowed import answerers, deciders
from xiaohao.acts.dry_run import no_longer_raised
from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.kernel.said import Said, said_from_json, say
from xiaohao.kernel.when import CST
from xiaohao.records.models import Finding, Screening, Task
from xiaohao.records.models.filed import instant
from xiaohao.screening.catalogue import catalogue
from xiaohao.screening.finding import Skipped
from xiaohao.screening.pace import AT_THE_ACT, background_at
from xiaohao.screening.run import screen
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.forms.keyed import fresh_key
from xiaohao.web.desk.pages.compared import compared_in
from xiaohao.web.desk.pages.deadline import distance
from xiaohao.web.desk.pages.evidence import evidence_choices, words_of
from xiaohao.web.desk.pages.innocent import INNOCENT
from xiaohao.web.desk.pages.words import person_and_unit
from xiaohao.web.parts.finding import FindingCard
from xiaohao.web.parts.link import Link

_DECISIONS = {"explained": say("采纳"), "upheld": say("不采纳，属实须改"), "withdrawn": say("撤回，不构成疑点")}


def findings_of(case: Case) -> tuple[Finding, ...]:
    """The findings that stand, those that hold the case first."""
    rows = Finding.objects.filter(task=case.task, standing=True)
    weight = {"block": 0, "warn": 1, "note": 2}
    return tuple(sorted(rows, key=lambda row: (row.decided_at is not None, weight[row.severity], row.check_id, row.pk)))


def cards_of(case: Case) -> tuple[FindingCard, ...]:
    gone = no_longer_raised(case.dossier, task=case.task, at=case.at)
    return tuple(card_of(case, row, number, gone=row.pk in gone) for number, row in enumerate(findings_of(case), 1))


def card_of(
    case: Case, row: Finding, number: int, *, wrong: str = "", typed: str = "", ticked: Sequence[str] | None = None, gone: bool = False
) -> FindingCard:
    """One card; its forms only for those who may answer it or decide on it. `wrong`, `typed` and `ticked` bring back what could not be taken;
    `gone` is a finding that the case as it is now does not raise any more."""
    dossier, compared, today = case.dossier, compared_in(case, row), case.at.astimezone(CST).date()
    may_answer = not row.decided_at and not answerers(row.must_answer_id)(dossier, case.actor) and row.must_answer_id == case.actor.org
    own = case.actor.org in (dossier.task.owner, *dossier.task.co_owners, row.must_answer_id)
    may_decide = bool(row.answered_at) and not row.decided_at and not own and not deciders(row.must_answer_id)(dossier, case.actor)
    return FindingCard(
        id=row.pk,
        number=number,
        title=said_from_json(row.sentence) if row.sentence else row.message,
        severity=row.severity,
        sides=compared.sides,
        photos=compared.photos,
        charts=compared.charts,
        timeline=compared.timeline,
        unshown=compared.more,
        due=row.answer_due,
        due_words=distance(date.fromisoformat(row.answer_due), today) if row.answer_due else say("待公布"),
        overdue=bool(row.answer_due) and row.answer_due < today.isoformat(),
        asked="" if row.answered_at or row.severity == "note" else dossier.org_name(row.must_answer_id),
        basis=row.basis,
        innocent=INNOCENT.get(row.check_id, ""),
        answer=row.more.get("answer", ""),
        answered=_by_on(dossier, row.more.get("answered_by"), row.answered_at),
        decision=_decision(row),
        decided=_by_on(dossier, row.more.get("decided_by"), row.decided_at),
        note=_gone_words(row) if gone and not row.answered_at else _note(dossier, row),
        action=reverse("desk_finding_answer", args=[case.no, row.pk]) if may_answer else "",
        decide=reverse("desk_finding_decide", args=[case.no, row.pk]) if may_decide else "",
        key=fresh_key(),
        evidence=tuple(evidence_choices(dossier)) if may_answer else (),
        ticked=tuple(row.more.get("evidence", ()) if ticked is None else ticked) if may_answer else (),
        brought=tuple(_brought(case, one) for one in row.more.get("evidence", ())),
        wrong=wrong,
        typed=typed or (row.more.get("answer", "") if may_answer else ""),
    )


def _brought(case: Case, thing_id: str) -> Link:
    """A piece of evidence of this case, whose file the reader has open, with its page; what is no row or file any more is only named."""
    thing, words = case.dossier.by_id.get(thing_id), words_of(case.dossier, thing_id)
    if isinstance(thing, Record):
        return Link(words, reverse("desk_record", args=[case.no, thing_id]))
    return Link(words, reverse("desk_file", args=[case.no, thing_id]) if isinstance(thing, File) else "")


def skipped_on(case: Case) -> tuple[Skipped, ...]:
    """Each check that has said nothing of the case because it could not run, once: as the case is now where it can be run at once, else as the last
    run in the background left it."""
    live = screen(case.dossier, only=AT_THE_ACT).skipped
    slow = (one for one in skipped_in_background(case.task) if one.check not in AT_THE_ACT)
    spoken = {row.check_id for row in findings_of(case)}
    first: dict[str, Skipped] = {}
    for one in (*live, *slow):
        first.setdefault(one.check, one)
    return tuple(one for check, one in first.items() if check not in spoken)


def skipped_words(skipped: Iterable[Skipped]) -> tuple[str, ...]:
    """One line for each check that could not run: silence is no clean bill."""
    return tuple(say("{check}（{reason}）", check=catalogue()[one.check].title, reason=str(one.reason).rstrip("。")) for one in skipped)


def compared_later() -> tuple[str, ...]:
    """The checks that no self-check can run, for they read readings, pictures or all other cases: they are made once the application is in."""
    return tuple(catalogue()[check].title for check in background_at(("application",), ()))


def comparing_words(task: Task) -> Said | str:
    """How far the comparison in the background is, "" when nothing waits."""
    run = Screening.objects.filter(task=task).first()
    if run is None or not run.is_pending:
        return ""
    if run.checks_all:
        return say("正在比对：已比 {done} 项，共 {total} 项。", done=run.checks_done, total=run.checks_all)
    return say("新报的材料正在排队比对。")


def skipped_in_background(task: Task) -> tuple[Skipped, ...]:
    """The background checks that could not run last time, and why."""
    run = Screening.objects.filter(task=task).first()
    return tuple(Skipped(check, task.pk, said_from_json(why)) for check, why in sorted(run.skipped.items())) if run else ()


def broken_words(task: Task) -> tuple[str, ...]:
    """The checks that broke in the last run: they have said nothing, which is no clean bill."""
    run = Screening.objects.filter(task=task).first()
    return tuple(catalogue()[check].title for check in run.failed) if run else ()


def _decision(row: Finding) -> Said | str:
    word = row.more.get("decision")
    return say("{word}。{reason}", word=_DECISIONS[word], reason=row.more.get("decision_reason", "")) if word else ""


def _note(dossier: Dossier, row: Finding) -> Said:
    if row.decided_at:
        return say("已判断")
    if row.answered_at:
        return say("由验收单位、审核单位或牵头单位判断，判断人不能是答复单位")
    return say("请{org}书面答复", org=dossier.org_name(row.must_answer_id))


def _gone_words(row: Finding) -> Said:
    """It came from what a refused attempt brought, or has been mended since: the next attempt decides, so it may still be answered."""
    return say("{day} 办理时提出。现在的材料里已没有它，再次办理时重新核对：不再成立的自动撤下", day=instant(row.raised_at)[:10])


def _by_on(dossier: Dossier, person: str | None, at: Any) -> str:
    return "，".join(part for part in (person_and_unit(dossier, person), instant(at)[:10] if at else "") if part)
