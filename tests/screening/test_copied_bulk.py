"""Many texts in one pass give what each gives by itself."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from tests.fakes.paper_copies import sentence
from xiaohao.screening.copied.bulk import sampled_many
from xiaohao.screening.copied.grams import among, grams, sampled
from xiaohao.screening.copied.masked import masked


def _texts(seed: int, count: int) -> list[str]:
    rng = Random(seed)
    return ["".join(sentence(rng) for _ in range(rng.randint(0, 40))) for _ in range(count)]


def _each(texts, elsewhere):
    every = [grams(masked(text)) for text in texts]
    return [sampled(found.where(~among(found.hashes, known))).hashes.tolist() for found, known in zip(every, elsewhere, strict=True)]


@pytest.mark.parametrize("seed", range(3))
def test_the_samples_are_those_of_each_text(seed):
    texts = _texts(seed, 60)
    none = np.zeros(0, dtype=np.uint64)
    shared = np.unique(grams(masked("".join(texts[0:3]))).hashes)
    elsewhere = [shared if n % 7 < 3 else none for n in range(len(texts))]
    found = sampled_many(texts, elsewhere)
    assert [found.hashes[found.text == n].tolist() for n in range(len(texts))] == _each(texts, elsewhere)


def test_more_lists_than_bits_are_halved(monkeypatch):
    monkeypatch.setattr("xiaohao.screening.copied.bulk._GROUPS", 4)
    texts = _texts(9, 30)
    elsewhere = [np.unique(grams(masked(text[: len(text) // 2])).hashes) for text in texts]
    found = sampled_many(texts, elsewhere)
    assert [found.hashes[found.text == n].tolist() for n in range(len(texts))] == _each(texts, elsewhere)


@pytest.mark.parametrize("texts", [[], [""], ["短"], ["", "\n", "。"]])
def test_texts_without_a_gram_have_none(texts):
    assert len(sampled_many(texts).hashes) == 0


def test_a_line_break_in_a_text_does_not_shift_the_owners():
    texts = ["第一段写排口整治的经过。\n第二段写验收的经过和结果。", "另一份说明写的是完全不同的事情。"]
    found = sampled_many(texts)
    assert [found.hashes[found.text == n].tolist() for n in range(2)] == _each(texts, [np.zeros(0, dtype=np.uint64)] * 2)
