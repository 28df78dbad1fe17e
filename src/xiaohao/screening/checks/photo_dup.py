"""旧照重用: one picture, also cropped, mirrored, toned, stamped or re-photographed, serves two tasks or two days.

Innocent explanations looked for first: a photo registered for two linked tasks of one site or one firm on one day; two real shots of one place
(their grain differs); a burst of one visit. Source: INSTITUTION.md; the method: docs/adr (photographs are compared by their marks).
"""

from __future__ import annotations

from collections.abc import Iterable

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.task import Task
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.screening.belonging import only_task, sole
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.photo_pairs import Pair, day, photographs
from xiaohao.screening.words import listed

ID = "PHOTO-DUP"
STAGE = "application"
NEEDS = ("files(kind=photo)",)

#: Days between two filings of one picture that are one visit: a day or two between shooting and filing.
ONE_VISIT_DAYS = 3
#: A crop shows less of the picture than this share.
CROPPED = 0.85

_ONE_MATTER = frozenset({"same_site", "same_firm", "duplicate", "share_of", "carried_over", "continues"})

BASIS = say("一张照片只能证明一处现场的一次情况")


def check_all(ledger: Dossier) -> Iterable[Finding | Skipped]:
    """One finding for each negative, pointing at every photograph made of it."""
    photos = [file for file in ledger.files if file.kind == "photo"]
    if not photos:
        yield Skipped(ID, sole(ledger), say("案卷中没有照片"))
        return
    found = photographs(ledger)
    if found.absent:
        yield Skipped(ID, sole(ledger), say("{count} 张照片不在包里，只比较了登记的摘要", count=len(found.absent)))
    if found.broken:
        yield Skipped(ID, sole(ledger), say("{count} 张照片已损坏或不能读取，只比较了登记的摘要", count=len(found.broken)))
    for group in _negatives([pair for pair in found.pairs if speaks(ledger, pair)]):
        yield _finding(ledger, group)
    for photo in photos:
        if photo.id not in {one.id for pair in found.pairs for one in (pair.one, pair.other)} and _of_strangers(ledger, photo):
            yield _shared_finding(ledger, photo)


def speaks(ledger: Dossier, pair: Pair) -> bool:
    """Whether the two may not be one negative: filed for different matters, or for different days of one."""
    if _painted_over(pair):
        return False  # BEFORE-AFTER's business
    if _apart_days(pair.one, pair.other):
        return True
    if set(pair.one.tasks) & set(pair.other.tasks) or not (pair.one.tasks and pair.other.tasks):
        return {pair.one.phase, pair.other.phase} == {"before", "after"}
    return not all(_one_matter(ledger, a, b) for a in pair.one.tasks for b in pair.other.tasks)


def _painted_over(pair: Pair) -> bool:
    shared = set(pair.one.tasks) & set(pair.other.tasks)
    return bool(shared and pair.changed) and {pair.one.phase, pair.other.phase} == {"before", "after"}


def _apart_days(one: File, other: File) -> bool:
    first, second = parse_when(day(one)), parse_when(day(other))
    if first is None or second is None:
        return False
    return max((first.first - second.last).days, (second.first - first.last).days) > ONE_VISIT_DAYS


def _one_matter(ledger: Dossier, one: str, other: str) -> bool:
    """Whether two tasks are linked as one site or firm, or name the same place or firm."""
    if one == other:
        return True
    first, second = ledger.find(Task, one), ledger.find(Task, other)
    if first is None or second is None:
        return False
    linked = any(
        link.relation in _ONE_MATTER and link.task == there.id for here, there in ((first, second), (second, first)) for link in here.links
    )
    return linked or bool(set(first.places) & set(second.places)) or bool(set(first.firms) & set(second.firms))


def _of_strangers(ledger: Dossier, photo: File) -> bool:
    """Whether one file is filed for tasks that have nothing to do with each other, each with a place of its own."""
    tasks = [task for one in photo.tasks if (task := ledger.find(Task, one)) and task.places]
    return any(not _one_matter(ledger, a.id, b.id) for n, a in enumerate(tasks) for b in tasks[:n])


def _negatives(pairs: list[Pair]) -> list[list[Pair]]:
    """Pairs that share photographs, together."""
    groups: list[list[Pair]] = []
    for pair in pairs:
        touching = [g for g in groups if any({p.one.id, p.other.id} & {pair.one.id, pair.other.id} for p in g)]
        groups = [g for g in groups if g not in touching]
        groups.append([*(p for g in touching for p in g), pair])
    return groups


def _finding(ledger: Dossier, group: list[Pair]) -> Finding:
    files = {file.id: file for pair in group for file in (pair.one, pair.other)}
    best = max(group, key=lambda pair: (pair.identical, pair.same * pair.overlap, pair.one.id))
    boxes = {pair.one.id: pair.seen for pair in group if pair.seen} | {pair.other.id: pair.shown for pair in group if pair.shown}
    ways = _ways(best)
    own = only_task(ledger, files) or ledger.about
    names = [_named(ledger, files[one], own) for one in sorted(files)]
    how = say("是同一文件") if best.identical else say("为同一底片，内容相同")
    if ways:
        how = say("为同一底片，经{ways}", ways=listed(ways))
    return Finding(
        ID,
        Severity.WARN,
        only_task(ledger, files),
        tuple(Where(one, box=boxes.get(one)) for one in sorted(files)),
        say(
            "{count} 张照片{how}：{names}。请提供各自当日在现场拍摄的原始照片，或说明为何相同。",
            count=len(files),
            how=how,
            names=listed(names, 4),
        ),
        BASIS,
        {
            "photos": len(files),
            "same": round(best.same, 2),
            "overlap": round(best.overlap, 2),
            "mirrored": best.mirrored,
            "turned": best.turned,
        },
    )


def _ways(pair: Pair) -> list[str]:
    if pair.identical:
        return []
    ways: list[str] = []
    if pair.mirrored:
        ways.append(say("镜像"))
    if pair.turned and not pair.mirrored:
        ways.append(say("旋转"))
    if pair.seen is not None:
        ways.append(say("裁切"))
    if pair.overlap < CROPPED:
        ways.append(say("加边或翻拍"))
    if pair.changed:
        ways.append(say("加印或遮盖"))
    return ways


def _named(ledger: Dossier, file: File, own: str | None) -> str:
    """The photograph by caption and day; in a case's own finding, one of another case by the number of its task only, for what it shows and when
    is for those to read who may read that case."""
    tasks = [task for one in file.tasks if (task := ledger.find(Task, one))]
    if ledger.about and own not in file.tasks:
        return say("第 {number} 项的照片", number=tasks[0].number) if tasks else say("未注明任务的照片")
    tasks.sort(key=lambda task: task.id != own)
    owner = say("第 {number} 项", number=tasks[0].number) if tasks else say("未注明任务")
    return say(
        "{owner}的“{caption}”（{day}）",
        owner=owner,
        caption=file.caption or file.path.rsplit("/", 1)[-1],
        day=day(file) or say("未注明日期"),
    )


def _shared_finding(ledger: Dossier, photo: File) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        None,
        (Where(photo.id),),
        say(
            "{name}登记给 {count} 项地点不同、没有关联的任务。请说明它证明的是哪一处，其余的另附照片。",
            name=_named(ledger, photo, ledger.about),
            count=len(photo.tasks),
        ),
        BASIS,
        {"photos": 1, "tasks": len(photo.tasks)},
    )
