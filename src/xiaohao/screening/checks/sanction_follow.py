"""问责走样: a sanction claimed without a document, without follow-up, or followed by promotion or an equal post inside its effect.

Innocent explanations looked for first: another person of the same name (people are compared by id); a lower post, or one taken after the
effect ended; a follow-up that is not due yet. Source: 公职人员政务处分法, articles 8 and 9 (effect of a sanction); the months of the
follow-up are the local rulebook's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Person
from xiaohao.dossier.record import Record
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_instant, parse_when
from xiaohao.outcomes.months import add_months
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "SANCTION-FOLLOW"
STAGE = "after closure"
NEEDS = ("records(sanction, personnel, follow_up)", "rules.sanction_follow_months")

#: A follow-up may come so many days after its month: visits are arranged.
LATE_DAYS = 62
#: Talks and written reviews that need no decision with a number.
_WITHOUT_PAPER = frozenset({"education", "ordered_review"})

#: Posts from low to high, told by their endings; a deputy ranks one below.
#: Source: 公务员职务与职级并行规定; villages and firms have no place in it.
_RANKS = (
    ("科员", 1), ("办事员", 1), ("队员", 1), ("干事", 1), ("股长", 3), ("站长", 3), ("所长", 3), ("队长", 3), ("科长", 5), ("主任", 5), ("部长", 5),
    ("镇长", 5), ("乡长", 5), ("局长", 7), ("书记", 7), ("县长", 11), ("区长", 11), ("市长", 15),
)  # fmt: skip
_DEPUTY = re.compile(r"副")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per sanction and cause."""
    sanctions = case.records_of(case.task.id, "sanction")
    if not sanctions:
        yield Skipped(ID, case.task.id, say("案卷中没有问责记录"))
        return
    for sanction in sanctions:
        when = parse_when(sanction.date)
        if not sanction.document and not sanction.files and sanction.sanction not in _WITHOUT_PAPER:
            message = say("{date} 的问责没有决定文件。请提供决定的文号和原文。", date=sanction.date or "")
            yield _finding(case, (sanction.id,), message, {"document": None})
        if when:
            yield from _posts(case, sanction, when)
            yield from _follow_ups(case, sanction, when)


def _posts(case: Dossier, sanction: Record, when: When) -> Iterator[Finding]:
    """The first promotion, or post that is no lower, surely taken within the months of the effect."""
    months = sanction.impact_months
    if not months or not sanction.person:
        return
    ends = add_months(when.first, months)
    before = _post_before(case, sanction, when)
    for change in sorted(case.standing_records, key=lambda r: (r.date or "", r.id)):
        taken = parse_when(change.date)
        if change.type == "personnel" and change.person == sanction.person and taken and when.surely_before(taken) and taken.last < ends:
            if _is_no_lower(change, before):
                passed = when.months_until(taken)
                message = say(
                    "{date} 的问责，影响期 {months} 个月；{passed} 个月后任“{post}”。请说明依据，或按影响期规定办理。",
                    date=sanction.date,
                    months=months,
                    passed=max(0, passed),
                    post=change.post or say("新职"),
                )
                yield _finding(case, (sanction.id, change.id), message, {"months": max(0, passed), "impact": months})
                return
            before = change.post or before


def _post_before(case: Dossier, sanction: Record, when: When) -> str | None:
    """The post before the sanction: the last on record, else the register of persons, else the sanction's own words."""
    earlier = [
        r
        for r in case.standing_records
        if r.type == "personnel" and r.person == sanction.person and r.post and (d := parse_when(r.date)) and d.first <= when.last
    ]
    person = case.find(Person, sanction.person)
    last = max(earlier, key=lambda r: r.date or "", default=None)
    return (last.post if last else None) or sanction.post or (person.post if person else None)


def _is_no_lower(change: Record, before: str | None) -> bool:
    if change.change == "promoted":
        return True
    if change.change in ("demoted", "removed") or not change.post:
        return False
    new, old = _rank(change.post), _rank(before or "")
    return (new is not None and old is not None and new >= old) or change.post == before


def _rank(post: str) -> int | None:
    """The rank of a post by its last word; bodies of the city stand above those of the county."""
    found = max(((post.rfind(word), len(word), rank) for word, rank in _RANKS if word in post), default=None)
    if found is None:
        return None
    return found[2] - (1 if _DEPUTY.search(post) else 0)


def _follow_ups(case: Dossier, sanction: Record, when: When) -> Iterator[Finding]:
    """As many follow-ups as months of the rule have passed, each given time to be arranged."""
    months = sorted(case.rules.sanction_follow_months) if case.rules else []
    until = _last_day(case)
    due = [month for month in months if add_months(when.last, month) + timedelta(days=LATE_DAYS) < until]
    done = [
        r
        for r in case.standing_records
        if r.type == "follow_up" and (r.of == sanction.id or (r.of is None and r.person == sanction.person and r.person))
    ]
    if due and len(done) < len(due):
        message = say(
            "{date} 的问责应在 {months} 个月时回访，应有 {due} 次，登记 {done} 次。请补回访记录。",
            date=sanction.date,
            months="、".join(map(str, due)),
            due=len(due),
            done=len(done),
        )
        yield _finding(case, (sanction.id, *(r.id for r in done)), message, {"due": len(due), "done": len(done), "months": due})


def _last_day(case: Dossier) -> date:
    """The day up to which the case file speaks."""
    return parse_instant(case.made_at).date()


def _finding(case: Dossier, where: tuple[str, ...], message: str, figures: dict[str, object]) -> Finding:
    basis = say("问责须有决定、有回访，影响期内不得提拔或转任同等职务")
    return Finding(ID, Severity.WARN, case.task.id, tuple(Where(one) for one in where), message, basis, figures)
