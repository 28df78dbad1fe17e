"""Filters that only the desk's pages need."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from xiaohao.kernel.said import Said, say
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


@register.filter
def kind_words(kind: str) -> str:
    """Task.kind in words."""
    return _KINDS.get(kind) or kind
