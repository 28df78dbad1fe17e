"""Questions back to the unit 质询: asked at the acceptance or the review, answered by the unit with evidence; an open one holds the verdict."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.procedure.rounds import in_round


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its last answer, None while it is open."""

    asked: Record
    reply: Record | None

    @property
    def due(self) -> str:
        """The day by which the unit answers, as it was asked (2026-03-10)."""
        return self.asked.end or ""


def questions_of(dossier: Dossier) -> tuple[Question, ...]:
    """The task's questions of all rounds, oldest first."""
    replies = {reply.of: reply for reply in dossier.records_of(dossier.task.id, "reply")}
    return tuple(Question(one, replies.get(one.id)) for one in dossier.records_of(dossier.task.id, "question"))


def open_questions(dossier: Dossier) -> tuple[Question, ...]:
    """Those of the present round that have no answer yet; a return closes the round and takes them along in its letter."""
    now = {record.id for record in in_round(dossier, "question")}
    return tuple(one for one in questions_of(dossier) if one.reply is None and one.asked.id in now)
