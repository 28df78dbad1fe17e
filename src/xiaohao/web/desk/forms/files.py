"""A control that takes many files at once."""

from __future__ import annotations

from typing import Any

from django import forms


class ManyFiles(forms.ClearableFileInput):
    """A control that takes many files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Many files; each is cleaned like one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ManyFiles(attrs={"multiple": True, "class": "in"}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in sent] if sent else super().clean(None, initial) or []
