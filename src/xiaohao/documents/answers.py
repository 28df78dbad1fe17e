"""Which stretch of a completion report answers which measure: by the number it names, by its own number, or by what it says.

An answer may be half a sentence in a paragraph about something else; a measure may have no answer at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from xiaohao.documents.items import Item, named_measures


@dataclass(frozen=True, slots=True)
class Answer:
    """The words at folded offsets `start`..`end` answer the measures at these positions (0 is the first); `how` is named, numbered or content."""

    start: int
    end: int
    measures: tuple[int, ...]
    how: str


#: A sentence is taken as an answer to a measure that it does not name when it shares at least this share of what sets the measure apart …
LEAST_OVERLAP = 0.10
#: … and this many pairs of characters, so that one common word is no answer. Both were set on the generated notices of tests/documents.
LEAST_PAIRS = 3
#: A stretch also answers a measure of which it repeats so much, however much else it says (a report in a lump) …
LEAST_TOLD = 0.3
#: … in so many pairs of characters. Set on the same notices.
LEAST_TOLD_PAIRS = 2
#: In a numbered report a sentence belongs to the measure of its own number unless another measure fits so many times better …
OWN_NUMBER = 2.0
#: … and shares so much and so many pairs. A half sentence that turns away ("同时，…") to a measure no item is numbered after needs one pair only.
AWAY_OVERLAP, AWAY_PAIRS = 0.2, 4

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?|\n")
_AWAY = r"(?:同时|另外|此外|并且|与此同时|并将|还将|还把)"
_TURN = re.compile(rf"(?<=，)(?={_AWAY})")
_COMMON = re.compile(
    r"[^，。；、]{0,40}领导小组|进一步|切实|认真|严格|积极|全面|按照|要求|工作|进行|相关|有关|推进|推动|加强|落实|整改|环境|保护|生态|问题|情况|单位|部门|[的了和及与在对，。；、：“”（）《》\d\s]"
)


def answers_to(measures: Sequence[Item], done: Sequence[Item], text: str) -> tuple[Answer, ...]:
    """Match the items of the report to the measures; offsets and `text` folded."""
    if not measures or not done:
        return ()
    if len(measures) == 1:
        return tuple(Answer(item.start, item.end, (0,), "named" if item.no else "content") for item in done)
    weights = _Weights([text[m.start : m.end] for m in measures])
    by_number = {measure.no or str(n + 1): n for n, measure in enumerate(measures)}
    found: list[Answer] = []
    orphans = frozenset(range(len(measures))) - {by_number.get(item.no or "", -1) for item in done}
    matcher = _Matcher(text, by_number, weights, orphans, same_count=len(done) == len(measures))
    for position, item in enumerate(done):
        found += matcher.item(item, position)
    if not any(item.no for item in done):
        found += _told_by_a_clause(measures, done, text, weights, frozenset(n for answer in found for n in answer.measures))
    return _joined(found)


#: In a report in a lump, a clause answers a measure that nothing else answered when it repeats so much of the measure …
CLAUSE_TOLD = 0.2
#: … in so many pairs, three characters of them in a row, or does what only this measure asks for (拆除, 排查), whatever the object is called.
CLAUSE_PAIRS = 2
_CLAUSE = re.compile(r"[^，。；！？\n]+")
#: Words for one kind of act; the report may use another of them than the measure.
_ACTS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(words)
    for words in (
        "拆除|拆迁",
        "排查|摸排|普查|摸底",
        "植被|复绿|绿化|栽植|种植|补植|补种|撒播|草籽|造林",
        "清运|清理|清除|清淤|清退",
        "关停|关闭|取缔|淘汰|停产|停业",
        "处罚|罚款|立案|查处|惩处",
        "安装|加装|加设|布设",
        "监测|检测|化验",
        "搬迁|迁建|迁移",
        "封堵|封闭",
        "培训|宣传|宣讲",
        "问责|追责|责任追究",
        "约谈",
        "补偿|安置",
        "签订",
        "编制|制定|印发|出台",
        "验收",
        "巡查|巡护|巡河",
        "检查|抽查|督查",
        "修复|修缮|维修",
        "截污|纳管|管网",
    )
)


def _told_by_a_clause(
    measures: Sequence[Item], done: Sequence[Item], text: str, weights: _Weights, answered: frozenset[int]
) -> list[Answer]:
    """Clauses of a report in a lump that answer the measures left over."""
    clauses = [clause.span() for item in done for clause in _CLAUSE.finditer(text, item.start, item.end)]
    asked = [frozenset(n for n, act in enumerate(_ACTS) if act.search(text, measure.start, measure.end)) for measure in measures]
    found = []
    for n in sorted(set(range(len(measures))) - answered):
        own = asked[n] - {act for other, acts in enumerate(asked) if other != n for act in acts}
        told = next((span for span in clauses if weights.told(text[slice(*span)], n) >= CLAUSE_TOLD), None)
        told = told or next((span for span in clauses if any(_ACTS[act].search(text, *span) for act in own)), None)
        if told:
            found.append(Answer(*told, (n,), "content"))
    return found


@dataclass(frozen=True, slots=True)
class _Matcher:
    """One report against its measures; `orphans` are measures that no item of the report is numbered after."""

    text: str
    by_number: dict[str, int]
    weights: _Weights
    orphans: frozenset[int]
    same_count: bool

    def item(self, item: Item, position: int) -> list[Answer]:
        named, begin = named_measures(item, self.text)
        numbers = tuple(self.by_number[number] for number in named if number in self.by_number)
        if numbers:
            return [Answer(begin, item.end, numbers, "named")]
        own = self.by_number.get(item.no) if item.no else (position if self.same_count else None)
        if self.same_count and own is not None and self.weights.fits(self.text[item.start : item.end], own):
            return [Answer(item.start, item.end, (own,), "numbered")]
        return [answer for start, end in _pieces(self.text, item.start, item.end) if (answer := self._piece(start, end, own))]

    def _piece(self, start: int, end: int, own: int | None) -> Answer | None:
        words = self.text[start:end]
        if own is not None:
            away = self._away(words, own)
            return Answer(start, end, (own,) if away is None else (away,), "numbered" if away is None else "content")
        answered = self.weights.answered(words)
        return Answer(start, end, answered, "content") if answered else None

    def _away(self, words: str, own: int) -> int | None:
        """The measure that a sentence of a numbered item really answers, when that is not its own."""
        if re.match(_AWAY, words.strip()) and self.orphans:
            scores = self.weights.scores(words, least=1)
            orphan = max(self.orphans, key=lambda n: scores[n])
            if scores[orphan] > scores[own]:
                return orphan
        scores = self.weights.scores(words, least=AWAY_PAIRS)
        best = max(range(len(scores)), key=lambda n: scores[n])
        return (
            best if best != own and scores[best] >= AWAY_OVERLAP and scores[best] >= OWN_NUMBER * self.weights.scores(words)[own] else None
        )


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences, and half sentences that turn to something else."""
    pieces = []
    for sentence in _SENTENCE.finditer(text, start, end):
        edges = [sentence.start(), *(turn.start() for turn in _TURN.finditer(text, sentence.start(), sentence.end())), sentence.end()]
        pieces += [(a, b) for a, b in pairwise(edges) if text[a:b].strip()]
    return pieces


def _joined(answers: list[Answer]) -> tuple[Answer, ...]:
    """Neighbouring stretches that answer the same measures are one."""
    joined: list[Answer] = []
    for answer in answers:
        last = joined[-1] if joined else None
        if last and last.measures == answer.measures and answer.start - last.end <= 1 and last.how != "named":
            joined[-1] = Answer(last.start, answer.end, last.measures, last.how)
        else:
            joined.append(answer)
    return tuple(joined)


class _Weights:
    """How much each pair of characters says about which measure: a pair that all measures share says nothing."""

    def __init__(self, measures: Sequence[str]) -> None:
        self._measures = [_pairs(measure) for measure in measures]
        self._clauses = [[clause.group() for clause in _CLAUSE.finditer(measure)] for measure in measures]
        spread = Counter(pair for pairs in self._measures for pair in pairs)
        self._weight = {pair: log((len(measures) + 1) / count) for pair, count in spread.items()}

    def scores(self, words: str, least: int = LEAST_PAIRS) -> list[float]:
        """For each measure, how much of the sentence's own weight it shares (0..1); 0 below `least` pairs."""
        pairs = _pairs(words)
        total = sum(self._weight.get(pair, 1.0) for pair in pairs) or 1.0
        return [self._share(pairs & own, total, least) for own in self._measures]

    def answered(self, words: str) -> tuple[int, ...]:
        """The measures that one stretch answers: the best fit, and every other that it repeats enough of."""
        pairs = _pairs(words)
        scores = self.scores(words)
        best = max(range(len(scores)), key=lambda n: scores[n])
        told = [self._share(pairs & own, sum(self._weight[pair] for pair in own) or 1.0, LEAST_TOLD_PAIRS) for own in self._measures]
        return tuple(n for n, score in enumerate(scores) if (n == best and score >= LEAST_OVERLAP) or told[n] >= LEAST_TOLD)

    def told(self, words: str, n: int) -> float:
        """How much of one clause of measure `n` the words repeat (0..1); 0 below CLAUSE_PAIRS pairs, and without three characters in a row."""
        said, runs = _pairs(words), _runs(words, 3)
        return max(
            (
                self._share(said & _pairs(clause), sum(self._weight[pair] for pair in _pairs(clause)) or 1.0, CLAUSE_PAIRS)
                for clause in self._clauses[n]
                if runs & _runs(clause, 3)
            ),
            default=0.0,
        )

    def fits(self, words: str, own: int) -> bool:
        """Whether the answer of the same number may stand: no other measure fits far better."""
        scores = self.scores(words)
        return max(scores) < OWN_NUMBER * max(scores[own], LEAST_OVERLAP / OWN_NUMBER)

    def _share(self, shared: set[str], total: float, least: int = LEAST_PAIRS) -> float:
        return sum(self._weight[pair] for pair in shared) / total if len(shared) >= least else 0.0


def _pairs(words: str) -> set[str]:
    return _runs(words, 2)


def _runs(words: str, length: int) -> set[str]:
    """All runs of so many characters of the words that say something."""
    bare = _COMMON.sub(" ", words)
    return {bare[n : n + length] for n in range(len(bare) - length + 1) if " " not in bare[n : n + length]}
