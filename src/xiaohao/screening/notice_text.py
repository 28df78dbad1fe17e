"""What a notice prints about itself: task numbers, the quoted problem, responsible units, the publicity period, phones, the date below.

Only what NOTICE-LINT holds side by side; reading a whole notice into fields is the documents room's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiaohao.evidence.folding import Folded, fold
from xiaohao.evidence.numerals import NUMBER, number, ordinal

_COUNT = r"[一二三四五六七八九十百零〇\d]+(?:[-.]\d+)?"
#: An ordinal counts as the task's number only beside the word 任务 or 问题, or opening a line: 第一项措施 is none.
_TASK_NUMBER = (
    re.compile(rf"(?:整改)?(?:任务|问题)(?:清单|台账)?[^，。；：\n“”《》\d第]{{0,4}}第(?P<no>{_COUNT})[项号个]"),
    re.compile(rf"第(?P<no>{_COUNT})[项号个](?:督察|反馈|交办|整改)*(?:任务|问题)(?!措施)"),
    re.compile(rf"(?:^|\n)\s*第(?P<no>{_COUNT})项[：:“]"),
)
_PROBLEM = re.compile(r"第[^\n：“]{1,8}项：?“(?P<text>[^”]{8,})”|关于“(?P<about>[^”]{8,})”的?问题")
#: A problem under its label, without quotation marks: 一、反馈问题：…, 【问题】….
_LABELLED = re.compile(
    r"(?:^|\n)\s*(?:[一二三四五六七八九十\d]{1,3}[、.．]\s*|【)?(?:督察|整改|存在|交办|具体)?(?:反馈|存在|整改)?(?:的)?问题(?:描述|内容|概述|原文)?(?:】\s*：?|：)\s*"
    r"(?P<text>[^\n“”]{12,})"
)
_UNITS = re.compile(
    r"(?:^|\n|[。；])[^\n：。；]{0,4}(?:整改)?(?:责任|实施|牵头)(?:单位|主体|部门)(?:】|：|。|\s*\n| +)\s*(?P<names>[^\n。]{2,80})"
)
_DAY = r"(?:(?P<y{n}>\d{{4}})年)?(?P<m{n}>\d{{1,2}})月(?P<d{n}>\d{{1,2}})日"
_PERIOD = re.compile(
    rf"公示(?:期限|期间|时间|期)?[^\n。，]{{0,8}}?{_DAY.format(n=1)}(?:起)?(?:至|到|-|—+|~){_DAY.format(n=2)}(?:止)?(?:[^\n。]{{0,8}}?(?:共|为期|计)(?P<days>\d+|[一二三四五六七八九十]+)个?(?P<unit>工作日|天|日))?"
)
_PHONE = re.compile(r"(?:电话|热线|手机|传真)[^\d\n]{0,10}(?P<phone>(?:0\d{2,3}[-— ]?)?\d{7,8}|1\d{10}|12\d{3})(?!\d)")
_SIGNED = re.compile(r"(?:^|\n)[^\n]{0,40}?(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日\s*$")


@dataclass(frozen=True, slots=True)
class Printed:
    """Something printed at code points `start`..`end` of the source; `value` is its plain form."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The folded text of a notice, ready to be asked."""

    source: str
    folded: Folded

    @classmethod
    def of(cls, text: str) -> NoticeText:
        return cls(text, fold(text))

    @property
    def title_end(self) -> int:
        """Where the title ends: the first line, when it reads like a title; 0 where the text begins at once."""
        first = self.folded.text.lstrip("\n").partition("\n")[0]
        is_title = len(first) <= 60 and not first.rstrip().endswith(("。", "：")) and re.search(r"公示|公告|公开|情况|通告", first)
        return self.folded.text.index(first) + len(first) if first and is_title else 0

    def task_numbers(self) -> tuple[tuple[Printed, ...], tuple[Printed, ...]]:
        """(in the title, in the body), in order of appearance."""
        found = sorted(self._numbers(), key=lambda one: one[0])
        return tuple(p for at, p in found if at < self.title_end), tuple(p for at, p in found if at >= self.title_end)

    def _numbers(self) -> Iterator[tuple[int, Printed]]:
        for pattern in _TASK_NUMBER:
            for found in pattern.finditer(self.folded.text):
                if value := ordinal(found["no"]):
                    yield found.start("no"), self._printed(value, *found.span("no"))

    def problems(self) -> tuple[Printed, ...]:
        """Quoted problem texts. What a title quotes after the number is the task's short title, no quotation of the problem."""
        quotations = [found for found in _PROBLEM.finditer(self.folded.text) if found["about"] or found.start() >= self.title_end]
        spans = [found.span("text" if found["text"] else "about") for found in quotations]
        return tuple(self._printed(self.folded.text[start:end], start, end) for start, end in spans)

    def labelled_problems(self) -> tuple[Printed, ...]:
        """Problem texts under their label without marks of quotation."""
        return tuple(self._printed(found["text"].strip(), *found.span("text")) for found in _LABELLED.finditer(self.folded.text))

    def units(self) -> tuple[Printed, ...]:
        """The line of responsible units, whole."""
        return tuple(self._printed(found["names"].strip(), *found.span("names")) for found in _UNITS.finditer(self.folded.text))

    def period(self) -> tuple[date, date, int | None, Printed] | None:
        """The printed publicity period with its number of days, or None where there is none or it is no date."""
        found = _PERIOD.search(self.folded.text)
        if not found or not found["y1"]:
            return None
        try:
            start = date(int(found["y1"]), int(found["m1"]), int(found["d1"]))
            crosses = not found["y2"] and int(found["m2"]) < int(found["m1"])  # 12月28日至1月3日
            end = date(int(found["y2"] or found["y1"]) + crosses, int(found["m2"]), int(found["d2"]))
        except ValueError:
            return None
        days = number(found["days"]) if found["days"] and found["unit"] else None
        return start, end, int(days) if days else None, self._printed(found.group(), *found.span())

    def phones(self) -> tuple[Printed, ...]:
        """Phone numbers as digits."""
        return tuple(self._printed(re.sub(r"\D", "", found["phone"]), *found.span("phone")) for found in _PHONE.finditer(self.folded.text))

    def signed_on(self) -> tuple[date, Printed] | None:
        """The last date that closes a line: the date below the signature."""
        for line in reversed(self.folded.text.split("\n")):
            if found := _SIGNED.search(line):
                at = self.folded.text.rindex(line)
                try:
                    day = date(int(found["y"]), int(found["m"]), int(found["d"]))
                except ValueError:
                    return None
                return day, self._printed(found.group().strip(), at + found.start("y"), at + found.end("d"))
        return None

    def _printed(self, value: str, start: int, end: int) -> Printed:
        first, last = self.folded.span(start, end)
        return Printed(value, first, last)


_MARKS = re.compile(r"[\s，。、；：！？“”‘’\"'（）()《》\-—~·,.;:!?…]")


def plain(text: str) -> str:
    """A text for comparing: one width, no marks, Chinese numerals as figures, units in one spelling."""
    folded = fold(text).text.replace("毫克/升", "mg/L").replace("微克/立方米", "ug/m3")
    figures = re.sub(NUMBER, lambda found: f"{value:g}" if (value := number(found.group())) is not None else found.group(), folded)
    return _MARKS.sub("", figures)


def parts_of(text: str) -> tuple[str, ...]:
    """The stretches of a quotation between ellipses (……)."""
    return tuple(part for part in re.split(r"…+|\.{3,}|省略", text) if part.strip())
