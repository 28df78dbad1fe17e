"""The access log: read, filtered, and carried away as a sheet or as text, always the same lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from xiaohao.documents.ledger.write import harmless, write_ledger
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.hands import ROLE_WORDS
from xiaohao.records.access_log import RESULT_WORDS, WHAT_WORDS, Result, What, broken_lines, lines
from xiaohao.records.models import AccessEvent
from xiaohao.web.desk.forms.accounts import LogForm
from xiaohao.web.desk.show import show
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it

#: Lines of one page, and the most that one file carries: more are asked for by their dates. Ours.
_PAGE, _MOST = 50, 50_000
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(request: HttpRequest) -> HttpResponse:
    """The newest lines first, from a number on."""
    form = LogForm(request.GET or None)
    valid = not form.is_bound or form.is_valid()
    rows = lines(form.wanted())
    count, before = rows.count(), request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(number__lt=int(before))
    shown = list(rows[: _PAGE + 1])
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "errors": () if valid else errors_of(form),
        "rows": [
            (row, WHAT_WORDS.get(What(row.what)), RESULT_WORDS.get(Result(row.result)), row.result, _about(row)) for row in shown[:_PAGE]
        ],
        "count": count,
        "most": _MOST,
        "query": query.urlencode(),
        "more": shown[_PAGE - 1].number if len(shown) > _PAGE else None,
        "broken": next(broken_lines(), None) if "check" in request.GET else None,
        "checked": "check" in request.GET,
    }
    return show(request, "access_log", context, status=200 if valid else 422)


def sheet(request: HttpRequest) -> HttpResponse:
    """The lines asked for, as .xlsx."""
    content = write_ledger(_headers(), _cells(request), title=_("审计日志"), sheet=_("审计日志"))
    return _file(content, _SHEET, "access-log.xlsx")


def text(request: HttpRequest) -> HttpResponse:
    """The lines asked for, as .csv that opens in WPS and Excel with its Chinese whole."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(_headers())
    writer.writerows([harmless(cell) for cell in row] for row in _cells(request))
    return _file("\ufeff".encode() + held.getvalue().encode(), "text/csv; charset=utf-8", "access-log.csv")


def _cells(request: HttpRequest) -> Iterator[list[str]]:
    form = LogForm(request.GET)
    form.is_valid()
    return (_line(row) for row in lines(form.wanted())[:_MOST].iterator(chunk_size=1000))


def _headers() -> list[str]:
    return [_("行号"), _("时间"), _("事项"), _("结果"), _("姓名"), _("用户名"), _("单位"), _("涉及"), _("网络地址"), _("摘要")]


def _line(row: AccessEvent) -> list[str]:
    who, person = row.account, row.account.person if row.account else None
    return [
        str(row.number),
        row.at.astimezone(CST).strftime("%Y-%m-%d %H:%M:%S"),
        say_it(WHAT_WORDS[What(row.what)]),
        say_it(RESULT_WORDS[Result(row.result)]),
        person.name if person else "",
        who.username if who else "",
        person.org.name if person and person.org else "",
        _about(row),
        row.address,
        row.digest,
    ]


#: Words of ours in what a line is about, as people say them; whatever else stands there is a name.
_ABOUT: dict[str, Said] = {
    "password": say("密码登录"),
    "invitation": say("用邀请链接登录"),
    "unified": say("统一身份认证"),
    "demo": say("演示一键登录"),
    "totp": say("手机验证程序"),
    "key": say("安全密钥"),
    **{role.value: words for role, words in ROLE_WORDS.items()},
}


def _about(row: AccessEvent) -> str:
    """What the line is about, our own words in it in the reader's language; the stored line, which the chain covers, stays as it is."""
    return " ".join(say_it(_ABOUT[word]) if word in _ABOUT else word for word in row.about.split(" "))


def _file(content: bytes, media: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
