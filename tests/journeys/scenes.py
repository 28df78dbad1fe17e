"""Every page of the site in the order of one small story, with who looks at it: what the audits go through and the screenshots are taken of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys.visitor import Visitor

#: A form sent back sooner looks like a machine's (portal.objection_form).
_READING_MS = 3_100


@dataclass(frozen=True, slots=True)
class Scene:
    """`name` of the page and its state, `who` looks ("" for the public), `bring` takes them there."""

    name: str
    who: str
    bring: Callable[[Visitor], None]


def at(path: str) -> Callable[[Visitor], None]:
    """There by address alone."""

    def bring(someone: Visitor) -> None:
        someone.open(path)

    return bring


def pressed(path: str, *names: str) -> Callable[[Visitor], None]:
    """There by address, then by these buttons or links."""

    def bring(someone: Visitor) -> None:
        someone.open(path)
        for name in names:
            someone.press(name)

    return bring


def _objected(resident: Visitor) -> None:
    resident.open("/n/qh2025a-3-1/objection")
    resident.fill("您看到了什么", "坡上还有好几片光的，刮风就起灰。")
    resident.page.get_by_role("radio", name="留电话").check()
    resident.fill("电话", "139 0000 0000")
    resident.page.wait_for_timeout(_READING_MS)
    resident.press("提交异议")
    resident.sees("销号已暂停")


def _code(resident: Visitor) -> str:
    return resident.page.url.split("/r/")[1].split("/")[0]


def _receipt_and(page: str) -> Callable[[Visitor], None]:
    def bring(resident: Visitor) -> None:
        resident.open(f"/r/{_code(resident)}/{page}")

    return bring


def _drafted(office: Visitor) -> None:
    office.open("/desk/new")
    office.fill("公示或清单的文字", _TEXT)
    office.press("读成草稿")


def _sent_late(office: Visitor) -> None:
    """A page that was opened before somebody else acted."""
    office.open("/desk/t/qh2025a-3/do/close")
    office.fill("销号意见", "同意销号。")
    office.page.locator("input[name=version]").first.evaluate("field => { field.value = 0 }")
    office.click(office.page.get_by_role("button", name="销号", exact=True))


def _admitted(desk: Visitor) -> None:
    _to_the_new_objection(desk)
    desk.tick("受理")
    desk.fill("理由（会公开）", "反映的是公示的事项，受理。")
    desk.press("决定，公开理由")


def _to_the_new_objection(desk: Visitor) -> None:
    desk.open("/desk/objections")
    desk.click(desk.page.get_by_role("link", name="坡上还有好几片光的，刮风就起灰。", exact=True))


def _answered(desk: Visitor) -> None:
    _to_the_new_objection(desk)
    desk.fill("答复（会公开）", "到场核对，补植已经完成，反映的是补植前的情况。")
    desk.fill("公开的异议内容（去掉姓名、住址、电话等）", "坡上有几片裸露。")
    desk.tick("不成立")
    desk.press("答复并公开")


def _to_a_record(someone: Visitor) -> None:
    someone.open("/desk/t/qh2025a-3")
    someone.click(someone.page.locator("#records").get_by_role("link").first)


def _sent_to_sign(clerk: Visitor) -> None:
    clerk.open("/desk/t/qh2025a-2/apply")
    clerk.press("送柯明德签批")


def empty(path: str, button: str) -> Callable[[Visitor], None]:
    """A form sent with nothing in it, past what the browser itself would ask for."""

    def bring(someone: Visitor) -> None:
        someone.open(path)
        someone.page.locator("main form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true })")
        someone.press(button)

    return bring


_TEXT = """青禾县经济开发区管委会关于督察整改任务第五项完成销号情况的公示
一、整改任务第五项
督察反馈指出：“有的地方抓督察整改只看台账不看现场，问题还在，账已销掉。”
二、整改目标及措施
（一）把督察整改列入经常学习的内容。
（二）主要负责同志亲自研究、亲自督办。
三、整改完成情况
（一）每周二、周五学习。
（二）召开会议31次。
公示时间：2026年2月25日至2026年3月2日，共5个工作日。
青禾县经济开发区管委会
2026年2月25日
"""

PUBLIC = (
    Scene("home", "", at("/")),
    Scene("tasks", "", at("/tasks")),
    Scene("tasks-found", "", at("/tasks?q=污水")),
    Scene("task-on-notice", "", at("/t/qh2025a-3")),
    Scene("task-returned", "", at("/t/qh2025a-1")),
    Scene("task-watched", "", at("/t/qh2025a-5")),
    Scene("task-before-the-system", "", at("/t/qh2021a-3")),
    Scene("notice", "", at("/n/qh2025a-3-1")),
    Scene("notice-suspended", "", at("/n/qh2025a-4-1")),
    Scene("notice-ended", "", at("/n/qh2025a-5-1")),
    Scene("notice-big", "", at("/big/n/qh2025a-3-1")),
    Scene("notice-english", "", at("/en/n/qh2025a-3-1")),
    Scene("objection", "", at("/n/qh2025a-3-1/objection")),
    Scene("objection-errors", "", pressed("/n/qh2025a-3-1/objection", "提交异议")),
    Scene("objection-late", "", at("/n/qh2025a-5-1/objection")),
    Scene("receipt", "", _objected),
    Scene("receipt-withdraw", "", _receipt_and("withdraw")),
    Scene("receipt-look-up", "", at("/r")),
    Scene("receipt-look-up-errors", "", pressed("/r", "查看")),
    Scene("verify", "", at("/verify")),
    Scene("verify-entry", "", at("/verify?q=200")),
    Scene("verify-unknown", "", at("/verify?q=青整办公示〔2026〕99号")),
    Scene("accessibility", "", at("/accessibility")),
    Scene("privacy", "", at("/privacy")),
    Scene("sign-in", "", at("/sign-in")),
    Scene("sign-in-errors", "", pressed("/sign-in", "登录")),
    Scene("error-not-found", "", at("/no-such-page")),
    Scene("home-english", "", at("/en/")),
    Scene("home-big-english", "", at("/en/big/")),
    Scene("objection-english", "", at("/en/n/qh2025a-3-1/objection")),
    Scene("verify-english", "", at("/en/verify?q=200")),
    Scene("sign-in-big", "", at("/big/sign-in")),
)
UNIT = (
    Scene("today", "骆芳", at("/desk/")),
    Scene("dossier", "骆芳", at("/desk/t/qh2025a-2")),
    Scene("register", "骆芳", at("/desk/t/qh2025a-2/register?type=personal_act")),
    Scene("register-errors", "骆芳", empty("/desk/t/qh2025a-2/register", "登记")),
    Scene("evidence", "骆芳", at("/desk/t/qh2025a-2/evidence")),
    Scene("evidence-errors", "骆芳", empty("/desk/t/qh2025a-2/evidence", "上传并归到措施")),
    Scene("series", "骆芳", at("/desk/t/qh2025a-2/series")),
    Scene("progress", "骆芳", at("/desk/t/qh2025a-2/progress")),
    Scene("apply", "骆芳", at("/desk/t/qh2025a-2/apply")),
    Scene("apply-self-check", "骆芳", pressed("/desk/t/qh2025a-2/apply", "先自查")),
    Scene("refused", "骆芳", pressed("/desk/t/qh2025a-2/apply", "申请验收")),
    Scene("findings", "骆芳", at("/desk/t/qh2025a-2#findings")),
    Scene("look-ahead", "骆芳", at("/desk/t/qh2025a-2/look/apply")),
    Scene("pledge", "骆芳", at("/desk/t/qh2025a-2/pledge/apply")),
    Scene("plan", "骆芳", at("/desk/t/qh2025a-2/plan")),
    Scene("sent-to-sign", "骆芳", _sent_to_sign),
    Scene("sign-list", "柯明德", at("/desk/sign")),
    Scene("sign", "柯明德", at("/desk/sign/qh2025a-2")),
    Scene("sign-errors", "柯明德", empty("/desk/sign/qh2025a-2", "签批，申请验收")),
    Scene("today-english", "骆芳", at("/en/desk/")),
    Scene("dossier-english", "骆芳", at("/en/desk/t/qh2025a-2")),
    Scene("dossier-big", "骆芳", at("/big/desk/t/qh2025a-2")),
    Scene("refusal-english", "骆芳", at("/en/desk/t/qh2025a-2/look/apply")),
)
OFFICES = (
    Scene("today-office", "周敏", at("/desk/")),
    Scene("all-tasks", "周敏", at("/desk/?view=all")),
    Scene("findings-to-decide", "周敏", at("/desk/?view=findings")),
    Scene("filter-without-result", "周敏", at("/desk/?view=all&q=没有的")),
    Scene("finding-to-decide", "周敏", at("/desk/t/qh2025a-8")),
    Scene("new-task", "周敏", at("/desk/new")),
    Scene("new-task-draft", "周敏", _drafted),
    Scene("new-task-errors", "周敏", empty("/desk/new/draft", "确认，交办")),
    Scene("plan-to-file", "周敏", at("/desk/t/qh2025b-3/plan")),
    Scene("publish", "周敏", at("/desk/t/qh2025a-10/publish")),
    Scene("forms-of-case", "周敏", at("/desk/t/qh2025a-5/forms")),
    Scene("forms", "周敏", at("/desk/forms")),
    Scene("form-template", "周敏", at("/desk/forms/acceptance")),
    Scene("parcels", "周敏", at("/desk/parcels")),
    Scene("watch", "边晴", at("/desk/t/qh2025a-3/watch")),
    Scene("close", "边晴", at("/desk/t/qh2025a-3/do/close")),
    Scene("overtaken", "边晴", _sent_late),
    Scene("approve-plan", "温若川", at("/desk/t/qh2025b-2/do/approve_plan")),
    Scene("confirm", "温若川", at("/desk/t/qh2025a-5/do/confirm")),
    Scene("accept", "沈启明", at("/desk/accept/qh2025a-8")),
    Scene("dossier-works", "祝予安", at("/desk/t/qh2025a-3")),
    Scene("record", "祝予安", _to_a_record),
    Scene("review", "祝予安", at("/desk/review/qh2025a-9")),
    Scene("review-item", "祝予安", at("/desk/review/qh2025a-9/measure-1")),
    Scene("review-goal", "祝予安", at("/desk/review/qh2025a-9/goal-1")),
    Scene("review-not-now", "祝予安", at("/desk/review/qh2025a-2")),
    Scene("objections", "安可", at("/desk/objections")),
    Scene("objection-to-admit", "安可", _to_the_new_objection),
    Scene("objection-to-answer", "安可", _admitted),
    Scene("objection-answered", "安可", _answered),
    Scene("objection-by-phone", "安可", at("/desk/objections/new")),
    Scene("objection-by-phone-form", "安可", at("/desk/objections/new?notice=notice-qh2025a-3-1")),
    Scene("error-forbidden", "安可", at("/desk/new")),
    Scene("error-not-found-desk", "安可", at("/desk/t/no-such-task")),
)
SCENES = (*PUBLIC, *UNIT, *OFFICES)
