"""first_responsible_named and first_responsible_on_record: named, both heads where asked, and seen to act where a measure asks it."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import COUNTY, each, rows, under
from xiaohao.dossier.posts import STANDS_IN
from xiaohao.dossier.record import Record
from xiaohao.procedure.gates.first_responsible_named import first_responsible_named
from xiaohao.procedure.gates.first_responsible_on_record import first_responsible_on_record


def _named(*people):
    return lambda: cases.works_case("in_progress", first_responsible=people)


def _only_the_secretary():
    whole = cases.works_case("in_progress")
    return replace(whole, records=tuple(replace(r, people=("person-secretary",)) if r.people else r for r in whole.records))


def _ahead():
    """The magistrate is on record on a day that has not come."""
    whole = _only_the_secretary()
    return replace(
        whole,
        records=(
            *whole.records,
            Record(id="ahead", type="meeting", date="2099-01-01", tasks=(whole.task.id,), recorded_at="", people=("person-magistrate",)),
        ),
    )


def _stood_in_for(until):
    """The secretary was at everything, and stood in for the magistrate until that day."""
    whole = _only_the_secretary()
    post = {
        "type": "personnel",
        "org": "org-county",
        "post": "县长",
        "recorded_at": "2023-01-01T09:00:00+08:00",
        "start": "2020-01-01",
        "date": "2020-01-01",
    }
    held = Record(id="held", person="person-magistrate", **post)
    acting = Record(id="acting", person="person-secretary", text=STANDS_IN, end=until, **post)
    return replace(whole, records=(*whole.records, held, acting))


ROWS = (
    *rows(
        first_responsible_named,
        "apply",
        one_head=(_named("person-magistrate"), None),
        nobody=(_named(), "没有登记第一责任人。"),
    ),
    *under(
        COUNTY,
        rows(
            first_responsible_named,
            "apply",
            both_heads=(lambda: cases.duty_case("in_progress"), None),
            one_of_two=(
                lambda: cases.duty_case("in_progress", first_responsible=("person-park-head",)),
                "党政主要负责同志都是第一责任人，只登记了 柯明德。",
            ),
            the_same_twice=(
                lambda: cases.duty_case("in_progress", first_responsible=("person-park-head", "person-park-head")),
                "党政主要负责同志都是第一责任人，只登记了 柯明德。",
            ),
        ),
    ),
    *rows(
        first_responsible_on_record,
        "apply",
        both_acted=(lambda: cases.works_case("in_progress"), None),
        no_measure_asks=(
            lambda: cases.change(cases.works_case("in_progress", missing="personal_acts"), "measure-7-3", text="加强领导。"),
            None,
        ),
        nobody_acted=(
            lambda: cases.works_case("in_progress", missing="personal_acts"),
            "第 3 项措施要求第一责任人亲自办理，未见邵长河、梁一舟本人的记录。",
        ),
        one_acted=(_only_the_secretary, "第 3 项措施要求第一责任人亲自办理，未见梁一舟本人的记录。"),
        on_a_day_to_come=(_ahead, "第 3 项措施要求第一责任人亲自办理，未见梁一舟本人的记录。"),
        a_deputy_acted=(lambda: _stood_in_for("2030-01-01"), None),
        a_deputy_no_longer=(lambda: _stood_in_for("2020-02-01"), "第 3 项措施要求第一责任人亲自办理，未见梁一舟本人的记录。"),
        in_a_duty_case=(
            lambda: cases.duty_case("in_progress", missing="personal_acts"),
            "第 2 项措施要求第一责任人亲自办理，未见鲍国安、柯明德本人的记录。",
        ),
    ),
)


@each(ROWS)
def test_first_responsible(row):
    assert row.ask() == row.fact
