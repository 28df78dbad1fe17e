"""How the system says no: every reason at once, each with its basis and the way to meet it.

A refusal is an answer, not an error: pages print it, other systems read it as JSON, the journal records it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unmet:
    """One gate that is not met.

    `gate` is the gate's name, `fact` what is the case now, `basis` where the rule is written, `way` what would meet it,
    `who` the role or unit that can mend it, `where` the id in the dossier that shows the gap ("" when it is the task itself).
    """

    gate: str
    fact: str
    basis: str
    way: str
    who: str
    where: str = ""


class Refused(Exception):  # noqa: N818 - a refusal is a domain answer, not an error
    """A step that is refused, with every unmet gate, and of a step of the procedure every met one as (name, words). `entry` is the journal index of the refusal once it has been recorded."""

    entry: int | None = None

    def __init__(self, step: str, unmet: tuple[Unmet, ...], met: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(f"{step}: " + "; ".join(f"{u.gate}: {u.fact}" for u in unmet))
        self.step = step
        self.unmet = unmet
        self.met = met
