"""When sessions are held, in words: 每周一、周四 for weekly:mon,thu; and the usual ones to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xiaohao.kernel.said import Said, say

_DAYS: Mapping[str, Said] = MappingProxyType(
    {
        "mon": say("周一"),
        "tue": say("周二"),
        "wed": say("周三"),
        "thu": say("周四"),
        "fri": say("周五"),
        "sat": say("周六"),
        "sun": say("周日"),
    }
)
_TIMES: Mapping[str, Said] = MappingProxyType(
    {
        "weekly": say("每周一次"),
        "weekly:2": say("每周两次"),
        "monthly": say("每月一次"),
        "monthly:2": say("每月两次"),
        "quarterly": say("每季一次"),
        "yearly": say("每年一次"),
    }
)
#: The same thing, written with its number.
_ALSO = MappingProxyType({f"{period}:1": period for period in ("weekly", "monthly", "quarterly", "yearly")})
#: What offices usually hold; another one is kept as it was entered or imported.
USUAL = (
    "weekly",
    *(f"weekly:{day}" for day in ("mon", "tue", "wed", "thu", "fri")),
    "weekly:mon,thu",
    "weekly:tue,fri",
    "monthly",
    "monthly:2",
)
CHOICES = (*USUAL, "quarterly", "yearly")


def schedule_words(text: str) -> Said | str:
    """每周一、周四; a schedule that is not in one of the known forms stays as it was written."""
    known = _TIMES.get(_ALSO.get(text, text))
    if known:
        return known
    period, _, days = text.partition(":")
    named = [_DAYS[day] for day in days.split(",") if day in _DAYS]
    if period != "weekly" or len(named) != len(days.split(",")):
        return text
    return say("每{days}", days="、".join(str(day) for day in named))
