"""Gate: nobody judges their own work. Acceptor, reviewer, assessor and objection desk are separate from the responsible unit and from each other,
by unit (parent, host, leader) and by person; a rulebook may allow lawful self-acceptance, which then has gates of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import Said, one_after_another, say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import UNIT_WORDS, bound, people_of, self_accepted, units_of
from xiaohao.procedure.rounds import in_round
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.states import next_stage, state_of

_NOBODY = frozenset[str]()


@gate(
    basis=say("整改、验收、审核和异议受理应当由不同的单位和人员承担。"),
    met=say("做、验、审、收异议由不同的单位和人员承担"),
)
def separate_hands(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    found = (*_units_in_one_hand(dossier, rules), *_people_in_two_roles(dossier, actor, rules))
    if not found:
        return None
    return Gap(
        fact=say("{facts}。", facts=one_after_another(found)),
        way=say("改派没有隶属关系的单位，或换没有参与过前一环节的人办理。"),
        who=say("整改办"),
        where=dossier.task.id,
    )


def _units_in_one_hand(dossier: Dossier, rules: Rulebook) -> Iterator[Said]:
    for judged, judging in _pairs(rules):
        for one in units_of(dossier.task, judged, rules):
            for other in units_of(dossier.task, judging, rules):
                if reason := bound(dossier, one, other):
                    yield say(
                        "{judged}（{one}）和{judging}（{other}）{reason}",
                        judged=UNIT_WORDS[judged],
                        one=dossier.org_name(one),
                        judging=UNIT_WORDS[judging],
                        other=dossier.org_name(other),
                        reason=reason,
                    )


def _pairs(rules: Rulebook) -> Iterator[tuple[TaskRole, TaskRole]]:
    """(judged, judging) pairs that must be separate units."""
    if not rules.hands.self_acceptance:
        yield TaskRole.OWNER, TaskRole.ACCEPTOR
    yield TaskRole.OWNER, TaskRole.REVIEWER
    yield TaskRole.ACCEPTOR, TaskRole.REVIEWER
    if "assess" in rules.route:
        yield from ((role, TaskRole.ASSESSOR) for role in (TaskRole.OWNER, TaskRole.ACCEPTOR, TaskRole.REVIEWER))
    yield from ((TaskRole(role), TaskRole.DESK) for role in rules.desk.separate_from)


def _people_in_two_roles(dossier: Dossier, actor: Actor, rules: Rulebook) -> Iterator[Said]:
    """The actor counts for the stage that the task stands before."""
    now = {next_stage(state_of(dossier.task), rules.route): frozenset({actor.person})}
    did = _doers(dossier, rules)
    accepted = _named_in(dossier, "acceptance") | now.get("accept", _NOBODY)
    reviewed = _named_in(dossier, "review") | now.get("review", _NOBODY)
    assessed = _named_in(dossier, "closing_assessment") | now.get("assess", _NOBODY)
    closing = now.get("close", _NOBODY)
    for one, first, other, second in (
        (did, say("整改"), accepted, say("验收")),
        (did, say("整改"), reviewed, say("审核")),
        (accepted, say("验收"), reviewed, say("审核")),
        (did, say("整改"), assessed, say("评估")),
        (accepted | reviewed, say("验收或审核"), assessed, say("评估")),
        (accepted | reviewed, say("验收或审核"), closing, say("销号")),
        (assessed, say("评估"), closing, say("销号")),
    ):
        for person in sorted(one & other):
            yield say("{person}既参加{first}，又参加{second}", person=dossier.person_name(person), first=first, second=second)


def _doers(dossier: Dossier, rules: Rulebook) -> frozenset[str]:
    """The first responsible persons, whoever vouched for the application, and everybody of the responsible units; where these may lawfully
    accept their own work, only those of them whom the records show at it."""
    task = dossier.task
    owners = units_of(task, TaskRole.OWNER, rules)
    signed = {person for record in in_round(dossier, "pledge", stage="apply") for person in record.people}
    if rules.hands.self_acceptance and self_accepted(dossier, rules):
        seen = {person for r in dossier.records_of(task.id) if r.org in owners and r.measures for person in r.people}
        return frozenset(task.first_responsible) | signed | seen
    return frozenset(task.first_responsible) | signed | people_of(dossier, owners)


def _named_in(dossier: Dossier, kind: str) -> frozenset[str]:
    return frozenset(person for record in in_round(dossier, kind) for person in record.people)
