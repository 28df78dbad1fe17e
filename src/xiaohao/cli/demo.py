"""`xiaohao demo`: the fictional county, made on the first start and kept from then on, with one-click roles and a clock that stands still.

A folder becomes a demonstration when it is made, by the file `demo` in it, and never later: nobody can turn an office's own folder into one.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xiaohao.cli.django_room import add_home_argument, load_django
from xiaohao.kernel.roles import Role

NAME = "demo"
HELP = "启动演示县：地区、单位、人名与数据均为虚构，一键选身份，时钟停住"

#: The file that makes a folder a demonstration (records/installation.py), and the one that says its county is whole.
MARKER, WHOLE = "demo", "demo-county"
#: What a demonstration keeps for itself; an interrupted first start leaves some of it half made.
_LEFTOVERS: tuple[str, ...] = (
    "xiaohao.sqlite3",
    "xiaohao.sqlite3-wal",
    "xiaohao.sqlite3-shm",
    "journal",
    "files",
    "keys",
    "demo-clock",
    "prepared",
    "printed",
)
#: What any command leaves in a folder in which nothing has been set up yet.
_OF_NOBODY = frozenset({"secret-key", "static", "prepared"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    parser.add_argument("--bind", metavar="地址:端口", default="127.0.0.1:8000", help="监听地址（默认 127.0.0.1:8000）")
    parser.add_argument("--no-serve", action="store_true", help="只建好演示县，不启动网站")


def run(args: argparse.Namespace) -> int:
    """Make the county unless it is there, then serve it until interrupted. Exit status 2 for a folder that is not a demonstration's."""
    from xiaohao.cli.serve import is_free, serve

    home = Path(args.home).resolve()
    if not args.no_serve and not is_free(args.bind):
        return 2
    if not claim(home):
        print(f"{home} 不是演示用的目录，里面已有别的内容。请用 --home 另指一个空目录。", file=sys.stderr)
        return 2
    with _alone(home):
        if not (home / WHOLE).is_file():
            _sweep(home)
        os.environ["XIAOHAO_PUBLIC_URL"] = f"http://{args.bind}"  # printed and drawn as QR codes
        load_django(str(home))
        _make_ready(home)
    if args.no_serve:
        return 0
    _welcome(args.bind)
    return serve(args.bind)


def claim(home: Path) -> bool:
    """Make an empty folder a demonstration's, or say whether this one is. A folder that holds anything else is left alone."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if {path.name for path in home.iterdir()} <= _OF_NOBODY:
        (home / MARKER).touch(mode=0o600)
    return (home / MARKER).is_file()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process at a time makes the county; a second one waits and finds it made."""
    with (home / MARKER).open("rb") as marker:
        fcntl.flock(marker, fcntl.LOCK_EX)
        yield


def _sweep(home: Path) -> None:
    """Take away what an interrupted first start has left, so that nobody ever sees half a county."""
    for name in _LEFTOVERS:
        path = home / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _make_ready(home: Path) -> None:
    from django.core.management import call_command

    from xiaohao.acts import beginning
    from xiaohao.cli.init import prepare

    if not (home / WHOLE).is_file():
        started = time.monotonic()
        print("第一次启动：正在一步一步办出演示县的任务和日志……", flush=True)
        beginning.make_keys()
        call_command("migrate", verbosity=0, interactive=False)
        _settle()
        prepare()
        (home / WHOLE).touch(mode=0o600)
        print(f"已建好，用时 {time.monotonic() - started:.0f} 秒。")
    else:
        prepare()


def _settle() -> None:
    """The county, written without waiting for the disk at each act: should the power fail now, the next start begins anew."""
    from django.db import connection

    from xiaohao.seeds.county import settle

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        settle()
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _welcome(bind: str) -> None:
    """The one address, who one may be there, and how to end it."""
    from xiaohao.procedure.hands import ROLE_WORDS
    from xiaohao.records.accounts import demo_seats

    seats = demo_seats()
    print(f"\n  http://{bind}/    （按 Ctrl+C 停止）\n")
    print("地区、单位、人名与数据均为虚构；时钟停在 2026 年 3 月 3 日，页面上可以往前拨。工作人员登录页上可以一键选身份：")
    for role in Role:
        if names := "、".join(f"{seat.person}（{seat.org}）" for seat in seats if role in seat.roles):
            print(f"  {ROLE_WORDS[role]}：{names}")
    print(
        "English: open the address, switch to English at the top of any page, and take any role with one click on the staff sign-in page.",
        flush=True,
    )
