"""`xiaohao read`: a ledger or a published plan of many tasks becomes a case file bundle that can be checked, and imported elsewhere."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path

NAME = "read"
HELP = "读整改方案或台账（xlsx、xls、csv、docx、pdf、html、txt），写成案卷包"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", type=Path, help="整改方案或台账")
    parser.add_argument("--out", metavar="目录", type=Path, required=True, help="案卷包写到哪里（目录应是新的，或空的）")
    parser.add_argument("--year", type=int, default=None, help="没有写年份的时限算哪一年的（默认今年）")


def run(args: argparse.Namespace) -> int:
    """Write the bundle and say what was read and what is doubtful. 0 read, 1 nothing usable in it, 2 the file cannot be read."""
    from xiaohao.documents.ledger.table import table_in
    from xiaohao.documents.ledger.tasks import tasks_in
    from xiaohao.documents.ledger.to_bundle import bundle_of
    from xiaohao.documents.plan import book_of
    from xiaohao.documents.text import Unreadable
    from xiaohao.dossier.codec import dossier_to_json
    from xiaohao.kernel.when import CST

    now = datetime.now(CST).replace(microsecond=0)
    if args.out.exists() and (not args.out.is_dir() or any(args.out.iterdir())):
        print(f"{args.out} 不是空目录，没有写任何东西。", file=sys.stderr)
        return 2
    try:
        book = book_of(args.file.read_bytes(), args.file.name)
        tables = [table for sheet in book.sheets if not sheet.hidden and (table := table_in(sheet))]
    except (OSError, Unreadable) as wrong:
        print(str(wrong.said) if isinstance(wrong, Unreadable) else f"读不了 {args.file}：{wrong.strerror}", file=sys.stderr)
        return 2
    tasks = [task for table in tables for task in tasks_in(table, year=args.year or now.year)]
    usable = [task for task in tasks if task.number and task.problem and task.owners]
    if not usable:
        print(f"没有认出整改任务：{args.file.name}。", file=sys.stderr)
        return 1
    dossier = bundle_of(usable, title=args.file.stem, at=now.isoformat())
    args.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dossier_to_json(dossier), ensure_ascii=False, indent=1)
    (args.out / "ledger.json").write_text(text + "\n", "utf-8")
    measures = sum(len(task.measures) for task in usable)
    print(
        f"读出 {len(usable)} 项任务、{sum(len(task.goals) for task in usable)} 条目标、{measures} 条措施，写到 {args.out / 'ledger.json'}"
    )
    for problem in (problem for task in tasks for problem in task.problems):
        print(f"  {problem.said}")
    return 0
