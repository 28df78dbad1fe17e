"""Made accounts of about 1,600 signs and 30 sentences: some quote the text of their task, some are boilerplate that everybody uses, the rest is
one's own; and what a copyist does to one. Words without meaning, with the frequencies of words (Zipf)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

SENTENCES, TASK_SENTENCES, ON_ONE_TASK, BOILERPLATE = 30, 9, 20, 80
WORDS_IN_A_SENTENCE = (16, 34)
KINDS = ("numbers", "names", "reordered", "lift 30%", "lift 60%", "noise 10%", "noise 20%", "noise 30%")


@dataclass(frozen=True, slots=True)
class Account:
    """`own` sentences are those that are neither its task's nor boilerplate."""

    sentences: tuple[str, ...]
    own: tuple[str, ...]
    task: str

    @property
    def text(self) -> str:
        return "".join(self.sentences)


class World:
    """Everything follows from the seed."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        signs = [chr(code) for code in range(0x4E00, 0x4E00 + 1600)]
        self.words = [self.rng.choice(signs) + self.rng.choice(signs) for _ in range(6000)]
        self.weights = list(accumulate(1 / (20 + n) for n in range(len(self.words))))
        self.names = ["".join(self.rng.choices(signs, k=2)) + tail for tail in "镇村河桥湖" for _ in range(60)]
        self.boilerplate = [self.sentence(numbers=False) for _ in range(BOILERPLATE)]
        self.task_sentences: tuple[str, ...] = ()
        self.made = 0

    def sentence(self, *, numbers: bool = True, name: str = "") -> str:
        said = self.rng.choices(self.words, cum_weights=self.weights, k=self.rng.randint(*WORDS_IN_A_SENTENCE))
        middle = f"{self.rng.randint(2, 4999)}米，" if numbers else "，"
        return f"{name}{''.join(said[: len(said) // 2])}{middle}{''.join(said[len(said) // 2 :])}。"

    def account(self) -> Account:
        if self.made % ON_ONE_TASK == 0:
            self.task_sentences = tuple(self.sentence() for _ in range(TASK_SENTENCES))
        self.made += 1
        quoted = self.rng.sample(self.task_sentences, self.rng.randint(3, 9))
        common = self.rng.sample(self.boilerplate, self.rng.randint(3, 8))
        names = self.rng.sample(self.names, 3)
        own = [self.sentence(name=self.rng.choice((*names, ""))) for _ in range(SENTENCES - len(quoted) - len(common))]
        every = [*quoted, *common, *own]
        self.rng.shuffle(every)
        return Account(tuple(every), tuple(own), "".join(self.task_sentences))

    def accounts(self, count: int) -> Iterator[Account]:
        return (self.account() for _ in range(count))

    def copy(self, source: Account, kind: str) -> Account:
        """The source, filed under another task."""
        rng, mine = self.rng, self.account()
        own = list(source.own)
        if kind.startswith("lift"):
            lifted = rng.sample(own, max(1, round(len(own) * int(kind[5:7]) / 100)))
            own = [*lifted, *mine.own[: max(0, len(mine.own) - len(lifted))]]
        elif kind.startswith("noise"):
            own = [self._noisy(one, int(kind[6:8]) / 100) for one in own]
        elif kind == "numbers":
            own = ["".join(rng.choice("123456789") if sign.isdecimal() else sign for sign in one) for one in own]
        elif kind == "names":
            own = [self._renamed(one) for one in own]
        if kind != "numbers" and kind != "names":
            rng.shuffle(own)
        others = [one for one in mine.sentences if one not in mine.own]
        return Account((*others[:4], *own, *others[4:]), tuple(own), mine.task)

    def _renamed(self, sentence: str) -> str:
        name = next((one for one in self.names if sentence.startswith(one)), "")
        return self.rng.choice(self.names) + sentence[len(name) :]

    def _noisy(self, sentence: str, share: float) -> str:
        rng, out = self.rng, []
        for sign in sentence[:-1]:
            if rng.random() < share:
                out.append(rng.choice(("", sign + rng.choice(self.words)[0], rng.choice(self.words)[0], rng.choice(self.words)[1])))
            else:
                out.append(sign)
        return "".join(out) + sentence[-1]
