"""What the objections desk types: a phone call or a letter as it came, whether it is looked into, and the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.web.desk.forms.keyed import KeyedForm, long_text

_CHANNELS = [("phone", _("电话")), ("letter", _("来信"))]


class TakenForm(KeyedForm):
    """An objection that came by phone or letter, typed in by the desk; it gets the same receipt."""

    notice = forms.ChoiceField(label=_("哪一份公示"))
    channel = forms.ChoiceField(label=_("怎样收到的"), choices=_CHANNELS, widget=forms.RadioSelect)
    text = long_text(_("异议内容（照对方的话记）"))
    contact = forms.CharField(label=_("联系方式（可以不留；加密保存，只有承办人能看）"), required=False, max_length=200)
    measures = forms.MultipleChoiceField(label=_("涉及哪几项措施"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, notices: list[tuple[str, Any]], measures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("notice", notices), ("measures", measures)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class AdmissionForm(KeyedForm):
    """Looked into or not; the reason is public either way."""

    admissible = forms.TypedChoiceField(
        label=_("是否受理"),
        choices=[("yes", _("受理")), ("no", _("不受理"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("请先选受理或不受理。")},
    )
    reason = long_text(_("理由（会公开）"), rows=2)


class ReplyForm(KeyedForm):
    """The answer, measure by measure, with what the objection said once nothing in it tells who said it."""

    upheld = forms.TypedChoiceField(
        label=_("异议是否成立"),
        choices=[("no", _("不成立")), ("yes", _("成立，任务退回整改"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("请先选成立或不成立。")},
    )
    public_text = long_text(_("公开的异议内容（去掉姓名、住址、电话等）"), rows=3)
    answer = long_text(_("答复（会公开）"))
    confirmed = forms.BooleanField(label=_("答复与完成情况说明大段相同，我确认不用改"), required=False)

    def __init__(self, *args: Any, measures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = measures
        for measure, words in measures:
            self.add_field(f"about_{measure}", long_text(_("对%(measure)s的核查结果") % {"measure": words}, rows=2))

    @property
    def measure_fields(self) -> tuple[forms.BoundField, ...]:
        return tuple(self[f"about_{measure}"] for measure, _words in self.measures)

    def whole_answer(self) -> str:
        """One running text: first what was found for each measure, then the rest."""
        typed = self.cleaned_data
        parts = [f"{words}：{typed[f'about_{measure}'].strip()}" for measure, words in self.measures]
        return "\n".join([*parts, typed["answer"].strip()])


class FindingAnswerForm(KeyedForm):
    """A finding answered in writing."""

    answer = long_text(_("答复"))
    evidence = forms.MultipleChoiceField(label=_("佐证"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, evidence: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["evidence"]
        if isinstance(field, forms.ChoiceField):
            field.choices = evidence


class FindingDecisionForm(KeyedForm):
    """A decision on an answered finding."""

    decision = forms.ChoiceField(
        label=_("判断"),
        choices=[("explained", _("采纳，已说明")), ("upheld", _("不采纳，属实须改")), ("withdrawn", _("撤回，不构成疑点"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请先选一个判断。")},
    )
    reason = long_text(_("理由"), rows=2)
