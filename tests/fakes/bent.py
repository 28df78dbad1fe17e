"""A bundle as another author would bend it: not the values of the program but the JSON of DOSSIER.md, rows added, sentences put in, fields taken out."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.fakes.paper_world import County
from xiaohao.dossier import Dossier
from xiaohao.dossier.bundle import read_bundle
from xiaohao.dossier.codec import dossier_to_json

Row = dict[str, Any]


def days(day: str, by: int) -> str:
    """The day so many days later."""
    return (date.fromisoformat(day[:10]) + timedelta(days=by)).isoformat()


def seen(day: str, by: int = 1, clock: str = "10:20:00") -> str:
    """When the system saw something of that day."""
    return f"{days(day, by)}T{clock}+08:00"


class Bent:
    """The bundle of a county with one honest task, open to changes."""

    def __init__(self, county: County, rng: Random) -> None:
        self.value: dict[str, Any] = json.loads(json.dumps(dossier_to_json(county.dossier())))
        self.rng = rng
        self.made = 900
        self.contents: dict[str, bytes] = {}

    # What is there ------------------------------------------------------------------------------------------------------

    @property
    def task(self) -> Row:
        return self.value["tasks"][0]

    @property
    def plan(self) -> Row:
        """The plan in force: the one under the city's."""
        return next(p for p in reversed(self.value["plans"]) if p["task"] == self.task["id"] and p.get("under"))

    def find(self, id_: str) -> Row:
        return next(row for part in self.value.values() if isinstance(part, list) for row in part if row["id"] == id_)

    def said(self, kind: str = "completion") -> Row:
        return next(s for s in reversed(self.value["statements"]) if s["task"] == self.task["id"] and s["kind"] == kind)

    def reports(self) -> list[Row]:
        return [s for s in self.value["statements"] if s["task"] == self.task["id"] and s["kind"] == "progress"]

    def rows(self, *types: str) -> list[Row]:
        return [r for r in self.value["records"] if self.task["id"] in r.get("tasks", []) and (not types or r["type"] in types)]

    def staff(self) -> list[str]:
        return [p["id"] for p in self.value["people"] if p["org"] == self.task["owner"]]

    @property
    def county(self) -> Row:
        """The unit in charge."""
        return self.find(self.task["lead"])

    @property
    def done(self) -> str:
        return str(self.task["done_at"])

    # What is changed ----------------------------------------------------------------------------------------------------

    def new(self, prefix: str) -> str:
        self.made += 1
        return f"{prefix}-{self.made}"

    def put(self, register: str, row: Row) -> Row:
        self.value.setdefault(register, []).append(row)
        return row

    def add(self, kind: str, day: str, late: int = 1, **more: Any) -> Row:
        """A row of a register."""
        row = {"id": self.new("rec"), "type": kind, "date": day, "tasks": [self.task["id"]], "recorded_at": seen(day, late), **more}
        return self.put("records", row)

    def drop(self, rows: list[Row]) -> None:
        ids = {row["id"] for row in rows}
        self.value["records"] = [r for r in self.value["records"] if r["id"] not in ids]
        for statement in self.value["statements"]:
            for span in statement.get("spans", []):
                span["evidence"] = [one for one in span.get("evidence", []) if one not in ids]

    def answer(self, number: int, text: str | None = None, *, more: str = "") -> None:
        """Give an answer of the completion statement other words, or more of them."""
        said = self.said()
        span = said["spans"][number]
        start, end = span["start"], span["end"]
        text = said["text"][start:end] + more if text is None else text
        said["text"] = said["text"][:start] + text + said["text"][end:]
        by = len(text) - (end - start)
        for other in said["spans"]:
            if other is span:
                other["end"] += by
            elif other["start"] >= end:
                other["start"] += by
                other["end"] += by

    def replaced(self, old: str, new: str, kind: str = "notice") -> None:
        """Other words in the notice, its marked stretches moved along. Raises ValueError when the words are not there."""
        said = self.said(kind)
        at = said["text"].index(old)
        said["text"] = said["text"].replace(old, new, 1)
        for span in said.get("spans", []):
            if span["start"] > at:
                span["start"] += len(new) - len(old)
                span["end"] += len(new) - len(old)

    def series(self, rows: list[tuple[str, str]], **more: Any) -> str:
        """A series of readings with its file."""
        series, file = self.new("series"), self.new("file")
        content = ("time,value,mark\n" + "".join(f"{at},{value},\n" for at, value in rows)).encode()
        path = f"series/{series}.csv"
        self.contents[path] = content
        self.put("files", {"id": file, "path": path, "media": "text/csv", "kind": "series", "recorded_at": f"{rows[-1][0]}T20:00:00+08:00",
                           "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)})  # fmt: skip
        self.put("series", {"id": series, "file": file, "tasks": [self.task["id"]], "kind": "auto", "interval": "day", **more})
        return series

    def dossier(self) -> Dossier:
        """Read again, as a bundle that came from elsewhere."""
        dossier, problems = read_bundle(json.dumps(self.value).encode(), self.contents)
        wrong = [problem for problem in problems if problem.kind in ("json", "schema", "reference")]
        assert not wrong, wrong[0].message
        return dossier
