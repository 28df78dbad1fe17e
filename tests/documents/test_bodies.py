"""Names of bodies: their level and kind, lists of them, and when two names mean one."""

from __future__ import annotations

import pytest

from xiaohao.documents.bodies import bodies_in_list, kind_of, level_of, same_body, without_room
from xiaohao.kernel.roles import Level


@pytest.mark.parametrize(
    ("name", "level", "kind"),
    [
        ("青禾县经济开发区管委会", Level.COUNTY, "park"), ("景澜市生态环境局", Level.CITY, "department"), ("景澜市生态环境局青禾县分局", Level.COUNTY, "department"), ("东陆省生态环境厅", Level.PROVINCE, "department"),
        ("青禾县住房和城乡建设局", Level.COUNTY, "department"), ("禾丰镇人民政府", Level.TOWN, "government"), ("市委督查室", Level.CITY, "office"), ("绿源养殖有限公司", Level.NONE, "enterprise"),
        ("中共景澜市委、景澜市人民政府", Level.CITY, "government"), ("河朔自治区生态环境厅", Level.PROVINCE, "department"), ("中央生态环境保护督察办公室", Level.CENTRAL, "office"),
    ],
)  # fmt: skip
def test_a_name_tells_level_and_kind(name, level, kind):
    assert (level_of(name), kind_of(name)) == (level, kind)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("泽安市委、市政府", ["泽安市委", "泽安市政府"]),
        ("青禾园区党工委、管委会", ["青禾园区党工委", "青禾园区管委会"]),
        ("县住建局牵头，县水利局、县生态环境分局配合", ["县住建局", "县水利局", "县生态环境分局"]),
        ("和川县水利局", ["和川县水利局"]),
        ("各级党委和各级政府及市直有关部门（单位）", ["各级党委和各级政府及市直有关部门（单位）"]),
        ("石浦市住房和城乡建设局（牵头），石浦市城市管理局", ["石浦市住房和城乡建设局", "石浦市城市管理局"]),
    ],
)
def test_a_list_of_units_is_taken_apart(words, names):
    assert bodies_in_list(words) == names


def test_a_room_and_a_short_form_are_the_same_body():
    assert without_room("青禾县经济开发区管委会212室") == "青禾县经济开发区管委会"
    assert same_body("青禾县经济开发区管委会212室", "青禾县经济开发区管委会")
    assert same_body("青禾县住建局", "青禾县住房和城乡建设局")
    assert same_body("禾丰园区管委会", "禾丰现代产业园区管委会")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青禾县水利局", "望泉县水利局"),
        ("青禾县水利局", "青禾县林业局"),
        ("青禾县委", "青禾县发改委"),
        ("青禾县政府", "景澜市青禾县政府办公室"),
        ("县水利局", "市水利局"),
    ],
)
def test_other_places_trades_and_levels_are_other_bodies(one, other):
    assert not same_body(one, other)
