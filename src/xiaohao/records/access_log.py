"""The access log 审计日志 read back: what its words mean, whether its chain holds, and the lines that somebody asks for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.records.models import AccessEvent
from xiaohao.records.models.filed import instant

#: What stands before the first line.
NOTHING_BEFORE = "0" * 64


class What(StrEnum):
    """What a line is about."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    SESSION_ENDED = "session_ended"
    PROVED_AGAIN = "proved_again"
    DENIED = "denied"
    PERSONAL_DATA = "personal_data"
    EXPORT = "export"
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_REOPENED = "account_reopened"
    INVITED = "invited"
    JOINED = "joined"
    ROLES_ASKED = "roles_asked"
    ROLES_GRANTED = "roles_granted"
    ROLES_DECLINED = "roles_declined"
    ROLES_TAKEN = "roles_taken"
    FACTORS_RESET = "factors_reset"
    UNLOCKED = "unlocked"
    PASSWORD_SET = "password_set"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    CODES_MADE = "codes_made"
    UNIFIED_SET = "unified_set"
    TOKEN_MADE = "token_made"
    TOKEN_USED = "token_used"
    TOKEN_ENDED = "token_ended"


WHAT_WORDS: dict[What, Said] = {
    What.SIGN_IN: say("登录"),
    What.SIGN_OUT: say("退出"),
    What.SESSION_ENDED: say("结束登录"),
    What.PROVED_AGAIN: say("再次验证"),
    What.DENIED: say("越权访问"),
    What.PERSONAL_DATA: say("查看个人信息"),
    What.EXPORT: say("导出"),
    What.ACCOUNT_OPENED: say("开立账号"),
    What.ACCOUNT_CLOSED: say("停用账号"),
    What.ACCOUNT_REOPENED: say("恢复账号"),
    What.INVITED: say("发邀请链接"),
    What.JOINED: say("用邀请链接设密码"),
    What.ROLES_ASKED: say("提出职责变动"),
    What.ROLES_GRANTED: say("同意职责变动"),
    What.ROLES_DECLINED: say("不同意职责变动"),
    What.ROLES_TAKEN: say("收回职责"),
    What.FACTORS_RESET: say("重置第二验证"),
    What.UNLOCKED: say("解除锁定"),
    What.PASSWORD_SET: say("改密码"),
    What.FACTOR_ADDED: say("加第二验证"),
    What.FACTOR_REMOVED: say("删第二验证"),
    What.CODES_MADE: say("换备用码"),
    What.UNIFIED_SET: say("登记统一身份"),
    What.TOKEN_MADE: say("发接口令牌"),
    What.TOKEN_USED: say("用接口令牌"),
    What.TOKEN_ENDED: say("停用接口令牌"),
}


class Result(StrEnum):
    """How it went."""

    DONE = "done"
    FAILED = "failed"
    LOCKED = "locked"
    REFUSED = "refused"


RESULT_WORDS: dict[Result, Said] = {
    Result.DONE: say("成功"),
    Result.FAILED: say("失败"),
    Result.LOCKED: say("已锁定"),
    Result.REFUSED: say("拒绝"),
}


def digest_of(row: AccessEvent) -> str:
    """SHA-256 over the line before and everything in this one."""
    said = {
        "number": row.number,
        "at": instant(row.at),
        "what": row.what,
        "result": row.result,
        "account": row.account_id,
        "about": row.about,
        "address": row.address,
        "previous": row.previous,
    }
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def broken_lines() -> Iterator[int]:
    """Numbers of lines that do not follow from the one before, or whose content is not what its digest says."""
    expected, previous = 0, NOTHING_BEFORE
    for row in AccessEvent.objects.order_by("number").iterator(chunk_size=1000):
        if row.number != expected or row.previous != previous or row.digest != digest_of(row):
            yield row.number
        expected, previous = row.number + 1, row.digest


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of these kinds and results, by people whose name or user name holds the word, between two days, both counted."""

    what: str = ""
    result: str = ""
    who: str = ""
    first: date | None = None
    last: date | None = None


def lines(wanted: Wanted) -> QuerySet[AccessEvent]:
    """The lines, newest first. The page and its exports ask here, so that they never show different ones."""
    rows = AccessEvent.objects.select_related("account__person__org").order_by("-number")
    if wanted.what in set(What):
        rows = rows.filter(what=wanted.what)
    if wanted.result in set(Result):
        rows = rows.filter(result=wanted.result)
    if wanted.who:
        rows = rows.filter(Q(account__person__name__icontains=wanted.who) | Q(account__username__icontains=wanted.who))
    if wanted.first:
        rows = rows.filter(at__gte=_midnight(wanted.first))
    if wanted.last:
        rows = rows.filter(at__lt=_midnight(wanted.last + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CST)
