"""`xiaohao export`: a case or a list as one signed bundle, to be carried to another installation."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from xiaohao.cli.django_room import add_home_argument, load_django
from xiaohao.cli.progress import Told

NAME = "export"
HELP = "导出案卷包：一项任务或一份清单，连同附件，用本系统的密钥签名"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--task", metavar="编号", help="任务的编号，如 qh2025a-7")
    what.add_argument("--list", metavar="代号", dest="listing", help="清单的代号，如 qh2025a")
    parser.add_argument("--out", metavar="文件", type=Path, required=True, help="写到哪个 zip 文件（不覆盖已有的）")


def run(args: argparse.Namespace) -> int:
    """0 written; 2 when there is no such task or list, the file is there already, or a stored file is damaged (then nothing is left behind)."""
    load_django(args.home)
    from xiaohao.acts.clock import now
    from xiaohao.acts.signing import log_signer
    from xiaohao.records.models import Task, TaskList
    from xiaohao.records.parcels_out import case_going_out, list_going_out, write_parcel

    if args.out.exists():
        return _no(f"{args.out} 已经有了，没有覆盖。")
    if args.task:
        task = Task.objects.select_related("owner", "list").filter(address=args.task).first()
        if task is None:
            return _no(f"没有任务 {args.task}。")
        outgoing = case_going_out(task, at=now(), signer=log_signer())
    else:
        listing = TaskList.objects.filter(code=args.listing).first()
        tasks = list(Task.objects.filter(list=listing).order_by("pk")) if listing else []
        if listing is None or not tasks:
            return _no(f"没有清单 {args.listing}，或者它还没有任务。")
        outgoing = list_going_out(listing, tasks, at=now(), signer=log_signer())
    coming = args.out.with_name(args.out.name + ".coming")
    try:
        with coming.open("wb") as out:
            write_parcel(outgoing, out, Told("导出"))
        os.replace(coming, args.out)
    except OSError as lost:
        coming.unlink(missing_ok=True)
        return _no(f"没有导出：{lost}。请先运行 xiaohao fsck。")
    print(f"已导出 {outgoing.parcel.files} 个文件到 {args.out}。对方需要信任的公钥：{log_signer().key}")
    return 0


def _no(line: str) -> int:
    print(line, file=sys.stderr)
    return 2
