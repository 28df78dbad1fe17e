"""The notice as plain official text: what a county pastes into its web site, what our own reader reads back, what the statement in the case file keeps."""

from __future__ import annotations

from collections.abc import Iterable

from xiaohao.publicity.notice_content import Notice, NoticeGoal, NoticeMeasure
from xiaohao.publicity.window import unit_words
from xiaohao.publicity.words import day_words, ordinal

#: What every notice says about objections: that they suspend the closing, and that nobody is named.
OBJECTIONS_SUSPEND = (
    "任何单位和个人对上述情况有异议的，请在公示期内以书面、电话或网上方式提出。有异议未答复的，不予销号；答复向社会公开，不公开提出人身份。"
)


def notice_text(notice: Notice) -> str:
    """The whole notice, one paragraph a line, in the order of an official document."""
    return "\n".join(_lines(notice)) + "\n"


def window_sentence(notice: Notice) -> str:
    """公示时间：2026年2月25日至2026年3月9日，共10个工作日; "" without a window."""
    window = notice.window
    if window is None:
        return ""
    days = f"，共{window.days}{_counter(notice)}" if window.days else ""
    return f"公示时间：{day_words(window.start)}至{day_words(window.end)}{days}。"


def due_words(notice: Notice) -> str:
    """2025年底前（限期整改）; the kind of the task only where the words do not say it themselves."""
    return notice.due + (f"（{notice.kind}）" if notice.kind and notice.kind not in notice.due else "")


def _counter(notice: Notice) -> str:
    words = unit_words(notice.window.unit) if notice.window else ""
    return f"个{words}" if words == "工作日" else words


def _lines(notice: Notice) -> Iterable[str]:
    yield notice.title
    if notice.number:
        yield notice.number
    yield notice.opening
    yield "一、反馈的问题"
    yield f"“{notice.problem}”" + (f"（{notice.source}）" if notice.source else "")
    yield f"责任单位：{'、'.join(notice.units)}"
    yield "二、整改目标及时限"
    yield from _goals(notice.goals)
    if notice.due:
        yield f"整改时限：{due_words(notice)}"
    yield "三、整改措施及落实情况"
    for measure in notice.measures:
        yield from _measure(measure)
    yield "四、整改、验收、审核和受理异议的单位"
    yield from (f"{hand.role}：{hand.unit or '未指定'}" + (f"（{hand.note}）" if hand.note else "") for hand in notice.hands)
    if notice.self_acceptance:
        yield notice.self_acceptance
    yield "五、公示期和异议"
    yield from (line for line in (window_sentence(notice), notice.calendar) if line)
    yield OBJECTIONS_SUSPEND
    yield from _desk(notice)
    yield notice.issuer
    yield day_words(notice.issued_on)


def _goals(goals: tuple[NoticeGoal, ...]) -> Iterable[str]:
    for number, goal in enumerate(goals, start=1):
        head = f"（{ordinal(number)}）" if len(goals) > 1 else ""
        yield f"{head}整改目标：{goal.text}"
        if goal.result:
            yield f"达到情况：{goal.result}"


def _measure(measure: NoticeMeasure) -> Iterable[str]:
    owner = f"（{measure.owner}负责）" if measure.owner else ""
    yield f"（{ordinal(measure.number)}）整改措施：{measure.text}{owner}"
    records = f"（登记和佐证：{'；'.join(measure.records)}）" if measure.records else ""
    yield f"落实情况：{measure.answer or '未答复'}{records}"


def _desk(notice: Notice) -> Iterable[str]:
    desk = notice.desk
    yield from (
        f"{label}：{value}" for label, value in (("受理部门", desk.unit), ("联系电话", desk.phone), ("联系地址", desk.address)) if value
    )
