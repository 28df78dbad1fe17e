"""What a unit says, measure by measure, with the records that show it: progress on the way, and the application for acceptance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.statements import Answer
from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Measure
from xiaohao.web.desk.forms.keyed import DayField, StepForm, WhenField, long_text
from xiaohao.web.desk.forms.signers import PaperSignatureForm
from xiaohao.web.desk.pages.evidence import evidence_groups


@dataclass(frozen=True, slots=True)
class OfRegister:
    """The records of one register that may be chosen for a measure, and how many are."""

    words: str
    chosen: int
    options: tuple[Any, ...]


class AnswersForm(StepForm):
    """One text for each measure of the plan in force, each with its evidence, and one for what is said in general."""

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures: tuple[Measure, ...] = dossier.measures_of(dossier.task.id)
        self.groups = evidence_groups(dossier)
        choices = [pair for _register, pairs in self.groups for pair in pairs]
        for measure in self.measures:
            self.add_field(
                f"text_{measure.id}", long_text(_("第 %(number)s 项措施的落实情况") % {"number": measure.number}, required=False)
            )
            self.add_field(
                f"evidence_{measure.id}",
                forms.MultipleChoiceField(
                    label=_("第 %(number)s 项措施的记录") % {"number": measure.number},
                    choices=choices,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                ),
            )
        self.add_field("general", long_text(_("总的说明（可以不填）"), required=False))

    @property
    def rows(self) -> tuple[tuple[Measure, forms.BoundField, forms.BoundField, tuple[OfRegister, ...]], ...]:
        """Each measure with the control for its text, the one for its records, and these by register."""
        return tuple(
            (m, self[f"text_{m.id}"], self[f"evidence_{m.id}"], self._by_register(self[f"evidence_{m.id}"])) for m in self.measures
        )

    def _by_register(self, field: forms.BoundField) -> tuple[OfRegister, ...]:
        options = {str(option.data["value"]): option for option in field.subwidgets}
        chosen = set(field.value() or ())
        return tuple(
            OfRegister(words, sum(pk in chosen for pk, _words in pairs), tuple(options[pk] for pk, _words in pairs))
            for words, pairs in self.groups
        )

    def answers(self) -> tuple[Answer, ...]:
        """What was typed, general words first; measures left empty are left out."""
        typed = self.cleaned_data
        general = (Answer(typed["general"]),) if typed["general"].strip() else ()
        return general + tuple(
            Answer(typed[f"text_{m.id}"], (m.id,), tuple(typed[f"evidence_{m.id}"])) for m in self.measures if typed[f"text_{m.id}"].strip()
        )


class ProgressForm(AnswersForm):
    """Where the work stands. Nobody types a percentage."""

    expects_done = WhenField(label=_("预计什么时候完成"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not self.answers():
            raise forms.ValidationError(_("至少写一项措施的进展。"))
        return typed


class ApplicationForm(AnswersForm):
    """The completion statement, and the day on which the work was done."""

    done_on = DayField(label=_("整改完成日期"))


class PledgeForm(PaperSignatureForm, StepForm):
    """A signature: ticked on the screen, or given on paper and entered with its scan."""

    field_order = ("key", "version", "signed")
    signed = forms.BooleanField(label=_("我已核对上述内容，对其真实性负责"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("on_paper") and not typed.get("signed"):
            self.add_error("signed", _("请勾选后再签，或选“纸质签批”。"))
        return typed
