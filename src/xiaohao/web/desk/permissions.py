"""Who may use which address of the desk."""

from xiaohao.web.permissions import Table

DESK: Table = {}
