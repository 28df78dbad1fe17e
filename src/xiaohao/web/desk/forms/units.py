"""What is typed when a unit is set up, put right or dissolved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.units import UnitFacts
from xiaohao.kernel.codes import fits_level, is_credit_code, is_region_code
from xiaohao.records.models import Org
from xiaohao.web.desk.forms.choices import set_choices
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm

_LEVELS = [
    ("central", _("中央")),
    ("province", _("省级")),
    ("city", _("市级")),
    ("county", _("县级")),
    ("town", _("乡级")),
    ("none", _("没有级别（企业、专家等）")),
]
_KINDS = [
    ("government", _("政府")),
    ("party", _("党委")),
    ("department", _("部门")),
    ("office", _("办公室（整改办、督查室）")),
    ("park", _("园区、管委会")),
    ("enterprise", _("企业")),
    ("lab", _("检测机构")),
    ("contractor", _("施工、运维单位")),
    ("expert", _("专家组")),
    ("other", _("其他")),
]
#: Gate of a refusal → the field it is about.
FIELD_OF = {
    "name_free": "name",
    "region_code": "region_code",
    "credit_code": "credit_code",
    "parent": "parent",
    "since": "since",
    "into": "into",
    "on": "on",
}


class UnitForm(KeyedForm):
    """All that is on file of a unit. `renames` adds the day from which a new name holds."""

    name = forms.CharField(label=_("名称（全称）"), max_length=200)
    aliases = forms.CharField(
        label=_("简称，几个的用顿号隔开"), required=False, max_length=300, help_text=_("台账里写的简称，导入时认得。")
    )
    level = forms.ChoiceField(label=_("层级"), choices=_LEVELS)
    kind = forms.ChoiceField(label=_("种类"), choices=_KINDS)
    parent = forms.ChoiceField(label=_("上级单位"), required=False)
    phone = forms.CharField(label=_("联系电话"), required=False, max_length=40)
    address = forms.CharField(label=_("地址"), required=False, max_length=200)
    region_code = forms.CharField(label=_("行政区划代码"), required=False, max_length=6, help_text=_("GB/T 2260，六位；园区等没有的不填。"))
    credit_code = forms.CharField(label=_("统一社会信用代码"), required=False, max_length=18, help_text=_("18 位，末位是校验码。"))
    since = DayField(label=_("更名的，新名称从哪天起"), required=False)
    reason = forms.CharField(label=_("更名的原因或文号"), required=False, max_length=200)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], renames: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "parent", [("", _("没有上级单位")), *units])
        self.was = str(self.initial.get("name", ""))
        if not renames:
            del self.fields["since"], self.fields["reason"]

    def clean_credit_code(self) -> str:
        code = str(self.cleaned_data["credit_code"]).strip().upper()
        if code and not is_credit_code(code):
            raise forms.ValidationError(_("18 位，末位是校验码，请照证书核对。"))
        return code

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        code = typed.get("region_code")
        if code and not (is_region_code(code) and fits_level(code, typed.get("level", ""))):
            self.add_error("region_code", _("六位数字，按 GB/T 2260；省级末四位、市级末两位是 0。"))
        if (
            "since" in self.fields
            and typed.get("name")
            and typed["name"] != self.was
            and not typed.get("since")
            and "since" not in self.errors
        ):
            self.add_error("since", _("名称改了，请填新名称从哪天起。"))
        return typed

    def facts(self) -> UnitFacts:
        typed = self.cleaned_data
        aliases = tuple(one.strip() for one in typed["aliases"].replace("，", "、").split("、") if one.strip())
        named = {name: typed[name] for name in ("name", "level", "kind", "parent", "phone", "address", "region_code", "credit_code")}
        return UnitFacts(**named, aliases=aliases)


def as_typed(row: Org) -> dict[str, Any]:
    """The unit as the form takes it."""
    former = {one["name"] for one in row.former_names}
    return {
        "name": row.name,
        "aliases": "、".join(one for one in row.more.get("aliases", []) if one not in former),
        "level": row.level,
        "kind": row.kind,
        "parent": row.parent_id or "",
        "phone": row.more.get("phone", ""),
        "address": row.more.get("address", ""),
        "region_code": row.region_code,
        "credit_code": row.credit_code,
    }


class DissolveForm(KeyedForm):
    """Into which unit, from which day."""

    into = forms.ChoiceField(label=_("承接单位：没办完的事归谁"))
    on = DayField(label=_("撤销日期"))
    document = forms.CharField(label=_("文件文号"), required=False, max_length=100)
    reason = forms.CharField(label=_("原因"), required=False, max_length=200, help_text=_("例如：机构改革、合并。"))

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "into", [("", _("请选择")), *units])
