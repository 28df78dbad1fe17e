"""Sharing a task out: one row for each unit, with what it takes over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.shares import Share
from xiaohao.dossier.parties import Org
from xiaohao.web.desk.forms.evidence import set_choices
from xiaohao.web.desk.forms.keyed import DeskForm, StepForm, WhenField, long_text
from xiaohao.web.parts.form_errors import FieldError, errors_of

#: A province shares a task out to its cities, a city to its counties: no list has had more. One entry of the journal is written for each.
MOST_SHARES = 40


class ShareForm(DeskForm):
    """One unit's share. What is left empty is as in the whole."""

    owner = forms.ChoiceField(label=_("承办单位"))
    problem = long_text(_("承办哪一部分（不填，照整项原文）"), rows=2, required=False, most=4000)
    acceptor = forms.ChoiceField(label=_("验收单位"), required=False)
    due = WhenField(label=_("完成时限（不填，同整项）"), required=False)

    def __init__(self, *args: Any, orgs: Sequence[Org] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(org.id, org.name) for org in orgs]
        set_choices(self, "owner", [("", _("请选择")), *units])
        set_choices(self, "acceptor", [("", _("同整项")), *units])

    @property
    def small_fields(self) -> tuple[forms.BoundField, ...]:
        return (self["owner"], self["acceptor"], self["due"])

    def share(self) -> Share:
        typed = self.cleaned_data
        return Share(typed["owner"], typed["problem"].strip(), acceptor=typed["acceptor"], due=typed["due"])


def _rows(blank: int) -> type[forms.BaseFormSet[Any]]:
    """Rows with `blank` more that may stay empty."""
    return forms.formset_factory(ShareForm, extra=blank, can_delete=True, max_num=MOST_SHARES, absolute_max=MOST_SHARES)


class ShareForms:
    """The whole form: its head and its rows."""

    def __init__(
        self, data: Any = None, *, version: int = 0, rows: Iterable[dict[str, Any]] = (), blank: int = 1, orgs: Sequence[Org] = ()
    ) -> None:
        self.head = StepForm(data, initial={"version": version})
        self.rows = _rows(blank)(data, prefix="share", initial=list(rows), form_kwargs={"orgs": orgs})

    def is_valid(self) -> bool:
        if not all([self.head.is_valid(), self.rows.is_valid()]):
            return False
        if not self.shares():
            self.head.add_error(None, _("还没有选承办单位：至少写一行，选好单位。"))
        return not self.head.errors

    @property
    def errors(self) -> tuple[FieldError, ...]:
        return tuple(error for form in (self.head, *self.rows.forms) if form.is_bound for error in errors_of(form))

    def typed(self) -> list[dict[str, Any]]:
        """What was typed, as the rows of a new form."""
        return [{name: form[name].value() for name in form.fields if name != "DELETE"} for form in self.rows.forms]

    def shares(self) -> tuple[Share, ...]:
        return tuple(form.share() for form in self.rows.forms if not form.cleaned_data.get("DELETE") and form.cleaned_data.get("owner"))
