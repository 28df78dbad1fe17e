"""Opening a task: the source it comes from, then every field of it as a person confirms them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier.parties import Org, Person
from xiaohao.dossier.task import Task
from xiaohao.kernel.roles import TaskRole
from xiaohao.procedure.hands import UNIT_WORDS
from xiaohao.web.desk.forms.evidence import set_choices
from xiaohao.web.desk.forms.keyed import DeskForm, WhenField, long_text
from xiaohao.web.desk.forms.which_list import ListForm
from xiaohao.web.parts.words import say_it

_KINDS = [("immediate", _("立行立改")), ("deadline", _("限期整改")), ("long_term", _("长期坚持"))]
_CHOOSE = ("", _("请选择"))
_NATURES = [_CHOOSE, ("works", _("工程类")), ("non_works", _("非工程类"))]
#: The roles of a task in the order in which they act; the owner is asked for by itself.
ROLES = tuple(role for role in TaskRole if role is not TaskRole.OWNER)


class SourceForm(DeskForm):
    """A notice pasted in, or its file; neither is needed where a task is typed by hand."""

    text = long_text(_("公示或清单的文字"), rows=12, required=False, most=2_000_000)
    file = forms.FileField(label=_("或者选文件（txt、html、docx、有文字的 PDF）"), required=False)


class TaskForm(ListForm):
    """A task as it will stand in its list. An existing list is chosen, or a new one is entered with the inspection it came of."""

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
        super().__init__(*args, lists=lists, **kwargs)
        units = [(org.id, org.name) for org in orgs]
        for role in ROLES:
            self.add_field(
                role.value, forms.ChoiceField(label=say_it(UNIT_WORDS[role]), choices=[("", _("先不指定")), *units], required=False)
            )
        set_choices(self, "owner", [("", _("请选择")), *units])
        set_choices(self, "co_owners", units)
        set_choices(self, "first_responsible", [(person.id, f"{person.name}（{unit} {person.post or ''}）") for person, unit in people])
        set_choices(self, "rulebook", rulebooks)

    @property
    def role_fields(self) -> tuple[forms.BoundField, ...]:
        return tuple(self[role.value] for role in ROLES)

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
