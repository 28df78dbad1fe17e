"""What happens to a notice on its way to the reader: site chrome, mixed widths, a converter's leftovers, a body printed twice. Gold stays the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from xiaohao.evidence.traditional import SIMPLIFIED

Ugliness = Callable[[str, Random], str]

_BACK = {new: old for old, new in SIMPLIFIED.items() if chr(old) not in "穀麵鬆後捲颳麯迴醞釆週鑑嚮曆乾閒儘徬佔併侷砲遊註復慄"}
_PRONOUNCED = {"态": "tài", "环": "huán", "现": "xiàn", "规": "guī", "务": "wù", "测": "cè"}


def clean(text: str, random: Random) -> str:
    return text


def half_width(text: str, random: Random) -> str:
    return text.translate(str.maketrans("，：；（）", ",:;()"))


def mixed_width(text: str, random: Random) -> str:
    wide = {ord(digit): ord("０") + int(digit) for digit in "0123456789"}
    lines = text.split("\n")
    return "\n".join(
        line.translate(wide) if random.random() < 0.4 else half_width(line, random) if random.random() < 0.5 else line for line in lines
    )


def traditional(text: str, random: Random) -> str:
    return text.translate(_BACK)


def pronounced(text: str, random: Random) -> str:
    """A converter that writes the pronunciation behind some characters and doubles commas."""
    turned = re.sub(
        "[态环现规务测]", lambda sign: f"{sign.group()}({_PRONOUNCED[sign.group()]})" if random.random() < 0.5 else sign.group(), text
    )
    return re.sub("，", lambda comma: ",，" if random.random() < 0.3 else comma.group(), turned).translate(_BACK)


def chrome(text: str, random: Random) -> str:
    head = random.choice([
        "当前位置：首页 > 政务公开 > 通知公告\n发布日期：2023-07-27 15:18 来源： 青禾县融媒体中心 编辑：张三 阅读次数：1024 字号：大 中 小\n",
        "首页>信息公开>公示公告\n索引号：QH-2023-0012 主题分类：环境监测、保护与治理 发文日期：2023-03-06\n【字体：大 中 小】 打印\n",
        "时间：2022-11-21 来源：本站\n",
    ])  # fmt: skip
    foot = random.choice(
        [
            "\n【打印】【关闭】\n上一篇：关于开展监测的通知\n下一篇：没有了\n主办单位：青禾县人民政府办公室\n东陆ICP备12345678号",
            "\n扫一扫在手机打开当前页\n分享到：\n版权所有 © 青禾县人民政府 联系电话：0999-8765432",
            "\n附件下载：\n相关链接\n网站地图",
        ]
    )
    return head + text + foot


def twice(text: str, random: Random) -> str:
    return text + "\n" + text


def spaced(text: str, random: Random) -> str:
    return (
        text.replace("联系电话", "联 系 电 话")
        .replace("联系地址", "联系 地址")
        .replace("公示时间", "公 示 时 间")
        .replace("年", " 年 ")
        .replace("\n", "\n　　")
    )


def blank_lines(text: str, random: Random) -> str:
    return text.replace("\n", "\r\n \r\n")


UGLINESSES: tuple[Ugliness, ...] = (clean, half_width, mixed_width, traditional, pronounced, chrome, twice, spaced, blank_lines)
