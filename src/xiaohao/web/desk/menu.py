"""The side menu: only the rooms in which this person has work, each with its count."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from xiaohao.acts.clock import now
from xiaohao.acts.petitions import ENTER
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.records.models import Account, RoleRequest
from xiaohao.records.worklist import to_sign
from xiaohao.records.workload import workload_of
from xiaohao.web.desk.permissions import STAFF


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; a line without an address is a heading."""

    words: Said
    href: str = ""
    count: int | None = None
    current: bool = False


def menu_for(request: HttpRequest) -> tuple[Entry, ...]:
    """The menu of the signed-in person, () for anybody else."""
    account = request.user
    if not isinstance(account, Account):
        return ()
    actor = account.actor
    if not actor.roles & set(STAFF):
        return _of_administrators(request, actor)
    work = workload_of(actor, now().astimezone(CST).date().isoformat())
    entries = [
        _entry(request, say("今天"), reverse("today"), work.my_turn),
        _entry(request, say("全部任务"), f"{reverse('today')}?view=all", work.tasks),
        _entry(request, say("看板"), reverse("desk_board")),
        _entry(request, say("查找"), f"{reverse('desk_find')}?view=all"),
    ]
    if work.to_answer:
        entries.append(_entry(request, say("疑点待答复"), f"{reverse('today')}?view=findings", work.to_answer))
    if work.to_decide:
        entries.append(_entry(request, say("疑点待判断"), f"{reverse('today')}?view=findings", work.to_decide))
    entries.append(_entry(request, say("疑点"), reverse("desk_findings"), work.open_findings))
    if Role.HEAD in actor.roles:
        entries.append(_entry(request, say("签批"), reverse("desk_sign"), to_sign(account).count()))
    entries.append(_entry(request, say("会签"), reverse("desk_countersigns"), work.to_countersign or None))
    if Role.DESK in actor.roles:
        entries.append(_entry(request, say("异议"), reverse("desk_objections"), work.objections))
    entries.append(_entry(request, say("调度"), reverse("desk_calls"), work.calls or None))
    entries.append(_entry(request, say("督查"), reverse("desk_supervision"), work.visits or None))
    entries.append(_entry(request, say("督办"), reverse("desk_orders")))
    entries += [Entry(say("台账")), _entry(request, say("登记册"), reverse("desk_registers"))]
    if work.petitions or actor.roles & ENTER:
        entries.append(_entry(request, say("转办件"), reverse("desk_petitions"), work.petitions or None))
    if work.to_book_in:
        entries.append(_entry(request, say("待收文"), reverse("desk_numbers") + "?in=1", work.to_book_in))
    if Role.ACCEPTOR in actor.roles:
        entries.append(_entry(request, say("验收安排"), reverse("desk_visits"), work.to_accept or None))
    entries.append(_entry(request, say("督察"), reverse("desk_inspections")))
    entries.append(_entry(request, say("销号批次"), reverse("desk_batches")))
    entries.append(_entry(request, say("报告和表单"), reverse("desk_forms_room")))
    entries.append(_entry(request, say("单位和岗位"), reverse("desk_units")))
    if Role.CLERK in actor.roles:
        entries += [_entry(request, say("新建任务"), reverse("desk_new")), _entry(request, say("导入台账"), reverse("desk_import"))]
    entries.append(_entry(request, say("工作日历"), reverse("desk_calendar")))
    entries.append(_entry(request, say("我的账号"), reverse("me")))
    return tuple(entries)


def _of_administrators(request: HttpRequest, actor: Actor) -> tuple[Entry, ...]:
    """Each of the three sees their own rooms only."""
    entries = [_entry(request, say("我的职责"), reverse("today"))]
    if actor.roles & {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}:
        entries.append(_entry(request, say("账号"), reverse("desk_accounts")))
    if Role.SECURITY_ADMIN in actor.roles:
        waiting = RoleRequest.objects.filter(granted=None).count()
        entries.append(_entry(request, say("职责待确认"), reverse("desk_role_requests"), waiting))
        entries.append(_entry(request, say("接口令牌"), reverse("desk_tokens")))
    if Role.AUDIT_ADMIN in actor.roles:
        entries.append(_entry(request, say("审计日志"), reverse("desk_access_log")))
    else:
        entries.append(_entry(request, say("单位和岗位"), reverse("desk_units")))
    if Role.SYSTEM_ADMIN in actor.roles:
        entries.append(_entry(request, say("表单模板"), reverse("desk_forms_room")))
        entries.append(_entry(request, say("本系统"), reverse("desk_installation")))
    entries += [_entry(request, say("工作日历"), reverse("desk_calendar")), _entry(request, say("我的账号"), reverse("me"))]
    return tuple(entries)


def _entry(request: HttpRequest, words: Said, href: str, count: int | None = None) -> Entry:
    return Entry(words, href, count, current=request.get_full_path() == href)
