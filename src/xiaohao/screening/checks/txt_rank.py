"""越级口气: the text exercises a power its author does not have (a county holding provincial inspections, summoning city leaders).

Innocent explanations looked for first: the power is named as something received (接受上级督导), reported to or asked of a superior, or quoted
(also without marks, as a notice quotes the measures of the plan);
a county-level city that calls itself 全市. Source: completion texts copied from a superior's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org, Place
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.where import Where
from xiaohao.evidence.folding import one_width
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import quoted

ID = "TXT-RANK"
STAGE = "plan, application"
NEEDS = ("orgs.level", "statements.text", "plans.measures.text")

_LEVELS = ("town", "county", "city", "province", "central")
_LEVEL_WORDS = {"town": say("乡镇级"), "county": say("县级"), "city": say("市级"), "province": say("省级"), "central": say("国家级")}

#: Not all of a realm, but some bodies of it.
_SEVERAL = r"(?:部分|有关|相关|多个|个别|其他|其余|[\d两二三四五六七八九十百几数]+[余多几]?个)"
#: Where only a body of that level commands; from the highest.
_OVER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("central", re.compile(r"全国|各省(?:（|、|级|区|份|市|委|政府|人民政府|自治区)")),
    (
        "province",
        re.compile(
            r"全省|各?设区(?:的)?市|各地级市|各市(?:州|（州）|、州|地|政府|委|人民政府|生态环境局|(?=下发|印发|开展|报送|上报|党委|对|要|务必|整改|落实|的|[，。、；：]|$))|省直|"
            r"省级(?:生态环境保护)?(?:督察|督查|督导|例行|考核|验收|专项|会议|立案|部门|单位)|各市县|市县两级|"
            rf"{_SEVERAL}(?:设区(?:的)?市|地级市|市（?州）?|市、州)|市级(?:领导)?(?:班子|领导干部)"
        ),
    ),
    (
        "city",
        re.compile(
            r"全市|各县(?:（|、|市|区|级|人民|政府|委|生态环境)|各区县|各县区|县（市、区）|各区(?:政府|委|人民)|市直|"
            r"市级(?:生态环境保护)?(?:督察|督查|督导|例行|考核|验收|专项|会议|立案|部门|单位)|"
            rf"{_SEVERAL}(?:县区|区县|县（市、区）|县（区）|县（市）|县级(?:政府|人民政府))"
        ),
    ),
    ("county", re.compile(r"全县|各乡镇|各乡（镇）|各镇(?:（|、|街|政府|人民|村)|县直|县级(?:督察|督查|督导|例行|考核|验收|专项|会议)")),
)
#: Bodies of a level, whatever the words between them and the power: whoever judges, orders or rewards them stands above them.
_BODIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "province",
        re.compile(
            rf"各?设区(?:的)?市|各?地级市|各地市|各市(?![场民直级容政区县]|（[县区]|、[县区])|各?市（州）|各?市、州|各市州|{_SEVERAL}(?:市州|地市)|"
            r"省直|省级(?:部门|单位)|市级(?:领导)?班子|逐市|"
            rf"{_SEVERAL}市(?=的|政府|主要|党政|负责)"
        ),
    ),
    (
        "city",
        re.compile(
            rf"各县(?:（|、|市|区)|各区县|各县区|县（市、区）|各区(?:政府|委)|{_SEVERAL}(?:县区|区县)|市直|市级(?:有关|相关)?(?:部门|单位)|"
            r"(?<=[对令促成谈])(?:了)?市(?!场|民|区|容|政|内|域|县)[\u4e00-\u9fff]{2,8}?局"
        ),
    ),
    ("county", re.compile(r"各乡镇|各乡（镇）|各镇(?:（|、|街|政府)|县直")),
)
_POWER = re.compile(
    r"约谈|督察|督查|督导|巡查|考核|考评|评分|打分|排名|名次|问责|追责|通报|曝光|责成|责令|要求|召集|下发|下达|发出|印发|审批|审定|审核|批复|批准|把关|"
    r"分配|核减|扣减|奖惩|挂牌|派驻|进驻|蹲点|抽查|验收|检查|督办|督促|限期|任免|调度|部署|退回|撤销"
)
#: What goes up or sideways is no power, though it has its words.
_TOWARDS = re.compile(r"(?:(?<!面)向|给|与|和|同)$")
_SENT_DOWN = re.compile(r"下达|下发|发出|派出|派驻|督办|打分|评分|排名|排队")
#: The bodies are what something is done to (对…, 将…, 核定了…), unless it is their own word that is taken up (对市直部门提出的意见…).
_OBJECT = re.compile(r"(?:对|指导|督促|责成|核定|核准|裁定)(?:了)?(?:[\u4e00-\u9fff]{1,6}(?:省|市|州)|全省|全市)?$|[\u4e00-\u9fff]{2}了$")
_ANOTHERS = re.compile(
    r"^[^，。；：\n]{0,8}?(?:意见|建议|反馈|指出|交办|提出|批复|下达|下发|印发|出台|制定|转办|移交|督导|检查|部署)(?:的|问题)"
)
_THANKED = re.compile(r"意见|建议|做法|经验|来水|支持|关心|帮助|表示|感谢")
_BY_US = re.compile(r"由(?:我|本|该局|该县)")
_ASKED = re.compile(r"邀请?|请(?!教)|征求|协调|对接|商请|陪|学习|借鉴|交流|参照|互(?:查|评|检|学)")
#: Leaders of a level, summoned or called to account; whoever does so stands above them.
_CALLED = r"(?:约谈|问责|追责|责成|责令|召集|诫勉|通报批评|提醒谈话|谈话提醒|警示谈话)"
_SUMMONED = _CALLED + r"(?:了|过)?[^，。；：\n]{0,10}?"
_AFTER = r"[^，。；：\n]{0,24}?(?:进行|实施|予以|开展|给予)?(?:了)?(?:提醒(?!函)|" + _CALLED + ")"
_LEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "city",
        re.compile(
            _SUMMONED + r"(?:市(?:委|政府|人民政府)[^，。；：\n]{0,8}(?:领导|负责同志|负责人|书记|市长)|市长|市委书记|市领导|市级领导)"
            r"|对[^，。；：\n]{0,8}?(?:市(?:委|政府|人民政府)[^，。；：\n]{0,8}(?:领导|负责同志|负责人|书记|市长)|市长|市委书记|市领导|市级领导)"
            + _AFTER
        ),
    ),
    (
        "county",
        re.compile(
            _SUMMONED + r"(?:县(?:委|政府|人民政府)[^，。；：\n]{0,8}(?:领导|负责同志|负责人|书记|县长)|县长|县委书记|县领导|县级领导)"
            r"|对[^，。；：\n]{0,8}?(?:县(?:委|政府|人民政府)[^，。；：\n]{0,8}(?:领导|负责同志|负责人|书记|县长)|县长|县委书记|县领导|县级领导)"
            + _AFTER
        ),
    ),
)

_COMMAND = (
    r"(?:约谈|督察|督查|督导|巡查|考核|问责|追责|通报|曝光|责成|责令|勒令|要求|命令|部署|召集|召开|组织|印发|下发|下达|发至|统筹|调度|审批|批准|批复|任免|"
    r"表彰|撤销|挂牌督办|开展|派驻|进驻|抽查|验收|检查|排查|排名|排序|排出名次|评分|打分|考评|蹲点)"
)
#: The command stands just before the realm (印发全省), or the realm is what is acted on (对各设区市开展…), or it is spoken to (全市各级务必…).
_BEFORE = re.compile(_COMMAND + r"(?:了|至|到|对|在|给)?[^，。；：\n]{0,4}$")
_ACTED_ON = re.compile(r"(?:对|在|面向|向|赴|到|组织|要求|责成|督促|指导|率|将|把)(?:[\u4e00-\u9fff]{1,6}(?:省|市|州)|全省|全市)?$")
_COMMANDS = re.compile(_COMMAND)
_SPOKEN_TO = re.compile(r"^[^，。；：\n]{0,12}?(?:务必|必须|不得|应当|要(?!求)|应(?!急)|须)")
#: What turns a power into one received, asked for or told of, in front of it …
_RECEIVED = re.compile(
    r"接受|迎接|迎检|配合|协助|按照|按(?![月季周年期时旬日])|根据|依据|遵照|落实|贯彻|执行|对照|参加|参与|出席|听取|报送|上报|呈报|报请|报告|汇报|请示|提请|申请|争取|"
    r"收到|获|被|由(?!我|本)|位列|位居|名列|排名|列入|纳入|反馈|交办|转办|指导下|领导下|支持下|会同|联合|移送|移交|来我|莅|到我|对我|陪同|承接|承办|"
    r"经|通过|代表|响应|结合|借助|以来$|期间$|后$"
)
#: … or behind it.
_TOLD_OF = re.compile(
    r"^[^，。；：\n]{0,16}?(?:的(?:要求|部署|统一部署|安排|通知|精神|决定)|会议?(?:精神|要求|召开后|部署|后|上)|第[一二三四五六七八九十\d]|前列|率先|推广|领先|"
    r"平均|试点|组(?:进驻|反馈|来|到|交办|指出|要求)|反馈|指出|交办|提出|核定|批复)"
)
#: Somebody above who does it, named in front: 省督察办对各设区市开展督察.
_SUPERIOR = re.compile(
    r"[^对向在到赴约责召组督抽指印下请审\s，、]{0,6}?(?:中央|国家|上级|省里?|自治区|市里?)[\u4e00-\u9fff]{0,12}?"
    r"(?:[督巡考验检]\S{0,2}组|厅|局|委|委员会|政府|整改办|督察办|办公室|领导小组|部门|领导)(?!督办|下发|印发)"
)
_QUOTES = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」")
_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]|[一二三四五六七八九十]+[、是])")
_CLAUSE = re.compile(r"[^，。；：\n]+")

BASIS = say("行文应与作者的职权相符")


@dataclass(frozen=True, slots=True)
class _Power:
    """A power of a higher level at code points `start`..`end` of a text."""

    where: Where
    text: str
    level: str


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per author, with every stretch that speaks above its level."""
    texts = tuple(_texts(case))
    judged = [(author, where, text) for author, where, text in texts if (org := case.find(Org, author)) and org.level in _LEVELS]
    if not judged:
        yield Skipped(ID, case.task.id, say("不知道文字的作者属于哪一级"))
        return
    powers: dict[str, list[_Power]] = {}
    for author, thing, text in judged:
        for power in _powers(case, author, thing, text):
            powers.setdefault(author, []).append(power)
    for author, found in powers.items():
        yield _finding(case, author, found)


def _texts(case: Dossier) -> Iterator[tuple[str, str, str]]:
    """(author, id, text) of the plan's measures and of what the units say; a notice repeats both, so it comes last. A notice that is all there is
    does not say whose the measures are that it quotes, mostly a superior's."""
    plan = case.plan_in_force(case.task.id)
    if plan is not None and not case.is_text:
        yield from ((plan.author, measure.id, one_width(measure.text)) for measure in plan.measures)
    yield from ((s.author, s.id, one_width(s.text)) for s in case.statements_of(case.task.id))


def _powers(case: Dossier, author: str, thing: str, text: str) -> Iterator[_Power]:
    own = case.find(Org, author)
    if own is None:
        return
    quotations = _quotations(case, thing, text)
    given = _given(case, thing)
    for clause in _CLAUSE.finditer(text):
        words = clause.group()
        if any(_unnumbered(words) in other for other in given):
            continue
        for level, found in _above_own(case, own, words):
            start, end = clause.start() + found.start(), clause.start() + found.end()
            if not any(first <= start and end <= last for first, last in quotations) and not _follows_an_order(text, clause.start()):
                yield _Power(Where(thing, clause.start(), clause.end()), words.strip(), level)
                break


def _unnumbered(clause: str) -> str:
    """The clause without （一）, 1. or 一是 at its head."""
    return _NUMBER.sub("", clause.strip())


def _given(case: Dossier, thing: str) -> tuple[str, ...]:
    """What the text may repeat without speaking for itself: the problem, and in a statement the goals and measures of the plans, which are
    judged where they stand."""
    plans = case.plans_of(case.task.id) if case.find(Statement, thing) else ()
    promised = (text for plan in plans for text in (*(g.text for g in plan.goals), *(m.text for m in plan.measures)))
    return tuple(one_width(text) for text in (case.task.problem, *promised))


def _above_own(case: Dossier, own: Org, clause: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Commands in the clause over a realm or bodies of a higher level, and leaders of a higher level that are called to account."""
    rank = _LEVELS.index(own.level)
    for patterns, is_commanded in ((_OVER, _commands), (_BODIES, _judges)):
        for level, pattern in patterns:
            for found in pattern.finditer(clause):
                if _LEVELS.index(level) > rank and not _is_own_realm(case, own, found.group()) and is_commanded(clause, found):
                    yield level, found
    for level, pattern in _LEADERS:
        summoned = pattern.search(clause)
        if summoned and _LEVELS.index(level) > rank and not _is_city(case, own) and not _RECEIVED.search(clause[: summoned.start()]):
            yield _LEVELS[_LEVELS.index(level) + 1], summoned
    if order := _sent_to_a_superior(case, own, clause):
        yield order


def _judges(clause: str, found: re.Match[str]) -> bool:
    """Whether the bodies are what is judged or ordered: they stand behind the power or behind 对, or it is done 由我…."""
    before, after = clause[: found.start()], clause[found.end() :]
    if _RECEIVED.search(before) or _ASKED.search(clause) or _TOLD_OF.search(after) or _SUPERIOR.match(_unnumbered(before)):
        return False
    if _TOWARDS.search(before):
        return before.endswith(("向", "给")) and _SENT_DOWN.search(after) is not None
    if _ANOTHERS.search(after):
        return False
    acted_on = _ACTED_ON.search(before) or _BY_US.search(after)
    is_object = _OBJECT.search(before) is not None and not _THANKED.search(after)
    return bool(is_object or _POWER.search(before) or (acted_on and _POWER.search(after)))


def _sent_to_a_superior(case: Dossier, own: Org, clause: str) -> tuple[str, re.Match[str]] | None:
    """An order that goes to a unit above, by its name: 向景澜市人民政府发出督办函."""
    rank = _LEVELS.index(own.level)
    for org in case.orgs:
        if org.level not in _LEVELS or _LEVELS.index(org.level) <= rank or org.name not in clause:
            continue
        name = re.escape(org.name)
        sent = re.search(
            rf"(?:向|给|对){name}[^，。；：\n]{{0,4}}(?:下发|下达|发出|印发|送达)[^，。；：\n]{{0,6}}(?:督办|整改通知|责令|约谈|警示)",
            clause,
        )
        sent = sent or re.search(
            rf"对{name}[^，。；：\n]{{0,12}}?(?:开展|进行|实施|予以|作出|给予)(?:了)?[^，。；：\n]{{0,6}}(?:督察|督查|督导|考核|检查|约谈|问责|通报|评估|批评|巡查)(?!的|意见|反馈)",
            clause,
        )
        sent = sent or re.search(rf"(?:责令|责成|约谈|问责|督促)(?:了)?{name}", clause)
        if sent and not _RECEIVED.search(clause[: sent.start()]):
            return org.level, sent
    return None


def _commands(clause: str, found: re.Match[str]) -> bool:
    before, after = clause[: found.start()], clause[found.end() :]
    if _RECEIVED.search(before) or _TOLD_OF.search(after) or _SUPERIOR.match(_unnumbered(before)):
        return False
    if before.endswith("向") and not before.endswith("面向") and not _SENT_DOWN.search(after):
        return False
    own_word = found.group().endswith(("督察", "督查", "督导", "考核", "验收", "例行", "专项", "会议", "立案"))
    acted_on = _ACTED_ON.search(before) and (_COMMANDS.search(after) or own_word)
    spoken_to = len(before.strip()) <= 2 and _SPOKEN_TO.search(after)
    return bool(_BEFORE.search(before) or acted_on or spoken_to)


def _follows_an_order(text: str, at: int) -> bool:
    """The clause before says on whose order it is done: 按照市委部署，…"""
    before = text[max(text.rfind(mark, 0, at) for mark in "。；：\n") + 1 : at]
    return re.search(r"(?:按照?|根据|依据|遵照|落实|贯彻|接受|迎接|配合|收到)[^，]*，$", before) is not None


def _quotations(case: Dossier, thing: str, text: str) -> tuple[tuple[int, int], ...]:
    statement = case.find(Statement, thing)
    spans = [(span.start, span.end) for span in statement.spans if span.quotes] if statement else []
    return (*(mark.span() for mark in _QUOTES.finditer(text)), *spans)


def _is_own_realm(case: Dossier, own: Org, words: str) -> bool:
    """A county-level city says 全市, 市直 and 市级 of itself."""
    return _is_city(case, own) and words.startswith(("全市", "市直", "市级"))


def _is_city(case: Dossier, own: Org) -> bool:
    seat = next((org.place for org in case.above(own.id) if org.place), None)
    place = case.find(Place, seat)
    return own.level != "town" and (place.name if place else own.name).endswith("市")


def _finding(case: Dossier, author: str, found: list[_Power]) -> Finding:
    org = case.find(Org, author)
    level = org.level if org else ""
    highest = max((power.level for power in found), key=_LEVELS.index)
    first = found[0]
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        tuple(dict.fromkeys(power.where for power in found)),
        say(
            "本文由{author}单位“{org}”作出，却写有“{words}”，与其层级不符（属{level}职权）。请说明该项工作由谁组织，或更正文字。",
            author=_LEVEL_WORDS.get(level, level),
            org=case.org_name(author),
            words=quoted(first.text),
            level=_LEVEL_WORDS[highest],
        ),
        BASIS,
        {"author_level": level, "power_level": highest, "places": len(found)},
    )
