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
    from xiaohao.dossier.soundness import schema_text

    #: DOSSIER.md, rule 7: version 1 only ever gains optional names. These are ours (docs/dossier.md); anything else is a fault.
    gained = {
        "document": {"due"},
        "calendar": {"years"},
        "record": {"group", "opinions", "dissents", "evidence", "assessed", "units", "in_order", "digest"},
        "task": {"assessor"},
    }
    ours = json.loads(schema_text())
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


def test_half_a_sign_is_replaced_and_said_with_its_place():
    value = written(honest())
    text = json.dumps(value).replace(json.dumps(value["statements"][0]["text"])[1:-1], "整改\\ud800完成。", 1)
    dossier, problems = read_bundle(text.encode())
    assert dossier.statements[0].text == "整改\ufffd完成。"
    assert ("json", "statements/0/text") in [(p.kind, p.where) for p in problems]
    json.dumps(dossier_to_json(dossier), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"title": "青禾"}'.encode("gb18030"), "GB18030（GBK）编码"),
        (b'{"a": \xff\xff}', "不是 UTF-8 编码"),
        (b'{"a": 1,\n "b" 2}', "第 2 行第 6 个字处"),
        (b'{"a": ' + b"9" * 5000 + b"}", "有一个数太长"),
        (b'{"a": NaN}', "NaN 不是数"),
        (b'{"a": [1, 1e999]}', "a/1 的数太大"),
        (b"[" * 100_000, "括号套了太多层"),
        (b" ", "文件是空的"),
    ],
)
def test_why_it_is_no_json_is_said_in_plain_words(text, says):
    with pytest.raises(BundleUnreadable) as refusal:
        read_bundle(text)
    (problem,) = refusal.value.problems
    assert says in problem.message
    assert not set("'[]") & set(problem.message)


def test_what_the_schema_forbids_is_said_in_plain_words():
    value = written(honest())
    value["tasks"][0]["id"] = "5"
    value["tasks"][0]["kind"] = "strange"
    value["statements"][0]["date"] = "去年"
    value["statements"][0]["percent"] = "全部"
    del value["orgs"][0]["name"]
    with pytest.raises(BundleUnreadable) as refusal:
        read(value)
    said = {p.where: p.message for p in refusal.value.problems}
    assert "不能作编号：要以字母开头" in said["tasks/0/id"]
    assert "“strange”不在可以写的词里" in said["tasks/0/kind"]
    assert "“去年”不是日期" in said["statements/0/date"]
    assert said["statements/0/percent"] == "与格式不符：应是数，写的是“全部”"
    assert said["orgs/0"] == "与格式不符：缺少 name"


def test_stretches_outside_their_text_are_said_and_cut():
    value = written(honest())
    statement = next(one for one in value["statements"] if one.get("spans"))
    at, length = value["statements"].index(statement), len(statement["text"])
    statement["spans"] = [{"start": -5, "end": 99999, "measures": ["measure-1"]}, {"start": 90000, "end": 99999}]
    dossier, problems = read(value)
    assert [(p.where, f"{length} 个字" in p.message) for p in problems] == [(f"statements/{at}/spans/{n}", True) for n in (0, 1)]
    assert [(span.start, span.end) for span in dossier.statements[at].spans] == [(0, length)]


def test_a_day_that_no_calendar_has_is_said():
    value = written(honest())
    value["statements"][0]["date"] = "2021-02-31"
    value["tasks"][0]["number"] = "2021-45"  # a number, no day
    assert [(p.kind, p.where) for p in read(value)[1]] == [("schema", "statements/0/date")]


def test_units_and_places_that_stand_above_themselves_are_said_once():
    value = written(honest())
    one, other = value["orgs"][0], value["orgs"][1]
    one["parent"], other["parent"] = other["id"], one["id"]
    value["places"][0]["parent"] = value["places"][0]["id"]
    messages = [p.message for p in read(value)[1]]
    assert [message.split("：")[0] for message in messages] == ["上级单位绕成了圈", "上级地方绕成了圈"]
    assert messages[0].count(one["name"]) == 2


def test_an_empty_file_is_said_even_where_its_hash_agrees():
    case = replace(honest(), files=(file(b""),))
    assert [(p.kind, p.message) for p in read(written(case), {"a/b.txt": b""})[1]] == [("unreadable", "附件是空的（0 字节）：a/b.txt")]


@pytest.mark.parametrize("wrong", [["a"], {"b": 1}, "2021-02-31", 5])
def test_an_id_that_nothing_can_be_pointed_at_by_is_refused(wrong):
    value = written(honest())
    value["people"][1]["id"] = wrong
    with pytest.raises(BundleUnreadable) as refusal:
        read(value)
    assert [p.where for p in refusal.value.problems] == ["people/1/id"]


@pytest.mark.parametrize("wrong", [5, [], {"id": 3}])
def test_a_moment_of_another_shape_is_refused_and_never_a_crash(wrong):
    value = written(honest())
    value["records"][2]["recorded_at"] = wrong
    with pytest.raises(BundleUnreadable) as refusal:
        read(value)
    assert refusal.value.problems[0].where == "records/2/recorded_at"
