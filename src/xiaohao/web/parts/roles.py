"""What the roles of accounts are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from xiaohao.kernel.roles import Role

ROLE_WORDS = {
    Role.REPORTER: _("经办人"),
    Role.HEAD: _("主要负责人"),
    Role.CLERK: _("整改办"),
    Role.ACCEPTOR: _("验收"),
    Role.REVIEWER: _("审核"),
    Role.INSPECTOR: _("现场核查"),
    Role.DESK: _("异议受理"),
    Role.SUPERVISOR: _("督查督办"),
    Role.ASSESSOR: _("考核"),
    Role.SYSTEM_ADMIN: _("系统管理员"),
    Role.SECURITY_ADMIN: _("安全管理员"),
    Role.AUDIT_ADMIN: _("审计员"),
}
