"""What a supervisor writes on a rung of the ladder, and what the unit answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.procedure.pressure import RUNGS
from xiaohao.web.desk.forms.evidence import set_choices
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm, long_text


class PressForm(KeyedForm):
    """The rung, the paper's number, its text, and the day by which the unit answers."""

    rung = forms.ChoiceField(label=_("方式"), widget=forms.RadioSelect)
    number = forms.CharField(label=_("文号（没有就不填）"), max_length=60, required=False)
    text = long_text(_("督办内容"), rows=5)
    answer_by = DayField(label=_("答复期限"))
    visit = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)

    def __init__(self, *args: Any, rungs: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "rung", [(rung, RUNGS[rung]) for rung in rungs])


class OrderWordsForm(KeyedForm):
    """The unit's answer, or the reason for lifting."""

    order = forms.CharField(widget=forms.HiddenInput, max_length=80)
    words = long_text(_("答复（或解除的理由）"), rows=4)
