"""Gate: the watch is over and the result has held: the months have passed, the readings show no relapse, a look-back found nothing amiss."""

from __future__ import annotations

from datetime import date, datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.oversight import WatchPlan
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST, When, parse_instant, parse_when
from xiaohao.outcomes.watch import watch
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rounds import in_round
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("观察期满、没有反弹的，方可确认。"),
    met=say("观察期已满，没有反弹"),
)
def watch_over(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    task, who = dossier.task, unit_words(dossier, TaskRole.REVIEWER, rules)
    closed, today = parse_when(task.closed_at), at.astimezone(CST).date()
    if closed is None:
        return Gap(fact=say("没有销号日期，不知道观察期从哪天起算。"), way=say("补登销号日期。"), who=who, where=task.id)
    plan = dossier.watch_plan_of(task.id)
    months = max(plan.months if plan else 0, rules.watch.months)
    passed = closed.months_until(When(today, today))
    if passed < months:
        return Gap(
            fact=say(
                "{closed} 销号，观察满 {passed} 个月，规定 {months} 个月。", closed=task.closed_at, passed=max(0, passed), months=months
            ),
            way=say("观察期满后再确认。"),
            who=who,
            where=plan.id if plan else task.id,
        )
    # 确认时随手写下的“回头看”不算数：只看此前登记的
    looks = [look for look in in_round(dossier, "look_back") if parse_instant(look.recorded_at) < at and look.passed is not None]
    if looks and not looks[-1].passed:
        fact = say("{day} 的回头看与销号时不一致。", day=looks[-1].date or looks[-1].recorded_at[:10])
        return Gap(fact=fact, way=say("重新打开任务；已改正的，再作一次回头看。"), who=who, where=looks[-1].id)
    return _relapse(dossier, closed, today, plan, rules)


def _relapse(dossier: Dossier, closed: When, today: date, plan: WatchPlan | None, rules: Rulebook) -> Gap | None:
    k = plan.k if plan and plan.k else rules.watch.k
    n = plan.n if plan and plan.n else rules.watch.n
    for goal in dossier.goals_of(dossier.task.id):
        seen = watch(dossier, goal, closed_at=closed, until=When(today, today), k=k, n=n)
        if seen.relapsed:
            return Gap(
                fact=seen.reason,
                way=say("先作回头看，查明原因；属于反弹的，重新打开任务。"),
                who=unit_words(dossier, TaskRole.REVIEWER, rules),
                where=goal.id,
            )
    return None
