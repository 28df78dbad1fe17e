"""Prose without meaning, with the statistics of prose: some words everywhere, most words rare; for what needs thousands of accounts."""

from __future__ import annotations

from random import Random

#: Common signs of official writing; words are pairs of them.
SIGNS = "整改河道治理排水管网清淤植树边坡监测采样巡查村民镇街企业设备安装调试拆除围挡道路铺设检查井泵站闸门污泥转运台账验收资料照片日志施工监理材料进场回填压实养护浇水补种林场草原水库堤岸垃圾收运分类渗滤液处置锅炉除尘脱硫喷淋扬尘苫盖车辆冲洗噪声夜间值守举报回访满意"


def vocabulary(rng: Random, size: int = 3000) -> tuple[list[str], list[float]]:
    """Words and how often each is used, by Zipf's law."""
    words = sorted({rng.choice(SIGNS) + rng.choice(SIGNS) for _ in range(size * 2)})
    rng.shuffle(words)
    words = words[:size]
    return words, [1 / (10 + n) for n in range(len(words))]


def prose(rng: Random, words: tuple[list[str], list[float]]) -> str:
    """One sentence of 26 to 60 signs with a number in it."""
    said = rng.choices(words[0], words[1], k=rng.randint(12, 28))
    at = rng.randint(3, len(said) - 3)
    return f"{''.join(said[:at])}{rng.randint(2, 999)}处，{''.join(said[at:])}。"
