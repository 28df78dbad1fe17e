"""A small fictional case with one goal and one series, made to order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Org, Place
from xiaohao.dossier.plan import Goal, Plan, Target
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.dossier.task import Task

RECORDED = "2021-01-01T09:00:00+08:00"


def goal(**changes: object) -> Goal:
    """氨氮月均值不高于 1.5 mg/L, kept for three months, unless changed."""
    wanted = {
        "indicator": "氨氮",
        "place": "place-point",
        "operator": "<=",
        "value": 1.5,
        "unit": "mg/L",
        "window": "month",
        "min_months": 3,
    }
    return Goal(id="goal-1", text="石桥断面氨氮达标。", target=Target(**{**wanted, **changes}))  # type: ignore[arg-type]


def case(
    the_goal: Goal,
    csv: str | None,
    *,
    unit: str = "mg/L",
    interval: str = "day",
    marks: Mapping[str, str] | None = None,
    place: str = "place-point",
    records: tuple[Record, ...] = (),
) -> Dossier:
    """A dossier of task-1 with `csv` (without its header) as its only series; none when it is None."""
    task = Task(id="task-1", list="list-1", number=1, problem="青柳河氨氮超标。", kind="deadline", owner="org-1")
    plan = Plan(id="plan-1", task="task-1", version=1, author="org-1", date="2021-01-01", recorded_at=RECORDED, goals=(the_goal,))
    series = Series(
        id="series-1",
        indicator="氨氮",
        place=place,
        unit=unit,
        kind="auto",
        interval=interval,
        marks=marks,
        file="file-1",
        tasks=("task-1",),
    )
    file = File(id="file-1", path="s.csv", sha256="", bytes=0, media="text/csv", kind="series", recorded_at=RECORDED)
    return Dossier(
        id="case",
        kind="dossier",
        made_at=RECORDED,
        orgs=(Org(id="org-1", name="青禾县住建局", level="county", kind="department"),),
        places=(
            Place(id="place-river", name="青柳河", kind="water"),
            Place(id="place-point", name="石桥断面", kind="point", parent="place-river"),
        ),
        tasks=(task,),
        plans=(plan,),
        records=records,
        series=(series,) if csv is not None else (),
        files=(file,) if csv is not None else (),
        contents={"s.csv": f"time,value,mark\n{csv}".encode()} if csv is not None else {},
    )


def daily(first: str, last: str, value: Callable[[date], float | str]) -> str:
    """Lines of a daily series; the function gives the rest of the line (a number, or `value,mark` as text)."""
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    lines: list[str] = []
    while day <= end:
        lines.append(f"{day},{value(day)}")
        day += timedelta(days=1)
    return "\n".join(lines)


def monthly(values: Iterable[tuple[str, float]]) -> str:
    return "\n".join(f"{month}-15,{value}," for month, value in values)
