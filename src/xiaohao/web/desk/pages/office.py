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
                say("开立、停用账号，发启用链接，提出每个账号要用的职责（左侧“账号”）。职责由安全管理员同意后才生效。"),
                say("登记单位和岗位，按通知录入每年的工作日历，看系统是否正常（左侧“本系统”）。"),
                say("安装、升级、备份和恢复在服务器上用命令行办理。"),
            ),
        ),
        Role.SECURITY_ADMIN: Office(
            say("安全管理员"),
            (
                say("同意或不同意职责的变动（左侧“职责待确认”）。"),
                say("解除锁定，结束别人的登录，重置丢了的第二验证（左侧“账号”）。重置以后由系统管理员另发启用链接。"),
                say("查看谁给别的系统发了接口令牌，停用不该有的（左侧“接口令牌”）。"),
            ),
        ),
        Role.AUDIT_ADMIN: Office(
            say("审计员"),
            (
                say("查看和导出审计日志：谁登录过、没登上、看了个人信息、导出了什么、改了谁的职责（左侧“审计日志”）。"),
                say("办理任务的日志是公开的，可以在“验真”页核对。"),
            ),
        ),
    }
)


def offices_of(roles: Iterable[Role]) -> tuple[Office, ...]:
    """The administrators' offices among the roles, in the order in which they are written here."""
    held = set(roles)
    return tuple(office for role, office in _OFFICES.items() if role in held)
