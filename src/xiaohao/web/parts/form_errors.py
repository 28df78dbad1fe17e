"""The error summary: the same words at the top and at the field, so that the summary alone is enough to act on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.forms import BaseForm
from django.utils.translation import gettext as _

#: Codes of errors whose words name what they are about: an empty field, and what a form says of its own.
_OF_ITS_FIELD = ("required", None, "")
#: The prefix of a form that is one row of many: `measure-3` is the fourth.
_ROW = re.compile(r".*-(\d+)\Z")


@dataclass(frozen=True, slots=True)
class FieldError:
    """`target` is the id of the control to go to."""

    target: str
    words: str


def errors_of(form: BaseForm) -> tuple[FieldError, ...]:
    """Every error of a form, in the order of its fields, each with the field's name and, in a form of many rows, the row's number as the form's
    `row_words` say it; errors of the whole form lead to its first field."""
    first = next(iter(form.fields), "")
    found = [FieldError(_id(form, first), _in_row(form, str(words))) for words in form.non_field_errors()]
    told = form.errors.as_data()
    for name in form.fields:
        for error in told.get(name, ()):
            words = "".join(map(str, error))
            found.append(FieldError(_id(form, name), _in_row(form, words if error.code in _OF_ITS_FIELD else _named(form, name, words))))
    return tuple(found)


def _named(form: BaseForm, name: str, words: str) -> str:
    label = re.sub(r"（.*）\Z", "", str(form[name].label or ""))
    if form[name].is_hidden or not label or label in words:
        return words
    return _("%(label)s：%(words)s") % {"label": label, "words": words}


def _in_row(form: BaseForm, words: str) -> str:
    row = _ROW.match(form.prefix or "")
    if row is None:
        return words
    place = getattr(form, "row_words", _("第 %(number)s 行")) % {"number": int(row[1]) + 1}
    return _("%(label)s：%(words)s") % {"label": place, "words": words}


def _id(form: BaseForm, name: str) -> str:
    return form[name].id_for_label or form[name].auto_id if name else ""
