"""`xiaohao register`: units, people and places from a file, so that accounts can be opened. The file is a bundle with just these registers."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "register"
HELP = "从文件录入单位、人员和地点（案卷包格式中的 orgs、people、places）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    parser.add_argument("file", metavar="文件.json", type=Path, help="例如 docs/install.md 里的样例")


def run(args: argparse.Namespace) -> int:
    """Enter what is not there yet. Exit status 2 when the file cannot be read or names a unit that nobody knows."""
    from xiaohao.dossier.codec import thing_from_json
    from xiaohao.dossier.parties import Org, Person, Place

    try:
        value = json.loads(args.file.read_text("utf-8"))
        places, orgs, people = (
            [thing_from_json(kind, one) for one in value.get(name, [])]
            for name, kind in (("places", Place), ("orgs", Org), ("people", Person))
        )
    except (OSError, ValueError, AttributeError) as wrong:
        print(f"读不出 {args.file}：{wrong}", file=sys.stderr)
        return 2
    load_django(args.home)
    from django.db import IntegrityError

    from xiaohao.acts.clock import now
    from xiaohao.acts.parties import register

    try:
        entered = register(places=places, orgs=orgs, people=people, at=now())
    except (IntegrityError, LookupError) as wrong:
        print(f"没有录入：有单位或人员指向不存在的编号（{wrong}）。", file=sys.stderr)
        return 2
    except ValueError as wrong:
        print(f"没有录入：{wrong}。", file=sys.stderr)
        return 2
    print(f"已录入 {entered} 条；已有的编号没有改动。")
    return 0
