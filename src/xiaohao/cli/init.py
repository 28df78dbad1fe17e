"""`xiaohao init`: an empty installation: folder, keys, database, and a log with its first checkpoint. No account is made."""

from __future__ import annotations

import argparse

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "init"
HELP = "建立一套空的系统：目录、密钥、数据库、日志（不建任何账户）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Prepare the installation; running it again changes nothing."""
    load_django(args.home)
    vkey = prepare()
    if vkey:
        print(f"日志验证公钥（请印入工作手册）：{vkey}")
    print("已就绪。下一步：xiaohao account add …，然后 xiaohao serve")
    return 0


def prepare() -> str | None:
    """Keys, tables, entry 0 and the first checkpoint. Returns the log's verifier key when it was made now."""
    from django.core.management import call_command

    from xiaohao.acts import beginning
    from xiaohao.acts.clock import now
    from xiaohao.acts.publishing import publish_journal

    vkey = beginning.make_keys()
    call_command("migrate", verbosity=0, interactive=False)
    beginning.begin_journal(at=now())
    publish_journal()
    return vkey
