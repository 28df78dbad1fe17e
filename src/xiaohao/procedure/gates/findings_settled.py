"""Gates: findings are answered in writing by a named person and decided by another. A blocking one holds every step forward,
a warning the next step that another body takes; a finding that was upheld holds until what it found is mended."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.oversight import Disposition
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import Said, in_a_row, one_after_another, say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import people_of, unit_words, units_of
from xiaohao.procedure.rules import Rulebook

#: A refusal names at most this many findings.
MOST_NAMED = 5


@gate(
    basis=say("标为“答复并判断前不能往下走”的疑点，应当由责任人书面答复、由他人判断。"),
    met=say("没有锁住本步的疑点"),
)
def blocks_settled(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    return _unsettled(dossier, rules, ("block",))


@gate(
    basis=say("疑点应当在下一单位办理前由责任人书面答复、由他人判断。"),
    met=say("疑点都已答复并判断"),
)
def findings_settled(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    return _unsettled(dossier, rules, ("block", "warn"))


def _unsettled(dossier: Dossier, rules: Rulebook, severities: tuple[str, ...]) -> Gap | None:
    held = [d for d in dossier.dispositions_of(dossier.task.id) if d.severity in severities]
    unanswered = [d for d in held if not (d.answer and d.answered_by)]
    undecided = [d for d in held if d not in unanswered and not _is_decided(dossier, d, rules)]
    standing = [d for d in held if d not in unanswered and d not in undecided and d.decision == "upheld"]
    if not (unanswered or undecided or standing):
        return None
    parts = (
        (say("未答复"), unanswered),
        (say("未由他人判断"), undecided),
        (say("判断为属实，尚未改正"), standing),
    )
    return Gap(
        fact=say(
            "{facts}。",
            facts=one_after_another(
                say("{word} {count} 条（{checks}）", word=word, count=len(some), checks=_checks(some)) for word, some in parts if some
            ),
        ),
        way=say("由责任人书面答复，再由责任单位以外的人判断；属实的先改正。"),
        who=_who_answers(dossier, (unanswered or standing)[0], rules)
        if unanswered or standing
        else _who_decides(dossier, undecided[0], rules),
        where=(unanswered or undecided or standing)[0].id,
    )


def _is_about_the_owner(dossier: Dossier, disposition: Disposition, rules: Rulebook) -> bool:
    return disposition.must_answer in (None, *units_of(dossier.task, TaskRole.OWNER, rules))


def _who_answers(dossier: Dossier, disposition: Disposition, rules: Rulebook) -> Said:
    if _is_about_the_owner(dossier, disposition, rules):
        return unit_words(dossier, TaskRole.OWNER, rules)
    return say("被问的单位（{org}）", org=dossier.org_name(disposition.must_answer))


def _who_decides(dossier: Dossier, disposition: Disposition, rules: Rulebook) -> Said:
    """A finding about those who judge is decided by who presses them, or by the level above."""
    judging = TaskRole.ACCEPTOR if _is_about_the_owner(dossier, disposition, rules) else TaskRole.SUPERVISOR
    return unit_words(dossier, judging, rules)


def _is_decided(dossier: Dossier, disposition: Disposition, rules: Rulebook) -> bool:
    if not disposition.decision or not disposition.decided_by or disposition.decided_by == disposition.answered_by:
        return False
    asked = (disposition.must_answer,) if disposition.must_answer else ()
    inside = (
        people_of(dossier, (*units_of(dossier.task, TaskRole.OWNER, rules), *asked))
        if rules.findings.decider_outside_owner
        else frozenset()
    )
    return disposition.decided_by not in inside


def _checks(dispositions: list[Disposition]) -> str:
    named = list(dict.fromkeys(d.check for d in dispositions))
    return in_a_row(named[:MOST_NAMED]) if len(named) <= MOST_NAMED else say("{first}…", first=in_a_row(named[:MOST_NAMED]))
