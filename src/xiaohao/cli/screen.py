"""`xiaohao screen`: every check over every case of an installation again, with progress; it goes on where it was stopped. With `--corpus` the
fingerprints of many jurisdictions are compared instead: no database, nothing is written but the report."""

from __future__ import annotations

import argparse
import sys

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "screen"
HELP = "重新比对全部任务，新的疑点入账，不再成立的撤下（未获通过的申请提出的，等再次申请时比对）；或用 --corpus 比对各地的指纹"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    parser.add_argument("--again", action="store_true", help="不接着上次中断处，从头开始")
    parser.add_argument(
        "--corpus", nargs="+", metavar="目录", help="各地用 xiaohao fingerprints export 导出的指纹；印出疑点（json），不入账"
    )
    parser.add_argument("--engine", choices=("local", "ray"), default="local", help="--corpus 用什么算：本机（默认），或 Ray 集群")
    parser.add_argument("--ray", metavar="地址", help="Ray 集群的地址，如 auto 或 10.0.0.1:6379；不写则在本机起一个")


def run(args: argparse.Namespace) -> int:
    """0 when every case has been compared, 1 when checks broke on some of them (named at the end). With --corpus 0, or 2 when an export cannot be
    used."""
    if args.corpus:
        return _corpus(args)
    load_django(args.home)
    from xiaohao.acts.clock import now
    from xiaohao.acts.rescreening import rescreen

    broken: list[str] = []
    changed = 0
    for line in rescreen(at=now(), again=args.again):
        changed += line.changed
        broken += [f"{line.address} {check}" for check in line.failed]
        print(f"\r{line.number}/{line.of} {line.address} 变化 {line.changed} 条", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"比对完毕，疑点变化 {changed} 条。")
    for one in broken:
        print(f"检查出错，没有结果：{one}")
    return 1 if broken else 0


def _corpus(args: argparse.Namespace) -> int:
    from xiaohao.cli.corpus.compare import compare, printed
    from xiaohao.cli.corpus.files import Unusable

    try:
        found = compare(args.corpus, args.engine, args.ray)
    except Unusable as wrong:
        print(wrong, file=sys.stderr)
        return 2
    sys.stdout.write(printed(found))
    print(f"比对完毕，疑点 {len(found['findings'])} 条。", file=sys.stderr)
    return 0
