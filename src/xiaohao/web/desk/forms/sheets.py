"""A sheet to be taken in: sent once, looked at, then confirmed; the file waits under its hash, so that confirming reads the same bytes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from xiaohao.records.to_dossier import content_store
from xiaohao.web.desk.forms.keyed import KeyedForm

_SALT = "desk.sheet"
#: Seconds for which a sheet waits for its confirmation: as long as a session.
_HELD_FOR = 12 * 60 * 60


class SheetForm(KeyedForm):
    """`sheet` is a file sent now, `held` one that was looked at (see hold)."""

    sheet = forms.FileField(label=_("表格文件（xlsx、xls、csv）"), required=False)
    held = forms.CharField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("sheet") and not typed.get("held"):
            self.add_error("sheet", _("请选择表格文件。"))
        return typed

    def content(self) -> tuple[bytes, str]:
        """The bytes and the name of the sheet. Raises ValueError when what was held is gone or was changed."""
        sent = self.cleaned_data["sheet"]
        if sent:
            return sent.read(), sent.name or ""
        try:
            sha256, name = signing.loads(self.cleaned_data["held"], salt=_SALT, max_age=_HELD_FOR)
            return content_store().get(sha256), name
        except (signing.BadSignature, FileNotFoundError) as gone:
            raise ValueError(str(_("表格已经不在，请重新选择。"))) from gone


class PetitionSheetForm(SheetForm):
    """A sheet of petitions; what the sheet does not say is said here for all of its rows."""

    inspection = forms.ChoiceField(label=_("哪次督察交办"), required=False)
    org = forms.ChoiceField(label=_("表里没有写或认不出承办单位的，由谁办理"))


class RowSheetForm(SheetForm):
    """A sheet of rows of one kind."""

    type = forms.ChoiceField(label=_("登记哪一类"))
    org = forms.ChoiceField(label=_("表里没有写或认不出单位的，算哪个单位"))


def hold(content: bytes, name: str) -> str:
    """Keep the sheet under its hash; returns what the form carries to find it again."""
    sha256, _size = content_store().put([content])
    return signing.dumps([sha256, name[:80]], salt=_SALT)
