"""An office's first hour at the command line: each step says what comes next, and each mistake is one line."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

TOML = 'journal_origin = "log.qinghe.example/xiaohao"\n'


def xiaohao(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "xiaohao", *map(str, arguments)],
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


def one_line(ran: subprocess.CompletedProcess[str], begins: str) -> None:
    assert ran.returncode == 2
    assert ran.stderr.startswith(begins), ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_log_is_named_by_the_office_before_there_is_a_key(tmp_path: Path) -> None:
    ran = xiaohao("init", "--home", tmp_path)
    one_line(ran, "请先在")
    assert not (tmp_path / "keys").exists()


def test_from_nothing_to_people_on_file(tmp_path: Path) -> None:
    (tmp_path / "xiaohao.toml").write_text(TOML, "utf-8")
    assert "日志验证公钥" in xiaohao("init", "--home", tmp_path).stdout
    (tmp_path / "people.json").write_text(
        json.dumps(
            {
                "orgs": [
                    {"id": "org-office", "name": "青禾县整改办", "level": "county", "kind": "office", "parent": "org-county"},
                    {"id": "org-county", "name": "青禾县人民政府", "level": "county", "kind": "government"},
                ],
                "people": [{"id": "person-1", "name": "周敏", "org": "org-office"}],
            }
        ),
        "utf-8",
    )
    assert xiaohao("register", tmp_path / "people.json", "--home", tmp_path).stdout == "已录入 3 条；已有的编号没有改动。\n"
    assert xiaohao("register", tmp_path / "people.json", "--home", tmp_path).stdout == "已录入 0 条；已有的编号没有改动。\n"
    assert xiaohao("fsck", "--home", tmp_path).stdout.startswith("已核对日志 3 条。没有不一致。")


def test_mistakes_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "xiaohao.toml").write_text("journal_origin = ", "utf-8")
    one_line(xiaohao("init", "--home", tmp_path), f"{tmp_path / 'xiaohao.toml'} 写法有误")
    one_line(xiaohao("fsck", "--home", tmp_path / "nothing"), f"{tmp_path / 'nothing'} 里没有系统")
    one_line(xiaohao("register", tmp_path / "nobody.json", "--home", tmp_path), "读不出")


def test_an_address_that_is_taken_is_said_before_anything_else(tmp_path: Path) -> None:
    (tmp_path / "xiaohao.toml").write_text(TOML, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        one_line(xiaohao("serve", "--home", tmp_path, "--bind", bind), f"{bind} 不能监听")
