"""The main acts over the API: done once for a key, refused with every reason, wrong input told field by field, and no more than the account may do."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.desk import office
from tests.web.walk import county
from tests.web.walk.county import OWN, SIBLING
from xiaohao.acts import tokens
from xiaohao.acts.clock import machine_now
from xiaohao.acts.objections import find_by_code
from xiaohao.journal.entry import EntryType
from xiaohao.records import models
from xiaohao.records.tokens import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("addresses")]
_KEYS = count(1)
MEETING = {"type": "meeting", "date": "2026-03-02", "start": "09:00", "end": "10:00", "title": "推进会", "people": ["person-park-head"]}


@pytest.fixture(autouse=True)
def unhurried() -> None:
    cache.clear()


def do(path: str, body: Any, who: str = "park-1", *, key: str = "", method: str = "post", **headers: str) -> Any:
    account = models.Account.objects.get(username=who)
    _row, token = tokens.make_token(account=account, name="测", scopes=Scope, days=30, at=machine_now(), address="")
    sent = {"authorization": f"Bearer {token}", "idempotency-key": key or f"key-of-a-test-{next(_KEYS):04}", **headers}
    return Client().generic(method.upper(), f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=sent)


def measures() -> list[str]:
    return [one["id"] for one in models.Plan.objects.filter(task=SIBLING.task).latest("version").more["measures"]]


def errors(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.content.decode()
    return {one["field"]: one["message"] for one in answer.json()["errors"]}


def test_a_row_is_entered_once_however_often_it_is_sent() -> None:
    path = f"desk/tasks/{SIBLING.address}/records"
    first, again = (do(path, MEETING, key="one-and-the-same-key") for _ in range(2))
    assert (first.status_code, again.status_code, first.json() == again.json()) == (201, 200, True)
    row = models.Record.objects.get(pk=first.json()["result"]["records"][0])
    assert (row.type, row.date, row.org_id, row.recorded_by_id) == ("meeting", "2026-03-02", "org-park", "person-park-1")
    assert models.JournalEntry.objects.get(pk=first.json()["entry"]).step == "add_records"


def test_wrong_input_is_told_by_field_in_the_desks_own_words() -> None:
    path = f"desk/tasks/{SIBLING.address}/records"
    assert errors(do(path, {**MEETING, "date": "去年", "end": "08:00"})) == {
        "date": "日期请写成 2025-12-31；只知道月份的写 2025-12。",
        "end": "结束应当晚于开始。",
    }
    wrong = errors(do(path, {"type": "party", "date": "2026-03-02", "title": "x" * 301, "text": "\x00"}))
    assert wrong["title"] == "太长，最多 300 个字符。"
    assert wrong["type"].startswith("只能是：")
    assert wrong["text"] == "类型或写法不对。"
    assert set(errors(do(path, {}, **{"idempotency-key": "short"}))) >= {"type", "Idempotency-Key"}
    assert do(path, MEETING, method="put").status_code == 405


def test_a_clash_is_shown_and_entered_only_when_confirmed() -> None:
    path, elsewhere = f"desk/tasks/{SIBLING.address}/records", {**MEETING, "date": "2026-02-20", "title": "另一个会"}
    clash = do(path, elsewhere)
    assert "anyway" in errors(clash)
    assert clash.json()["clashes"]
    assert not any(OWN.inside in line for line in clash.json()["clashes"])
    assert do(path, {**elsewhere, "anyway": True}).status_code == 201


def test_a_document_and_a_file_are_entered() -> None:
    path = f"desk/tasks/{SIBLING.address}"
    done = do(f"{path}/documents", {"title": "关于成效考核的通知", "kind": "order", "date": "2026-02-27", "number": "青园发〔2026〕4号"})
    assert (done.status_code, models.Document.objects.get(number="青园发〔2026〕4号").issuer_id) == (201, "org-park")
    account = models.Account.objects.get(username="park-1")
    _row, token = tokens.make_token(account=account, name="测", scopes=Scope, days=30, at=machine_now(), address="")
    sent = {"authorization": f"Bearer {token}", "idempotency-key": "file-of-a-test-0001"}

    def upload(**more: Any) -> Any:
        given = {
            "uploads": [SimpleUploadedFile("记录.txt", "会议记录".encode())],
            "type": "meeting",
            "date": "2026-03-01",
            "title": "会议记录",
        }
        return Client().post(f"/api/v1/{path}/files", given | more, headers={**sent, **more.pop("headers", {})})

    done = upload()
    assert (done.status_code, len(done.json()["result"]["files"]), len(done.json()["result"]["records"])) == (201, 1, 1)
    sent["idempotency-key"] = "file-of-a-test-0002"
    assert errors(upload()) == {"reason": "有文件与以前的相同，请写明为什么还要保留，或换一个文件。"}
    assert "uploads" in errors(upload(uploads=[SimpleUploadedFile("坏.jpg", b"\xff\xd8no")]))


def test_progress_is_reported_and_a_call_answered_measure_by_measure() -> None:
    said = {"answers": [{"measure": measures()[0], "text": "二月开会推进。"}], "expects_done": "2026-06"}
    assert do(f"desk/tasks/{SIBLING.address}/progress", said).status_code == 201
    wrong = {"answers": [{"measure": "measure-of-nobody", "text": "x"}]}
    assert errors(do(f"desk/tasks/{SIBLING.address}/progress", wrong)) == {"answers/0/measure": "现行方案没有这项措施。"}
    call = models.Call.objects.get()
    path = f"desk/calls/{call.pk}/tasks/{SIBLING.address}"
    lines = [{"measure": one, "status": "under_way", "text": "正在办。"} for one in measures()]
    assert set(errors(do(path, {"lines": lines[1:]}))) == {f"lines/{measures()[0]}/status"}
    done = do(path, {"lines": lines})
    assert (done.status_code, models.CallAnswer.objects.get().pk) == (201, done.json()["result"]["answer"])


def test_a_finding_is_answered_by_the_unit_that_is_asked_and_by_nobody_else() -> None:
    row = models.Finding.objects.filter(task=OWN.task, decided_at=None, must_answer="org-housing").earliest("pk")
    path = f"desk/tasks/{OWN.address}/findings/{row.pk}/answer"
    evidence = models.Record.objects.filter(on_tasks=OWN.task, type="meeting").earliest("pk").pk
    assert set(errors(do(path, {"answer": " ", "evidence": ["rec-of-nobody"]}, "housing-1"))) == {"answer", "evidence"}
    said = {"answer": "另有三次记在施工台账，已补登。", "evidence": [evidence]}
    assert do(path, said).status_code == 404  # another unit's task
    assert do(path, said, "citydesk-1").status_code == 403  # a role that answers nothing
    assert do(path, said, "cityoffice-1").json()["type"] == "urn:xiaohao:problem:refused"  # sees it and is not asked
    assert do(f"desk/tasks/{SIBLING.address}/findings/{row.pk}/answer", said).status_code == 404
    first, again = (do(path, said, "housing-1", key="an-answer-of-a-test-01") for _ in range(2))
    assert (first.status_code, again.status_code, first.json() == again.json()) == (201, 200, True)
    row.refresh_from_db()
    assert (row.more["answer"], row.more["answered_by"], row.more["evidence"]) == (said["answer"], "person-housing-1", [evidence])
    assert models.JournalEntry.objects.get(pk=first.json()["entry"]).type == EntryType.FINDING_ANSWERED


def test_a_refused_application_says_every_reason_and_its_draft_is_the_accounts_own() -> None:
    path, said = f"desk/tasks/{SIBLING.address}", {"answers": [{"measure": measures()[0], "text": "已办。"}], "done_on": "2026-03-01"}
    assert do(f"{path}/draft", said, method="put").status_code == 200
    kept = do(f"{path}/draft", None, method="get")
    assert kept.json()["answers"] == [{"measure": measures()[0], "text": "已办。", "evidence": []}]
    assert do(f"{path}/draft", None, "park-head", method="get").json()["answers"] == []
    refused = do(f"{path}/application", said, **{"accept-language": "en"}).json()
    assert (refused["status"], refused["step"], refused["type"]) == (409, "apply", "urn:xiaohao:problem:refused")
    assert "application_pledged" in {one["gate"] for one in refused["unmet"]}
    assert all(one["fact"] and one["basis"] and one["way"] for one in refused["unmet"])
    assert models.Refusal.objects.get(pk=refused["entry"]).step == "apply"
    late = do(f"{path}/application", {**said, "version": 0}).json()
    assert (late["status"], late["type"]) == (409, "urn:xiaohao:problem:overtaken")


def test_who_may_not_is_refused_and_what_one_may_not_see_is_not_there() -> None:
    assert do(f"desk/tasks/{OWN.address}/records", MEETING).status_code == 404
    assert do(f"desk/tasks/{SIBLING.address}/application", {"done_on": "2026-03-01"}, "countyeco-1").status_code == 403
    refused = do(f"desk/tasks/{SIBLING.address}/records", {**MEETING, "org": "org-county"}, "county-clerk")
    assert refused.status_code in (201, 409)


def test_anybody_objects_once_for_a_key_and_gets_a_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/api/v1/notices/{OWN.address}-1/objections"

    def send(key: str, **said: Any) -> Any:
        body = json.dumps({"text": "桥下还在排污水", **said})
        return Client().post(path, body, content_type="application/json", headers={"idempotency-key": key})

    first, again = send("a-key-of-a-resident-01"), send("a-key-of-a-resident-01")
    assert (first.status_code, again.status_code, again.json()["result"]) == (201, 200, first.json()["result"])
    row = find_by_code(first.json()["result"]["code"])
    assert row is not None
    assert (row.text, row.channel, bytes(row.contact)) == ("桥下还在排污水", "web", b"")
    assert send("a-key-of-a-resident-01", text="另一件事").json()["result"]["code"] != first.json()["result"]["code"]
    assert errors(send("a-key-of-a-resident-02", phone="没有")) == {"phone": "电话号码好像不对，请检查"}
    assert errors(send("a-key-of-a-resident-03", measures=["measure-of-nobody"]))["measures"]
    cache.clear()
    from xiaohao.web.api import acts

    monkeypatch.setattr(acts, "PACE", acts.PACE.__class__("objection", times=1, seconds=60))
    assert [send(f"a-key-of-a-resident-1{n}").status_code for n in range(2)] == [201, 429]


def test_a_body_that_cannot_be_read_is_told_so() -> None:
    path = f"/api/v1/desk/tasks/{SIBLING.address}/records"
    header = {"authorization": county.token("sibling"), "idempotency-key": "key-of-a-test-unreadable"}
    answer = Client().post(path, b"{", content_type="application/json", headers=header)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:xiaohao:problem:unreadable")
    answer = Client().post(path, b'"' + b"x" * 6_000_000 + b'"', content_type="application/json", headers=header)
    assert answer.status_code == 413
    assert office.actor("park-1").org == "org-park"
