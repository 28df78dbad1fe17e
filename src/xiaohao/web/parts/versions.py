"""The versions of a plan with what each changed, who consented and when it became public: the same on the desk and, as far as approved, for all."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.plan import Goal, Plan
from xiaohao.kernel.said import Said, say
from xiaohao.procedure.plan_changes import CHANGED_WORDS, Change, approved_before, changes
from xiaohao.screening.weaker import weaker


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: its kind in a word, the sentence, and whether a higher level has to consent to it."""

    kind: Said
    words: Said
    needs_consent: bool


@dataclass(frozen=True, slots=True)
class Version:
    """`published` is the day of approval, "" while it waits; `consent` says who consented by which document; `weaker` in what it asks less
    than the plan above it."""

    number: int
    date: str
    author: str
    filed: str
    published: str
    note: str
    consent: str
    changes: tuple[ChangeLine, ...]
    weaker: tuple[str, ...]
    is_newest: bool

    @property
    def waits(self) -> bool:
        """Whether it waits for approval; an older one that never was approved does not wait any more."""
        return not self.published and self.is_newest


def versions_of(dossier: Dossier, task: str, *, public: bool = False) -> tuple[Version, ...]:
    """All versions, newest first; for the public only those that were approved."""
    superior = {plan.under for plan in dossier.plans_of(task)}
    own = [plan for plan in dossier.plans_of(task) if plan.id not in superior and (plan.published_at or not public)]
    return tuple(_version(dossier, plan, plan is own[-1]) for plan in reversed(own))


def changes_in(dossier: Dossier, plan: Plan | None) -> tuple[ChangeLine, ...]:
    """What a version changes against the last approved one; () for a first version."""
    before = approved_before(dossier, plan) if plan else None
    return tuple(map(_line, changes(dossier, before, plan))) if plan and before else ()


def _version(dossier: Dossier, plan: Plan, is_newest: bool) -> Version:
    return Version(
        number=plan.version,
        date=plan.date,
        author=dossier.org_name(plan.author),
        filed=plan.recorded_at[:10],
        published=(plan.published_at or "")[:10],
        note=plan.change_note or "",
        consent=_consent(dossier, plan),
        changes=changes_in(dossier, plan),
        weaker=tuple(_weaker(dossier, plan)),
        is_newest=is_newest,
    )


def _line(change: Change) -> ChangeLine:
    return ChangeLine(CHANGED_WORDS[change.kind], change.words, change.needs_consent)


def _consent(dossier: Dossier, plan: Plan) -> str:
    if plan.consent is None:
        return ""
    paper = dossier.find(Document, plan.consent.document)
    return say(
        "{org}同意，{number}，{day}",
        org=dossier.org_name(plan.consent.org),
        number=(paper.number if paper else "") or say("没有文号"),
        day=plan.consent.date or "",
    )


def _weaker(dossier: Dossier, plan: Plan) -> list[str]:
    """In what the plan asks less than the one above it that it stands under (a share's plan under the whole's)."""
    above = dossier.find(Plan, plan.under)
    found: list[str] = []
    for goal in plan.goals:
        parent = dossier.find(Goal, goal.under) or next(
            (one for one in (above.goals if above else ()) if one.target and goal.target and one.target.indicator == goal.target.indicator),
            None,
        )
        if parent is not None:
            found += [one.words for one in weaker(dossier, parent, goal, same_place=False)]
    return found
