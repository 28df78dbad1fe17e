"""The API reads what the pages show: the same tasks, the same notice, the same rows under the same eyes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.docs.tree import ROOT
from tests.web.desk.conftest import TODAY
from tests.web.walk import county
from tests.web.walk.county import CHILD, OWN, SIBLING
from tests.web.walk.samples import Sample
from xiaohao.acts.signing import log_signer
from xiaohao.dossier.codec import dossier_from_json
from xiaohao.records import models
from xiaohao.records.models import AccessEvent
from xiaohao.records.parcels_out import case_going_out
from xiaohao.web.api.build import views
from xiaohao.web.api.urls import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("addresses")]


@pytest.fixture(autouse=True)
def unhurried() -> None:
    cache.clear()


def read(path: str, relation: str = "", **headers: str) -> Any:
    sent = {"authorization": county.token(relation)} if relation else {}
    answer = Client().get(f"/api/v1/{path}", headers={**sent, **headers})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_every_address_is_served_and_everything_served_has_an_address() -> None:
    assert {pattern.name for pattern in urlpatterns} - {"api_openapi"} == set(views())


def test_nothing_but_the_api_itself_loads_its_libraries_and_that_only_when_it_is_asked_for() -> None:
    late = re.compile(r"^(from|import) (ninja|pydantic|xiaohao\.web\.api\.(build|public|notices|desk|acts|doing|shapes))\b", re.MULTILINE)
    found = {
        path.relative_to(ROOT / "src/xiaohao").as_posix() for path in (ROOT / "src").rglob("*.py") if late.search(path.read_text("utf-8"))
    }
    inside = {"build", "public", "notices", "desk", "acts", *(f"shapes/{name}" for name in ("common", "public", "notices", "desk", "sent"))}
    assert found == {f"web/api/{name}.py" for name in inside}


def test_the_public_list_and_a_task_are_those_of_the_pages_a_page_at_a_time() -> None:
    first = read("tasks?limit=2")
    second = read(f"tasks?limit=2&after={first['after']}")
    nos = [one["no"] for page in (first, second) for one in page["items"]]
    assert (nos, second["after"]) == ([SIBLING.address, OWN.address, CHILD.address], "")
    assert [one["no"] for one in read(f"tasks?q={CHILD.outside[0]}")["items"]] == [CHILD.address]
    task = read(f"tasks/{OWN.address}")
    assert (task["status"], task["notices"][0]["no"], task["plan"]["measures"][0]["number"]) == ("published", f"{OWN.address}-1", 1)
    assert [stage["name"] for stage in task["stages"] if stage["standing"] == "at"] == ["公示"]
    assert (task["effects"][0]["readings"] != [], task["timeline"][0]["words"] != "") == (True, True)
    assert [Client().get(f"/api/v1/tasks{path}").status_code for path in ("/nowhere-1", "?limit=101", "?state=lost")] == [404, 422, 422]


def test_a_notice_has_its_window_in_working_days_its_answers_and_its_place_in_the_journal() -> None:
    assert read("notices") == {"items": [], "after": ""}  # its window is over
    notice = read(f"notices/{OWN.address}-1")
    assert (notice["window"]["unit"], notice["window"]["counted"]) == ("workday", 10)
    assert (notice["same"], len(notice["digest"]), len(notice["measures"])) == (True, 64, len(notice["measures"]) or None)
    assert notice["objections"][0]["said"] == ""  # nobody has answered it in public yet
    entry = read(f"journal/entries/{notice['proof']['entry']}")
    assert (entry["act"], entry["state"]) == ("publish", "waiting")
    assert json.loads(entry["content"])["task"] == OWN.address
    assert Client().get(entry["proof"]).status_code == 200
    log = read("journal")
    assert (log["size"], len(log["root"])) == (models.JournalEntry.objects.count(), 64)


def test_the_figures_are_those_of_the_first_page_and_petitions_name_nobody() -> None:
    found = read("overview")
    assert (found["total"], found["notices_open"], found["notices_ended"]) == (3, 0, 1)
    assert read("petitions")["total"] == models.Petition.objects.count()


def test_words_come_in_the_language_that_is_asked_for() -> None:
    path = f"tasks/{OWN.address}"
    chinese, english = (read(path, **{"accept-language": one})["facts"][0]["name"] for one in ("zh-CN,zh;q=0.9", "en-GB"))
    assert (chinese, english) == ("来源", "Source")
    wrong = Client().get("/api/v1/tasks?limit=x", headers={"accept-language": "en"})
    assert wrong.json()["errors"] == [{"field": "limit", "message": "Wrong type or spelling."}]


@pytest.mark.parametrize("path", ["desk/tasks", "desk/worklist?view=all"])
def test_staff_read_the_tasks_that_their_desk_shows(path: str) -> None:
    assert {one["no"] for one in read(path, "own")["items"]} == {OWN.address, CHILD.address}
    pages = [read(f"{path}{'&' if '?' in path else '?'}limit=1", "own")]
    pages.append(read(f"{path}{'&' if '?' in path else '?'}limit=1&after={pages[0]['after']}", "own"))
    assert {one["no"] for page in pages for one in page["items"]} == {OWN.address, CHILD.address}
    assert read(path, "stranger")["items"] == []


def test_a_case_is_the_file_that_its_export_holds_and_leaves_a_line() -> None:
    case = read(f"desk/tasks/{OWN.address}", "own")
    exported = case_going_out(models.Task.objects.get(pk=OWN.task), at=TODAY, signer=log_signer())
    assert case["dossier"] == json.loads(exported.root)
    assert [task.id for task in dossier_from_json(case["dossier"]).tasks] == [OWN.task]
    assert case["version"] == models.Task.objects.get(pk=OWN.task).version
    line = AccessEvent.objects.latest("number")
    assert (line.what, line.account.username) == ("export", "walk-own-all")
    answer = Client().get(f"/api/v1/desk/tasks/{SIBLING.address}", headers={"authorization": county.token("own")})
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:xiaohao:problem:not-found")


def test_findings_registers_and_calls_are_those_of_the_rooms() -> None:
    findings = read("desk/findings?view=all", "own")["items"]
    assert {one["id"] for one in findings} == set(models.Finding.objects.filter(task=OWN.task).values_list("pk", flat=True))
    rows = read("desk/registers?kind=meeting", "own")["items"]
    assert f"rec-walk-{OWN.slug}" in {one["id"] for one in rows}
    assert {one["task"] for one in rows} <= {OWN.address, CHILD.address}
    (call,) = read("desk/calls", "sibling")["items"]
    assert [(one["no"], one["owed_by_you"]) for one in call["tasks"]] == [(SIBLING.address, True)]
    assert read("desk/calls", "own")["items"] == []


def test_an_api_page_may_be_kept_as_the_site_says_and_head_goes_where_get_goes(addresses: dict[str, Sample]) -> None:
    client = Client()
    answer = client.get(addresses["api_tasks"].address)
    assert (answer.headers["Cache-Control"], "Accept-Language" in answer.headers["Vary"]) == ("public, max-age=0, must-revalidate", True)
    assert client.get(addresses["api_tasks"].address, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304
    head = client.head(addresses["api_tasks"].address)
    assert (head.status_code, head.content) == (200, b"")
    wrong = client.delete(addresses["api_tasks"].address)
    assert (wrong.status_code, wrong.headers["Allow"], wrong.headers["Content-Type"]) == (405, "GET", "application/problem+json")
    kept = client.get(addresses["api_worklist"].address, headers={"authorization": county.token("own")})
    assert kept.headers["Cache-Control"] == "no-store"
