"""Opening a task: the source it comes from, then every field of it as a person confirms them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier.parties import Org, Person
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.kernel.roles import TaskRole
from xiaohao.procedure.hands import UNIT_WORDS
from xiaohao.web.desk.forms.evidence import set_choices
from xiaohao.web.desk.forms.keyed import DeskForm, KeyedForm, WhenField, long_text
from xiaohao.web.parts.words import say_it

_KINDS = [("immediate", _("立行立改")), ("deadline", _("限期整改")), ("long_term", _("长期坚持"))]
_CHOOSE = ("", _("请选择"))
_NATURES = [_CHOOSE, ("works", _("工程类")), ("non_works", _("非工程类"))]
INSPECTION_LEVELS = [_CHOOSE, ("central", _("中央")), ("province", _("省级")), ("city", _("市级")), ("self", _("本级自查"))]
INSPECTION_KINDS = [_CHOOSE, ("routine", _("例行督察")), ("look_back", _("回头看")), ("special", _("专项督察")), ("self_check", _("自查"))]
#: The roles of a task in the order in which they act; the owner is asked for by itself.
ROLES = tuple(role for role in TaskRole if role is not TaskRole.OWNER)


class SourceForm(DeskForm):
    """A notice pasted in, or its file; neither is needed where a task is typed by hand."""

    text = long_text(_("公示或清单的文字"), rows=12, required=False, most=2_000_000)
    file = forms.FileField(label=_("或者选文件（txt、html、docx、有文字的 PDF）"), required=False)


class TaskForm(KeyedForm):
    """A task as it will stand in its list. An existing list is chosen, or a new one is entered with the inspection it came of."""

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
    number = forms.CharField(label=_("第几项"), max_length=20)
    title = forms.CharField(label=_("简称"), max_length=200)
    problem = long_text(_("问题（照录原文）"), rows=4)
    kind = forms.ChoiceField(label=_("时限类型"), choices=_KINDS)
    nature = forms.ChoiceField(label=_("工程类还是非工程类"), choices=_NATURES)
    due = WhenField(label=_("整改时限"), required=False)
    due_words = forms.CharField(label=_("时限的原话"), required=False, max_length=100)
    owner = forms.ChoiceField(label=_("责任单位"))
    co_owners = forms.MultipleChoiceField(label=_("其他责任单位"), required=False, widget=forms.CheckboxSelectMultiple)
    first_responsible = forms.MultipleChoiceField(label=_("整改第一责任人"), required=False, widget=forms.CheckboxSelectMultiple)
    causes = long_text(_("问题成因（一行一条，可以不填）"), rows=2, required=False)
    rulebook = forms.ChoiceField(label=_("按哪一套规程办"), widget=forms.RadioSelect)
    hands_seen = forms.BooleanField(label=_("我知道上面的分工没有分开，仍按此交办"), required=False)

    def __init__(
        self,
        *args: Any,
        lists: Sequence[tuple[str, str]],
        orgs: Sequence[Org],
        people: Sequence[tuple[Person, str]],
        rulebooks: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        units = [(org.id, org.name) for org in orgs]
        for role in ROLES:
            self.add_field(
                role.value, forms.ChoiceField(label=say_it(UNIT_WORDS[role]), choices=[("", _("先不指定")), *units], required=False)
            )
        set_choices(self, "list", [("", _("新清单")), *lists])
        set_choices(self, "owner", [("", _("请选择")), *units])
        set_choices(self, "co_owners", units)
        set_choices(self, "first_responsible", [(person.id, f"{person.name}（{unit} {person.post or ''}）") for person, unit in people])
        set_choices(self, "rulebook", rulebooks)

    @property
    def role_fields(self) -> tuple[forms.BoundField, ...]:
        return tuple(self[role.value] for role in ROLES)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("list"):
            for name in ("list_name", "list_code", "inspection_name", "inspection_level", "inspection_kind"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
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

    def task(self) -> Task:
        """The task as typed. Its number is a number where it is written as one."""
        typed = self.cleaned_data
        number: str = typed["number"].strip()
        bare = Task(
            id=id_from("task", typed["key"]),
            list=self.list_id,
            number=int(number) if number.isdecimal() else number,
            title=typed["title"],
            problem=typed["problem"],
            kind=typed["kind"],
            nature=typed["nature"],
            owner=typed["owner"],
            co_owners=tuple(one for one in typed["co_owners"] if one != typed["owner"]),
            due=typed["due"] or None,
            due_words=typed["due_words"] or None,
            first_responsible=tuple(typed["first_responsible"]),
            causes=tuple(line.strip() for line in typed["causes"].splitlines() if line.strip()),
        )
        roles: dict[str, Any] = {role.value: typed[role.value] or None for role in ROLES}
        return replace(bare, **roles)
