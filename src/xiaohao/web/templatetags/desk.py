"""Filters that only the desk's pages need."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from xiaohao.kernel.said import Said, say
from xiaohao.records.models import Org
from xiaohao.web.parts.acts import act_words

register = template.Library()
register.filter("act_words", act_words)

_KINDS: Mapping[str, Said] = {"immediate": say("立行立改"), "deadline": say("限期整改"), "long_term": say("长期坚持")}

_LEVELS: Mapping[str, Said] = {
    "central": say("中央"),
    "province": say("省级"),
    "city": say("市级"),
    "county": say("县级"),
    "town": say("乡镇"),
    "none": say("其他"),
}


@register.filter
def level_words(level: str) -> str:
    """Org.level in words."""
    return _LEVELS.get(level) or level


_UNITS: Mapping[str, Said] = {
    "enterprise": say("企业"),
    "lab": say("检测机构"),
    "contractor": say("施工、运维单位"),
    "expert": say("专家组"),
}


@register.filter
def level_or_kind(org: Org) -> str:
    """The level of a unit in words; what it is where it has no level."""
    return (_UNITS.get(org.kind) if org.level == "none" else None) or level_words(org.level)


@register.filter
def kind_words(kind: str) -> str:
    """Task.kind in words."""
    return _KINDS.get(kind) or kind


@register.filter
def commas(names: str) -> list[str]:
    """Names written in one string: a,b,c."""
    return names.split(",")


@register.filter
def works_on_cases(user: object) -> bool:
    """Whether this person has a role that works on cases (the administrators have none)."""
    from xiaohao.web.desk.permissions import STAFF

    return bool({role.value for role in STAFF} & set(getattr(user, "roles", ())))
