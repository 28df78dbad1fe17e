"""Bodies named in a text: what their names say about level and kind, and whether two names mean one body.

Only names are judged here; whether a body exists, and under whom, is not in a notice.
"""

from __future__ import annotations

import re

from xiaohao.kernel.roles import Level

_PARTY = re.compile(r"(?:省|市|县|区|旗|党|工)委(?:办公室|督查室|员会)?$|纪委")
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("office", re.compile(r"办公室$|专班$|领导小组$|整改办$|督查室$|环委办$|指挥部$|督察办$")),
    ("park", re.compile(r"开发区|产业园|工业园|园区|高新区|示范区|经开区|管委会$|管理委员会$|党工委$")),
    ("enterprise", re.compile(r"公司$|集团$|厂$|合作社$|矿$|企业$")),
    ("government", re.compile(r"人民政府$|政府$|^[一-鿿]{1,8}(?:省|市|县|区|旗|州|盟|乡|镇|街道)$|办事处$|自治区$")),
    ("party", _PARTY),
    ("department", re.compile(r"局$|厅$|委$|中心$|部$|院$|支队$|大队$|总队$|站$|处$|部门$|委员会$")),
)
_REGION = re.compile(
    r"自治区|省|(?:自治)?州|盟|地区|市(?!场|容|民|政(?!府)|直)|县(?!道|直)|旗|(?<![社片园矿景厂库校城发新范业护理林辖])区(?!域|级|块|间|划)|街道|(?<!城)镇|(?<!城)乡"
)
_ROOM = re.compile(r"(?:办公楼|行政中心|大楼|政务中心)?\d+(?:号楼|楼|层|室|房间|号房|房)+.*$|（[^（）]*(?:室|楼|电话|地址)[^（）]*）$")


def kind_of(name: str) -> str:
    """Org.kind of the dossier, from the name."""
    return next((kind for kind, words in _KINDS if words.search(name)), "other")


def level_of(name: str) -> Level:
    """The level that a name speaks of, by its innermost region; Level.NONE where it names no region (a firm, an institute)."""
    name = name.split("、")[0]
    if re.search(r"公司$|集团$|厂$|企业$|合作社$", name):
        return Level.NONE
    if name.startswith(("中央", "国家", "国务院", "生态环境部")) and "领导小组" not in name:
        return Level.CENTRAL
    local = re.sub(r"中央|全国|督察|专项|回头看", "", name)
    marks = [mark.group() for mark in _REGION.finditer(local)]
    if re.search(r"开发区|产业园|工业园|园区|高新区|示范区|经开区", local):
        return Level.COUNTY
    if not marks:
        return Level.CENTRAL if name.startswith("中央") else Level.NONE
    level = next(level for level, words in _MARKS if marks[-1] in words)
    return _county_level_city(level, marks)


_MARKS = (
    (Level.TOWN, frozenset({"镇", "乡", "街道"})),
    (Level.COUNTY, frozenset({"县", "旗", "区"})),
    (Level.CITY, frozenset({"市", "州", "自治州", "盟", "地区"})),
    (Level.PROVINCE, frozenset({"省", "自治区"})),
)


def _county_level_city(level: Level, marks: list[str]) -> Level:
    """A second 市 below a first one (景澜市洛山市) is of county level."""
    return Level.COUNTY if level is Level.CITY and marks.count("市") > 1 else level


#: Levels as notices call them.
LEVEL_WORDS = {Level.CENTRAL: "中央", Level.PROVINCE: "省", Level.CITY: "市", Level.COUNTY: "县区", Level.TOWN: "乡镇"}


def without_room(name: str) -> str:
    """The body behind a desk: 管委会305室 → 管委会."""
    return _ROOM.sub("", name).strip("，、； ") or name


def same_body(one: str, other: str) -> bool:
    """Whether two names mean one body: equal, or one is the short form of the other (its characters in the other's order, same place, level, kind and ending)."""
    one, other = without_room(one), without_room(other)
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if short[0] in "省市县区州旗" and len(short) >= 4 and long.endswith(short):
        return True  # 市水务局 in a notice of 云屏市水务局
    if len(short) < 4 or short[-1] != long[-1] or _head(short) != _head(long):
        return False
    if kind_of(short) != kind_of(long) or level_of(short) != level_of(long):
        return False
    rest = iter(long)
    return all(sign in rest for sign in short)


def _head(name: str) -> str:
    """The first character tells places apart; a name that begins with its level (县住建局) tells nothing."""
    return "" if name[0] in "省市县区州旗" else name[0]


_AND = re.compile(r"[、，；,;/\n]|(?<=[局委厅府会办心队司站部院镇乡区县市室])(?:(?<!党委)和|及|以及|与|会同)(?=[一-鿿])| +")
_ROLE_PREFIX = re.compile(r"^(?:牵头|责任|配合|主办|协办|督导|实施|整改|主体)?(?:单位|部门|主体)?[：:]|^由|^以及")
_ROLE_SUFFIX = re.compile(
    r"(?:（(?:牵头|主责|配合|责任单位|牵头单位)[^（）]*）|牵头|负责|配合|落实|按职责分工负责|等(?:相关|有关)?(?:部门|单位|乡镇)?)?[。；，]?$"
)


def bodies_in_list(words: str) -> list[str]:
    """The units of a label's value: 宣城市委、市政府 → 宣城市委, 宣城市政府 (the place is said once and meant twice)."""
    names: list[str] = []
    depth_cut = re.sub(r"（(?!市|县|区|镇|街道|单位|次)[^（）]*）", "", words)
    if re.match(r"各级|各县|各有关|各地|全市|全县|相关", depth_cut):
        return [depth_cut.strip("。；， ")]
    for raw in _AND.split(_protect(depth_cut)):
        name = _ROLE_SUFFIX.sub("", _ROLE_PREFIX.sub("", raw.replace("\x00", "、").strip())).strip("。；，： ")
        if len(name) >= 2 and not re.fullmatch(r"[\d\s.-]+|等|各", name):
            names.append(_with_place(name, names))
    return list(dict.fromkeys(names))


def _protect(words: str) -> str:
    """Marks inside brackets do not part names: 县（市、区）."""
    return re.sub(r"（[^（）]*）", lambda bracket: bracket.group().replace("、", "\x00").replace("，", "\x00"), words)


def _with_place(name: str, before: list[str]) -> str:
    if not before:
        return name
    first = before[0]
    if re.match(r"[市县区旗省州](?:委|政府|人民政府)", name) and (
        place := re.match(rf"[一-鿿]{{1,8}}?(?={name[0]}(?:委|政府|人民政府|直))", first)
    ):
        return place.group() + name
    if re.fullmatch(r"管委会|管理委员会|党工委|政府|人民政府", name) and (
        place := re.match(r"[一-鿿]{2,12}?(?=党工委|党委|委$|管委会)", first)
    ):
        return place.group() + name
    return name
