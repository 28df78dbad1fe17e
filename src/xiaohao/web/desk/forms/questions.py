"""Questions back to the unit, and its answers, as typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.web.desk.forms.choices import set_choices
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm, long_text


class QuestionForm(KeyedForm):
    """One question: about what, what, and by when."""

    about = forms.ChoiceField(label=_("问的是哪一项"), error_messages={"required": _("请选一项措施、一句话或一条记录。")})
    text = long_text(_("要责任单位说明或补充什么"), rows=3, most=2_000)
    due = DayField(label=_("答复期限"))

    def __init__(self, *args: Any, matters: Sequence[tuple[str, Sequence[tuple[str, str]]]], today: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "about", [("", _("请选择")), *((words, list(pairs)) for words, pairs in matters)])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("due") and typed["due"].isoformat() < self.today:
            self.add_error("due", _("期限要在今天或以后。"))
        return typed


class ReplyForm(KeyedForm):
    """The answer with what shows it."""

    text = long_text(_("答复"), rows=4, most=5_000)
    evidence = forms.MultipleChoiceField(
        label=_("依据"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选出能说明的记录、文件或照片；还没有登记的，先登记。")},
    )

    def __init__(self, *args: Any, evidence: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "evidence", evidence)
