"""`xiaohao account add`: an account for a person who is already in the register. The password is asked for, never an argument."""

from __future__ import annotations

import argparse
import getpass
import sys

from xiaohao.cli.django_room import add_home_argument, load_django
from xiaohao.kernel.roles import Role

NAME = "account"
HELP = "建立账户"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    parser.add_argument("action", choices=["add"], help="add：新建账户")
    parser.add_argument("username", metavar="账户名")
    parser.add_argument("--person", required=True, metavar="人员编号", help="人员登记中的编号")
    parser.add_argument("--role", required=True, action="append", choices=sorted(Role), help="岗位，可写多次")
    parser.add_argument("--email", default="", metavar="邮箱", help="提醒发到这里")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 when the password is weak or the name is taken, with the reason."""
    load_django(args.home)
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import IntegrityError

    from xiaohao.acts.parties import open_account

    if not sys.stdin.isatty():
        print("口令只能在终端里输入。", file=sys.stderr)
        return 2
    password = getpass.getpass("口令：")
    if password != getpass.getpass("再输一次："):
        print("两次口令不一致。", file=sys.stderr)
        return 1
    try:
        validate_password(password)
        open_account(
            username=args.username, person=args.person, roles=[Role(role) for role in args.role], password=password, email=args.email
        )
    except ValidationError as weak:
        print("；".join(weak.messages), file=sys.stderr)
        return 1
    except IntegrityError:
        print("账户名已被使用，或人员编号不存在。", file=sys.stderr)
        return 1
    print(f"已建账户 {args.username}。")
    return 0
