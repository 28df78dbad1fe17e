"""What a notice still lacks: every gap at once, each with what would fill it. A unit that cannot answer a measure cannot publish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.said import say
from xiaohao.publicity.notice_content import Notice, NoticeHand

GATE = "notice_complete"


def missing(notice: Notice) -> tuple[Unmet, ...]:
    """The gaps of the notice, in the order of its parts; () when it may be published."""
    return tuple(
        Unmet(
            gate=GATE, fact=fact, basis=say("公示应当让人能够判断整改是否完成，并能提出异议。"), way=way, who=say("公示单位"), where=where
        )
        for fact, way, where in _gaps(notice)
    )


def _gaps(notice: Notice) -> Iterable[tuple[str, str, str]]:
    yield from _heading(notice)
    yield from _contents(notice)
    yield from _hands(notice.hands)
    yield from _ways(notice)


def _heading(notice: Notice) -> Iterable[tuple[str, str, str]]:
    if not notice.number:
        yield say("公示没有文号。"), say("登记公示文件并写明文号。"), notice.id
    if not notice.issuer:
        yield say("没有写明由谁公示。"), say("指定公示单位。"), notice.task
    if notice.issued_on == date.min:
        yield say("公示没有日期。"), say("写明公示日期。"), notice.id
    window = notice.window
    if window is None:
        yield say("没有写明公示起止日期。"), say("写明公示从哪天到哪天。"), notice.id
    elif window.end < window.start:
        yield say("公示结束日期早于开始日期。"), say("改正公示起止日期。"), notice.id


def _contents(notice: Notice) -> Iterable[tuple[str, str, str]]:
    if not notice.problem.strip():
        yield say("没有引用反馈的问题。"), say("照原文引用反馈的问题。"), notice.task
    if not notice.goals:
        yield say("没有整改目标。"), say("在方案中写明整改目标。"), notice.task
    if not notice.due:
        yield say("没有整改时限。"), say("写明整改时限。"), notice.task
    if not notice.measures:
        yield say("没有整改措施。"), say("在方案中写明整改措施。"), notice.task
    for measure in notice.measures:
        if not measure.answered:
            yield (
                say("第{number}项措施没有答复。", number=measure.number),
                say("在完成情况中逐项写明第{number}项措施的落实情况。", number=measure.number),
                measure.id,
            )
        elif not measure.records:
            yield (
                say("第{number}项措施的答复后面没有登记或佐证。", number=measure.number),
                say("补上第{number}项措施的记录，或改正答复。", number=measure.number),
                measure.id,
            )


def _hands(hands: tuple[NoticeHand, ...]) -> Iterable[tuple[str, str, str]]:
    for hand in hands:
        if not hand.unit:
            yield say("没有写明由谁{role}。", role=hand.role), say("指定{role}的单位。", role=hand.role), ""


def _ways(notice: Notice) -> Iterable[tuple[str, str, str]]:
    desk = notice.desk
    if desk.unit and not desk.phone:
        yield say("没有受理异议的电话。"), say("登记{unit}的电话。", unit=desk.unit), notice.task
    if desk.unit and not desk.address:
        yield say("没有受理书面异议的地址。"), say("登记{unit}的地址。", unit=desk.unit), notice.task
