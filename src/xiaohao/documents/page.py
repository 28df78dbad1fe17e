"""A published text without what the web site put around it: menus, counters, share buttons, and a body that was printed twice.

What the site says about the text (published on, from where) is kept apart from the text itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from xiaohao.evidence.dates import dates
from xiaohao.evidence.folding import Folded, fold


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the body, at folded offsets, without the blanks around it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """`source` as read, its folded form, the lines of the body, and what the site says: when published, by whom (with folded offsets)."""

    source: str
    folded: Folded
    lines: tuple[Line, ...]
    published: date | None = None
    published_at: tuple[int, int] | None = None
    origin: str | None = None
    origin_at: tuple[int, int] | None = None

    def cut(self, start: int, end: int) -> str:
        """The words at folded offsets `start`..`end` as a person would want them quoted: the source itself, or the recognised form where the
        source is in traditional characters or has noise in it."""
        first, last = self.folded.span(start, end)
        source = self.source[first:last]
        clean = self.folded.text[start:end]
        if len(source) != len(clean) or any(a != b and "\u4e00" <= a <= "\u9fff" for a, b in zip(source, clean, strict=True)):
            return clean
        return source


_META = re.compile(
    r"(?:发布(?:日期|时间)|发文日期|成文日期|生成日期|公开日期|信息时间|更新时间|日期|时间|稿源|来源|信息来源|文章来源|发布机构|发布单位|发文机关|公开主体|索引号|信息索引号|信息分类|主题分类|主题词|体裁分类|组配分类|内容分类|文号|发文字号|有效性|公开方式|公开形式|公开范围|"
    r"关键词|名称|编辑|责任编辑|责编|作者|审核|初审|复审|终审|编审|阅读次数|阅读量|阅读|浏览次数|浏览量|浏览|点击(?:数|次数|率|量)?|访问次数|访问量|字号|字体|字体大小|背景颜色|背景色|打印|分享|保护视力色|视力保护色|朗读|收藏|语音播报)[：:\[【]"
)
_FURNITURE = re.compile(
    r"^(?:扫一扫|扫码|(?:用)?微信扫|二维码|分享到?|打印(?:本页)?|关闭(?:窗口)?|收藏|字号|字体|【?(?:字体|字号|打印|关闭)[^\n]{0,30}】?|\[?(?:大|中|小)(?:[ \]】]|$)|上一[篇条]|下一[篇条]|相关(?:链接|文章|阅读|附件|稿件|新闻)|(?:您)?(?:的)?当前(?:的)?位置|首页|网站首页|"
    r"网站地图|版权所有|主办单位?[：:]|承办单位?[：:]|技术支持|ICP备|[^\n]{0,4}ICP备|[^\n]{0,6}公网安备|网站标识码|政府网站标识码|联系我们|无障碍|长者模式|繁体|登录|注册|RSS|English|返回(?:顶部|首页)|打开当前页|在手机(?:上)?(?:打开|查看)|设为首页|加入收藏|"
    r"政务公开|信息公开(?:指南|目录|年报)?|政府信息公开|通知公告|公示公告|公告公示|新闻中心|我要(?:打印|收藏|分享|纠错)|纠错|来源[：:]|编辑[：:]|责任编辑|初审|终审|阅读|浏览|点击|发布(?:时间|日期)[：:]|时间[：:]|附件下载[：:]?$|用手机浏览|手机(?:扫码|查看|版)|Copyright|©|TOP|×|✕|x|\||>|»|·|\*|-{3,}|={3,}|—{3,}|_{3,}|第?\d{1,3}页$|[\w-]+\.(?:png|jpe?g|gif|bmp)$|标题：|- ?\d{1,3} ?-$|— ?\d{1,3} ?—$)"
)
_STAMP = re.compile(r"^(?:[一-鿿]{3,20} )?\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ \d：:]* *")
_BREADCRUMB = re.compile(r"(?:^|[^\d])(?:首页|主页)[^\n。]{0,6}(?:>|»|›|/|-|→)|(?:>|»|›)[^\n。]{1,24}(?:>|»|›)")
_PUBLISHED = re.compile(r"(?:发布(?:日期|时间)|公开日期|信息时间|更新时间|成文日期|发文日期|生成日期|时间|日期)[：:]? ?\[? ?(?=\d{4})")
_ORIGIN = re.compile(
    r"(?:信息来源|文章来源|稿源|来源|发布机构|发布单位|发文机关|公开主体)[：:]\[? ?(?P<name>[^\s：:\]】|]{2,40}?)(?=编辑|责任编辑|责编|作者|阅读|浏览|点击|字号|字体|发布|审核|初审|[\s\]】|]|$)"
)


def read_page(text: str) -> Page:
    """Split `text` into the body's lines and what the site says about it."""
    folded = fold(text)
    lines: list[Line] = []
    furniture: list[Line] = []
    for line in _without_glued_title(_lines(folded.text)):
        (furniture if _is_furniture(line, lines) else lines).append(line)
    published, published_at = _published(furniture)
    origin, origin_at = _origin(furniture)
    return Page(text, folded, tuple(_once(lines, folded.text)), published, published_at, origin, origin_at)


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        bare = raw.strip().strip("|│丨").strip()
        if bare:
            start = at + raw.index(bare)
            lines.append(Line(bare, start, start + len(bare)))
        at += len(raw) + 1
    return lines


_GLUED_TITLE = re.compile(
    r"(?P<title>(?!(?:您的)?当前|[^\n]*[>»›])[^\n：:。]{6,100}?(?:公示|公告|通报|说明|情况))(?= ?\[? ?(?:索引号|信息索引|发布|来源|信息来源|发文|成文|时间：|日期：|文号：|主题分类))"
)


def _without_glued_title(lines: list[Line]) -> list[Line]:
    """The lines, a title cut off from what the site says behind it on the same line."""
    for n, line in enumerate(lines[:3]):
        if (glued := _GLUED_TITLE.match(line.text)) and _META.search(line.text, glued.end()):
            rest = line.text[glued.end() :].lstrip()
            title = Line(glued["title"], line.start, line.start + glued.end("title"))
            return [*lines[:n], title, Line(rest, line.end - len(rest), line.end), *lines[n + 1 :]]
    return lines


def _is_furniture(line: Line, before: list[Line]) -> bool:
    """Site furniture: a line of metadata (two fields or more, or one at the top), a menu, a button. A long sentence never is."""
    text = line.text
    metadata = len(_META.findall(text))
    if metadata >= 2 and len(text) <= 200 and "公示时间" not in text and "公示期" not in text:
        return True
    if len(text) > 60 or text.startswith(("时间：每", "时间安排")):
        return False
    if text.startswith(("时间：", "日期：", "来源：", "作者：", "审核：", "文号：", "名称：", "编辑：")) and len(before) > 4:
        return text.startswith(("编辑：", "审核：", "来源：", "作者："))
    return bool(
        _FURNITURE.match(text) or _BREADCRUMB.search(text) or (metadata == 1 and len(before) <= 2 and _META.match(_STAMP.sub("", text)))
    )


def _published(furniture: list[Line]) -> tuple[date | None, tuple[int, int] | None]:
    for line in furniture:
        if label := _PUBLISHED.search(line.text):
            dated = next(dates(line.text, label.end()), None)
            if dated and dated.first == dated.last:
                return dated.first, (line.start + dated.start, line.start + dated.end)
        dated = next(dates(line.text), None)
        if dated and dated.start == 0 and dated.first == dated.last and _META.search(line.text, dated.end):
            return dated.first, (line.start, line.start + dated.end)  # 2024-03-14 来源：某日报
    return None, None


def _origin(furniture: list[Line]) -> tuple[str | None, tuple[int, int] | None]:
    for line in furniture:
        if found := _ORIGIN.search(line.text):
            return found["name"], (line.start + found.start("name"), line.start + found.end("name"))
    return None, None


#: A body counts as printed twice when this share of the shorter copy is the same text, and it is no shorter than the fewest characters.
_SAME_SHARE, _FEWEST = 0.8, 60


def _once(lines: list[Line], text: str) -> list[Line]:
    """The lines without a second copy of the body (page text and mobile text): the copy starts again with one of the first lines."""
    bodies = [line.text.replace(" ", "") for line in lines]
    for first in range(min(6, len(lines))):
        for again in range(first + 1, len(lines)):
            if len(bodies[first]) >= 8 and bodies[again] == bodies[first] and (same := _same_run(bodies, first, again)):
                return lines[:again] + lines[again + same :]
    return [part for line in lines for part in _halved(line)]


def _same_run(bodies: list[str], first: int, again: int) -> int:
    """How many lines from `again` on repeat the lines from `first` on; 0 when they are too few to be a second copy."""
    run = 0
    while again + run < len(bodies) and first + run < again and bodies[first + run] == bodies[again + run]:
        run += 1
    length = sum(len(body) for body in bodies[first : first + run])
    whole = sum(len(body) for body in bodies[first:again])
    return run if length >= _FEWEST and length >= _SAME_SHARE * whole else 0


def _halved(line: Line) -> list[Line]:
    """A line that says everything twice, cut to once."""
    half, odd = divmod(len(line.text), 2)
    if len(line.text) >= 2 * _FEWEST and line.text[:half].strip() == line.text[half + odd :].strip():
        return [Line(line.text[:half].rstrip(), line.start, line.start + len(line.text[:half].rstrip()))]
    return [line]
