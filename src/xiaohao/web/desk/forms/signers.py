"""Who signed a paper and on which day: offered are those who may have, and the day must lie in their term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.records.in_post import Signer, not_in_post
from xiaohao.web.desk.forms.choices import set_choices
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm
from xiaohao.web.parts.words import say_it


class PaperSignatureForm(KeyedForm):
    """A signature that may have been given on paper: who, on which day, and the scan. Offered are those who may have signed (records/in_post.py)."""

    on_paper = forms.BooleanField(label=_("纸质签批，由我录入"), required=False)
    signed_by = forms.ChoiceField(label=_("谁签的"), required=False)
    signed_on = DayField(label=_("哪天签的"), required=False)
    scan = forms.FileField(label=_("签字页扫描件"), required=False)

    def __init__(self, *args: Any, signers: Sequence[Signer], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signers, self.today = signers, today
        words: dict[
            str, list[str]
        ] = {}  # each person once by each term, so that the days stand beside the name; what is sent is the person
        for one in signers:
            words.setdefault(one.person, []).append(say_it(one.words))
        pairs: list[tuple[str, Any]] = [(person, "；".join(said)) for person, said in words.items()]
        set_choices(self, "signed_by", [("", _("请选择")), *pairs])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("on_paper"):
            for name in ("signed_by", "signed_on", "scan"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
            self._must_be_in_post()
        return typed

    def _must_be_in_post(self) -> None:
        """Puts the error beside the day where it has not come, or where the chosen person was not in post on it."""
        day, person = self.cleaned_data.get("signed_on"), self.cleaned_data.get("signed_by")
        if not day:
            return
        if day > self.today:
            self.add_error("signed_on", _("签字日期还没有到。"))
        elif person and (wrong := not_in_post(self.signers, person, day.isoformat())):
            self.add_error("signed_on", f"{say_it(wrong.fact)}。{say_it(wrong.way)}。")
