"""No figure of a board can disagree with the list that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.desk import office

SignIn = Callable[[str], Client]
#: Questions to the database of one board, however many units it shows (the side menu asks about twenty of them).
MOST_QUERIES = 70


def figures(context: dict) -> Iterator[tuple[int, str]]:
    """Every number of the page with its address."""
    for _line, _name, cells in context["lines"]:
        yield from ((count, href) for count, href, _head in cells)
    yield from ((count, href) for count, href, _head in context["whole"])
    yield from ((count, href) for _words, count, href in context.get("waiting", ()))
    yield from ((count, href) for _days, count, href in context.get("silent", ()))
    yield from ((week.count, week.href) for week in context["weeks"])


@pytest.mark.parametrize("board", ["/desk/board", "/desk/board/city", "/desk/"])
@pytest.mark.parametrize("person", ["mayor", "park-head"])
def test_every_number_leads_to_a_list_of_that_length(as_: SignIn, board: str, person: str) -> None:
    office.boasting()  # refused at a gate
    office.duty("start")
    client = as_(person)
    context = client.get(board).context
    seen = set(figures(context)) if "lines" in context else {(week.count, week.href) for week in context["weeks"]}
    shown = {(count, href) for count, href in seen if count}
    assert shown or person == "park-head"
    for count, href in shown:
        assert client.get(href).context["total"] == count, href


def test_the_boards_have_something_to_say(as_: SignIn) -> None:
    office.boasting()
    office.duty("start")
    context = as_("mayor").get("/desk/board").context
    columns = [count for count, _href, _head in context["whole"]]
    assert (columns[0], columns[1], columns[4], columns[6]) == (2, 2, 1, 0)
    assert len(context["lines"]) == 2
    assert next(count for _days, count, _href in context["silent"]) == 2
    assert context["longest"][0][1] > 90


def test_the_number_of_questions_of_a_board_is_bounded(as_: SignIn) -> None:
    office.works("apply")
    client = as_("mayor")
    client.get("/desk/board")
    with CaptureQueriesContext(connection) as asked:
        client.get("/desk/board")
    assert len(asked) <= MOST_QUERIES, len(asked)
