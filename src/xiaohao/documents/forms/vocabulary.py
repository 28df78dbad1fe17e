"""The placeholders that a template may use, each with what it stands for. Scalars are filled in, lists repeat a row or a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from xiaohao.kernel.said import Said, say

#: What stands in a form where the case file does not say: a person fills it in.
MISSING = "（待填）"

#: The name by which a row of a list is called inside its loop.
ROW = "行"

#: scope → placeholder → what it stands for.
SCALARS: Mapping[str, Mapping[str, Said]] = MappingProxyType(
    {
        "task": {
            "督察": say("哪次督察"),
            "清单": say("哪份清单"),
            "任务编号": say("清单里的序号"),
            "任务名称": say("任务的简称；没有时用问题的第一句"),
            "问题": say("反馈问题原文"),
            "整改类型": say("立行立改、限期整改或长期坚持"),
            "办理状态": say("现在办到哪一步"),
            "责任单位": say("责任单位，有几家时用顿号隔开"),
            "牵头单位": say("牵头单位"),
            "督导单位": say("督导单位"),
            "验收单位": say("验收单位"),
            "审核单位": say("审核单位"),
            "评估单位": say("销号评估单位；规程没有评估的不填"),
            "公示单位": say("公示单位"),
            "销号单位": say("销号单位"),
            "备案机关": say("销号单位的上级"),
            "异议受理单位": say("受理异议的单位和联系方式"),
            "整改时限": say("整改时限，照原文"),
            "完成日期": say("责任单位报的完成日期"),
            "销号日期": say("销号日期"),
            "方案文号": say("现行方案的文号"),
            "方案单位": say("现行方案由谁制定"),
            "方案日期": say("现行方案的日期"),
            "方案版本": say("现行方案是第几版"),
            "目标汇总": say("整改目标，一条一行"),
            "措施汇总": say("整改措施和落实情况，一条一行"),
            "完成说明": say("完成情况说明全文"),
            "完成说明日期": say("完成情况说明的日期"),
            "承诺情况": say("谁在哪天签了真实性承诺"),
            "验收情况": say("验收日期、方式、人数和结论"),
            "审核情况": say("审核日期和意见"),
            "评估情况": say("销号评估日期和意见"),
            "公示情况": say("公示文号、公示期和方式"),
            "异议情况": say("收到几件异议、怎样答复"),
            "销号情况": say("销号日期和依据"),
            "观察办法": say("销号后怎样观察"),
            "制表日期": say("打印这份表的日期"),
            "日志行": say("公开日志里的编号和检查点"),
        },
        "row": {
            "本件种类": say("本件是什么：提醒函、督办函、约谈、挂牌督办"),
            "本件文号": say("本件的文号或标题"),
            "本件标题": say("本件叫什么"),
            "本件事项": say("本件说的是哪项任务，或者哪份清单"),
            "本件日期": say("本件的日期"),
            "本件时间": say("本件的起止时刻"),
            "本件单位": say("由谁作出"),
            "本件对象": say("发给谁、对谁"),
            "本件人员": say("参加的人和单位"),
            "本件地点": say("在哪里"),
            "本件正文": say("写的什么"),
            "本件结论": say("通过或不通过"),
            "本件方式": say("现场、资料，或两样都有"),
            "本件环节": say("在哪一步退回"),
            "答复期限": say("要求哪天以前答复"),
            "答复情况": say("责任单位的答复"),
        },
        "notice": {
            "公示标题": say("公示的标题"),
            "公示文号": say("公示的文号"),
            "公示正文": say("公示的正文，一段一行"),
            "公示落款": say("由谁公示"),
            "公示日期": say("公示的落款日期"),
            "公示网址": say("公示在网上的地址"),
        },
        "region": {
            "督察": say("哪次督察"),
            "清单": say("哪份清单"),
            "报告单位": say("由谁报告"),
            "制表日期": say("打印这份表的日期"),
            "任务总数": say("共多少项"),
            "已销号数": say("已销号多少项"),
            "公示中数": say("公示中多少项"),
            "待办结数": say("已申请、未公示多少项"),
            "整改中数": say("整改中多少项"),
            "未动工数": say("方案还没有批准多少项"),
            "转入数": say("本系统启用前已销号、未核对多少项"),
            "逾期数": say("过了时限没有销号多少项"),
            "退回数": say("退回过多少项"),
            "措施总数": say("共多少条措施"),
            "已答复措施数": say("有落实情况的措施多少条"),
            "逾期情况": say("过了时限没有销号的，一项一行"),
            "退回情况": say("退回过的，一项一行"),
            "日志行": say("公开日志的检查点"),
        },
    }
)

_ROW_OF_TASKS: Mapping[str, Said] = {
    "序号": say("清单里的序号"),
    "任务": say("任务的简称"),
    "责任单位": say("责任单位"),
    "时限": say("整改时限"),
    "状态": say("现在办到哪一步"),
    "措施": say("有落实情况的措施和全部措施"),
    "情况": say("最近一次报的情况"),
}

#: scope → list → field of a row → what it stands for.
LISTS: Mapping[str, Mapping[str, Mapping[str, Said]]] = MappingProxyType(
    {
        "task": {
            "目标": {"序号": say("第几条"), "内容": say("目标原文"), "指标": say("怎样算达到，或者为什么不设指标")},
            "措施": {
                "序号": say("第几条"),
                "内容": say("措施原文"),
                "责任单位": say("责任单位"),
                "时限": say("完成时限"),
                "指标": say("应当变化的指标"),
                "落实情况": say("说明里答这一条的原话"),
                "佐证": say("背后的登记和附件"),
            },
            "附件": {"序号": say("第几件"), "名称": say("附件的名称"), "种类": say("照片、文档等"), "日期": say("说的是哪天")},
            "成员": {"姓名": say("验收组成员的姓名"), "单位": say("成员的单位")},
            "评估项目": {"项目": say("评估的项目"), "结论": say("合格或不合格"), "得分": say("得分；不给分的不填"), "理由": say("为什么")},
            "抽查": {"登记": say("抽中的登记"), "结论": say("一致或不一致"), "理由": say("为什么")},
            "评估人员": {"姓名": say("评估人员的姓名"), "单位": say("评估人员的单位")},
            "量测": {"名称": say("量的是什么"), "实测": say("验收时量得多少"), "方案": say("方案里是多少")},
            "监测": {"指标": say("测的指标"), "结果": say("测得多少"), "地点": say("在哪里测"), "日期": say("哪天测")},
        },
        "row": {
            "会签": {
                "单位": say("会签单位"),
                "意见": say("同意或不同意，和写的意见"),
                "签字": say("谁签的，任什么职；还没有签的留空"),
                "日期": say("哪天签的；还没有签的留空"),
            }
        },
        "notice": {},
        "region": {"任务": _ROW_OF_TASKS},
    }
)


def scalars_of(scopes: Iterable[str]) -> dict[str, Said]:
    """The placeholders that a form with these scopes may use."""
    return {name: words for scope in scopes for name, words in SCALARS[scope].items()}


def lists_of(scopes: Iterable[str]) -> dict[str, Mapping[str, Said]]:
    """The lists that a form with these scopes may repeat, each with the fields of its rows."""
    return {name: fields for scope in scopes for name, fields in LISTS[scope].items()}
