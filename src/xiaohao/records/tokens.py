"""Tokens of other systems: what each may be used for, whose they are, and which still work."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from xiaohao.kernel.said import Said, say
from xiaohao.records.models import ApiToken

#: Days for which a token may work; its owner chooses one. Ours: a year at most, so that a forgotten one ends by itself.
LIFETIMES = (30, 90, 180, 365)
#: Tokens of one account that work at the same time. Ours.
MOST_TOKENS = 20
#: What every token begins with, so that people and scanners of leaked secrets know one when they see it.
BEGINS = "xiaohao_"


class Scope(StrEnum):
    """What a token may be used for, at most; what the account may not do, no token of it may."""

    READ_CASES = "read:cases"
    WRITE_REGISTERS = "write:registers"
    WRITE_STATEMENTS = "write:statements"
    SUBMIT = "submit"


SCOPE_WORDS: dict[Scope, Said] = {
    Scope.READ_CASES: say("读任务、案卷、疑点和登记"),
    Scope.WRITE_REGISTERS: say("补登记、存文件"),
    Scope.WRITE_STATEMENTS: say("报进展、答复调度和疑点、存草稿"),
    Scope.SUBMIT: say("申请验收"),
}


def working(at: datetime) -> Q:
    """Tokens that are neither ended nor over at that moment."""
    return Q(ended_at=None, expires_at__gt=at)


def all_tokens() -> QuerySet[ApiToken]:
    """Every token there ever was with its account, newest first."""
    return ApiToken.objects.select_related("account__person__org").order_by("-made_at", "-pk")


def stands(token: ApiToken, at: datetime) -> str:
    """How a token stands: works, ended or over."""
    if token.ended_at:
        return "ended"
    return "works" if token.expires_at > at else "over"
