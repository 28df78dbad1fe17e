"""Loading Django for the commands that need the database; all others never pay for it."""

from __future__ import annotations

import argparse
import os
import sys
import tomllib
from pathlib import Path
from typing import NoReturn


def add_home_argument(parser: argparse.ArgumentParser) -> None:
    """`--home DIR`: where this installation keeps its database, keys, files and journal."""
    parser.add_argument(
        "--home", metavar="目录", default=os.environ.get("XIAOHAO_HOME", "var"), help="本系统存放数据、密钥和日志的目录（默认 var）"
    )


def load_django(home: str) -> None:
    """Set Django up for the installation in `home`. Must come before any import of records, acts or web. A folder that cannot be used, and an
    unreadable xiaohao.toml, end the program with one line and exit status 2."""
    folder = Path(home).resolve()
    os.environ["XIAOHAO_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.web.settings")
    import django

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        django.setup()
    except tomllib.TOMLDecodeError as wrong:
        _end(f"{folder / 'xiaohao.toml'} 写法有误：{wrong}")
    except PermissionError as wrong:
        _end(f"不能使用 {folder}：{wrong.args[-1]}")


def _end(line: str) -> NoReturn:
    print(line, file=sys.stderr)
    raise SystemExit(2)
