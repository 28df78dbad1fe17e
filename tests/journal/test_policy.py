"""Policies: what they may say, and when enough witnesses have signed."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings

from tests.journal.story import CITY, POLICY, PROVINCE, SIGNER
from tests.journal.trees import flipped
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.policy import parse_policy, policy_of
from xiaohao.journal.signer import Cosigner

NAMES = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
KEYS = {name: Cosigner(f"{name}.example", bytes([n]) * 32).key for n, name in enumerate(NAMES)}
#: The shape of the example in the C2SP tlog-policy specification.
EXAMPLE = (
    f"log {SIGNER.key} https://log.example/\n\n"
    + "".join(f"witness {n} {KEYS[n]}\n" for n in NAMES)
    + (
        "  # groups\n group X-witnesses 2\tX1 X2 X3 \ngroup Y-witnesses any Y1 Y2 Y3\ngroup X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n"
    )
)


def test_the_example_of_the_specification_asks_for_two_and_one() -> None:
    policy = parse_policy(EXAMPLE.encode())
    for count in range(7):
        for signed in combinations(NAMES, count):
            enough = sum(name[0] == "X" for name in signed) >= 2 and any(name[0] == "Y" for name in signed)
            assert policy.is_met_by(signed) is enough
    assert (policy.logs[0].url, policy.witnesses["X1"].url) == ("https://log.example/", "")


def test_the_time_is_that_of_the_witness_who_made_it_enough() -> None:
    policy = parse_policy(EXAMPLE.encode())
    assert policy.met_at({"X1": 10, "X2": 30, "Y1": 20, "Y2": 40, "X3": 50}) == 30
    assert policy.met_at({"X1": 10, "X2": 30, "Y2": 40}) == 40
    assert policy.met_at({"X1": 10, "Y2": 40}) is None
    assert policy.met_at({}) is None


def test_no_quorum_asks_for_nobody_and_gives_no_time() -> None:
    policy = parse_policy(b"quorum none")
    assert (policy.is_met_by([]), policy.met_at({})) == (True, None)


def test_a_single_witness_may_be_the_quorum() -> None:
    policy = parse_policy(f"witness w {CITY.key}\nquorum w\n".encode())
    assert [policy.is_met_by(names) for names in ([], ["w"], ["other"])] == [False, True, False]


def test_keys_given_one_by_one_must_all_have_signed() -> None:
    policy = policy_of([SIGNER.key], [CITY.key, PROVINCE.key])
    assert [policy.is_met_by(names) for names in ([CITY.name], [CITY.name, PROVINCE.name])] == [False, True]
    with pytest.raises(Invalid):
        policy_of([CITY.key])
    with pytest.raises(Invalid):
        policy_of([SIGNER.key], [SIGNER.key])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "quorum"),
        (f"log {SIGNER.key}\n", "quorum"),
        ("quorum none\nquorum none\n", "第 2 行"),
        ("quorum w\n", "没有定义"),
        ("quorum\n", "第 1 行"),
        (f"quorum w\nwitness w {CITY.key}\n", "没有定义"),
        (f"witness none {CITY.key}\nquorum none\n", "已用过"),
        (f"witness w {CITY.key}\nwitness w {PROVINCE.key}\nquorum w\n", "已用过"),
        (f"witness w {CITY.key}\nwitness v {Cosigner('other.example', CITY.seed).key}\nquorum w\n", "写了两次"),
        (f"log {SIGNER.key}\nlog {SIGNER.key}\nquorum none\n", "写了两次"),
        (f"log {CITY.key}\nquorum none\n", "种类"),
        (f"witness w {SIGNER.key}\nquorum none\n", "种类"),
        ("log nonsense\nquorum none\n", "第 1 行"),
        (f"witness w {CITY.key}\ngroup g 2 w\nquorum g\n", "不能要求"),
        (f"witness w {CITY.key}\ngroup g 0 w\nquorum g\n", "不能要求"),
        (f"witness w {CITY.key}\ngroup g 01 w\nquorum g\n", "十进制"),
        (f"witness w {CITY.key}\ngroup g some w\nquorum g\n", "十进制"),
        (f"witness w {CITY.key}\ngroup g any\nquorum g\n", "应写作 group"),
        (f"witness w {CITY.key}\ngroup g any w w\nquorum g\n", "成员"),
        (f"witness w {CITY.key}\ngroup g any w\ngroup h any w\nquorum h\n", "成员"),
        (f"witness w {CITY.key}\ngroup g any g\nquorum g\n", "没有定义"),
        (f"witness w {CITY.key}\ngroup g any none\nquorum g\n", "没有定义"),
        (f"witness w {CITY.key} url more\nquorum w\n", "应写作 witness"),
        ("log\nquorum none\n", "应写作 log"),
        ("trust everybody\nquorum none\n", "不认识的词"),
        ("quorum none\r\n", "字符"),
        ("quorum none # all\n", "quorum"),
    ],
)
def test_a_wrong_policy_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        parse_policy(text.encode())


def test_a_policy_of_many_megabytes_is_not_read() -> None:
    with pytest.raises(Invalid, match="字节"):
        parse_policy(b"#" * 65_537 + b"\nquorum none\n")


def test_names_are_octets_and_need_not_be_text() -> None:
    assert parse_policy(b"witness \xff " + str(CITY.key).encode() + b"\nquorum \xff\n").is_met_by(["\udcff"])


@settings(deadline=None, max_examples=200)
@given(flipped(POLICY))
def test_a_damaged_policy_is_read_or_refused_and_never_anything_else(changed: bytes) -> None:
    try:
        parse_policy(changed)
    except Invalid:
        return
