"""How many fakes each check finds, and on how many honest twins it speaks: `python -m tests.fakes.measure --write` renews the table in
docs/screening.md (of the checks that are named only their rows); without --write it prints it.

A family is a module with `FAMILIES` and `make(check, seed, grade)`. The same seeds give the same table.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.fakes import paper, photos, series
from xiaohao.dossier import Dossier
from xiaohao.screening.catalogue import catalogue
from xiaohao.screening.checks import CHECKS
from xiaohao.screening.run import screen

GRADES = ("obvious", "careful", "cunning")
#: What the project promises on dossiers that nobody has seen (issue "Screening", 1).
RECALL = {"obvious": 0.98, "careful": 0.90, "cunning": 0.70}
FALSE_ALARMS = 0.02

#: Dossiers of each grade, and twins, in the table of the docs.
EACH, TWINS = 20, 50

DOCS = Path(__file__).resolve().parents[2] / "docs" / "screening.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

Make = Callable[[str, int, str | None], Dossier]
FAMILIES: Mapping[str, Make] = {check: module.make for module in (paper, photos, series) for check in module.FAMILIES}


@dataclass(frozen=True)
class Measured:
    """Of `fakes` in each grade so many were `found`; of `twins` the check spoke on `alarms`, and other checks on `others`."""

    check: str
    fakes: int
    found: Mapping[str, int]
    twins: int
    alarms: int
    others: int

    def recall(self, grade: str) -> float:
        return self.found[grade] / self.fakes

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.twins

    @property
    def precision(self) -> float:
        """Of all dossiers on which the check spoke, the share that were fakes (as many twins as fakes)."""
        hits = sum(self.found.values()) / (3 * self.fakes)
        return hits / (hits + self.false_alarms) if hits else 0.0

    @property
    def holds(self) -> bool:
        return all(self.recall(grade) >= RECALL[grade] for grade in GRADES) and self.false_alarms <= FALSE_ALARMS


def measure(check: str, each: int = EACH, twins: int = TWINS, first: int = 0) -> Measured:
    """Screen `each` fakes of every grade and so many twins of one check, from the seed `first` on."""
    make = FAMILIES[check]
    found = {grade: sum(check in spoken(make(check, seed, grade)) for seed in range(first, first + each)) for grade in GRADES}
    said = [spoken(make(check, seed, None)) for seed in range(first, first + twins)]
    return Measured(check, each, found, twins, sum(check in one for one in said), sum(bool(_own(check, one)) for one in said))


def spoken(dossier: Dossier) -> Counter[str]:
    return Counter(finding.check for finding in screen(dossier).findings)


def _own(check: str, said: Counter[str]) -> set[str]:
    """Other checks of the same family that spoke on an honest twin: they should not either."""
    family = next(module.FAMILIES for module in (paper, photos, series) if check in module.FAMILIES)
    return {one for one in said if one != check and one in family}


def table(measured: Iterable[Measured]) -> str:
    rows = [
        "| 核对 | 名称 | 明显 | 仔细 | 狡猾 | 孪生误报 | 精确率 | 孪生上别的核对出声 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| [{m.check}](checks/{m.check}.md) | {catalogue()[m.check].title} | "
        + " | ".join(f"{m.recall(grade):.2f}" for grade in GRADES)
        + f" | {m.alarms}/{m.twins} | {m.precision:.3f} | {m.others}/{m.twins} |"
        for m in measured
    ]
    return "\n".join(rows)


def renewed(shown: str, fresh: str) -> str:
    """The table that is shown with the rows of the fresh one in their places."""
    head = fresh.splitlines()[:2]
    rows = {_check_of(row): row for row in (*shown.splitlines(), *fresh.splitlines()) if row.startswith("| [")}
    return "\n".join((*head, *(rows[check] for check in catalogue() if check in rows)))


def _check_of(row: str) -> str:
    return row.removeprefix("| [").partition("]")[0]


def checks() -> tuple[str, ...]:
    """Measured checks in the order of the catalogue."""
    known = {check.ID for check in CHECKS}
    return tuple(check for check in catalogue() if check in FAMILIES and check in known)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checks", nargs="*", help="only these checks; the rows of the others stay as they are")
    parser.add_argument("--write", action="store_true", help="renew the table in docs/screening.md")
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--twins", type=int, default=TWINS)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    found = [measure(check, args.each, args.twins, args.first) for check in args.checks or checks()]
    text = table(found)
    if args.write:
        page = DOCS.read_text("utf-8")
        before, shown, after = page.partition(BEGIN)[0], page.partition(BEGIN)[2].partition(END)[0], page.partition(END)[2]
        DOCS.write_text(f"{before}{BEGIN}\n{renewed(shown, text) if args.checks else text}\n{END}{after}", "utf-8")
    print(text)  # noqa: T201 - the command's output


if __name__ == "__main__":
    main()
