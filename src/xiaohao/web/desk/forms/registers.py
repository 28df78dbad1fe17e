"""One row of a register: the fields that every kind has, and those that speak for its own kind (evidence.register_fields)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.plan import Quantity
from xiaohao.dossier.record import Record, Result
from xiaohao.evidence.claimed_day import impossible_day
from xiaohao.evidence.register_fields import FIELDS, KEPT_BY_HAND
from xiaohao.kernel.when import parse_when
from xiaohao.web.desk.forms.choices import measure_choices, people_choices, set_choices, units_near_first
from xiaohao.web.desk.forms.files import FilesField
from xiaohao.web.desk.forms.keyed import KeyedForm, WhenField, long_text
from xiaohao.web.desk.pages.schedule import CHOICES, schedule_words
from xiaohao.web.desk.pages.words import REGISTERS, record_words
from xiaohao.web.parts.words import say_it

#: 一台一报一网 and the new media (INSTITUTION.md, "Disclosure"); what stands in Record.channels.
CHANNELS = [("电视", _("电视")), ("党报", _("党报")), ("政府网站", _("政府网站")), ("政务新媒体", _("政务新媒体")), ("其他", _("其他"))]
_SANCTIONS = [
    ("", _("未定")),
    ("education", _("批评教育")),
    ("ordered_review", _("责令检查")),
    ("admonition", _("诫勉")),
    ("organizational", _("组织处理")),
    ("party_discipline", _("党纪处分")),
    ("administrative_discipline", _("政务处分")),
    ("public_notice", _("通报")),
    ("judicial", _("移送司法")),
    ("other", _("其他")),
]
_PAPER_KINDS = {"meeting": "minutes", "contract": "contract", "consent": "approval", "order": "order"}
#: 截污干管 2.4 km; 氨氮 0.86 mg/L.
_AMOUNT = re.compile(r"\s*(?P<name>\S.*?)\s+(?P<value>-?\d+(?:\.\d+)?)\s*(?P<unit>[^\s\d]\S*)\s*")


class HourField(forms.CharField):
    """An hour of the day: 14:20."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        clock = RegexValidator(r"\A(?:[01]\d|2[0-3]):[0-5]\d\Z", _("钟点请写成 14:20。"))
        super().__init__(required=False, validators=[clock], **kwargs)

    def clean(self, value: Any) -> Any:
        return super().clean(value[:5].zfill(5) if isinstance(value, str) and value else value)


class AmountsField(forms.CharField):
    """Amounts, one a line: name, number, unit."""

    default_error_messages = {"amount": _("“%(line)s”看不懂，请写成：名称 数值 单位，例如：截污干管 2.4 km。")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def clean(self, value: Any) -> Any:
        found = []
        for line in str(super().clean(value) or "").splitlines():
            read = _AMOUNT.fullmatch(line)
            if line.strip() and not read:
                raise forms.ValidationError(self.error_messages["amount"], code="amount", params={"line": line.strip()})
            if read:
                found.append((read["name"], float(read["value"]), read["unit"]))
        return tuple(found)


class RegisterForm(KeyedForm):
    """One row of the register `kind`, with or without files. Which fields a kind needs is said by the gates and checks, not here."""

    type = forms.ChoiceField(label=_("登记哪一类"), widget=forms.HiddenInput)
    date = WhenField(label=_("日期"))
    start = HourField(label=_("几点开始"))
    end = HourField(label=_("几点结束"))
    until = WhenField(label=_("到哪天为止"), required=False)
    title = forms.CharField(label=_("标题或事由"), max_length=200)
    org = forms.ChoiceField(label=_("哪个单位做的"))
    other_org = forms.ChoiceField(label=_("对方单位"), required=False)
    place = forms.ChoiceField(label=_("地点"), required=False)
    to_place = forms.ChoiceField(label=_("运到哪里"), required=False)
    people = forms.MultipleChoiceField(label=_("谁参加"), required=False, widget=forms.CheckboxSelectMultiple)
    person = forms.ChoiceField(label=_("对谁"), required=False)
    measures = forms.MultipleChoiceField(label=_("归到哪几项措施"), required=False, widget=forms.CheckboxSelectMultiple)
    text = long_text(_("内容"), required=False)
    schedule = forms.ChoiceField(label=_("属于哪个例会安排"), required=False)
    paper = forms.CharField(label=_("文件标题"), required=False, max_length=200)
    number = forms.CharField(label=_("文号"), required=False, max_length=100)
    channels = forms.MultipleChoiceField(label=_("在哪里公开"), required=False, choices=CHANNELS, widget=forms.CheckboxSelectMultiple)
    money = forms.DecimalField(label=_("金额（元）"), required=False, min_value=0, max_digits=16, decimal_places=2)
    quantities = AmountsField(label=_("数量（每行一个：截污干管 2.4 km）"))
    vehicle = forms.CharField(label=_("车牌"), required=False, max_length=20)
    slip = forms.CharField(label=_("单号"), required=False, max_length=60)
    times = forms.CharField(label=_("采样时刻（每行一个：2025-06-27T09:10）"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    instrument = forms.CharField(label=_("仪器"), required=False, max_length=100)
    received_at = WhenField(label=_("收样"), required=False)
    analysed_at = WhenField(label=_("分析"), required=False)
    reported_at = WhenField(label=_("出报告"), required=False)
    results = AmountsField(label=_("结果（每行一个：氨氮 0.86 mg/L）"))
    sanction = forms.ChoiceField(label=_("种类"), required=False, choices=_SANCTIONS)
    impact_months = forms.IntegerField(label=_("影响期（月）"), required=False, min_value=0, max_value=600)
    change = forms.CharField(label=_("任免"), required=False, max_length=60)
    post = forms.CharField(label=_("职务"), required=False, max_length=100)
    of = forms.ChoiceField(label=_("针对"), required=False)
    passed = forms.ChoiceField(
        label=_("结论"), required=False, choices=[("", _("没有结论")), ("yes", _("与申报一致")), ("no", _("不一致"))]
    )
    uploads = FilesField(label=_("附件（可以多选）"), required=False)
    held = forms.CharField(widget=forms.HiddenInput, required=False)
    anyway = forms.BooleanField(label=_("已核对，仍要登记"), required=False)

    def __init__(self, *args: Any, dossier: Dossier, own: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = date.fromisoformat(dossier.made_at[:10])
        asked = self.data.get("type") if self.is_bound else self.initial.get("type")
        self.kind = asked if asked in FIELDS else "meeting"
        self.initial["type"] = self.kind
        for name in {name for names in FIELDS.values() for name in names} - set(FIELDS[self.kind]):
            del self.fields[name]
        self._offer(dossier, own)

    def _offer(self, dossier: Dossier, own: str) -> None:
        places = [("", _("不指明"))] + [(place.id, place.name) for place in dossier.places]
        orgs = units_near_first(dossier.orgs, own)
        people = people_choices(dossier, own=own)
        series = [(one.id, one.indicator) for one in dossier.series_of(dossier.task.id)]
        sanctions = [(one.id, record_words(dossier, one)) for one in dossier.records_of(dossier.task.id, "sanction")]
        offered: dict[str, list[tuple[str, Any]]] = {
            "type": [(name, say_it(REGISTERS[name])) for name in KEPT_BY_HAND],
            "measures": measure_choices(dossier),
            "place": places,
            "to_place": places,
            "schedule": [("", _("不是例会")), *((one, say_it(schedule_words(one))) for one in CHOICES)],
            "org": orgs,
            "other_org": [("", _("没有")), *orgs],
            "people": people,
            "person": [("", _("不指明")), *people],
            "of": [("", _("不指明")), *(sanctions if self.kind == "follow_up" else series)],
        }
        for name, choices in offered.items():
            if name in self.fields:
                set_choices(self, name, choices)

    @property
    def own_fields(self) -> list[Any]:
        """The fields of this kind alone, in order."""
        return [self[name] for name in FIELDS[self.kind]]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("number") and not typed.get("paper"):
            self.add_error("paper", _("有文号的，请写文件标题。"))
        when = parse_when(typed.get("date"))
        if (typed.get("start") or typed.get("end")) and when and not when.is_a_day:
            self.add_error("date", _("写了钟点的，日期请写到哪一天。"))
        if fact := impossible_day(self.kind, typed.get("date"), self.today):
            self.add_error("date", say_it(fact))
        if typed.get("start") and typed.get("end") and typed["end"] <= typed["start"]:
            self.add_error("end", _("结束应当晚于开始。"))
        if wrong := [line for line in _lines(typed.get("times")) if parse_when(line) is None]:
            self.add_error("times", _("“%(line)s”不是时刻，请写成 2025-06-27T09:10。") % {"line": wrong[0]})
        return typed

    def document(self, issuer: str) -> Document | None:
        """The official document that the row rests on, where one is named."""
        typed = self.cleaned_data
        if not typed.get("paper"):
            return None
        return Document(
            id=id_from("doc", typed["key"], "register"),
            number=typed["number"] or None,
            title=typed["paper"],
            kind=_PAPER_KINDS.get(self.kind, "report"),
            issuer=issuer,
            date=typed["date"],
            recorded_at="",
        )

    def record_of_hours(self) -> Record:
        """Only who was where from when to when: what the row says about time, from a form that need not be complete."""
        typed = self.cleaned_data
        hours = {name: f"{typed['date']}T{typed[name]}" for name in ("start", "end")}
        return Record(id="", type=self.kind, recorded_at="", date=typed["date"], people=tuple(typed["people"]), **hours)

    def record(self, *, files: tuple[str, ...], document: str | None) -> Record:
        """The row as typed; who entered it when is the system's word."""
        typed = self.cleaned_data
        day = typed["date"]
        bare = Record(id=id_from("rec", typed["key"], "register"), type=self.kind, recorded_at="")
        plain = ("title", "text", "org", "other_org", "place", "to_place", "person", "schedule", "vehicle", "slip", "instrument", "received_at",
                 "analysed_at", "reported_at", "sanction", "impact_months", "change", "post", "of")  # fmt: skip
        return replace(
            bare,
            **{name: typed[name] or None for name in plain if name in typed},
            date=day,
            start=f"{day}T{typed['start']}" if typed.get("start") else day if typed.get("until") else None,
            end=f"{day}T{typed['end']}" if typed.get("end") else typed.get("until") or None,
            people=tuple(typed["people"]),
            measures=tuple(typed["measures"]),
            channels=tuple(typed.get("channels", ())),
            times=tuple(_lines(typed.get("times"))),
            amount=float(typed["money"]) if typed.get("money") is not None else None,
            quantities=tuple(Quantity(name=name, value=value, unit=unit) for name, value, unit in typed.get("quantities", ())),
            results=tuple(
                Result(indicator=name, value=value, unit=unit, place=typed["place"] or None)
                for name, value, unit in typed.get("results", ())
            ),
            document=document,
            files=files,
            passed={"yes": True, "no": False}.get(typed.get("passed", "")),
        )


class CorrectionForm(RegisterForm):
    """A new version of a row, or with `mistake` the word that it should never have been there."""

    reason = forms.CharField(label=_("更正理由"), max_length=300)
    mistake = forms.BooleanField(label=_("这条是误登，整条作废"), required=False)


def typed_of(row: Record, *, paper: Document | None) -> dict[str, Any]:
    """The row as the form's initial values."""
    hours = {name: value[11:16] for name in ("start", "end") if (value := getattr(row, name)) and "T" in value}
    same = ("type", "date", "title", "org", "other_org", "place", "to_place", "person", "schedule", "vehicle", "slip", "instrument", "received_at",
            "analysed_at", "reported_at", "sanction", "impact_months", "change", "post", "of", "text")  # fmt: skip
    return {
        **{name: getattr(row, name) for name in same},
        **hours,
        "until": row.end if row.end and "T" not in row.end else "",
        "people": list(row.people),
        "measures": list(row.measures),
        "channels": list(row.channels),
        "times": "\n".join(row.times),
        "money": row.amount,
        "quantities": "\n".join(f"{q.name} {q.value:g} {q.unit}" for q in row.quantities),
        "results": "\n".join(f"{r.indicator} {r.value:g} {r.unit}" for r in row.results),
        "passed": {True: "yes", False: "no"}.get(row.passed, "") if row.passed is not None else "",
        "paper": paper.title if paper else "",
        "number": (paper.number or "") if paper else "",
    }


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
