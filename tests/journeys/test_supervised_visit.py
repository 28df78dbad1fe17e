"""A visit without notice, on a phone: the line is cut in the middle, everything stays on the phone, goes out once, and is seen on the desk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.test_every_page import overflowing
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

_TASK = "第 7 项 畜禽养殖粪污直排"
_KEPT = (
    "() => new Promise(done => { const o = indexedDB.open('xiaohao-site', 1); o.onsuccess = () => { const all = o.result.transaction('drafts')\
.objectStore('drafts').getAll(); all.onsuccess = () => done(all.result.map(one => [one.photos.length, one.fields.text])) } })"
)


def _photo(name: str) -> Any:
    """A picture of some 700 KB, so that it goes out in several pieces."""
    picture = Image.effect_noise((1600, 1200), 90).convert("RGB")
    ImageDraw.Draw(picture).text((40, 40), name, fill="white")
    held = BytesIO()
    picture.save(held, "JPEG", quality=60)
    return {"name": name, "mimeType": "image/jpeg", "buffer": held.getvalue()}


def _keeps(phone: Visitor, photos: int, text: str) -> None:
    """So many pictures and this text lie on the phone, within some seconds."""
    for _look in range(40):
        if phone.page.evaluate(_KEPT) == [[photos, text]]:
            return
        phone.page.wait_for_timeout(250)
    raise AssertionError(phone.page.evaluate(_KEPT))


def test_a_visit_goes_on_without_a_line_and_is_sent_once(visitor: NewVisitor) -> None:
    office = visitor().sign_in("计星河")
    office.go_to("督查")
    office.press("安排现场核查")
    office.page.get_by_label("核查哪项任务").select_option("qh2025a-7")
    office.press("下一步")
    office.tick("四不两直：到达前不告诉责任单位，也不在日志里写明是哪项任务")
    office.fill("到哪里（地点、路线）", "青阜镇两家养殖场，直接去")
    office.press("安排核查")
    office.sees("四不两直：到达之前，责任单位看不到这次核查，请勿告知。")
    address = office.page.url

    unit = visitor().sign_in("田禾")
    unit.guard.meant = unit.guard.meant | {404}
    assert unit.open(address) == 404

    phone = visitor(size=PHONE).sign_in("计星河")
    phone.open(address)
    phone.press("取现场核查码")
    phone.sees("今天有效。写在纸上，和现场一起拍进照片")
    assert overflowing(phone.page) == []
    phone.page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="我到了").click()
    phone.sees("到达时间已存在手机上：")
    measures = phone.page.get_by_role("group", name="项措施看到的")
    for one in range(measures.count()):
        measures.nth(one).get_by_label("与所报一致", exact=True).check()
    phone.tick("与所报不符", within=measures.nth(0))
    phone.fill("第 1 项措施的说明", "收集池没有防渗，粪水外溢到沟里。")
    phone.page.get_by_label("现在拍照").set_input_files([_photo("池边.jpg")])
    phone.page.get_by_label("从相册选照片（可以多选）").set_input_files([_photo("沟口.jpg")])
    phone.tick("与所报不符", within=phone.group("结论"))
    phone.fill("现场情况", "两家场都去了。")
    phone.fill("发现的问题（没有就不填）", "一家场的收集池没有防渗，粪水外溢。")
    _keeps(phone, 2, "两家场都去了。")
    phone.page.get_by_role("button", name="提交核查结果").click()
    phone.sees("没有网络。写的和拍的都存在这部手机上", "存在这部手机上，还没有送出")
    unit.open("/desk/")
    assert unit.open(address) == 404  # nothing has come through

    sent: list[str] = []
    phone.page.on("request", lambda one: sent.append(one.url) if one.method == "POST" and one.url == address else None)
    phone.context.set_offline(False)
    phone.sees("已提交结果", "池边.jpg", "沟口.jpg")
    assert len(sent) == 1
    assert phone.page.evaluate(_KEPT) == []

    office.open(address)
    office.sees("一家场的收集池没有防渗，粪水外溢。", "收集池没有防渗，粪水外溢到沟里。")
    expect(office.page.get_by_role("link", name="据此发督办")).to_be_visible()
    unit.open(address)
    unit.fill("答复", "已停用，3月10日前补做防渗。")
    unit.press("答复")
    unit.sees("责任单位已答复")
    office.go_to("督查")
    office.sees(_TASK, "责任单位已答复")
