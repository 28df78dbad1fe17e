"""What a measure of words asks for, named, and whether an answer shows a trace of it.

Works have amounts; duties have only words ("强化考核结果运用"). For the duties that measures of rectification plans ask for again and
again, this table holds how a measure asks and what in an answer would show it. A demand that the table does not know is not judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Demand:
    """A duty by name; `asked` finds it in a measure, `shown` finds a trace of it in an answer."""

    name: str
    asked: re.Pattern[str]
    shown: re.Pattern[str]


def _demand(name: str, asked: str, shown: str) -> Demand:
    return Demand(name, re.compile(asked), re.compile(shown))


#: In the order in which they are named to a reader.
#: Source: the wording of measures in published rectification plans and closing notices, the Taiyangshan notice first of all.
DEMANDS: tuple[Demand, ...] = (
    _demand("学习贯彻", r"学习贯彻|认真学习|深入学习", r"学习"),
    _demand("从严监管执法", r"从严(?:监管)?执法|严格执法|监管执法|执法检查", r"执法|检查|处罚|查处|立案|监管"),
    _demand(
        "主要负责同志亲自研究、督办",
        r"亲自(?:研究|部署|督办|抓|过问|协调)",
        r"主要(?:负责人|负责同志|领导)|党政|书记|县长|区长|主任|亲自|会议研究",
    ),
    _demand("剖析原因", r"剖析原因|查找症结|分析原因|查摆原因", r"原因|症结|剖析|研判|分析"),
    _demand("调研督导", r"调研督导", r"调研|督导|督查|督办"),
    _demand("督导检查", r"督导检查", r"督导|督查|督办|检查|调研|抽查"),
    _demand("定期全面督查", r"定期[^，。；]{0,12}(?:督查|督导|检查)", r"定期|督查|督导|每(?:月|季|周|年)"),
    _demand("销号评估", r"销号评估", r"销号"),
    _demand("责任追究", r"责任追究|追责问责|严肃问责", r"责任追究|追责|问责|追究|处分|处理"),
    _demand(
        "考核结果运用",
        r"(?:考核|考评)结果(?:的)?(?:运用|应用|使用)|将(?:考核|考评)结果|结果运用",
        r"(?:考核|考评)结果|评优|评先|选拔任用|资金分配|奖惩|兑现|奖补|扣减|扣分|等次|(?:依据|参考)[^。]{0,10}考核",
    ),
    _demand("不得列为选拔对象", r"不得(?:列为|作为|纳入)[^，。；]{0,10}(?:选拔|提拔|评优)", r"选拔|提拔|任用|评优|评先|限制"),
)


def demands_of(measure: str) -> tuple[Demand, ...]:
    """The demands of the table that the text of a measure asks for."""
    return tuple(demand for demand in DEMANDS if demand.asked.search(measure))


def not_shown(measure: str, answer: str) -> tuple[str, ...]:
    """Names of the demands of `measure` that `answer` shows nowhere. An answer that only repeats the measure's words shows them: whether
    they hold is the registers' business."""
    return tuple(demand.name for demand in demands_of(measure) if not demand.shown.search(answer))
