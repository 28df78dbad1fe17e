"""Pages and JSON for requests that cannot be answered, in the words of the rest of the site."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.web.problems import is_api, problem


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, and what the reader can do."""

    title: Any
    what: Any
    way: Any


#: What SQLite and PostgreSQL say of a lock that was not had in time.
_LOCKED = ("database is locked", "lock timeout")
#: Seconds after which a program may try again. Ours.
_COME_BACK = 60

TROUBLES = {
    400: Trouble(_("这个请求读不懂"), _("地址或表单里有本站不认识的内容。"), _("请返回上一页重新填写；您也可以打电话告诉我们。")),
    403: Trouble(
        _("您不能打开这一页"),
        _("您没有办理这件事的职责，或者这个页面已经打开太久。"),
        _("请返回上一页刷新后再试；需要职责的，请联系本单位的安全管理员。"),
    ),
    404: Trouble(
        _("没有这一页"),
        _("地址可能抄错了一个字，也可能这份公示不在本站。"),
        _("请核对公示单或回执上的地址，或者从首页查找。"),
    ),
    405: Trouble(_("这个地址不能这样用"), _("这个地址不接受这种操作。"), _("请从首页进入，再按页面上的按钮办理。")),
    409: Trouble(_("现在不能办理这一步"), _("有条件还没有满足。"), _("补齐下面列出的各项后可以再次办理。")),
    413: Trouble(_("上传的内容太大"), _("一次上传的内容超过了本站的上限。"), _("请分几次上传，或者先压缩照片。")),
    429: Trouble(_("提交得太快"), _("同一个网络在短时间内提交了很多次。"), _("请过几分钟再提交，或者打电话告诉我们。")),
    503: Trouble(
        _("正有人一次写入很多内容"),
        _("例如导入几万行的台账：写完以前，别的办理要等，等不到的先退回来。什么都没有写进去。"),
        _("请过几分钟按浏览器的“返回”，再提交一次；填过的还在，同一张表提交两次也只办一次。"),
    ),
    500: Trouble(_("本站出了问题"), _("问题在本站，不在您这里。已经记录下来。"), _("请过几分钟再试；着急的事请打电话。")),
}


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: an address under /api/, or an Accept header that prefers JSON."""
    return is_api(request) or request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The answer for `status`, as a page or as JSON; never kept by a cache."""
    if is_api(request):
        return problem(status)
    trouble = TROUBLES[status]
    response: HttpResponse
    if wants_json(request):
        response = JsonResponse({"status": status, "title": str(trouble.title), "detail": f"{trouble.what}{trouble.way}"}, status=status)
    else:
        response = render(request, "errors/error.html", {"status": status, "trouble": trouble}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def refused_json(refused: Refused) -> JsonResponse:
    """409 with every unmet gate, for programs (the same list as on the page)."""
    body = {"status": 409, "title": str(TROUBLES[409].title), "step": refused.step, "unmet": [unmet_json(unmet) for unmet in refused.unmet]}
    return JsonResponse(body, status=409, headers={"Cache-Control": "no-store"})


def unmet_json(unmet: Unmet) -> dict[str, str]:
    """An unmet gate for programs: its sentences in Chinese, as they are stored and counted."""
    return {field.name: str(getattr(unmet, field.name)) for field in fields(unmet)}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw; but a database in which somebody else is writing is busy, and not broken."""
    if not _is_busy(sys.exc_info()[1]):
        return error_page(request, 500)
    response = error_page(request, 503)
    response.headers["Retry-After"] = str(_COME_BACK)
    return response


def _is_busy(error: BaseException | None) -> bool:
    """Whether a write waited its time (settings.database) and did not get the lock."""
    return isinstance(error, OperationalError) and any(words in str(error) for words in _LOCKED)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403)
