"""Filters and tags that every template has (a builtin library of the settings)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from xiaohao.kernel.roles import Role
from xiaohao.procedure.hands import ROLE_WORDS
from xiaohao.web.parts import glyphs, qr, words
from xiaohao.web.parts import state as states

register = template.Library()

register.filter("said", words.said_marked)
register.filter("said_plain", words.say_it)  # for attributes, titles and drawings, which hold no markup
register.filter("day", words.day_in_words)
register.filter("moment", words.moment_in_words)
register.filter("iso_moment", words.iso_moment)
register.filter("amount", words.amount)
register.filter("breakable", words.breakable)
register.filter("look", states.look)
register.simple_tag(qr.drawing, name="qr")


@register.filter
def iso_day(value: object) -> str:
    """A date as tables print it: 2026-03-03."""
    found = words.to_date(value)
    return found.isoformat() if found else str(value or "")


@register.filter
def short_day(value: object) -> str:
    """A date of this year's business: 3 月 3 日."""
    return words.day_in_words(value, with_year=False)


@register.filter
def dialled(phone: object) -> str:
    """A telephone number as a tel: address has it."""
    return "".join(character for character in str(phone) if character.isdigit() or character == "+")


@register.filter
def quoted(parts: Iterable[Any]) -> str:
    """Names in a row: 甲、乙、丙."""
    from django.utils.translation import gettext

    return gettext("、").join(str(part) for part in parts)


@register.filter
def role_word(role: str) -> str:
    """What a role is called."""
    return words.say_it(ROLE_WORDS[Role(role)])


class IconNode(Node):
    """Shows one glyph and remembers it for the sprite at the foot of the page."""

    def __init__(self, name: FilterExpression) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        name = self.name.resolve(context)
        request = getattr(context, "request", None)
        if request is None or getattr(request, "htmx", False):
            return mark_safe(glyphs.drawn(name))
        if not hasattr(request, "glyphs"):
            request.glyphs = set()
        request.glyphs.add(name)
        return mark_safe(glyphs.use(name))


@register.tag
def icon(parser: Parser, token: Token) -> IconNode:
    """{% icon "check" %}, or {% icon variable %}."""
    _, name = token.split_contents()
    return IconNode(parser.compile_filter(name))


@register.simple_tag
def gap() -> str:
    """{% gap %}: between two sentences, a space where the language has one."""
    return " " if get_language() == "en" else ""


@register.simple_tag(takes_context=True)
def sprite(context: Context) -> SafeString:
    """{% sprite %}: once, at the end of the page, after every icon."""
    return mark_safe(glyphs.sprite(getattr(getattr(context, "request", None), "glyphs", ())))
