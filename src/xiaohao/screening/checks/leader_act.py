"""第一责任人缺位: the measure asks the first responsible persons to study and supervise in person, and the records show deputies, clerks or
nobody; only one of the two heads (党、政) acts; or all acts fall in the last days.

Innocent explanations looked for first: a vacant or newly filled post with dates; a deputy acting by recorded appointment; a measure that
asks no personal act. Source: measure two of the Taiyangshan notice (亲自研究部署，亲自督办落实).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.appointments import instead_of
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.posts import STANDS_IN
from xiaohao.dossier.record import Record
from xiaohao.dossier.where import Where
from xiaohao.evidence.coverage import claiming_statement
from xiaohao.evidence.rows import merged
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import measure_name

ID = "LEADER-ACT"
STAGE = "application"
NEEDS = ("tasks.first_responsible", "records(type=meeting,personal_act,site_visit,interview).people/date", "measures.text")

ACTS = ("meeting", "personal_act", "site_visit", "interview")

#: What makes a measure ask for a personal act.
_IN_PERSON = re.compile(
    r"亲自(?:研究|部署|督办|抓|过问|协调|督促|推动|带队)|主要(?:负责同志|负责人|领导)[^，。；]{0,12}(?:亲自|带头|研究|督办|包抓)"
)
#: Acts that all lie in the last days before the claim, of a task that ran much longer, look like filing.
LAST_DAYS = 14
#: "Much longer": at least this many days between plan and claim.
RUNNING_DAYS = 90

#: Words of an appointment by which somebody else leads in the meantime.
_ACTING = re.compile(r"主持[^，。；]{0,8}工作|代理|代行|临时负责|兼任")


@dataclass(frozen=True, slots=True)
class _Head:
    """A first responsible person, or who answered for the post in their place by recorded appointment, from the day the post was taken to
    the day it was left."""

    person: str
    since: When | None
    until: When | None = None


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding per task: nobody in person, one head only, or only in the last days."""
    task = case.task
    asking = tuple(measure for measure in case.measures_of(task.id) if _IN_PERSON.search(measure.text))
    if not asking:
        return
    if case.is_text:
        yield Skipped(ID, task.id, say("文字材料没有会议和督办登记，主要负责同志亲自研究、督办列为待核陈述"))
    elif not task.first_responsible:
        yield Skipped(ID, task.id, say("案卷没有登记第一责任人"))
    elif claiming_statement(case, task.id) is None:
        yield Skipped(ID, task.id, say("还没有完成情况，措施未报完成"))
    elif not case.records_of(task.id, *ACTS):
        yield Skipped(ID, task.id, say("案卷中没有会议、督办、现场或约谈登记"))
    else:
        yield from _judge(case, asking)


def _judge(case: Dossier, asking: tuple[Measure, ...]) -> Iterator[Finding]:
    acts = merged(case.records_of(case.task.id, *ACTS))
    heads = tuple(_heads(case))
    in_person = tuple(act for act in acts if any(_present(head, act) for head in heads))
    figures: dict[str, object] = {"acts": len(acts), "in_person": len(in_person)}
    if not in_person:
        if not _all_new(case, heads, acts):
            message = say(
                "{measure}要求主要负责同志亲自办，登记的会议、督办、现场和约谈共 {acts} 次，第一责任人到场 0 次。请补登记或说明由谁代行。",
                measure=measure_name(asking[0]),
                acts=len(acts),
            )
            yield _finding(case, asking, acts, message, figures)
        return
    idle = _idle_heads(case, heads, in_person)
    if idle:
        message = say(
            "{measure}要求第一责任人亲自办，登记的 {in_person} 次中党政两位只有一位到场。请补另一位的登记或说明。",
            measure=measure_name(asking[0]),
            in_person=len(in_person),
        )
        yield _finding(case, asking, in_person, message, {**figures, "absent": list(idle)})
    elif late := _only_in_the_last_days(case, in_person):
        yield _finding(case, asking, in_person, late, {**figures, "last_days": LAST_DAYS})


def _finding(case: Dossier, asking: tuple[Measure, ...], acts: tuple[Record, ...], message: str, figures: dict[str, object]) -> Finding:
    where = (Where(case.task.id), *(Where(measure.id) for measure in asking), *(Where(act.id) for act in acts))
    return Finding(ID, Severity.WARN, case.task.id, where, message, say("主要负责同志是整改第一责任人，须亲自研究、亲自督办"), figures)


def _heads(case: Dossier) -> Iterator[_Head]:
    """The named persons since they took the post (where that is recorded), persons appointed to stand in, and who held the post before."""
    changes = [r for r in case.standing_records if r.type == "personnel" and r.person]
    for person in case.task.first_responsible:
        taken = [when for r in changes if r.person == person and r.text != STANDS_IN and (when := parse_when(r.date))]
        yield _Head(person, max(taken, key=lambda when: when.first) if taken else None)
    for change in changes:
        if change.person and _ACTING.search(" ".join(filter(None, (change.change, change.post, change.text, change.title)))):
            yield _Head(change.person, parse_when(change.date), parse_when(change.end))
    for held in (held for person in case.task.first_responsible for held in instead_of(case, person)):
        yield _Head(held.person, held.since, held.until)


def _present(head: _Head, act: Record) -> bool:
    return head.person in act.people and not (head.until and (when := parse_when(act.date)) and head.until.surely_before(when))


def _all_new(case: Dossier, heads: tuple[_Head, ...], acts: tuple[Record, ...]) -> bool:
    """Whether no head had taken the post by the time of the last act: a vacancy on record explains their absence."""
    dates = [when for act in acts if (when := parse_when(act.date))]
    if not dates or not heads:
        return False
    last = max(dates, key=lambda when: when.first)
    return all(head.since is not None and last.surely_before(head.since) for head in heads)


def _idle_heads(case: Dossier, heads: tuple[_Head, ...], in_person: tuple[Record, ...]) -> tuple[str, ...]:
    """First responsible persons who took part in nothing although their post was filled in time; none when somebody stands in for them."""
    named = [head for head in heads if head.person in case.task.first_responsible]
    standing_in = [head for head in heads if head.person not in case.task.first_responsible and any(_present(head, a) for a in in_person)]
    idle = [head for head in named if not any(_present(head, act) for act in in_person) and not _all_new(case, (head,), in_person)]
    return () if len(standing_in) >= len(idle) or len(named) < 2 else tuple(head.person for head in idle)


def _only_in_the_last_days(case: Dossier, in_person: tuple[Record, ...]) -> str | None:
    """What to say when no act is older than the last days before the claim, or before the day on which the works are called done."""
    statement = claiming_statement(case, case.task.id)
    plan = case.plan_in_force(case.task.id)
    planned = parse_when(plan.date if plan else None)
    dates = [when.first for act in in_person if (when := parse_when(act.date))]
    if planned is None or not dates:
        return None

    def only_before(end: str | None) -> bool:
        day = parse_when(end)
        return day is not None and (day.first - planned.last).days >= RUNNING_DAYS and min(dates) >= day.first - timedelta(days=LAST_DAYS)

    values = {"in_person": len(in_person), "days": LAST_DAYS}
    if only_before(statement.date if statement else None):
        return say("第一责任人到场的 {in_person} 次都在申请前 {days} 天以内，此前未见。请补整改期间的登记或说明。", **values)
    if only_before(case.task.done_at):
        return say("第一责任人到场的 {in_person} 次都在自报完成前 {days} 天以内或以后，更早的未见。请补整改期间的登记或说明。", **values)
    return None
