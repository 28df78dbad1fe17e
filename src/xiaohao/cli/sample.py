"""`xiaohao sample`: repeat a draw by the written rule, and hold its seed against a log."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

#: The rule of a draw of tasks (evidence.risk_draw), named here so that the help needs nothing else.
WEIGHTED = "xiaohao-risk-draw/1"
NAME = "sample"
HELP = "重算一次抽样或督查抽取：种子和范围相同，抽出的就相同"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="抽样.json", type=Path, help="抽样页上下载的文件")
    parser.add_argument("--log", metavar="目录", type=Path, help="日志瓦片所在目录（内有 checkpoint 和 tile/），用来核对种子")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when everything agrees, 1 when something does not, 2 when the file cannot be read."""
    try:
        told = json.loads(args.file.read_text("utf-8"))
        weighted = told.get("rule") == WEIGHTED
        claims = (
            []
            if weighted
            else [(str(one["claim"]), [str(row) for row in one["rows"]], [str(row) for row in one["drawn"]]) for one in told["claims"]]
        )
        weights = {str(one["task"]): int(one["weight"]) for one in told["population"]} if weighted else {}
        root, size = bytes.fromhex(told["root"]), int(told["size"])
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        print(f"读不出 {args.file}：{wrong}", file=sys.stderr)
        return 2
    if weighted:
        return max(_seed(args.log, root, size) if args.log else 0, _weighted(told, weights, root))
    return max(_rule(told), _seed(args.log, root, size) if args.log else 0, _claims(claims, root))


def _rule(told: dict[str, Any]) -> int:
    from xiaohao.evidence.sampling import RULE

    if told.get("rule") == RULE:
        return 0
    print(f"规则是 {told.get('rule')}，本程序只会 {RULE}。")
    return 1


def _weighted(told: dict[str, Any], weights: dict[str, int], root: bytes) -> int:
    from xiaohao.evidence.risk_draw import drawn_by_weight

    try:
        again = list(drawn_by_weight(weights, root=root, draw=str(told["draw"]), count=int(told["count"])))
        summed = all(int(one["weight"]) > sum(int(fact["weight"]) for fact in one["facts"]) for one in told["population"])
    except (ValueError, KeyError, TypeError) as wrong:
        print(f"抽取范围读不出：{wrong}")
        return 1
    same = again == told.get("drawn")
    print(f"{len(weights)} 项任务按权重抽 {len(again)} 项\t{'一致' if same else '不一致'}\t{' '.join(again)}")
    print(f"各项权重与所列情形\t{'相符' if summed else '不相符'}")
    return 0 if same and summed else 1


def _claims(claims: list[tuple[str, list[str], list[str]]], root: bytes) -> int:
    from xiaohao.evidence.sampling import drawn

    status = 0
    for claim, rows, said in claims:
        again = drawn(rows, root=root, claim=claim)
        same = list(again) == said
        status = status if same else 1
        print(f"{claim}\t{len(set(rows))} 条抽 {len(again)} 条\t{'一致' if same else '不一致'}\t{' '.join(again)}")
    return status


def _seed(log: Path, root: bytes, size: int) -> int:
    from xiaohao.journal.invalid import Invalid
    from xiaohao.journal.proof import tree_root
    from xiaohao.journal.tiles import TileHashes
    from xiaohao.records.proving import NotYetPublished, published_checkpoint
    from xiaohao.records.tiles import TileStore

    tiles = TileStore(log)
    try:
        checkpoint, _note = published_checkpoint(tiles)
        if size > checkpoint.size:
            print(f"日志只有 {checkpoint.size} 条，还没有第 {size} 条。")
            return 1
        same = tree_root(size, TileHashes(checkpoint.size, tiles.read)) == root
    except (NotYetPublished, Invalid, LookupError, OSError) as wrong:
        print(f"日志读不出：{wrong}")
        return 1
    print(f"种子（日志前 {size} 条的根）：{'一致' if same else '不一致'}")
    return 0 if same else 1
