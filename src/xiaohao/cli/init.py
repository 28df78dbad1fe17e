"""`xiaohao init`: an empty installation: folder, keys, database, and a log with its first checkpoint. No account is made."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

import xiaohao
from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "init"
HELP = "建立一套空的系统：目录、密钥、数据库、日志（不建任何账户）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Prepare the installation; running it again changes nothing. Exit status 2 while nobody has said what the log is called."""
    load_django(args.home)
    if not origin_is_said():
        return 2
    vkey = prepare()
    if vkey:
        print(f"日志验证公钥（请印入工作手册）：{vkey}")
    print("已就绪。下一步：xiaohao register 录入单位和人员，xiaohao admins 指定三员，xiaohao serve 启动。")
    return 0


def origin_is_said() -> bool:
    """Whether the office has named its log; the name goes into the key and cannot be changed later, so it is never a default."""
    from django.conf import settings

    if settings.DEMO or settings.CONFIG.get("journal_origin"):
        return True
    print(
        f'请先在 {settings.HOME / "xiaohao.toml"} 写明日志名称，例如：\njournal_origin = "log.某县域名/xiaohao"\n'
        "它是不带 https:// 的网址前缀，会写进签名密钥，以后不能更改。",
        file=sys.stderr,
    )
    return False


def prepare() -> str | None:
    """Keys, tables, static files, entry 0 and the first checkpoint. Returns the log's verifier key when it was made now.
    What this version has prepared before is not looked at again."""
    from django.conf import settings
    from django.core.management import call_command

    from xiaohao.acts import beginning
    from xiaohao.acts.clock import now
    from xiaohao.acts.publishing import publish_journal

    vkey = beginning.make_keys()
    stamp, version = settings.HOME / "prepared", _fingerprint()
    if not stamp.is_file() or stamp.read_text("ascii") != version:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(version, "ascii")
    beginning.begin_journal(at=now())
    publish_journal()
    return vkey


def _fingerprint() -> str:
    """Changes with every file that a database or a browser is prepared from: migrations and static files, by path, size and time."""
    package = Path(xiaohao.__file__).parent
    files = sorted([*(package / "records" / "migrations").glob("*.py"), *(package / "web" / "static").rglob("*.*")])
    told = "".join(f"{file.relative_to(package)} {file.stat().st_size} {file.stat().st_mtime_ns}\n" for file in files)
    return hashlib.sha256(f"{xiaohao.__version__}\n{told}".encode()).hexdigest()
