"""`xiaohao screen`: every check over every case of an installation again, with progress; it goes on where it was stopped."""

from __future__ import annotations

import argparse
import sys

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "screen"
HELP = "重新比对全部任务，新的疑点入账，不再成立的撤下"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    parser.add_argument("--again", action="store_true", help="不接着上次中断处，从头开始")


def run(args: argparse.Namespace) -> int:
    """0 when every case has been compared, 1 when checks broke on some of them (named at the end)."""
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
