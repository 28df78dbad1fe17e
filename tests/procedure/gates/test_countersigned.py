"""The gates of 会签: of the rulebook's units and the sheet's, for the text as it is, in this round."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import cases
from tests.procedure.gates.table import each, rows, under
from xiaohao.dossier.record import Record
from xiaohao.procedure.countersigning import acceptance_digest, application_digest, cosigners, plan_digest, sheets_of
from xiaohao.procedure.gates.countersigned import acceptance_countersigned, application_countersigned, plan_countersigned
from xiaohao.procedure.rulebook import RulebookRefused, canonical_text, packaged, read_rulebook
from xiaohao.procedure.rules import Countersigning

AT = cases.works_life().now("confirmed")


def sheet(case, stage, digest, *units, number=1, seen="2099-01-01T09:00:00+08:00", **more):
    return Record(
        id=f"sheet-{number}", type="countersign", tasks=(case.task.id,), stage=stage, digest=digest, units=units, title="文", text="文",
        org=case.task.owner, recorded_at=seen, end="2099-01-05", **more,
    )  # fmt: skip


def said(case, unit, *, of="sheet-1", passed=True, seen="2099-01-02T09:00:00+08:00", **more):
    return Record(
        id=f"said-{unit}-{seen}", type="countersigned", tasks=(case.task.id,), of=of, org=unit, passed=passed, recorded_at=seen, **more
    )  # fmt: skip


def asked(gate, case, rules=None):
    unmet = gate(case, cases.actor_for(case, "apply"), rules or packaged("default"), AT)
    return str(unmet.fact) if unmet else None


def holding(case, *records):
    return replace(case, records=(*case.records, *records))


def test_nothing_is_asked_where_neither_rulebook_nor_sheet_names_a_unit():
    case = cases.works_case("claimed_done")
    assert [asked(gate, case) for gate in (plan_countersigned, application_countersigned, acceptance_countersigned)] == [None] * 3


def test_the_rulebook_may_name_roles_and_the_unit_whose_document_it_is_never_signs_it():
    case = cases.works_case("planned")
    rules = replace(packaged("default"), countersigning=Countersigning(plan=("owner", "lead", "supervisor")))
    plan = case.plan_in_force(case.task.id)
    lacking = asked(plan_countersigned, case, rules)
    assert case.org_name(plan.author) not in lacking
    others = [unit for unit in (case.task.owner, case.task.lead, case.task.supervisor) if unit and unit != plan.author]
    assert others
    assert all(case.org_name(unit) in lacking for unit in others)
    signed = holding(
        case,
        sheet(case, "plan", plan_digest(plan), *others),
        *(said(case, unit, stage="plan") for unit in others),
    )
    assert asked(plan_countersigned, signed, rules) is None
    assert cosigners(signed, "plan", plan_digest(plan)) == tuple(sorted(others))


def test_a_signature_counts_for_the_text_that_was_signed_and_no_other():
    case = cases.works_case("claimed_done")
    statement = case.last_statement(case.task.id, "completion")
    digest = application_digest(statement, case.task.done_at)
    signed = holding(case, sheet(case, "apply", digest, "org-park"), said(case, "org-park", stage="apply"))
    assert asked(application_countersigned, signed) is None
    for changed in (replace(statement, text=statement.text + "又"), replace(statement, spans=statement.spans[:-1])):
        other = replace(signed, statements=tuple(changed if one.id == statement.id else one for one in signed.statements))
        assert "已签的作废" in asked(application_countersigned, other)
    later = signed.with_task(replace(case.task, done_at="2030-01-01"))
    assert "已签的作废" in asked(application_countersigned, later)


def test_returned_by_one_the_step_waits_for_a_new_sheet():
    case = cases.works_case("accepted")
    digest = acceptance_digest(case.last_record(case.task.id, "acceptance"))
    first = sheet(case, "accept", digest, "org-park", "org-county")
    returned = holding(case, first, said(case, "org-park", stage="accept", passed=False, text="不符"))
    assert "不同意" in asked(acceptance_countersigned, returned)
    (now,) = [one for one in sheets_of(returned) if one.record.stage == "accept"]
    assert (now.waiting, now.turn, now.whole) == ((), (), False)


def test_what_was_signed_before_the_work_went_back_does_not_count():
    life = cases.works_life()
    case = cases.works_case("in_progress")
    old = holding(case, sheet(case, "apply", "0" * 64, "org-park", seen=life.at("start").isoformat()))
    assert sheets_of(old)
    back = cases.returned(old, "acceptance", life.at("apply"))
    assert not sheets_of(back)


def test_times_that_the_system_gives_are_no_text_of_a_plan():
    plan = cases.works_case("planned").plan_in_force("task-7")
    assert plan_digest(replace(plan, published_at="2099-01-01", recorded_at="2099-01-01T00:00:00+08:00")) == plan_digest(plan)
    assert plan_digest(replace(plan, measures=plan.measures[:-1])) != plan_digest(plan)


def test_a_rulebook_says_who_countersigns_and_nobody_whose_work_is_judged_signs_the_judgement():
    from importlib.resources import files

    text = canonical_text(files("xiaohao.procedure").joinpath("rulebooks", "default.toml").read_text("utf-8"))
    rules = read_rulebook(text + '[countersigning]\nplan = ["owner", "supervisor"]\nanswer_within = 5\n')
    assert rules.countersigning == Countersigning(plan=("owner", "supervisor"), answer_within=5)
    with pytest.raises(RulebookRefused):
        read_rulebook(text + '[countersigning]\naccept = ["owner"]\n')
    with pytest.raises(RulebookRefused):
        read_rulebook(text + "[countersigning]\nplans = []\n")


def handed_in(status):
    return lambda: cases.works_case(status)


NAMED = replace(packaged("default"), countersigning=Countersigning(plan=("supervisor",), apply=("supervisor",), accept=("supervisor",)))
LACKING = "会签没有齐，景澜市政府督查室没有签。"
GATES = (
    (plan_countersigned, "approve_plan", "planned"),
    (application_countersigned, "apply", "in_progress"),
    (acceptance_countersigned, "accept", "claimed_done"),
)
ROWS = tuple(
    row
    for gate, step, status in GATES
    for row in (
        *rows(gate, step, nobody_is_named=(handed_in(status), None)),
        *under(NAMED, rows(gate, step, the_one_who_is_named_has_not_signed=(handed_in(status), LACKING))),
    )
)


@each(ROWS)
def test_countersigned(row):
    assert row.ask() == row.fact
