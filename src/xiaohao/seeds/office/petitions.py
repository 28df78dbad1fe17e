"""Petitions handed over by two inspections: most handled, some in stages, two that say the same again, one still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from xiaohao.acts import petitions
from xiaohao.acts.petitions import Handling, petition_id
from xiaohao.dossier.petition import Petition
from xiaohao.seeds.moments import moment
from xiaohao.seeds.seats import seat
from xiaohao.seeds.walk import Event


@dataclass(frozen=True, slots=True)
class _Handed:
    """One petition: `said` by the complainant, `unit` that handles it; `done` None while nothing was said about it. `repeats` an earlier number,
    `task` the address of what it belongs to."""

    number: str
    batch: int
    day: str
    address: str
    pollution: tuple[str, ...]
    said: str
    unit: str
    done: Handling | None = None
    repeats: str = ""
    task: str = ""


def _done(truth: str, day: str, text: str, public: str) -> Handling:
    return Handling(truth=truth, status="done", done_at=day, text=text, public=public)


def _so_far(truth: str, text: str, public: str) -> Handling:
    return Handling(truth=truth, status="stage_done", done_at=None, text=text, public=public)


#: DL is the fictional 东陆省; grammar of the numbers: evidence/petition_number.py.
_FIRST = (
    _Handed(
        "D3DL202409050006", 1, "2024-09-05", "石桥村清沅河边", ("水",), "石桥断面河水发黑，有气味，下雨以后更重。", "housing",
        _so_far("basically_true", "已封堵直排口2处，雨污分流改造列入年度计划。", "石桥断面上游有生活污水直排，已封堵2处，其余列入分流改造。"),
        task="qh2025a-9",
    ),
    _Handed(
        "X3DL202409070003", 3, "2024-09-07", "北山砂石料场", ("扬尘", "生态"), "料场边坡裸露，大风天扬尘飘到村里。", "land",
        _so_far("true", "已责令修复，边坡分期复绿。", "料场边坡裸露属实，正在分期复绿。"),
        task="qh2025a-3",
    ),
    _Handed(
        "*D3DL202409100011", 6, "2024-09-10", "文庙街中段", ("油烟", "噪声"), "饭店油烟直排到二楼住户窗口，夜里风机声大。", "urban",
        _done("true", "2024-10-15", "两家饭店已装净化设施并清洗，风机加装减震垫。", "两家饭店油烟直排属实，已装净化设施，风机已减震。"),
        task="qh2025a-8",
    ),
    _Handed(
        "D3DL202409120004", 8, "2024-09-12", "城南填埋场", ("恶臭",), "填埋场臭味大，渗滤液池没有盖。", "housing",
        _so_far("true", "调节池已加盖，膜下积液抽排中。", "调节池未加盖属实，已加盖；积液仍在抽排。"),
        task="qh2025a-1",
    ),
    _Handed(
        "X3DL202409150009", 11, "2024-09-15", "青阜镇工业路", ("大气", "固废"), "路边小作坊烧塑料，黑烟大。", "town",
        _done("partly_true", "2024-09-28", "取缔无证作坊1家，另一家已停产清理。", "一家无证作坊已取缔，另一家停产清理完毕。"),
        task="qh2025a-6",
    ),
)  # fmt: skip
_SECOND = (
    _Handed(
        "D1DL202510140002", 1, "2025-10-14", "石桥村清沅河边", ("水",), "去年反映过的石桥河段又发黑，说过要改的管子没见动工。", "housing",
        _so_far("true", "核实分流改造滞后，已排出2026年6月前的施工计划。", "分流改造滞后属实，已排定施工计划。"),
        repeats="D3DL202409050006",
        task="qh2025a-9",
    ),
    _Handed(
        "D1DL202510150005", 2, "2025-10-15", "夜市一条街", ("油烟",), "夜市摊位净化器摆着不开。", "urban",
        _done("true", "2025-11-20", "逐摊检查，净化器接电并装用电计量。", "部分摊位净化器未通电属实，已接电并计量。"),
        task="qh2025b-8",
    ),
    _Handed(
        "X1DL202510180001", 5, "2025-10-18", "云泉水库上游", ("水", "生态"), "水库上游有人洗车、野炊，隔离网有缺口。", "water",
        _so_far("basically_true", "缺口已临时封堵，永久隔离列入任务。", "隔离网有缺口属实，已临时封堵。"),
        task="qh2025b-1",
    ),
    _Handed(
        "D1DL202510200007", 7, "2025-10-20", "灌区二支渠", ("固废",), "渠边到处是农药瓶。", "agri",
        task="qh2025b-2",
    ),
    _Handed(
        "D1DL202510220003", 9, "2025-10-22", "园区东门外", ("噪声",), "半夜货车进出园区按喇叭。", "park",
        _done("untrue", "2025-11-05", "连续三夜监测，未见超标，已设禁鸣标志。", "监测未见超标，已设禁鸣标志。"),
    ),
)  # fmt: skip
#: Who enters them, and says what was done for units that have no account yet.
_DESK = "countyoffice-1"


def events() -> Iterator[Event]:
    """Handed over, handled, linked."""
    for inspection, handed, entered, handled in (
        ("insp-2024", _FIRST, "2024-11-21T09:30", "2025-01-10T10:00"),
        ("insp-2025", _SECOND, "2025-12-02T09:30", "2025-12-19T10:00"),
    ):
        yield Event(moment(entered), False, partial(_enter, inspection, handed, entered))
        for one in handed:
            yield Event(moment(handled), True, partial(_handle, inspection, one, handled))


def _enter(inspection: str, handed: tuple[_Handed, ...], at: str) -> None:
    rows = [
        (
            Petition(
                id=petition_id(inspection, one.number),
                number=one.number,
                batch=one.batch,
                inspection=inspection,
                received=one.day,
                address=one.address,
                pollution=one.pollution,
                text=one.said,
                status="open",
            ),
            f"org-{one.unit}",
        )
        for one in handed
    ]
    petitions.add_petitions(by=seat(_DESK), at=moment(at), key=f"petitions {inspection}", petitions=rows)


def _handle(inspection: str, one: _Handed, at: str) -> None:
    pk, by = petition_id(inspection, one.number), seat(_DESK)
    if one.done:
        petitions.handle_petition(by=by, at=moment(at), key=f"handle {pk}", petition=pk, handling=one.done)
    if one.task or one.repeats:
        first = petition_id("insp-2024", one.repeats) if one.repeats else None
        petitions.link_petition(by=by, at=moment(at), key=f"link {pk}", petition=pk, task=f"task-{one.task}", merged_into=first)
