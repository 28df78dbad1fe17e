"""自己验收自己: one body, its child, a body hosted by it or under the same leader holds two roles that must be in separate hands.

Owner and acceptor, owner and reviewer, owner and the assessor of the closing 销号评估 (block); owner and objection desk (warn). Where a place has an
assessor, it is also apart from the acceptor and the reviewer, by unit and by person (warn: whether they may be one is the place's rule). Innocent explanations looked for first: lead and supervisor
in one hand, the owner publishing, a superior who accepts its subordinate's work, persons who only share a surname (people are compared by id).
Source: INSTITUTION.md, fact 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org, Person
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.notice_text import NoticeText

ID = "ROLE-SEP"
STAGE = "acceptance"
NEEDS = ("tasks.owner/acceptor/reviewer/desk", "records.org", "orgs.parent/hosted_by/leaders")

BASIS = say("做、验、审和受理异议须由不同单位负责")

#: role -> (its name, how much it holds the case, the record whose unit shows who really did it)
_ROLES = {
    "acceptor": (say("验收单位"), Severity.BLOCK, "acceptance"),
    "reviewer": (say("审核单位"), Severity.BLOCK, "review"),
    "assessor": (say("评估单位"), Severity.BLOCK, "closing_assessment"),
    "desk": (say("异议受理单位"), Severity.WARN, None),
}

#: An owner that is nobody in particular: all levels, the departments concerned.
_COLLECTIVE = re.compile(r"^各|各级|相关部门|有关部门|相关单位|有关单位")

#: A room inside a body is that body: 管委会305室.
_ROOM = re.compile(r"[\dA-Za-z]+(?:-\d+)?(?:室|号楼|楼|号?窗口)$|（[^）]*）$")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per role that is not separate from the owner; for a text, also when the author of a collective task receives objections."""
    task = case.task
    doer = _doer(case)
    holders = {role: tuple(dict.fromkeys(_holders(case, role, record))) for role, (_, _, record) in _ROLES.items()}
    if doer is None or not any(holders.values()):
        reason = say("没有写明责任单位") if doer is None else say("没有写明由谁验收、审核、受理异议")
        yield Skipped(ID, task.id, reason)
        return
    if case.is_text:
        yield from _one_for_all(case, doer, holders)
        return
    for role, (name, severity, _) in _ROLES.items():
        for holder in holders[role]:
            link = _link(case, doer, holder)
            if link:
                yield _finding(case, doer, holder, role, name, severity, link)
                break  # one cause, one finding
        else:
            if role == "acceptor":
                yield from _own_people(case, doer)
    yield from _assessed_what_they_judged(case, doer, holders)


def _doer(case: Dossier) -> str | None:
    """The owner; in a text only when its notice names the owner as responsible, or names all levels at once and the author reports for itself."""
    if not case.is_text:
        return case.task.owner or None
    owner = case.find(Org, case.task.owner)
    printed = [unit.value for s in case.statements_of(case.task.id, "notice") for unit in NoticeText.of(s.text).units()]
    if owner is None or not printed:
        return None
    names = (owner.name, *owner.aliases)
    named = any(_COLLECTIVE.search(line) or any(name in line for name in names) for line in printed)
    return owner.id if named else None


def _holders(case: Dossier, role: str, record_type: str | None) -> Iterator[str]:
    named = getattr(case.task, role)
    if named:
        yield named
    if record_type:
        yield from (record.org for record in case.records_of(case.task.id, record_type) if record.org)


def _link(case: Dossier, owner: str, holder: str) -> str | None:
    """How the holder hangs together with the owner: same, child, hosted_by or leader; None when they are separate."""
    one, other = case.find(Org, owner), case.find(Org, holder)
    if owner == holder or (one and other and _body(one.name) == _body(other.name)):
        return "same"
    if one is None or other is None:
        return None
    if one in case.above(other.id):
        return "child"
    if other.hosted_by == one.id or one.hosted_by == other.id:
        return "hosted_by"
    return "leader" if set(one.leaders) & set(other.leaders) else None


def _body(name: str) -> str:
    return _ROOM.sub("", name)


def _one_for_all(case: Dossier, doer: str, holders: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    """One finding for a text whose author does everything; lowered, since units in a text are known by their names only and a rule of the
    place may allow self-acceptance."""
    kept = [role for role, named in holders.items() if any(_link(case, doer, holder) == "same" for holder in named)]
    if not kept:
        return
    publishes = case.task.publisher is not None and _link(case, doer, case.task.publisher) == "same"
    words = ["整改", *(["公示"] if publishes else []), *(_DOES[role] for role in kept)]
    yield Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(case.task.id),),
        say(
            "{roles}和{last}都是“{owner}”。请改由其他单位或上一级办理，或写明允许自办的依据。",
            roles="、".join(words[:-1]),
            last=words[-1],
            owner=_body(case.org_name(doer)),
        ),
        BASIS,
        {"owner": doer, "roles": ["owner", *(["publisher"] if publishes else []), *kept], "link": "same"},
    )


_DOES = {"acceptor": say("验收"), "reviewer": say("审核"), "assessor": say("销号评估"), "desk": say("受理异议")}


def _finding(
    case: Dossier, first: str, holder: str, role: str, name: str, severity: Severity, link: str, *, judged: str = "owner"
) -> Finding:
    """`holder` has the role `role`, named `name`, and hangs together with `first`, which has the role `judged`."""
    its = say("责任单位") if judged == "owner" else _ROLES[judged][0]
    fact = _fact(name, case.org_name(holder), its, case.org_name(first), link)
    message = say("{fact}。请改由其他单位办理，或写明依据并请上一级抽查。", fact=fact)
    where = (Where(case.task.id), *(Where(one) for one in dict.fromkeys((first, holder)) if case.find(Org, one)))
    return Finding(ID, severity, case.task.id, where, message, BASIS, {judged: first, role: holder, "link": link})


def _fact(role: str, holder: str, judged: str, unit: str, link: str) -> str:
    if link == "same":
        return say("“{unit}”既是{judged}，又是{role}", unit=unit, judged=judged, role=role)
    if link == "child":
        return say("{role}“{holder}”是{judged}“{unit}”的下属单位", role=role, holder=holder, judged=judged, unit=unit)
    if link == "hosted_by":
        return say("{role}“{holder}”与{judged}“{unit}”设在一处", role=role, holder=holder, judged=judged, unit=unit)
    return say("{role}“{holder}”与{judged}“{unit}”的负责人是同一人", role=role, holder=holder, judged=judged, unit=unit)


def _assessed_what_they_judged(case: Dossier, doer: str, holders: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    """Whoever accepted or reviewed a task does not assess it for closing: not the unit, nor one of its people lent to the other. A unit that
    did the work has been told of before."""
    apart = [one for one in holders["assessor"] if not _link(case, doer, one)]
    for role in ("acceptor", "reviewer"):
        found = ((one, other, link) for one, other in product(holders[role], apart) if (link := _link(case, one, other)))
        for judged, holder, link in found:
            yield _finding(case, judged, holder, "assessor", _ROLES["assessor"][0], Severity.WARN, link, judged=role)
            return  # one cause, one finding
    assessments = case.records_of(case.task.id, "closing_assessment")
    judging = {person: record for record in case.records_of(case.task.id, "acceptance", "review") for person in record.people}
    for record in assessments if apart else ():
        both = [person for person in record.people if person in judging]
        if both:
            where = dict.fromkeys((record.id, *(judging[person].id for person in both), *both))
            message = say(
                "评估人员 {people} 人中有 {both} 人参加过验收或审核。请改派没有参加过的人员评估。",
                people=len(record.people),
                both=len(both),
            )
            figures = {"people": len(record.people), "judged_before": len(both)}
            yield Finding(ID, Severity.WARN, case.task.id, tuple(map(Where, where)), message, BASIS, figures)
            return


def _own_people(case: Dossier, owner: str) -> Iterator[Finding]:
    """A person of the owner's among those who accepted: separate hands by unit, not by person."""
    for record in case.records_of(case.task.id, "acceptance"):
        own = [one for one in record.people if (person := case.find(Person, one)) and person.org == owner]
        if own:
            yield Finding(
                ID,
                Severity.WARN,
                case.task.id,
                (Where(record.id), *(Where(one) for one in own)),
                say(
                    "验收人员 {people} 人中有 {own} 人属于责任单位“{owner}”。请改派其他单位人员验收。",
                    people=len(record.people),
                    own=len(own),
                    owner=case.org_name(owner),
                ),
                BASIS,
                {"people": len(record.people), "of_owner": len(own)},
            )
            return
