"""One text used twice is found whatever is done to it, and an office's manner is not."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from bench.made.accounts import World
from tests.fakes.paper_copies import noisy
from tests.fakes.paper_prose import prose, vocabulary
from tests.screening.samples import said
from tests.screening.trips_paper import WORKED, two_accounts
from xiaohao.dossier.statement import Span
from xiaohao.dossier.task import Link
from xiaohao.screening.copied.alignment import aligned, prepared
from xiaohao.screening.copied.grams import grams, sampled
from xiaohao.screening.copied.judgement import copied
from xiaohao.screening.copied.masked import masked
from xiaohao.screening.copied.spread import common_grams, pairs_within, ranked
from xiaohao.screening.copied.values import values

NOTHING = np.zeros(0, dtype=np.uint64)


def _pairs(one: str, other: str) -> list[tuple[str, str]]:
    found = aligned(prepared(one, NOTHING), prepared(other, NOTHING))
    return [(one[p.start : p.end], other[p.other_start : p.other_end]) for p in found]


def test_numbers_marks_and_width_do_not_matter():
    assert masked("第二十三项，３．９毫克/升。").codes.tolist() == masked("第7项 4.2毫克／升").codes.tolist()


def test_signs_remember_where_they_stood():
    text = "（一）建成12.5公里。"
    signs = masked(text)
    assert [text[place] for place in signs.places] == ["一", "建", "成", "1", "公", "里"]


def test_grams_do_not_cross_a_sentence():
    assert len(grams(masked("甲乙丙丁戊己。庚辛壬癸子丑"))) == 2


def test_texts_of_any_length_keep_the_same_grams_of_what_they_share():
    rng = Random(1)
    short = "".join(chr(rng.randint(0x4E00, 0x8FFF)) for _ in range(600))
    long = short + "".join(chr(rng.randint(0x4E00, 0x8FFF)) for _ in range(6000))
    ours, theirs = sampled(grams(masked(short))).hashes, sampled(grams(masked(long))).hashes
    in_short = theirs[np.isin(theirs, grams(masked(short)).hashes)]
    assert len(in_short)
    assert np.isin(in_short, ours).all()


def test_reordered_sentences_find_their_like():
    one = "".join(WORKED)
    assert _pairs("".join(reversed(WORKED)), one) == [(sentence, sentence) for sentence in reversed(WORKED)]


@pytest.mark.parametrize("seed", range(8))
def test_noise_leaves_enough_of_a_text(seed):
    changed = "".join(noisy(Random(seed), sentence, 0.2) for sentence in WORKED)
    assert len(_pairs(changed, "".join(WORKED))) >= 2


def test_strangers_have_no_like():
    assert _pairs("塬上林场补种的侧柏由护林员看管，春秋两季各浇一次透水。", "".join(WORKED)) == []


def test_what_many_say_is_learnt_to_be_common():
    texts = [grams(masked(f"高度重视扎实推进整改工作。{chr(0x4E00 + 9 * n) * 12}")).hashes for n in range(6)]
    common = common_grams(texts, 3)
    assert len(common)
    assert list(pairs_within(texts, common, 1)) == []
    assert len(list(pairs_within(texts, NOTHING, 1))) == 15


def test_spread_counts_sentences_not_grams():
    query = grams(masked("".join(WORKED)))
    one_sentence = {int(g): (1,) for g, s in zip(query.hashes, query.sentence, strict=True) if s == 0}
    each_a_little = {int(g): (2,) for s in (0, 1, 2) for g in query.hashes[query.sentence == s][:3]}
    assert next(text for text, _ in ranked(query, one_sentence | each_a_little)) == 2


def test_values_in_one_spelling():
    assert values("见青自然函〔2022〕038号，2022年06月01日，7,640株，8公顷，2022年") == {"青自然函〔2022〕38": 2, "2022-6-1": 1, "7640": 1}


def test_linked_tasks_may_share_an_account():
    fake = two_accounts(WORKED)
    assert len(said(fake, "TXT-DUP")) == 1
    for relation in ("same_site", "carried_over", "continues", "duplicate", "share_of"):
        first, second = fake.tasks
        linked = replace(fake, tasks=(first, replace(second, links=(Link(task=first.id, relation=relation),))))
        assert said(linked, "TXT-DUP") == []
    first, second = fake.tasks
    similar = replace(fake, tasks=(first, replace(second, links=(Link(task=first.id, relation="similar"),))))
    assert len(said(similar, "TXT-DUP")) == 1


def test_quoted_words_are_nobodys_own():
    fake = two_accounts(WORKED)
    quoted = tuple(
        replace(s, spans=(*s.spans, Span(start=s.text.index(WORKED[0]), end=len(s.text), quotes="doc-order"))) for s in fake.statements
    )
    assert said(replace(fake, statements=quoted), "TXT-DUP") == []
    problem = tuple(replace(task, problem="".join(WORKED)) for task in fake.tasks)
    assert said(replace(fake, tasks=problem), "TXT-DUP") == []


def test_who_wrote_first_is_not_asked_when_the_account_is_brought_anew():
    fake = two_accounts(WORKED)
    first, second = fake.statements
    again = replace(first, id="st-again", recorded_at="2023-12-01T09:00:00+08:00")
    found = said(replace(fake, statements=(first, second, again)), "TXT-DUP")
    assert [finding.task for finding in found] == [second.task]


def test_an_account_that_was_rewritten_is_no_longer_a_copy():
    fake = two_accounts(WORKED)
    first, second = fake.statements
    own = replace(
        second,
        id="st-own",
        text="第六项任务完成情况如下。（一）塬上补种侧柏，护林员看管。",
        spans=(),
        recorded_at="2023-12-01T09:00:00+08:00",
    )
    assert said(replace(fake, statements=(first, second, own)), "TXT-DUP") == []


def test_phrases_that_some_share_are_no_copy_in_a_larger_ledger():
    rng, words = Random(2), vocabulary(Random(1))
    phrases = [prose(rng, words) for _ in range(3)]
    said_by = [(*(prose(rng, words) for _ in range(9)), *(phrases if n % 5 == 0 else ())) for n in range(40)]
    fake = two_accounts(WORKED)
    task, statement = fake.tasks[0], fake.statements[0]
    tasks = tuple(replace(task, id=f"task-{n}", number=n) for n in range(40))
    told = tuple(replace(statement, id=f"st-{n}", task=f"task-{n}", text="".join(one), spans=()) for n, one in enumerate(said_by))
    assert said(replace(fake, tasks=tasks, statements=told), "TXT-DUP") == []
    copy = replace(told[7], text="".join((*said_by[7][:4], *said_by[3][4:9])))
    found = said(replace(fake, tasks=tasks, statements=(*told[:7], copy, *told[8:])), "TXT-DUP")
    assert [finding.figures["other"] for finding in found] == ["st-3"]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("signs", "found"), [(120, True), (50, False)])
def test_a_short_lift_in_a_long_account_is_found_and_a_phrase_is_not(seed, signs, found):
    world = World(seed)
    source, mine = world.account(), world.account()
    lifted: list[str] = []
    for sentence in source.own:
        if sum(map(len, lifted)) < signs:
            lifted.append(sentence[: signs - sum(map(len, lifted))])
    text = "".join([*mine.own, *(f"{one.rstrip('。')}。" for one in lifted)])
    one, other = (prepared(each, NOTHING) for each in (text, source.text))
    assert len(text) > 500
    assert (copied(one, other) is not None) is found
