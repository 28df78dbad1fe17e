"""What is typed when a document is sent round for countersigning, and when a unit signs it or sends it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.web.desk.forms.choices import set_choices
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm, long_text
from xiaohao.web.desk.forms.signers import PaperSignatureForm

#: Units that one sheet names at most; what needs more goes round in two sheets. Ours.
MOST_UNITS = 8


class SendForm(KeyedForm):
    """Who signs, in which way, by when. `typed` documents bring their words along."""

    in_order = forms.BooleanField(label=_("按上面的次序逐家会签（不勾选就同时送）"), required=False)
    due = DayField(label=_("会签期限"))

    def __init__(self, *args: Any, units: Sequence[tuple[str, Any]], asks_text: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if asks_text:
            self.add_field("title", forms.CharField(label=_("文件名称"), max_length=100))
            self.add_field("text", long_text(_("要会签的文字"), rows=8, most=20_000))
        for number in range(1, MOST_UNITS + 1):
            label = _("会签单位 %(number)s") % {"number": number}
            self.add_field(f"unit_{number}", forms.ChoiceField(label=label, required=number == 1))
            set_choices(self, f"unit_{number}", [("", _("请选择") if number == 1 else _("没有")), *units])

    @property
    def unit_fields(self) -> tuple[forms.BoundField, ...]:
        return tuple(self[f"unit_{number}"] for number in range(1, MOST_UNITS + 1))

    @property
    def first_units(self) -> tuple[forms.BoundField, ...]:
        """The rows that stand open: four, or as many as are filled in."""
        filled = max((n for n, field in enumerate(self.unit_fields, 1) if field.value()), default=0)
        return self.unit_fields[: max(4, filled)]

    @property
    def more_units(self) -> tuple[forms.BoundField, ...]:
        return self.unit_fields[len(self.first_units) :]

    def picked(self) -> tuple[str, ...]:
        """The units in their order."""
        named = [self.cleaned_data.get(f"unit_{number}") for number in range(1, MOST_UNITS + 1)]
        return tuple(dict.fromkeys(one for one in named if one))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("due") and typed["due"] < self.today:
            self.add_error("due", _("期限要在今天或以后。"))
        return typed


class AnswerForm(PaperSignatureForm):
    """A unit's word on the sheet: an opinion, and the signature, on the screen or on paper."""

    field_order = ("key", "text")
    text = long_text(_("意见（同意的可以不写；不同意的写明为什么、怎样改）"), rows=3, most=2_000, required=False)

    def __init__(self, *args: Any, may_sign: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_sign = may_sign
        if not may_sign:
            self.initial["on_paper"] = True

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("on_paper") and not self.may_sign:
            self.add_error("on_paper", _("会签由主要负责人签；签在纸上的，请勾选并附扫描件。"))
        if "return" in self.data and not (typed.get("text") or "").strip():
            self.add_error("text", _("不同意的，请写明为什么、怎样改。"))
        return typed


class WithdrawForm(KeyedForm):
    """Why a sheet is taken back."""

    reason = forms.CharField(label=_("撤回的理由"), max_length=200)
