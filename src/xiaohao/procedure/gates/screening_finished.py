"""Gate: what the unit filed has been compared with everything else before another body goes on. An empty list of findings says nothing while
the comparison is still running."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("下一单位办理前，已报的材料应当比对完毕。"),
    met=say("已报的材料都比对过了"),
)
def screening_finished(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    run = dossier.awaited
    if run is None:
        return None
    return Gap(
        fact=say(
            "{day} 报的材料还在比对，{progress}。",
            day=run.asked_at[:16].replace("T", " "),
            progress=say("已比 {done} 项，共 {total} 项", done=run.done, total=run.of) if run.of else say("正在排队"),
        ),
        way=say("一般几秒钟就好，请稍后再办；比对不用人做。超过一小时没有好的，请系统管理员看后台进程。"),
        who=say("系统自己"),
        where=dossier.task.id,
    )
