"""`xiaohao check` as people and programs use it: inputs, formats, exit statuses, and what reaches standard error."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import jsonschema_rs
import pytest

from tests.screening.samples import honest
from tests.screening.trips import TRIPS
from tests.shared import SHARED, needs_shared
from xiaohao.cli.columns import width
from xiaohao.cli.main import main
from xiaohao.dossier.codec import dossier_to_json
from xiaohao.dossier.file import File
from xiaohao.dossier.series import Limit, Series
from xiaohao.screening.report import findings_schema

SCHEMA = jsonschema_rs.validator_for(findings_schema())

NOTICE = """青禾县整改任务第三项完成情况公示
一、整改任务
第三项：“青阜镇垃圾清运不及时。”
二、责任单位
青禾县城市管理局
三、整改措施
清运积存垃圾200吨。
四、整改完成情况
清运积存垃圾200吨，2024年3月5日完成。
公示时间：2024年9月29日至2024年10月9日，共10个工作日。
联系电话：0999-5550301
青禾县人民政府
2024年9月29日
"""


def bundle(folder: Path, case=None, root: str = "dossier.json") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / root).write_text(json.dumps(dossier_to_json(case or honest()), ensure_ascii=False), "utf-8")
    return folder


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command; returns (exit status, standard output, standard error)."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin), isatty=lambda: False))
        status = main(["check", *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def notice(tmp_path) -> Path:
    (tmp_path / "公示.txt").write_text(NOTICE, "utf-8")
    return tmp_path / "公示.txt"


def test_a_bundle_is_a_folder_a_file_in_it_or_a_zip_of_it(run, tmp_path):
    folder = bundle(tmp_path / "case")
    with zipfile.ZipFile(tmp_path / "case.zip", "w") as archive:
        archive.write(folder / "dossier.json", "case/dossier.json")
    with zipfile.ZipFile(tmp_path / "flat.zip", "w") as archive:
        archive.write(folder / "dossier.json", "dossier.json")
    found = [run(path, "--format", "json") for path in (folder, folder / "dossier.json", tmp_path / "case.zip", tmp_path / "flat.zip")]
    found.append(run("-", "--format", "json", stdin=(folder / "dossier.json").read_bytes()))
    values = [json.loads(out) | {"made_at": ""} for status, out, err in found if (status, err) == (0, "")]
    assert len(values) == 5
    assert all(value == values[0] for value in values)
    SCHEMA.validate(json.loads(found[0][1]))
    assert values[0]["bundle"] == "case-5"


def test_a_text_is_read_from_a_file_and_from_standard_input(run, notice):
    status, out, err = run(notice, "--format", "json")
    value = json.loads(out)
    SCHEMA.validate(value)
    assert (status, err) == (0, "")
    assert value["bundle"].startswith("text-")
    assert value["reading"]["fields"]["contact_phone"] == "0999-5550301"
    assert value["notice"]["notice-1"]["workdays"] == 4
    assert [finding["check"] for finding in value["findings"]] == ["PUB-DAYS"]
    _, again, _ = run("-", "--format", "json", stdin=NOTICE.encode("gb18030"))
    assert json.loads(again)["findings"] == value["findings"]


def test_strict_holds_on_a_blocking_finding_only(run, notice, tmp_path):
    assert run(notice)[0] == 0
    assert run(notice, "--strict")[0] == 1
    assert run(bundle(tmp_path / "warned", TRIPS["NUM-CLAIM"]()), "--strict")[0] == 0


def test_the_worst_status_wins_and_the_others_are_still_read(run, notice, tmp_path):
    (tmp_path / "空.txt").write_bytes(b"")
    status, out, err = run(notice, tmp_path / "空.txt", tmp_path / "没有.txt", "--strict")
    assert status == 2
    assert "公示期不足" in out
    assert err.splitlines() == [
        f"文件是空的：{tmp_path / '空.txt'}。请核对后重新提供。",
        f"{tmp_path / '没有.txt'}：没有这个文件",
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.txt", bytes(range(256)) * 8, "不是文本文件"),
        ("a.pdf", b"%PDF-1.4 broken", "PDF"),
        ("a.docx", b"PK\x03\x04broken", "a.docx"),
        ("a.zip", b"PK\x03\x04broken", "压缩包已损坏"),
        ("a.json", b"{", "不是可以读取的 JSON"),
        ("dossier.json", b"[]", "不是 xiaohao-dossier/1 格式的案卷包"),
        ("dossier.json", b'{"format": "xiaohao-dossier/1", "kind": "dossier", "id": "x", "made_at": "2024-01-01T00:00:00+08:00", "tasks": 5}', "与格式不符"),
        ("dossier.json", b"[" * 100_000, "不是可以读取的 JSON"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_clear_line_and_status_2(run, tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    status, out, err = run(tmp_path / name)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert says in err
    assert "Traceback" not in err
    status, out, _ = run(tmp_path / name, "--format", "json")
    value = json.loads(out)
    SCHEMA.validate(value)
    assert status == 2
    assert value["problems"]


def test_a_folder_without_a_bundle_is_a_batch(run, tmp_path):
    batch = tmp_path / "batch"
    (batch / "sub").mkdir(parents=True)
    (batch / "1.txt").write_text(NOTICE, "utf-8")
    (batch / "sub" / "2.html").write_text(f"<html><body><pre>{NOTICE}</pre></body></html>", "utf-8")
    (batch / "settings.json").write_text("{}", "utf-8")
    (batch / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    bundle(batch / "case")
    status, out, err = run(batch, "--format", "jsonl")
    lines = [json.loads(line) for line in out.splitlines()]
    for line in lines:
        SCHEMA.validate(line)
    assert status == 0
    assert [Path(line["x-input"]).name for line in lines] == ["1.txt", "case", "2.html"]
    assert err == "共读 3 份；疑点 2 处：PUB-DAYS 2。\n"


def test_an_unreadable_input_has_its_line_in_jsonl_too(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    bundle(tmp_path / "case")
    status, out, err = run(tmp_path / "a.txt", tmp_path / "case", "--format", "jsonl")
    assert status == 2
    assert [json.loads(line)["bundle"] for line in out.splitlines()] == ["unreadable", "case-5"]
    assert err.splitlines()[-1] == "共读 1 份，不能读取 1 份；疑点 0 处。"


def test_json_takes_one_input(run, notice):
    status, out, err = run(notice, notice, "--format", "json")
    assert (status, out, err) == (2, "", "--format json 一次只读一份，多份请用 --format jsonl\n")


def test_a_folder_with_nothing_to_read_says_so(run, tmp_path):
    status, _, err = run(tmp_path)
    assert (status, err) == (2, f"{tmp_path}：文件夹里没有可以读取的公示或案卷包\n")


def test_a_zip_of_texts_is_a_batch(run, tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a/1.txt", NOTICE)
        archive.writestr("a/2.txt", NOTICE)
    status, out, _ = run(tmp_path / "all.zip", "--format", "jsonl")
    assert (status, [json.loads(line)["x-input"] for line in out.splitlines()]) == (
        0,
        [f"{tmp_path}/all.zip:a/1.txt", f"{tmp_path}/all.zip:a/2.txt"],
    )


def test_a_file_outside_the_bundle_is_not_in_it(run, tmp_path):
    from dataclasses import replace

    from xiaohao.dossier.file import File

    (tmp_path / "secret.txt").write_text("x", "utf-8")
    outside = File(
        id="file-1",
        path="../secret.txt",
        sha256="0" * 64,
        bytes=1,
        media="text/plain",
        kind="document",
        recorded_at="2023-01-01T09:00:00+08:00",
    )
    status, out, _ = run(bundle(tmp_path / "case", replace(honest(), files=(outside,))), "--format", "json")
    assert status == 0
    assert [problem["kind"] for problem in json.loads(out)["problems"]] == ["schema", "missing_file"]


def test_the_same_bundle_gives_the_same_bytes(run, tmp_path):
    folder = bundle(tmp_path / "case", TRIPS["COVER"]())
    first, second = (json.dumps(json.loads(run(folder, "--format", "json")[1]) | {"made_at": ""}) for _ in range(2))
    assert first == second


def test_colour_only_where_asked_for_or_on_a_terminal(run, notice):
    assert "\x1b[" not in run(notice)[1]
    assert "\x1b[" not in run(notice, "--color", "never")[1]
    assert "\x1b[31m■ 拦住\x1b[0m" in run(notice, "--color", "always")[1]


def test_a_clerk_can_read_the_page(run, notice, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(notice.parent)
    _, out, _ = run(notice.name)
    assert out == (Path(__file__).parent / "golden" / "check.txt").read_text("utf-8")


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_runs_over_the_terminal(run, notice, monkeypatch, tmp_path, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.chdir(tmp_path)
    for case in (*TRIPS.values(), honest):
        bundle(tmp_path / "case", case())
        _, out, _ = run("case")
        assert [line for line in out.splitlines() if width(line) > columns] == []
    assert [line for line in run(notice.name)[1].splitlines() if width(line) > columns] == []


def test_checks_are_listed(capsys):
    assert main(["checks"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert ["COVER", "措施漏答", "拦住", "docs/checks/COVER.md"] in [line.split() for line in lines]
    assert main(["checks", "--format", "json"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == [line.split()[0] for line in lines]


def xiaohao(*arguments: str, **how) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "xiaohao", *arguments], capture_output=True, check=False, timeout=60, **how)


def test_a_closed_pipe_is_quiet(notice):
    command = f"{sys.executable} -m xiaohao check {notice} {notice} {notice} | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=60)
    assert (len(done.stdout.splitlines()), done.stderr) == (1, b"")


def test_an_interruption_is_quiet(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("xiaohao.cli.check.inputs_of", interrupted)
    assert main(["check", "x"]) == 130
    assert capsys.readouterr() == ("", "")


def test_check_loads_no_django(notice):
    probe = f"import sys; from xiaohao.cli.main import main; main(['check', {str(notice)!r}]); sys.exit(any(m.startswith(('django', 'sqlite3')) for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0


def test_help_lists_the_commands_without_loading_them():
    probe = "import sys\ntry:\n    from xiaohao.cli.main import main; main(['--help'])\nexcept SystemExit: pass\nsys.exit(any(m.split('.')[0] in ('django', 'jsonschema_rs', 'docx', 'pypdf', 'cryptography') for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert "check" in done.stdout.decode()
    assert xiaohao("--version").stdout.decode().startswith("xiaohao ")


def test_an_unknown_command_is_refused():
    with pytest.raises(SystemExit) as refusal:
        main(["nonsense"])
    assert refusal.value.code == 2


@needs_shared
def test_the_notice_that_this_was_made_for(run):
    status, out, err = run(SHARED / "data" / "inputs" / "notice-taiyangshan-2021.txt", "--format", "json")
    value = json.loads(out)
    SCHEMA.validate(value)
    assert (status, err) == (0, "")
    fields = value["reading"]["fields"]
    assert (fields["contact_phone"], fields["publicity_start"], fields["publicity_end"]) == ("0953-5097025", "2021-01-06", "2021-01-12")
    assert value["notice"] == {
        "notice-1": {"start": "2021-01-06", "end": "2021-01-12", "calendar_days": 7, "workdays": 5, "stated": 5, "unit": "workday", "required": None,
                     "enough": True, "earliest_end": "2021-01-12"},
    }  # fmt: skip
    states = {row["measure"]: row["answered"] for row in value["coverage"]}
    assert states["measure-4"] == "partly"
    assert [measure for measure, state in states.items() if state == "elsewhere"] == ["measure-2.2", "measure-2.3", "measure-2.4"]
    by_check = {finding["check"]: finding for finding in value["findings"]}
    assert sorted(by_check) == ["COVER", "ROLE-SEP"]
    assert "考核结果运用" in by_check["COVER"]["figures"]["lacking"]
    assert (by_check["ROLE-SEP"]["severity"], by_check["ROLE-SEP"]["figures"]["roles"][:2]) == ("warn", ["owner", "publisher"])
    assert "desk" in by_check["ROLE-SEP"]["figures"]["roles"]
    claimed = {(claim["value"], claim["unit"]) for claim in value["reading"]["claims"]}
    assert {(23, "次"), (12, "次"), (6, "项"), (None, None)} <= claimed
    assert any(claim.get("x-schedule") == "weekly:mon,thu" for claim in value["reading"]["claims"])
    reasons = {skipped["check"]: skipped["reason"] for skipped in value["skipped"]}
    assert reasons["TARGET"].startswith("目标没有可以核对的数字：")
    assert {"NUM-CLAIM", "SESSION-GAP", "LEADER-ACT"} <= set(reasons)


@needs_shared
@pytest.mark.parametrize(
    "gold", sorted((SHARED / "data" / "notices").glob("*.json")) if SHARED.is_dir() else [], ids=lambda path: path.stem
)
def test_real_notices_raise_no_false_alarm_about_their_days(run, gold):
    value = json.loads(run(gold.with_suffix(".txt"), "--format", "json")[1])
    SCHEMA.validate(value)
    expected = json.loads(gold.read_text("utf-8"))
    short = (
        bool(expected["calendar"])
        and (expected["gold"]["publicity_days_claimed"] or 0)
        > expected["calendar"]["working_days" if expected["gold"]["working_days"] else "calendar_days"]
    )
    assert ("PUB-DAYS" in {finding["check"] for finding in value["findings"]}) is short
    assert not any(finding["severity"] == "block" for finding in value["findings"])


def test_a_batch_of_notices_is_compared_with_each_other(run, tmp_path):
    from random import Random

    from tests.screening import test_batch as texts

    rng = Random(4)
    done = texts.accounts(rng)
    (tmp_path / "1.txt").write_text(texts.notice("青禾县", 7, texts.SEWAGE, done, "2022年3月7日"), "utf-8")
    (tmp_path / "2.txt").write_text(texts.notice("白榆县", 12, "柏岭镇采石场未复绿。", done[::-1], "2022年9月5日"), "utf-8")
    status, out, err = run(tmp_path, "--format", "jsonl")
    lines = [json.loads(line) for line in out.splitlines()]
    for line in lines:
        SCHEMA.validate(line)
    (found,) = (finding for line in lines for finding in line["findings"] if finding["check"] == "TXT-DUP")
    assert status == 0
    assert found in lines[1]["findings"]
    assert {pointer["id"] for pointer in found["where"]} == {"completion-1", f"{lines[0]['bundle']}:completion-1"}
    assert "1.txt”第 7 项" in found["message"]
    assert "TXT-DUP" not in [skipped["check"] for skipped in lines[1]["skipped"]]
    assert "TXT-DUP 1" in err
    assert "与其他材料对照" in run(tmp_path)[1]


def _zip(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_half_a_sign_leaves_the_printed_json_whole(run, tmp_path):
    text = json.dumps(dossier_to_json(honest())).replace(json.dumps(honest().statements[0].text)[1:-1], "整改\\ud800完成。", 1)
    (tmp_path / "dossier.json").write_text(text)
    for form in ("json", "jsonl"):
        status, out, _ = run(tmp_path / "dossier.json", "--format", form)
        SCHEMA.validate(json.loads(out))
        assert (status, json.loads(out)["problems"][0]["where"]) == (0, "statements/0/text")


def test_wrong_shapes_inside_a_bundle_never_break_the_printed_form(run, tmp_path):
    value = dossier_to_json(honest())
    for at, statement in enumerate(value["statements"]):
        value["statements"][at] = {**statement, "spans": [{"start": -5, "end": 99999, "measures": ["measure-1"]}]}
    for name, wrong in (("spans", value), ("number", {**value, "tasks": [{**value["tasks"][0], "problem": 5}]})):
        (tmp_path / "dossier.json").write_text(json.dumps(wrong), "utf-8")
        status, out, _ = run(tmp_path / "dossier.json", "--format", "json")
        SCHEMA.validate(json.loads(out))
        assert json.loads(out)["problems"]
        assert status == (0 if name == "spans" else 2)


def test_entries_of_a_zip_that_lead_out_of_it_are_said(run, tmp_path):
    root = json.dumps(dossier_to_json(honest())).encode()
    path = _zip(tmp_path / "a.zip", **{"dossier.json": root, "../../x": b"1", "/dossier.json": b"{}"})
    _, out, _ = run(path, "--format", "json")
    assert [(p["where"], p["message"]) for p in json.loads(out)["problems"]] == [
        ("../../x", "压缩包里的路径指到了包外，没有读取"),
        ("/dossier.json", "压缩包里的路径指到了包外，没有读取"),
    ]


def test_a_member_that_is_too_large_is_not_said_to_be_missing(run, tmp_path, monkeypatch):
    monkeypatch.setattr("xiaohao.cli.inputs.MOST_BYTES", 1024 * 1024)
    large = File(id="file-1", path="big.bin", sha256="0" * 64, bytes=5, media="text/plain", kind="document", recorded_at="2023-01-01T09:00:00+08:00")  # fmt: skip
    root = json.dumps(dossier_to_json(replace(honest(), files=(large,)))).encode()
    path = _zip(tmp_path / "a.zip", **{"dossier.json": root, "big.bin": bytes(1024 * 1024 + 1)})
    _, out, _ = run(path, "--format", "json")
    assert [(p["kind"], p["message"]) for p in json.loads(out)["problems"]] == [("unreadable", "附件超过 1 MB，没有读取：big.bin")]


def test_an_empty_zip_and_a_file_that_is_no_zip_are_refused(run, tmp_path):
    (tmp_path / "b.zip").write_text(NOTICE, "utf-8")
    for path, says in ((_zip(tmp_path / "a.zip"), "压缩包是空的"), (tmp_path / "b.zip", "不是压缩包，或已损坏")):
        status, _, err = run(path)
        assert (status, says in err) == (2, True)


def test_pictures_and_series_that_do_not_open_are_said(run, tmp_path):
    made = {"recorded_at": "2023-01-01T09:00:00+08:00", "tasks": (honest().task.id,)}
    files = (
        File(
            id="file-p", path="a.jpg", sha256=hashlib.sha256(b"no picture").hexdigest(), bytes=10, media="image/jpeg", kind="photo", **made
        ),
        File(id="file-s", path="a.csv", sha256=hashlib.sha256(b"\x00\x01").hexdigest(), bytes=2, media="text/csv", kind="data", **made),
    )
    series = Series(id="series-1", indicator="氨氮", unit="mg/L", kind="auto", source="self", interval="day", file="file-s", limits=(Limit(operator="<=", value=1.0),))  # fmt: skip
    folder = bundle(tmp_path / "case", replace(honest(), files=files, series=(series,)))
    (folder / "a.jpg").write_bytes(b"no picture")
    (folder / "a.csv").write_bytes(b"\x00\x01")
    _, out, _ = run(folder, "--format", "json")
    value = json.loads(out)
    assert {p["where"]: p["message"].split("：")[0] for p in value["problems"] if p["kind"] == "unreadable"} == {
        "file-p": "照片打不开，可能已损坏或不是图片",
        "file-s": "监测数据读不出来，没有一行可用的读数",
    }
    assert [one["reason"] for one in value["skipped"] if one["check"] == "CEILING"] == ["带限值的监测序列没有可以读取的数据"]


def test_an_unreadable_bundle_among_many_names_its_input(run, notice, tmp_path):
    (tmp_path / "坏.json").write_bytes(b"{")
    _, out, _ = run(notice, tmp_path / "坏.json", "--format", "jsonl")
    assert json.loads(out.splitlines()[1])["problems"][0]["where"] == str(tmp_path / "坏.json")


def test_texts_that_were_compared_are_not_said_to_be_without_anything_to_compare(run, notice, tmp_path):
    (tmp_path / "另.txt").write_text(NOTICE.replace("青阜镇垃圾清运", "柏岭镇污水收集").replace("积存垃圾", "淤泥"), "utf-8")
    alone = json.loads(run(notice, "--format", "jsonl")[1])
    assert "TXT-DUP" in {one["check"] for one in alone["skipped"]}
    for line in run(notice, tmp_path / "另.txt", "--format", "jsonl")[1].splitlines():
        assert "TXT-DUP" not in {one["check"] for one in json.loads(line)["skipped"]}
