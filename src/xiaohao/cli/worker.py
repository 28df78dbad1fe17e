"""`xiaohao worker`: the background process: outbox, checkpoints, batches of objections."""

from __future__ import annotations

import argparse
import os

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "worker"
#: Steps of niceness below the web processes: a long screening takes the time that pages leave over. Ours.
_STEPS_BACK = 5
HELP = "只启动后台进程（serve 会自带一个）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)


def run(args: argparse.Namespace) -> int:
    os.nice(_STEPS_BACK)
    load_django(args.home)
    from xiaohao.acts.worker import work

    work()
    return 0
