"""A signed bundle from another installation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.web.desk.forms.keyed import KeyedForm

#: Bytes that are taken over the web; a larger bundle is brought to the machine and taken in by the command, which shows how far it is.
_MOST = 300 * 1024 * 1024


class ParcelForm(KeyedForm):
    """The zip."""

    file = forms.FileField(label=_("案卷包（.zip）"), error_messages={"required": _("请选案卷包的 zip 文件。"), "empty": _("这是空文件。")})

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > _MOST:
            raise forms.ValidationError(_("超过 300 MB 的案卷包，请系统管理员在服务器上用 xiaohao import 导入，有进度。"))
        return given
