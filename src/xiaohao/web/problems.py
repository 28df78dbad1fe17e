"""Answers of the API that are no success, as RFC 9457 has it: `application/problem+json` with a kind, a sentence and, where there are some, details."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

MEDIA = "application/problem+json"
#: What begins the `type` of every kind of problem.
KINDS = "urn:xiaohao:problem:"

#: status -> (kind, title, what to do about it).
_TOLD: dict[int, tuple[str, Any, Any]] = {
    400: ("unreadable", _("请求读不懂"), _("请核对请求的格式和编码。")),
    401: ("no-token", _("没有令牌，或者令牌无效"), _("请在 Authorization 头里写 Bearer 和令牌；令牌在“我的账号”里发。")),
    403: ("not-allowed", _("令牌办不了这件事"), _("账号要有相应职责，令牌要有相应权限。")),
    404: ("not-found", _("没有，或者您看不到"), _("请核对编号；看不到的和没有的，回答一样。")),
    405: ("method", _("这个地址不接受这种方法"), _("能用的方法在 Allow 头里。")),
    409: ("refused", _("现在不能办理"), _("有条件还没有满足。")),
    413: ("too-large", _("内容太大"), _("请分几次发送。")),
    422: ("invalid", _("填的内容有错"), _("每一处错误列在 errors 里。")),
    429: ("too-fast", _("请求太快"), _("请过一会儿再试，等多少秒写在 Retry-After 头里。")),
    503: ("busy", _("正有人一次写入很多内容"), _("什么都没有写进去。请过一会儿用同一个幂等键再试，等多少秒写在 Retry-After 头里。")),
    500: ("fault", _("本站出了问题"), _("问题在本站，已经记录。请过一会儿再试。")),
}


def is_api(request: HttpRequest) -> bool:
    """Whether the address is one of the API's."""
    return request.path_info.startswith("/api/")


def problem(status: int, *, kind: str = "", detail: str = "", headers: Mapping[str, str] | None = None, **more: Any) -> JsonResponse:
    """The answer for `status`; `more` are further members of the problem. No cache keeps it."""
    usual, title, told = _TOLD[status]
    body = {"type": KINDS + (kind or usual), "title": str(title), "status": status, "detail": detail or str(told), **more}
    response = JsonResponse(body, status=status, content_type=MEDIA, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response
