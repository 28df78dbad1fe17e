"""Entering a year of the working-day calendar from the official notice, or putting an entered year right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.rules import CalendarYear
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.records import models

_SATURDAY = 5
#: No official notice has ever named so many days off beside the weekends, nor so many adjusted working days.
_MOST_OFF, _MOST_ON = 60, 20


def enter_year(*, by: Actor, at: datetime, key: str, year: int, notice: str, off: frozenset[date], on: frozenset[date]) -> Receipt:
    """Enter the days of a year with the number of the notice that announced them; from now on every count uses them. Raises Refused for anybody
    but the system administrator, and for days that no notice can mean."""
    if done := models.Done.objects.filter(actor=by.person, key=key).first():
        return Receipt(done.act, done.task, done.entry, done.at, done.result)
    at = at.replace(microsecond=0)
    if wrong := tuple(_wrong(by, year, notice, off, on)):
        raise Refused("enter_year", wrong)
    with transaction.atomic(durable=not settings.TESTING):
        thing = CalendarYear(id=f"calendar-{year}", year=year, notice=notice.strip(), holidays=_iso(off), workdays=_iso(on))
        row = models.CalendarYear.of(thing)
        row.save()
        entry = append_entry(EntryType.ACT, step="enter_year", by=by, at=at, rows=[row])
        done = models.Done.objects.create(actor=by.person, key=key, act="enter_year", entry=entry.index, at=at, result={"year": year})
        return Receipt(done.act, done.task, done.entry, done.at, done.result)


def _iso(days: frozenset[date]) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in sorted(days))


def _wrong(by: Actor, year: int, notice: str, off: frozenset[date], on: frozenset[date]) -> Iterator[Unmet]:
    if Role.SYSTEM_ADMIN not in by.roles:
        yield _unmet(say("工作日历由系统管理员录入"), say("请系统管理员登录后办理"))
    if not notice.strip():
        yield _unmet(say("没有写明通知的文号"), say("照通知写文号，如 国办发明电〔2025〕7号"))
    if not off:
        yield _unmet(say("没有写明放假的日子"), say("照通知逐段录入"))
    if len(off) > _MOST_OFF or len(on) > _MOST_ON:
        yield _unmet(say("放假 {off} 天、调休上班 {on} 天，不像一年的安排", off=len(off), on=len(on)), say("请与通知逐段核对"))
    for day in sorted(day for day in off | on if day.year != year):
        yield _unmet(say("{day} 不在 {year} 年", day=day.isoformat(), year=year), say("请与通知逐段核对"))
    for day in sorted(off & on):
        yield _unmet(say("{day} 既写作放假，又写作上班", day=day.isoformat()), say("请与通知逐段核对"))
    for day in sorted(day for day in on if day.weekday() < _SATURDAY):
        yield _unmet(say("{day} 不是周末，本来就上班", day=day.isoformat()), say("调休上班只写周六、周日"))


def _unmet(fact: Said, way: Said) -> Unmet:
    return Unmet(gate="calendar", fact=fact, basis=say("工作日以国务院办公厅每年的节假日安排通知为准"), way=way, who=say("系统管理员"))
