"""The kept words of a statement find what the ORM would."""

from __future__ import annotations

import pytest

from tests.acts.walking import make_task
from xiaohao.records import rows_of
from xiaohao.records.models import File, Inspection, Plan, Record, Statement, Task, TaskList

pytestmark = pytest.mark.django_db

#: Each kind, how it leads to its tasks, and how the ORM would be asked.
KINDS = [
    (Record, "on_tasks"),
    (File, "on_tasks"),
    (Plan, "task"),
    (Statement, "task"),
    (TaskList, "tasks"),
    (Inspection, "lists__tasks"),
]


@pytest.fixture
def case() -> Task:
    return make_task("claimed_done", ready=True)


@pytest.mark.parametrize("beside", [0, rows_of._FEW])
def test_the_same_rows_in_the_same_order_each_once(case: Task, beside: int) -> None:
    tasks = (case.pk, *(f"task-nobody-{number}" for number in range(beside)))
    for model, via in KINDS:
        expected = {row.pk for row in model.objects.all() if model.objects.filter(pk=row.pk, **{f"{via}__in": tasks}).exists()}
        assert expected, model
        assert [row.pk for row in rows_of.rows_of(model, via, tasks)] == sorted(expected), model


def test_no_task_and_another_task_have_no_rows_of_this_one(case: Task) -> None:
    assert rows_of.things_of(Record, "on_tasks", ()) == ()
    assert rows_of.things_of(Record, "on_tasks", ("task-nobody",)) == ()
