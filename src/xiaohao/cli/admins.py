"""`xiaohao admins`: the first three administrators of an installation, each with a link to set their own password and second factor."""

from __future__ import annotations

import argparse
import sys

from xiaohao.cli.django_room import add_home_argument, load_django
from xiaohao.kernel.roles import Role

NAME = "admins"
HELP = "指定最初的三员（系统、安全、审计管理员），各给一个启用链接"

_OF = (("system", Role.SYSTEM_ADMIN, "系统管理员"), ("security", Role.SECURITY_ADMIN, "安全管理员"), ("audit", Role.AUDIT_ADMIN, "审计员"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_home_argument(parser)
    for name, _, words in _OF:
        parser.add_argument(f"--{name}", required=True, metavar="人员编号", help=f"{words}，人员登记中的编号")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 with the reason when there are three already, when one person would be two of them, or when somebody is not on file."""
    load_django(args.home)
    from xiaohao.acts.accounts import appoint_administrators
    from xiaohao.acts.clock import now
    from xiaohao.kernel.refused import Refused
    from xiaohao.records.models import Account, Person

    persons = {role: getattr(args, name) for name, role, _ in _OF}
    usernames = {role: name for name, role, _ in _OF}
    if missing := [one for one in persons.values() if not Person.objects.filter(pk=one).exists()]:
        print(f"人员登记里没有 {'、'.join(missing)}。先用 xiaohao register 录入。", file=sys.stderr)
        return 1
    if taken := Account.objects.filter(username__in=usernames.values()).values_list("username", flat=True):
        print(f"用户名 {'、'.join(taken)} 已有人用。", file=sys.stderr)
        return 1
    try:
        tokens = appoint_administrators(persons=persons, usernames=usernames, at=now())
    except Refused as refused:
        print("；".join(f"{one.fact}。{one.way}" for one in refused.unmet), file=sys.stderr)
        return 1
    for name, role, words in _OF:
        print(f"{words}（用户名 {name}）：\n  {link(tokens[role])}")
    print("链接只显示这一次，请分别当面交给三人；各人打开链接，自己设密码和第二验证。")
    return 0


def link(token: str) -> str:
    """The address behind which the invited person sets their password."""
    from django.conf import settings

    return f"{settings.PUBLIC_URL.rstrip('/')}/join/{token}"
