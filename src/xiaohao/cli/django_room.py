"""Loading Django for the commands that need the database; all others never pay for it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def add_home_argument(parser: argparse.ArgumentParser) -> None:
    """`--home DIR`: where this installation keeps its database, keys, files and journal."""
    parser.add_argument(
        "--home", metavar="目录", default=os.environ.get("XIAOHAO_HOME", "var"), help="本系统存放数据、密钥和日志的目录（默认 var）"
    )


def load_django(home: str) -> None:
    """Set Django up for the installation in `home`. Must come before any import of records, acts or web."""
    folder = Path(home).resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["XIAOHAO_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.web.settings")
    import django

    django.setup()
