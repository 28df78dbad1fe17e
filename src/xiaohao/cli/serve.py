"""`xiaohao serve`: the web server and the worker of one installation, on this machine only unless told otherwise."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "serve"
HELP = "启动网站和后台进程"

#: gthread with 2 workers of 4 threads was the fastest of those tried on two cores (docs/measurements.md).
WORKERS, THREADS = 2, 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    parser.add_argument("--bind", metavar="地址:端口", default="127.0.0.1:8000", help="监听地址（默认 127.0.0.1:8000）")


def run(args: argparse.Namespace) -> int:
    """Prepare what is missing, then serve until interrupted."""
    load_django(args.home)
    from xiaohao.cli.init import prepare

    prepare()
    return serve(args.bind)


def serve(bind: str) -> int:
    """Run gunicorn and the worker as children; when one of them ends, the other is ended too."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    server = ["-m", "gunicorn", "xiaohao.web.wsgi:application", "--bind", bind, "--worker-class", "gthread", "--log-level", "warning"]
    web = subprocess.Popen([sys.executable, *server, "--workers", str(WORKERS), "--threads", str(THREADS)])
    worker = subprocess.Popen([sys.executable, "-m", "xiaohao", "worker", "--home", os.environ["XIAOHAO_HOME"]])

    def stop(_number: int, _frame: FrameType | None) -> None:
        for child in (web, worker):
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return _wait(web, worker)


def _wait(web: subprocess.Popen[bytes], worker: subprocess.Popen[bytes]) -> int:
    pid, status = os.wait()
    other = worker if pid == web.pid else web
    other.terminate()
    other.wait()
    return os.waitstatus_to_exitcode(status) if status else 0
