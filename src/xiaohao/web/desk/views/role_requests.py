"""Changes of what accounts may do, waiting for the security administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from xiaohao.acts.clock import now
from xiaohao.acts.roles import decide_role_request
from xiaohao.kernel.refused import Refused
from xiaohao.records.models import RoleRequest
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.show import show
from xiaohao.web.pace import client_address

#: Decided ones that are still shown below the waiting ones.
_LATELY = 20


def role_requests(request: HttpRequest) -> HttpResponse:
    """What waits, with what the account has and would have; then what was decided lately."""
    rows = RoleRequest.objects.select_related("account__person__org", "asked_by", "decided_by")
    waiting = [
        (row, sorted(set(row.roles) - set(row.account.roles)), sorted(set(row.account.roles) - set(row.roles)))
        for row in rows.filter(granted=None).order_by("asked_at")
    ]
    decided = list(rows.exclude(granted=None).order_by("-decided_at")[:_LATELY])
    return show(request, "role_requests", {"waiting": waiting, "decided": decided})


def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Grant or decline one."""
    row = get_object_or_404(RoleRequest, pk=number)
    if request.POST.get("decision") not in ("grant", "decline"):
        messages.warning(request, _("请点“同意”或“不同意”。"))
        return redirect("desk_role_requests")
    try:
        granted = decide_role_request(
            by=account_of(request).actor,
            at=now(),
            request=row.pk,
            granted=request.POST["decision"] == "grant",
            address=client_address(request),
        )
        messages.success(request, _("已启用职责。") if granted else _("没有同意，职责不变。"))
    except Refused as refused:
        messages.warning(request, "；".join(f"{one.fact}。{one.way}。" for one in refused.unmet))
    return redirect("desk_role_requests")
