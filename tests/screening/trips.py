"""For every check: a sample that trips it and a near miss that must not. The registry test demands both of every check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from tests.screening.samples import (
    ANSWERS,
    NOTICE,
    PATROL,
    PIPE,
    REPORTS,
    honest,
    notice,
    publicity,
    record,
    statement,
    with_records,
)
from tests.screening.trips_paper import PAPER_NEAR_MISSES, PAPER_TRIPS
from tests.screening.trips_photo import PHOTO_NEAR_MISSES, PHOTO_TRIPS
from tests.screening.trips_series import SERIES_NEAR_MISSES, SERIES_TRIPS
from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.plan import Goal, Measure, Target
from xiaohao.dossier.record import Result
from xiaohao.dossier.series import Series
from xiaohao.kernel.workdays import official_calendar

Make = Callable[[], Dossier]

IN_PERSON = replace(PATROL, id="measure-2", text="县委书记和县长亲自研究部署，亲自督办。", kind="other")
LED = (ANSWERS[0], ("（二）县委书记、县长召开专题会议研究2次。", ("measure-2",)))
HEADS = ("person-5", "person-4")


def led(*people: tuple[str, ...], days: tuple[str, ...] = ("2023-03-15", "2023-07-12"), **changes: object) -> Dossier:
    """A measure that asks for the heads in person, and meetings with these people."""
    meetings = tuple(
        record(f"meeting-{n}", "meeting", day, org="org-county", people=who, measures=("measure-2",))
        for n, (who, day) in enumerate(zip(people, days, strict=False))
    )
    return honest(
        task={"first_responsible": HEADS},
        plan={"measures": (PIPE, IN_PERSON)},
        statements=(statement(LED),),
        records=with_records(*meetings, *changes.pop("more", ()), without=("rec-check-1", "rec-check-2", "rec-check-3")),  # type: ignore[misc]
        **changes,
    )


def studied(left_out: int = 0, entered: str | None = None, on: tuple[int, ...] = (0, 3), **more: object) -> Dossier:
    """Sessions every Monday and Thursday of 2023 up to the statement, the last `left_out` of them missing."""
    calendar = official_calendar()
    days = [date(2023, 1, 2) + timedelta(days=n) for n in range(284)]
    held = [day for day in days if day.weekday() in on and (calendar.is_workday(day) or on != (0, 3))]
    rows = tuple(
        record(
            f"study-{n}",
            "study",
            day.isoformat(),
            org="org-water",
            people=("person-1",),
            **({"recorded_at": entered} if entered else {}),
            **more,
        )
        for n, day in enumerate(held[: len(held) - left_out])
    )
    answers = (*ANSWERS, ("（三）2023年以来，每周一和周四组织干部职工学习。", ("measure-3",)))
    study = Measure(id="measure-3", number=3, text="组织学习。", kind="study", owner="org-water")
    return honest(plan={"measures": (PIPE, PATROL, study)}, statements=(statement(answers),), records=with_records(*rows))


def measured(values: tuple[float, ...], result: float | None = None) -> Dossier:
    """A river whose monthly ammonia from September 2023 on has these means, accepted in December."""
    csv = "time,value,mark\n" + "".join(f"2023-{9 + n:02}-15,{value},\n" for n, value in enumerate(values))
    goal = Goal(
        id="goal-1",
        text="石桥断面氨氮月均值不高于1.5毫克/升。",
        target=Target(indicator="氨氮", place="place-1", operator="<=", value=1.5, unit="mg/L", window="month", min_months=3),
    )
    results = (Result(indicator="氨氮", value=result, unit="ug/L", place="place-1", at="2023-11"),) if result else ()
    return honest(
        task={"done_at": "2023-08-31"},
        plan={"goals": (goal,)},
        records=with_records(
            record("acceptance", "acceptance", "2023-12-05", org="org-eco", people=("person-2", "person-3"), results=results),
            without=("rec-acceptance",),
        ),
        files=(
            File(
                id="file-1",
                path="series/a.csv",
                sha256="0" * 64,
                bytes=len(csv),
                media="text/csv",
                kind="series",
                recorded_at="2023-12-01T08:00:00+08:00",
            ),
        ),
        series=(
            Series(
                id="series-1",
                indicator="氨氮",
                place="place-1",
                unit="mg/L",
                kind="manual",
                interval="month",
                file="file-1",
                tasks=("task-1",),
            ),
        ),
        contents={"series/a.csv": csv.encode()},
    )


def _answers(second: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (ANSWERS[0], (second, ("measure-2",)))


EMPTY = (("（一）高度重视，扎实推动截污干管建设落地见效。", ("measure-1",)), ("（二）切实加强排水执法检查，取得明显成效。", ("measure-2",)))

TRIPS: Mapping[str, Make] = {
    "PUB-DAYS": lambda: honest(records=with_records(publicity("2023-09-26", "2023-10-07"), without=("rec-publicity",))),
    "NOTICE-LINT": lambda: honest(statements=(statement(), notice(NOTICE.replace("整改任务第五项完成", "整改任务第十项完成")))),
    "COVER": lambda: honest(
        statements=(statement((ANSWERS[0],)),), records=with_records(without=("rec-check-1", "rec-check-2", "rec-check-3"))
    ),
    "VAGUE": lambda: honest(statements=(statement(EMPTY),)),
    "ROLE-SEP": lambda: honest(task={"acceptor": "org-station"}),
    "STATUS-PLAN": lambda: honest(statements=(REPORTS[0], replace(REPORTS[1], date="2023-05-08", percent=100))),
    "NUM-CLAIM": lambda: honest(statements=(statement(_answers("（二）开展排水执法检查二十三次。")),)),
    "TARGET": lambda: measured((1.2, 1.8, 1.7)),
    "SESSION-GAP": lambda: studied(left_out=30),
    "LEADER-ACT": lambda: led(("person-6",), ("person-6",)),
    **PAPER_TRIPS,
    **PHOTO_TRIPS,
    **SERIES_TRIPS,
}

NEAR_MISSES: Mapping[str, Make] = {
    # ten working days only because 7 and 8 October, a weekend, were worked
    "PUB-DAYS": lambda: honest(records=with_records(publicity("2023-09-19", "2023-10-08"), without=("rec-publicity",))),
    # Arabic for Chinese numerals, half-width marks, a quotation cut with ……
    "NOTICE-LINT": lambda: honest(
        statements=(
            statement(),
            notice(NOTICE.replace("第五项完成", "第5项完成").replace("直排清沅河，石桥断面", "……石桥断面").replace("，", ",")),
        )
    ),
    # one paragraph answers both measures
    "COVER": lambda: honest(
        statements=(statement((("（一）（二）建成截污干管1200米，2023年8月30日竣工验收，排水执法检查3次。", ("measure-1", "measure-2")),)),)
    ),
    # a florid opening followed by facts
    "VAGUE": lambda: honest(statements=(statement(opening="高度重视，提高政治站位，扎实推进，取得明显成效。"),)),
    # the superior accepts; lead, supervisor and publisher are one
    "ROLE-SEP": lambda: honest(task={"acceptor": "org-city", "supervisor": "org-county"}),
    # one report left out: seventy-five points in three months
    "STATUS-PLAN": lambda: honest(statements=(REPORTS[0], replace(REPORTS[1], percent=100))),
    "NUM-CLAIM": lambda: honest(statements=(statement(_answers("（二）开展排水执法检查三余次，受理点设在305室。")),)),
    # equal to the limit
    "TARGET": lambda: measured((1.2, 1.5, 1.5)),
    "SESSION-GAP": lambda: studied(left_out=3),
    "LEADER-ACT": lambda: led(HEADS, HEADS),
    **PAPER_NEAR_MISSES,
    **PHOTO_NEAR_MISSES,
    **SERIES_NEAR_MISSES,
}
