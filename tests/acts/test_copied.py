"""A new account is compared with everything ever submitted, through the index that its own act writes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.db.models import Count

from tests.acts.walking import CLERK, make_task
from tests.screening.trips_paper import WORKED
from xiaohao.acts import rescreening, screening, tasks
from xiaohao.dossier.statement import Span
from xiaohao.dossier.statement import Statement as StatementThing
from xiaohao.kernel.when import parse_instant
from xiaohao.records import copied
from xiaohao.records.models import Finding, IndexedStatement, Org, Statement, StatementGram, Task
from xiaohao.records.to_dossier import dossier_of

pytestmark = pytest.mark.django_db

AT = parse_instant("2026-03-03T09:00:00+08:00")


@pytest.fixture
def applied() -> Task:
    return make_task("claimed_done", ready=True)


def _account(task: Task, text: str, key: str, kind: str = "completion") -> Statement:
    """Another unit's account of years ago, of a task that was carried in."""
    owner = Org.objects.exclude(pk=task.owner_id).order_by("pk")[0]
    other = replace(task.thing(), id=f"task-old-{key}", number=900 + int(key), owner=owner.pk, links=(), closed_at="2021-06-01")
    tasks.carry_in(by=CLERK, at=AT, key=f"carry {key}", task=other)
    said = StatementThing(
        id=f"st-{key}",
        task=other.id,
        kind=kind,
        author=owner.pk,
        date="2021-01-05",
        recorded_at="2021-01-05T09:00:00+08:00",
        text=text,
    )
    row = Statement.of(said)
    row.save(force_insert=True)
    return row


def _newest(task: Task) -> Statement:
    return Statement.objects.filter(task=task, kind="completion").order_by("recorded_at").last()


def test_the_act_that_files_an_account_writes_its_postings(applied: Task) -> None:
    said = _newest(applied)
    number = IndexedStatement.objects.get(statement=said).number
    assert StatementGram.objects.filter(number=number).count() > 10


def test_an_account_of_another_unit_and_year_is_found(applied: Task) -> None:
    said = _newest(applied)
    old = _account(applied, "关于往年任务的说明。" + said.text, "1")
    rescreening.index_statements(AT)
    screening.screen_case(applied.pk, at=AT, checks=("TXT-DUP",))
    found = Finding.objects.get(task=applied, check_id="TXT-DUP", standing=True)
    assert {pointer["id"] for pointer in found.where} == {said.pk, old.pk}
    assert found.must_answer_id == applied.owner_id


def test_a_stranger_is_not_held_side_by_side(applied: Task) -> None:
    _account(applied, "".join(WORKED), "1")
    rescreening.index_statements(AT)
    case = dossier_of(applied, at=AT)
    said = next(one for one in case.statements if one.id == _newest(applied).pk)
    assert copied.candidates(said, case).statements == ()


def test_what_everybody_says_is_learnt_and_names_nobody(applied: Task) -> None:
    phrase = "".join(WORKED)
    for n in range(8):
        _account(applied, phrase, str(n))
    rescreening.index_statements(AT)
    case = dossier_of(applied, at=AT)
    said = replace(case.statements[0], id="st-new", task=applied.pk, kind="completion", text=phrase, spans=(Span(start=0, end=1),))
    found = copied.candidates(said, case)
    assert found.statements == ()
    assert len(found.phrases.everybodys)


def test_one_units_own_words_name_its_earliest_accounts(applied: Task) -> None:
    phrase = "".join(WORKED)
    rows = [_account(applied, phrase, str(n)) for n in range(8)]
    rescreening.index_statements(AT)
    case = dossier_of(applied, at=AT)
    said = replace(
        case.statements[0],
        id="st-new",
        task=applied.pk,
        kind="completion",
        text=phrase,
        spans=(Span(start=0, end=1),),
        author=rows[0].author,
    )
    assert copied.candidates(said, case).statements == tuple(row.pk for row in rows[:3])


def test_the_index_can_be_made_anew(applied: Task) -> None:
    before = sorted(StatementGram.objects.values_list("gram", flat=True))
    IndexedStatement.objects.all().delete()
    StatementGram.objects.all().delete()
    assert rescreening.index_statements(AT) == Statement.objects.filter(kind__in=copied.INDEXED).count()
    assert sorted(StatementGram.objects.values_list("gram", flat=True)) == before
    assert rescreening.index_statements(AT) == 0


def test_a_question_reads_no_more_than_a_phrase_may_have(applied: Task) -> None:
    rows = [StatementGram(gram=7, number=n) for n in range(1000, 1200)]
    StatementGram.objects.bulk_create(rows)
    import numpy as np

    assert len(copied._postings(np.array([7], dtype=np.uint64))[7]) == copied.MOST_TEXTS + 1
    assert StatementGram.objects.values("gram").annotate(n=Count("number")).get(gram=7)["n"] == 200
    assert connection.vendor in ("sqlite", "postgresql")


def _answer(task: Task, text: str) -> Statement:
    """An answer on the way, of the task itself."""
    said = StatementThing(
        id="st-answer",
        task=task.pk,
        kind="progress",
        author=task.owner_id,
        date="2026-03-01",
        recorded_at="2026-03-01T09:00:00+08:00",
        text=text,
    )
    row = Statement.of(said)
    row.save(force_insert=True)
    return row


def _found(task: Task) -> list[tuple[set[str], str]]:
    screening.screen_case(task.pk, at=AT, checks=("TXT-DUP",))
    rows = Finding.objects.filter(task=task, check_id="TXT-DUP", standing=True)
    return [({pointer["id"] for pointer in row.where}, row.message) for row in rows]


def test_an_answer_on_the_way_is_compared_too(applied: Task) -> None:
    old = _account(applied, "".join(WORKED), "1")
    mine = _answer(applied, "".join(WORKED))
    rescreening.index_statements(AT)
    [(pointers, message)] = _found(applied)
    assert pointers == {mine.pk, old.pk}
    assert "的进展情况与" in message


def test_an_account_is_compared_with_what_was_published(applied: Task) -> None:
    old = _account(applied, "关于往年任务的说明。" + _newest(applied).text, "1", kind="notice")
    rescreening.index_statements(AT)
    [(pointers, message)] = _found(applied)
    assert old.pk in pointers
    assert "的公示有" in message


def test_of_one_other_task_it_is_said_once(applied: Task) -> None:
    _account(applied, _newest(applied).text, "1")
    _answer(applied, _newest(applied).text)
    rescreening.index_statements(AT)
    assert len(_found(applied)) == 1


def test_what_a_task_repeats_of_itself_is_kept_once(applied: Task) -> None:
    before = StatementGram.objects.count()
    said = _newest(applied)
    case = dossier_of(applied, at=AT)
    row = _answer(applied, said.text)
    copied.file(replace(case.last_statement(applied.pk, "completion"), id=row.pk, kind="progress"), case)
    assert StatementGram.objects.count() == before
