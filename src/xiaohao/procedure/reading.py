"""One table of a TOML file, read name by name; what is missing, misspelt or out of range is collected, so that all of it is said at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from xiaohao.kernel.said import Said, say

Harmless = TypeVar("Harmless")


@dataclass(slots=True)
class Table:
    """`where` is the table's name in the file ("" for the root), `faults` the list shared by the whole file. Readers return a harmless
    value after a fault; the caller looks at `faults` before using anything."""

    where: str
    values: Mapping[str, Any]
    faults: list[Said]
    parts: list[Table] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    def fault(self, what: Said) -> None:
        self.faults.append(say("{where}：{what}", where=f"[{self.where}]" if self.where else say("规程"), what=what))

    def text(self, name: str, default: str | None = None) -> str:
        value = self._taken(name, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value
        return self._wrong(name, value, say("应为非空文字"), "")

    def number(self, name: str, *, least: int) -> int:
        value = self._taken(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        return self._wrong(name, value, say("应为不小于 {least} 的整数", least=least), least)

    def whole(self, name: str) -> int | None:
        """A whole number of at least 1, None where the file does not say."""
        return self.number(name, least=1) if name in self.values else None

    def share(self, name: str) -> float | None:
        """A fraction between 0 and 1, None where the file does not say."""
        if name not in self.values:
            return None
        value = self._taken(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        return self._wrong(name, value, say("应为 0 到 1 之间的数"), 0.0)

    def yes_or_no(self, name: str) -> bool:
        value = self._taken(name)
        return value if isinstance(value, bool) else self._wrong(name, value, say("应为 true 或 false"), False)

    def choice(self, name: str, among: tuple[str, ...]) -> str:
        value = self._taken(name)
        return (
            value
            if isinstance(value, str) and value in among
            else self._wrong(name, value, say("只能是 {among}", among="、".join(among)), among[0])
        )

    def words(self, name: str, among: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self._taken(name)
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            return self._wrong(name, value, say("应为文字的列表"), ())
        for word in value:
            if among and word not in among:
                self.fault(say("{name} 中的“{word}”不认识，只能是 {among}", name=name, word=word, among="、".join(among)))
        return tuple(value)

    def table(self, name: str, *, optional: bool = False) -> Table:
        value = self._taken(name, {} if optional else None)
        if not isinstance(value, dict):
            self._wrong(name, value, say("应为一节"), None)
            part = Table(name, {}, [])  # what is missing inside a missing part would only bury the first fault
        else:
            part = Table(name, value, self.faults)
        self.parts.append(part)
        return part

    def tables(self, name: str) -> tuple[Table, ...]:
        """Every table of an array of tables ([[name]]), () where the file has none."""
        value = self._taken(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            return self._wrong(name, value, say("应为几节"), ())
        found = tuple(Table(f"{self.where}.{name}" if self.where else name, one, self.faults) for one in value)
        self.parts.extend(found)
        return found

    def all_text(self, among: tuple[str, ...]) -> dict[str, str]:
        """Every name of the table with its text; names outside `among` are left to `finish`."""
        return {name: self.text(name) for name in self.values if name in among}

    def finish(self) -> None:
        """Fault every name that nobody asked for, here and in the parts."""
        for name in self.values:
            if name not in self.read:
                self.fault(say("不认识的名称“{name}”", name=name))
        for part in self.parts:
            part.finish()

    def _taken(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return self.values.get(name, default)

    def _wrong(self, name: str, value: Any, wanted: Said, harmless: Harmless) -> Harmless:
        if value is None:
            self.fault(say("缺“{name}”，{wanted}", name=name, wanted=wanted))
        else:
            self.fault(say("“{name}”写的是 {value}，{wanted}", name=name, value=str(value)[:60], wanted=wanted))
        return harmless
