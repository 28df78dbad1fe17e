"""An office's rhythm of calls for progress: set once, and then each month or quarter the call goes out by itself, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from xiaohao.acts._beside import beside
from xiaohao.acts.calls import ISSUE, Asking, issue_call
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.acts.telling import people_of, tell
from xiaohao.dossier.supervision import CallRhythm
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.records import models, write
from xiaohao.records.calendar import office_calendar
from xiaohao.records.calls import may_be_asked
from xiaohao.records.models.filed import instant
from xiaohao.records.rhythms import Period, period_before, rhythms_in_force

#: A rhythm that could not send its call, told to the office once a period.
RESTS = "rhythm"
#: Every month has a day of that number.
LAST_DAY = 28


def set_rhythm(*, by: Actor, at: datetime, key: str, kind: str, day: int, answer_within: int, stopped: bool = False) -> Receipt:
    """Set the office's rhythm of that kind, in place of the one before. Raises Refused for a person who may not issue calls, and for figures that
    are out of range."""
    at = at.replace(microsecond=0)

    def unmet() -> Iterator[Unmet]:
        if not by.roles & ISSUE:
            yield _no(say("调度的节奏由整改办或督查人员定"), say("请整改办的人员登录后办理"))
        if kind not in ("monthly", "quarterly") or not 1 <= day <= LAST_DAY or answer_within < 1:
            yield _no(say("日子或答复天数不对"), say("每月（每季首月）1 日到 {last} 日之间，答复至少 1 个工作日", last=LAST_DAY))

    def rows() -> tuple[list[models.CallRhythm], dict[str, str]]:
        made = CallRhythm(
            id=id_from("rhythm", by.person, key),
            org=by.org,
            kind=kind,
            day=day,
            answer_within=answer_within,
            set_by=by.person,
            set_at=instant(at),
            stopped=stopped or None,
        )
        row = write.add(made)
        assert isinstance(row, models.CallRhythm)
        return [row], {"rhythm": row.pk}

    return beside("set_call_rhythm", by=by, at=at, key=key, unmet=unmet, write=rows)


def call_by_rhythm(at: datetime) -> int:
    """Issue the calls whose day has come; returns how many. The call's key is rhythm and period, so one that was cut off is not issued twice."""
    today = at.astimezone(CST).date()
    return sum(_issue(thing, at, today) for thing in rhythms_in_force())


def _issue(rhythm: CallRhythm, at: datetime, today: date) -> int:
    period = period_before(rhythm, today)
    key = f"{rhythm.id} {period.start}"
    if (
        period.issue > today
        or rhythm.set_at[:10] > period.issue.isoformat()
        or models.Done.objects.filter(actor=rhythm.set_by, key=key).exists()
    ):
        return 0
    account = models.Account.objects.filter(person=rhythm.set_by, person__org=rhythm.org, is_active=True).first()
    if account is None or not account.actor.roles & ISSUE:
        return _rests(rhythm, period, say("定这个节奏的人已不在岗"), at)
    tasks = tuple(may_be_asked(account.actor).values_list("pk", flat=True))
    if not tasks:
        return 0
    try:
        due = office_calendar().after(today, rhythm.answer_within)
    except CalendarUnknown as unknown:
        return _rests(rhythm, period, say("{year} 年工作日待公布，答复期限定不下来", year=unknown.year), at)
    asking = Asking(
        kind=rhythm.kind,
        title=_title(rhythm.kind, period),
        start=period.start,
        end=period.end,
        due=due,
        tasks=tasks,
        note=f"按 {rhythm.set_at[:10]} 定的节奏发出。",
    )
    try:
        issue_call(by=account.actor, at=at, key=key, asking=asking)
    except Refused as refused:
        return _rests(rhythm, period, refused.unmet[0].fact, at)
    return 1


def _rests(rhythm: CallRhythm, period: Period, why: str, at: datetime) -> int:
    """Nothing was sent; the office learns why, once for each period."""
    words = say("按节奏应在 {day} 发的调度没有发出：{why}", day=period.issue.isoformat(), why=why)
    tell(people_of({rhythm.org}, Role.CLERK, Role.SUPERVISOR), RESTS, rhythm.id, words, at, once=period.start.isoformat())
    return 0


def _title(kind: str, period: Period) -> str:
    """The call's name: officials' own words, so Chinese whatever the reader's language."""
    if kind == "monthly":
        return f"{period.start.year}年{period.start.month}月整改进展调度"
    return f"{period.start.year}年第{period.end.month // 3}季度整改进展调度"


def _no(fact: Said, way: Said) -> Unmet:
    return Unmet(gate="rhythm", fact=fact, basis=say("定期调度，逐项措施答复，如实报告。"), way=way, who=say("整改办"))
