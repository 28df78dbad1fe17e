"""A closing batch for everybody: which tasks, which units, how far each is. What a case still lacks is not said here: findings that nobody has
decided on are nobody's business yet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xiaohao.acts.clock import now
from xiaohao.dossier import Dossier
from xiaohao.records import batches as query
from xiaohao.records.models import Task
from xiaohao.records.to_dossier import dossier_of
from xiaohao.web.parts.board import board_of


def batch(request: HttpRequest, batch: str) -> HttpResponse:
    """The page."""
    paper = query.public_batch(batch)
    if paper is None:
        raise Http404
    at = now()

    def file(task: Task) -> Dossier:
        return dossier_of(task, at=at)

    board = board_of(query.tasks_of(paper), file, lambda task: reverse("task", args=[task.address]))
    return render(request, "portal/batch.html", {"paper": paper, "board": board})
