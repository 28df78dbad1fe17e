"""What proves the work: files with what they show, series of readings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.series import Series
from xiaohao.evidence.register_fields import KEPT_BY_HAND
from xiaohao.web.desk.forms.choices import measure_choices, set_choices, units_near_first
from xiaohao.web.desk.forms.files import FilesField
from xiaohao.web.desk.forms.keyed import KeyedForm, WhenField
from xiaohao.web.desk.pages.words import REGISTERS
from xiaohao.web.parts.words import say_it

#: Registers that people keep by hand; what judges the work is written by its own step.
KEPT = KEPT_BY_HAND
_PHASES = [("", _("不分")), ("before", _("整改前")), ("during", _("整改中")), ("after", _("整改后"))]
_INTERVALS = [
    ("month", _("每月")),
    ("day", _("每日")),
    ("hour", _("每小时")),
    ("quarter", _("每季")),
    ("year", _("每年")),
    ("event", _("不定期")),
]
_SERIES = [
    ("manual", _("手工监测")),
    ("auto", _("自动监测")),
    ("lab", _("化验")),
    ("utility", _("水电药泥")),
    ("register", _("台账口径")),
    ("satellite", _("遥感")),
    ("weather", _("气象")),
]


class EvidenceForm(KeyedForm):
    """Files and what they show. Where no date is given, a photo's own date is taken."""

    uploads = FilesField(label=_("文件（可以多选）"), required=False)
    held = forms.CharField(widget=forms.HiddenInput, required=False)
    type = forms.ChoiceField(label=_("这是什么记录"), required=False)
    measures = forms.MultipleChoiceField(label=_("归到哪几项措施"), required=False, widget=forms.CheckboxSelectMultiple)
    date = WhenField(label=_("说的是哪天"), required=False, help_text=_("照片可以不填，取拍摄日期。"))
    title = forms.CharField(label=_("一句话说明"), required=False, max_length=200)
    place = forms.ChoiceField(label=_("地点"), required=False)
    phase = forms.ChoiceField(label=_("照片是"), choices=_PHASES, required=False)
    scan_of = forms.ChoiceField(label=_("是哪份文件盖章后的扫描件"), required=False)
    each = forms.BooleanField(label=_("每个文件各记一条"), required=False)
    reason = forms.CharField(label=_("与以前的文件相同，仍要保留的理由"), required=False, max_length=300)

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", _("只传文件，不登记"))] + [(name, say_it(REGISTERS[name])) for name in KEPT]
        set_choices(self, "type", kinds)
        set_choices(self, "measures", measure_choices(dossier))
        set_choices(self, "place", [("", _("不指明"))] + [(place.id, place.name) for place in dossier.places])
        papers = [(paper.id, f"{paper.number or ''}《{paper.title}》") for paper in dossier.documents]
        set_choices(self, "scan_of", [("", _("不是扫描件")), *papers])


class SeriesForm(KeyedForm):
    """Readings over time, as a csv with the columns time, value, mark."""

    onto = forms.ChoiceField(label=_("接在哪条数据后面"), required=False)
    indicator = forms.CharField(label=_("指标"), max_length=100)
    unit = forms.CharField(label=_("单位"), max_length=20)
    place = forms.ChoiceField(label=_("点位"), required=False)
    source = forms.ChoiceField(label=_("谁的数据"))
    kind = forms.ChoiceField(label=_("怎样来的"), choices=_SERIES)
    interval = forms.ChoiceField(label=_("多久一次"), choices=_INTERVALS)
    csv = forms.FileField(label=_("数据文件（csv：time,value,mark）"))

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "place", [("", _("不指明"))] + [(place.id, place.name) for place in dossier.places])
        set_choices(self, "source", units_near_first(dossier.orgs, dossier.task.owner))
        own = [one for one in dossier.series_of(dossier.task.id) if not one.id.startswith("derived-")]
        set_choices(self, "onto", [("", _("新的一条"))] + [(one.id, _series_words(dossier, one)) for one in own])
        if self.is_bound and self.data.get("onto"):
            for name in ("indicator", "unit", "source", "kind", "interval"):
                self.fields[name].required = False


def _series_words(dossier: Dossier, series: Series) -> str:
    """氨氮 清沅河石桥断面（景澜市生态环境局）."""
    place = dossier.find(Place, series.place)
    return f"{series.indicator} {place.name if place else ''}（{dossier.org_name(series.source)}）"
