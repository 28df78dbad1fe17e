"""Desk, telephone and address where notices put them."""

from __future__ import annotations

import pytest

from xiaohao.documents.notice import read_notice

AT = "2026-03-03T09:00:00+08:00"
HEAD = "青禾县第三项整改任务完成情况公示\n一、整改措施\n清理河道。\n二、整改完成情况\n清理河道3公里。\n公示时间：2023年5月8日至5月12日，共5个工作日。\n"


def fields(closing: str):
    return read_notice(HEAD + closing + "\n青禾县水利局\n2023年5月8日", "n", at=AT).fields


@pytest.mark.parametrize(
    ("closing", "desk"),
    [
        ("如有异议，请与县环境保护督察反馈意见整改工作领导小组办公室联系。", "县环境保护督察反馈意见整改工作领导小组办公室"),
        ("来信请寄景澜市中山路200号，青禾县水利局河湖科收。", "青禾县水利局河湖科"),
        ("意见反映渠道：青禾县水利局监察室，电话0970-1234567。", "青禾县水利局监察室"),
        ("公示期间如有异议，请联系青禾县河湖管理中心", "青禾县河湖管理中心"),
        ("如有异议请联系我局。", "青禾县水利局"),
        ("监督单位：青禾县督察整改办", "青禾县督察整改办"),
        ("联系电话：0970-1234567（青禾县水务局）", "青禾县水务局"),
        ("如有异议，请实名书面向县住房城乡建设局提出。", "县住房城乡建设局"),
        ("请将材料发送至县环卫中心办公室电子邮箱a@example.com。", "县环卫中心办公室"),
        ("联系电话：0970-1234567", None),
    ],
)
def test_the_desk_is_who_is_said_to_receive_objections(closing, desk):
    assert fields(closing).accepting_dept == desk


@pytest.mark.parametrize(
    ("closing", "address"),
    [
        ("来信请寄景澜市中山路200号，青禾县水利局河湖科收。", "景澜市中山路200号"),
        ("受理单位：青禾县整改办公室（县党政大楼六楼612室）", "县党政大楼六楼612室"),
        ("受理地点：县政府大院3号楼209室 受理电话：0970-1234567", "县政府大院3号楼209室"),
    ],
)
def test_the_address_is_found_without_its_label(closing, address):
    assert fields(closing).contact_address == address


def test_the_telephone_of_the_web_site_is_not_the_desks():
    page = HEAD + "青禾县水利局\n2023年5月8日\n技术支持单位：景澜市数据中心 联系电话：0970-7654321"
    assert read_notice(page, "n", at=AT).fields.contact_phone is None
