"""`xiaohao check`: read notices and bundles, judge them, and print what disagrees. Needs no database and changes nothing."""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xiaohao.cli.inputs import BundleInput, Input, TextInput, inputs_of

if TYPE_CHECKING:
    from xiaohao.dossier import Dossier
    from xiaohao.dossier.bundle import Problem
    from xiaohao.screening.finding import Finding
    from xiaohao.screening.run import Screening

NAME = "check"
HELP = "核对公示、案卷包：哪里不一致，缺什么，凭什么，怎么补"

#: Exit statuses (FINDINGS.md): read and judged; with --strict, a finding stands that holds every step; something cannot be read.
JUDGED, HELD, UNREADABLE = 0, 1, 2

#: In jsonl, the progress line on standard error is renewed after so many inputs.
PROGRESS_EVERY = 100

#: Lines of jsonl wait in memory up to so many bytes, then on disk.
SPOOLED_BYTES = 8 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="文件",
        help="公示（txt、html、docx、pdf）、案卷包（文件夹、zip、json）、装着它们的文件夹；- 为标准输入",
    )
    parser.add_argument(
        "--format", choices=("text", "json", "jsonl"), default="text", help="text 给人看（默认）；json 一份；jsonl 每份一行"
    )
    parser.add_argument("--strict", action="store_true", help="有“拦住”的疑点时以 1 退出")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="颜色，默认只在终端上用")


def run(args: argparse.Namespace) -> int:
    """Judge every input; the worst exit status of them wins."""
    if args.format == "json":
        return _one_json(args)
    from xiaohao.screening.batch import Batch

    show = _Lines() if args.format == "jsonl" else _Pages(args.color)
    batch = Batch()
    status = JUDGED
    for number, given in enumerate(inputs_of(args.inputs)):
        judged = judge(given)
        status = max(status, judged.status(strict=args.strict))
        if judged.dossier is not None:
            batch.add(number, judged.name, judged.dossier)
        show.one(judged)
    show.end(batch.findings(), batch.compared())
    return status


@dataclass(frozen=True, slots=True)
class Judged:
    """One input, judged. `dossier` and `screening` are None when it could not be read: then `problems` says why."""

    name: str
    dossier: Dossier | None
    screening: Screening | None
    problems: tuple[Problem, ...] = ()
    reading: Mapping[str, Any] | None = None

    def status(self, *, strict: bool) -> int:
        if self.screening is None:
            return UNREADABLE
        held = strict and any(finding.severity == "block" for finding in self.screening.findings)
        return HELD if held else JUDGED

    def as_json(self) -> dict[str, Any]:
        """The printed value, `made_at` the moment of printing: the only part that differs between two runs."""
        from xiaohao.screening.report import UNREADABLE as NO_ID
        from xiaohao.screening.report import report

        bundle = self.dossier.id if self.dossier else NO_ID
        return report(bundle, self.screening, self.problems, made_at=_now(), reading=self.reading)


def _now() -> str:
    """The moment, with offset: this program stands at the edge and may ask the clock."""
    from xiaohao.kernel.when import CST

    return datetime.now(CST).isoformat(timespec="seconds")


def judge(given: Input) -> Judged:
    """Read and judge one input. Never raises for what a file may hold."""
    if isinstance(given, BundleInput):
        return _judge_bundle(given)
    if isinstance(given, TextInput):
        return _judge_text(given)
    return _unreadable(given.name, given.reason)


def _judge_bundle(given: BundleInput) -> Judged:
    from xiaohao.dossier.bundle import BundleUnreadable, Problem, read_bundle
    from xiaohao.kernel.said import say
    from xiaohao.screening.run import screen
    from xiaohao.screening.unreadable import unreadable_files

    try:
        dossier, problems = read_bundle(given.root, given.contents)
    except BundleUnreadable as wrong:
        return Judged(given.name, None, None, tuple(_in_input(given.name, problem) for problem in wrong.problems))
    problems += tuple(Problem("unreadable", say("压缩包里的路径指到了包外，没有读取"), entry) for entry in given.left_out)
    if any(file.kind == "photo" for file in dossier.files):
        from xiaohao.cli.spread import spread
        from xiaohao.records.decoding import seen_of
        from xiaohao.screening.photo_pairs import look_at

        look_at(dossier, seen_of, spread)
    try:
        screening = screen(dossier)
    except Exception:
        if not problems:
            raise  # a sound bundle must be judged: this is our fault and must be seen
        logging.getLogger(__name__).warning("a check broke on a defective bundle", exc_info=True)  # to standard error
        broken = Problem("unreadable", say("案卷包的缺陷使核对进行不下去，请先改正上面各处"), given.name)
        return Judged(given.name, None, None, tuple(_in_input(given.name, problem) for problem in (*problems, broken)))
    return Judged(given.name, dossier, screening, (*problems, *unreadable_files(dossier)))


def _in_input(name: str, problem: Problem) -> Problem:
    """The problem with the input's name before its place: what cannot be judged has no id by which a line of many could be told."""
    if problem.where == name:
        return problem
    return replace(problem, where=f"{name}：{problem.where}" if problem.where else name)


def _judge_text(given: TextInput) -> Judged:
    from xiaohao.documents.notice import read_notice
    from xiaohao.documents.reading_json import reading_json
    from xiaohao.documents.text import Unreadable as TextUnreadable
    from xiaohao.documents.text import read_text
    from xiaohao.screening.run import screen

    try:
        text = read_text(given.content, given.source)
    except TextUnreadable as wrong:
        return _unreadable(given.name, wrong.said)
    reading = read_notice(text.text, given.name, at=_now())
    return Judged(given.name, reading.dossier, screen(reading.dossier), reading=reading_json(reading))


def _unreadable(name: str, reason: str) -> Judged:
    from xiaohao.dossier.bundle import Problem

    return Judged(name, None, None, (Problem("unreadable", reason, name),))


def _one_json(args: argparse.Namespace) -> int:
    """One input, one value on standard output; nothing else is ever printed there."""
    given = inputs_of(args.inputs)
    first = next(given)
    if next(given, None) is not None:
        _complain("--format json 一次只读一份，多份请用 --format jsonl")
        return UNREADABLE
    judged = judge(first)
    json.dump(judged.as_json(), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    if judged.screening is None:
        _complain_about(judged)
    return judged.status(strict=args.strict)


class _Pages:
    """For people: a page per input."""

    def __init__(self, color: str) -> None:
        from xiaohao.cli.terminal import WIDEST, Page

        coloured = color == "always" or (color == "auto" and sys.stdout.isatty())
        self._page = Page.of(shutil.get_terminal_size((WIDEST, 24)).columns, coloured)
        self._shown = 0
        self._names: list[str] = []

    def one(self, judged: Judged) -> None:
        from xiaohao.cli.terminal import render

        self._names.append(judged.name)
        if judged.dossier is None or judged.screening is None:
            _complain_about(judged)
            return
        if self._shown:
            print("\n")
        for line in render(self._page, judged.name, judged.dossier, judged.screening, judged.problems, judged.reading):
            print(line)
        self._shown += 1

    def end(self, together: Mapping[int, tuple[Finding, ...]], compared: Mapping[int, frozenset[str]]) -> None:
        """What the texts say together comes last, under the name of the text that it is said of."""
        from xiaohao.cli.terminal.leads import between_texts

        for number, findings in sorted(together.items()):
            print()
            for line in between_texts(self._page, self._names[number], findings):
                print(line)


class _Lines:
    """For programs: a line of JSON per input on standard output; progress and a summary on standard error. The lines wait, on disk when they are
    many, until all inputs are read: only then is known what the texts say together."""

    def __init__(self) -> None:
        self._read = self._unread = 0
        self._findings: Counter[str] = Counter()
        self._waiting = tempfile.SpooledTemporaryFile(max_size=SPOOLED_BYTES, mode="w+", encoding="utf-8")  # noqa: SIM115 - closed by end()

    def one(self, judged: Judged) -> None:
        line = judged.as_json() | {"x-input": judged.name}
        self._waiting.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        if judged.screening is None:
            self._unread += 1
            _complain_about(judged)
        else:
            self._read += 1
            self._findings.update(finding.check for finding in judged.screening.findings)
        if (self._read + self._unread) % PROGRESS_EVERY == 0 and sys.stderr.isatty():
            sys.stderr.write(f"\r已读 {self._read + self._unread} 份")
            sys.stderr.flush()

    def end(self, together: Mapping[int, tuple[Finding, ...]], compared: Mapping[int, frozenset[str]]) -> None:
        self._waiting.seek(0)
        with self._waiting as lines:
            for number, line in enumerate(lines):
                ran = compared.get(number, frozenset())
                sys.stdout.write(self._with(line, together.get(number, ()), ran) if ran else line)
        by_check = "，".join(f"{check} {count}" for check, count in sorted(self._findings.items()))
        total = sum(self._findings.values())
        start = "\r" if sys.stderr.isatty() else ""
        unread = f"，不能读取 {self._unread} 份" if self._unread else ""
        print(f"{start}共读 {self._read} 份{unread}；疑点 {total} 处{'：' + by_check if by_check else ''}。", file=sys.stderr)

    def _with(self, line: str, findings: tuple[Finding, ...], ran: frozenset[str]) -> str:
        """The line with what the texts say together; the checks that ran so are no longer skipped."""
        from xiaohao.screening.report import with_findings

        self._findings.update(finding.check for finding in findings)
        return json.dumps(with_findings(json.loads(line), findings, ran), ensure_ascii=False, separators=(",", ":")) + "\n"


def _complain_about(judged: Judged) -> None:
    """One line per input: the first reason, and how many more there are."""
    first, *rest = judged.problems
    more = f"（另有 {len(rest)} 处）" if rest else ""
    named = "" if judged.name in first.message else f"{judged.name}："
    _complain(f"{named}{first.message}{more}")


def _complain(sentence: str) -> None:
    print(" ".join(sentence.split()), file=sys.stderr)
