"""The writing of a story: a case of the demonstration put down in few words, with ids that follow from its number.

Units and people are named by their short keys of cast.py (`park`, `park-1`), moments as `2026-03-03T09:00`, days as `2026-03-03`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.oversight import WatchPlan
from xiaohao.dossier.plan import Goal, Measure, Plan, Quantity, Target
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Limit, Series
from xiaohao.dossier.statement import Span, Statement
from xiaohao.dossier.task import Task
from xiaohao.seeds.moments import LAST_EVENING, end_of_month, moment, seen
from xiaohao.seeds.photos import Shot, photo, signed_page
from xiaohao.seeds.seats import seat
from xiaohao.seeds.story import Story, Taken, Walk

#: Fields of a record that name units, places or people.
_UNITS, _PEOPLE = ("org", "other_org"), ("recorded_by", "person")
DEFAULT, COUNTY = "default", "county-closes-city-reviews"


@dataclass(frozen=True, slots=True)
class Said:
    """What a statement says about one measure (None: in general). Rows that name the measure stand behind it anyway; `evidence` are ids of
    documents and files, and of rows that do not."""

    measure: int | None
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one case; `no` is its address (`qh2025a-3`), from which every id on it follows."""

    no: str

    def id(self, kind: str, *parts: object) -> str:
        return "-".join((kind, self.no, *map(str, parts)))

    @property
    def task_id(self) -> str:
        return f"task-{self.no}"

    # What is to be done ---------------------------------------------------------------------------------------------------------------

    def task(self, title: str, problem: str, *, kind: str, nature: str, due: str, due_words: str, **more: Any) -> Task:
        """The task; `heads` are its first responsible persons, all other unit roles are named by their fields."""
        code, _, number = self.no.rpartition("-")
        units: dict[str, Any] = {name: f"org-{more.pop(name)}" for name in _TASK_UNITS if name in more}
        heads = tuple(f"person-{key}" for key in more.pop("heads", ()))
        places = tuple(f"place-{key}" for key in more.pop("places", ()))
        return Task(
            id=self.task_id,
            list=f"list-{code}",
            number=int(number),
            title=title,
            problem=problem,
            kind=kind,
            nature=nature,
            due=due,
            due_words=due_words,
            first_responsible=heads,
            places=places,
            **{**_USUAL_UNITS, **units},
            **more,
        )

    def goal(self, number: int, text: str, target: Target | None = None, **more: Any) -> Goal:
        return Goal(id=self.id("goal", number), text=text, target=target, **more)

    def measure(self, number: int, text: str, kind: str, owner: str, due: str, **more: Any) -> Measure:
        return Measure(id=self.measure_id(number), number=number, text=text, kind=kind, owner=f"org-{owner}", due=due, **more)

    def measure_id(self, number: int) -> str:
        return self.id("measure", number)

    def plan(self, day: str, goals: Iterable[Goal], measures: Iterable[Measure], document: str | None = None, *, version: int = 1) -> Plan:
        return Plan(
            id=self.id("plan", version),
            task=self.task_id,
            version=version,
            author="org-countyoffice",
            document=document,
            date=day,
            recorded_at=seen(day),
            goals=tuple(goals),
            measures=tuple(measures),
        )

    # Rows -----------------------------------------------------------------------------------------------------------------------------

    def row_id(self, key: str) -> str:
        return self.id("rec", key)

    def row(self, key: str, kind: str, day: str, *measures: int, at: str | None = None, **more: Any) -> Record:
        """A register row of that day, entered in the evening or `at` another moment; `people` is a string of keys."""
        named: dict[str, Any] = {name: f"org-{more.pop(name)}" for name in _UNITS if name in more}
        named |= {name: f"person-{more.pop(name)}" for name in _PEOPLE if name in more}
        people = tuple(f"person-{person}" for person in more.pop("people", "").split())
        place: dict[str, Any] = {"place": f"place-{more.pop('place')}"} if "place" in more else {}
        return Record(
            id=self.row_id(key),
            type=kind,
            tasks=(self.task_id,),
            measures=tuple(map(self.measure_id, measures)),
            date=day,
            recorded_at=seen(at or day),
            people=people,
            **named,
            **place,
            **more,
        )

    def rows(
        self, key: str, kind: str, days: Iterable[str], *measures: int, entered_by: str = LAST_EVENING, **more: Any
    ) -> tuple[Record, ...]:
        """A row for each of the days, keyed `key-1`, `key-2` …; those of one month are entered together on its last working day, or on the day
        `entered_by` if that comes before."""
        return tuple(
            self.row(f"{key}-{number}", kind, day, *measures, at=min(end_of_month(day), entered_by), **more)
            for number, day in enumerate(days, start=1)
        )

    def pledge(self, stage: str, org: str, people: str, at: str, **more: Any) -> Record:
        """A signature for the truth of what is handed in at that stage."""
        return self.row(f"pledge-{stage}", "pledge", at[:10], at=at, stage=stage, org=org, people=people, text=PLEDGED, **more)

    def secrecy_check(self, at: str, org: str = "countyoffice", people: str = "countyoffice-2") -> Record:
        """Somebody other than the publisher signs that the notice holds nothing secret or personal."""
        text = "公示内容已审查，不涉及国家秘密、商业秘密和个人信息。"
        return self.row("secrecy", "consent", at[:10], at=at, stage="confidentiality", org=org, people=people, text=text)

    def document(self, key: str, number: str, title: str, kind: str, issuer: str, day: str, **more: Any) -> Document:
        return Document(
            id=self.id("doc", key),
            number=number,
            title=title,
            kind=kind,
            issuer=f"org-{issuer}",
            date=day,
            recorded_at=seen(more.pop("at", day)),
            tasks=(self.task_id,),
            **more,
        )

    def file(self, key: str, path: str, content: bytes, media: str, kind: str, at: str, **more: Any) -> tuple[File, bytes]:
        """A file and its bytes."""
        place: dict[str, Any] = {"place": f"place-{more.pop('place')}"} if "place" in more else {}
        file = File(
            id=self.id("file", key),
            path=path,
            sha256=hashlib.sha256(content).hexdigest(),
            bytes=len(content),
            media=media,
            kind=kind,
            tasks=(self.task_id,),
            recorded_at=seen(at),
            **place,
            **more,
        )
        return file, content

    def photo(self, key: str, shot: Shot, at: str, place: str, caption: str) -> tuple[File, bytes]:
        """A photo drawn by code, entered at that moment."""
        return self.file(
            f"photo-{key}",
            f"photos/{self.no}-{key}.jpg",
            photo(shot),
            "image/jpeg",
            "photo",
            at,
            phase=shot.phase,
            place=place,
            lat=shot.lat,
            lon=shot.lon,
            bearing=shot.bearing,
            captured_at=shot.taken.isoformat(),
            claimed_at=shot.taken.date().isoformat(),
            device="现场取证终端",
            caption=caption,
        )

    def scan(self, key: str, at: str) -> tuple[File, bytes]:
        """The scan of a page signed on paper."""
        return self.file(f"scan-{key}", f"scans/{self.no}-{key}.jpg", signed_page(self.id(key)), "image/jpeg", "scan", at)

    def series(self, key: str, target: Target, source: str, readings: Iterable[tuple[str, float]], at: str) -> Monitoring:
        """Monthly readings of the target's indicator with the file that holds them, entered at that moment."""
        lines = "".join(f"{day},{value:g},\n" for day, value in readings)
        file, content = self.file(
            f"series-{key}", f"series/{self.no}-{key}.csv", ("time,value,mark\n" + lines).encode(), "text/csv", "series", at
        )
        series = Series(
            id=self.id("series", key),
            indicator=target.indicator,
            place=target.place,
            unit=target.unit,
            source=f"org-{source}",
            kind="manual",
            interval="month",
            resolution=0.01,
            limits=(Limit(operator=target.operator, value=target.value, window="month", basis="整改目标"),),
            file=file.id,
            tasks=(self.task_id,),
        )
        return Monitoring(series, file, content)

    # What is said ---------------------------------------------------------------------------------------------------------------------

    def statement(self, kind: str, author: str, at: str, parts: Iterable[Said], key: str = "", **more: Any) -> Statement:
        """A statement of parts, each tied to its measure and to the rows behind it."""
        text, spans = "", []
        for part in parts:
            if part.measure is not None:
                end = len(text) + len(part.text)
                spans.append(Span(start=len(text), end=end, measures=(self.measure_id(part.measure),), evidence=part.evidence))
            text += part.text
        return Statement(
            id=self.id("st", kind, *([key] if key else [])),
            task=self.task_id,
            kind=kind,
            author=f"org-{author}",
            date=at[:10],
            recorded_at=seen(at),
            text=text,
            spans=tuple(spans),
            **more,
        )

    def watch_plan(self, months: int = 12, k: int = 2, n: int = 3) -> WatchPlan:
        return WatchPlan(id=self.id("watch"), task=self.task_id, months=months, k=k, n=n)

    def story(
        self,
        task: Task,
        taken: Iterable[Taken],
        *,
        clerk: str,
        hands: str = "",
        rulebook: str = DEFAULT,
        files: Iterable[tuple[File, bytes]] = (),
        monitoring: Iterable[Monitoring] = (),
        **registers: Any,
    ) -> Story:
        """The whole: the case, and what was done to it. `registers` are those of a Dossier."""
        filed: dict[str, Any] = {name: tuple(value) for name, value in registers.items()}
        kept, monitored = tuple(files), tuple(monitoring)
        contents: Mapping[str, bytes] = {file.path: content for file, content in kept} | {m.file.path: m.content for m in monitored}
        case = Dossier(
            id=f"case-{self.no}",
            kind="dossier",
            made_at=seen("2026-03-03T09:00"),
            title=task.title,
            tasks=(task,),
            files=(*(file for file, _ in kept), *(m.file for m in monitored)),
            series=tuple(m.series for m in monitored),
            contents=contents,
            **filed,
        )
        return Story(Walk(case, seat(clerk), rulebook, tuple(map(seat, hands.split()))), tuple(taken))


@dataclass(frozen=True, slots=True)
class Monitoring:
    """A series with the file that holds its readings."""

    series: Series
    file: File
    content: bytes


PLEDGED = "对所报材料和整改结果的真实性负责，愿意承担终身责任。"

_TASK_UNITS = ("owner", "lead", "supervisor", "acceptor", "reviewer", "assessor", "publisher", "desk", "closer")
#: Who it is in most tasks of the county.
_USUAL_UNITS = {
    "lead": "org-countyoffice",
    "supervisor": "org-countysupervision",
    "reviewer": "org-cityoffice",
    "publisher": "org-countyoffice",
    "desk": "org-citydesk",
}


def took(step: str, at: str, by: str | None, what: object = None, *, refused: str = "") -> Taken:
    """One thing done; `refused` names the gates that said no, parted by blanks."""
    return Taken(step, moment(at), seat(by) if by else None, what, tuple(refused.split()))


def quantity(name: str, value: float, unit: str) -> Quantity:
    return Quantity(name=name, value=value, unit=unit)
