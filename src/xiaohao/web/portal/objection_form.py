"""The form of P4: one field that must be filled, everything else by choice; errors in the words of the field."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.publicity.notice_content import NoticeMeasure

#: Characters of a statement; a page and a half.
LONGEST_TEXT = 4000
#: The choice that stands for none of the measures.
OTHER = "other"
#: Seconds below which nobody has read the form, let alone filled it.
_TOO_FAST = 3
#: A form may lie open for a day: nothing times out while a person types.
_OPEN_SECONDS = 24 * 60 * 60
_SALT = "objection"
_PHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}[0-9]")
#: Characters of a measure beside its tick.
_SHOWN = 40


class ObjectionForm(forms.Form):
    """What a resident fills in. `suspicious` is set when a machine seems to be typing; then one plain question is asked as well."""

    use_required_attribute = False

    measures = forms.MultipleChoiceField(
        label=gettext_lazy("哪一项没有做到（可多选）"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=gettext_lazy("您看到了什么"),
        help_text=gettext_lazy("什么时间、什么地方、什么情况。写不清地名也没关系。"),
        max_length=LONGEST_TEXT,
        error_messages={"required": gettext_lazy("请写您看到的情况"), "max_length": gettext_lazy("写得太长，请缩短到 4000 字以内")},
        widget=forms.Textarea(attrs={"class": "in", "rows": 6}),
    )
    keep_time = forms.BooleanField(label=gettext_lazy("保留照片的拍摄时间"), required=False)
    keep_place = forms.BooleanField(label=gettext_lazy("保留照片的拍摄地点"), required=False)
    reach = forms.ChoiceField(
        label=gettext_lazy("要不要留联系方式"),
        choices=(("phone", gettext_lazy("留电话")), ("anonymous", gettext_lazy("匿名"))),
        error_messages={
            "required": gettext_lazy("请选留电话还是匿名"),
            "invalid_choice": gettext_lazy("请选留电话还是匿名"),
        },
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        required=False,
        max_length=20,
        error_messages={"max_length": gettext_lazy("电话号码太长，请检查")},
        widget=forms.TextInput(attrs={"class": "in w10", "inputmode": "tel", "autocomplete": "tel"}),
    )
    website = forms.CharField(required=False)  # for machines; people do not see it
    answer = forms.CharField(
        label=gettext_lazy("请回答：三加四等于几？"),
        required=False,
        help_text=gettext_lazy("这一问只是为了挡住自动程序，写汉字或数字都行。"),
        widget=forms.TextInput(attrs={"class": "in w10", "autocomplete": "off"}),
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, measures: tuple[NoticeMeasure, ...], **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [(measure.id, f"{measure.number} {shortened(measure.text)}") for measure in measures]
        self.fields["measures"].choices = [*choices, (OTHER, _("其他，或者说不准"))]  # type: ignore[attr-defined]
        self.suspicious = False
        self.key = ""

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].strip()
        if not text:
            raise forms.ValidationError(_("请写您看到的情况"))
        return text

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if self.cleaned_data.get("reach") == "phone":
            if not phone:
                raise forms.ValidationError(_("请写电话，或者选“匿名”"))
            if not _PHONE.fullmatch(phone):
                raise forms.ValidationError(_("电话号码好像不对，请检查"))
            return phone
        return ""

    def clean(self) -> dict[str, Any]:
        self.key, age = read_token(self.cleaned_data.get("token", ""))
        self.suspicious = bool(self.cleaned_data.get("website")) or age is None or age < _TOO_FAST
        if self.suspicious and self.cleaned_data.get("answer", "").strip() not in ("7", "七", "７"):
            self.add_error("answer", _("请回答：三加四等于几？"))
        return self.cleaned_data

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the measures that were ticked."""
        return tuple(measure for measure in self.cleaned_data["measures"] if measure != OTHER)


class PlainObjectionForm(ObjectionForm):
    """The same from a program, which nobody asks whether it is one; how often it may send is limited as for everybody."""

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data


def shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def new_token() -> str:
    """A signed note of when the form was handed out, with the key that makes a second press of the button harmless."""
    return signing.TimestampSigner(salt=_SALT).sign(secrets.token_hex(16))


def read_token(token: str) -> tuple[str, float | None]:
    """The key in a token and its age in seconds; a fresh key and None for one that is not ours or too old."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        key = signer.unsign(token, max_age=_OPEN_SECONDS)
    except signing.BadSignature:
        return secrets.token_hex(16), None
    return key, time.time() - signing.b62_decode(token.rsplit(":", 2)[1])


def keep_hashes(hashes: tuple[str, ...]) -> str:
    """Photos already taken, carried through an error page so that nobody has to choose them again."""
    return signing.dumps(list(hashes), salt=_SALT) if hashes else ""


def kept_hashes(kept: str) -> tuple[str, ...]:
    try:
        return tuple(signing.loads(kept, salt=_SALT, max_age=_OPEN_SECONDS)) if kept else ()
    except signing.BadSignature:
        return ()
