"""A batch of plain notices, without any installation: copies and recurrences among them are found, honest neighbours are not."""

from __future__ import annotations

from random import Random

import pytest

from tests.fakes.paper_copies import BOILERPLATE, noisy
from tests.fakes.paper_prose import prose, vocabulary
from xiaohao.documents.notice import read_notice
from xiaohao.screening.batch import Batch

WORDS = vocabulary(Random(1))
SEWAGE = "青阜镇生活污水直排清沅河，石桥断面氨氮3.9毫克/升。"
ROUND, NEXT_ROUND = "2021年东陆省生态环境保护督察", "2023年东陆省生态环境保护督察回头看"


def notice(county: str, number: int, problem: str, done: list[str], day: str, of: str = ROUND) -> str:
    half = len(done) // 2
    return (
        f"{county}整改任务第{number}项完成情况公示\n根据{of}反馈意见，现将整改情况公示如下。\n一、整改任务\n第{number}项：“{problem}”\n"
        f"二、责任单位\n{county}水务局\n三、整改措施\n1.建设截污干管。\n2.开展排水执法检查。\n四、整改完成情况\n{BOILERPLATE[0]}\n"
        f"1.{''.join(done[:half])}\n2.{''.join(done[half:])}\n{BOILERPLATE[2]}\n公示时间：{day}。\n联系电话：0999-5550301\n{county}人民政府\n{day}\n"
    )


def accounts(rng: Random, count: int = 8) -> list[str]:
    return [prose(rng, WORDS) for _ in range(count)]


@pytest.fixture
def crowd() -> list[str]:
    rng = Random(3)
    return [
        notice(f"{name}县", n, f"{name}东镇垃圾清运不及时，第{n}处堆场外溢。", accounts(rng), f"2022年{n}月{n + 2}日")
        for n, name in enumerate(("柏岭", "砚田", "禾岭", "棠沚", "湄磡"), 1)
    ]


def together(texts: list[str]) -> dict[int, list[str]]:
    batch = Batch()
    for number, text in enumerate(texts):
        name = f"{number}.txt"
        batch.add(number, name, read_notice(text, name, at="2026-01-01T00:00:00+08:00").dossier)
    return {number: [finding.check for finding in findings] for number, findings in batch.findings().items()}


def test_honest_notices_of_one_style_say_nothing(crowd):
    assert together(crowd) == {}


def test_sentences_lifted_with_noise_are_found_in_the_later_notice(crowd):
    rng = Random(4)
    first = accounts(rng)
    lifted = [noisy(rng, one, 0.15) for one in first[2:6]] + accounts(rng, 4)
    source = notice("青禾县", 7, SEWAGE, first, "2022年3月7日")
    copy = notice("白榆县", 12, "柏岭镇采石场裸露面13公顷未复绿。", lifted, "2022年9月5日")
    for texts in ([*crowd, source, copy], [copy, *crowd, source]):
        assert together(texts) == {texts.index(copy): ["TXT-DUP"]}


def test_one_task_published_twice_is_one_account(crowd):
    done = accounts(Random(4))
    draft, final = (notice("青禾县", 7, SEWAGE, done, day) for day in ("2022年3月7日", "2022年4月11日"))
    assert together([*crowd, draft, final]) == {}


def test_a_problem_that_comes_back_in_another_round_is_found(crowd):
    rng = Random(4)
    first = notice("青禾县", 7, SEWAGE, accounts(rng), "2022年3月7日")
    again = notice("青禾县", 3, SEWAGE.replace("直排", "仍直排").replace("3.9", "4.6"), accounts(rng), "2024年5月6日", NEXT_ROUND)
    assert together([*crowd, first, again]) == {len(crowd) + 1: ["RECUR"]}


def test_the_same_words_for_another_place_are_no_recurrence(crowd):
    rng = Random(4)
    first = notice("青禾县", 7, SEWAGE, accounts(rng), "2022年3月7日")
    elsewhere = SEWAGE.replace("青阜镇", "柏岭镇").replace("清沅河", "漪水河").replace("石桥断面", "铁桥断面")
    assert together([*crowd, first, notice("青禾县", 3, elsewhere, accounts(rng), "2024年5月6日", NEXT_ROUND)]) == {}


def test_what_is_said_does_not_depend_on_the_folder_and_leaves_out_a_number_that_is_not_there(crowd):
    first = accounts(Random(7))
    old = notice("青禾县", 7, SEWAGE, first, "2022年3月7日").replace("第7项：", "").replace("第7项", "")
    new = notice("青禾县", 12, SEWAGE, accounts(Random(8)), "2023年9月5日", NEXT_ROUND).replace("第12项：", "").replace("第12项", "")
    said = []
    for folder in ("/一处", "/另一处/里面"):
        batch = Batch()
        for number, text in enumerate((old, new)):
            batch.add(number, f"{folder}/{number}.txt", read_notice(text, f"{number}.txt", at="2026-01-01T00:00:00+08:00").dossier)
        said.append([str(finding.message) for finding in batch.findings()[1]])
    assert said[0] == said[1]
    assert any(message.startswith("本文与") and "“0.txt”为同一问题" in message for message in said[0])
    assert not any("第 - 项" in message or "一处" in message for message in said[0])
