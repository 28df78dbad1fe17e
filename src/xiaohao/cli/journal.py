"""`xiaohao journal export`: the published journal as a folder that anybody can verify with `xiaohao-verify`, or with a program of their own."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "journal"
HELP = "导出公开日志（检查点和全部瓦片文件），供离线核验"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    parser.add_argument("action", choices=["export"], help="export：导出到目录")
    parser.add_argument("folder", metavar="目录", type=Path)


def run(args: argparse.Namespace) -> int:
    """Exit status 2 when the folder is not empty or nothing has been published."""
    load_django(args.home)
    from django.conf import settings

    from xiaohao.acts.publishing import publish_journal
    from xiaohao.records.export import export_journal
    from xiaohao.records.tiles import TileStore

    publish_journal()
    try:
        entries = export_journal(TileStore(settings.JOURNAL_HOME / "public"), args.folder)
    except FileExistsError:
        print(f"{args.folder} 不是空目录，请另选一个。", file=sys.stderr)
        return 2
    print(
        f"已导出 {entries} 条记录到 {args.folder}。核验：xiaohao-verify {args.folder} --key {settings.JOURNAL_VKEY_FILE.read_text().strip()}"
    )
    return 0
