"""Which tasks a person sees on the desk, whose turn it is, and how many there are: a page at a time, in few queries.

A person reads the tasks in which a unit of their own subtree holds a role; an office (整改办, 督查室) stands for the government above it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from xiaohao.kernel.roles import ADMINISTRATORS, Actor, Role, TaskRole
from xiaohao.kernel.when import CST
from xiaohao.procedure.hands import Hand, Seat
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.states import State, named_state, next_stage
from xiaohao.procedure.steps import APPLY, APPROVE_PLAN, FILE_PLAN, RESUME, START, Step, step_named
from xiaohao.records.models import Account, Draft, Finding, Objection, Org, Refusal, Task
from xiaohao.records.questions import open_questions_of
from xiaohao.records.rulebooks import rulebook

#: Rows of one page of the list: about four screens of it, and under 60 kB (UX.md section 9).
PAGE_SIZE = 100
#: Sorts after every ISO date: tasks without a due date come last.
_NO_DUE = "9999"
#: Between the two halves of a page's cursor; never part of a date or an address.
_BETWEEN = "~"
#: Statuses in which nothing is due any more.
ENDED = (State.CLOSED.value, State.CONFIRMED.value)

#: The step onward from the states that come before every route; after them the route says.
_ONWARD = {
    State.GIVEN: FILE_PLAN,
    State.PLANNED: APPROVE_PLAN,
    State.APPROVED: START,
    State.REOPENED: RESUME,
    State.IN_PROGRESS: APPLY,
}


def next_step(status: str, rules: Rulebook) -> Step | None:
    """The step that takes a task of that status onward, None where the route has ended. Raises ValueError for an unknown status."""
    state = named_state(status)
    if early := _ONWARD.get(state):
        return early
    stage = next_stage(state, rules.route)
    return step_named(stage) if stage else None


# Who sees what ------------------------------------------------------------------------------------------------------------------


def visible_to(actor: Actor) -> QuerySet[Task]:
    """The tasks this person may read, with owner, list and inspection. A unit that is not on file sees nothing, and neither does who has no role
    that works on cases: an administrator, or somebody whose post has gone to another."""
    root = root_of(actor.org)
    if root is None or not actor.roles - ADMINISTRATORS:
        return Task.objects.none()
    below = list(Org.objects.filter(path__startswith=root).values_list("pk", flat=True))
    seen = co_owned_by(actor.org)
    for role in TaskRole:
        seen |= Q(**{f"{role.value}__in": below})
    return Task.objects.filter(seen).select_related("owner", "list", "list__inspection")


def root_of(org_id: str) -> str | None:
    """The path below which a unit reads: its own, for an office that of the government above it; None for a unit that is not on file."""
    org = Org.objects.select_related("parent").filter(pk=org_id).first()
    if org is None:
        return None
    return org.parent.path if org.kind == "office" and org.parent else org.path


def co_owned_by(org: str) -> Q:
    """Tasks that name this unit beside the owner. Asked of the few tasks that have co-owners, so that no other one's words are read. Ids hold
    no quotation mark: one between quotation marks is one id of the list and no part of a longer one."""
    return Q(pk__in=Task.objects.filter(more__has_key="co_owners", more__co_owners__icontains=f'"{org}"').order_by().values("pk"))


# Whose turn it is ---------------------------------------------------------------------------------------------------------------


#: Not brought over, closed, from before the system: such a task is there to be read, not to be worked on.
WORKED_ON = Q(more__carried_in__isnull=True) | Q(more__carried_in=False)


def my_turn(actor: Actor) -> Q:
    """Tasks that wait for this person: the next step is their unit's and their account's, a finding is theirs to answer or to decide on,
    an objection is theirs to handle."""
    waiting = (to_answer(actor), to_decide(actor), open_objections(actor))
    turn = Q(pk__in=tuple(asked_of(actor)))
    for rows in waiting:
        turn |= Q(pk__in=rows.values("task"))
    for name in Task.objects.order_by().values_list("rulebook", flat=True).distinct():
        turn |= Q(rulebook=name) & _step_is_theirs(actor, rulebook(name)) & WORKED_ON
    return turn


def _step_is_theirs(actor: Actor, rules: Rulebook) -> Q:
    turn = Q(pk__in=())
    for state in State:
        step = next_step(state, rules)
        for hand in step.by if step else ():
            if held := _held_by(hand, actor, rules.closer):
                turn |= Q(status=state.value) & held
    return turn


def _held_by(hand: Hand, actor: Actor, usual_closer: str) -> Q | None:
    """The condition under which the hand is this person's, None where it never is."""
    if not actor.roles & set(hand.roles) or isinstance(hand.unit, Seat):
        return None
    if hand.unit is TaskRole.OWNER:
        return Q(owner=actor.org) | co_owned_by(actor.org)
    if hand.unit is TaskRole.CLOSER:
        return Q(closer=actor.org) | Q(**{"closer": None, usual_closer: actor.org})
    return Q(**{hand.unit.value: actor.org})


def to_accept(actor: Actor) -> QuerySet[Task]:
    """Tasks that wait for the acceptance of this person's unit."""
    waiting = Q(pk__in=())
    for name in Task.objects.order_by().values_list("rulebook", flat=True).distinct():
        before = [state.value for state in State if next_stage(state, rulebook(name).route) == "accept"]
        waiting |= Q(rulebook=name, status__in=before)
    return Task.objects.filter(waiting, WORKED_ON, acceptor=actor.org).select_related("owner", "list")


def asked_of(actor: Actor) -> dict[str, int]:
    """By task id, how many questions of the acceptors, reviewers or assessors this person's unit has still to answer."""
    if not actor.roles & {Role.REPORTER, Role.HEAD, Role.CLERK}:
        return {}
    asked: dict[str, int] = {}
    for one in open_questions_of(Task.objects.filter(Q(owner=actor.org) | co_owned_by(actor.org)).exclude(status__in=ENDED)):
        asked[one.task.pk] = asked.get(one.task.pk, 0) + 1
    return asked


def to_answer(actor: Actor) -> QuerySet[Finding]:
    """Findings that this person's unit has still to answer."""
    asked = Finding.objects.filter(must_answer=actor.org, standing=True, answered_at=None).exclude(severity="note")
    if actor.roles & {Role.REPORTER, Role.HEAD}:
        return asked
    if actor.roles & {Role.ACCEPTOR, Role.REVIEWER, Role.CLERK}:
        return asked.exclude(task__owner=actor.org)
    return asked.none()


def to_decide(actor: Actor) -> QuerySet[Finding]:
    """Answered findings on which this person may decide: acceptor, reviewer or leading office, never the unit that answered."""
    theirs = Q(pk__in=())
    if actor.roles & {Role.CLERK, Role.ACCEPTOR, Role.REVIEWER}:
        held = Q(task__acceptor=actor.org) | Q(task__reviewer=actor.org) | Q(task__lead=actor.org)
        theirs |= held & Q(must_answer=F("task__owner"))
    if actor.roles & {Role.CLERK, Role.REVIEWER, Role.HEAD, Role.SUPERVISOR}:
        presses = Q(task__supervisor=actor.org) | (Q(must_answer__path__startswith=root) if (root := root_of(actor.org)) else Q(pk__in=()))
        theirs |= presses & ~Q(must_answer=F("task__owner"))
    answered = Finding.objects.filter(theirs, standing=True, decided_at=None).exclude(answered_at=None)
    return answered.exclude(task__owner=actor.org).exclude(must_answer=actor.org)


def desk_objections(actor: Actor) -> QuerySet[Objection]:
    """Every objection that this person's desk handles; the sealed contact is not read."""
    if Role.DESK not in actor.roles:
        return Objection.objects.none()
    return Objection.objects.filter(task__desk=actor.org).select_related("task", "task__list", "notice").defer("contact")


def open_objections(actor: Actor) -> QuerySet[Objection]:
    """Those neither answered, nor found inadmissible, nor taken back."""
    return desk_objections(actor).filter(answered_at=None, withdrawn_at=None).exclude(admissible=False)


def to_sign(account: Account) -> QuerySet[Draft]:
    """Applications that a clerk has handed to this account for signature."""
    return Draft.objects.filter(account=account, step=SIGNING).exclude(task=None).select_related("task", "task__owner", "task__list")


#: The step under which an application waits for the head's signature, in the head's own account.
SIGNING = "apply_signing"


# The list -----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list and the cursor of the next ("" for the last)."""

    tasks: tuple[Task, ...]
    after: str


def page_of(tasks: QuerySet[Task], *, after: str = "", size: int = PAGE_SIZE) -> Page:
    """The page that begins after the cursor, soonest due first. A malformed cursor begins at the beginning."""
    ordered = tasks.annotate(due_key=Coalesce(NullIf(F("due"), Value("")), Value(_NO_DUE))).order_by("due_key", "address")
    due, between, address = after.partition(_BETWEEN)
    if between:
        ordered = ordered.filter(Q(due_key__gt=due) | Q(due_key=due, address__gt=address))
    rows = list(ordered[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Page(tuple(rows[:size]), f"{last.due or _NO_DUE}{_BETWEEN}{last.address}" if last else "")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What hangs on one task, beside its status. `refused_at` is the journal entry of a refusal that is newer than the last act,
    `raised_on` the day on which the last of the unanswered findings was raised."""

    unanswered: int = 0
    undecided: int = 0
    objections: int = 0
    refused_at: int | None = None
    raised_on: str = ""


def waiting_on(tasks: tuple[Task, ...]) -> dict[str, Waiting]:
    """By task id, in three queries."""
    ids = [task.pk for task in tasks]
    standing = Finding.objects.filter(task__in=ids, standing=True, decided_at=None).exclude(severity="note").order_by()
    asked = standing.filter(answered_at=None).values_list("task").annotate(Count("pk"), Max("raised_at"))
    unanswered = {task: (count, f"{last.astimezone(CST):%Y-%m-%d}") for task, count, last in asked}
    undecided = dict(standing.exclude(answered_at=None).values_list("task").annotate(Count("pk")))
    objections = dict(
        Objection.objects.filter(task__in=ids, late=False, answered_at=None, withdrawn_at=None)
        .exclude(admissible=False)
        .order_by()
        .values_list("task")
        .annotate(Count("pk"))
    )
    refused = dict(Refusal.objects.filter(task__in=ids, entry__gt=F("task__last_entry")).order_by("entry").values_list("task", "entry"))
    found = {}
    for pk in ids:
        count, last = unanswered.get(pk, (0, ""))
        found[pk] = Waiting(count, undecided.get(pk, 0), objections.get(pk, 0), refused.get(pk), last)
    return found


def last_refusal(task: Task) -> Refusal | None:
    """The refusal that is newer than the last act on the task, None where there is none."""
    return Refusal.objects.filter(task=task, entry__gt=task.last_entry or -1).order_by("-entry").first()


def due_texts(tasks: QuerySet[Task]) -> list[str]:
    """The due dates, as written, of the tasks that are not ended."""
    return list(tasks.exclude(status__in=ENDED).exclude(due="").order_by().values_list("due", flat=True))
