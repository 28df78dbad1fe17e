"""Reading a bundle: defects are reported, each with its kind and place, and never crash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from tests.cases import duty_case, works_case
from tests.screening.samples import honest
from tests.shared import SHARED, needs_shared
from xiaohao.dossier.bundle import MOST_SCHEMA_PROBLEMS, BundleUnreadable, only_task, read_bundle
from xiaohao.dossier.codec import dossier_to_json
from xiaohao.dossier.file import File


def written(case) -> dict:
    return json.loads(json.dumps(dossier_to_json(case)))


def read(value, contents=None):
    return read_bundle(json.dumps(value).encode(), contents)


def file(content: bytes, sha256: str | None = None) -> File:
    return File(id="file-1", path="a/b.txt", sha256=sha256 or hashlib.sha256(content).hexdigest(), bytes=len(content), media="text/plain", kind="document",
                recorded_at="2023-01-01T09:00:00+08:00")  # fmt: skip


@pytest.mark.parametrize("case", [honest(), works_case("confirmed"), duty_case("closed")], ids=["sample", "works", "duty"])
def test_an_honest_bundle_has_no_problems(case):
    dossier, problems = read(written(case))
    assert problems == ()
    assert dossier == case


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        (b"", "json", "不是可以读取的 JSON"),
        (b"{", "json", "不是可以读取的 JSON"),
        (b"\xff\xfe\x00", "json", "不是可以读取的 JSON"),
        (b"[" * 100_000, "json", "不是可以读取的 JSON"),
        (b"[]", "json", "不是 xiaohao-dossier/1 格式的案卷包"),
        (b'{"format": "xiaohao-dossier/2"}', "json", "不是 xiaohao-dossier/1 格式的案卷包"),
        (b'{"format": "xiaohao-dossier/1"}', "schema", "与格式不符"),
        (
            b'{"format": "xiaohao-dossier/1", "id": "a", "kind": "dossier", "made_at": "2024", "orgs": {}, "tasks": [1]}',
            "schema",
            "与格式不符",
        ),
    ],
)
def test_what_cannot_be_judged_at_all_is_refused_with_its_problems(text, kind, says):
    with pytest.raises(BundleUnreadable) as refusal:
        read_bundle(text)
    first = refusal.value.problems[0]
    assert first.kind == kind
    assert first.message.startswith(says)


def test_a_misspelt_name_is_a_problem_and_is_carried_along():
    value = written(honest())
    value["tasks"][0]["onwer"] = "org-water"
    dossier, problems = read(value)
    assert [(p.kind, p.where) for p in problems] == [("schema", "tasks/0")]
    assert ("onwer", "org-water") in dossier.tasks[0].unknown


def test_dangling_and_doubled_ids():
    value = written(honest())
    value["records"][0]["org"] = "org-nobody"
    value["people"].append(value["people"][0])
    _, problems = read(value)
    assert [(p.kind, p.where, p.message) for p in problems] == [
        ("reference", "person-1", "编号 person-1 用了 2 次"),
        ("reference", "rec-contract", "rec-contract 的 org 指向不存在的 org-nobody"),
    ]


def test_references_inside_plans_and_spans_are_followed():
    value = written(honest())
    value["plans"][0]["measures"][0]["owner"] = "org-gone"
    value["statements"][2]["spans"][0]["evidence"] = ["rec-gone"]
    _, problems = read(value)
    assert {p.message for p in problems} == {"measure-1 的 owner 指向不存在的 org-gone", "st-1 的 evidence 指向不存在的 rec-gone"}


def test_missing_and_altered_files():
    case = replace(honest(), files=(file(b"one"),))
    assert [p.kind for p in read(written(case))[1]] == []  # judged without its files
    assert [(p.kind, p.message) for p in read(written(case), {})[1]] == [("missing_file", "附件不在包里：a/b.txt")]
    assert [(p.kind, p.message) for p in read(written(case), {"a/b.txt": b"two"})[1]] == [("hash", "附件内容与登记的摘要不一致：a/b.txt")]
    dossier, problems = read(written(case), {"a/b.txt": b"one"})
    assert (problems, dossier.content_of("file-1")) == ((), b"one")


def test_a_flood_of_schema_problems_is_cut():
    value = written(honest())
    for record in value["records"] * 10:
        value["records"].append({**record, "id": f"rec-{len(value['records'])}", "wrong": 1})
    _, problems = read(value)
    assert sum(p.kind == "schema" for p in problems) == MOST_SCHEMA_PROBLEMS


def test_one_task_of_a_ledger_takes_its_rows_and_the_shared_registers():
    ledger = duty_case("closed")
    one = only_task(ledger, "task-11")
    assert [task.id for task in one.tasks] == ["task-11"]
    assert {record.id for record in one.records} == {"rec-closure-11", "rec-lookback-11"}
    assert (one.plans, one.orgs) == ((), ledger.orgs)


@needs_shared
def test_the_sample_bundles_have_no_problems():
    roots = [*(SHARED / "data" / "dossiers").glob("*/**/dossier.json"), *(SHARED / "data" / "dossiers").glob("*/**/ledger.json")]
    assert len(roots) == 15
    for root in roots:
        files = {str(path.relative_to(root.parent)): path.read_bytes() for path in root.parent.rglob("*") if path.is_file()}
        assert read_bundle(root.read_bytes(), files)[1] == ()


@needs_shared
def test_the_schema_is_the_published_one_with_optional_names_more():
    from xiaohao.dossier.bundle import _schema_text

    #: DOSSIER.md, rule 7: version 1 only ever gains optional names. These are ours (docs/dossier.md); anything else is a fault.
    gained = {
        "document": {"due"},
        "calendar": {"years"},
        "record": {"group", "opinions", "dissents", "evidence", "assessed", "units", "in_order", "digest"},
        "task": {"assessor"},
    }
    ours = json.loads(_schema_text())
    for name, names in gained.items():
        of_one = ours["$defs"][name]
        assert not names & set(of_one.get("required", ()))
        for each in names:
            del of_one["properties"][each]
    for name in ("calendar_year", "opinion", "member", "dissent", "assessed"):
        del ours["$defs"][name]
    kinds = ours["$defs"]["record"]["properties"]["type"]["enum"]
    kinds[:] = [
        kind for kind in kinds if kind not in {"arrangement", "question", "reply", "closing_assessment", "countersign", "countersigned"}
    ]
    ours["$defs"]["task"]["properties"]["status"]["enum"].remove("assessed")
    assert ours == json.loads((SHARED / "dossier.schema.json").read_text("utf-8"))
