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
from xiaohao.records import calls, petitions, registers, worklist
from xiaohao.records.countersigns import to_countersign
from xiaohao.records.findings import findings_seen_by, view_of
from xiaohao.records.models import Account, RoleRequest
from xiaohao.records.supervision import to_visit
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
    visible = worklist.visible_to(actor).order_by()
    entries = [
        _entry(request, say("今天"), reverse("today"), visible.filter(worklist.my_turn(actor)).count()),
        _entry(request, say("全部任务"), f"{reverse('today')}?view=all", visible.count()),
        _entry(request, say("看板"), reverse("desk_board")),
        _entry(request, say("查找"), f"{reverse('desk_find')}?view=all"),
    ]
    if answers := worklist.to_answer(actor).count():
        entries.append(_entry(request, say("疑点待答复"), f"{reverse('today')}?view=findings", answers))
    if decisions := worklist.to_decide(actor).count():
        entries.append(_entry(request, say("疑点待判断"), f"{reverse('today')}?view=findings", decisions))
    open_findings = view_of(findings_seen_by(actor), "answer", "").count() + view_of(findings_seen_by(actor), "decide", "").count()
    entries.append(_entry(request, say("疑点"), reverse("desk_findings"), open_findings))
    if Role.HEAD in actor.roles:
        entries.append(_entry(request, say("签批"), reverse("desk_sign"), worklist.to_sign(account).count()))
    entries.append(_entry(request, say("会签"), reverse("desk_countersigns"), len(to_countersign(actor, _today())) or None))
    if Role.DESK in actor.roles:
        entries.append(_entry(request, say("异议"), reverse("desk_objections"), worklist.open_objections(actor).count()))
    entries.append(_entry(request, say("调度"), reverse("desk_calls"), len(calls.owed_by(actor)) or None))
    entries.append(_entry(request, say("督查"), reverse("desk_supervision"), to_visit(actor) or None))
    entries.append(_entry(request, say("督办"), reverse("desk_orders")))
    entries += [Entry(say("台账")), _entry(request, say("登记册"), reverse("desk_registers"))]
    if waiting := petitions.open_for(actor).count():
        entries.append(_entry(request, say("转办件"), reverse("desk_petitions"), waiting))
    elif actor.roles & ENTER:
        entries.append(_entry(request, say("转办件"), reverse("desk_petitions")))
    if booked := len(registers.to_book_in(actor)):
        entries.append(_entry(request, say("待收文"), reverse("desk_numbers") + "?in=1", booked))
    if Role.ACCEPTOR in actor.roles:
        entries.append(_entry(request, say("验收安排"), reverse("desk_visits"), worklist.to_accept(actor).count() or None))
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


def _today() -> str:
    return now().astimezone(CST).date().isoformat()
