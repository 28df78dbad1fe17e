"""What the system administrator looks at: whether this installation is as it should be. No secret and no case stands here."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

import xiaohao
from xiaohao.acts.clock import machine_now
from xiaohao.kernel.said import Said, say
from xiaohao.records import triggers
from xiaohao.records.models import Account, CalendarYear, JournalEntry, SignedIn
from xiaohao.records.proving import NotYetPublished, published_checkpoint
from xiaohao.records.tiles import TileStore
from xiaohao.web.desk.show import show

#: Bytes of a gigabyte, and free ones under which a disk is nearly full: photographs of one closing come to some hundred megabytes. Ours.
_GIGABYTE, _LITTLE = 10**9, 5


def installation(request: HttpRequest) -> HttpResponse:
    """Version, log, disk, ways out and in, each with whether it is well."""
    return show(request, "installation", {"lines": _lines()})


def _lines() -> list[tuple[Said, str | Said, bool]]:
    entries, published = JournalEntry.objects.count(), _published()
    free = shutil.disk_usage(settings.HOME).free / _GIGABYTE
    lacking = triggers.missing(connection)
    yes, no = say("已配置"), say("未配置")
    return [
        (say("版本"), xiaohao.__version__, True),
        (say("数据库"), connection.vendor, True),
        (say("数据库守卫"), "、".join(lacking) if lacking else say("齐全"), not lacking),
        (say("日志名称"), settings.JOURNAL_ORIGIN, True),
        (say("日志条数，已公布条数"), f"{entries}，{published}", entries == published),
        (say("磁盘余量"), f"{free:.1f} GB", free >= _LITTLE),
        (say("默认规程"), settings.RULEBOOK, True),
        (
            say("自己录入的日历年份"),
            "、".join(str(year) for year in CalendarYear.objects.values_list("year", flat=True)) or say("没有"),
            True,
        ),
        (say("对外网址用 https"), say("是") if settings.SECURE else say("否"), settings.SECURE or settings.DEMO),
        (say("邮件提醒"), yes if settings.MAIL else no, True),
        (say("短信网关"), yes if settings.GATEWAY else no, True),
        (say("统一身份认证"), yes if settings.UNIFIED else no, True),
        (say("启用中的账号"), str(Account.objects.filter(is_active=True).count()), True),
        (say("现在登录着的"), str(SignedIn.objects.filter(account__isnull=False, expire_date__gt=machine_now()).count()), True),
    ]


def _published() -> int:
    try:
        return published_checkpoint(TileStore(settings.JOURNAL_HOME / "public"))[0].size
    except NotYetPublished:
        return 0
