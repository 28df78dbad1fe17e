"""自己验收自己: one body, its child, a body hosted by it or under the same leader holds two roles that must be in separate hands.

Owner and acceptor, owner and reviewer (block); owner and objection desk (warn). Innocent explanations looked for first: lead and supervisor
in one hand, the owner publishing, a superior who accepts its subordinate's work, persons who only share a surname (people are compared by id).
Source: INSTITUTION.md, fact 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org, Person
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "ROLE-SEP"
STAGE = "acceptance"
NEEDS = ("tasks.owner/acceptor/reviewer/desk", "records.org", "orgs.parent/hosted_by/leaders")

BASIS = say("做、验、审和受理异议须由不同单位负责")

#: role -> (its name, how much it holds the case, the record whose unit shows who really did it)
_ROLES = {
    "acceptor": (say("验收单位"), Severity.BLOCK, "acceptance"),
    "reviewer": (say("审核单位"), Severity.BLOCK, "review"),
    "desk": (say("异议受理单位"), Severity.WARN, None),
}

#: An owner that is nobody in particular: all levels, the departments concerned.
_COLLECTIVE = re.compile(r"^各|各级|相关部门|有关部门|相关单位|有关单位")

#: A room or a desk inside a body is that body.
_ROOM = re.compile(r"[\dA-Za-z一二三四五六七八九十]*(?:室|号楼|楼|科|股|窗口)$|（[^）]*）$")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per role that is not separate from the owner; for a text, also when the author of a collective task receives objections."""
    task = case.task
    doer = _doer(case)
    holders = {role: tuple(dict.fromkeys(_holders(case, role, record))) for role, (_, _, record) in _ROLES.items()}
    if doer is None or not any(holders.values()):
        yield Skipped(ID, task.id, say("没有写明责任单位，或没有写明由谁验收、审核、受理异议"))
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


def _doer(case: Dossier) -> str | None:
    """The owner; where a text names only 各级党委和政府 as owner, the unit that reports its own work in it."""
    task = case.task
    name = case.org_name(task.owner)
    if not _COLLECTIVE.search(name):
        return task.owner or None
    reports = [s.author for kind in ("completion", "notice") for s in case.statements_of(task.id, kind)]
    return reports[0] if case.is_text and reports else None


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


def _finding(case: Dossier, owner: str, holder: str, role: str, name: str, severity: Severity, link: str) -> Finding:
    figures: dict[str, object] = {"owner": owner, role: holder, "link": link}
    doer, other = _body(case.org_name(owner)), case.org_name(holder)
    if role == "desk" and case.is_text and case.task.publisher == holder:
        figures["publisher"] = holder
        message = say("整改、公示和受理异议都是“{owner}”。请另定一个单位受理异议，或由上一级受理。", owner=doer)
    else:
        message = say("{fact}。请改由其他单位办理，或写明依据并请上一级抽查。", fact=_fact(name, other, doer, link))
    return Finding(ID, severity, case.task.id, (Where(case.task.id), *_orgs(case, owner, holder)), message, BASIS, figures)


def _fact(role: str, holder: str, owner: str, link: str) -> str:
    if link == "same":
        return say("“{owner}”既是责任单位，又是{role}", owner=owner, role=role)
    if link == "child":
        return say("{role}“{holder}”是责任单位“{owner}”的下属单位", role=role, holder=holder, owner=owner)
    if link == "hosted_by":
        return say("{role}“{holder}”与责任单位“{owner}”设在一处", role=role, holder=holder, owner=owner)
    return say("{role}“{holder}”与责任单位“{owner}”的负责人是同一人", role=role, holder=holder, owner=owner)


def _orgs(case: Dossier, *ids: str) -> tuple[Where, ...]:
    """The units themselves, unless a reader made them up from a text."""
    return () if case.is_text else tuple(Where(one) for one in dict.fromkeys(ids) if case.find(Org, one))


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
