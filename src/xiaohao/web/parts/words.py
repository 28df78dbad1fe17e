"""How figures, dates and titles are set: for residents 2026 年 3 月 3 日, in tables 2026-03-03, amounts with their thousands marked."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

import rjieba
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from xiaohao.kernel.said import Said
from xiaohao.kernel.when import CST

#: A title breaks only between words, and not more often than every so many characters.
_SHORTEST_RUN = 4
_OPENS, _CLOSES = "（《“‘「『【〔([", "）》”’」』】〕，。；：、！？)]%"


def say_it(sentence: object) -> str:
    """A sentence in the reader's language: a Said by its pattern and figures, a plain string by the catalogue, "" for nothing."""
    if sentence is None or sentence == "":
        return ""
    if isinstance(sentence, Said):
        pattern = gettext(sentence.pattern)
        return pattern.format(**{name: say_it(value) if isinstance(value, str) else value for name, value in sentence.values.items()})
    return gettext(sentence) if isinstance(sentence, str) else str(sentence)


def to_date(value: object) -> date | None:
    """The day of a date, a moment (in China) or an ISO string; None for anything else, also for a year or month without a day."""
    if isinstance(value, datetime):
        return value.astimezone(CST).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    found = re.match(r"\d{4}-\d{2}-\d{2}", value) if isinstance(value, str) else None
    return date.fromisoformat(found.group()) if found else None


_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def day_in_words(value: object, *, with_year: bool = True) -> str:
    """A date as residents read it: 2026 年 3 月 3 日, or 3 March 2026. A year or a month alone stays one; other text stays as it is."""
    found = to_date(value)
    if found is None:
        return _less_than_a_day(str(value or ""))
    if get_language() == "en":
        return f"{found.day} {_MONTHS[found.month - 1]}" + (f" {found.year}" if with_year else "")
    return (f"{found.year} 年 " if with_year else "") + f"{found.month} 月 {found.day} 日"


def _less_than_a_day(text: str) -> str:
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text)
    if not found:
        return text
    year, month = found.groups()
    if get_language() == "en":
        return f"{_MONTHS[int(month) - 1]} {year}" if month else year
    return f"{year} 年 {int(month)} 月" if month else f"{year} 年"


def moment_in_words(value: object) -> str:
    """A date with its clock time: 2026 年 3 月 3 日 10:18. Text that is no moment stays as it is."""
    moment = _to_moment(value)
    if moment is None:
        return day_in_words(value)
    return f"{day_in_words(moment)} {moment:%H:%M}"


def _to_moment(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    return value.astimezone(CST) if isinstance(value, datetime) else None


def iso_moment(value: object) -> str:
    """A moment as tables print it: 2026-03-03 10:18."""
    moment = _to_moment(value)
    return f"{moment:%Y-%m-%d %H:%M}" if moment else str(value or "")


def amount(value: object) -> str:
    """A figure with its thousands marked and no needless zeros: 1630 is 1,630, 3.20 is 3.2."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value if value is not None else "")
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return f"{int(value):,}"


@lru_cache(maxsize=2048)
def breakable(title: str) -> SafeString:
    """An official title with <wbr> between words, so that a phone never cuts 裸露 in two. Marks stay with the word they belong to."""
    runs = [""]
    for word in rjieba.cut(title):
        opens, closes = word[0] in _OPENS, word[0] in _CLOSES
        full = len(runs[-1]) >= _SHORTEST_RUN
        if runs[-1] and (full or opens) and not closes and not word.isspace() and not _holds_on(runs[-1]):
            runs.append("")
        runs[-1] += word
    return mark_safe("<wbr>".join(escape(run) for run in runs))


def _holds_on(run: str) -> bool:
    """Whether the next word belongs to this run: after an opening mark, after 第, and between a figure and its measure word."""
    last = run.rstrip()[-1:]
    return last in _OPENS or last == "第" or last.isdigit()
