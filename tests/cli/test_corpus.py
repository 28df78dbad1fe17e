"""Fingerprints of many jurisdictions: what is in the files, and what the plain engine finds in them."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from tests.cli.corpora import AT, KEY, print_of, three_places
from xiaohao.cli.corpus.compare import compared, printed
from xiaohao.cli.corpus.corpus import photographs, statements
from xiaohao.cli.corpus.files import Export, Header, Unusable, arrow, batches, exports, write
from xiaohao.cli.corpus.local import Local
from xiaohao.cli.main import main
from xiaohao.screening.copied.grams import SAMPLED
from xiaohao.screening.fingerprints.keyed import key_check
from xiaohao.screening.fingerprints.postings import GRAMS_A_SENTENCE, TextTally, limits

pytest.importorskip("pyarrow", reason="the extra `scale` is not installed")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return three_places(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def held(folders: list[str]) -> tuple[Export, ...]:
    return exports(folders)


def _copies(held: tuple[Export, ...], check: str) -> list[tuple[str, ...]]:
    """(later, earlier) of what is found, as jurisdictions."""
    found = compared(held, Local(held))["findings"]
    return [tuple(one["where"][n]["id"].split(":")[0] for n in (0, 1)) for one in found if one["check"] == check]


def test_copies_of_another_county_are_found_and_strangers_are_not(held: tuple[Export, ...]) -> None:
    assert _copies(held, "TXT-DUP") == [("bishui", "qinghe")] * 6


def test_reused_photographs_are_found_a_second_shot_is_not(held: tuple[Export, ...]) -> None:
    assert _copies(held, "PHOTO-DUP") == [("bishui", "qinghe")] * 4


def test_a_paper_that_was_handed_up_is_not_set_beside_itself(held: tuple[Export, ...]) -> None:
    register = statements(held)
    twice = [one.document for one in register.owned if sum(other.document == one.document for other in register.owned) == 2]
    assert {one.jurisdiction for one in register.owned if one.document in twice} == {"qinghe", "jinglan"}
    assert not any("jinglan" in pair for pair in _copies(held, "TXT-DUP") + _copies(held, "PHOTO-DUP"))


def test_the_plain_engine_says_what_counting_one_by_one_says(held: tuple[Export, ...]) -> None:
    register = statements(held)
    words: list[dict[int, set[int]]] = [{} for _ in register.owned]
    for export, numbers in zip(held, register.rows, strict=True):
        rows = [row for batch in batches(export.texts, ["grams", "sentence"]) for row in batch.to_pylist()]
        for number, row in zip(numbers.tolist(), rows, strict=True):
            for gram, sentence in zip(row["grams"], row["sentence"], strict=True):
                words[number].setdefault(gram, set()).add(sentence)
    holders: dict[int, int] = {}
    for one in words:
        for gram in one:
            holders[gram] = holders.get(gram, 0) + 1
    limit, expected = limits(len(words)), []
    for earlier, later in combinations(range(len(words)), 2):
        ours, theirs = register.owned[later], register.owned[earlier]
        if ours.jurisdiction == theirs.jurisdiction or ours.document == theirs.document:
            continue
        shared = [
            (s, holders[g] <= limit.rare)
            for g in words[later].keys() & words[earlier].keys()
            if holders[g] <= limit.most
            for s in words[later][g]
        ]
        times = {s: [rare for said, rare in shared if said == s] for s, _ in shared}
        touched = sum(len(hit) >= GRAMS_A_SENTENCE for hit in times.values())
        if touched:
            expected.append(TextTally(later, earlier, touched, sum(sum(hit) >= GRAMS_A_SENTENCE for hit in times.values()), len(shared)))
    assert sorted(expected, key=lambda one: (one.later, one.earlier)) == Local(held).texts(register)


def test_many_small_parts_say_the_same_as_one(held: tuple[Export, ...]) -> None:
    small = Local(held, rows_a_part=500)
    assert small.texts(statements(held)) == Local(held).texts(statements(held))
    assert small.photos(photographs(held)) == Local(held).photos(photographs(held))


def test_no_word_and_no_picture_is_in_the_files(held: tuple[Export, ...], tmp_path: Path) -> None:
    for export in held:
        for path, known in ((export.texts, {"grams", "sentence"}), (export.photos, {"same", "keys", "mirror", "places"})):
            schema = arrow().parquet.read_schema(path)
            assert set(schema.names) == {"document", "entry", "digest", "recorded"} | known
            for batch in batches(path, schema.names):
                for row in batch.to_pylist():
                    strings = {name: value for name, value in row.items() if isinstance(value, str)}
                    assert set(strings) == {"document", "digest", "recorded"}
                    assert all(value.isascii() and len(value) in (0, 10, 17, 64) for value in strings.values())
            assert not any("\u4e00" <= sign <= "\u9fff" for sign in path.read_bytes().decode("utf-8", "ignore") if ord(sign) > 0xFFFF)


def test_another_key_leaves_nothing_in_common(held: tuple[Export, ...]) -> None:
    from bench.made.accounts import World

    account = World(5).account()
    one, other = (print_of(account, "st-q0", "2025-01-03", key=key) for key in (KEY, bytes(32)))
    assert not set(one.grams) & set(other.grams)
    assert one.document != other.document


def test_the_report_fits_its_schema(held: tuple[Export, ...]) -> None:
    import jsonschema_rs

    from xiaohao.screening.report import findings_schema

    jsonschema_rs.validator_for(dict(findings_schema())).validate(compared(held, Local(held)))


def test_screen_prints_the_same_bytes_whatever_the_order_of_the_folders(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    out = []
    for given in (folders, folders[::-1]):
        assert main(["screen", "--corpus", *given]) == 0
        out.append(capsys.readouterr().out)
    assert out[0] == out[1] == printed(json.loads(out[0]))
    assert len(json.loads(out[0])["findings"]) == 10


@pytest.mark.parametrize(
    ("key", "name", "why"),
    [(bytes(32), "linzhou", "不是用同一把密钥"), (KEY, "qinghe", "给了两份")],
)
def test_exports_that_do_not_fit_together_are_refused(
    folders: list[str], tmp_path: Path, key: bytes, name: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "more", Header(name, key_check(key), AT, SAMPLED), [], [])
    assert main(["screen", "--corpus", *folders, str(tmp_path / "more")]) == 2
    assert why in capsys.readouterr().err


def test_one_place_alone_and_a_folder_without_an_export_are_refused(folders: list[str], tmp_path: Path) -> None:
    for given, why in ((folders[:1], "至少要有两个"), ([str(tmp_path)], "没有指纹")):
        with pytest.raises(Unusable, match=why):
            exports(given)


def test_empty_exports_are_compared_to_nothing(tmp_path: Path) -> None:
    for name in ("qinghe", "bishui"):
        write(tmp_path / name, Header(name, key_check(KEY), AT, SAMPLED), [], [])
    empty = exports([str(tmp_path)])
    assert compared(empty, Local(empty))["findings"] == []
