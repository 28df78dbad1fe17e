"""The demonstration's one-click roles and movable clock."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xiaohao.acts.clock import demo_clock
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.records.accounts import demo_account
from xiaohao.web.account import session
from xiaohao.web.account.views.door import onward, wanted
from xiaohao.web.parts.words import moment_in_words


def demo_sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """Take a seat in the demonstration."""
    account = demo_account(username)
    if account is None:
        return redirect("sign_in")
    session.sign_in(request, account, how="demo")
    return onward(wanted(request))


def demo_next_workday(request: HttpRequest) -> HttpResponse:
    """Move the demonstration's clock to the next working day, and say what day it is now."""
    try:
        moment = demo_clock().move_to_next_workday()
        messages.info(request, _("时钟已拨到 {moment}").format(moment=moment_in_words(moment)))
    except CalendarUnknown:
        messages.warning(request, _("下一年的节假日安排待公布，时钟不能再往前拨"))
    return onward(wanted(request))
