"""`xiaohao fsck`: does the database still say what the journal says?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "fsck"
HELP = "对照日志核对数据库、附件和日志文件"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when nothing disagrees, 1 otherwise; each fault is one line."""
    if not (Path(args.home) / "xiaohao.sqlite3").exists() and not (Path(args.home) / "xiaohao.toml").exists():
        print(f"{args.home} 里没有系统。请用 --home 指明目录。", file=sys.stderr)
        return 2
    load_django(args.home)
    from xiaohao.records.fsck import faults
    from xiaohao.records.models import JournalEntry

    count = 0
    for fault in faults():
        count += 1
        print(f"{fault.kind}\t{fault.where}\t{fault.message}")
    entries = JournalEntry.objects.count()
    print(f"已核对日志 {entries} 条。" + ("没有不一致。" if not count else f"有 {count} 处不一致。"))
    return 1 if count else 0
