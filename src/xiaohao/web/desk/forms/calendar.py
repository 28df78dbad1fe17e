"""A year of the working-day calendar, typed from the official notice in its own words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.kernel.holiday_text import NoSuchDay, days_in
from xiaohao.web.desk.forms.keyed import KeyedForm, long_text


class YearForm(KeyedForm):
    """The number of the notice, and its days; asides such as （周四） may be copied along."""

    notice = forms.CharField(label=_("通知的文号"), max_length=200)
    off = long_text(_("放假的日子（照抄，如 1月1日至3日、2月15日至23日）"), rows=3, most=2000)
    on = long_text(_("调休上班的日子（如 1月4日、2月14日）"), rows=2, required=False, most=2000)

    def __init__(self, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_off(self) -> frozenset[date]:
        return self._days("off")

    def clean_on(self) -> frozenset[date]:
        return self._days("on")

    def _days(self, name: str) -> frozenset[date]:
        try:
            return days_in(self.year, self.cleaned_data[name])
        except NoSuchDay as wrong:
            raise forms.ValidationError(_("“%(words)s”认不出是哪天，请写成 1月1日至3日。") % {"words": wrong.words}) from wrong
