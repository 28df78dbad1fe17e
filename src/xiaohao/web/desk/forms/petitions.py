"""Entering one petition, saying what was done about it, and linking it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.petitions import Handling, petition_id
from xiaohao.dossier.petition import Petition
from xiaohao.evidence.petition_number import read_petition_number
from xiaohao.kernel.roles import Actor
from xiaohao.records.models import Inspection, Org, Place
from xiaohao.records.worklist import root_of
from xiaohao.web.desk.forms.choices import set_choices, units_near_first
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm, WhenField, long_text
from xiaohao.web.parts.petitions import POLLUTION, STATUS, TRUTH
from xiaohao.web.parts.words import say_it

_SPLIT = re.compile(r"[、,，;；/\s]+")


def units_below(actor: Actor) -> list[Org]:
    """The units below this person's own, those that are dissolved among them: a table of last year names them."""
    root = root_of(actor.org)
    return list(Org.objects.filter(path__startswith=root).order_by("path")) if root else []


def unit_choices(actor: Actor) -> list[tuple[str, str]]:
    """Those of them that a new petition may be given to."""
    return units_near_first((org.thing() for org in units_below(actor)), actor.org)


class PetitionForm(KeyedForm):
    """One petition as it was handed over. Who complained has no field."""

    number = forms.CharField(label=_("受理编号"), max_length=60)
    inspection = forms.ChoiceField(label=_("哪次督察交办"), required=False)
    batch = forms.IntegerField(label=_("第几批"), required=False, min_value=1, max_value=9999)
    received = WhenField(label=_("哪天收到（编号里有日期的可以不填）"), required=False)
    org = forms.ChoiceField(label=_("承办单位"))
    place = forms.ChoiceField(label=_("所在地"), required=False)
    address = forms.CharField(label=_("详细地点"), required=False, max_length=200)
    firm_name = forms.CharField(label=_("被反映的企业（照写）"), required=False, max_length=100)
    pollution = forms.CharField(label=_("污染类型（几种用顿号隔开）"), max_length=100)
    text = long_text(_("反映的问题（不写是谁反映的）"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pollution"].help_text = "、".join(POLLUTION)
        set_choices(self, "inspection", [("", _("不指明")), *Inspection.objects.order_by("pk").values_list("pk", "name")])
        set_choices(self, "org", unit_choices(actor))
        set_choices(self, "place", [("", _("不指明")), *Place.objects.order_by("pk").values_list("pk", "name")])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("received"):
            number = read_petition_number(typed.get("number", ""))
            if number is None:
                self.add_error("received", _("编号里没有日期，请填写哪天收到。"))
            else:
                typed["received"] = number.day.isoformat()
        return typed

    def petition(self) -> tuple[Petition, str]:
        """The petition as typed, and the unit that handles it."""
        typed = self.cleaned_data
        inspection = typed["inspection"] or None
        made = Petition(
            id=petition_id(inspection, typed["number"]),
            number=typed["number"],
            batch=typed["batch"],
            inspection=inspection,
            received=typed["received"],
            place=typed["place"] or None,
            address=typed["address"] or None,
            firm_name=typed["firm_name"] or None,
            pollution=tuple(part for part in _SPLIT.split(typed["pollution"]) if part),
            text=typed["text"],
            status="open",
        )
        return made, typed["org"]


class HandlingForm(KeyedForm):
    """What was done about one petition."""

    truth = forms.ChoiceField(label=_("是否属实"), required=False)
    status = forms.ChoiceField(label=_("办结情况"))
    done_at = DayField(label=_("办结日期"), required=False)
    handling = long_text(_("办理情况（会公开，不写是谁反映的）"), required=False)
    public = long_text(_("公开的问题摘要（空着就不公开这一件）"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "truth", [("", _("还没有结论")), *((name, say_it(words)) for name, words in TRUTH.items())])
        set_choices(self, "status", [(name, say_it(words)) for name, words in STATUS.items()])

    def said(self) -> Handling:
        typed = self.cleaned_data
        day = typed["done_at"].isoformat() if typed["done_at"] else None
        return Handling(typed["truth"], typed["status"], day, typed["handling"], typed["public"])


class LinkForm(KeyedForm):
    """Which task a petition belongs to, by the task's readable number, and which earlier petition it repeats."""

    task = forms.CharField(label=_("对应任务（编号，如 qh2025a-7）"), required=False, max_length=80)
    merged_into = forms.ChoiceField(label=_("重复件：并入"), required=False)

    def __init__(self, *args: Any, same: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "merged_into", [("", _("不是重复件")), *same])
