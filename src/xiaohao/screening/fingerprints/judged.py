"""What the tallies of many jurisdictions say, as findings: of each later document at most one, with the earlier one that it shares most with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, numbered
from xiaohao.screening.fingerprints.postings import PhotoTally, TextTally
from xiaohao.screening.fingerprints.prints import Filed

#: Sentences and grams that must be the same where few have the words: two sentences that nobody writes twice (`judgement.ENOUGH`). Of a lifted sentence the
#: sample shows two grams only in every second one, so a third that was lifted shows in about a tenth. Of 3,000 made accounts no stranger has two.
FEWEST_SENTENCES, FEWEST_GRAMS, LEAST_SHARE = 2, 6, 0.08
#: In words that more have, the larger part of the sentences must be the same, and so many.
LARGER_PART, FEWEST_OF_MANY = 0.5, 3

BASIS_TEXT = say("各项任务的完成情况应写各自的实际工作")
BASIS_PHOTO = say("一张照片只能证明一处现场的一次情况")


@dataclass(frozen=True, slots=True)
class Owned:
    """A document of the corpus: whose, its opaque id, where it is filed there, and how many sentences it has (photographs: 0)."""

    jurisdiction: str
    document: str
    filed: Filed
    sentences: int = 0

    @property
    def pointer(self) -> str:
        return f"{self.jurisdiction}:{self.document}"


def findings(texts: Sequence[Owned], photos: Sequence[Owned], said: Iterable[TextTally], seen: Iterable[PhotoTally]) -> tuple[Finding, ...]:
    """Sorted as every report is; the same tallies give the same bytes in whatever order they come."""
    best_text: dict[int, TextTally] = {}
    for one in sorted(said, key=lambda each: (-each.touched, -each.grams, each.earlier)):
        if _is_copy(one, texts[one.later].sentences):
            best_text.setdefault(one.later, one)
    best_photo: dict[int, PhotoTally] = {}
    for each in sorted(seen, key=lambda found: (not found.same, -found.agreeing, found.earlier)):
        best_photo.setdefault(each.later, each)
    return numbered(
        [
            *(_text_finding(texts[later], texts[one.earlier], one) for later, one in best_text.items()),
            *(_photo_finding(photos[later], photos[each.earlier], each) for later, each in best_photo.items()),
        ]
    )


def _is_copy(tally: TextTally, sentences: int) -> bool:
    rare = tally.grams >= FEWEST_GRAMS and tally.rare >= max(FEWEST_SENTENCES, LEAST_SHARE * sentences)
    return rare or tally.touched >= max(FEWEST_OF_MANY, LARGER_PART * sentences)


def _text_finding(later: Owned, earlier: Owned, tally: TextTally) -> Finding:
    return Finding(
        "TXT-DUP",
        Severity.WARN,
        None,
        (Where(later.pointer), Where(earlier.pointer)),
        say(
            "{later}所报的完成情况（{mine}），{sentences} 句中有 {touched} 句与{other}较早的一份（{theirs}）指纹相同。"
            "指纹不含文字，请两地各自调出原文对照，并请后报的一方说明实际工作。",
            later=later.jurisdiction,
            mine=_filed(later),
            sentences=later.sentences,
            touched=tally.touched,
            other=earlier.jurisdiction,
            theirs=_filed(earlier),
        ),
        BASIS_TEXT,
        {
            "sentences": later.sentences,
            "touched": tally.touched,
            "shared_grams": tally.grams,
            "other": earlier.pointer,
            **_entries(later, earlier),
        },
    )


def _photo_finding(later: Owned, earlier: Owned, tally: PhotoTally) -> Finding:
    how = say("文件完全相同") if tally.same else say("有 {count} 处特征在同一位置相同", count=tally.agreeing)
    return Finding(
        "PHOTO-DUP",
        Severity.WARN,
        None,
        (Where(later.pointer), Where(earlier.pointer)),
        say(
            "{later}所附的照片（{mine}）与{other}较早的一张（{theirs}）{how}。指纹不含画面，请两地各自调出原图对照，并请后报的一方提供原始照片。",
            later=later.jurisdiction,
            mine=_filed(later),
            other=earlier.jurisdiction,
            theirs=_filed(earlier),
            how=how,
        ),
        BASIS_PHOTO,
        {"agreeing": tally.agreeing, "same_file": tally.same, "other": earlier.pointer, **_entries(later, earlier)},
    )


def _filed(one: Owned) -> str:
    if one.filed.entry is None:
        return say("{day} 入库", day=one.filed.recorded)
    return say("{day} 入库，日志第 {entry} 条", day=one.filed.recorded, entry=one.filed.entry)


def _entries(later: Owned, earlier: Owned) -> dict[str, object]:
    """The journal entries of both, by which the owners look them up."""
    return {
        "entry": later.filed.entry,
        "digest": later.filed.digest,
        "other_entry": earlier.filed.entry,
        "other_digest": earlier.filed.digest,
    }
