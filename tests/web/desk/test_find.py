"""Finding on the desk: words and filters with counts, never a row or a count of another's case; views are kept; the sheet holds what is seen."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.desk import office
from tests.web.desk.pages import words_in
from xiaohao.records.models import SavedView

SignIn = Callable[[str], Client]
#: Questions to the database of one page, however many rows it shows (the side menu asks about twenty of them).
MOST_QUERIES = 70


def hits(client: Client, query: str) -> list[str]:
    return [hit.task.address for hit in client.get(f"/desk/find?{query}").context["hits"]]


def test_words_are_marked_in_what_is_found(as_: SignIn) -> None:
    office.works("apply")
    page = as_("housing-1").get("/desk/find?q=氨氮")
    assert [hit.task.address for hit in page.context["hits"]] == ["qh2025a-7"]
    assert '<mark class="hit">氨氮</mark>' in page.content.decode()


@pytest.mark.parametrize(("person", "total"), [("housing-1", 1), ("mayor", 1), ("park-1", 0)])
def test_a_stranger_gets_no_row_no_count_and_no_sheet_row_in_any_kind(as_: SignIn, person: str, total: int) -> None:
    office.works("apply")
    client = as_(person)
    page = client.get("/desk/find?q=氨氮")
    rows = {kind: count for kind, _words, _href, count, _current in client.get("/desk/find?q=记录").context["kinds"]}
    assert (page.context["total"], bool(rows["record"])) == (total, bool(total))
    assert sum(value.count for facet in page.context["facets"] for value in facet.values if facet.name == "state") == total
    book = openpyxl.load_workbook(io.BytesIO(client.get("/desk/find.xlsx?q=氨氮").content))
    assert sum("氨氮" in str(row) for row in book.active.iter_rows(values_only=True)) == total
    assert bool(client.get("/desk/find?q=记录&kind=record").context["lines"]) == bool(total)


@pytest.mark.parametrize("name", ["state", "unit", "round", "sort", "due"])
def test_every_value_of_a_filter_leads_to_as_many_tasks_as_it_says(as_: SignIn, name: str) -> None:
    office.works("apply")
    office.duty("start")
    client = as_("mayor")
    facet = next(facet for facet in client.get("/desk/find?view=all").context["facets"] if facet.name == name)
    for value in facet.values:
        if value.value:
            assert client.get(f"/desk/find?{name}={value.value}").context["total"] == value.count > 0


def test_a_filter_that_means_nothing_is_left_out(as_: SignIn) -> None:
    office.works("start")
    assert as_("housing-1").get("/desk/find?due=soon&turn=x&quiet=7&state=y&p=-3&order=z&col=z").context["total"] == 1


def test_a_view_is_kept_opens_first_and_is_forgotten_by_its_owner_only(as_: SignIn) -> None:
    office.works("start")
    clerk, head = as_("housing-1"), as_("housing-head")
    clerk.post("/desk/find/views", {"name": "我的逾期", "asked": "due=over&col=unit", "opens": "1"})
    view = SavedView.objects.get()
    assert clerk.get("/desk/find").url == "/desk/find?due=over&col=unit"
    assert head.get("/desk/find").status_code == 200
    head.post("/desk/find/views", {"forget": str(view.pk)})
    assert SavedView.objects.count() == 1
    clerk.post("/desk/find/views", {"forget": str(view.pk)})
    assert SavedView.objects.count() == 0


def test_a_view_without_a_name_is_shown_again_with_what_was_asked(as_: SignIn) -> None:
    office.works("start")
    page = as_("housing-1").post("/desk/find/views", {"name": " ", "asked": "q=氨氮"})
    assert (page.status_code, page.context["filters"].q, "请给视图起个名字" in words_in(page)) == (422, "氨氮", True)


def test_the_number_of_questions_to_the_database_is_bounded(as_: SignIn) -> None:
    office.works("apply")
    client = as_("mayor")
    client.get("/desk/find?q=氨氮")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/desk/find?q=氨氮")
    assert len(asked) <= MOST_QUERIES, len(asked)


def test_common_words_are_counted_up_to_a_limit_that_the_page_names(as_: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    office.works("apply")
    office.duty("start")
    monkeypatch.setattr("xiaohao.records.search.FEW", 0)
    client = as_("mayor")
    both = client.get("/desk/find?q=整改").context
    assert (both["total"], both["more"]) == (len(hits(client, "q=整改")), False)
    assert both["total"] > 1
    monkeypatch.setattr("xiaohao.records.seeking.MOST_COUNTED", 1)
    page = client.get("/desk/find?q=整改")
    assert (page.context["total"], page.context["more"], "这些词太常见" in words_in(page)) == (1, True, True)
