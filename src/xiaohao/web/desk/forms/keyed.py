"""The parts that every form of an act has: the idempotency key, the version of the task that was seen, and controls in the site's own style."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.forms.widgets import Input
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from xiaohao.kernel.when import parse_when

#: Bytes of an idempotency key: 128 bits, so that two requests never share one by chance.
_KEY_BYTES = 16


#: Characters that come along when text is pasted from Word or PDF and that nobody sees; line breaks and tabs stay.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def fresh_key() -> str:
    return secrets.token_hex(_KEY_BYTES)


def _unnamed() -> forms.HiddenInput:
    """A hidden field without an id, so that two forms may stand on one page."""
    return forms.HiddenInput(attrs={"id": False})


class DeskForm(forms.Form):
    """A form in the site's own style, with words for its errors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.data = _seen(self.data)
        for field in self.fields.values():
            _dress(field)

    def add_field(self, name: str, field: forms.Field) -> None:
        """A field that depends on the case."""
        self.fields[name] = field
        _dress(field)


def _seen(data: Any) -> Any:
    """What was sent, without the characters that nobody sees."""
    if not isinstance(data, MultiValueDict) or not any(_UNSEEN.search(str(value)) for _name, values in data.lists() for value in values):
        return data
    return MultiValueDict({name: [_UNSEEN.sub("", str(value)) for value in values] for name, values in data.lists()})


class KeyedForm(DeskForm):
    """A form whose second sending is harmless. `key` goes to the act as it is."""

    key = forms.CharField(
        widget=_unnamed(),
        initial=fresh_key,
        validators=[RegexValidator(r"\A[0-9a-f]{32}\Z", _("表单的编号不对，请刷新页面后再试。"))],
        error_messages={"required": _("表单没有编号，请刷新页面后再试。")},
    )


class StepForm(KeyedForm):
    """A form of a step: `version` is the task as it was when the page was opened, so that nobody overwrites what they have not seen."""

    version = forms.IntegerField(widget=_unnamed(), min_value=0)


def _dress(field: forms.Field) -> None:
    """Give a control its class, and say which field is empty."""
    if isinstance(field.widget, Input | forms.Textarea | forms.Select) and not isinstance(
        field.widget, forms.RadioSelect | forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.HiddenInput
    ):
        field.widget.attrs.setdefault("class", "in")
    if field.label and field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = _("请填写“%(label)s”。") % {"label": field.label}
    field.error_messages.setdefault("max_length", _("最多 %(limit_value)d 个字，现在是 %(show_value)d 个。"))
    if isinstance(field, forms.ChoiceField):
        field.error_messages["invalid_choice"] = _("“%(value)s”不在可选的范围里，请重新选择。")


class WhenField(forms.CharField):
    """A date as exact as its source: 2025, 2025-12 or 2025-12-31."""

    default_error_messages = {"when": _("日期请写成 2025-12-31；只知道月份的写 2025-12。")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=25, strip=True, **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).replace("/", "-").replace(".", "-")
        if text and parse_when(text) is None:
            raise forms.ValidationError(self.error_messages["when"], code="when")
        return text


class DayField(forms.DateField):
    """One day, picked or typed: 2026-03-03."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("日期请写成 2026-03-03。")})
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d"], **kwargs)


def long_text(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "", most: int = 20_000) -> forms.CharField:
    """A field of running text. `most` characters are more than any official answer; it keeps a pasted book out."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=most, widget=forms.Textarea(attrs={"rows": rows, "lang": "zh-Hans"})
    )
