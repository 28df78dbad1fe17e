"""What the three administrators do, and that the contents of tasks are not theirs: no case is read for this page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from xiaohao.kernel.roles import Role
from xiaohao.kernel.said import Said, say


@dataclass(frozen=True, slots=True)
class Office:
    """One administrator's office: its name, what it does, and where that is done."""

    name: Said
    does: tuple[Said, ...]


_OFFICES: Mapping[Role, Office] = MappingProxyType(
    {
        Role.SYSTEM_ADMIN: Office(
            say("系统管理员"),
            (
                say("按通知录入每年的工作日历（左侧“工作日历”）。"),
                say("管安装、升级、备份和恢复，看系统是否正常。"),
                say("安装和备份在服务器上用命令行办理，不在本站页面上办理。"),
            ),
        ),
        Role.SECURITY_ADMIN: Office(
            say("安全管理员"), (say("开立、停用账号，分配职责，重置密码。"), say("在服务器上用命令行办理，不在本站页面上办理。"))
        ),
        Role.AUDIT_ADMIN: Office(
            say("审计员"),
            (say("查看三类管理员和办理人员留下的日志，核对日志没有被改写。"), say("公开日志可以在“验真”页核对；完整日志在服务器上查看。")),
        ),
    }
)


def offices_of(roles: Iterable[Role]) -> tuple[Office, ...]:
    """The administrators' offices among the roles, in the order in which they are written here."""
    held = set(roles)
    return tuple(office for role, office in _OFFICES.items() if role in held)
