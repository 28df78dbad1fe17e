"""Who signed a paper and on which day: offered are those who may have, and the day must lie in their term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.records.in_post import Signer, not_in_post
from xiaohao.web.desk.forms.choices import set_choices
from xiaohao.web.parts.words import say_it


def offer_signers(form: forms.Form, signers: Sequence[Signer]) -> None:
    """Each person once by each term, so that the days stand beside the name; what is sent is the person."""
    words: dict[str, list[str]] = {}
    for one in signers:
        words.setdefault(one.person, []).append(say_it(one.words))
    pairs: list[tuple[str, Any]] = [(person, "；".join(said)) for person, said in words.items()]
    set_choices(form, "signed_by", [("", _("请选择")), *pairs])


def must_be_in_post(form: forms.Form, signers: Sequence[Signer], today: date) -> None:
    """Puts the error beside the day where it has not come, or where the chosen person was not in post on it."""
    day, person = form.cleaned_data.get("signed_on"), form.cleaned_data.get("signed_by")
    if not day:
        return
    if day > today:
        form.add_error("signed_on", _("签字日期还没有到。"))
    elif person and (wrong := not_in_post(signers, person, day.isoformat())):
        form.add_error("signed_on", f"{say_it(wrong.fact)}。{say_it(wrong.way)}。")
