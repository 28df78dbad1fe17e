"""What the assessing unit fills in: each item of the place's list, each drawn register row, and what it holds in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier.record import Assessed, Record
from xiaohao.procedure.rules import Item
from xiaohao.web.desk.forms.choices import set_choices
from xiaohao.web.desk.forms.keyed import DayField, StepForm, long_text

_METHODS = [("site_and_paper", _("到现场并查资料")), ("site", _("到现场")), ("paper", _("只查资料"))]
_OF_ITEM = [("met", _("合格")), ("not_met", _("不合格"))]
_OF_ROW = [("met", _("一致")), ("not_met", _("不一致"))]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item with its controls; `score` is None where no points are given."""

    item: Item
    verdict: forms.BoundField
    score: forms.BoundField | None
    reason: forms.BoundField


@dataclass(frozen=True, slots=True)
class SampledRow:
    """One drawn register row by its id, with its controls."""

    row: str
    verdict: forms.BoundField
    reason: forms.BoundField


class AssessmentForm(StepForm):
    """The closing assessment. No verdict is filled in beforehand. `items` are the rulebook's, `drawn` the ids of the rows that the log drew with
    the words for each."""

    people = forms.MultipleChoiceField(label=_("评估人员"), widget=forms.CheckboxSelectMultiple)
    date = DayField(label=_("评估日期"))
    method = forms.ChoiceField(label=_("评估方式"), choices=_METHODS, widget=forms.RadioSelect)
    text = long_text(_("总的意见：结论是什么，根据是什么"), rows=4)

    def __init__(
        self, *args: Any, items: Sequence[Item], drawn: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.drawn = tuple(items), tuple(drawn)
        set_choices(self, "people", people)
        for number, item in enumerate(self.items, 1):
            self._add(f"{number}", item.name, _OF_ITEM, _("请对“%(name)s”作出结论。"))
            if item.points:
                label = _("“%(name)s”得分（满分 %(points)d）") % {"name": item.name, "points": item.points}
                self.add_field(f"score_{number}", forms.FloatField(label=label, min_value=0, max_value=item.points))
        for row, words in self.drawn:
            self._add(row, words, _OF_ROW, _("请写明“%(name)s”核对的结论。"))

    def _add(self, key: str, name: str, choices: Sequence[tuple[str, Any]], wanted: Any) -> None:
        self.add_field(
            f"verdict_{key}",
            forms.ChoiceField(
                label=_("“%(name)s”的结论") % {"name": name},
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": wanted % {"name": name}},
            ),
        )
        self.add_field(f"reason_{key}", long_text(_("“%(name)s”的理由，看了什么") % {"name": name}, rows=2))

    @property
    def item_rows(self) -> Iterator[ItemRow]:
        for number, item in enumerate(self.items, 1):
            score = self[f"score_{number}"] if item.points else None
            yield ItemRow(item, self[f"verdict_{number}"], score, self[f"reason_{number}"])

    @property
    def drawn_rows(self) -> Iterator[SampledRow]:
        return (SampledRow(row, self[f"verdict_{row}"], self[f"reason_{row}"]) for row, _words in self.drawn)

    def record(self) -> Record:
        """The assessment as a register row; unit, time of filing and what was drawn are the system's word."""
        typed = self.cleaned_data
        return Record(
            id=id_from("rec", typed["key"], "closing_assessment"),
            type="closing_assessment",
            recorded_at="",
            people=tuple(typed["people"]),
            date=typed["date"].isoformat(),
            method=typed["method"],
            text=typed["text"],
            assessed=(*self._items(), *self._drawn()),
        )

    def wanting(self) -> tuple[str, ...]:
        """What was typed as not met, in lines: a letter of return begins with it."""
        return tuple(f"{one.name}：{one.reason}" for one in (*self._items(), *self._drawn()) if one.verdict == "not_met")

    def _items(self) -> Iterator[Assessed]:
        typed = self.cleaned_data
        for number, item in enumerate(self.items, 1):
            score = typed.get(f"score_{number}")
            yield Assessed(name=item.name, verdict=typed[f"verdict_{number}"], score=score, reason=typed[f"reason_{number}"])

    def _drawn(self) -> Iterator[Assessed]:
        typed = self.cleaned_data
        for row, words in self.drawn:
            yield Assessed(name=words, row=row, verdict=typed[f"verdict_{row}"], reason=typed[f"reason_{row}"])
