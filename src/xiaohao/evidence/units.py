"""Units as officials write them, by what they measure. Times are left out on purpose: a duration is no quantity of a notice."""

from __future__ import annotations

import re


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


#: How often something was done.
ACTS = _words("次 余次 场次 场 轮次 轮 趟 回 遍 人次 家次 户次 车次 辆次 台次 艘次 条次 批次 班次 点次 处次 个次 件次 期")
#: How many things, persons, papers.
THINGS = _words(
    "个 家 户 人 名 位 座 台 套 件 份 起 项 条 处 宗 笔 辆 艘 株 棵 根 块 片 栋 幢 间 口 眼 头 只 羽 尾 匹 支 本 册 幅 张 批 枚 盏 组 桶 袋 车 篇 部 座次 "
    "台套 台（套） 台/套 个（处） 处（个） 家（次） 万人次 柄 架 具 路 种 面 个点 页 盆 丛 顶 例 段 级台阶"
)
MONEY = _words("元 美元 元人民币")
AREA = _words("平方米 平方公里 平方千米 平方厘米 平米 平方 公顷 顷 亩 ㎡ m² m2 km² km2 hm² ha")
LENGTH = _words("延长米 延米 公里 千米 米 厘米 毫米 微米 里程 km m cm mm")
VOLUME = _words("立方米 立方厘米 立方分米 立方 方 升 毫升 标立方米 m³ m3 L mL")
MASS = _words("吨 公斤 千克 克 毫克 微克 纳克 斤 t kg mg ug μg g")
ENERGY = _words("千瓦时 千瓦 兆瓦时 兆瓦 吉瓦 瓦 千伏安 千伏 度电 度 蒸吨 吨标准煤 吨标煤 kWh kW MW kV")
OTHER = _words("倍 分贝 个百分点 百分点 摄氏度 ℃ dB dB（A）")

_PER = r"(?:(?:/|每)(?:立方米|平方米|平方公里|公斤|千克|小时|分钟|日|天|年|月|升|秒|亩|吨|人|户|株|度|m³|m3|m2|d|h|a|L|s|kg|t))?"


def _alternatives(units: tuple[str, ...]) -> str:
    return "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))


_WORDS = _alternatives((*ACTS, *THINGS, *MONEY, *AREA, *LENGTH, *VOLUME, *MASS, *ENERGY, *OTHER))
#: A unit, perhaps per something: 毫克/升, 吨/日. Latin units end at a word boundary.
UNIT = rf"(?:%|‰|(?:{_WORDS}){_PER}(?:(?<![A-Za-z])|(?![A-Za-z0-9]|/[A-Za-z])))"

_KINDS = {
    unit: kind
    for kind, units in (
        ("act", ACTS),
        ("thing", THINGS),
        ("money", MONEY),
        ("area", AREA),
        ("length", LENGTH),
        ("volume", VOLUME),
        ("mass", MASS),
        ("energy", ENERGY),
    )
    for unit in units
}


def unit_kind(unit: str) -> str:
    """What `unit` counts or measures: act, thing, money, area, length, volume, mass, energy, rate (per something), share (%) or other."""
    if unit in {"%", "‰", "比例"} or "百分点" in unit:
        return "share"
    if unit not in _KINDS and ("/" in unit or "每" in unit):
        return "rate"
    return _KINDS.get(unit, "other")
