"""A superior's instruction: entered with its tasks, shown as a board of tasks and units with gaps, and to the public without them."""

from __future__ import annotations

import pytest

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import form_of, send, words_in
from xiaohao.acts.batches import start_batch
from xiaohao.acts.shares import Share, decompose
from xiaohao.dossier.document import Document
from xiaohao.kernel.refused import Refused
from xiaohao.records import models
from xiaohao.records.fsck import faults
from xiaohao.records.models import JournalEntry

NEW = "/desk/batches/new"
TYPED = {
    "title": "关于抓紧完成长期任务销号工作的通知",
    "number": "景整改办〔2026〕2号",
    "issuer": "org-cityoffice",
    "date": "2026-02-25",
    "due": "2026-03-31",
}
ORDER = {**TYPED, "id": "doc-order-x", "kind": "order", "recorded_at": ""}


def _two_tasks():
    works = office.works("start")
    duty = office.duty("start")
    shares = (Share("org-housing", ""), Share("org-water", ""))
    at = office.works_life().at("start").replace(day=20)
    decompose(task=works.pk, by=office.actor("cityoffice-1"), at=at, key="shares", shares=shares)
    return works, duty


def test_a_clerk_enters_an_instruction_and_the_board_says_what_each_unit_lacks(as_):
    works, duty = _two_tasks()
    clerk = as_("cityoffice-1")
    fields = form_of(clerk, NEW, holding="number")
    sent = clerk.post(NEW, {**fields, **TYPED, "tasks": [works.pk, duty.pk], "public": "on"})
    paper = models.Document.objects.get(number="景整改办〔2026〕2号")
    assert sent.headers["Location"] == f"/desk/batches/{paper.pk}"
    assert JournalEntry.objects.order_by("-index")[0].step == "start_batch"

    board = words_in(clerk.get(f"/desk/batches/{paper.pk}"))
    assert "3 个部分，已销号 0 个，各部分下一步共缺" in board
    assert "青禾县水务局" in board
    assert "没有整改方案" in board
    public = words_in(clerk.get(f"/b/{paper.pk}"))
    assert "3 个部分，已销号 0 个" in public
    assert "缺" not in public.partition("3 个部分")[2]
    assert "景整改办〔2026〕2号" in words_in(clerk.get("/desk/batches"))


def test_an_instruction_that_is_not_for_the_public_has_no_public_page(as_):
    works, _duty = _two_tasks()
    clerk = as_("cityoffice-1")
    clerk.post(NEW, {**form_of(clerk, NEW, holding="number"), **TYPED, "tasks": [works.pk]})
    paper = models.Document.objects.get(number="景整改办〔2026〕2号")
    assert clerk.get(f"/b/{paper.pk}").status_code == 404
    assert "公开的这张表" not in clerk.get(f"/desk/batches/{paper.pk}").content.decode().partition("<main")[2]


def test_what_is_wrong_is_said_and_nothing_is_lost(as_):
    works, _duty = _two_tasks()
    clerk = as_("cityoffice-1")
    answer = send(clerk, NEW, holding="number", **{**TYPED, "due": "2026-01-01", "tasks": [works.pk]})
    assert answer.status_code == 422
    assert "没有写明办结期限，或期限早于文件日期" in words_in(answer)
    assert 'value="景整改办〔2026〕2号"' in answer.content.decode()
    assert not models.Document.objects.filter(kind="order").exists()


def test_no_instruction_comes_from_below_or_from_a_firm(as_):
    works, _duty = _two_tasks()
    clerk = as_("cityoffice-1")
    for issuer in ("org-housing", "org-builder"):
        answer = send(clerk, NEW, holding="number", **{**TYPED, "issuer": issuer, "tasks": [works.pk]})
        assert (answer.status_code, "来文单位要是本单位的上级或同级机关" in words_in(answer)) == (422, True)
        paper = Document(**{**ORDER, "issuer": issuer})
        with pytest.raises(Refused) as refused:
            start_batch(by=office.actor("cityoffice-1"), at=TODAY, key=f"from-{issuer}", document=paper, tasks=[works.pk])
        assert [str(unmet.fact) for unmet in refused.value.unmet if "不是本单位的上级或同级机关" in str(unmet.fact)]


@pytest.mark.parametrize("issuer", ["org-province", "org-city", "org-cityeco", "org-cityoffice"])
def test_an_instruction_comes_from_above_or_from_the_same_level(staff, issuer):
    works, _duty = _two_tasks()
    paper = Document(**{**ORDER, "issuer": issuer})
    start_batch(by=office.actor("cityoffice-1"), at=TODAY, key="order", document=paper, tasks=[works.pk])
    assert models.Document.objects.get(kind="order").issuer_id == issuer


def test_somebody_without_a_task_of_the_batch_does_not_find_it(as_):
    _works, duty = _two_tasks()
    clerk = as_("cityoffice-1")
    clerk.post(NEW, {**form_of(clerk, NEW, holding="number"), **TYPED, "tasks": [duty.pk]})
    paper = models.Document.objects.get(kind="order")
    assert as_("housing-1").get(f"/desk/batches/{paper.pk}").status_code == 404


def test_whoever_entered_a_batch_changes_it_with_a_reason_and_the_old_deadline_stays(as_):
    works, duty = _two_tasks()
    clerk = as_("cityoffice-1")
    clerk.post(NEW, {**form_of(clerk, NEW, holding="number"), **TYPED, "tasks": [works.pk]})
    paper = models.Document.objects.get(number="景整改办〔2026〕2号")
    change = f"/desk/batches/{paper.pk}/change"
    idle = send(clerk, change, holding="due", reason="试一试。")
    assert (idle.status_code, "没有改动" in words_in(idle)) == (422, True)
    sent = send(
        clerk, change, holding="due", due="2026-04-30", tasks=[works.pk, duty.pk], reason="市里来文顺延。", number="景整改办〔2026〕5号"
    )
    assert sent.headers["Location"] == f"/desk/batches/{paper.pk}"
    paper.refresh_from_db()
    assert (paper.more["due"], set(paper.thing().tasks)) == ("2026-04-30", {works.pk, duty.pk})
    page = words_in(clerk.get(f"/desk/batches/{paper.pk}"))
    assert all(words in page for words in ("加进", "期限原为 2026-03-31", "市里来文顺延。", "景整改办〔2026〕5号"))
    assert JournalEntry.objects.order_by("-index")[0].step == "change_batch"
    assert [fault.message for fault in faults() if fault.kind == "row"] == []
    assert as_("county-clerk").get(change).status_code == 404
