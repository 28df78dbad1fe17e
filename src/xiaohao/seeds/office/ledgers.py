"""A ledger that the county office has read in and not yet imported: some rows ready, some with something to put right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from xiaohao.acts import ledger_drafts, tasks
from xiaohao.dossier.task import Inspection, TaskList
from xiaohao.records.models import Account
from xiaohao.seeds.moments import moment
from xiaohao.seeds.seats import seat
from xiaohao.seeds.walk import Event

_AT, _CLERK = "2026-03-02T15:30", "countyoffice-1"
_LIST = TaskList(id="list-qh2026s", inspection="insp-2026", name="青禾县2026年自查问题清单", org="org-county")
_INSPECTION = Inspection(
    id="insp-2026", name="青禾县生态环境问题自查", level="self", kind="self_check", start="2026-01-12", end="2026-02-10"
)
_NAME = "青禾县自查问题整改台账（2026年2月）.csv"
#: Rows as an office writes them: several measures in one cell, a date that does not exist, a unit nobody knows, a state that changes nothing.
_SHEET = """青禾县自查问题整改台账,,,,,,
填报单位：青禾县督察整改工作领导小组办公室,,,,,,
序号,存在问题,责任单位,整改目标,整改措施,整改时限,进展情况
1,城北农贸市场雨水口有油污,青禾县城市管理局,雨水口无油污,"1.清掏雨水口12处。2.市场内设隔油池3座。",2026年4月底前,正在推进
2,云泉水库管护道路有垃圾,青禾县水务局,日产日清,"1.设垃圾收集点5处。2.每周巡查2次。",长期坚持,正在推进
3,园区两家企业危险废物标识不清,青禾循环经济园区管理委员会,标识规范,1.更换标识牌。,2026年2月30日,未开始
4,青阜镇秸秆露天堆放,青阜镇,有遮盖、有围挡,"1.集中堆放点2处。2.覆盖篷布。",2026年3月底前,已完成
5,建筑垃圾消纳场未设围挡,青禾县住建局,围挡到位,1.建围挡800米。,2026年5月底前,未开始
6,老城区散煤反弹,县散煤办,散煤清零,1.入户排查1200户。,2026年3月15日前,正在推进
"""


def events() -> Iterator[Event]:
    """The list is opened and the sheet read."""
    yield Event(moment(_AT), False, partial(_read_in, _AT))


def _read_in(at: str) -> None:
    tasks.open_list(by=seat(_CLERK), at=moment(at), key="list qh2026s", inspection=_INSPECTION, task_list=_LIST, code="qh2026s")
    ledger_drafts.keep_ledger(
        account=Account.objects.get(username=_CLERK),
        at=moment(at),
        key="ledger qh2026s",
        name=_NAME,
        content=_SHEET.encode(),
        listing=_LIST.id,
        lead="org-countyoffice",
        year=2026,
    )
