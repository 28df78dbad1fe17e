"""Who issued a notice and when: the signature lines at its end, else its title, else what the site says.

A media outlet that carried a text is not its issuer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiaohao.documents.page import Line, Page
from xiaohao.evidence.dates import Dated, dates

#: The signature is looked for in so many last lines of the body.
LAST_LINES = 10

_NAME = re.compile(
    r"(?:中共)?[一-鿿“”（） 、]{2,50}(?:办公室|领导小组|委员会|管委会|政府|局|厅|委|办|中心|部|专班|公司|集团|街道|镇|乡|院|站|支队|督察组|指挥部|处|所|县|市|区|开发区|园区|工作组|整改办)(?:（盖章）|（公章）|（印章）)?"
)
_LONE_START = re.compile(r"^(?:整改|工作|领导小组|督察|反馈|办公室|“?回头看|及|生态环境保护督察|环境保护督察|专项)")
_MEDIA = re.compile(r"(?:报|网|台|社|客户端|融媒体?中心|日报|晚报|微信|发布|在线|频道|公众号|本站|原创|互联网)$|新闻|电视")
_TITLE_ISSUER = re.compile(
    r"^(?P<name>[一-鿿（） ]{3,60}?)(?:关于|公示$|公告$|通报$|(?<=[局厅委府办司会])第[一二三四五六七八九十百\d]{1,4}[项号])"
)
_BODY_END = re.compile(r"(?:局|厅|委|府|办|办公室|领导小组|管委会|委员会|中心|公司|县|市|区|部|处|队)$")


@dataclass(frozen=True, slots=True)
class Signature:
    """Issuer and issue date with folded offsets; the date as exact as printed. None where the text does not say."""

    issuer: str | None = None
    issuer_at: tuple[int, int] | None = None
    issued: Dated | None = None


def signature_of(page: Page) -> Signature:
    """The signature at the end of the body."""
    last = _before_appendix(page.lines)[-LAST_LINES:]
    for n in range(len(last) - 1, -1, -1):
        if found := _signed_line(last, n):
            return found
    for line in last[-1:]:  # signed without a date
        if _NAME.fullmatch(line.text) and len(line.text) >= 5 and not re.search(r"[：，。]", line.text) and len(page.lines) > 3:
            return Signature(_clean(line.text), (line.start, line.end), _under_title(page.lines))
    for n in range(len(page.lines) - 1, 0, -1):  # signed before a table that hangs on behind
        line = page.lines[n]
        if len(line.text) <= 14 and _is_name(page.lines[n - 1].text) and (found := _signed_line(page.lines, n)):
            return found
    return Signature(issued=_under_title(page.lines))


def _under_title(lines: tuple[Line, ...]) -> Dated | None:
    """The date that stands alone under the title, where some put it instead of below the text."""
    for line in lines[1:4]:
        dated = next(dates(line.text), None)
        if dated and dated.iso and dated.first == dated.last and line.text.strip("（） ") == dated.text:
            return Dated(dated.text, dated.first, dated.last, dated.iso, line.start + dated.start, line.start + dated.end)
    return None


def _signed_line(lines: tuple[Line, ...], n: int) -> Signature | None:
    """A signature whose date stands on line `n`, alone or behind the name."""
    line = lines[n]
    dated = next((d for d in dates(line.text) if line.text[d.end :].strip(" 。）日发印前") == ""), None)
    if dated is None:
        return None
    before = re.sub(r"(?:^|（)(?:公示|发布|签发|发文|落款)?(?:日期|时间)：?$", "", line.text[: dated.start]).strip(" （，：")
    placed = Dated(dated.text, dated.first, dated.last, dated.iso, line.start + dated.start, line.start + dated.end)
    if not before:
        issuer, at = _name_above(lines, n)
        if issuer is None and n + 1 < len(lines) and _is_name(lines[n + 1].text):
            issuer, at = _clean(lines[n + 1].text), (lines[n + 1].start, lines[n + 1].end)
        return Signature(issuer, at, placed)
    tail = re.split(r"[。；：]", before)[-1].strip()
    tail = _BEHIND_A_NUMBER.sub("", tail)
    if _is_name(tail):
        begin = line.start + line.text.rindex(tail)
        return Signature(_clean(tail), (begin, begin + len(tail)), placed)
    return None


#: A telephone may run into the name that signs: 0547-8120091柏湾县交通运输局2023年12月4日.
_BEHIND_A_NUMBER = re.compile(r"^[\d\- ]{5,}(?=[一-鿿]{4})")


def _is_name(text: str) -> bool:
    return (bool(_NAME.fullmatch(text)) and len(text) >= 4) or text in {"办公室", "领导小组", "管委会", "委员会"}


def _name_above(lines: tuple[Line, ...], n: int) -> tuple[str | None, tuple[int, int] | None]:
    """The name over the date; a name broken over two lines is joined, dates printed twice are passed over."""
    at = n - 1
    while at >= 0 and next(dates(lines[at].text), None) and len(lines[at].text) <= 16:
        at -= 1
    if at < 0 or not _is_name(lines[at].text):
        return None, None
    name, start = lines[at].text, lines[at].start
    above = lines[at - 1].text if at else ""
    if (
        above
        and len(above) <= 30
        and re.fullmatch(r"[一-鿿“”（）、 ]+", above)
        and (_LONE_START.match(name) or (len(name) <= 8 and not _BODY_END.search(above)))
        and not above.endswith(("公示", "监督"))
    ):
        name, start = above + name, lines[at - 1].start
    elif (
        above
        and _is_name(above)
        and len(above) <= 30
        and at >= 1
        and not re.search(r"\d", above)
        and above != name
        and not _labelled(lines, at - 1)
    ):
        return _clean(above) + "、" + _clean(name), (lines[at - 1].start, lines[at].end)
    return _clean(name), (start, lines[at].end)


def _labelled(lines: tuple[Line, ...], at: int) -> bool:
    """Whether the line belongs to a label above it (受理部门 on one line, its name on the next)."""
    return at > 0 and bool(re.search(r"(?:单位|部门|机构|地址|方式|人|主体)[：:]?$", lines[at - 1].text))


def _clean(name: str) -> str:
    return re.sub(r"（(?:盖章|公章|印章)）", "", name).strip(" ，。")


def without_signature(lines: tuple[Line, ...], signature: Signature) -> tuple[Line, ...]:
    """The body's lines without the name and the dates that sign it; they belong to no part of the text."""
    spans = [signature.issuer_at] if signature.issuer_at else []
    if signature.issued:
        spans.append((signature.issued.start, signature.issued.end))
    dated = signature.issued.text if signature.issued else None
    signing = {
        line
        for line in lines
        for start, end in spans
        if start <= line.start < end or (line.start <= start < line.end and _SIGNING_LINE.search(line.text))
    }
    return tuple(line for line in lines if line not in signing and line.text != dated)


#: A line that signs holds a name and a date and no sentence.
_SIGNING_LINE = re.compile(r"^[^：。；]{4,70}$")


def _before_appendix(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines before an appendix, which comes behind the signature."""
    at = next((n for n, line in enumerate(lines) if n > 3 and re.fullmatch(r"附 ?件 ?[\d一二三四五]{0,2}：?|附表\d?：?", line.text)), None)
    return lines[:at]


def issuer_in_title(title: str) -> str | None:
    """中共景澜市委 景澜市人民政府关于…的通报 names its issuers; a title that begins with 关于 does not."""
    found = _TITLE_ISSUER.match(title)
    if not found or not _BODY_END.search(found["name"].strip()):
        return None
    return re.sub(r" +", "、", found["name"].strip())


def is_a_body(origin: str) -> bool:
    """Whether the site's 来源 is a body that may have issued the text, rather than a medium that carried it."""
    return bool(_BODY_END.search(origin)) and not _MEDIA.search(origin)
