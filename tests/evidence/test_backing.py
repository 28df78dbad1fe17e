"""What stands behind a claim: rows counted, merged, in their period; amounts held against what was measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screening.samples import ANSWERS, RECORDS, TASK, honest, record, statement, with_records
from xiaohao.dossier.document import Document
from xiaohao.dossier.parties import Person
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.record import Result
from xiaohao.dossier.task import Link
from xiaohao.evidence import rows
from xiaohao.evidence.backing import Backing, backing
from xiaohao.evidence.claims import claims_in
from xiaohao.evidence.rows import cut_once
from xiaohao.kernel.when import When

CHECKS = tuple(row.id for row in RECORDS if row.type == "enforcement")


def patrols(sentence: str, *more, without=(), **changes):
    """The claims of the second answer, when it reads like this."""
    case = honest(
        statements=(statement((ANSWERS[0], (sentence, ("measure-2",)))),), records=with_records(*more, without=without), **changes
    )
    st = case.statements[0]
    start = st.spans[1].start
    return [one for one in backing(case, st) if one.claim.start >= start]


def one(*args, **kwargs):
    (found,) = patrols(*args, **kwargs)
    return found


def test_a_claim_with_as_many_rows_is_backed():
    found = one("（二）开展执法检查3次。")
    assert (found.state, found.found, found.records, found.lacking) == (Backing.BACKED, 3, CHECKS, "")
    assert found.counts_rows


def test_fewer_rows_than_counted_are_unbacked_and_say_what_is_lacking():
    found = one("（二）开展执法检查23次。")
    assert (found.state, found.found, found.claim.value) == (Backing.UNBACKED, 3, 23)
    assert found.lacking == "需要：执法检查记录：逐次的日期、人员、对象、笔录"


def test_no_row_is_unbacked():
    found = one("（二）召开会议12次。")
    assert (found.state, found.found, found.records) == (Backing.UNBACKED, 0, ())


@pytest.mark.parametrize(
    ("words", "state"), [("三余次", "backed"), ("4余次", "unbacked"), ("二十三次", "unbacked"), ("约3次", "backed"), ("约4次", "unbacked")]
)
def test_chinese_numerals_and_qualifiers(words, state):
    assert one(f"（二）开展执法检查{words}。").state == state


def test_double_entries_count_once():
    twice = replace(RECORDS[3], id="rec-check-again", title="另一份笔录")
    assert one("（二）开展执法检查4次。", twice).found == 3


def test_two_checks_of_one_day_at_two_places_are_two():
    elsewhere = replace(RECORDS[3], id="rec-check-4", place="place-2")
    assert one("（二）开展执法检查4次。", elsewhere).state is Backing.BACKED


def test_rows_outside_the_period_do_not_count():
    late = record("check-9", "enforcement", "2023-11-20", measures=("measure-2",), org="org-eco", people=("person-3",))
    assert one("（二）开展执法检查4次。", late).found == 3
    early = record("check-0", "enforcement", "2021-11-20", measures=("measure-2",), org="org-eco", people=("person-3",))
    assert one("（二）2022年以来，开展执法检查4次。", early).found == 3
    assert one("（二）2021年以来，开展执法检查4次。", early).found == 4


def test_a_month_only_date_that_may_lie_inside_counts():
    vague = record(
        "check-9",
        "enforcement",
        "2023",
        measures=("measure-2",),
        org="org-eco",
        people=("person-3",),
        recorded_at="2023-09-01T09:00:00+08:00",
    )
    assert one("（二）开展执法检查4次。", vague).state is Backing.BACKED


def test_rows_of_another_measure_do_not_count():
    other = record("check-9", "enforcement", "2023-07-20", measures=("measure-1",), org="org-eco", people=("person-3",))
    assert one("（二）开展执法检查4次。", other).found == 3


def two_tasks(relation: str):
    case = honest()
    other = replace(case.tasks[0], id="task-2", number=6)
    rows = tuple(
        replace(record(f"other-{n}", "enforcement", f"2023-0{n}-02", org="org-eco", people=("person-3",)), tasks=("task-2",))
        for n in (3, 5)
    )
    st = statement((ANSWERS[0], ("（二）两项任务合计执法检查5次。", ("measure-2",))))
    task = replace(case.tasks[0], links=(Link(task="task-2", relation=relation),))
    case = replace(case, kind="ledger", tasks=(task, other), records=(*case.records, *rows), statements=(st,))
    return next(one for one in backing(case, st) if one.claim.value == 5)


def test_a_sum_over_two_linked_tasks_is_backed_by_both():
    assert two_tasks("same_site").state is Backing.BACKED
    assert two_tasks("similar").found == 3


def test_people_and_firms_are_counted_as_what_they_are():
    rows = tuple(record(f"talk-{n}", "interview", f"2023-0{n}-11", org="org-county", people=("person-4", "person-5"), other_org=firm)
                 for n, firm in ((3, "org-works"), (4, "org-works")))  # fmt: skip
    assert one("（二）约谈企业2家。", *rows).found == 1
    assert one("（二）约谈负责人4人次。", *rows).found == 4


def test_many_times_without_a_number_needs_more_than_one_row():
    assert [b.state for b in patrols("（二）多次开展执法检查。")] == [Backing.BACKED]
    assert [b.state for b in patrols("（二）多次开展执法检查。", without=CHECKS[1:])] == [Backing.THIN]


def test_an_amount_is_held_against_what_was_measured():
    case = honest()
    pipe = next(b for b in backing(case, case.statements[2]) if b.claim.unit == "米")
    assert (pipe.state, pipe.found, pipe.records, pipe.counts_rows) == (Backing.BACKED, 1200, ("rec-log-1", "rec-log-2"), False)


def test_an_amount_short_of_the_claim_beyond_tolerance_is_thin():
    answers = (("（一）建成截污干管1.5公里。", ("measure-1",)), ANSWERS[1])
    case = honest(statements=(statement(answers),))
    pipe = next(b for b in backing(case, case.statements[0]) if b.claim.unit == "公里")
    assert (pipe.state, round(pipe.found, 3)) == (Backing.THIN, 1.2)


def test_leaflets_are_not_rows():
    media = record("media", "media", "2023-05-01", measures=("measure-2",), org="org-water")
    found = one("（二）发放宣传单2000份。", media)
    assert (found.state, found.counts_rows) == (Backing.THIN, False)


def test_a_quotation_is_not_the_authors_claim():
    assert patrols("（二）关于“开展执法检查30次”的要求，已办理。") == []


def test_a_notice_claims_only_what_its_answers_say():
    st = statement(kind="notice", opening="问题：检查发现违法排污30次。")
    case = honest(statements=(st,))
    assert [b.claim.value for b in backing(case, st) if b.counts_rows] == [3]


def test_a_notice_without_spans_is_read_whole():
    st = replace(statement(kind="notice"), spans=())
    assert [b.claim.value for b in backing(honest(statements=(st,)), st) if b.counts_rows] == [3]


def test_what_no_register_counts_and_nothing_is_cited_for_is_not_checkable():
    assert one("（二）收集率达到95%。").state is Backing.NOT_CHECKABLE


def test_what_the_sentence_cites_evidence_for_is_thin_a_person_must_read_it():
    st = statement((ANSWERS[0], ("（二）收集率达到95%。", ("measure-2",))))
    st = replace(st, spans=(st.spans[0], replace(st.spans[1], evidence=("rec-check-1", "rec-gone"))))
    share = next(b for b in backing(honest(statements=(st,)), st) if b.claim.unit == "%")
    assert (share.state, share.records) == (Backing.THIN, ("rec-check-1",))


RULE = Document(
    id="doc-1",
    title="关于印发青禾县排水管理办法的通知",
    kind="rule",
    issuer="org-county",
    date="2023-03-01",
    recorded_at="2023-03-02T09:00:00+08:00",
)
GROUP = replace(RULE, id="doc-2", title="关于成立督察整改工作领导小组的通知")


@pytest.mark.parametrize(
    ("sentence", "kind", "documents", "state", "records"),
    [
        ("（二）印发《青禾县排水管理办法》。", "document", (RULE,), "backed", ("doc-1",)),
        ("（二）印发《青禾县排水管理办法》。", "document", (GROUP,), "unbacked", ()),
        ("（二）成立了督察整改工作领导小组。", "organisation", (RULE, GROUP), "backed", ("doc-2",)),
        ("（二）成立了督察整改工作领导小组。", "organisation", (), "unbacked", ()),
    ],
)
def test_papers_settle_what_papers_settle(sentence, kind, documents, state, records):
    found = next(b for b in patrols(sentence, documents=documents) if b.claim.kind == kind)
    assert (str(found.state), found.records) == (state, records)


def test_petitions_are_counted_in_their_own_register():
    petition = Petition(id="pet-1", number="1", received="2023-04-01", status="done", task=TASK)
    assert one("（二）办理信访转办1件。", petitions=(petition,)).state is Backing.BACKED
    assert one("（二）办理信访转办2件。", petitions=(petition,)).state is Backing.UNBACKED


@pytest.mark.parametrize(
    ("words", "state"), [("1.2毫克/升", "backed"), ("不超过1.5毫克/升", "backed"), ("不超过1.0毫克/升", "thin"), ("0.6毫克/升", "thin")]
)
def test_a_concentration_is_held_against_results(words, state):
    lab = record("lab", "lab_report", "2023-09-01", org="org-eco", results=(Result(indicator="氨氮", value=1250, unit="ug/L"),))
    found = one(f"（二）氨氮降至{words}。", lab)
    assert (str(found.state), found.records) == (state, ("rec-lab",))


def test_one_personal_act_on_record_backs_a_personal_act():
    act = record("act", "personal_act", "2023-05-04", org="org-county", people=("person-4",), measures=("measure-2",))
    states = {b.claim.kind: b.state for b in patrols("（二）县长带队现场督办。", act)}
    assert states["personal_act"] is Backing.BACKED


@pytest.mark.parametrize(("claimed", "state"), [(1, Backing.BACKED), (2, Backing.UNBACKED)])
def test_closings_are_looked_for_in_the_units_other_tasks(claimed, state):
    case = honest()
    other = replace(case.tasks[0], id="task-2", number=6)
    closing = replace(record("closing", "closure", "2023-05-05", org="org-city"), tasks=("task-2",))
    st = statement((ANSWERS[0], (f"（二）完成{claimed}项问题的整改销号。", ("measure-2",))))
    case = replace(
        case, kind="ledger", tasks=(case.tasks[0], other), statements=(st,), records=(*case.records, *((closing,) if claimed == 1 else ()))
    )
    assert [b.state for b in backing(case, st) if b.claim.kind == "closure"] == [state]


def visited(key, **more):
    return record(f"visit-{key}", "site_visit", "2021-08-0" + key, measures=("measure-2",), **more)


def test_a_visit_of_supervision_does_not_back_the_units_own_claim_and_is_counted_apart():
    own = (visited("1", org="org-water"), visited("2", org="org-water"))
    found = one("（二）到现场督查3次。", *own, visited("3", org="org-elsewhere", stage="supervision"))
    assert (found.state, found.found, found.records) == (Backing.UNBACKED, 2, ("rec-visit-1", "rec-visit-2"))
    assert found.lacking.endswith("；另有督查等其他单位的现场核查 1 次，不算本单位的")


def test_a_visit_of_the_units_own_people_is_its_own_and_one_of_anybody_else_is_not():
    people = (Person(id="person-own", name="甲", org="org-water"), Person(id="person-other", name="乙", org="org-elsewhere"))
    rows = (visited("1", people=("person-own",)), visited("2", org="org-elsewhere", people=("person-other",)), visited("3"))
    assert one("（二）到现场督查2次。", *rows, people=people).records == ("rec-visit-1", "rec-visit-3")


def test_supervision_stays_supervision_whoever_of_the_unit_came_along():
    people = (Person(id="person-own", name="甲", org="org-water"),)
    row = visited("1", org="org-elsewhere", people=("person-own",), stage="supervision")
    assert one("（二）到现场督查1次。", row, people=people).found == 0


def test_a_long_statement_is_cut_into_sentences_once_and_not_once_for_every_claim():
    sentence = "2021年以来开展执法检查3次。"
    case = honest(statements=(statement((ANSWERS[0], ("（二）" + sentence * 40, ("measure-2",)))),))
    cut_once.cache_clear()
    claims_in.cache_clear()
    assert len(backing(case, case.statements[0])) >= 40
    assert len(backing(case, case.statements[0])) >= 40  # the next check asks again
    assert (cut_once.cache_info().misses, claims_in.cache_info().misses) == (1, 1)
    assert cut_once.cache_info().hits >= 79


def test_the_same_question_about_the_registers_is_answered_once(monkeypatch):
    case = honest(statements=(statement((ANSWERS[0], ("（二）" + "开展执法检查3次。" * 40, ("measure-2",)))),))
    asked = []
    monkeypatch.setattr(rows, "_rows_behind", lambda *of: asked.append(of) or ())
    backing(case, case.statements[0])
    assert len(asked) == len(set(asked)) < 10


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2021年全年开展检查", "2021"),
        ("2020年全年如此，2021年度开展检查", "2021"),
        ("2021年全年如此。开展检查", None),
        ("2021年全年如此\n开展检查", None),
        ("2021年度方案要求开展检查", None),
    ],
)
def test_the_year_of_a_claim_is_the_last_that_its_own_sentence_names(text, year):
    found = cut_once(text).year_before(len(text))
    assert found == (When.parse(year) if year else None)
