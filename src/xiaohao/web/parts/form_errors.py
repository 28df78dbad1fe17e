"""The error summary: the same words at the top and at the field, so that the summary alone is enough to act on."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BaseForm


@dataclass(frozen=True, slots=True)
class FieldError:
    """`target` is the id of the control to go to."""

    target: str
    words: str


def errors_of(form: BaseForm) -> tuple[FieldError, ...]:
    """Every error of a form, in the order of its fields; errors of the whole form lead to its first field."""
    first = next(iter(form.fields), "")
    found = [FieldError(_id(form, first), str(words)) for words in form.non_field_errors()]
    for name in form.fields:
        found += [FieldError(_id(form, name), str(words)) for words in form.errors.get(name, ())]
    return tuple(found)


def _id(form: BaseForm, name: str) -> str:
    return form[name].id_for_label or form[name].auto_id if name else ""
