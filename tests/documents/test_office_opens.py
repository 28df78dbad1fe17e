"""Every Word and Excel file that comes out is opened by an office program, once for all, and what it shows is read back from its PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cases import DEFAULT_ROUTE, works_case
from tests.documents.test_forms import ASSESSED, CLOSED, facts_of
from xiaohao.documents.call_brief import call_brief
from xiaohao.documents.call_paper import CallPaper, PaperRow, call_sheet
from xiaohao.documents.forms.kinds import FORMS
from xiaohao.documents.forms.template import fill, shipped_template
from xiaohao.documents.ledger.columns import MEANING_WORDS
from xiaohao.documents.ledger.write import write_ledger
from xiaohao.kernel.when import CST

pytestmark = pytest.mark.office

MISSING = "there is no LibreOffice on this machine (Debian: apt-get install libreoffice-writer libreoffice-calc)"
#: Seconds for some fifteen small files; a program that hangs is stopped.
PATIENCE = 180
BARE = replace(works_case("given", route=DEFAULT_ROUTE), plans=(), records=())
CALL = CallPaper(
    title="3月整改进展",
    number="青整改办〔2026〕3号",
    issuer="青禾县整改办",
    start="2026年2月1日",
    end="2026年2月28日",
    due="2026年3月6日",
    at=datetime(2026, 3, 3, 9, tzinfo=CST),
    rows=tuple(
        PaperRow(str(n), "清沅河氨氮超标", "青禾县住建局", f"铺管 {n} 公里", "2026年6月", "达到序时进度", "已铺一半", "按时答复")
        for n in range(1, 30)
    ),
)


def _papers() -> dict[str, tuple[bytes, tuple[str, ...]]]:
    """File name → its bytes, and words that a reader must see."""
    papers = {}
    for form in FORMS.values():
        title = CLOSED.task.title or ""
        papers[f"{form.name}.docx"] = (fill(shipped_template(form), facts_of(form)), (title,))
        if form.name != "result":
            papers[f"{form.name}-bare.docx"] = (fill(shipped_template(form), facts_of(form, BARE)), ("待填",))
    for name in ("plan", "application", "filing", "assessment"):
        content = fill(shipped_template(FORMS[name]), facts_of(FORMS[name], ASSESSED))
        papers[f"{name}-assessed.docx"] = (content, ("评估", "东陆省督察整改工作领导小组办公室"))
    papers["brief.docx"] = (
        call_brief(CALL, behind="未达到序时进度", overdue="逾期"),
        ("3月整改进展简报", "共调度29项任务", "铺管 29 公里"),
    )
    papers["call.xlsx"] = (call_sheet(CALL), ("3月整改进展调度表", "铺管 29 公里"))
    meanings = list(MEANING_WORDS)
    headers = [str(MEANING_WORDS[meaning]) for meaning in meanings]
    papers["ledger.xlsx"] = (
        write_ledger(headers, [[f"值{n}" for n in range(len(headers))]], title="台账", sheet="台账", meanings=meanings),
        ("台账", "值1"),
    )
    return papers


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[PdfReader, tuple[str, ...]]]:
    """Every paper as the office program prints it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail(MISSING) if os.environ.get("CI") == "true" else pytest.skip(MISSING)
    folder = tmp_path_factory.mktemp("papers")
    papers = _papers()
    for name, (content, _) in papers.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder / "pdf"),
        *(str(folder / name) for name in papers),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE, cwd=folder)
    return {name: (PdfReader(Path(folder / "pdf" / name).with_suffix(".pdf")), seen) for name, (_, seen) in _unique(papers).items()}


def _unique(papers: Mapping[str, tuple[bytes, tuple[str, ...]]]) -> Mapping[str, tuple[bytes, tuple[str, ...]]]:
    assert len({Path(name).stem for name in papers}) == len(papers), "two papers would become one PDF"
    return papers


def plain(text: str) -> str:
    return "".join(text.split())


def test_every_paper_opens_and_shows_its_words_on_pages_that_are_not_empty(opened: Mapping[str, tuple[PdfReader, tuple[str, ...]]]) -> None:
    for name, (reader, seen) in opened.items():
        pages = [plain(page.extract_text()) for page in reader.pages]
        assert [words for words in seen if plain(words) not in "".join(pages)] == [], name
        assert 1 <= len(pages) <= 6, name
        assert min(len(page) for page in pages) > 10, name
        assert "{{" not in "".join(pages), name
        assert "{%" not in "".join(pages), name


def test_word_papers_are_a4_with_a_page_number_between_dashes(opened: Mapping[str, tuple[PdfReader, tuple[str, ...]]]) -> None:
    for name, (reader, _) in opened.items():
        if name.endswith(".docx"):
            sides = {frozenset((round(float(page.mediabox.width)), round(float(page.mediabox.height)))) for page in reader.pages}
            assert sides == {frozenset((595, 842))}, name
            assert [n for n, page in enumerate(reader.pages, 1) if f"—{n}—" not in plain(page.extract_text())] == [], name


def test_a_form_to_fill_in_has_its_table_on_one_page_where_it_fits(opened: Mapping[str, tuple[PdfReader, tuple[str, ...]]]) -> None:
    assert len(opened["talk.docx"][0].pages) == 1
    assert len(opened["order.docx"][0].pages) == 1
    assert len(opened["return.docx"][0].pages) == 1
    assert len(opened["application.docx"][0].pages) <= 2
