"""The rows of one kind that belong to a few tasks, as things of the dossier.

A case is read at every act and every page of it, a dozen statements of SQL each time, always the same ones; the ORM would write each anew, which
takes it longer than the database needs to answer (docs/measurements.md).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import connection

from xiaohao.records.models.filed import Filed

#: The words of a statement are kept for so many tasks at most; a whole ledger is read rarely, and its statement is long.
_FEW = 20


def things_of(model: type[Filed], via: str, tasks: tuple[str, ...]) -> tuple[Any, ...]:
    """All things of `model` that lead to these tasks `via` that relation, in the order of their ids."""
    return tuple(row.thing() for row in rows_of(model, via, tasks))


def rows_of(model: Any, via: str, tasks: tuple[str, ...]) -> Any:
    """Their rows, in the same order."""
    if not tasks:
        return ()
    if len(tasks) > _FEW:
        return _asked(model, via, tasks)
    return model.objects.raw(_words(model, via, len(tasks), connection.vendor), tasks)


def _asked(model: Any, via: str, tasks: tuple[str, ...]) -> Any:
    rows = model.objects.filter(**{f"{via}__in": tasks})
    return (rows if via == "task" else rows.distinct()).order_by("pk")


@lru_cache(maxsize=1024)
def _words(model: Any, via: str, tasks: int, _vendor: str) -> str:
    """The statement, with a place for each task. Raises RuntimeError if the ORM puts anything else in it."""
    places = tuple(f"task {number}" for number in range(tasks))
    words, order = _asked(model, via, places).query.sql_with_params()
    if tuple(order) != places:
        raise RuntimeError(f"the statement for {model.__name__} via {via} asks for more than its tasks: {order}")
    return str(words)
