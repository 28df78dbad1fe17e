"""What is typed at the door and about one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.kernel.said import say
from xiaohao.records.models import Account
from xiaohao.records.tokens import LIFETIMES, SCOPE_WORDS

_HIDDEN = {"class": "in", "autocapitalize": "none", "spellcheck": "false"}


#: Why a password is weak, in our words (Django's catalogue lacks some of them in Chinese), by the code of its validators (settings).
_WEAK = {
    "password_too_short": gettext_lazy("密码太短，至少要 12 个字符"),
    "password_too_common": gettext_lazy("这个密码太常见，容易被猜到"),
    "password_too_similar": gettext_lazy("密码和用户名太相似"),
}


def password_field(label: Any, *, new: bool = False, required: bool = True) -> forms.CharField:
    """A password as it is typed, spaces and all."""
    return forms.CharField(
        label=label,
        strip=False,
        required=required,
        max_length=200,
        error_messages={"required": gettext_lazy("请填写密码")},
        widget=forms.PasswordInput(attrs={"class": "in", "autocomplete": "new-password" if new else "current-password"}),
    )


def code_field(label: Any, *, required: bool = True) -> forms.CharField:
    """A one-time code, or one from the paper."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=20,
        error_messages={"required": gettext_lazy("请填写验证码")},
        widget=forms.TextInput(attrs={**_HIDDEN, "autocomplete": "one-time-code", "inputmode": "text"}),
    )


class PlainForm(forms.Form):
    """A form of these pages: what is missing is said by us, in one place and the same words."""

    use_required_attribute = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)


class SignInForm(PlainForm):
    """User name and password."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=80,
        error_messages={"required": gettext_lazy("请填写用户名")},
        widget=forms.TextInput(attrs={**_HIDDEN, "autocomplete": "username"}),
    )
    password = password_field(gettext_lazy("密码"))


class CodeForm(PlainForm):
    """The second half: a code, or what a security key has answered (written by the script)."""

    code = code_field(gettext_lazy("验证码"), required=False)
    key_answer = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20_000)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("code") and not typed.get("key_answer"):
            self.add_error("code", _("请填写验证码"))
        return typed


class AgainForm(CodeForm):
    """Password and second half once more, by somebody who is signed in."""

    password = password_field(gettext_lazy("密码"))
    field_order = ["password", "code", "key_answer"]

    def __init__(self, *given: Any, with_password: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if not with_password:
            del self.fields["password"]


class NewPasswordForm(PlainForm):
    """A new password, typed twice."""

    new_password = password_field(gettext_lazy("新密码"), new=True)
    repeated = password_field(gettext_lazy("再输一次新密码"), new=True)

    def __init__(self, *given: Any, account: Account, **named: Any) -> None:
        super().__init__(*given, **named)
        self.account = account
        self.fields["new_password"].help_text = _("至少 12 个字符，可以是一句话；不要用常见密码，也不要和用户名、姓名相近。")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, second = typed.get("new_password"), typed.get("repeated")
        if first and second and first != second:
            self.add_error("repeated", _("两次输入的密码不一样"))
        elif first:
            try:
                validate_password(first, self.account)
            except forms.ValidationError as weak:
                for one in weak.error_list:
                    self.add_error("new_password", str(_WEAK.get(one.code or "", one.messages[0])))
        return typed


class PhoneForm(PlainForm):
    """The first code of a phone that has just read the secret."""

    code = code_field(gettext_lazy("手机上显示的 6 位验证码"))


class KeyForm(PlainForm):
    """A new security key: a name to know it by, and what the browser has answered."""

    label = forms.CharField(
        label=gettext_lazy("给它起个名字"),
        max_length=60,
        error_messages={"required": gettext_lazy("请填写名字")},
        widget=forms.TextInput(attrs={"class": "in"}),
        help_text=gettext_lazy("例如：抽屉里的蓝色密钥。"),
    )
    key_answer = forms.CharField(
        widget=forms.HiddenInput, max_length=20_000, error_messages={"required": gettext_lazy("安全密钥没有应答，请再试一次")}
    )


class TokenForm(PlainForm):
    """A token of one's own: what it is for, what it may do, how long it works."""

    name = forms.CharField(
        label=gettext_lazy("给哪个系统用"),
        max_length=60,
        error_messages={"required": gettext_lazy("请写给哪个系统用"), "max_length": gettext_lazy("名字太长，请缩短到 60 个字以内")},
        widget=forms.TextInput(attrs={"class": "in", "lang": "zh-Hans"}),
        help_text=gettext_lazy("例如：局里的台账系统。以后凭这个名字认出它。"),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("它能做什么"),
        choices=[(scope.value, words) for scope, words in SCOPE_WORDS.items()],
        error_messages={"required": gettext_lazy("请至少选一项")},
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.ChoiceField(
        label=gettext_lazy("用到什么时候"),
        choices=[(str(days), say("{days} 天", days=days)) for days in LIFETIMES],
        initial="90",
        error_messages={"required": gettext_lazy("请选用到什么时候"), "invalid_choice": gettext_lazy("请选用到什么时候")},
        widget=forms.RadioSelect,
    )
