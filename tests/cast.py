"""Who and where in the fictional cases: 景澜市 with its county 青禾县, their units, people and places. No resemblance to a real place is meant."""

from __future__ import annotations

from xiaohao.dossier.parties import Org, Person, Place
from xiaohao.dossier.task import Inspection, TaskList

JOINED_AT = "2023-01-03T09:00:00+08:00"


def _org(key: str, name: str, level: str, kind: str, parent: str | None = None, **more: object) -> Org:
    return Org(id=f"org-{key}", name=name, level=level, kind=kind, parent=f"org-{parent}" if parent else None, joined_at=JOINED_AT, **more)  # type: ignore[arg-type]


ORGS = (
    _org("province", "东陆省人民政府", "province", "government"),
    _org("provinceoffice", "东陆省督察整改工作领导小组办公室", "province", "office", "province", aliases=("东陆省整改办",)),
    _org("city", "景澜市人民政府", "city", "government", "province", place="place-city", leaders=("person-mayor",)),
    _org(
        "cityoffice",
        "景澜市督察整改工作领导小组办公室",
        "city",
        "office",
        "city",
        aliases=("景澜市整改办",),
        leaders=("person-cityoffice-head",),
    ),
    _org("cityeco", "景澜市生态环境局", "city", "department", "city", leaders=("person-cityeco-head",)),
    _org("citysupervision", "景澜市政府督查室", "city", "office", "city", leaders=("person-citysupervision-head",)),
    _org(
        "citydesk",
        "景澜市信访局",
        "city",
        "department",
        "city",
        phone="0999-5550112",
        address="景澜市文昌路3号",
        leaders=("person-citydesk-head",),
    ),
    _org("countyparty", "中共青禾县委员会", "county", "party", None, leaders=("person-secretary",)),
    _org("county", "青禾县人民政府", "county", "government", "city", place="place-county", leaders=("person-magistrate",)),
    _org("countyeco", "景澜市生态环境局青禾分局", "county", "department", "cityeco", leaders=("person-countyeco-head",)),
    _org("countysupervision", "青禾县政府督查室", "county", "office", "county", leaders=("person-countysupervision-head",)),
    _org(
        "countydesk",
        "青禾县信访局",
        "county",
        "department",
        "county",
        phone="0999-5550301",
        address="青禾县人民路18号",
        leaders=("person-countydesk-head",),
    ),
    _org("housing", "青禾县住房和城乡建设局", "county", "department", "county", leaders=("person-housing-head",)),
    _org(
        "park",
        "青禾循环经济园区管理委员会",
        "county",
        "park",
        "county",
        place="place-park",
        leaders=("person-park-head", "person-park-secretary"),
    ),
    _org("builder", "砚田市政工程有限公司", "none", "contractor"),
)

#: person key -> (name, unit key, post); at least two people in every unit that decides, so that separate hands can be tested.
_PEOPLE = {
    "mayor": ("贺文昭", "city", "市长"),
    "city-clerk": ("蒲晓宁", "city", "秘书科科长"),
    "cityoffice-head": ("温若川", "cityoffice", "主任"),
    "cityoffice-1": ("祝予安", "cityoffice", "审核科科长"),
    "cityoffice-2": ("边晴", "cityoffice", "审核科科员"),
    "cityeco-head": ("纪怀远", "cityeco", "局长"),
    "cityeco-1": ("沈启明", "cityeco", "总量科科长"),
    "cityeco-2": ("何佳宁", "cityeco", "监测科工程师"),
    "cityeco-3": ("康悦", "cityeco", "执法支队队员"),
    "citysupervision-head": ("项北辰", "citysupervision", "主任"),
    "citysupervision-1": ("蓝景行", "citysupervision", "督查专员"),
    "citydesk-head": ("车雨桐", "citydesk", "局长"),
    "citydesk-1": ("安可", "citydesk", "接访科科长"),
    "provinceoffice-head": ("闻道明", "provinceoffice", "主任"),
    "secretary": ("邵长河", "countyparty", "县委书记"),
    "magistrate": ("梁一舟", "county", "县长"),
    "county-clerk": ("苗青", "county", "政府办副主任"),
    "county-secrecy": ("钟琬", "county", "保密办主任"),
    "countyeco-head": ("丁向东", "countyeco", "局长"),
    "countyeco-1": ("尹思齐", "countyeco", "环评股股长"),
    "countyeco-2": ("卓然", "countyeco", "监测站站长"),
    "countysupervision-head": ("仇立", "countysupervision", "主任"),
    "countydesk-head": ("花念慈", "countydesk", "局长"),
    "countydesk-1": ("喻小满", "countydesk", "接访股股长"),
    "housing-head": ("方致远", "housing", "局长"),
    "housing-1": ("李岚", "housing", "排水股股长"),
    "park-secretary": ("鲍国安", "park", "党工委书记"),
    "park-head": ("柯明德", "park", "管委会主任"),
    "park-1": ("骆芳", "park", "生态环保部部长"),
}

PEOPLE = tuple(Person(id=f"person-{key}", name=name, org=f"org-{unit}", post=post) for key, (name, unit, post) in _PEOPLE.items())

PLACES = (
    Place(id="place-city", name="景澜市", kind="region"),
    Place(id="place-county", name="青禾县", kind="region", parent="place-city"),
    Place(id="place-town", name="青阜镇", kind="region", parent="place-county"),
    Place(id="place-point", name="清沅河石桥断面", kind="point", parent="place-town", lat=31.2041, lon=110.3312),
    Place(id="place-park", name="青禾循环经济园区", kind="site", parent="place-county", lat=31.1502, lon=110.4105),
)

INSPECTIONS = (
    Inspection(
        id="insp-1",
        name="东陆省第二轮生态环境保护督察",
        level="province",
        kind="routine",
        round=2,
        start="2024-09-02",
        end="2024-09-30",
        feedback="doc-feedback",
        feedback_date="2024-11-15",
    ),
)

LISTS = (TaskList(id="list-1", inspection="insp-1", name="青禾县整改清单", org="org-county", document="doc-plan"),)
