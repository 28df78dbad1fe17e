"""What proves the work: files with what they show, rows of registers, series of readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.plan import Quantity
from xiaohao.dossier.record import Record
from xiaohao.evidence.coverage import JUDGING
from xiaohao.web.desk.forms.keyed import KeyedForm, WhenField, long_text
from xiaohao.web.desk.pages.schedule import CHOICES, schedule_words
from xiaohao.web.desk.pages.words import REGISTERS
from xiaohao.web.parts.words import say_it

#: Registers that people keep by hand; what judges the work is written by its own step.
KEPT = tuple(name for name in REGISTERS if name not in JUDGING or name in ("order", "assessment", "sanction", "personnel", "look_back"))
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


class EvidenceForm(KeyedForm):
    """Files and what they show. Where no date is given, a photo's own date is taken."""

    uploads = FilesField(label=_("文件（可以多选）"), required=False)
    held = forms.CharField(widget=forms.HiddenInput, required=False)
    type = forms.ChoiceField(label=_("这是什么记录"), required=False)
    measures = forms.MultipleChoiceField(label=_("归到哪几项措施"), required=False, widget=forms.CheckboxSelectMultiple)
    date = WhenField(label=_("说的是哪天（照片可以不填，取拍摄日期）"), required=False)
    title = forms.CharField(label=_("一句话说明"), required=False, max_length=200)
    place = forms.ChoiceField(label=_("地点"), required=False)
    phase = forms.ChoiceField(label=_("照片是"), choices=_PHASES, required=False)
    each = forms.BooleanField(label=_("每个文件各记一条"), required=False)
    reason = forms.CharField(label=_("与以前的文件相同，仍要保留的理由"), required=False, max_length=300)

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", _("只传文件，不登记"))] + [(name, say_it(REGISTERS[name])) for name in KEPT]
        set_choices(self, "type", kinds)
        set_choices(self, "measures", measure_choices(dossier))
        set_choices(self, "place", [("", _("不指明"))] + [(place.id, place.name) for place in dossier.places])


class RegisterForm(KeyedForm):
    """One row of a register, with or without files. Which fields a kind needs is said by the gates and checks, not here."""

    type = forms.ChoiceField(label=_("登记哪一类"))
    date = WhenField(label=_("日期"))
    title = forms.CharField(label=_("标题或事由"), max_length=200)
    org = forms.ChoiceField(label=_("哪个单位做的"))
    people = forms.MultipleChoiceField(label=_("谁参加"), required=False, widget=forms.CheckboxSelectMultiple)
    place = forms.ChoiceField(label=_("地点"), required=False)
    measures = forms.MultipleChoiceField(label=_("归到哪几项措施"), required=False, widget=forms.CheckboxSelectMultiple)
    text = long_text(_("内容"), required=False)
    other_org = forms.ChoiceField(label=_("对方单位（约谈、合同等）"), required=False)
    schedule = forms.ChoiceField(label=_("属于哪个例会安排"), required=False)
    number = forms.CharField(label=_("文号"), required=False, max_length=100)
    paper = forms.CharField(label=_("文件标题"), required=False, max_length=200)
    amount_name = forms.CharField(label=_("数量名称"), required=False, max_length=60)
    amount = forms.FloatField(label=_("数量"), required=False)
    amount_unit = forms.CharField(label=_("数量单位"), required=False, max_length=20)
    passed = forms.ChoiceField(
        label=_("抽查或回头看的结论"), required=False, choices=[("", _("没有结论")), ("yes", _("与申报一致")), ("no", _("不一致"))]
    )
    uploads = FilesField(label=_("附件（可以多选）"), required=False)

    def __init__(self, *args: Any, dossier: Dossier, own: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        set_choices(self, "type", [(name, say_it(REGISTERS[name])) for name in KEPT])
        set_choices(self, "measures", measure_choices(dossier))
        set_choices(self, "place", [("", _("不指明"))] + [(place.id, place.name) for place in dossier.places])
        set_choices(self, "schedule", [("", _("不是例会")), *((one, say_it(schedule_words(one))) for one in CHOICES)])
        orgs = [(org.id, org.name) for org in sorted(dossier.orgs, key=lambda org: org.id != own)]
        set_choices(self, "org", orgs)
        set_choices(self, "other_org", [("", _("没有")), *orgs])
        set_choices(self, "people", people_choices(dossier, own=own))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("number") and not typed.get("paper"):
            self.add_error("paper", _("有文号的，请写文件标题。"))
        if typed.get("amount") is not None and not typed.get("amount_unit"):
            self.add_error("amount_unit", self.fields["amount_unit"].error_messages["required"])
        return typed

    def document(self, issuer: str) -> Document | None:
        """The official document that the row rests on, where one is named."""
        typed = self.cleaned_data
        if not typed["paper"]:
            return None
        kind = {"meeting": "minutes", "contract": "contract", "consent": "approval", "order": "order"}.get(typed["type"], "report")
        return Document(
            id=id_from("doc", typed["key"], "register"),
            number=typed["number"] or None,
            title=typed["paper"],
            kind=kind,
            issuer=issuer,
            date=typed["date"],
            recorded_at="",
        )

    def record(self, *, files: tuple[str, ...], document: str | None) -> Record:
        """The row as typed; who entered it when is the system's word."""
        typed = self.cleaned_data
        quantities: tuple[Quantity, ...] = ()
        if typed["amount"] is not None:
            quantities = (Quantity(name=typed["amount_name"] or typed["title"], value=typed["amount"], unit=typed["amount_unit"]),)
        bare = Record(id=id_from("rec", typed["key"], "register"), type=typed["type"], recorded_at="")
        return replace(
            bare,
            title=typed["title"],
            text=typed["text"] or None,
            date=typed["date"],
            org=typed["org"],
            other_org=typed["other_org"] or None,
            people=tuple(typed["people"]),
            place=typed["place"] or None,
            measures=tuple(typed["measures"]),
            schedule=typed["schedule"] or None,
            document=document,
            files=files,
            quantities=quantities,
            passed={"yes": True, "no": False}.get(typed["passed"]),
        )


class SeriesForm(KeyedForm):
    """Readings over time, as a csv with the columns time, value, mark."""

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
        set_choices(self, "source", [(org.id, org.name) for org in dossier.orgs])


def measure_choices(dossier: Dossier) -> list[tuple[str, str]]:
    return [(measure.id, f"{measure.number} {measure.text}") for measure in dossier.measures_of(dossier.task.id)]


def people_choices(dossier: Dossier, *, own: str = "") -> list[tuple[str, str]]:
    """Everybody on file of a unit that has a role in the task, or is above one; people of the unit `own` first."""
    task = dossier.task
    roles = (task.owner, *task.co_owners, task.lead, task.supervisor, task.acceptor, task.reviewer)
    units = {org.id for unit in roles for org in dossier.above(unit)} | {p.org for p in dossier.people if p.id in task.first_responsible}
    return [
        (p.id, f"{p.name}（{dossier.org_name(p.org)} {p.post or ''}）")
        for p in sorted(dossier.people, key=lambda p: p.org != own)
        if p.org in units
    ]


def set_choices(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
