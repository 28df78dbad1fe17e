"""To whom an objection goes: the body that receives it, its telephone and its address, as the notice prints them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xiaohao.documents.labels import Part
from xiaohao.documents.sections import Section
from xiaohao.evidence.phones import Phone, phones

#: A found value with its folded offsets.
Found = tuple[str, int, int]

_TAIL = frozenset({Part.CLOSING, Part.WINDOW, Part.DESK, Part.PHONE, Part.ADDRESS, Part.CONTACT, Part.PUBLISHER})
_TO = re.compile(
    r"(?:可|请|应|直接|及时|书面|形式|方式|电话|（?[来])?(?<![方朝倾导志走单定])(?<!(?<!书)面)(?:向|与|到)(?P<name>[^，。；、：（）\n向]{2,46}?)(?:（[^（）\n]{0,60}）)?(?:，)?(?:以|采取|通过|用)?(?:书面|来信|来电|来访|电话|信函|实名|署名|口头|电子邮件|邮件|邮寄|送达|、|或者?|和|等)*(?:的)?(?:形式|方式|材料)?(?:，)?(?:进行|予以|及时|如实)?"
    r"(?:反映|反馈|提出|举报|投诉|联系|提交|报告|咨询|申诉|申请|递交|反应|来电|来信|书面|意见)"
    r"(?![^，。；（）\n]{0,14}(?:办公室|领导小组|整改办|专班|中心)(?!联系|反映))"  # the word is part of the body's own name
)
_NOT_A_BODY = re.compile(r"社会|公众|群众|大家|全社会|媒体|本公示|异议人|各界|以下")
_SENT_TO = re.compile(
    r"(?:反馈|反映|提交|报送|邮寄|寄送|寄（送）|送达|投递|发送)(?:至|到|给)(?P<name>[^，。；、：（）\n@\d]{3,46}?)(?=[，。；、（：]|联系|电话|邮箱|$)"
)
_BODY_OR_ROOM = re.compile(
    r"(?:局|厅|委|办|府|室|科|股|处|组|会|中心|队|所|站|部|公司|镇|乡|街道|县|区|市|院|司|专班|单位|部门|人)(?:（[^（）]*）)?$|\d室"
)
_SELF = re.compile(
    r"^(?:我|本)(?:单位|局|办|县|市|区|委|镇|乡|办公室|厅|部门|街道|中心|管委会)?$|^(?:公示|发布)(?:单位|机关|部门)$|^下列|^以下"
)
_OBJECTION = re.compile(r"异议|疑义|意见和建议|意见建议|不同意见|有意见|监督|反映(?:情况|问题)|公示期")
_ASKED = re.compile(
    r"请(?:直接|及时|于公示期内|在公示期内)?(?:联系|致电|告知)(?P<name>[一-鿿（）]{4,30}?(?:局|厅|办|办公室|委|科|股|中心|政府|部|公司|委员会|站|队))(?=[，。；：（ \n]|电话|联系|$)"
)
_OWN_DESK = re.compile(r"(?:联系|致电|告知|反馈)(?P<name>我(?:局|办|单位|委|厅|镇|乡|县|区|办公室|公司|中心))")
_ADDRESS = re.compile(
    r"(?:(?:联系|通讯|通信|受理|邮寄|办公|来信|单位|寄送|部门)?地址(?:为|是)?|邮寄(?=：))[：:]? ?(?P<place>[^。；\n，：]{3,60})"
)
_ADDRESS_ENDS = re.compile(
    r"[。；\n]|，(?=[^，。；\n]{0,8}(?:邮编|电话|联系|邮箱|邮政|传真|监督|受理|或))|[，（ ]?(?:邮编|邮政编码|电话|联系电话|联系人|邮箱|电子邮箱|传真|收件人)|[（ ]+(?=\d{6}(?!\d))| +(?=[^ ]*(?:\d{4}年|\d{3,4}-\d{7}))|（(?=[^（）]*电话)|\d{4}年\d{1,2}月"
)


#: 来信请寄某市某路200号，某局某科收
_BY_LETTER = re.compile(
    r"寄(?:至|到|往|送)?(?:：)?(?P<place>[^，。；：（）\n]{4,40}(?:号|楼|室|院|大厦|中心))[，（ ]?(?P<name>[一-鿿]{4,30}?)(?:（?收）?)(?=[，。；（ \n]|$)"
)
#: The place of a desk in brackets behind its name: 某办公室（党政大楼六楼612室）
_DESK_PLACE = re.compile(
    r"(?<=[室办局组会委科处府心])（(?:地址[：:]?)?(?P<place>(?=[^（）]*(?:路|街|道|大楼|大厦|大院|中心))[^（），。；：\n]{5,40}(?:号|楼|室|层|院|座))(?=[），；])"
)
#: A telephone with the body that answers it: 0900-6222300（某县水务局）
_WHOSE_PHONE = re.compile(r"\d{7,8}(?:转\d{1,5})?（(?P<name>[一-鿿]{3,24}(?:局|厅|办|办公室|委|科|股|室|中心|政府|部))）")


def phone_of(sections: Sequence[Section], text: str) -> Phone | None:
    """The telephone for objections: the one under a telephone label, else the first of the closing words, else the only one of the body (the site has one of its own)."""
    for wanted in (frozenset({Part.PHONE}), _TAIL):
        for section in sections:
            if section.part in wanted and (found := phones(text, max(0, section.heading_start), section.end)):
                return next((phone for phone in found if phone.start >= section.heading_start), None)
    everywhere = [phone for section in sections for line in section.lines for phone in phones(text, line.start, line.end)]
    return everywhere[0] if len({phone.number for phone in everywhere}) == 1 else None


def address_of(sections: Sequence[Section], text: str) -> Found | None:
    """The postal address for objections, without postcode and telephone."""
    for section in sections:
        if section.part is Part.ADDRESS and not section.empty:
            line = section.lines[0]
            return _address(text, line.start, line.end)
    for section in sections:
        if section.part in _TAIL and (found := _ADDRESS.search(text, section.start, section.end)):
            return _address(text, found.start("place"), section.end)
    for section in sections:
        if section.part in _TAIL and (
            found := _BY_LETTER.search(text, section.start, section.end) or _DESK_PLACE.search(text, section.start, section.end)
        ):
            return found["place"], found.start("place"), found.end("place")
    return None


def _address(text: str, start: int, end: int) -> Found | None:
    stop = _ADDRESS_ENDS.search(text, start, end)
    last = stop.start() if stop else end
    words = (
        text[start:last].strip(" ，）") if text[start:last].count("（") < text[start:last].count("）") else text[start:last].strip(" ，")
    )
    if len(words) < 3 or "@" in words or re.fullmatch(r"[\d\s-]+", words):
        return None
    begin = text.index(words, start)
    return words, begin, begin + len(words)


def desk_of(sections: Sequence[Section], text: str) -> Found | None:
    """The body that receives objections, as written (with its room); ("", …) means the publisher itself ("向我局反映")."""
    for section in sections:
        if section.part is Part.DESK and not section.empty and (found := _first_name(section, text)):
            return found
    for section in sections:
        if section.part in _TAIL and (found := _told_to(text, section.heading_start, section.end)):
            return found
    for section in sections:
        if section.part in _TAIL and (
            named := _BY_LETTER.search(text, section.start, section.end) or _WHOSE_PHONE.search(text, section.start, section.end)
        ):
            return named["name"], named.start("name"), named.end("name")
    for section in sections:
        if section.part in _TAIL and (asked := _ASKED.search(text, section.start, section.end)):
            return asked["name"], asked.start("name"), asked.end("name")
    for section in sections:
        if section.part in _TAIL and (own := _OWN_DESK.search(text, section.start, section.end)):
            return "", own.start("name"), own.end("name")
    opening = sections[0] if sections and not sections[0].heading else None  # some notices say it first
    if opening and (objection := _OBJECTION.search(text, opening.start, opening.end)):
        return _told_to(text, objection.start(), opening.end)
    return None


def _first_name(section: Section, text: str) -> Found | None:
    line = section.lines[0]
    words = re.split(r"[。；，]|（(?=[^（）]*(?:电话|地址|路|街|大楼|大厦|大院))|联系电话|电话：", line.text)[0].strip(" ：")
    if len(words) < 2 or not _BODY_OR_ROOM.search(words) or words.startswith("公示") or phones(words):
        return _told_to(text, section.start, section.end)
    return words, line.start, line.start + len(words)


def _told_to(text: str, start: int, end: int) -> Found | None:
    for found in (*_TO.finditer(text, start, end), *_SENT_TO.finditer(text, start, end)):
        name = re.sub(r"(?:电子|微信|指定)$", "", found["name"])
        name = re.sub(r"(?:以|通过|采取|用|进行|书面|电话|来信|来电).{0,12}$", "", name).strip()
        if _SELF.search(name):
            return "", found.start("name"), found.end("name")
        if len(name) >= 3 and not _NOT_A_BODY.search(name):
            return name, found.start("name"), found.start("name") + len(name)
    return None
