"""Where tasks go: a list that is there, or a new one with the inspection that it came of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier.task import Inspection, TaskList
from xiaohao.web.desk.forms.evidence import set_choices
from xiaohao.web.desk.forms.keyed import KeyedForm

_CHOOSE = ("", _("请选择"))
INSPECTION_LEVELS = [_CHOOSE, ("central", _("中央")), ("province", _("省级")), ("city", _("市级")), ("self", _("本级自查"))]
INSPECTION_KINDS = [_CHOOSE, ("routine", _("例行督察")), ("look_back", _("回头看")), ("special", _("专项督察")), ("self_check", _("自查"))]
#: What a new list cannot be without.
_OF_A_NEW_ONE = ("list_name", "list_code", "inspection_name", "inspection_level", "inspection_kind")


class ListForm(KeyedForm):
    """Exactly one of the two: an existing list chosen, or a new one filled in."""

    list = forms.ChoiceField(label=_("哪一份清单"), required=False)
    list_name = forms.CharField(label=_("新清单的名称"), required=False, max_length=200)
    list_code = forms.CharField(
        label=_("新清单的代号（任务地址的前半，小写字母和数字）"),
        required=False,
        max_length=40,
        validators=[RegexValidator(r"\A[a-z0-9]+\Z", _("代号只用小写字母和数字，如 qh2025a。"))],
    )
    inspection_name = forms.CharField(label=_("哪一次督察"), required=False, max_length=200)
    inspection_level = forms.ChoiceField(label=_("督察层级"), choices=INSPECTION_LEVELS, required=False)
    inspection_kind = forms.ChoiceField(label=_("督察类型"), choices=INSPECTION_KINDS, required=False)

    def __init__(self, *args: Any, lists: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "list", [("", _("新清单")), *lists])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("list"):
            for name in _OF_A_NEW_ONE:
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        elif typed.get("list_name") or typed.get("list_code"):
            self.add_error("list", _("选了已有的清单，又填了新清单。要用新清单的，请在这里选“新清单”。"))
        return typed

    @property
    def list_id(self) -> str:
        """The chosen list, or the one that will be made of this form."""
        return self.cleaned_data["list"] or id_from("list", self.cleaned_data["list_code"])

    def new_list(self) -> tuple[Inspection, TaskList, str] | None:
        """(inspection, list, code) where a new list was entered."""
        typed = self.cleaned_data
        if typed["list"]:
            return None
        inspection = Inspection(
            id=id_from("insp", typed["inspection_name"], typed["inspection_level"]),
            name=typed["inspection_name"],
            level=typed["inspection_level"],
            kind=typed["inspection_kind"],
        )
        return inspection, TaskList(id=self.list_id, inspection=inspection.id, name=typed["list_name"]), typed["list_code"]
