"""What reviewers, publishers and closers fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.web.desk.forms.keyed import DayField, StepForm, long_text


class ConsentForm(StepForm):
    """Approving a version that changes an approved one: the document in which this level consents."""

    number = forms.CharField(label=_("同意调整的文号"), max_length=100, required=False)
    date = DayField(label=_("文件日期"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for name, other in (("number", "date"), ("date", "number")):
            if typed.get(other) and not typed.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return typed


class ItemForm(StepForm):
    """The reviewer's opinion on one item. There is no default."""

    APPROVED, MORE, NOT_APPROVED = "approved", "more", "not_approved"
    item = forms.CharField(widget=forms.HiddenInput, max_length=200)
    verdict = forms.ChoiceField(
        label=_("这一条的意见"),
        choices=[(APPROVED, _("认可")), (MORE, _("请补充")), (NOT_APPROVED, _("不认可"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请先选一个意见。")},
    )
    reason = long_text(_("理由（会发给责任单位，并记入日志）"), rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("verdict") in (self.MORE, self.NOT_APPROVED) and not typed.get("reason", "").strip():
            self.add_error("reason", _("请写明要补充什么，或为什么不认可。"))
        return typed


class ReviewForm(StepForm):
    """The opinion on the whole, once every item has been seen."""

    text = long_text(_("审核意见"))


class ConfidentialityForm(StepForm):
    """The check before anything is published."""

    text = long_text(_("审查意见"), rows=2)
    signed = forms.BooleanField(
        label=_("我已逐字看过下面的公示稿，没有国家秘密、商业秘密和个人信息"), error_messages={"required": _("请看过公示稿后勾选。")}
    )


class PublicationForm(StepForm):
    """The notice's official number and its first day; the last day follows from the calendar."""

    number = forms.CharField(label=_("公示文号"), max_length=100)
    starts_on = DayField(label=_("公示第一天"))


class WordsForm(StepForm):
    """A step that needs a few sentences: a closing, a confirmation, the reason of a return. `label` and `help` come from the step."""

    words = long_text("")
    pledged = forms.BooleanField(label=_("我对所作决定的真实性负责"), required=False)

    def __init__(self, *args: Any, label: Any, pledge: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].error_messages["required"] = _("请填写“%(label)s”。") % {"label": label}
        if not pledge:
            del self.fields["pledged"]


class BareForm(StepForm):
    """A step that needs nothing but the click."""


class WatchForm(StepForm):
    """How long the task is watched, and which run of failing months makes it looked at again."""

    months = forms.IntegerField(label=_("观察几个月"), min_value=1, max_value=120)
    n = forms.IntegerField(label=_("连续看几个月"), min_value=1, max_value=36)
    k = forms.IntegerField(label=_("其中几个月超标就回头看"), min_value=1, max_value=36)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("k") and typed.get("n") and typed["k"] > typed["n"]:
            self.add_error("k", _("不能多于“连续看几个月”。"))
        return typed
