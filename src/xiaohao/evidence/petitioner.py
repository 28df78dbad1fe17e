"""Keeping out who complained: telephone numbers, identity numbers and names behind 举报人 are blotted out before a petition's text is kept.

Columns that only say who complained are never taken in at all. A blot cannot know every name, so the public table shows none of this text:
it shows the summary that an official wrote for the public, which goes through here too.
"""

from __future__ import annotations

import re

from xiaohao.evidence.phones import phones_in

BLOT = "■■"
#: Headers of columns that say who complained.
PETITIONER_COLUMNS = re.compile(
    r"(?:举报|投诉|来电|来信|信访|反映|上访|诉求|当事)人|(?:举报|投诉|信访|来电|反映)(?:者|群众)?(?:姓名|名字|电话|手机|身份证|住址|地址)"
    r"|^(?:姓名|身份证号?码?|手机号?码?|联系电话|联系方式|电话|家庭住址|住址)$"
)
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)")
_NAMED = re.compile(
    r"(?P<role>(?:举报|投诉|来电|来信|信访|反映|上访)(?:人|者|群众)(?:姓名)?)(?P<link>[：:为是（(]?\s*)(?P<name>[\u4e00-\u9fff·]{2,4}?)"
    r"(?=[，,。；;、\s）)]|来电|来信|反映|举报|投诉|称|说|（|\(|电话|$)"
)
_NAME_FIELD = re.compile(r"(?P<role>姓名[：:]\s*)[\u4e00-\u9fff·]{2,4}")
#: What may follow 举报人 and is no name.
_NOT_NAMES = (
    "再次",
    "多次",
    "要求",
    "认为",
    "表示",
    "对此",
    "不满",
    "满意",
    "匿名",
    "现场",
    "希望",
    "本人",
    "已经",
    "一致",
    "代表",
    "所述",
)


def without_petitioner(text: str) -> str:
    """The text with telephones of persons, identity numbers and names of petitioners blotted out."""
    for phone in reversed(phones_in(text)):
        text = text[: phone.start] + BLOT + text[phone.end :]
    text = _IDENTITY.sub(BLOT, text)
    text = _NAME_FIELD.sub(lambda found: f"{found['role']}{BLOT}", text)
    return _NAMED.sub(lambda found: found[0] if found["name"].startswith(_NOT_NAMES) else f"{found['role']}{found['link']}{BLOT}", text)


def says_who(header: str) -> bool:
    """Whether a column of that name says who complained."""
    return bool(PETITIONER_COLUMNS.search(re.sub(r"\s", "", header)))
