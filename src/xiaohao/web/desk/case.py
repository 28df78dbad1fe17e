"""The case that a page of the desk is about: its row, its file as a value, the rulebook it runs under, and who is looking when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from xiaohao.acts.clock import now
from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor
from xiaohao.procedure.rulebook import Rulebook
from xiaohao.records.models import Account, Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import dossier_of
from xiaohao.records.worklist import visible_to


@dataclass(frozen=True, slots=True)
class Case:
    """One opened case. `dossier.task` is `task` as a value."""

    task: Task
    dossier: Dossier
    rules: Rulebook
    actor: Actor
    at: datetime

    @property
    def no(self) -> str:
        """The readable number in every address."""
        return self.task.address

    @property
    def name(self) -> str:
        """第 7 项 清沅河氨氮超标."""
        return f"第 {self.task.number} 项 {self.task.title or self.task.problem[:24]}"


def opened(request: HttpRequest, no: str) -> Case:
    """The case under that number. Raises Http404 for one that does not exist and, with the same words, for one that this person may not read."""
    actor, at = account_of(request).actor, now()
    task = visible_to(actor).filter(address=no).first()
    if task is None:
        raise Http404
    rules = rulebook_of(task)
    return Case(task, dossier_of(task, at=at, rules=rules.as_rules()), rules, actor, at)


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; the permission table lets nobody else come this far."""
    account = request.user
    if not isinstance(account, Account):
        raise Http404
    return account
