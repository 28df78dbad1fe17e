"""A Word template that takes the place of a form's shipped one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.web.desk.forms.keyed import KeyedForm


class TemplateForm(KeyedForm):
    """The file; without one when the form goes back to the shipped template."""

    file = forms.FileField(
        label=_("改好的模板（.docx）"), error_messages={"required": _("请选改好的 docx 文件。"), "empty": _("这是空文件。")}
    )

    def __init__(self, *args: Any, asks_file: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = asks_file
