"""`xiaohao fingerprints`: what this installation gives to other jurisdictions of its statements and photographs, and whose an opaque id is."""

from __future__ import annotations

import argparse
import secrets
import sys
from pathlib import Path

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "fingerprints"
HELP = "指纹：与别的地方比对一稿两用、旧照重用，不交出文字和画面"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(title="做什么", metavar="做什么", dest="what", required=True)
    key = what.add_parser("key", help="造一把各地共用的密钥")
    key.add_argument("out", type=Path, metavar="文件", help="写到哪个文件（不覆盖已有的）；由专人当面或用密码机转交")
    export = what.add_parser("export", help="导出指纹（Parquet）")
    export.add_argument("out", type=Path, metavar="目录", help="写到哪个新目录")
    export.add_argument("--jurisdiction", metavar="代号", help="本地方的代号，各地不同，如 qinghe；默认取日志的名称")
    whose = what.add_parser("whose", help="一个指纹编号是本地的哪份材料")
    whose.add_argument("document", metavar="编号", help="疑点里冒号后面的编号，如 t0123456789abcdef")
    for each in (export, whose):
        add_home_argument(each)
        each.add_argument("--key", type=Path, required=True, metavar="文件", help="各地共用的密钥")


def run(args: argparse.Namespace) -> int:
    """0 done; 1 no such document; 2 the key, the folder or the installation cannot be used."""
    from xiaohao.cli.corpus.files import Unusable
    from xiaohao.records.installation import write_private
    from xiaohao.screening.fingerprints.keyed import KEY_BYTES

    try:
        if args.what == "key":
            write_private(args.out, secrets.token_hex(KEY_BYTES).encode() + b"\n")
            print(f"密钥已写到 {args.out}。拿到它的人可以用猜出的原句去试指纹，只交给参加比对的单位。")
            return 0
        key = _key(args.key)
        load_django(args.home)
        return _of_this_installation(args, key)
    except FileExistsError as there:
        return _no(f"{there.filename or args.out} 已经有了，没有覆盖。")
    except (Unusable, PermissionError) as wrong:
        return _no(str(wrong))


def _of_this_installation(args: argparse.Namespace, key: bytes) -> int:
    from django.db import OperationalError, ProgrammingError

    try:
        return _export(args, key) if args.what == "export" else _whose(args, key)
    except (OperationalError, ProgrammingError) as wrong:  # no database yet, none that answers, or one of another version
        return _no(f"{args.home} 里的数据库还不能用（{wrong}）。请先启动一次 xiaohao serve，或用 --home 指明目录。")


def _key(path: Path) -> bytes:
    from xiaohao.cli.corpus.files import Unusable
    from xiaohao.records.installation import read_private
    from xiaohao.screening.fingerprints.keyed import KEY_BYTES

    try:
        key = bytes.fromhex(read_private(path).decode("ascii").strip())
    except (FileNotFoundError, ValueError) as wrong:
        raise Unusable(f"{path} 里没有密钥。请用 xiaohao fingerprints key 造一把。") from wrong
    if len(key) != KEY_BYTES:
        raise Unusable(f"{path} 里的密钥不是 {KEY_BYTES} 字节。")
    return key


def _export(args: argparse.Namespace, key: bytes) -> int:
    from django.conf import settings

    from xiaohao.acts.clock import now
    from xiaohao.cli.corpus import files
    from xiaohao.records import fingerprints
    from xiaohao.records.models.filed import instant
    from xiaohao.screening.copied.grams import SAMPLED
    from xiaohao.screening.fingerprints.keyed import key_check

    name = args.jurisdiction or settings.JOURNAL_ORIGIN.replace("/", ".")
    if not files.NAME.fullmatch(name):
        return _no("地方的代号要以字母开头，只用字母、数字、点和连字符，不超过 60 个字符。")
    at = now()
    header = files.Header(name, key_check(key), instant(at), SAMPLED)
    texts, photos = files.write(args.out, header, fingerprints.texts(key, at=at), fingerprints.photos(key))
    print(f"已导出 {texts} 份材料、{photos} 张照片的指纹到 {args.out}，没有文字，没有画面。")
    return 0


def _whose(args: argparse.Namespace, key: bytes) -> int:
    from xiaohao.records import fingerprints

    found = fingerprints.whose(args.document, key)
    if found is None:
        return _no("本地没有这个编号的材料。", 1)
    entry = "" if found.filed.entry is None else f"，日志第 {found.filed.entry} 条"
    print(f"{'、'.join(found.tasks)}：{found.row}（{found.filed.recorded} 入库{entry}）")
    return 0


def _no(line: str, status: int = 2) -> int:
    print(line, file=sys.stderr)
    return status
