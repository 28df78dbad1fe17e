"""An office's first hour: three administrators come in by their links, one opens an account, another agrees to its roles, a clerk comes in with a
security key, and the third reads who did what. Nobody of them could have done it alone."""

from __future__ import annotations

import base64
import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.county import County, installed
from tests.journeys.visitor import Visitor
from xiaohao.kernel import totp

pytestmark = pytest.mark.browser

PEOPLE = {
    "orgs": [
        {"id": "org-county", "name": "青禾县人民政府", "level": "county", "kind": "government"},
        {"id": "org-info", "name": "青禾县信息中心", "level": "county", "kind": "department", "parent": "org-county"},
        {"id": "org-office", "name": "青禾县整改办", "level": "county", "kind": "office", "parent": "org-county"},
    ],
    "people": [
        {"id": "person-1", "name": "顾维", "org": "org-info"},
        {"id": "person-2", "name": "林守", "org": "org-info"},
        {"id": "person-3", "name": "方鉴", "org": "org-info"},
        {"id": "person-4", "name": "周敏", "org": "org-office", "post": "综合股股长"},
    ],
}
PASSWORD = "四个没有关系的词 lamp"


def set_password(someone: Visitor, link: str) -> None:
    someone.open(link)
    someone.fill("新密码", PASSWORD)
    someone.fill("再输一次新密码", PASSWORD)
    someone.press("设密码，下一步")
    someone.sees("设第二验证")


def code_on_the_phone(someone: Visitor) -> str:
    """What a phone shows that has scanned the page."""
    secret = base64.b32decode(someone.page.locator("p.mono").inner_text().replace(" ", ""))
    return totp.code_at(secret, int(time.time()) // totp.STEP)


def come_in_with_a_phone(someone: Visitor, link: str) -> Visitor:
    set_password(someone, link)
    someone.fill("手机上显示的 6 位验证码", code_on_the_phone(someone))
    someone.press("用手机")
    someone.sees("这些备用码只显示这一次。")
    someone.press("我已收好，进入工作台")
    someone.sees("我的职责")
    return someone


def with_a_key(browser: Browser, county: County) -> Visitor:
    """Somebody whose computer has a security key (Chromium's own, made of software)."""
    someone = Visitor(browser, county.address)
    channel = someone.context.new_cdp_session(someone.page)
    channel.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    channel.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    return someone


def test_an_office_s_first_hour(browser: Browser, tmp_path: Path) -> None:
    with installed(tmp_path / "home", json.dumps(PEOPLE)) as (county, said):
        links = dict(re.findall(r"（用户名 (\w+)）：\n  (http\S+)", said))
        system = come_in_with_a_phone(Visitor(browser, county.address), links["system"])
        security = come_in_with_a_phone(Visitor(browser, county.address), links["security"])

        system.open("/desk/accounts/new")
        system.choose("人员", "周敏（综合股股长）")
        system.fill("用户名", "zhoumin")
        system.tick("整改办人员")
        system.press("开立账号")
        system.sees("这个链接只显示这一次，只能用一次。")
        link = system.page.locator("p.mono").inner_text()

        security.go_to("职责待确认")
        security.sees("要增加的职责：")
        security.page.get_by_role("button", name="同意 周敏", exact=True).click()
        security.sees("已启用职责。")

        clerk = with_a_key(browser, county)
        set_password(clerk, link)
        expect(clerk.page.get_by_text("安全密钥没有应答")).to_be_hidden()
        clerk.fill("给它起个名字", "办公桌的电脑")
        clerk.page.get_by_role("button", name="用安全密钥", exact=True).click()
        clerk.sees("这些备用码只显示这一次。")
        clerk.press("我已收好，进入工作台")
        clerk.sees("新建任务")
        clerk.press("周敏 · 退出")
        clerk.open("/sign-in")
        clerk.fill("用户名", "zhoumin")
        clerk.fill("密码", PASSWORD)
        clerk.press("登录")
        clerk.sees("第二验证")
        clerk.page.get_by_role("button", name="用安全密钥验证", exact=True).click()
        clerk.sees("新建任务")
        clerk.go_to("我的账号")
        clerk.sees("现在这一处", "办公桌的电脑", "备用码还剩 10 个。")

        audit = come_in_with_a_phone(Visitor(browser, county.address), links["audit"])
        audit.go_to("审计日志")
        audit.sees("同意职责变动", "开立账号", "加第二验证")
        audit.press("核对全部")
        audit.sees("前后相接，没有改动")
        with audit.page.expect_download() as coming:
            audit.page.get_by_role("link", name="导出 CSV", exact=True).click()
        assert "zhoumin 整改办人员" in Path(coming.value.path()).read_text("utf-8-sig")
        audit.page.reload()
        expect(audit.page.get_by_role("table").get_by_text("导出", exact=True)).to_be_visible()
        assert audit.open("/desk/accounts") == 403
        audit.guard.wrongs = [wrong for wrong in audit.guard.wrongs if not wrong.startswith("403")]
        assert [wrong for each in (system, security, clerk, audit) for wrong in each.leave()] == []
        checked = county.command("fsck")
        assert checked.returncode == 0, checked.stdout
