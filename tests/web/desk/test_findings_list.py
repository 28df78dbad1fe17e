"""The office's list of findings, how each check has fared, and the figures of the rulebook behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from django.test import Client

from tests.web.desk.pages import words_in
from tests.web.desk.test_findings import answer, one_finding
from xiaohao.records import models
from xiaohao.records.findings import fared, page_of
from xiaohao.records.models import Finding
from xiaohao.web.desk.pages.findings_list import FEWEST_DECIDED, fared_lines

SignIn = Callable[[str], Client]


def _copies(finding: Finding, count: int, **changes: object) -> None:
    for number in range(count):
        more = {**finding.more, **changes.get("more", {})}  # type: ignore[dict-item]
        values = {f.attname: getattr(finding, f.attname) for f in Finding._meta.concrete_fields}
        values |= {**changes, "pk": f"{finding.pk}-{changes.get('check_id', '')}{number}", "id": None, "more": more, "key": f"K{number}"}
        del values["id"]
        Finding.objects.create(**values)


def test_the_list_says_who_must_answer_by_when_and_that_it_is_late(as_: SignIn) -> None:
    finding = one_finding()
    page = as_("cityoffice-1").get("/desk/findings?view=late")
    (line,) = page.context["lines"]
    assert (line.row.pk, line.row.must_answer.name, line.due.is_past) == (finding.pk, "青禾县住房和城乡建设局", True)
    assert "逾期" in str(line.due.words)
    assert finding.answer_due in words_in(page)


def test_an_answered_one_leaves_the_late_ones_and_waits_for_a_decision(as_: SignIn) -> None:
    finding = one_finding()
    answer(as_("housing-1"), finding)
    client = as_("cityoffice-1")
    assert [line.row.pk for line in client.get("/desk/findings?view=late").context["lines"]] == []
    (line,) = client.get("/desk/findings?view=decide").context["lines"]
    assert (line.row.pk, str(line.outcome), line.due) == (finding.pk, "已答复，待判断", None)


def test_filters_by_check_and_unit_narrow_the_counts_too(as_: SignIn) -> None:
    one_finding()
    client = as_("cityoffice-1")
    counts = {name: count for name, _, count in client.get("/desk/findings?check=NUM-CLAIM&unit=org-housing").context["tabs"]}
    none = {name: count for name, _, count in client.get("/desk/findings?check=NUM-CLAIM&unit=org-park").context["tabs"]}
    assert (counts["answer"], none["answer"]) == (1, 0)


def test_a_person_sees_no_finding_of_a_case_they_may_not_read(as_: SignIn) -> None:
    one_finding()
    page = as_("park-1").get("/desk/findings?view=all")
    assert (page.status_code, list(page.context["lines"])) == (200, [])


def test_pages_go_on_where_the_last_one_ended(as_: SignIn) -> None:
    finding = one_finding()
    _copies(finding, 5)
    first = page_of(Finding.objects.all(), size=4)
    rest = page_of(Finding.objects.all(), after=first.after, size=4)
    assert (len(first.rows), len(rest.rows), rest.after) == (4, Finding.objects.count() - 4, "")
    assert not {row.pk for row in first.rows} & {row.pk for row in rest.rows}


def test_how_a_check_fared_is_counted_from_decisions(as_: SignIn) -> None:
    finding = one_finding()
    day = finding.raised_at
    _copies(finding, 4, check_id="VAGUE", more={"decision": "withdrawn"}, decided_at=day)
    _copies(finding, 2, check_id="COVER", more={"decision": "upheld"}, decided_at=day)
    found = {one.check: asdict(one) for one in fared(Finding.objects.all())}
    assert found["NUM-CLAIM"] == {"check": "NUM-CLAIM", "upheld": 0, "explained": 0, "withdrawn": 0, "gone": 0, "open": 1}
    assert (found["VAGUE"]["withdrawn"], found["COVER"]["upheld"]) == (4, 2)
    assert as_("cityoffice-1").get("/desk/findings/outcomes").status_code == 200


def test_a_check_that_people_mostly_withdraw_is_pointed_out_only_when_enough_were_decided(as_: SignIn) -> None:
    finding = one_finding()
    _copies(finding, FEWEST_DECIDED - 1, check_id="VAGUE", more={"decision": "withdrawn"})
    few = {line.fared.check: str(line.hint) for line in fared_lines(fared(Finding.objects.all()))}
    assert few["VAGUE"] == f"判断过的不足 {FEWEST_DECIDED} 条，先不下结论"
    _copies(Finding.objects.filter(check_id="VAGUE").first(), 1, check_id="VAGUE")  # type: ignore[arg-type]
    enough = {line.fared.check: str(line.hint) for line in fared_lines(fared(Finding.objects.all()))}
    assert enough["VAGUE"] == "多数撤回：依据的数值可能太严"


def test_the_menu_counts_what_is_open(as_: SignIn) -> None:
    one_finding()
    entries = {str(entry.words): entry.count for entry in as_("cityoffice-1").get("/desk/").context["menu"]}
    assert entries["疑点"] == 1


def test_the_portal_counts_overrides_and_upheld_findings(staff: None) -> None:
    finding = one_finding()
    Finding.objects.filter(pk=finding.pk).update(more={"decision": "upheld"})
    record = models.Record.objects.filter(type="meeting").first()
    assert record is not None
    models.Record.objects.create(pk="rec-override", type="override", recorded_at=record.recorded_at)
    words = words_in(Client().get("/"))
    assert "破例放行的：1 次" in words
    assert "判断属实的疑点：1 条" in words
