"""`xiaohao account`: an account for a person who is already in the register, and a new link for one that is there. No password is ever an argument
or typed here: whoever is invited sets their own."""

from __future__ import annotations

import argparse
import sys

from xiaohao.cli.django_room import add_home_argument, load_django
from xiaohao.kernel.roles import Role

NAME = "account"
HELP = "建立账户，或给已有的账户另发启用链接"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    parser.add_argument(
        "action", choices=["add", "invite"], help="add：新建账户并给启用链接；invite：另发链接，原密码和第二验证到用链接时作废"
    )
    parser.add_argument("username", metavar="账户名")
    parser.add_argument("--person", metavar="人员编号", help="add：人员登记中的编号")
    parser.add_argument("--role", action="append", choices=sorted(Role), help="add：岗位，可写多次")
    parser.add_argument("--email", default="", metavar="邮箱", help="add：提醒发到这里")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 when the name is taken or unknown, or the roles do not lie in one hand, with the reason."""
    load_django(args.home)
    from xiaohao.acts.accounts import invite
    from xiaohao.acts.clock import now
    from xiaohao.cli.admins import link
    from xiaohao.records.models import Account

    account = Account.objects.filter(username=args.username).first()
    if args.action == "add":
        account = _opened(args, account is not None)
    elif account is None:
        print(f"没有账户 {args.username}。", file=sys.stderr)
    if account is None:
        return 1
    print(f"{'已建账户' if args.action == 'add' else '账户'} {account.username}。启用链接（只显示这一次，请当面交给本人）：")
    print(f"  {link(invite(account=account, by=None, at=now()))}")
    return 0


def _opened(args: argparse.Namespace, taken: bool):  # type: ignore[no-untyped-def]
    from xiaohao.acts.accounts import enter_account
    from xiaohao.acts.clock import now
    from xiaohao.kernel.refused import Refused
    from xiaohao.records.models import Person

    if not args.person or not args.role:
        print("add 要写明 --person 和 --role。", file=sys.stderr)
        return None
    if taken or not Person.objects.filter(pk=args.person).exists():
        print("账户名已被使用，或人员编号不存在。", file=sys.stderr)
        return None
    roles = [Role(role) for role in args.role]
    try:
        return enter_account(username=args.username, person=args.person, roles=roles, email=args.email, at=now())
    except Refused as refused:
        print("；".join(f"{one.fact}。{one.way}" for one in refused.unmet), file=sys.stderr)
        return None
