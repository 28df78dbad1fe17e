"""外地名称: a place, river or unit that is neither the author's own, below it, nor above it appears as the place of work or the acting unit.

Innocent explanations looked for first: study trips and cross-border cooperation; contractors and laboratories named after another place; names
already in the quoted problem; superior units; a name that the author's own tree knows as well. Source: texts copied from another county's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org, Place
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import TaskList
from xiaohao.dossier.where import Where
from xiaohao.evidence.folding import one_width
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import quoted

ID = "TXT-FOREIGN"
STAGE = "plan, application"
NEEDS = ("places tree", "orgs tree", "statements.text", "plans.measures.text", "tasks.problem")

#: Units that do not act for a place, whatever it is called after.
_HIRED = frozenset({"contractor", "lab", "enterprise", "expert"})
_FIRM_AFTER = re.compile(
    r"^[^，。；、：\n“”（）()]{0,16}?(?:公司|集团|检测|监测中心|研究院|研究所|设计院|勘察院|大学|学院|实验室|事务所|监理所|合作社|经营部|厂)"
)
#: Sentences in which another place may rightly stand: travel and cooperation …
_TOGETHER = re.compile(
    r"考察|借鉴|取经|观摩|交流|参观|外出|赴|前往|到[^，。；]{0,12}学习|学习[^，。；]{0,12}(?:经验|做法|模式)|来访|来我|联防|联控|联治|联动|联合|协同|共治|跨界|跨县|跨市|"
    r"跨区|跨省|协作|会商|磋商|共建|派员|派出技术|(?:去|到|往)[^，。；]{0,12}(?:看了|看过|参看|取经|考察|跟班)|邀请|请来|请[^，。；]{0,14}(?:来|授课|讲课|指导|培训)|同行|走访|调研|联席|会议|专家|技术骨干|技术人员|支援|支持我|增援|借调|调来|调运|协助"
)
#: … and clauses: what lies upstream, what comes from or goes there, who was hired there or moved from there.
_BESIDE = re.compile(
    r"经验|做法|协议|毗邻|交界|接壤|相邻|邻县|邻市|上游|下游|流入|流出|汇入|来水|入境|出境|转运|运往|送往|运至|外运|外送|委托|接收|移交|户籍|籍贯|调任|挂职|对标|参照|"
    r"原(?:属|在|址)|搬迁|迁(?:往|至|入|出)|处置(?:厂|中心|场)|采购|购自|购进|购买|购置|来自|产自|产于|产的|运来|供货|供应|供给|提供|受托|销往|曾在|任职|毕业|就职|从事|"
    r"至[^，。；]{0,10}处置|由[^，。；]{0,10}转来"
)

#: Words straight before the name: where people went, whom they met or followed, whence something came: no place of work …
_TOWARDS_IT = re.compile(
    r"(?:到|去|赴|往|驻|与|同|向|接到|收到|借用|借来|邀约|邀请|约请|请|对标|参照|学习|借鉴|来自|距|离)(?:了)?(?:毗邻|相邻|邻近|周边|兄弟)?(?:的)?$"
)
#: … unless it is one end of a stretch (从…到…), or work is done there.
_STRETCH = re.compile(r"从|自|起")
_WORK_THERE = re.compile(r"(?:施工|建成|完成|建设|清理|清运|整治|拆除|安装|铺设|修复|管护|巡查|全部销号)(?!效果|成果|成效|经验|情况)")

BASIS = say("完成情况和方案应写本地、本任务的地点和单位")

#: A foreign name of fewer signs is a word by chance.
SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that somebody answers for: a statement, or a measure of a plan."""

    id: str
    text: str
    author: str
    own: str  # what the author may quote: problem, plan


@dataclass(frozen=True, slots=True)
class _Found:
    """A foreign name in a text at code points `start`..`end`."""

    name: str
    place: Place
    where: Where


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per foreign name, with every place of the file where it stands."""
    own = _own_places(case)
    foreign = {place.id: place for place in case.places if place.id not in own and place.kind != "office"}
    if not own or not foreign:
        yield Skipped(ID, case.task.id, _lacking(case, own))
        return
    names = _names(case, own, foreign)
    found: dict[str, list[_Found]] = {}
    for text in _texts(case):
        for one in _foreign_in(case, text, names):
            found.setdefault(one.name, []).append(one)
    for name, places in sorted(found.items()):
        yield _finding(case, name, places)


def _lacking(case: Dossier, own: frozenset[str]) -> str:
    if not case.places:
        return say("案卷没有地名树（places）")
    if not own:
        return say("案卷没有写责任单位在地名树的哪里（orgs 的 place，或任务的 places）")
    return say("案卷的地名树里没有别处的地名可以对照（places）")


def _texts(case: Dossier) -> Iterator[_Text]:
    """The plan's measures may repeat the problem; statements the problem, goals and measures too, which are judged for themselves."""
    task = case.task
    plan = case.plan_in_force(task.id)
    if plan is not None:
        yield from (_Text(measure.id, one_width(measure.text), plan.author, task.problem) for measure in plan.measures)
    promised = "\n".join(
        [task.problem, task.title or "", *(g.text for g in case.goals_of(task.id)), *(m.text for m in case.measures_of(task.id))]
    )
    yield from (_Text(s.id, one_width(s.text), s.author, promised) for s in case.statements_of(task.id))


def _own_places(case: Dossier) -> frozenset[str]:
    """Places of the author, the owner, the list and the task; what is above and what is below them."""
    task = case.task
    named = case.find(TaskList, task.list)
    plan = case.plan_in_force(task.id)
    orgs = [
        task.owner,
        *task.co_owners,
        named.org if named else None,
        *(s.author for s in case.statements_of(task.id)),
        plan.author if plan else None,
    ]
    roots = [place for one in orgs if one for place in _seat(case, one)]
    roots += [one for one in (*task.places, *(p for m in case.measures_of(task.id) for p in m.places)) if case.find(Place, one)]
    superior = {one for root in roots for one in _above(case, root)}
    children = _children(case)
    below: set[str] = set()
    for root in roots:
        below |= _below(root, children)
    return frozenset(superior | below)


def _seat(case: Dossier, org_id: str) -> tuple[str, ...]:
    """The place that a unit answers for: its own, else that of the nearest unit above it."""
    return next(((org.place,) for org in case.above(org_id) if org.place), ())


def _above(case: Dossier, place_id: str | None) -> Iterator[str]:
    seen: set[str] = set()
    while (place := case.find(Place, place_id)) and place.id not in seen:
        seen.add(place.id)
        yield place.id
        place_id = place.parent


def _children(case: Dossier) -> Mapping[str, list[str]]:
    children: dict[str, list[str]] = {}
    for place in case.places:
        if place.parent:
            children.setdefault(place.parent, []).append(place.id)
    return children


def _below(root: str, children: Mapping[str, list[str]]) -> set[str]:
    below, waiting = set(), [root]
    while waiting:
        one = waiting.pop()
        if one not in below:
            below.add(one)
            waiting += children.get(one, [])
    return below


@dataclass(frozen=True, slots=True)
class _Names:
    """All names at once, longest first; `foreign` are those that mean a foreign place and nothing else."""

    pattern: re.Pattern[str]
    foreign: Mapping[str, Place]


def _names(case: Dossier, own: frozenset[str], foreign: Mapping[str, Place]) -> _Names:
    ours = {name for place in case.places if place.id in own for name in (place.name, *place.aliases)}
    hired = {name for org in case.orgs if org.kind in _HIRED for name in (org.name, *org.aliases)}
    units = {name for org in case.orgs if org.kind not in _HIRED and _acts_for_us(case, org, own) for name in (org.name, *org.aliases)}
    theirs = {
        name: place
        for place in foreign.values()
        for name in (place.name, *place.aliases)
        if len(name) >= SHORTEST_NAME and name not in ours
    }
    every = sorted({*ours, *hired, *units, *theirs}, key=lambda name: (-len(name), name))
    return _Names(_alternatives(tuple(name for name in every if name)), theirs)


@cache
def _alternatives(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, names)))


def _acts_for_us(case: Dossier, org: Org, own: frozenset[str]) -> bool:
    seat = _seat(case, org.id)
    return not seat or seat[0] in own


def _foreign_in(case: Dossier, text: _Text, names: _Names) -> Iterator[_Found]:
    for match in names.pattern.finditer(text.text):
        place = names.foreign.get(match.group())
        if place is None or match.group() in text.own or _is_quoted(case, text, match.start(), match.end()):
            continue
        around = [_around(text.text, match.start(), match.end(), marks).replace(match.group(), "") for marks in ("。；\n", "。；\n，、：")]
        clause = _around(text.text, match.start(), match.end(), "。；\n，、：")
        before = clause[: clause.index(match.group())]
        towards = _TOWARDS_IT.search(before) and not _STRETCH.search(before) and not _WORK_THERE.search(clause)
        explained = towards or _TOGETHER.search(around[0]) or _BESIDE.search(around[1]) or _FIRM_AFTER.match(text.text[match.end() :])
        if not explained:
            yield _Found(match.group(), place, Where(text.id, match.start(), match.end()))


def _around(text: str, start: int, end: int, marks: str) -> str:
    """The stretch between the nearest of the marks before and behind."""
    split = re.compile(f"[{marks}]")
    return split.split(text[:start])[-1] + text[start:end] + split.split(text[end:])[0]


def _is_quoted(case: Dossier, text: _Text, start: int, end: int) -> bool:
    """Within a stretch that is marked as a quotation, or within 《…》."""
    statement = case.find(Statement, text.id)
    if statement and any(span.quotes and span.start <= start and end <= span.end for span in statement.spans):
        return True
    return text.text.rfind("《", 0, start) > text.text.rfind("》", 0, start)


def _finding(case: Dossier, name: str, found: list[_Found]) -> Finding:
    first = found[0]
    above = case.find(Place, first.place.parent)
    belongs = say("属“{above}”", above=above.name) if above else say("不在本地")
    sentence = _sentence_of(case, first)
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        tuple(dict.fromkeys(one.where for one in found)),
        say(
            "“{sentence}”中的“{name}”{belongs}，不在本任务和责任单位所在地，也未见跨界协作的记录。请说明或更正。",
            sentence=sentence,
            name=name,
            belongs=belongs,
        ),
        BASIS,
        {"name": name, "belongs_to": first.place.id},
    )


def _sentence_of(case: Dossier, found: _Found) -> str:
    thing = case.by_id[found.where.id]
    return quoted(_around(thing.text, found.where.start or 0, found.where.end or 0, "。；\n"))
