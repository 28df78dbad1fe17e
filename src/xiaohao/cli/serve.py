"""`xiaohao serve`: the web server and the worker of one installation, on this machine only unless told otherwise."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
from types import FrameType

from xiaohao.cli.django_room import add_home_argument, load_django

NAME = "serve"
HELP = "启动网站和后台进程"

#: gthread with 2 workers of 4 threads was the fastest of those tried on two cores (docs/measurements.md).
WORKERS, THREADS = 2, 4
#: Bytes of the first line of a request, the most that gunicorn knows (its default, 4094, cuts off a search with many filters in Chinese).
LONGEST_LINE = 8190


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    parser.add_argument("--bind", metavar="地址:端口", default="127.0.0.1:8000", help="监听地址（默认 127.0.0.1:8000）")


def run(args: argparse.Namespace) -> int:
    """Prepare what is missing, then serve until interrupted. Exit status 2 when the address is taken or the log has no name."""
    load_django(args.home)
    from xiaohao.cli.init import origin_is_said, prepare

    if not origin_is_said() or not is_free(args.bind):
        return 2
    prepare()
    print(f"http://{args.bind}/    （按 Ctrl+C 停止）", flush=True)
    return serve(args.bind)


def is_free(bind: str) -> bool:
    """Whether one can listen there; says so in one line where not."""
    host, _, port = bind.rpartition(":")
    try:
        with socket.create_server((host or "127.0.0.1", int(port)), reuse_port=False):
            return True
    except (OSError, ValueError, OverflowError):
        print(f"{bind} 不能监听：端口已被占用，或地址写错。请用 --bind 另指，例如 --bind 127.0.0.1:8001", file=sys.stderr)
        return False


def serve(bind: str) -> int:
    """Run gunicorn and the worker as children; when one of them ends, the other is ended too."""
    server = ["-m", "gunicorn", "xiaohao.web.wsgi:application", "--bind", bind, "--worker-class", "gthread", "--log-level", "warning"]
    size = ["--workers", str(WORKERS), "--threads", str(THREADS), "--preload", "--limit-request-line", str(LONGEST_LINE)]
    web = subprocess.Popen([sys.executable, *server, *size])
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
