"""`xiaohao import`: take in a signed bundle from another installation, once however often it is brought."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from xiaohao.cli.django_room import add_home_argument, load_django
from xiaohao.cli.progress import Told

NAME = "import"
HELP = "导入别处导出的案卷包：先核对签名和每个文件，再收下；不改本系统任何任务的状态"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    parser.add_argument("file", metavar="文件", type=Path, help="案卷包（zip）")
    parser.add_argument("--unit", metavar="单位", required=True, help="由哪个单位收下（名称或编号）")


def run(args: argparse.Namespace) -> int:
    """0 taken in, or there already; 1 refused, with why; 2 when the file or the unit is not there."""
    load_django(args.home)
    from django.db.models import Q

    from xiaohao.acts.clock import now
    from xiaohao.acts.parcels import receive_parcel
    from xiaohao.kernel.refused import Refused
    from xiaohao.records.models import Org, Received

    unit = Org.objects.filter(Q(pk=args.unit) | Q(name=args.unit)).first()
    if unit is None:
        print(f"没有单位“{args.unit}”。", file=sys.stderr)
        return 2
    try:
        with args.file.open("rb") as source:
            receipt = receive_parcel(source=source, by=None, org=unit.pk, at=now(), progress=Told("核对和收下"))
    except OSError as lost:
        print(f"读不了 {args.file}：{lost.strerror}", file=sys.stderr)
        return 2
    except Refused as refused:
        for unmet in refused.unmet:
            print(f"没有导入：{unmet.fact}。{unmet.way}。", file=sys.stderr)
        return 1
    row = Received.objects.get(pk=receipt.result["received"])
    if receipt.result["again"]:
        print(f"这一份已经导入过（日志第 {receipt.entry} 号），什么都没有改变。")
    else:
        print(f"已导入“{row.title}”，来自 {row.origin}，第 {row.version} 版；日志第 {receipt.entry} 号。")
    return 0
