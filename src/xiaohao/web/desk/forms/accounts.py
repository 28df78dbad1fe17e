"""What the administrators type about accounts and search the access log by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from xiaohao.kernel.roles import Role, may_lie_in_one_hand
from xiaohao.procedure.hands import ROLE_WORDS
from xiaohao.records.access_log import RESULT_WORDS, WHAT_WORDS, Wanted
from xiaohao.web.desk.forms.keyed import DayField, DeskForm, KeyedForm

_ROLES = [(role.value, words) for role, words in ROLE_WORDS.items()]


class RolesForm(DeskForm):
    """The roles that an account should have, and why."""

    roles = forms.MultipleChoiceField(label=_("职责"), required=False, choices=_ROLES, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("理由"), required=False, max_length=200)

    def clean_roles(self) -> list[Role]:
        picked = [Role(one) for one in self.cleaned_data["roles"]]
        if not may_lie_in_one_hand(picked):
            raise forms.ValidationError(_("系统管理员、安全管理员、审计员互不兼任，也不兼任办理任务的职责。"))
        return picked


class AccountForm(RolesForm, KeyedForm):
    """A new account for a person on file."""

    person = forms.ChoiceField(label=_("人员"))
    username = forms.CharField(
        label=_("用户名"),
        max_length=40,
        help_text=_("小写字母、数字、点、横线，3 至 40 个，例如 zhoumin。"),
        validators=[RegexValidator(r"\A[a-z0-9][a-z0-9._-]{2,39}\Z", _("用户名用小写字母、数字、点、横线，3 至 40 个。"))],
    )
    email = forms.EmailField(
        label=_("邮箱（提醒发到这里）"), required=False, max_length=200, error_messages={"invalid": _("邮箱地址不对，请核对。")}
    )
    field_order = ["key", "person", "username", "email", "roles", "reason"]

    def __init__(self, *args: Any, people: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class UnifiedForm(DeskForm):
    """Under what name the unified sign-in knows a person."""

    unified_id = forms.CharField(label=_("统一身份"), required=False, max_length=200)


class LogForm(DeskForm):
    """Which lines of the access log."""

    what = forms.ChoiceField(
        label=_("事项"), required=False, choices=[("", _("全部")), *((what.value, words) for what, words in WHAT_WORDS.items())]
    )
    result = forms.ChoiceField(
        label=_("结果"), required=False, choices=[("", _("全部")), *((one.value, words) for one, words in RESULT_WORDS.items())]
    )
    who = forms.CharField(label=_("姓名或用户名"), required=False, max_length=60)
    first = DayField(label=_("起始日期"), required=False)
    last = DayField(label=_("截止日期"), required=False)

    def wanted(self) -> Wanted:
        """What a valid form asks for; of one that is not, only what is right in it."""
        typed = self.cleaned_data if hasattr(self, "cleaned_data") else {}
        return Wanted(
            what=typed.get("what") or "",
            result=typed.get("result") or "",
            who=typed.get("who") or "",
            first=typed.get("first"),
            last=typed.get("last"),
        )
