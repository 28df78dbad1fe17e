"""Who and where in the fictional county: 东陆省, 景澜市 and its 青禾县, with their units, people and places. No resemblance to a real place is meant."""

from __future__ import annotations

from xiaohao.dossier.parties import Org, Person, Place

#: When the county and its city began to use the system.
JOINED_AT = "2023-01-03T09:00:00+08:00"


def _org(key: str, name: str, level: str, kind: str, parent: str | None = None, **more: object) -> Org:
    return Org(id=f"org-{key}", name=name, level=level, kind=kind, parent=f"org-{parent}" if parent else None, joined_at=JOINED_AT, **more)  # type: ignore[arg-type]


def _led(key: str, name: str, level: str, kind: str, parent: str, **more: object) -> Org:
    """A unit whose head is `person-{key}-head`."""
    return _org(key, name, level, kind, parent, leaders=(f"person-{key}-head",), **more)


ORGS = (
    _org("province", "东陆省人民政府", "province", "government"),
    _org("provinceoffice", "东陆省督察整改工作领导小组办公室", "province", "office", "province", aliases=("东陆省整改办",)),
    _org("city", "景澜市人民政府", "city", "government", "province", place="place-city", leaders=("person-mayor",)),
    _led("cityoffice", "景澜市督察整改工作领导小组办公室", "city", "office", "city", aliases=("景澜市整改办",)),
    _led("cityeco", "景澜市生态环境局", "city", "department", "city"),
    _led("cityland", "景澜市自然资源局", "city", "department", "city"),
    _led("cityagri", "景澜市农业农村局", "city", "department", "city"),
    _led("cityhousing", "景澜市住房和城乡建设局", "city", "department", "city"),
    _led("citysupervision", "景澜市政府督查室", "city", "office", "city"),
    _led("citydesk", "景澜市信访局", "city", "department", "city", phone="0999-5550112", address="景澜市文昌路3号"),
    _led("cityinfo", "景澜市政务信息中心", "city", "department", "city"),
    _org("countyparty", "中共青禾县委员会", "county", "party", None, leaders=("person-secretary",)),
    _org("county", "青禾县人民政府", "county", "government", "city", place="place-county", leaders=("person-magistrate",)),
    _led("countyoffice", "青禾县督察整改工作领导小组办公室", "county", "office", "county", aliases=("青禾县整改办",)),
    _led("countyeco", "景澜市生态环境局青禾分局", "county", "department", "cityeco"),
    _led("countysupervision", "青禾县政府督查室", "county", "office", "county"),
    _led("countydesk", "青禾县信访局", "county", "department", "county", phone="0999-5550301", address="青禾县人民路18号"),
    _led("housing", "青禾县住房和城乡建设局", "county", "department", "county", aliases=("青禾县住建局",)),
    _led("land", "青禾县自然资源局", "county", "department", "county"),
    _led("water", "青禾县水务局", "county", "department", "county"),
    _led("agri", "青禾县农业农村局", "county", "department", "county"),
    _led("urban", "青禾县城市管理局", "county", "department", "county"),
    _led("industry", "青禾县工业和信息化局", "county", "department", "county"),
    _led("town", "青阜镇人民政府", "town", "government", "county", place="place-town"),
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
    _org("planter", "禾岭生态修复有限公司", "none", "contractor"),
    _org("lab", "清衡环境检测有限公司", "none", "lab"),
    _org("experts", "东陆省环境科学学会", "none", "expert"),
)

#: person key -> (name, unit key, post); at least two people in every unit that decides, so that separate hands can be shown.
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
    "countysupervision-1": ("计星河", "countysupervision", "督查专员"),
    "countydesk-head": ("花念慈", "countydesk", "局长"),
    "countydesk-1": ("喻小满", "countydesk", "接访股股长"),
    "housing-head": ("方致远", "housing", "局长"),
    "housing-1": ("李岚", "housing", "排水股股长"),
    "park-secretary": ("鲍国安", "park", "党工委书记"),
    "park-head": ("柯明德", "park", "管委会主任"),
    "park-1": ("骆芳", "park", "生态环保部部长"),
    "provinceoffice-1": ("屈亦川", "provinceoffice", "考核处副处长"),
    "cityland-head": ("郁明诚", "cityland", "局长"),
    "cityland-1": ("褚彦", "cityland", "修复科科长"),
    "cityland-2": ("解雨薇", "cityland", "修复科工程师"),
    "cityagri-head": ("单敬之", "cityagri", "局长"),
    "cityagri-1": ("滕川", "cityagri", "畜牧科科长"),
    "cityagri-2": ("乐思远", "cityagri", "畜牧科科员"),
    "cityhousing-head": ("冉知行", "cityhousing", "局长"),
    "cityhousing-1": ("谷雨晴", "cityhousing", "城建科科长"),
    "cityhousing-2": ("时维", "cityhousing", "城建科科员"),
    "cityinfo-head": ("邝书恒", "cityinfo", "主任"),
    "cityinfo-1": ("路遥知", "cityinfo", "系统管理员"),
    "cityinfo-2": ("虞清扬", "cityinfo", "安全管理员"),
    "cityinfo-3": ("钟离序", "cityinfo", "审计员"),
    "countyoffice-head": ("商若溪", "countyoffice", "主任"),
    "countyoffice-1": ("周敏", "countyoffice", "综合股股长"),
    "countyoffice-2": ("宁可为", "countyoffice", "综合股科员、保密员"),
    "countyoffice-3": ("展砚秋", "countyoffice", "验收股股长"),
    "land-head": ("尚清和", "land", "局长"),
    "land-1": ("裴知秋", "land", "修复股股长"),
    "water-head": ("涂安澜", "water", "局长"),
    "water-1": ("何川", "water", "河湖股股长"),
    "agri-head": ("方敬", "agri", "局长"),
    "agri-1": ("田禾", "agri", "畜牧股股长"),
    "urban-head": ("靳之远", "urban", "局长"),
    "urban-1": ("苏陌", "urban", "市容股股长"),
    "industry-head": ("石见微", "industry", "局长"),
    "industry-1": ("伍峥", "industry", "能源股股长"),
    "town-secretary": ("柏正清", "town", "镇党委书记"),
    "town-head": ("穆远山", "town", "镇长"),
    "town-1": ("尤小麦", "town", "环保办主任"),
    "town-2": ("冯一诺", "town", "环保办办事员"),
    "expert-1": ("闵知远", "experts", "大气防治专家"),
    "expert-2": ("翁素心", "experts", "水环境专家"),
    "housing-secretary": ("陶望舒", "housing", "党组书记"),
    "land-secretary": ("卞长青", "land", "党组书记"),
    "water-secretary": ("湛若水", "water", "党组书记"),
    "agri-secretary": ("麦知秋", "agri", "党组书记"),
    "urban-secretary": ("巫晓峰", "urban", "党组书记"),
    "industry-secretary": ("阎致平", "industry", "党组书记"),
}

PEOPLE = tuple(Person(id=f"person-{key}", name=name, org=f"org-{unit}", post=post) for key, (name, unit, post) in _PEOPLE.items())


def _place(key: str, name: str, kind: str, parent: str | None = None, **more: float) -> Place:
    return Place(id=f"place-{key}", name=name, kind=kind, parent=f"place-{parent}" if parent else None, **more)  # type: ignore[arg-type]


PLACES = (
    _place("city", "景澜市", "region"),
    _place("county", "青禾县", "region", "city"),
    _place("town", "青阜镇", "region", "county"),
    _place("point", "清沅河石桥断面", "point", "town", lat=31.2041, lon=110.3312),
    _place("park", "青禾循环经济园区", "site", "county", lat=31.1502, lon=110.4105),
    _place("plant", "园区污水处理厂总排口", "point", "park", lat=31.1489, lon=110.4131),
    _place("quarry", "北山砂石料场", "site", "county", lat=31.2307, lon=110.3718),
    _place("quarry-2", "北山砂石料场2号点", "point", "quarry", lat=31.2311, lon=110.3725),
    _place("canal", "东渠城区段", "site", "county", lat=31.1876, lon=110.3952),
    _place("canal-3", "东渠城区段3号点", "point", "canal", lat=31.1881, lon=110.3960),
    _place("landfill", "城南生活垃圾填埋场", "site", "county", lat=31.1604, lon=110.3688),
    _place("restaurants", "文庙街餐饮集中区", "site", "county", lat=31.1869, lon=110.3897),
    _place("reservoir", "云泉水库水源地", "site", "county", lat=31.2590, lon=110.3402),
)
