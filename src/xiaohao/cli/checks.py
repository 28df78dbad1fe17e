"""`xiaohao checks`: the checks that this version knows, with what each says."""

from __future__ import annotations

import argparse
import json

NAME = "checks"
HELP = "列出本版本会做的核对"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text 给人看（默认）；json 供程序")


def run(args: argparse.Namespace) -> int:
    from xiaohao.screening.catalogue import catalogue
    from xiaohao.screening.checks import CHECKS

    entries = [catalogue()[check.ID] for check in CHECKS]
    if args.format == "json":
        rows = [
            {"id": e.id, "title": e.title, "severity": e.severity, "stage": e.stage, "scope": e.scope, "needs": e.needs} for e in entries
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    from xiaohao.cli.columns import padded
    from xiaohao.cli.terminal import severity_word

    for entry in entries:
        print(f"{padded(entry.id, 17)}{padded(entry.title, 18)}{padded(severity_word(entry.severity), 8)}docs/checks/{entry.id}.md")
    return 0
