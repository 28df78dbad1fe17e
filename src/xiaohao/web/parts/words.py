"""How figures, dates and titles are set: for residents 2026 年 3 月 3 日, in tables 2026-03-03, amounts with their thousands marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from numbers import Number
from types import MappingProxyType

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
    return _said(sentence, _as_it_is)


def said_marked(sentence: object) -> SafeString:
    """The same as HTML. On English pages what stays Chinese, because officials wrote it (names, titles, quotations), carries its language."""
    return mark_safe(_said(sentence, _marked))


def _said(sentence: object, kept: Callable[[str], str]) -> str:
    if sentence is None or sentence == "":
        return ""
    if isinstance(sentence, Said):
        values = {name: value if isinstance(value, Number) else _said(value, kept) for name, value in sentence.values.items()}
        pattern = _singular(gettext(sentence.pattern), sentence.values) if get_language() == "en" else gettext(sentence.pattern)
        return (pattern if kept is _as_it_is else escape(pattern)).format(**values)
    return _plain(sentence, kept) if isinstance(sentence, str) else kept(str(sentence))


def _plain(words: str, kept: Callable[[str], str]) -> str:
    """A string without a pattern: a word of ours by the catalogue; numerals and rows of figures as English has them; else as officials wrote it."""
    if get_language() != "en":
        return kept(gettext(words))
    found = gettext(words)
    if found == words and _NUMERAL.fullmatch(words):
        found = str(_figure(words))
    return kept(found if _HAN.search(found) else found.replace("、", ", "))


def _as_it_is(words: str) -> str:
    return words


def _marked(words: str) -> str:
    if get_language() == "en" and _HAN.search(words):
        return f'<span lang="zh-Hans">{escape(words)}</span>'
    return escape(words)


_HAN = re.compile(r"[\u3400-\u9fff]")
_DIGITS = "零一二三四五六七八九"
_NUMERAL = re.compile(f"(?:[{_DIGITS}]|[一二三四五六七八九]?十[一二三四五六七八九]?)")


def _figure(numeral: str) -> int:
    """十二 is 12; findings number measures as officials do, 0 to 99."""
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)


#: English plurals that a figure of one puts right; patterns of `say` have no plural forms of their own.
_SINGULARS: Mapping[str, str] = MappingProxyType({"entries": "entry", "people": "person", "copies": "copy", "times": "time"})
_PLURAL = re.compile(
    r"\{(\w+)\} ((?:working |other )?)(leads|days|months|records|photos|entries|people|copies|times|measures|tasks|gaps|files|things"
    r"|objections|hours|minutes|units|goals|places|claims|rows|pages)\b"
)


def _singular(pattern: str, values: Mapping[str, object]) -> str:
    def one(found: re.Match[str]) -> str:
        name, between, noun = found.groups()
        if values.get(name) != 1:
            return found.group()
        return f"{{{name}}} {between}{_SINGULARS.get(noun, noun[:-1])}"

    return _PLURAL.sub(one, pattern)


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
