"""Every form comes out of the case file with official faces; an office's own template is held against the placeholders there are."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from jinja2 import UndefinedError
from jinja2.sandbox import SecurityError
from pypdf import PdfReader

from tests.cases import DEFAULT_ROUTE, REGION_ROUTE, duty_case, works_case
from xiaohao.documents.forms.facts import case_facts
from xiaohao.documents.forms.kinds import FORMS
from xiaohao.documents.forms.layout import Form
from xiaohao.documents.forms.pdf import form_pdf
from xiaohao.documents.forms.region import region_facts
from xiaohao.documents.forms.template import NotPlain, fill, shipped_template, wrong_in
from xiaohao.documents.forms.vocabulary import LISTS, MISSING, SCALARS
from xiaohao.dossier import Dossier
from xiaohao.kernel.when import CST

TODAY = date(2026, 3, 3)
AT = datetime(2026, 3, 3, 9, tzinfo=CST)
CLOSED = works_case("closed", route=DEFAULT_ROUTE)
LINE = "日志 log.qinghe.example/xiaohao 第 12 号"
ALL = pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))


def facts_of(form: Form, dossier: Dossier = CLOSED) -> dict[str, Any]:
    if form.name == "result":
        return region_facts(dossier, listing="青禾县清单", by="青禾县整改办", today=TODAY, journal=LINE)
    return case_facts(dossier, today=TODAY, journal=LINE)


def made(form: Form, dossier: Dossier = CLOSED) -> Any:
    return docx.Document(io.BytesIO(fill(shipped_template(form), facts_of(form, dossier))))


def words(paper: Any) -> str:
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def template(*paragraphs: str) -> bytes:
    paper = docx.Document()
    for paragraph in paragraphs:
        paper.add_paragraph(paragraph)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def wrong(form: str, *paragraphs: str) -> str:
    return "\n".join(wrong_in(FORMS[form], template(*paragraphs), "模板.docx"))


@ALL
def test_the_shipped_template_uses_only_known_placeholders_and_is_filled_whole(form: Form) -> None:
    assert wrong_in(form, shipped_template(form), "模板.docx") == ()
    text = words(made(form))
    assert "{" not in text
    assert LINE in text
    assert (CLOSED.task.title or "") in text


@ALL
def test_the_paper_has_official_margins_faces_and_page_numbers(form: Form) -> None:
    paper = made(form)
    section = paper.sections[0]
    sides = [round(side.mm) for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)]
    assert sides == ([28, 26, 37, 35] if form.landscape else [37, 35, 28, 26])
    runs = [run for paragraph in paper.paragraphs for run in paragraph.runs if run.text.strip()]
    faces = {run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}
    assert faces <= {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"}
    assert runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert [part for part in (section.footer, section.even_page_footer) if "PAGE" not in part._element.xml] == []


def test_faces_are_named_with_those_to_fall_back_on() -> None:
    with zipfile.ZipFile(io.BytesIO(shipped_template(FORMS["plan"]))) as package:
        table = package.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="FangSong_GB2312,FangSong,仿宋,STFangsong"/>' in table


@ALL
def test_the_pdf_says_what_the_word_document_says(form: Form) -> None:
    reader = PdfReader(io.BytesIO(form_pdf(form, facts_of(form), made_at=AT)))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert form.title in str(reader.metadata.title if reader.metadata else "")
    assert "".join((CLOSED.task.title or "").split()) in text
    assert form_pdf(form, facts_of(form), made_at=AT) == form_pdf(form, facts_of(form), made_at=AT)


def test_the_same_case_gives_the_same_bytes() -> None:
    form = FORMS["application"]
    assert fill(shipped_template(form), facts_of(form)) == fill(shipped_template(form), facts_of(form))


def test_every_placeholder_that_is_offered_is_filled_in() -> None:
    for scopes, facts in ((("task", "row", "notice"), facts_of(FORMS["plan"])), (("region",), facts_of(FORMS["result"]))):
        assert set(facts) == {name for scope in scopes for name in (*SCALARS[scope], *LISTS[scope])}
        for scope in scopes:
            for name, fields in LISTS[scope].items():
                assert {frozenset(row) for row in facts[name]} == {frozenset(fields)}


def test_what_the_file_does_not_say_is_left_to_be_filled_in_and_never_invented() -> None:
    bare = works_case("given", route=DEFAULT_ROUTE)
    bare = replace(bare, tasks=(replace(bare.task, lead=None, due=None, due_words=None),), plans=(), records=(), statements=())
    facts = facts_of(FORMS["application"], bare)
    blank = {
        "牵头单位",
        "整改时限",
        "完成日期",
        "目标汇总",
        "措施汇总",
        "承诺情况",
        "验收情况",
        "审核情况",
        "公示情况",
        "异议情况",
        "销号情况",
    }
    assert {name for name in blank if facts[name] != MISSING} == set()
    assert facts["措施"] == [dict.fromkeys(LISTS["task"]["措施"], MISSING)]
    assert facts["责任单位"] != MISSING


def test_the_application_quotes_plan_statement_and_every_opinion() -> None:
    text = words(made(FORMS["application"]))
    for said in (CLOSED.task.problem, *(goal.text for goal in CLOSED.plans[0].goals), *(m.text for m in CLOSED.plans[0].measures)):
        assert said in text
    for kind in ("acceptance", "review", "closure"):
        record = CLOSED.last_record(CLOSED.task.id, kind)
        assert record is not None
        assert (record.text or "") in text
    assert "没有收到异议。" in text


ASSESSED = works_case("closed", route=REGION_ROUTE)
#: Papers that have a line for the assessment, with what stands before it.
WITH_ASSESSMENT = {"plan": "评估单位：", "application": "评估意见", "filing": "销号评估"}


@pytest.mark.parametrize("form", [FORMS[name] for name in WITH_ASSESSMENT], ids=list(WITH_ASSESSMENT))
def test_the_closing_assessment_has_its_line_where_the_place_has_one_and_none_elsewhere(form: Form) -> None:
    given = ASSESSED.last_record(ASSESSED.task.id, "closing_assessment")
    assert given is not None
    said = ASSESSED.org_name(given.org) if form.name == "plan" else given.text or ""
    for dossier, seen in ((ASSESSED, True), (CLOSED, False)):
        pdf = PdfReader(io.BytesIO(form_pdf(form, facts_of(form, dossier), made_at=AT)))
        for text in (words(made(form, dossier)), "\n".join(page.extract_text() for page in pdf.pages)):
            plain = "".join(text.split())
            assert (WITH_ASSESSMENT[form.name] in plain, "".join(said.split()) in plain) == (seen, seen)
            assert ("{%" in plain, "没有这一环节" in plain) == (False, False)


def test_an_assessment_that_is_still_to_come_is_left_to_be_filled_in() -> None:
    waiting = works_case("accepted", route=REGION_ROUTE)
    facts = facts_of(FORMS["application"], waiting)
    assert (facts["评估单位"], facts["评估情况"]) == (waiting.org_name("org-provinceoffice"), MISSING)
    assert "评估意见" in words(made(FORMS["application"], waiting))


def test_the_acceptance_has_its_people_and_what_was_measured_beside_the_plan() -> None:
    accepted = CLOSED.last_record(CLOSED.task.id, "acceptance")
    assert accepted is not None
    text = words(made(FORMS["acceptance"]))
    assert [name for person in accepted.people if (name := CLOSED.person_name(person)) not in text] == []
    assert [one.name for one in accepted.measured if one.name not in text] == []


def test_the_result_report_counts_what_it_lists() -> None:
    both = works_case("closed", route=DEFAULT_ROUTE)
    other = duty_case("in_progress", route=DEFAULT_ROUTE)
    ledger = replace(both, kind="ledger", tasks=(both.task, other.task), plans=both.plans + other.plans, statements=both.statements)
    facts = region_facts(ledger, listing="青禾县清单", by="青禾县整改办", today=date(2030, 1, 1))
    assert (facts["任务总数"], facts["已销号数"], facts["整改中数"]) == ("2", "1", "1")
    assert len(facts["任务"]) == 2
    assert facts["逾期数"] == ("1" if other.task.due else "0")
    assert facts["退回情况"] == "无。"


# An office's own template ---------------------------------------------------------------------------------------------------------


def test_a_template_may_fill_in_repeat_and_ask_in_the_offices_own_words() -> None:
    own = template(
        "我县{{任务名称}}",
        "{%p for 条 in 措施 %}",
        "第{{条.序号}}条 {{条.内容}}",
        "{%p endfor %}",
        "{%p if 公示文号 %}",
        "有公示",
        "{%p endif %}",
    )
    assert wrong_in(FORMS["notice"], own, "模板.docx") == ()
    text = words(docx.Document(io.BytesIO(fill(own, facts_of(FORMS["notice"])))))
    assert f"我县{CLOSED.task.title}" in text
    assert f"第1条 {CLOSED.plans[0].measures[0].text}" in text


def test_an_unknown_placeholder_is_named_in_words() -> None:
    assert wrong("plan", "{{整改单位}}和{{任务名称}}") == "不认识占位符“整改单位”。可用的名称见本页的表。"
    assert "“措施”的一行里没有“单位”。可用的：序号、内容" in wrong("plan", "{% for 行 in 措施 %}{{行.单位}}{% endfor %}")
    assert wrong("plan", "{{任务名称.长度}}") == "不认识占位符“任务名称.长度”。可用的名称见本页的表。"
    assert "“for”后面只能重复这些：目标、措施" in wrong("plan", "{% for 行 in 任务名称 %}x{% endfor %}")
    assert "占位符没有写完整" in wrong("plan", "{{任务名称")
    assert "没有一个占位符" in wrong("plan", "只有固定的字")
    assert "Word 文件已损坏" in "".join(wrong_in(FORMS["plan"], b"PK\x03\x04 and nothing", "模板.docx"))


@pytest.mark.parametrize(
    "program",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ 任务名称|upper }}",
        "{% for 行 in range(1000000000) %}x{% endfor %}",
        "{% set x = 1 %}",
        "{{ 1 + 1 }}",
        "{% include 'x' %}",
        "{{ 任务名称.__class__ }}",
        "{% macro x() %}{% endmacro %}",
    ],
)
def test_a_template_that_is_a_program_is_refused_and_never_run(program: str) -> None:
    own = template("{{任务名称}}", program)
    assert wrong_in(FORMS["plan"], own, "模板.docx") != ()
    with pytest.raises((NotPlain, SecurityError, UndefinedError)):
        fill(own, facts_of(FORMS["plan"]))


def test_a_program_hidden_in_the_documents_title_or_footer_is_found_too() -> None:
    for hide in ("title", "footer"):
        paper = docx.Document(io.BytesIO(template("{{任务名称}}")))
        if hide == "title":
            paper.core_properties.title = "{{密码}}"
        else:
            paper.sections[0].footer.paragraphs[0].text = "{{密码}}"
        held = io.BytesIO()
        paper.save(held)
        assert wrong_in(FORMS["plan"], held.getvalue(), "模板.docx") == ("不认识占位符“密码”。可用的名称见本页的表。",)


def test_words_of_a_case_that_look_like_a_program_or_like_xml_are_printed_as_they_are() -> None:
    hostile = "{{任务名称}} {% for %} <w:t>&amp;</w:t> \u0007甲\n乙"
    odd = replace(CLOSED, tasks=(replace(CLOSED.task, problem=hostile),))
    text = words(made(FORMS["application"], odd))
    assert "{{任务名称}} {% for %} <w:t>&amp;</w:t> 甲\n乙" in text
