"""What a rulebook says: the order of a place, its figures, its words and the articles behind its gates, as one frozen value.

It is read from TOML by rulebook.py; gates take it as `rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from xiaohao.dossier.rules import AcceptanceRule, PetitionRule, PublicityRule, Rules, Tolerance, WatchRule
from xiaohao.dossier.task import Task
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.workdays import WorkCalendar
from xiaohao.procedure.standards import Library, packaged_standards
from xiaohao.publicity.window import end_of, unit_of

#: Our own name on a task (DOSSIER.md, rule 7): the version of the closure standards under which it got its class.
STANDARDS_VERSION = "x-standards"


@dataclass(frozen=True, slots=True)
class Publicity:
    """How long a notice stands: `days` of `unit` (workday 工作日 or day 天), first and last day both counted."""

    days: int
    unit: str


@dataclass(frozen=True, slots=True)
class Watch:
    """How long a closed task is watched, and which run of failing months is a relapse: `k` in any `n`."""

    months: int
    k: int
    n: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What an acceptance must hold: people, whether on site (always, works = 工程类, never), months the result must have held before it."""

    min_people: int
    site_visit: str
    min_months_works: int
    min_months_non_works: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a closing assessment; `points` is the full score in points, None where it is only met or not."""

    name: str
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the region's closing assessment 销号评估 judges: the place's own `items`, and of the points at least `pass_points` (None: no sum is
    asked for)."""

    items: tuple[Item, ...] = ()
    pass_points: int | None = None


@dataclass(frozen=True, slots=True)
class Hands:
    """Whether a unit may lawfully accept its own work. If so, the notice prints `printed` and somebody from outside takes a sample."""

    self_acceptance: bool
    printed: str


@dataclass(frozen=True, slots=True)
class Desk:
    """From which roles (Task fields) the body that receives objections must be separate."""

    separate_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """Working days within which an objection is admitted or not, and answered."""

    admit_within: int
    answer_within: int


@dataclass(frozen=True, slots=True)
class Findings:
    """Who may decide on an answered finding: with `decider_outside_owner`, nobody of the responsible unit. Working days within which it is answered,
    counted from the day after it was raised."""

    decider_outside_owner: bool
    answer_within: int


@dataclass(frozen=True, slots=True)
class Screening:
    """Figures that checks compare with, where a place has its own; None leaves the check's usual one (its page in docs/checks says which). A share is
    a fraction of one, times are in days or months, distances in metres."""

    document_delay_days: int | None = None
    tolerance_length: float | None = None
    tolerance_balance: float | None = None
    tolerance_source: float | None = None
    petition_repeat_months: int | None = None
    petition_near_m: float | None = None

    def tolerance(self) -> Tolerance | None:
        own = (self.tolerance_length, self.tolerance_balance, self.tolerance_source)
        return Tolerance(length=own[0], balance=own[1], source=own[2]) if any(each is not None for each in own) else None

    def petition(self) -> PetitionRule | None:
        own = (self.petition_repeat_months, self.petition_near_m)
        return PetitionRule(repeat_months=own[0], near_m=own[1]) if any(each is not None for each in own) else None


@dataclass(frozen=True, slots=True)
class Supervision:
    """Weights of a draw (procedure/risk.py; whole numbers), after how many days a case counts as silent and before its due date as near, how often a
    repeated fact counts at `most`, and working days proposed for the answer to an order. No norm gives such figures: the usual ones are ours."""

    base: int = 1
    overdue: int = 4
    findings: int = 2
    objections: int = 4
    silent: int = 2
    near: int = 1
    returned: int = 3
    most: int = 3
    silent_days: int = 60
    near_days: int = 30
    answer_order_within: int = 5


@dataclass(frozen=True, slots=True)
class Countersigning:
    """Which roles of a task countersign 会签 its plan, its application for acceptance and the acceptance opinion, beside the unit whose document it is and
    beside whoever the clerk names; and the working days that the form proposes for it. No norm names a figure: three is ours."""

    plan: tuple[str, ...] = ()
    apply: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    answer_within: int = 3


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """The check before anything is published; with `two_people` whoever checked does not publish."""

    required: bool
    two_people: bool


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Which gates the level above may waive by the step of that name; () is none."""

    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One place's rulebook. `route` is its order of accept, review, publish, close and confirm, with assess where the place has it; `digest` the SHA-256 of its canonical text,
    which every journal entry that used it carries; `closer` the Task field that closes where the task names nobody."""

    name: str
    title: str
    version: str
    region: str
    route: tuple[str, ...]
    closer: str
    first_responsible: str
    publicity: Publicity
    watch: Watch
    acceptance: Acceptance
    hands: Hands
    desk: Desk
    objection: Objection
    findings: Findings
    confidentiality: Confidentiality
    exceptions: Exceptions
    screening: Screening = Screening()
    supervision: Supervision = Supervision()
    assessment: Assessment = Assessment()
    countersigning: Countersigning = Countersigning()
    articles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    digest: str = ""
    standards: Library = field(default_factory=packaged_standards)
    #: Earlier versions of the library that are kept, by version: a task is held to the one under which it was given its class.
    kept_standards: Mapping[str, Library] = field(default_factory=lambda: MappingProxyType({}))

    def library_of(self, task: Task) -> Library | None:
        """The version of the library to which the task is held: the one that was in force when it got its class, today's where none is noted.
        None where that version is not kept any more."""
        pinned = str(dict(task.unknown).get(STANDARDS_VERSION) or self.standards.version)
        return self.standards if pinned == self.standards.version else self.kept_standards.get(pinned)

    def basis(self, name: str, principle: str) -> Said:
        """The principle behind a gate or step and the article of this place; where the office has not filled one in, it says so."""
        article = self.articles.get(name)
        if article:
            return say("{principle}（依据：{article}）", principle=principle, article=article)
        return say("{principle}（条款由办公室填写）", principle=principle)

    def word(self, step: str, usual: str) -> str:
        """This place's word for a step, or the usual one."""
        return self.words.get(step, usual)

    def window_end(self, start: date, calendar: WorkCalendar) -> date:
        """The last day of a publicity window that opens on `start`. Raises CalendarUnknown."""
        return end_of(start, self.publicity.days, unit_of(self.publicity.unit), calendar)

    def as_rules(self) -> Rules:
        """The figures that travel with a bundle (DOSSIER.md, `rules`)."""
        return Rules(
            name=self.title,
            publicity=PublicityRule(days=self.publicity.days, unit=self.publicity.unit, basis=self.articles.get("window_complete")),
            watch=WatchRule(months=self.watch.months, k=self.watch.k, n=self.watch.n),
            tolerance=self.screening.tolerance(),
            document_delay_days=self.screening.document_delay_days,
            petition=self.screening.petition(),
            acceptance=AcceptanceRule(min_months=self.acceptance.min_months_works or None, min_people=self.acceptance.min_people),
        )
