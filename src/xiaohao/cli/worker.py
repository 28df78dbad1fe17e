"""`xiaohao worker`: the background process: outbox, checkpoints, batches of objections."""

from __future__ import annotations

import argparse

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "worker"
HELP = "只启动后台进程（serve 会自带一个）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)


def run(args: argparse.Namespace) -> int:
    load_django(args.home)
    from xiaohao.acts.worker import work

    work()
    return 0
