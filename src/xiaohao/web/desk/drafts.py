"""What a person has typed for a step and not yet submitted: kept for that account alone, not journaled, forgotten when the step is done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest

from xiaohao.records.models import Account, Draft, Task
from xiaohao.web.desk.case import account_of

#: Fields of a form that belong to one request and not to what was typed.
_NOT_TYPED = frozenset({"key", "version"})


def keep(request: HttpRequest, task: Task | None, step: str, values: dict[str, Any], *, at: datetime) -> None:
    """Keep the draft, in the place of an earlier one."""
    Draft.objects.update_or_create(account=account_of(request), task=task, step=step, defaults={"values": values, "saved_at": at})


def kept(request: HttpRequest, task: Task | None, step: str) -> Draft | None:
    return Draft.objects.filter(account=account_of(request), task=task, step=step).first()


def forget(request: HttpRequest, task: Task | None, step: str) -> None:
    Draft.objects.filter(account=account_of(request), task=task, step=step).delete()


def typed_in(form: BaseForm) -> dict[str, Any]:
    """The text in every field of a bound form, by field name: exactly what the same form takes as its initial values."""
    return {name: field.value() for name in form.fields if name not in _NOT_TYPED and (field := form[name]) and not _is_file(field.value())}


def _is_file(value: object) -> bool:
    return hasattr(value, "chunks") or (isinstance(value, list) and any(hasattr(one, "chunks") for one in value))


def hand_to(account: Account, task: Task, step: str, values: dict[str, Any], *, at: datetime) -> None:
    """Put a draft before another person of the same unit, in the place of an earlier one."""
    Draft.objects.update_or_create(account=account, task=task, step=step, defaults={"values": values, "saved_at": at})
