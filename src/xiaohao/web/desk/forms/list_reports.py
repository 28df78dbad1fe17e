"""Filing another version of a list's report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.web.desk.forms.keyed import KeyedForm


class ReportForm(KeyedForm):
    """Why there is another version; the first one needs no reason."""

    reason = forms.CharField(label=_("这一版改了什么"), max_length=200)

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["reason"]
