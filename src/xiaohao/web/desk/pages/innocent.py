"""The usual innocent explanations of each check, in words for the card: a finding is a lead, and most leads end here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xiaohao.kernel.said import Said, say

#: By check id; the same explanations that the check itself looks for first (screening/catalogue.json).
INNOCENT: Mapping[str, Said] = MappingProxyType(
    {
        "TXT-DUP": say("引用了同一份上级文件、方案或问题原文；通用的开头结尾；两项任务在同一现场，工程只写一次并互相注明。"),
        "TXT-FOREIGN": say("外出学习或跨界协作；施工、检测单位以别处命名；问题原文里本来就有的地名；上级单位。"),
        "TXT-RANK": say("写的是接受上级督导，或是引文。"),
        "DATE-ORDER": say("立行立改、边督边改早于方案；方案的后一版；长期有效的制度早于反馈；同一天办理；只写到月份，可以读顺。"),
        "DOC-NO": say("文号有空号；代字、单位或年份不同；相邻文号一周内先后颠倒。"),
        "DOC-LATE": say("收文登记与落款日期相近；单位当时还没有用本系统。"),
        "META-BATCH": say("及时登记的纸件事后统一扫描；同一人用同一模板，逐份当时制作；登记及时，文件后来另存。"),
        "MEET-CONFLICT": say("同一楼内接连开会；同名不同人；只记到天，没有写几点。"),
        "BURST": say("平时记录均匀，检查前又加一次自查；工作本来就是最近才开始；单位接入系统当天成批补录。"),
        "NOTICE-LINT": say("阿拉伯数字和汉字数字、全角和半角之别；引文用省略号缩短；登记过的单位简称。"),
        "VAGUE": say("学习、履职类任务本来就是开会，且有登记；开头是套话，后面有事实；话短但具体。"),
        "NUM-CLAIM": say("“余次”和汉字数字读法不同；房号、天数、序数不是次数；两项相关任务合计的次数。"),
        "COVER": say("一段话答了几项措施；答复的顺序不同；措施已按程序撤回并公布；长期措施没有说已经做完。"),
        "PLAN-DIFF": say("改动已经同意并公布；改得更严、更早；同一数值换了单位。"),
        "SUB-PLAN": say("单位换算；下级更严；上级方案的制定单位同意过改动。"),
        "EVID-TIME": say("质保金和决算；完工后的运行、管护；后续监测。"),
        "TARGET": say("数值正好等于限值；按月算的目标里有一天偏高；缺了几天的数。"),
        "RELAPSE": say("规则说三个月里两个月，只有一个月超标；季节性偏高但仍在限值内；暴雨天。"),
        "WINDOW": say("早先应急投药，验收前早已停止；正好满最短时间验收。"),
        "SHIFT": say("各点都在变好；各点一起变差（季节、干旱）；投诉分散在别的乡镇和别的事。"),
        "STOP-GO": say("报备过的检修碰上一次检查；周末、节假日停产；停产后只有基本用电。"),
        "CROSS-METER": say("丰水期进水变淡，仍在定额内；电表故障有检修记录；确实停产，各项一起下降。"),
        "SITE-PROOF": say("履职类任务查资料、走访单位即可；相邻点位接连查看并有轨迹；格式句之外有自己的所见。"),
        "RUSH": say("时限都在年底；每季度集中审核一次。"),
        "ROLE-SEP": say("牵头和督导是同一单位；责任单位自己公示；只是同姓。"),
        "PUB-DAYS": say("调休上班的周末；本地规定按自然日；比要求的更长。"),
        "SANCTION-FOLLOW": say("同名的另一人；职务更低，或影响期已过。"),
        "REPEAT": say("同一乡镇的另一家企业或另一种污染；办结前重复，已合并；远处的分厂。"),
        "ROW-REPEAT": say("仪器精度低；真实的周期加上波动；相邻点位同步变化。"),
        "BALANCE": say("有暂存记录，后来清走；有几个去向；允许的损耗。"),
        "CAPACITY": say("短时高峰，仍在库存内；有两家接收单位。"),
        "SOURCE-GAP": say("口径略有不同；统计时段不同。"),
        "LAB": say("间隔正好等于规定；一队人依次采相邻点位；停产次日采样。"),
        "POINT-GAP": say("各点一起变化；有记录的本地原因。"),
        "WORKS-NEAR": say("工程在保护范围之外。"),
        "FLAT": say("数值小而且是整数；停产时等于检出限；仪器精度低。"),
        "CEILING": say("水平一直很低，远离限值。"),
        "PEER": say("停产；仪器精度低。"),
        "MARK": say("零星故障都有记录；定期校准；真实故障有尖峰也有记录。"),
        "RATIO": say("范围内的季节变化；工程完成后两者一起上升。"),
        "HEAP": say("方法本身就要修约。"),
        "OUTPUT-OUTCOME": say("方案写明见效要等一段时间。"),
        "LIST-GAP": say("名称写法不同，位置略有偏差；不在范围内，或上级已核销；合并并有说明。"),
        "PHOTO-COVER": say("几次到场，点位都在地块内；冬季植被指数略低。"),
        "PHOTO-DUP": say("同一现场的两项任务共用照片；同一地点确实拍了两次；一次到场的连拍。"),
        "BEFORE-AFTER": say("同一地点后来真实的照片：光线、噪点、角度处处不同。"),
        "PHOTO-TIME": say("拍摄和归档隔一两天；照片没有拍摄信息。"),
        "GEOM": say("在允许误差内；单位不同，数量一样；比方案多。"),
        "STATUS-PLAN": say("立行立改的任务；提前完成且有记录；漏报一期。"),
        "REVIEW-FORM": say("准备好的一批小任务，各有现场记录；格式句之外有具体意见；新审核人办件少。"),
        "RECUR": say("同一企业的另一个问题；不同地点用了相同的话；销号前结转的任务。"),
        "LEADER-ACT": say("职务空缺或刚到任，有日期；副职按任命代行；措施没有要求亲自办理。"),
        "SESSION-GAP": say("节假日和调休；有记录的暂停；接入系统时补录，文件有日期。"),
    }
)
