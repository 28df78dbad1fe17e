"""A ledger goes in as one transaction, again without effect, and out again; no word in it moves a state."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acts.walking import CLERK, make_county
from tests.cast import JOINED_AT, LISTS, ORGS
from tests.documents.ledger.sheets import plain
from xiaohao.acts import accounts, ledger_drafts, ledgers
from xiaohao.acts.publishing import publish_journal
from xiaohao.acts.registers import add_records
from xiaohao.dossier.record import Record
from xiaohao.journal.entry_format import parse_entry
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.when import parse_instant
from xiaohao.records import models
from xiaohao.records.fsck import faults

pytestmark = pytest.mark.django_db

AT = parse_instant(JOINED_AT).replace(year=2025)
OWNER = ORGS[-1].name
HEADERS = ("序号", "反馈问题", "整改目标", "整改措施", "责任单位", "整改时限", "完成情况", "销号时间")
ROWS = (
    ("41", "渣土露天堆放", "覆盖到位", "1.覆盖；2.清运", OWNER, "2025年12月底前", "已完成", ""),
    ("42", "管网混接", "改造到位", "改造", OWNER, "长期坚持", "推进中", ""),
    ("43", "垃圾堆放", "清理", "清理", OWNER, "13月底前", "推进中", ""),
    ("44", "旧账一笔", "", "", OWNER, "2023年底", "已销号", "2023-11-20"),
)


@pytest.fixture
def account() -> models.Account:
    make_county()
    return accounts.open_account(username="clerk", person=CLERK.person, roles=CLERK.roles, password=None)


def _kept(account: models.Account, *rows: tuple[str, ...], key: str = "a") -> models.Ledger:
    return ledger_drafts.keep_ledger(
        account=account,
        at=AT,
        key=key,
        name="台账.xlsx",
        content=plain(*(rows or ROWS), headers=HEADERS),
        listing=LISTS[0].id,
        lead=None,
        year=2025,
    )


def _import(
    ledger: models.Ledger, *, key: str = "import", carried: tuple[int, ...] = (), wanted: tuple[str, ...] = ledgers.IMPORTABLE
) -> object:
    lines = list(ledger.lines.filter(verdict__in=wanted).values_list("n", flat=True))
    return ledgers.import_ledger(ledger=ledger.pk, by=CLERK, at=AT, key=key, lines=lines, carried=carried)


def _verdicts(ledger: models.Ledger) -> dict[str, str]:
    return dict(ledger.lines.values_list("number", "verdict"))


def _healthy() -> None:
    publish_journal()
    assert list(faults()) == []


def test_the_rows_chosen_go_in_with_one_entry_each_and_one_for_all(account: models.Account) -> None:
    ledger = _kept(account)
    assert _verdicts(ledger) == {"41": "ready", "42": "ready", "43": "fix", "44": "ready"}
    before = models.JournalEntry.objects.count()
    receipt = _import(ledger, carried=(3,))

    tasks = {str(t.number): t for t in models.Task.objects.filter(ledger_items__ledger=ledger)}
    assert {number: (task.status, task.due, task.kind) for number, task in tasks.items()} == {
        "41": ("", "2025-12-31", "deadline"),  # 已完成 in the sheet moves nothing
        "42": ("", "", "long_term"),
        "44": ("closed", "2023-12-31", "deadline"),
    }
    assert models.JournalEntry.objects.count() == before + 4
    assert parse_entry(bytes(models.JournalEntry.objects.get(pk=receipt.entry).content)).step == "import_ledger"
    assert tasks["44"].thing().carried_in
    _healthy()


def test_goals_and_measures_wait_on_the_plan_s_page(account: models.Account) -> None:
    ledger = _kept(account)
    _import(ledger)
    handed = models.Draft.objects.get(task__number=41, step=ledgers.HANDED_ON)
    assert [(m["text"], m["due"]) for m in handed.values["measures"]] == [("覆盖", "2025-12-31"), ("清运", "2025-12-31")]
    assert [g["text"] for g in handed.values["goals"]] == ["覆盖到位"]


def test_the_same_request_twice_is_one_import_and_the_same_ledger_again_has_nothing_to_do(account: models.Account) -> None:
    ledger = _kept(account)
    first = _import(ledger, wanted=("ready",))
    count = models.JournalEntry.objects.count()
    assert ledgers.import_ledger(ledger=ledger.pk, by=CLERK, at=AT, key="import", lines=[0, 1, 3]) == first
    again = _kept(account, key="b")
    assert _verdicts(again) == {"41": "same", "42": "same", "43": "fix", "44": "same"}
    with pytest.raises(Refused):
        _import(again, key="again")
    assert models.JournalEntry.objects.count() == count


def test_a_changed_ledger_shows_what_differs_and_leaves_the_task_as_promised(account: models.Account) -> None:
    _import(_kept(account))
    changed = ((*ROWS[0][:5], "2026年6月底前", "推进中", ""), *ROWS[1:])
    ledger = _kept(account, *changed, key="b")
    (line,) = ledger.lines.filter(verdict="changed")
    assert [(old, new) for _, old, new in line.changes] == [
        ("2025-12-31", "2026-06-30"), ("2025年12月底前", "2026年6月底前"), ("已完成", "推进中"),
    ]  # fmt: skip

    _import(ledger, key="second")
    task = models.Task.objects.get(number=41)
    assert (task.due, task.ledger_items.count()) == ("2025-12-31", 2)
    assert models.Draft.objects.get(task=task, step=ledgers.HANDED_ON).values["measures"][0]["due"] == "2026-06-30"
    assert _verdicts(_kept(account, *changed, key="c"))["41"] == "same"
    _healthy()


def test_a_row_put_right_by_hand_goes_in_with_the_rest_later(account: models.Account) -> None:
    ledger = _kept(account)
    _import(ledger)
    ledger.refresh_from_db()
    ledger_drafts.put_right(ledger, meanings={}, fixes={"F4": "2025-12-31"}, units={})
    assert _verdicts(ledger)["43"] == "ready"
    _import(ledger, key="rest")
    assert models.Task.objects.get(number=43).due == "2025-12-31"


def test_a_line_to_be_put_right_refuses_everything(account: models.Account) -> None:
    ledger = _kept(account)
    before = models.JournalEntry.objects.count()
    with pytest.raises(Refused) as refused:
        ledgers.import_ledger(ledger=ledger.pk, by=CLERK, at=AT, key="x", lines=[0, 1, 2])
    assert [unmet.gate for unmet in refused.value.unmet] == ["line_ready"]
    assert models.JournalEntry.objects.count() == before


def test_an_unknown_unit_is_asked_once_and_remembered_for_the_layout(account: models.Account) -> None:
    row = ("51", "渣土", "", "", "某某办", "2025年底", "", "")
    ledger = _kept(account, row)
    assert (_verdicts(ledger), ledger.unknown) == ({"51": "fix"}, [["某某办", ""]])
    ledger_drafts.put_right(ledger, meanings={}, fixes={}, units={"某某办": ORGS[-1].id})
    _import(ledger)
    assert models.Task.objects.get(number=51).owner_id == ORGS[-1].id
    later = _kept(account, ("52", *row[1:]), key="b")
    assert _verdicts(later) == {"52": "ready"}


def test_undoing_takes_every_task_out_of_sight_and_the_same_numbers_may_come_again(account: models.Account) -> None:
    ledger = _kept(account)
    receipt = _import(ledger)
    ledgers.undo_import(ledger=ledger.pk, entry=receipt.entry, by=CLERK, at=AT, key="undo")
    assert not models.Task.objects.filter(number__in=[41, 42, 44]).exists()
    assert set(models.Task.every.filter(number__in=[41, 42, 44]).values_list("withdrawn", flat=True)) != {None}
    _healthy()

    ledger.refresh_from_db()
    assert _verdicts(ledger)["41"] == "ready"
    _import(ledger, key="again")
    assert models.Task.objects.get(number=41).entries.order_by("-index").first().step == "reinstate_task"
    _healthy()


def test_an_import_that_somebody_has_acted_on_is_not_undone(account: models.Account) -> None:
    ledger = _kept(account)
    receipt = _import(ledger)
    task = models.Task.objects.get(number=42)
    reporter = Actor("person-housing-1", task.owner_id, frozenset({Role.REPORTER}))
    add_records(
        task=task.pk, by=reporter, at=AT, key="r", records=[Record(id="rec-z", type="meeting", date="2024-11-18", recorded_at=JOINED_AT)]
    )
    with pytest.raises(Refused) as refused:
        ledgers.undo_import(ledger=ledger.pk, entry=receipt.entry, by=CLERK, at=AT, key="undo")
    assert [unmet.gate for unmet in refused.value.unmet] == ["nobody_acted_since"]
    assert models.Task.objects.filter(number__in=[41, 42, 44]).count() == 3


def test_nobody_else_imports_or_undoes_a_person_s_ledger(account: models.Account) -> None:
    ledger = _kept(account)
    for stranger in (replace(CLERK, roles=frozenset({Role.REPORTER})), replace(CLERK, person="person-housing-1")):
        with pytest.raises(Refused):
            ledgers.import_ledger(ledger=ledger.pk, by=stranger, at=AT, key="s", lines=[0])
        with pytest.raises(Refused):
            ledgers.undo_import(ledger=ledger.pk, entry=1, by=stranger, at=AT, key="s")


def test_a_thousand_rows_go_in_whole_or_not_at_all(account: models.Account) -> None:
    rows = [(str(n), f"问题{n}", "", "", OWNER, "2025年底", "", "") for n in range(1000, 2000)]
    ledger = _kept(account, *rows)
    receipt = _import(ledger)
    entry = parse_entry(bytes(models.JournalEntry.objects.get(pk=receipt.entry).content))
    assert [made.name for made in entry.commitments] == ["batch/1"]
    assert models.Task.objects.filter(ledger_items__ledger=ledger).count() == 1000
    _healthy()


def test_an_import_asks_for_no_row_of_its_own_while_it_holds_the_lock(account: models.Account) -> None:
    """Twenty rows more are a few statements more, not some for each."""
    counts = []
    for first, many in ((100, 4), (200, 24)):
        rows = [(str(first + n), f"第{n}处渣土", "覆盖", "清运", OWNER, "2025年12月底前", "推进中", "") for n in range(many)]
        ledger = _kept(account, *rows, key=f"many {many}")
        with CaptureQueriesContext(connection) as asked:
            _import(ledger, key=f"many {many}")
        counts.append(len(asked))
    assert counts[1] - counts[0] < 20


def test_a_large_import_is_found_by_its_words_though_they_are_indexed_after_its_transaction(
    account: models.Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgers, "IMPORT_AT_ONCE", 1)
    inside: list[bool] = []
    write = ledgers._write
    monkeypatch.setattr(ledgers, "_write", lambda *args, **more: (write(*args, **more), inside.append(_indexed()))[0])
    _import(_kept(account))
    assert (inside, _indexed()) == ([False], True)
    _healthy()


def _indexed() -> bool:
    return models.SearchEntry.objects.filter(kind="task", text__contains="管网混接").exists()
