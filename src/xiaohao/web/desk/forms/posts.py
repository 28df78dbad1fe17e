"""What is typed when a post is set up, changes hands, or is stood in for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.kernel.roles import Role
from xiaohao.procedure.hands import ROLE_WORDS
from xiaohao.records.models import Person
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm

#: Roles that a post of a unit may need; the administrators' are given on their own pages.
_ROLES = [(role.value, words) for role, words in ROLE_WORDS.items() if not role.value.endswith("_admin")]


def people_choices(people: Iterable[Person]) -> list[tuple[str, Any]]:
    """For a list to choose from, grouped by unit, beginning with nobody."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for person in people:
        groups.setdefault(person.org.name if person.org else "", []).append(
            (person.pk, f"{person.name}（{person.post}）" if person.post else person.name)
        )
    return [("", _("请选择")), *groups.items()]


class PostForm(KeyedForm):
    """A new post of a unit."""

    title = forms.CharField(label=_("岗位名称"), max_length=100, help_text=_("例如：局长、排水股股长。"))
    head = forms.ChoiceField(
        label=_("是不是主要负责人"),
        required=False,
        choices=[("", _("不是")), ("party", _("党委（党组、党工委）主要负责人")), ("government", _("行政主要负责人"))],
        widget=forms.RadioSelect,
    )
    roles = forms.MultipleChoiceField(label=_("这个岗位要用的职责"), required=False, choices=_ROLES, widget=forms.CheckboxSelectMultiple)

    def picked_roles(self) -> tuple[str, ...]:
        return tuple(Role(one).value for one in self.cleaned_data["roles"])


class HandOverForm(KeyedForm):
    """Who takes the post: somebody on file, or a new name."""

    to = forms.ChoiceField(label=_("接任人"), required=False)
    name = forms.CharField(label=_("名单里没有的，填姓名"), required=False, max_length=50)
    on = DayField(label=_("接任日期"))
    document = forms.CharField(label=_("任职文件文号"), required=False, max_length=100)
    reason = forms.CharField(label=_("原因"), required=False, max_length=200, help_text=_("例如：调任、退休、机构改革。"))

    def __init__(self, *args: Any, people: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and bool(typed.get("to")) == bool(typed.get("name")):
            self.add_error("to", _("请选一位接任人，或者填一个新姓名，只填一处。"))
        return typed


class DeputyForm(KeyedForm):
    """Who stands in, from when to when, and why."""

    person = forms.ChoiceField(label=_("代行人"))
    start = DayField(label=_("开始日期"))
    end = DayField(label=_("结束日期（含当天）"))
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("例如：学习、休假、外派。"))
    document = forms.CharField(label=_("文件文号"), required=False, max_length=100)

    def __init__(self, *args: Any, people: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
